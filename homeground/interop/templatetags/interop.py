"""The word of a code. Load with ``{% load interop %}``."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(value: object, words: Mapping[object, object]) -> object:
    """The word of a code; a code without a word stands as it is."""
    return words.get(value, value)
