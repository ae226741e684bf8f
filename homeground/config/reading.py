"""What every URL shows of whose record: each room says it in its `access.py`; here it is put together."""

from homeground.chart import access as chart
from homeground.confidentiality import access as confidentiality
from homeground.config.access import HOUSE, SIGN_IN
from homeground.desk import access as desk
from homeground.front_door import access as front_door
from homeground.ground.access import NoRecord, Reads, Ways
from homeground.interop import access as interop
from homeground.people import access as people
from homeground.placement import access as placement
from homeground.plan import access as plan
from homeground.program import access as program
from homeground.timetable import access as timetable
from homeground.treatment import access as treatment

READS: Reads = {
    **dict.fromkeys([*HOUSE, *SIGN_IN], NoRecord("touches no organization's rows")),
    **front_door.READS,
    **people.READS,
    **program.READS,
    **confidentiality.READS,
    **chart.READS,
    **placement.READS,
    **plan.READS,
    **timetable.READS,
    **treatment.READS,
    **interop.READS,
    **desk.READS,
}
WAYS: Ways = {
    **people.WAYS,
    **confidentiality.WAYS,
    **chart.WAYS,
    **placement.WAYS,
    **plan.WAYS,
    **timetable.WAYS,
    **treatment.WAYS,
    **interop.WAYS,
}
NOTED_HERE = frozenset(
    {
        "confidentiality:breach_letter",
        "confidentiality:person",
        "confidentiality:review",
        "confidentiality:right",
        "desk:person_consent_form",
        "interop:notes",
        "interop:received",
        "people:person",
        "timetable:apart",
        "timetable:fit",
        "timetable:obligations",
        "timetable:taper",
        "treatment:coverage",
        "treatment:draft",
        "treatment:person_notes",
        "treatment:private_notes",
    }
)
"""Pages about one person whose views do not write themselves that they were opened: the house does."""
