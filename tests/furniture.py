"""One of everything a URL can name, for the tests that walk all URLs."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from cast import Cast

from homeground.front_door.models import HelpRequest
from homeground.ground.ids import uuid7
from homeground.people.roles import Role
from homeground.placement.models import Screening
from homeground.program.rules.vocabulary import Population
from homeground.timetable.models import (
    Appointment,
    Booking,
    CounselorHour,
    Group,
    Leading,
    Obligation,
    Seat,
    Slot,
)

SEATED = datetime(2026, 10, 5, 16, tzinfo=UTC)
HELD = datetime(2026, 11, 17, 1, tzinfo=UTC)


def make_group(cast: Cast) -> Group:
    """An evening group led by the facilitator, with the patient in its first chair."""
    clinic, owns = cast.clinic, cast.clinic.owns()
    group = Group.objects.create(
        **owns,
        program=clinic.adult,
        name="Evening",
        track=Group.Track.EVENING,
        capacity=12,
        population=Population.ADULT,
        starts_on=date(2026, 9, 1),
    )
    for weekday in (0, 1, 3):
        Slot.objects.create(
            **owns, group=group, weekday=weekday, starts=time(18), ends=time(21), space=clinic.room
        )
    Leading.objects.create(
        **owns, group=group, staff=clinic.staff[Role.FACILITATOR].person, starts_on=date(2026, 9, 1)
    )
    Seat.objects.create(
        **owns,
        group=group,
        episode=cast.patient_episode,
        place=1,
        starts_on=date(2026, 10, 5),
        seated_at=SEATED,
        seated_by_id=clinic.staff[Role.SCHEDULER].account.pk,
    )
    return group


def make_appointment(cast: Cast, group: Group, starts_at: datetime = HELD) -> Appointment:
    """A dated meeting of the group with its room, leader and the patient booked."""
    owns = cast.clinic.owns()
    ends_at = starts_at + timedelta(hours=3)
    slot = group.slots.first()
    appointment = Appointment.objects.create(
        **owns, slot=slot, slot_on=starts_at.date(), starts_at=starts_at, ends_at=ends_at, made_at=SEATED
    )
    taken = {"appointment": appointment, "starts_at": starts_at, "ends_at": ends_at}
    Booking.objects.create(**owns, **taken, space=cast.clinic.room)
    Booking.objects.create(**owns, **taken, staff=cast.clinic.staff[Role.FACILITATOR].person)
    Booking.objects.create(**owns, **taken, patient=cast.patient_episode.patient)
    return appointment


def make_request(cast: Cast) -> HelpRequest:
    """Somebody asked for help."""
    return HelpRequest.objects.create(
        **cast.clinic.owns(),
        alias="Someone",
        contact_kind="phone",
        sealed_contact=b"",
        may_leave_message=False,
        may_text=False,
        may_name_us=False,
        language="en",
        received_at=SEATED,
        promised_at=SEATED + timedelta(minutes=15),
        once=uuid7(),
    )


def arguments(cast: Cast) -> dict[str, dict[str, Any]]:
    """The keyword arguments of every URL that has some, naming rows of the cast's clinic."""
    group = make_group(cast)
    make_appointment(cast, group)
    make_request(cast)
    CounselorHour.objects.create(
        **cast.clinic.owns(),
        staff=cast.clinic.staff[Role.COUNSELOR].person,
        weekday=4,
        starts=time(10),
        ends=time(11),
    )
    Screening.objects.create(
        **cast.clinic.owns(),
        person=cast.patient_episode.patient.person,
        opened_at=SEATED,
        opened_by_id=cast.clinic.staff[Role.COUNSELOR].account.pk,
    )
    Obligation.objects.create(
        **cast.clinic.owns(),
        person=cast.patient_episode.patient.person,
        weekday=0,
        starts=time(8),
        ends=time(16),
    )
    return {}
