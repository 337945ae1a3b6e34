"""A library in one file: written, and read as the stranger's that it may be.

exchange ─► schema ─► archive    rows of SQLite ─► JSON ─► members of a ZIP, and back
originals                        the documents themselves
"""
