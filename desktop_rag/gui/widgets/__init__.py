"""Widgets and words that several features share; they know nothing of any of them.

amount_slider, slider, number_field, seed_field, text_field    numbers and text
buttons, flow_layout, row_list, detail_pane, empty_page        rows, panes, pages
banners, ask_bar, file_dialogs, plain_box                      what is said and asked
plain_label, text                                              the door for text of others
drops, addresses                                               files and links of others
wording, durations, citation_menu                              how words fared, how long, styles
announce, tab_order, wheel_guard                               screen readers, Tab, wheel
"""
