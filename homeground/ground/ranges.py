"""Ranges from two columns, for exclusion constraints. Half-open; an empty end is open."""

from django.db.models import Func


class DateRange(Func):
    """Dates from one column up to and not including the other."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[)')"


class TimeRange(Func):
    """Moments from one column up to and not including the other."""

    function = "tstzrange"
    template = "%(function)s(%(expressions)s, '[)')"
