"""Backups of the whole house: one sealed archive, and the way back. See docs/operate/backup.md, ADR 14."""
