"""What every page says about its clinic, remembered for half a minute in each process."""

from datetime import datetime, timedelta
from uuid import UUID

from homeground.ground.visit import House
from homeground.program import queries as program

KEPT = timedelta(seconds=30)

_REMEMBERED: dict[UUID, tuple[datetime, House]] = {}


def remembered(organization_id: UUID, at: datetime) -> House | None:
    """The clinic's name, phone and time zone, at most KEPT old. One statement when it is not remembered.

    None, which is never remembered, when there is no such organization. Only facts that the public
    site shows are kept here.
    """
    known = _REMEMBERED.get(organization_id)
    if known and abs(at - known[0]) < KEPT:
        return known[1]
    house = program.house(organization_id)
    if house:
        _REMEMBERED[organization_id] = (at, house)
    return house
