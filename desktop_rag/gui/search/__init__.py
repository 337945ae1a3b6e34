"""Passages found while typing."""
