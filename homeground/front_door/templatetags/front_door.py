"""How this room writes a phone number and a distance. Load with ``{% load front_door %}``."""

import re

from django import template
from django.utils.translation import gettext

register = template.Library()

_NORTH_AMERICAN = re.compile(r"\+1(\d{3})(\d{3})(\d{4})")
_PLAIN = re.compile(r"(\d{3})(\d{3})(\d{4})")


@register.filter
def phone(value: str) -> str:
    """A number in E.164 as people here write it, "303-555-0142"; numbers from elsewhere stay as they are."""
    match = _NORTH_AMERICAN.fullmatch(value) or _PLAIN.fullmatch(value)
    return "-".join(match.groups()) if match else value


@register.filter
def miles(value: float) -> str:
    """A distance as "3.4 miles", from ten miles on "27 miles"."""
    return gettext("%(n)s miles") % {"n": f"{value:.0f}" if value >= 9.95 else f"{value:.1f}"}


@register.filter
def of(value: object, words: dict[object, object]) -> object:
    """The word of a code; a code without a word, such as a language we do not speak, stands as it is."""
    return words.get(value, value)
