"""Making the calendar: dated appointments with what they take, from the weekly template."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.program import queries as program
from homeground.timetable.actions.diary import Diary
from homeground.timetable.models import (
    Appointment,
    Away,
    Booking,
    Cancellation,
    CounselorSeat,
    Group,
    Leading,
    Seat,
    SeatSlot,
    Slot,
)
from homeground.timetable.rules.occurrences import Times, Weekly, local_day, occurrences

type Key = tuple[UUID | None, UUID | None, date]


class ClinicNotHere(Exception):
    """The organization to act for is not in scope."""


@dataclass(frozen=True, slots=True)
class CalendarMade:
    """What a run added. `refused` bookings were taken by something else and want a person's eye."""

    appointments: int
    holidays: int
    bookings: int
    refused: int


def make_calendar(*, until: date, by: Actor, at: datetime) -> CalendarMade:
    """Make every appointment from now up to and not including `until`, and book what each takes.

    Groups' slots and counselor hours become appointments on the clinic's wall clock. On a day the center is
    closed they are made with a cancellation and nobody is booked. Running it again adds only what was
    missing: a booking somebody released stays released. A fixed number of statements.
    Raises ClinicNotHere.
    """
    house = program.house(by.organization_id)
    if house is None:
        raise ClinicNotHere
    with transaction.atomic():
        run = _Run(by, house.zone, local_day(at, house.zone), until, at)
        template = run.template()
        made = run.make(template)
        if made != CalendarMade(0, 0, 0, 0):
            audit.record(
                by=by,
                at=at,
                event="timetable.calendar.made",
                subject_kind="organization",
                subject_id=by.organization_id,
                facts={
                    "until": until.isoformat(),
                    "appointments": made.appointments,
                    "holidays": made.holidays,
                    "bookings": made.bookings,
                    "refused": made.refused,
                },
            )
    return made


@dataclass(frozen=True, slots=True)
class _Template:
    """What repeats every week, and the days each program's center is closed."""

    slots: dict[UUID, Slot]
    hours: dict[UUID, CounselorSeat]
    leaders: dict[UUID, list[Leading]]
    members: dict[UUID, list[Seat]]
    closed: frozenset[tuple[UUID, date]]
    away: tuple[Away, ...]
    comes_to: dict[UUID, set[UUID]]

    def comes(self, seat: Seat, slot_id: UUID) -> bool:
        """Whether a seat comes to this slot: to all, or to those that are named."""
        return seat.pk not in self.comes_to or slot_id in self.comes_to[seat.pk]

    def there(self, staff_id: UUID, on: date) -> bool:
        """Whether a member of staff is not away on a day."""
        return not any(
            each.staff_id == staff_id and each.starts_on <= on < each.ends_on for each in self.away
        )


