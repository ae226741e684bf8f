"""What a consent says and whether it is in force."""
