"""How much is new behind the entries of the rail: numbers only, remembered for a few seconds."""

from datetime import datetime, timedelta
from uuid import UUID

from homeground.front_door import queries as front_door
from homeground.ground.actor import Actor
from homeground.people.roles import DOOR

KEPT = timedelta(seconds=5)

_REMEMBERED: dict[UUID, tuple[datetime, int]] = {}


def news(actor: Actor, at: datetime) -> dict[str, int]:
    """New requests for help, for those who answer the door. At most one statement every few seconds."""
    if not actor.has(*DOOR):
        return {}
    known = _REMEMBERED.get(actor.organization_id)
    if known is None or abs(at - known[0]) >= KEPT:
        known = _REMEMBERED[actor.organization_id] = (at, front_door.new_requests())
    return {"front_door:inbox": known[1]} if known[1] else {}
