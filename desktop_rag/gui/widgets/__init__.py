"""Widgets and words that several features share."""
