"""The left pane: libraries, conversations, the queue.

sidebar ─► library_list, conversation_list ─► row_delegate
        └► queue_bar
values    what it is shown
"""
