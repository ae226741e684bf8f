from django import template
from django.utils.translation import gettext

from homeground.placement.rules.domains import BY_CODE, RATING_NAMES

register = template.Library()


@register.filter
def domain_name(code: str) -> str:
    """The name of one of our six domains."""
    return gettext(BY_CODE[code].name)


@register.filter
def rating_name(rating: int) -> str:
    """A rating in one word, like "moderate"."""
    return gettext(RATING_NAMES[rating]).lower()
