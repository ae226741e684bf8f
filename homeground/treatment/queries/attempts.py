"""Days that clocks and the end of a stay count: attempts to reach a person, days of service."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.treatment.models import Attendance, Outreach
from homeground.treatment.rules.vocabulary import AWAY


def attempt_days(patient_id: UUID, zone: str) -> tuple[date, ...]:
    """The clinic's days on which somebody tried to reach this person, the first first. One statement."""
    rows = Outreach.objects.filter(patient=patient_id, made_at__isnull=False)
    moments = rows.order_by("made_at").values_list("made_at", flat=True)
    return tuple(each.astimezone(ZoneInfo(zone)).date() for each in moments if each)


def service_days(patient_ids: Collection[UUID], zone: str) -> dict[UUID, frozenset[date]]:
    """The clinic's days on which each of these people had a service. One statement."""
    rows = (
        Attendance.objects.filter(patient__in=patient_ids)
        .exclude(state__in=[each.value for each in AWAY])
        .values_list("patient", "session__starts_at")
    )
    found: defaultdict[UUID, set[date]] = defaultdict(set)
    for patient_id, starts_at in rows:
        found[patient_id].add(starts_at.astimezone(ZoneInfo(zone)).date())
    return {patient_id: frozenset(days) for patient_id, days in found.items()}
