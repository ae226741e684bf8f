"""How this room writes a distance and the word of a code. Load with ``{% load front_door %}``."""

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.filter
def miles(value: float) -> str:
    """A distance as "3.4 miles", from ten miles on "27 miles"."""
    return gettext("%(n)s miles") % {"n": f"{value:.0f}" if value >= 9.95 else f"{value:.1f}"}


@register.filter
def of(value: object, words: dict[object, object]) -> object:
    """The word of a code; a code without a word, such as a language we do not speak, stands as it is."""
    return words.get(value, value)
