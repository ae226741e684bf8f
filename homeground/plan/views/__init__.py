"""The pages of this room: plan, assessment, reviews, safety plan, drug tests, and the person's own."""
