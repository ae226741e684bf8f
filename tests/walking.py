"""How tests walk all URLs: what each wants in its path, and who may open it."""

import re
from collections.abc import Callable
from typing import Any

from cast import Cast, Member
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from homeground.ground.access import ANYONE


def wanted(
    resolver: URLResolver, namespace: str = "", above: tuple[str, ...] = ()
) -> dict[str, tuple[str, ...]]:
    """The arguments of every URL by its name."""
    found: dict[str, tuple[str, ...]] = {}
    for pattern in resolver.url_patterns:
        named = re.compile(getattr(pattern.pattern, "_regex", "")).groupindex
        own = (*above, *pattern.pattern.converters, *named)
        if isinstance(pattern, URLPattern):
            found[f"{namespace}{pattern.name}"] = own
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found |= wanted(pattern, inner, own)
    return found


WANTED = wanted(get_resolver())


def _views(resolver: URLResolver, namespace: str = "") -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found[f"{namespace}{pattern.name}"] = pattern.callback
        else:
            found |= _views(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
    return found


VIEWS = _views(get_resolver())
"""The view of every URL by its name."""


def path_of(name: str, known: dict[str, Any]) -> str:
    """The address of a page, with what `furniture.arguments` made."""
    return reverse(name, kwargs={key: known[key] for key in WANTED[name]})


def admitted(cast: Cast, admits: frozenset[str]) -> Member | None:
    """Somebody of the cast's clinic whom a page admits; None where anyone may come."""
    if admits is ANYONE:
        return None
    members = [cast.clinic.staff[role] for role in cast.clinic.staff] + [cast.patient, cast.relative]
    return next(each for each in members if each.actor and not each.actor.roles.isdisjoint(admits))
