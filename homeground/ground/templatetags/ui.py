"""Template tags and filters of the design: icons, dates in words, the hours meter, the week grid.

Load with ``{% load ui %}``. Everything here is presentation: no query, no clock, no decision.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from homeground.ground.ui.meter import MeterView, meter_view
from homeground.ground.ui.week_grid import GridItem, WeekGrid, week_grid

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """The symbol `name` of our sprite, hidden from screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("ground/icons.svg"),
        name,
    )


@register.filter
def clock(value: datetime | time) -> str:
    """Time of day as "18:05", in the current zone when the value is an aware datetime."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%H:%M}"


@register.filter
def day(value: date) -> str:
    """A day as "Tue 24 Nov" ("mar 24 nov"), in the current zone when given an aware datetime."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    # Translators: a date format in the letters of Django's date filter; Spanish writes months in lower case.
    return formats.date_format(value, gettext("D j M"))


@register.filter
def long_day(value: date) -> str:
    """A day with its year as "Tuesday 24 November 2026", for letters and print headers."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return formats.date_format(value, gettext("l j F Y"))


@register.filter
def moment(value: datetime) -> str:
    """Day and time as "Tue 24 Nov, 18:00", in the current zone."""
    return f"{day(value)}, {clock(value)}"


@register.filter
def weekday(value: int) -> str:
    """The name of a weekday, 0 = Monday."""
    return str(WEEKDAYS[value])


@register.filter
def days_away(value: date, today: date) -> str:
    """Distance in words: "today", "tomorrow", "in 2 days", "3 days ago"; the view gives `today`."""
    days = (value - today).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    if days > 0:
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    return ngettext("%(n)d day ago", "%(n)d days ago", -days) % {"n": -days}


@register.filter
def duration(minutes: int) -> str:
    """Minutes as "2 h 15 min", "9 h", "45 min"."""
    hours, rest = divmod(int(minutes), 60)
    if hours and rest:
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    if hours:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(minutes)d min") % {"minutes": rest}


@register.filter
def phone(value: str) -> str:
    """A number as people here write it, "303-555-0142"; one from abroad as "+52 55 1234 5678".

    What is no number stands as it is.
    """
    # Its tables take a while to load, and most pages show no number.
    import phonenumbers

    try:
        number = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException:
        return value
    if not phonenumbers.is_possible_number(number):
        return value
    if number.country_code == 1:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966).removeprefix(
            "tel:+1-"
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@register.inclusion_tag("ground/ui/meter.html")
def meter(minutes: int, floor: int, planned: int = 0, label: str = "") -> dict[str, MeterView | str]:
    """Hours against the floor mark: minutes counted, the floor, minutes still planned this week."""
    return {"meter": meter_view(minutes=minutes, floor=floor, planned=planned), "label": label}


@register.inclusion_tag("ground/ui/week_grid.html")
def week(items: Iterable[GridItem], level: int = 3) -> dict[str, WeekGrid | int]:
    """Items of one week side by side on wide screens, as a list a day on narrow ones."""
    return {"week": week_grid(tuple(items)), "level": level}
