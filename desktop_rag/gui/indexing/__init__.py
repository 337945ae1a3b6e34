"""What the window has of indexing: its processes, its queue, its regard for power."""
