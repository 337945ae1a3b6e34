"""What the parent decides, without Qt; window and command line share it."""
