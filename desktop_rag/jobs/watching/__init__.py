"""Folders that are watched: what has changed in them, once it has settled.

watched_folder ─► file_events   what the system tells, or what is seen by looking
               ─► settling      until it has come to rest
"""
