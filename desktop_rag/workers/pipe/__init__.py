"""Both ends of a pipe to a child process, and what crosses it."""
