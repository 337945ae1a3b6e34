"""What each process can be told to do, and what it replies."""
