from django.http import HttpRequest

from homeground.config.rail import rail
from homeground.ground.visit import Visit


def house(request: HttpRequest) -> dict[str, object]:
    """What the base templates need: the clinic, the one who is here, and the rail of their role."""
    visit: Visit | None = getattr(request, "visit", None)
    if visit is None:
        return {"visit": None, "house": None, "rail": ()}
    return {"visit": visit, "house": visit.house, "rail": rail(visit.actor, request.path, visit.news)}
