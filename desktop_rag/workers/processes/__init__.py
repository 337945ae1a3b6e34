"""The child processes, one main each."""
