from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from homeground.front_door.models import Listing, ZipCode
from homeground.front_door.rules.states import state_code

PAGE_SIZE = 25

_LISTING, _ZIP = Listing._meta.db_table, ZipCode._meta.db_table
_COLUMNS = "name, street, city, state, zip, county, phone, services, last_seen_on"
# What a center says it offers comes first, then centers that say nothing, then the others.
_FIT = """case when %(wanted)s::text[] = '{}' or services::text[] && %(wanted)s::text[] then 0
  when services = '{}' then 1 else 2 end"""
# Great-circle distance in miles on a sphere of the Earth's mean radius, 3958.8 miles.
_MILES = """7917.6 * asin(least(1, sqrt(
  power(sin(radians(latitude - z_latitude) / 2), 2)
  + cos(radians(z_latitude)) * cos(radians(latitude))
  * power(sin(radians(longitude - z_longitude) / 2), 2))))"""
# The outer row stands even when no listing does, so one statement also tells an unknown ZIP code.
_NEAR = f"""
select places, l.* from (
  select latitude as z_latitude, longitude as z_longitude,
    (select count(*) from {_LISTING} where latitude is not null) as places
  from {_ZIP} where zip = %(zip)s) z
left join lateral (
  select {_FIT} as fit, {_MILES} as miles, {_COLUMNS} from {_LISTING} where latitude is not null
  order by 1, 2, name, id limit %(limit)s offset %(offset)s) l on true
"""
_IN_STATE = f"""
select places, l.* from (select count(*) as places from {_LISTING} where state = %(state)s) z
left join lateral (
  select {_FIT} as fit, null::float as miles, {_COLUMNS} from {_LISTING} where state = %(state)s
  order by 1, city, name, id limit %(limit)s offset %(offset)s) l on true
"""


class UnknownZip(Exception):
    """The directory knows no such ZIP code."""


class UnknownState(Exception):
    """There is no such state."""


@dataclass(frozen=True, slots=True)
class Place:
    """A treatment center of the directory. `miles` is None in a search by state.

    `fit` is 0 when it offers what was wanted (or nothing special was), 1 when it does not say, 2 when it says
    something else.
    """

    fit: int
    miles: float | None
    name: str
    street: str
    city: str
    state: str
    zip: str
    county: str
    phone: str
    services: tuple[str, ...]
    last_seen_on: date


@dataclass(frozen=True, slots=True)
class Found:
    """One page of places in order; `total` counts all that were searched."""

    places: tuple[Place, ...]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def next(self) -> int:
        """The number of the next page."""
        return self.number + 1

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1


def near_zip(zip_code: str, *, wanted: Sequence[str] = (), number: int = 1, size: int = PAGE_SIZE) -> Found:
    """Places by fit and distance from the middle of a ZIP code; nothing else orders them (check B08).

    `wanted` are service codes of the directory (`rules.services`). One statement. Raises UnknownZip.
    """
    rows = _rows(_NEAR, number, size, zip=zip_code, wanted=list(wanted))
    if not rows:
        raise UnknownZip
    return _found(rows, number, size)


def in_state(state: str, *, wanted: Sequence[str] = (), number: int = 1, size: int = PAGE_SIZE) -> Found:
    """Places of a state (letters or name) by fit, then city and name. One statement. Raises UnknownState."""
    code = state_code(state)
    if code is None:
        raise UnknownState
    return _found(_rows(_IN_STATE, number, size, state=code, wanted=list(wanted)), number, size)


def _rows(statement: str, number: int, size: int, **values: str | list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "limit": size, "offset": (number - 1) * size})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _found(rows: list[tuple[Any, ...]], number: int, size: int) -> Found:
    places = tuple(
        Place(fit, miles, name, street, city, state, zip_code, county, phone, tuple(services), seen)
        for _, fit, miles, name, street, city, state, zip_code, county, phone, services, seen in rows
        if name is not None
    )
    return Found(places=places, total=rows[0][0], number=number, size=size)
