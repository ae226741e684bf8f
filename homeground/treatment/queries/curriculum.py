"""The curriculum: the shipped course, what a person has had of it, and where the rest will be."""

from functools import cache
from importlib import resources
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.program import queries as program
from homeground.treatment.models import Attendance
from homeground.treatment.rules import curriculum
from homeground.treatment.rules.curriculum import Course, Coverage
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.vocabulary import AWAY


@cache
def course() -> Course:
    """The structured sixteen. No statement, read once."""
    file = resources.files("homeground.treatment") / "packs" / "structured_16.toml"
    return curriculum.read_course(file.read_text(encoding="utf-8"))


def coverage_of(patient_id: UUID) -> tuple[Coverage, ...]:
    """What a person has had of the course and what they miss. One statement."""
    rows = (
        Attendance.objects.filter(patient=patient_id)
        .exclude(state__in=sorted(AWAY))
        .exclude(session__shared_part=None)
        .annotate(zone=program.zone_of_row())
        .values_list("session__shared_part__topic", "session__starts_at", "zone")
    )
    return curriculum.coverage(course(), [(topic, day_of(at, ZoneInfo(zone))) for topic, at, zone in rows])
