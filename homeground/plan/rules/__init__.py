"""What the plan decides: pure, one file a policy."""
