"""Watched folders as the window shows and steers them."""
