"""Pages about accounts, persons and signing in by link."""
