"""Child processes as Qt objects: one worker each, and jobs in a row."""
