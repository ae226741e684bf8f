"""Shapes of what is entered in this room."""

from django import forms


def lines(rows: int) -> forms.Textarea:
    """A field for a few lines."""
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
