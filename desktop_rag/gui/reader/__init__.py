"""The document pane: pages, selection, find, contents.

reader_presenter ─► reader_pane ─► toolbar, find_bar, notice_cards
                                ├► contents_and_thumbnails
                                └► page_view ─► page_scroll ─► page_layout
page_images, page_paint          pictures of pages, and the light on their words
marked_words ─► page_selection   words, and which are marked
page_lights, find_matches        what is lit, and what was found
page_accessibility               what a screen reader is given
"""
