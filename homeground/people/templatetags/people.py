from django import template
from django.utils.functional import Promise

from homeground.people.roles import NAMES, Role

register = template.Library()


@register.filter
def role_name(role: str) -> str | Promise:
    """A role in words."""
    return NAMES[Role(role)]
