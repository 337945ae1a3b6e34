"""What lies in the data folder beside the databases."""
