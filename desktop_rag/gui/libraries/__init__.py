"""The documents of a library: the table, its dialogs, export and import."""
