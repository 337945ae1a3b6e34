"""From files to a searchable library: what is done next, by which process.

    scheduler     batches, upkeep and tasks, one run after the other ─► backlog, maintenance
    coordinator   one run ─► reading | recognizing | embedding ─► state ─► queue
    processes     who does it

A front end makes the scheduler, passes it replies and the time, and is told what happens.
"""
