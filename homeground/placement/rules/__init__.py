"""What is asked, what is rated, and which level of care follows. docs/rules/placement.md shows it all."""
