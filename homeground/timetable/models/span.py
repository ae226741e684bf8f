"""Rows that hold from `starts_on` up to and not including `ends_on`, or for ever."""

from datetime import date

from django.db.models import Q


def lasting(on: date) -> Q:
    """What has not ended by this day; it may begin later."""
    return Q(ends_on=None) | Q(ends_on__gt=on)


def running(on: date) -> Q:
    """What holds on this day."""
    return lasting(on) & Q(starts_on__lte=on)
