"""Emergency access to a chart outside one's work: who may, for what cause (45 CFR 164.312(a)(2)(ii))."""

from enum import StrEnum


class Cause(StrEnum):
    """Why somebody opens a chart that is not theirs."""

    DANGER = "danger"
    CALL = "call"
    COVER = "cover"
    TRANSPORT = "transport"
    OTHER = "other"


BREAKERS = frozenset({"facilitator", "counselor"})
"""Roles that care for people themselves. A director sees every chart without it; who works with numbers,
times or machines has no care to give that could not wait for one of these (our own default)."""


def may_break(roles: frozenset[str]) -> bool:
    """Whether somebody with these roles may open a chart in an emergency."""
    return not roles.isdisjoint(BREAKERS)
