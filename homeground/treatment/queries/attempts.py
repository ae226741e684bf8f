"""Days that clocks and the end of a stay count: attempts to reach a person, days of service."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import DateField, F, Func

from homeground.ground.statement import Statement, one_of
from homeground.treatment.models import Attendance, Outreach
from homeground.treatment.rules.vocabulary import AWAY


def attempt_days(patient_id: UUID, zone: str) -> tuple[date, ...]:
    """The clinic's days on which somebody tried to reach this person, the first first. One statement."""
    rows = Outreach.objects.filter(patient=patient_id, made_at__isnull=False)
    moments = rows.order_by("made_at").values_list("made_at", flat=True)
    return tuple(each.astimezone(ZoneInfo(zone)).date() for each in moments if each)


def service_days(patient_ids: Collection[UUID], zone: str) -> dict[UUID, frozenset[date]]:
    """The clinic's days on which each of these people had a service. One statement."""
    rows = _SERVED.rows(patient_ids=list(patient_ids), zone=zone)
    return {patient_id: frozenset(days) for patient_id, days in rows}


def _local_day(zone: Any) -> Func:
    """The day a session began on the clinic's clock."""
    moment = F("session__starts_at")
    return Func(zone, moment, template="timezone(%(expressions)s)::date", output_field=DateField())


_SERVED = Statement(
    lambda patient_ids, zone: (
        Attendance.objects.filter(one_of("patient_id", patient_ids))
        .exclude(state__in=sorted(each.value for each in AWAY))
        .values_list("patient_id")
        .annotate(days=ArrayAgg(_local_day(zone), distinct=True))
    )
)
