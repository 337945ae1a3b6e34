"""A library in one file: written, and read as the stranger's that it may be."""
