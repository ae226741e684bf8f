"""Questionnaires as data, and what follows from the answers. docs/instruments.md lists those shipped."""
