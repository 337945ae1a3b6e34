"""Folders that are watched: what has changed in them, once it has settled."""
