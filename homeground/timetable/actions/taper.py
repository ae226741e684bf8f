"""Planning a gradual return: the seat's sessions and the level of care, step by step, in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import actions as chart
from homeground.chart import queries as stays
from homeground.ground.actor import Actor, require_account
from homeground.timetable.actions.diary import Diary
from homeground.timetable.actions.seating import EpisodeNotHere
from homeground.timetable.models import Appointment, Booking, Group, Seat, SeatSlot
from homeground.timetable.models.span import lasting
from homeground.timetable.rules.taper import Step


class NoSeat(Exception):
    """Nobody can step down who has no seat in a core group on that day."""


class StepInPast(Exception):
    """A step begins after today: what was held was held."""


class SlotNotOfGroup(Exception):
    """A step names a session the group does not have."""


@dataclass(frozen=True, slots=True)
class Tapered:
    """How many steps were planned, and how many bookings were given back and made for them."""

    steps: int
    released: int
    booked: int


def taper(
    *, episode_id: UUID, steps: Sequence[Step], levels: Sequence[str], today: date, by: Actor, at: datetime
) -> Tapered:
    """Replace everything after the first step's day by these steps in the same group and the same chair.

    `levels` are the levels of care of the steps, decided by the clinician who acts. The last step lasts
    until something ends it. Planning again replaces steps that have not begun. Raises EpisodeNotHere,
    NoSeat, StepInPast, SlotNotOfGroup, and what `chart.actions.plan_levels` raises.
    """
    with transaction.atomic():
        first = steps[0].starts_on
        episode = stays.episode(episode_id, first)
        if episode is None:
            raise EpisodeNotHere
        if first <= today:
            raise StepInPast
        seat = _seat(episode_id, first)
        Group.objects.select_for_update().get(pk=seat.group_id)
        _replace(seat, first, steps, by, at)
        chart.plan_levels(
            episode_id=episode_id,
            levels=[(each.starts_on, level) for each, level in zip(steps, levels, strict=True)],
            by=by,
            at=at,
        )
        released, booked = _rebook(seat, episode.patient.patient_id, steps, by, at)
        audit.record(
            by=by,
            at=at,
            event="timetable.taper.planned",
            subject_kind="seat",
            subject_id=seat.pk,
            patient_id=episode.patient.patient_id,
            facts={"steps": len(steps), "first": first.isoformat(), "released": released, "booked": booked},
        )
    return Tapered(len(steps), released, booked)


def _seat(episode_id: UUID, on: date) -> Seat:
    rows = Seat.objects.select_for_update(of=("self",)).filter(
        lasting(on), episode_id=episode_id, group__kind=Group.Kind.CORE, hold=None
    )
    seat = rows.order_by("starts_on").first()
    if seat is None or seat.starts_on >= on:
        raise NoSeat
    return seat


def _replace(seat: Seat, first: date, steps: Sequence[Step], by: Actor, at: datetime) -> None:
    """End the seat where the first step begins, and write a seat for each step."""
    slots = set(seat.group.slots.values_list("pk", flat=True))
    if any(not each.slots or set(each.slots) - slots for each in steps):
        raise SlotNotOfGroup
    Seat.objects.filter(episode_id=seat.episode_id, group_id=seat.group_id, starts_on__gte=first).delete()
    seat.ends_on = first
    seat.save(update_fields=["ends_on"])
    ends = [each.starts_on for each in steps[1:]]
    rows = [
        Seat(
            organization_id=by.organization_id,
            group_id=seat.group_id,
            episode_id=seat.episode_id,
            place=seat.place,
            by_video=seat.by_video,
            starts_on=each.starts_on,
            ends_on=until,
            seated_at=at,
            seated_by_id=require_account(by),
        )
        for each, until in zip(steps, [*ends, None], strict=True)
    ]
    Seat.objects.bulk_create(rows)
    SeatSlot.objects.bulk_create(
        SeatSlot(organization_id=by.organization_id, seat=row, slot_id=slot)
        for row, each in zip(rows, steps, strict=True)
        if set(each.slots) != slots
        for slot in each.slots
    )


def _rebook(seat: Seat, patient_id: UUID, steps: Sequence[Step], by: Actor, at: datetime) -> tuple[int, int]:
    """Give back what no step comes to any more, and book what one comes to again."""
    ahead = Appointment.objects.filter(
        slot__group_id=seat.group_id,
        slot_on__gte=steps[0].starts_on,
        starts_at__gt=at,
        cancellation=None,
    )
    wanted = {row.pk: row for row in ahead if row.slot_id in _on(steps, row.slot_on).slots}
    mine = Booking.objects.filter(
        patient_id=patient_id, make_up=False, released_at=None, appointment__in=[row.pk for row in ahead]
    )
    diary = Diary(by.organization_id)
    released = diary.released(mine.exclude(appointment__in=wanted), at)
    has = set(mine.values_list("appointment_id", flat=True))
    missing = [
        diary.booking(row, patient_id=patient_id, by_video=seat.by_video)
        for row in wanted.values()
        if row.pk not in has
    ]
    return released, diary.write_where_free(missing) if missing else 0


def _on(steps: Sequence[Step], on: date) -> Step:
    """The step a day belongs to."""
    return next(each for each in reversed(steps) if each.starts_on <= on)
