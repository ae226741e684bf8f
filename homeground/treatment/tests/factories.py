"""A clinic's evening group with people who are expected, made directly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cast import Clinic, Member, make_episode, make_person

from homeground.chart.models import Patient
from homeground.confidentiality.models import Consent
from homeground.people.roles import Role
from homeground.timetable.models import Appointment, Booking, Cancellation, Group, Leading, Slot
from homeground.treatment.tests.spec_hours import local

FIRST_NAMES = ("Sage", "Rowan", "Linden", "Marlow", "Ember", "Hollis", "Juno", "Perry", "Reese", "Tatum")


@dataclass
class Meeting:
    """A dated group meeting and who is expected."""

    appointment: Appointment
    patients: list[Patient]

    @property
    def id(self):
        return self.appointment.pk


def make_patients(clinic: Clinic, count: int, *, consented: bool = True) -> list[Patient]:
    """Admitted adults; no two share a name."""
    patients = []
    already = Patient.objects.filter(organization_id=clinic.id).count()
    for index in range(already, already + count):
        name = FIRST_NAMES[index % len(FIRST_NAMES)]
        person = make_person(clinic, name, f"Sample{index:02d}", born_on=date(1988, 3, 1))
        patients.append(make_episode(clinic, person, 2000 + index).patient)
        if consented:
            consent(clinic, patients[-1])
    return patients


def consent(clinic: Clinic, patient: Patient, signed: str = "2026-10-05 09:00") -> Consent:
    """A consent to treat."""
    return Consent.objects.create(
        **clinic.owns(),
        person_id=patient.person_id,
        kind="treatment",
        text_version="1",
        text_digest="0" * 64,
        method="paper",
        signed_at=local(signed),
        recorded_at=local(signed),
        recorded_by_id=clinic.staff[Role.FRONT_DESK].account.pk,
    )


def make_group(clinic: Clinic, name: str = "Evening group") -> Group:
    """A core group for adults in one room, led by the clinic's facilitator."""
    group = Group.objects.create(
        **clinic.owns(),
        program=clinic.adult,
        name=name,
        topic="Triggers",
        track="evening",
        capacity=40,
        population="adult",
        starts_on=date(2026, 10, 1),
    )
    leader = clinic.staff[Role.FACILITATOR].person
    Leading.objects.create(**clinic.owns(), group=group, staff=leader, starts_on=date(2026, 10, 1))
    return group


def make_slot(clinic: Clinic, group: Group, weekday: int) -> Slot:
    """A weekly slot from 18:00 to 21:00 with a break at 19:30."""
    return Slot.objects.create(
        **clinic.owns(),
        group=group,
        weekday=weekday,
        starts=time(18),
        ends=time(21),
        break_starts=time(19, 30),
        break_ends=time(19, 45),
        space=clinic.room,
    )


def make_meeting(
    clinic: Clinic,
    patients: Sequence[Patient],
    day: str = "2026-11-24",
    *,
    slot: Slot | None = None,
    leader: Member | None = None,
    pause: bool = True,
    video: Sequence[Patient] = (),
) -> Meeting:
    """One evening, 18:00 to 21:00 in the clinic's zone, with a break at 19:30."""
    on = date.fromisoformat(day)
    slot = slot or make_slot(clinic, make_group(clinic), on.weekday())
    starts_at, ends_at = local(f"{day} 18:00"), local(f"{day} 21:00")
    appointment = Appointment.objects.create(
        **clinic.owns(),
        slot=slot,
        slot_on=on,
        starts_at=starts_at,
        ends_at=ends_at,
        break_starts_at=local(f"{day} 19:30") if pause else None,
        break_ends_at=local(f"{day} 19:45") if pause else None,
        made_at=starts_at - timedelta(days=14),
    )
    shared = {**clinic.owns(), "appointment": appointment, "starts_at": starts_at, "ends_at": ends_at}
    staff = leader or clinic.staff[Role.FACILITATOR]
    Booking.objects.create(**shared, staff=staff.person)
    Booking.objects.create(**shared, space=clinic.room)
    for patient in patients:
        Booking.objects.create(**shared, patient=patient, by_video=patient in video)
    return Meeting(appointment, list(patients))


def cancel(clinic: Clinic, meeting: Meeting, at: datetime) -> None:
    """The clinic cancels a meeting."""
    Cancellation.objects.create(**clinic.owns(), appointment=meeting.appointment, reason="staff", at=at)
