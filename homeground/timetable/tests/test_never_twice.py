"""Whatever people do in whatever order, nobody and nothing is ever in two places."""

from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.timetable import actions
from homeground.timetable.models import Appointment, Booking, Seat
from homeground.timetable.tests.factories import (
    AT,
    EVENINGS,
    MONDAY,
    MORNINGS,
    make_group,
    make_hour,
    make_patient,
)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["seat", "unseat", "cancel", "move", "substitute", "guest", "calendar"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=4,
    max_size=14,
)
REFUSALS = (
    actions.Refused,
    actions.DoubleBooked,
    actions.AlreadyCancelled,
    actions.AlreadyBegun,
    actions.NoOpenEpisode,
    actions.AppointmentNotHere,
    people.PersonNotHere,
)


class House:
    """A small clinic in which things happen."""

    def __init__(self, clinic):
        self.clinic = clinic
        self.said = {"by": clinic.staff[Role.SCHEDULER].actor, "at": AT}
        self.groups = [
            make_group(clinic, "Evening", capacity=2),
            make_group(clinic, "Evening too", EVENINGS, leader=False, capacity=2),
            make_group(clinic, "Morning", MORNINGS, capacity=3),
        ]
        self.hours = [make_hour(clinic, 2, space=clinic.office), make_hour(clinic, 4, space=clinic.office)]
        self.episodes = [make_patient(clinic, 6000 + n) for n in range(4)]
        self.staff = [member.person.pk for member in clinic.staff.values()]
        self.calendar(0, 0)

    def calendar(self, a, b):
        actions.make_calendar(until=MONDAY + timedelta(weeks=2), **self.said)

    def seat(self, a, b):
        hour = self.hours[a % 2].pk if b % 2 else None
        actions.seat(
            episode_id=self.episodes[a % 4].pk,
            group_id=self.groups[b % 3].pk,
            counselor_hour_id=hour,
            starts_on=MONDAY + timedelta(days=a),
            **self.said,
        )

    def unseat(self, a, b):
        held = list(Seat.objects.order_by("seated_at", "pk"))
        if held:
            actions.unseat(seat_id=held[a % len(held)].pk, ends_on=MONDAY + timedelta(days=b), **self.said)

    def appointment(self, a):
        rows = list(Appointment.objects.order_by("slot_on", "made_at", "slot__group__name"))
        return rows[(a * 7) % len(rows)]

    def cancel(self, a, b):
        actions.cancel_appointment(
            appointment_id=self.appointment(a).pk, reason=actions.Reason.WEATHER, **self.said
        )

    def move(self, a, b):
        one, other = self.appointment(a), self.appointment(b)
        actions.move_appointment(
            appointment_id=one.pk,
            starts_at=other.starts_at + timedelta(minutes=30 * a),
            ends_at=other.ends_at + timedelta(minutes=30 * a),
            space_id=self.clinic.room.pk if b % 2 else None,
            **self.said,
        )

    def substitute(self, a, b):
        actions.substitute_leader(
            appointment_id=self.appointment(a).pk, staff_id=self.staff[b % len(self.staff)], **self.said
        )

    def guest(self, a, b):
        actions.book_make_up(
            appointment_id=self.appointment(a).pk, patient_id=self.episodes[b % 4].patient_id, **self.said
        )

    def is_sound(self):
        """Nothing twice at a time, no more people than chairs, nobody where it is cancelled."""
        taken = defaultdict(list)
        present = defaultdict(int)
        for row in Booking.objects.filter(released_at=None).select_related(
            "appointment__slot__group", "appointment__cancellation"
        ):
            taken[row.space_id or row.staff_id or row.patient_id].append((row.starts_at, row.ends_at))
            assert not hasattr(row.appointment, "cancellation")
            assert row.starts_at == row.appointment.starts_at
            if row.patient_id and row.appointment.slot:
                present[row.appointment] += 1
        for spans in taken.values():
            spans.sort()
            assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))
        assert all(count <= row.slot.group.capacity for row, count in present.items())


@pytest.mark.usefixtures("inside")
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_nothing_is_ever_in_two_places(clinic, steps):
    from django.db import transaction

    with transaction.atomic():
        house = House(clinic)
        for name, a, b in steps:
            with suppress(*REFUSALS):
                getattr(house, name)(a, b)
            house.is_sound()
        transaction.set_rollback(True)
