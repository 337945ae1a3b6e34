"""Passages found while typing.

search_presenter ─► search_box ─► search_results
"""
