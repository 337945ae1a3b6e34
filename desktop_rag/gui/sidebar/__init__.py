"""The left pane: libraries, conversations, the queue."""
