"""Downloads as the window shows and steers them."""
