"""The document pane: pages, selection, find, contents.

reader_presenter ─► reader_pane ─► toolbar, find_bar, notice_cards
                                ├► contents_and_thumbnails
                                └► page_view ─► page_scroll ─► page_layout
page_images, page_paint          pictures of pages, and the light on their words
page_selection, find_matches     words that are marked, and found
page_accessibility               what a screen reader is given
"""
