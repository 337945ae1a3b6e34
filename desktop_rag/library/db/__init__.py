"""The SQLite file: opened, migrated, and how values are stored in it.

database        `rows` reads, `transaction` writes
backups         copies of the file, and the way back to the last one
migrations      the schema, as the steps that lead to it
path_values     paths, inodes and text as SQLite can keep them
stored_errors   errors as facts
"""
