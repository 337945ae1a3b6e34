"""Watched folders as the window shows and steers them.

folder_watchers ─► watching_presenter ─► watched_folders_dialog
"""
