"""The SQLite file: opened, migrated, and how values are stored in it."""
