"""Who may connect, and the log of who did."""
