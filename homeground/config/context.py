from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from homeground.config.rail import rail
from homeground.ground import clock
from homeground.ground.visit import Visit


def house(request: HttpRequest) -> dict[str, object]:
    """What the base templates need: the clinic, the one who is here, and the rail of their role."""
    visit: Visit | None = getattr(request, "visit", None)
    if visit is None:
        return {"visit": None, "house": None, "rail": (), "banners": ()}
    return {
        "visit": visit,
        "house": visit.house,
        "rail": rail(visit.actor, request.path, visit.news),
        "banners": banners(request) if visit.actor.account_id else (),
    }


@dataclass(frozen=True, slots=True)
class Banner:
    """Emergency access that is open in this session: until when, how long that is, and the page asked for."""

    id: str
    until: datetime
    minutes: int
    back: str
    template: str = "confidentiality/banner.html"


def banners(request: HttpRequest) -> tuple[Banner, ...]:
    """What stands above every page of the staff while it lasts. No statement: the session keeps it."""
    kept = request.session.get("glass", ())
    at = clock.now() if kept else None
    found = []
    for each in kept:
        until = datetime.fromisoformat(each["until"])
        if at is not None and at < until:
            minutes = -(-int((until - at).total_seconds()) // 60)
            found.append(Banner(each["id"], until, minutes, each["back"]))
    return tuple(found)
