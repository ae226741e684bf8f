"""Reads a date the way people type it: "11/24/2026", "24 Nov 2026", "Nov 24, 2026", "2026-11-24", "24 nov".

Digits with slashes are month first, as everywhere in the United States, unless that cannot be.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum


class DateFault(StrEnum):
    """Why a text is no date."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    NO_SUCH_DAY = "no_such_day"
    SHORT_YEAR = "short_year"


class NotADate(ValueError):
    """The text names no date; `fault` says why. The text itself is not repeated."""

    def __init__(self, fault: DateFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "ene"),
            ("feb",),
            ("mar",),
            ("apr", "abr"),
            ("may",),
            ("jun",),
            ("jul",),
            ("aug", "ago"),
            ("sep", "set"),
            ("oct",),
            ("nov",),
            ("dec", "dic"),
        ),
        start=1,
    )
    for name in names
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DIGITS = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{2,4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? (?:de |of )?([a-z]{3,10})(?:(?: de| of)? (\d{2,4}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3,10}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{2,4}))?")


def parse_date(text: str, *, today: date | None = None) -> date:
    """The date meant by `text`. Without a year: the one nearest to `today`, if given.

    Raises NotADate.
    """
    cleaned = _plain(text)
    if not cleaned:
        raise NotADate(DateFault.EMPTY)
    if match := _ISO.fullmatch(cleaned):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DIGITS.fullmatch(cleaned):
        first, second, year = match.groups()
        month, day = (int(first), int(second)) if int(first) <= 12 else (int(second), int(first))
        return _date(_year(year), month, day)
    if match := _DAY_FIRST.fullmatch(cleaned):
        return _named(day=match[1], month=match[2], year=match[3], today=today)
    if match := _MONTH_FIRST.fullmatch(cleaned):
        return _named(day=match[2], month=match[1], year=match[3], today=today)
    raise NotADate(DateFault.UNREADABLE)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace(",", " ")).lower()
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _year(text: str) -> int:
    if len(text) != 4:
        raise NotADate(DateFault.SHORT_YEAR)
    return int(text)


def _named(*, day: str, month: str, year: str | None, today: date | None) -> date:
    number = _MONTHS.get(month[:3])
    if number is None:
        raise NotADate(DateFault.UNREADABLE)
    if year is not None:
        return _date(_year(year), number, int(day))
    if today is None:
        raise NotADate(DateFault.SHORT_YEAR)
    around = [
        _date(today.year + shift, number, int(day))
        for shift in (-1, 0, 1)
        if _exists(today.year + shift, number, int(day))
    ]
    if not around:
        raise NotADate(DateFault.NO_SUCH_DAY)
    return min(around, key=lambda d: abs((d - today).days))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate(DateFault.NO_SUCH_DAY) from None
