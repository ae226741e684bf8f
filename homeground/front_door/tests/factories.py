"""Guests and places, all invented."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from homeground.front_door.actions import Asking

DENVER = ZoneInfo("America/Denver")
AT = datetime(2026, 11, 18, 17, tzinfo=UTC)
"""Wednesday 18 November 2026, 10:00 in Denver."""


def asking(**told):
    """What a guest tells; safe-contact answers all no unless told."""
    return Asking(
        **{
            "alias": "River",
            "contact_kind": "phone",
            "contact": "+13035550142",
            "for_someone_else": False,
            "may_leave_message": False,
            "may_text": False,
            "may_name_us": False,
            "language": "en",
            "once": uuid4(),
            **told,
        }
    )


def received(by, at=AT, **told):
    """A request in the database, its id. Each comes from an address of its own, so none has to wait."""
    from homeground.front_door.actions import receive_request
    from homeground.front_door.models import HelpRequest

    asked = asking(**told)
    receive_request(asking=asked, zone=DENVER, by=replace(by, address=str(asked.once)[:20]), at=at)
    return HelpRequest.objects.get(once=asked.once).pk


def sent(**told):
    """The help form as a browser sends it."""
    return {
        "who": "me",
        "alias": "River",
        "contact_kind": "phone",
        "contact": "(303) 555-0142",
        "may_leave_message": "no",
        "may_text": "no",
        "may_name_us": "no",
        "good_hours": "",
        "message": "",
        "once": str(uuid4()),
        "group": "",
        "website": "",
        **told,
    }
