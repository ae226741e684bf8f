"""What the house already knows for a note of no group session: filled in, sealed with it, never typed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Q, Sum

from homeground.chart import queries as chart
from homeground.plan import queries as plan
from homeground.treatment.models import Attendance, Note, Outreach
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.signing import NoteKind
from homeground.treatment.rules.vocabulary import AWAY

ABSENCES_BACK = timedelta(days=14)
PERIOD = timedelta(days=30)
MOST = 5
_RESULTS = {
    "reached": "reached",
    "message": "left a message",
    "no_answer": "no answer",
    "unsafe": "not safe to talk",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it stands in the note."""

    label: str
    words: str = field(repr=False)


def facts_of(
    kind: NoteKind, patient_id: UUID, stay: chart.EpisodeFacts | None, at: datetime, zone: ZoneInfo
) -> tuple[Fact, ...]:
    """What is filled in for a note of this kind about a moment. At most four statements."""
    found = [_stay(stay)] if stay else []
    if kind in (NoteKind.PROGRESS, NoteKind.PLAN_REVIEW):
        found += _work(patient_id, at - PERIOD, at, zone)
    elif kind is NoteKind.DISCHARGE and stay is not None:
        began = datetime.combine(stay.starts_on, datetime.min.time(), zone)
        found += _work(patient_id, began, at, zone)
    elif kind is NoteKind.OUTREACH:
        found += _absences(patient_id, at, zone)
    elif kind is NoteKind.CRISIS:
        found += _safety(patient_id, zone)
    return tuple(found)


def as_text(facts: tuple[Fact, ...]) -> str:
    """Facts as the lines that are sealed with a note."""
    return "\n".join(f"{each.label}: {each.words}." for each in facts)


def _stay(stay: chart.EpisodeFacts) -> Fact:
    level = f", level {stay.level}" if stay.level else ""
    return Fact("Stay", f"{stay.program_name}{level}, since {_day(stay.starts_on)}")


def _work(patient_id: UUID, start: datetime, end: datetime, zone: ZoneInfo) -> list[Fact]:
    """Sessions that counted, and how often each objective was served."""
    there = Attendance.objects.filter(
        patient=patient_id, session__starts_at__gte=start, session__starts_at__lt=end
    ).exclude(state__in=sorted(AWAY))
    held = there.aggregate(minutes=Sum("minutes"), last=Max("session__starts_at"))
    count = there.count()
    hours = (held["minutes"] or 0) / 60
    since = _day(day_of(start, zone))
    if not count:
        return [Fact("Sessions", f"none since {since}")]
    last = _day(day_of(held["last"], zone))
    found = [Fact("Sessions", f"{count} since {since}, {hours:g} hours counted, the last on {last}")]
    return [*found, *_served(patient_id, start, end, zone)]


def _served(patient_id: UUID, start: datetime, end: datetime, zone: ZoneInfo) -> list[Fact]:
    rows = Note.objects.filter(
        patient=patient_id, signed_at__isnull=False, starts_at__gte=start, starts_at__lt=end
    ).values_list("objectives", flat=True)
    times = Counter(each for objectives in rows for each in objectives)
    aims = plan.objectives_of([patient_id], day_of(end, zone)).get(patient_id, ())
    return [
        Fact(f"Objective {number}", f"“{aim.words.rstrip('.')}”, served in {times[aim.id]} sessions")
        for number, aim in enumerate(aims, start=1)
    ]


def _absences(patient_id: UUID, at: datetime, zone: ZoneInfo) -> list[Fact]:
    rows = (
        Outreach.objects.filter(
            Q(withdrawn_at=None),
            patient=patient_id,
            attendance__session__starts_at__range=(at - ABSENCES_BACK, at),
        )
        .order_by("-attendance__session__starts_at")
        .values_list("attendance__session__starts_at", "made_at", "result")[:MOST]
    )
    return [
        Fact(
            f"Away {_day(day_of(missed, zone))}",
            f"call {_moment(made, zone)}: {_RESULTS[result]}" if made else "no call written down yet",
        )
        for missed, made, result in rows
    ]


def _safety(patient_id: UUID, zone: ZoneInfo) -> list[Fact]:
    page = plan.safety(patient_id)
    used = page.in_use
    if used is None or used.finished_at is None:
        return [Fact("Safety plan", "none is finished")]
    return [Fact("Safety plan", f"version {used.number} of {_day(day_of(used.finished_at, zone))}")]


def _day(on: object) -> str:
    return f"{on:%a} {on:%d}".replace(" 0", " ") + f" {on:%b %Y}"


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{_day(local)}, {local:%H:%M}"
