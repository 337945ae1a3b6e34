"""The settings dialog, and languages for recognition."""