@dataclass(frozen=True, slots=True)
class _Run:
    """One making of the calendar."""

    by: Actor
    zone: str
    today: date
    until: date
    at: datetime

    def template(self) -> _Template:
        """Read the week. The groups are locked, so that nobody is seated in between."""
        covers = Q(starts_on__lt=self.until) & (Q(ends_on=None) | Q(ends_on__gt=self.today))
        groups = list(Group.objects.select_for_update().filter(covers).order_by("pk"))
        running = {group.pk: group for group in groups}
        slots = Slot.objects.filter(group__in=running).select_related("group")
        leaders: dict[UUID, list[Leading]] = {group: [] for group in running}
        for leading in Leading.objects.filter(covers, group__in=running):
            leaders[leading.group_id].append(leading)
        members: dict[UUID, list[Seat]] = {group: [] for group in running}
        for seat in Seat.objects.filter(covers, group__in=running, hold=None).select_related("episode"):
            members[seat.group_id].append(seat)
        comes_to: dict[UUID, set[UUID]] = {}
        for seat_id, slot_id in SeatSlot.objects.filter(seat__group__in=running).values_list("seat", "slot"):
            comes_to.setdefault(seat_id, set()).add(slot_id)
        hours = CounselorSeat.objects.select_for_update(of=("self",)).filter(covers).order_by("pk")
        return _Template(
            slots={slot.pk: slot for slot in slots},
            hours={hour.pk: hour for hour in hours.select_related("hour", "episode")},
            leaders=leaders,
            members=members,
            closed=self._closed(),
            comes_to=comes_to,
            away=tuple(
                Away.objects.filter(withdrawn_at=None, starts_on__lt=self.until, ends_on__gt=self.today)
            ),
        )

    def _closed(self) -> frozenset[tuple[UUID, date]]:
        """(program, day) pairs on which the program's center is closed."""
        on = "program__center__closures__on"
        days = {f"{on}__gte": self.today, f"{on}__lt": self.until}
        groups = Group.objects.filter(**days).values_list("program_id", on)
        stays = {f"episode__{name}": value for name, value in days.items()}
        hours = CounselorSeat.objects.filter(**stays).values_list("episode__program_id", f"episode__{on}")
        return frozenset(groups.union(hours))

    def make(self, template: _Template) -> CalendarMade:
        """Appointments, then closures, then bookings."""
        known = {
            _key(row): row
            for row in Appointment.objects.filter(
                slot_on__gte=self.today, slot_on__lt=self.until
            ).select_related("cancellation")
        }
        new = [row for row in self._occurrences(template) if _key(row) not in known]
        Appointment.objects.bulk_create(new)
        open_rows = [row for row in known.values() if self._is_ahead(row)] + new
        holidays = [row for row in open_rows if self._is_closed(row, template)]
        self._cancel(holidays)
        closed = {row.pk for row in holidays}
        rows = self._missing(template, [row for row in open_rows if row.pk not in closed])
        booked = Diary(self.by.organization_id).write_where_free(rows) if rows else 0
        return CalendarMade(len(new), len(holidays), booked, len(rows) - booked)

    def _is_ahead(self, row: Appointment) -> bool:
        return row.starts_at > self.at and not hasattr(row, "cancellation")

    def _occurrences(self, template: _Template) -> Iterator[Appointment]:
        """Every appointment of the week's slots and hours that has not begun yet."""
        for slot in template.slots.values():
            for when in occurrences(_of_slot(slot), first=self.today, until=self.until, zone=self.zone):
                if when.starts_at > self.at:
                    yield self._appointment(when, slot=slot)
        for seat in template.hours.values():
            for when in occurrences(_of_hour(seat), first=self.today, until=self.until, zone=self.zone):
                if when.starts_at > self.at:
                    yield self._appointment(when, counselor_seat=seat)

    def _appointment(
        self, when: Times, *, slot: Slot | None = None, counselor_seat: CounselorSeat | None = None
    ) -> Appointment:
        return Appointment(
            organization_id=self.by.organization_id,
            slot=slot,
            counselor_seat=counselor_seat,
            slot_on=when.on,
            starts_at=when.starts_at,
            ends_at=when.ends_at,
            break_starts_at=when.break_starts_at,
            break_ends_at=when.break_ends_at,
            made_at=self.at,
        )

    def _is_closed(self, row: Appointment, template: _Template) -> bool:
        if row.slot_id in template.slots:
            program_id = template.slots[row.slot_id].group.program_id
        elif row.counselor_seat_id in template.hours:
            program_id = template.hours[row.counselor_seat_id].episode.program_id
        else:
            return False
        return (program_id, row.slot_on) in template.closed

    def _cancel(self, rows: list[Appointment]) -> None:
        """A holiday: the appointment stays visible, nobody is expected."""
        if not rows:
            return
        Cancellation.objects.bulk_create(
            Cancellation(
                organization_id=self.by.organization_id,
                appointment=row,
                reason="holiday",
                at=self.at,
                by_id=self.by.account_id,
            )
            for row in rows
        )
        Diary(self.by.organization_id).release([row.pk for row in rows], self.at)

    def _missing(self, template: _Template, rows: list[Appointment]) -> list[Booking]:
        """What the template says these appointments take and no booking has ever said.

        A day on which every chair is promised, to a guest for instance, takes nobody more.
        """
        known: set[tuple[UUID, UUID | None, UUID | None, UUID | None]] = set()
        present: Counter[UUID] = Counter()
        for appointment, space, staff, patient, released_at in Booking.objects.filter(
            appointment__in=[row.pk for row in rows]
        ).values_list("appointment_id", "space_id", "staff_id", "patient_id", "released_at"):
            known.add((appointment, space, staff, patient))
            present[appointment] += patient is not None and released_at is None
        missing = []
        for row in rows:
            for booking in self._takes(template, row):
                if (row.pk, booking.space_id, booking.staff_id, booking.patient_id) in known:
                    continue
                if booking.patient_id and row.slot_id in template.slots:
                    if present[row.pk] >= template.slots[row.slot_id].group.capacity:
                        continue
                    present[row.pk] += 1
                missing.append(booking)
        return missing

    def _takes(self, template: _Template, row: Appointment) -> Iterator[Booking]:
        diary = Diary(self.by.organization_id)
        if row.slot_id in template.slots:
            slot = template.slots[row.slot_id]
            if slot.space_id:
                yield diary.booking(row, space_id=slot.space_id)
            for leading in template.leaders[slot.group_id]:
                if _in_force(leading, row.slot_on) and template.there(leading.staff_id, row.slot_on):
                    yield diary.booking(row, staff_id=leading.staff_id)
            for seat in template.members[slot.group_id]:
                if _in_force(seat, row.slot_on) and template.comes(seat, slot.pk):
                    yield diary.booking(row, patient_id=seat.episode.patient_id, by_video=seat.by_video)
        elif row.counselor_seat_id in template.hours:
            seat_of = template.hours[row.counselor_seat_id]
            for booking in diary.counselor_hour(row, seat_of):
                if booking.staff_id is None or template.there(booking.staff_id, row.slot_on):
                    yield booking


def _key(row: Appointment) -> Key:
    return row.slot_id, row.counselor_seat_id, row.slot_on


def _in_force(row: Leading | Seat, on: date) -> bool:
    return row.starts_on <= on and (row.ends_on is None or on < row.ends_on)


def _of_slot(slot: Slot) -> Weekly:
    return Weekly(
        weekday=slot.weekday,
        starts=slot.starts,
        ends=slot.ends,
        starts_on=slot.group.starts_on,
        ends_on=slot.group.ends_on,
        break_starts=slot.break_starts,
        break_ends=slot.break_ends,
    )


def _of_hour(seat: CounselorSeat) -> Weekly:
    hour = seat.hour
    return Weekly(hour.weekday, hour.starts, hour.ends, seat.starts_on, seat.ends_on)
