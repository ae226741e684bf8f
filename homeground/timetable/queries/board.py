"""The clinic's week from the database: programs, running groups, free counselor hours."""

from collections import defaultdict
from datetime import date, time
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from homeground.timetable.models import CounselorHour, Group, Slot
from homeground.timetable.models.span import running
from homeground.timetable.rules.clinic import ClinicWeek, OpenGroup, OpenHour, ProgramOffer
from homeground.timetable.rules.floor import Prescription
from homeground.timetable.rules.week import Meeting, minute


def clinic_week(on: date) -> ClinicWeek:
    """Everything the fit question needs on one day. Four statements, also in the public channel.

    A group runs from `starts_on` up to and not including `ends_on`.
    """
    taken = taken_from(on)
    rows = list(group_rows(running(on)))
    programs = {
        row.program.pk: ProgramOffer(
            id=row.program.pk,
            population=row.program.population,
            owed=Prescription(
                core_minutes=row.program.core_minutes,
                min_days=row.program.min_days,
                max_days=row.program.max_days,
                min_day_minutes=row.program.min_day_minutes,
            ),
        )
        for row in rows
    }
    return ClinicWeek(
        programs=tuple(programs.values()),
        groups=tuple(open_group(row, taken["group"].get(row.pk, 0)) for row in rows),
        hours=tuple(
            OpenHour(
                id=hour.pk,
                staff_id=hour.staff_id,
                meeting=Meeting(hour.weekday, hour.starts, hour.ends),
                by_video=hour.by_video,
            )
            for hour in CounselorHour.objects.filter(ends_on=None).order_by("weekday", "starts", "id")
            if hour.pk not in taken["hour"]
        ),
    )


def group_rows(which: Q) -> QuerySet[Group]:
    """Groups with their program and slots, by name."""
    return (
        Group.objects.filter(which)
        .select_related("program")
        .prefetch_related(Prefetch("slots", Slot.objects.order_by("weekday", "starts")))
        .order_by("name", "id")
    )


def meeting(slot: Slot) -> Meeting:
    """A slot as the rules know it."""
    return Meeting(slot.weekday, slot.starts, slot.ends, _break(slot.break_starts, slot.break_ends))


def _break(starts: time | None, ends: time | None) -> int:
    return minute(ends) - minute(starts) if starts and ends else 0


def taken_from(on: date) -> dict[str, dict[UUID, int]]:
    """Taken chairs by group and taken counselor hours, under "group" and "hour"; see docs/adr/0007."""
    found: defaultdict[str, dict[UUID, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute("select kind, subject_id, taken from timetable_taken(%s)", [on])
        for kind, subject, taken in cursor.fetchall():
            found[kind][subject] = taken
    return found


def open_group(row: Group, taken: int) -> OpenGroup:
    """A group as the rules know it; needs what `group_rows` loads. No statement."""
    return OpenGroup(
        id=row.pk,
        name=row.name,
        program_id=row.program_id,
        kind=row.kind,
        track=row.track,
        meetings=tuple(meeting(slot) for slot in row.slots.all()),
        capacity=row.capacity,
        taken=taken,
        language=row.language,
        population=row.population,
        gender=row.gender,
        dual=row.dual,
        video=row.video,
        video_seats=row.video_seats,
        attend=row.attend,
    )
