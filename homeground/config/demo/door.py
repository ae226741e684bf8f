"""People who ask the demo clinic for help: one waits past the promised time, others were called."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from homeground.config.demo.clinic import House
from homeground.front_door import actions as front_door
from homeground.front_door.models import HelpRequest
from homeground.front_door.rules.calls import CallResult
from homeground.ground.ids import uuid7

ZONE = ZoneInfo("America/Denver")
GUESTS = (
    ("J.", "phone", "+13035550171", timedelta(days=3), False, "I work days. Evenings would be best."),
    ("Moss", "text", "+13035550172", timedelta(days=2), False, ""),
    ("A mother", "phone", "+13035550173", timedelta(days=1, hours=3), True, "My son is 24."),
    ("Reed", "email", "reed@example.org", timedelta(hours=20), False, ""),
)


def knock(house: House, at: datetime) -> None:
    """Four requests: two waiting, one called without an answer, one being screened."""
    ids = []
    for alias, kind, contact, ago, other, message in GUESTS:
        once = uuid7()
        front_door.receive_request(
            asking=front_door.Asking(
                alias=alias,
                contact_kind=kind,
                contact=contact,
                message=message,
                for_someone_else=other,
                may_leave_message=other,
                may_text=kind == "text",
                may_name_us=False,
                good_hours="",
                language="en",
                wanted_group_id=None,
                once=once,
            ),
            zone=ZONE,
            by=house.by("front_desk"),
            at=at - ago,
        )
        ids.append(HelpRequest.objects.values_list("pk", flat=True).get(once=once))
    front_door.log_call(
        request_id=ids[1],
        result=CallResult.NO_ANSWER,
        once=uuid7(),
        by=house.by("front_desk"),
        at=at - GUESTS[1][3] + timedelta(minutes=10),
    )
    front_door.begin_screening(
        request_id=ids[0],
        given_name="Jasper",
        family_name="Trialby",
        by=house.by("counselor"),
        at=at - GUESTS[0][3] + timedelta(minutes=12),
    )
