"""What patients read from this room, beside the texts of its templates."""
