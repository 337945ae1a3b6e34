"""Child processes as Qt objects: one worker each, and jobs in a row.

process_targets   what runs in each process
qt_worker         the replies of one as signals
job_queue         its jobs, with a timer for what is due
turn_driver       an answer, which takes two of them
"""
