"""Reading rows of a public directory of treatment centers and of a list of ZIP codes.

Headers are told apart by their columns: lists as SAMHSA's locator exports them (`name1`, `street1`, `city`,
`state`, `zip`), lists of opioid treatment programs (`ID`, `ADDRESS`, `CITY`, `STATE`, `POSTAL`) and ZIP
centroids (`zip`, `latitude`, `longitude`).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from homeground.front_door.rules.services import CODES
from homeground.front_door.rules.states import state_code

LONGEST = {"name": 300, "street": 300, "city": 100, "county": 100, "phone": 30, "place": 100}
_OPIOID_PROGRAM = "OTP"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


class Kind(StrEnum):
    """What a file holds, by its header."""

    CENTERS = "centers"
    OPIOID_PROGRAMS = "opioid programs"
    ZIP_CODES = "zip codes"


class RowFault(StrEnum):
    """What is wrong with one row; the text says which column."""

    MISSING = "missing"
    TOO_LONG = "too long"
    UNKNOWN_STATE = "unknown state"
    BAD_ZIP = "not a ZIP code"
    BAD_PLACE = "not a place on earth"
    UNPRINTABLE = "unprintable characters"
    COLUMNS = "another number of columns than the header"


class UnknownHeader(Exception):
    """The first line is the header of no file we read."""


class BadRow(Exception):
    """One row that cannot be used: what is wrong, and in which column."""

    def __init__(self, fault: RowFault, column: str = "") -> None:
        super().__init__(f"{column}: {fault}" if column else str(fault))
        self.fault = fault
        self.column = column


@dataclass(frozen=True, slots=True)
class Center:
    """One center of a directory. `key` names it by name and address, so a second import meets it again."""

    name: str
    street: str
    city: str
    state: str
    zip: str
    county: str
    phone: str
    services: tuple[str, ...]
    latitude: float | None
    longitude: float | None

    @property
    def key(self) -> str:
        """Digest of name and address; case and spaces do not matter."""
        words = "|".join((self.name, self.street, self.city, self.state, self.zip))
        return hashlib.sha256(words.casefold().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ZipPlace:
    """The middle of a ZIP code area."""

    zip: str
    latitude: float
    longitude: float
    place: str
    state: str


def kind_of(header: Sequence[str]) -> Kind:
    """What a file with this header holds. Raises UnknownHeader."""
    columns = {name.strip().lower() for name in header}
    if {"name1", "street1", "city", "state", "zip"} <= columns:
        return Kind.CENTERS
    if {"id", "address", "city", "state", "postal"} <= columns:
        return Kind.OPIOID_PROGRAMS
    if {"zip", "latitude", "longitude"} <= columns and "city" not in columns:
        return Kind.ZIP_CODES
    raise UnknownHeader


def read_center(row: Mapping[str, str], kind: Kind) -> Center:
    """One center from a row with lower-case column names. Raises BadRow."""
    _printable(row)
    if kind is Kind.OPIOID_PROGRAMS:
        name, street, zip_column = _text(row, "id", "name"), _text(row, "address", "street"), "postal"
        services: tuple[str, ...] = (_OPIOID_PROGRAM,)
    else:
        name = _joined(row, "name1", "name2", longest="name")
        street = _joined(row, "street1", "street2", longest="street")
        zip_column, services = "zip", _services(row)
    latitude, longitude = _place(row)
    return Center(
        name=_needed(name, "name"),
        street=street,
        city=_needed(_text(row, "city", "city"), "city"),
        state=_state(row),
        zip=_zip(row, zip_column),
        county=_text(row, "county", "county"),
        phone=_text(row, "phone", "phone"),
        services=services,
        latitude=latitude,
        longitude=longitude,
    )


def read_zip(row: Mapping[str, str]) -> ZipPlace:
    """One ZIP code from a row with lower-case column names. Raises BadRow."""
    _printable(row)
    latitude, longitude = _place(row)
    if latitude is None or longitude is None:
        raise BadRow(RowFault.MISSING, "latitude")
    place = _text(row, "place", "place")
    return ZipPlace(_zip(row, "zip"), latitude, longitude, place, _text(row, "state", "state")[:2].upper())


def _printable(row: Mapping[str, str]) -> None:
    for column, value in row.items():
        if _UNPRINTABLE.search(value):
            raise BadRow(RowFault.UNPRINTABLE, column)


def _text(row: Mapping[str, str], column: str, longest: str) -> str:
    value = " ".join(row.get(column, "").split())
    if len(value) > LONGEST.get(longest, 100):
        raise BadRow(RowFault.TOO_LONG, column)
    return value


def _joined(row: Mapping[str, str], first: str, second: str, *, longest: str) -> str:
    parts = (_text(row, first, longest), _text(row, second, longest))
    joined = ", ".join(part for part in parts if part)
    if len(joined) > LONGEST[longest]:
        raise BadRow(RowFault.TOO_LONG, first)
    return joined


def _needed(value: str, column: str) -> str:
    if not value:
        raise BadRow(RowFault.MISSING, column)
    return value


def _state(row: Mapping[str, str]) -> str:
    text = _needed(_text(row, "state", "state"), "state")
    code = state_code(text)
    if code is None:
        raise BadRow(RowFault.UNKNOWN_STATE, "state")
    return code


def _zip(row: Mapping[str, str], column: str) -> str:
    """Five digits. Spreadsheets drop leading zeros, so 6708 is 06708."""
    digits = _needed(_text(row, column, "zip"), column).partition("-")[0].strip()
    if not (digits.isascii() and digits.isdecimal() and 3 <= len(digits) <= 5):
        raise BadRow(RowFault.BAD_ZIP, column)
    return digits.zfill(5)


def _place(row: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Latitude and longitude; both may be absent."""
    texts = (row.get("latitude", "").strip(), row.get("longitude", "").strip())
    if texts == ("", ""):
        return None, None
    found = []
    for text, limit in zip(texts, (90, 180), strict=True):
        try:
            degrees = float(text)
        except ValueError:
            raise BadRow(RowFault.BAD_PLACE, "latitude" if limit == 90 else "longitude") from None
        if not isfinite(degrees) or abs(degrees) > limit:
            raise BadRow(RowFault.BAD_PLACE, "latitude" if limit == 90 else "longitude")
        found.append(degrees)
    return found[0], found[1]


def _services(row: Mapping[str, str]) -> tuple[str, ...]:
    """The service codes we know, from a column `services` or `type_facility`."""
    text = row.get("services") or row.get("type_facility") or ""
    codes = {code for code in text.upper().replace(",", " ").replace(";", " ").split() if code in CODES}
    return tuple(sorted(codes))
