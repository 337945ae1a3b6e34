"""The document pane: pages, selection, find, contents."""
