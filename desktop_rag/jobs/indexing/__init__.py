"""From files to a searchable library: what is done next, by which process."""
