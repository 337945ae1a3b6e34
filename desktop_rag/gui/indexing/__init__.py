"""What the window has of indexing: a thin cover for its scheduler, and what only a window knows.

indexing_queue   the scheduler of `jobs.indexing` with Qt's signals and timers
index_switch     which index is searched, as settings change
power            whether the machine runs on its battery
"""
