"""Journeys: a person at a real browser, in front of the real server, from the first page to the last."""
