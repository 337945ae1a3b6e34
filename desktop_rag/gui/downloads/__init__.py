"""Downloads as the window shows and steers them.

downloads_presenter ─► values    got one after the other ─► what is shown of each
"""
