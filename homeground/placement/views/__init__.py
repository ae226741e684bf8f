"""Pages of the screening and of the admission upon it."""
