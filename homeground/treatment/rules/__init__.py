"""Decisions of this room: which minutes count, what a week adds up to, what a sheet may say."""
