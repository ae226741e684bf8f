"""Repair: somebody is away, a room or a day is lost. The cheapest way out, proven, and nothing half done."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from cast import make_person
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from homeground.audit.models import Entry
from homeground.ground import clock
from homeground.people.roles import LEADING, Role
from homeground.program.models import Space
from homeground.timetable import actions, queries
from homeground.timetable.models import Appointment, Away, Booking, Cancellation, Circumstances, Leading
from homeground.timetable.rules.repair import (
    Free,
    Kind,
    Loss,
    Lost,
    Touched,
    Way,
    repair,
    ways,
)
from homeground.timetable.tests.factories import (
    AT,
    MONDAY,
    MORNINGS,
    ON,
    ZONE,
    make_group,
    take_chairs,
    url,
)

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def one(number, starts=0, hours=1, **change):
    told = {"talk": False, "people": 8, "in_person": 8, "without_video": 0}
    begins = EIGHT + timedelta(hours=starts)
    return Touched(UUID(int=number), begins, begins + timedelta(hours=hours), **told | change)


def who(number, *taken, seats=0):
    times = tuple((EIGHT + timedelta(hours=a), EIGHT + timedelta(hours=b)) for a, b in taken)
    return Free(UUID(int=number), times, seats)


# rules


@pytest.mark.parametrize(
    ("touched", "lost", "staff", "rooms", "kinds"),
    [
        (one(1), Lost.STAFF, [], [], ["cancel"]),
        (one(1), Lost.STAFF, [who(9)], [], ["substitute", "cancel"]),
        (one(1), Lost.STAFF, [who(9, (0.5, 2))], [], ["cancel"]),
        (one(1), Lost.STAFF, [who(9, (1, 2))], [], ["substitute", "cancel"]),  # ends as the other begins
        (one(1, others=(UUID(int=7),)), Lost.STAFF, [who(9)], [], ["stays", "cancel"]),
        (one(1), Lost.SPACE, [], [who(5, seats=8)], ["room", "cancel"]),
        (one(1), Lost.SPACE, [], [who(5, seats=7)], ["cancel"]),
        (one(1, may_video=True), Lost.DAY, [who(9)], [who(5, seats=20)], ["video", "cancel"]),
    ],
)
def test_the_ways_out(touched, lost, staff, rooms, kinds):
    assert [way.kind.value for way in ways(touched, lost, staff, rooms)] == kinds


def test_somebody_the_group_knows_comes_first():
    found = repair([one(1, leads_group=(UUID(int=9),))], Lost.STAFF, [who(8), who(9)], [])
    assert found.pieces[0].way.by_id == UUID(int=9)
    assert found.proven


def test_who_cannot_join_by_video_would_lose_the_session():
    some = one(1, people=8, may_video=True, without_video=3)
    assert repair([some], Lost.DAY, [], []).pieces[0].way.kind is Kind.VIDEO
    every = one(1, people=8, may_video=True, without_video=8)
    assert repair([every], Lost.DAY, [], []).pieces[0].way.kind is Kind.CANCEL


TOUCHED = st.lists(
    st.builds(
        lambda number, starts, hours, people, known: one(
            number, starts, hours, people=people, leads_group=tuple(UUID(int=n) for n in known)
        ),
        st.integers(1, 10**6),
        st.integers(0, 4),
        st.integers(1, 2),
        st.integers(0, 3),
        st.sets(st.integers(90, 92)),
    ),
    max_size=4,
    unique_by=lambda each: each.id,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(TOUCHED, st.lists(st.tuples(st.integers(0, 4), st.integers(1, 2)), max_size=3))
def test_no_combination_is_cheaper_and_nobody_is_in_two_places(touched, busy):
    staff = [who(90 + n, (a, a + b)) for n, (a, b) in enumerate(busy)]
    found = repair(touched, Lost.STAFF, staff, [])
    cheapest = None
    for choice in product(*(ways(each, Lost.STAFF, staff, []) for each in touched)):
        if possible(touched, choice):
            cost = sum(way.cost for way in choice)
            cheapest = cost if cheapest is None else min(cheapest, cost)
    assert found.proven
    assert found.cost == pytest.approx(cheapest or 0)
    assert possible([p.touched for p in found.pieces], [p.way for p in found.pieces])


def possible(touched, chosen):
    pairs = list(zip(touched, chosen, strict=True))
    return not any(
        mine.by_id and mine.by_id == theirs.by_id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
        for n, (a, mine) in enumerate(pairs)
        for b, theirs in pairs[:n]
    )


# actions and queries


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.SCHEDULER].actor


@pytest.fixture
def leader(clinic):
    return clinic.staff[Role.FACILITATOR].person


@pytest.fixture
def sick(leader):
    """The facilitator's sick week."""
    return Loss(Lost.STAFF, leader.pk, MONDAY, MONDAY + timedelta(days=7))


@pytest.fixture
def running(clinic, inside, by):
    """An evening group with three people in the calendar of two weeks."""
    group = make_group(clinic)
    take_chairs(clinic, group, 3)
    actions.make_calendar(until=MONDAY + timedelta(weeks=2), by=by, at=AT)
    return group


def propose(loss):
    return queries.proposal(loss, zone=ZONE, at=AT, leading=LEADING)


def standing(**which):
    """Bookings of the week that is mended."""
    return Booking.objects.filter(released_at=None, starts_at__lt=EIGHT + timedelta(days=7), **which)


def accept(found, loss, by, **change):
    steps = [actions.Step(p.touched.id, p.way.kind, p.way.by_id) for p in found.repair.pieces]
    return actions.mend(**{"loss": loss, "steps": steps, "by": by, "at": AT} | change)


def test_a_sick_week_is_mended_by_substitutes(clinic, running, sick, leader, by):
    found = propose(sick)
    assert [piece.way.kind for piece in found.repair.pieces] == [Kind.SUBSTITUTE] * 3
    assert found.repair.lost == 0
    assert accept(found, sick, by) == 3
    led = Booking.objects.filter(
        staff__isnull=False, released_at=None, starts_at__lt=EIGHT + timedelta(days=7)
    )
    assert leader.pk not in set(led.values_list("staff_id", flat=True))
    assert led.count() == 3
    assert Away.objects.get().staff_id == leader.pk
    assert propose(sick).repair.pieces == ()
    assert Entry.objects.filter(event="timetable.away.recorded").count() == 1


def test_the_calendar_made_later_does_not_book_who_is_away(clinic, inside, leader, by):
    make_group(clinic)
    actions.record_away(
        staff_id=leader.pk, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=7), by=by, at=AT
    )
    actions.make_calendar(until=MONDAY + timedelta(weeks=2), by=by, at=AT)
    led = Booking.objects.filter(staff=leader).order_by("starts_at")
    assert led.count() == 3
    assert led.first().starts_at >= EIGHT + timedelta(days=6)


def test_who_is_away_themselves_is_not_proposed(clinic, running, sick, by):
    other = clinic.staff[Role.COUNSELOR].person
    before = {piece.way.by_id for piece in propose(sick).repair.pieces}
    assert before
    for person in {other.pk, *before}:
        actions.record_away(
            staff_id=person, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=7), by=by, at=AT
        )
    assert not before & {piece.way.by_id for piece in propose(sick).repair.pieces}


def test_a_lost_room_goes_to_another_that_holds_everybody(clinic, running, by):
    Space.objects.create(**clinic.owns(), center=clinic.center, name="Too small", kind="group", seats=2)
    other = Space.objects.create(**clinic.owns(), center=clinic.center, name="Big", kind="group", seats=8)
    loss = Loss(Lost.SPACE, clinic.room.pk, MONDAY, MONDAY + timedelta(days=7))
    found = propose(loss)
    assert [piece.way for piece in found.repair.pieces] == [Way(Kind.ROOM, 2.05, other.pk)] * 3
    assert accept(found, loss, by) == 3
    held = Booking.objects.filter(
        space__isnull=False, released_at=None, starts_at__lt=EIGHT + timedelta(days=7)
    )
    assert set(held.values_list("space_id", flat=True)) == {other.pk}


def test_a_storm_moves_to_video_who_can(clinic, inside, by):
    group = make_group(clinic, video_seats=True)
    for seat in take_chairs(clinic, group, 2):
        Circumstances.objects.create(
            **clinic.owns(), person=seat.episode.patient.person, video_possible=True, travel_minutes=10
        )
    actions.make_calendar(until=MONDAY + timedelta(weeks=1), by=by, at=AT)
    loss = Loss(Lost.DAY, None, MONDAY, MONDAY + timedelta(days=1))
    found = propose(loss)
    assert [piece.way.kind for piece in found.repair.pieces] == [Kind.VIDEO]
    accept(found, loss, by)
    met = Appointment.objects.order_by("starts_at").first()
    stands = Booking.objects.filter(appointment=met, released_at=None)
    assert set(stands.filter(patient__isnull=False).values_list("by_video", flat=True)) == {True}
    assert not stands.filter(space__isnull=False).exists()


def test_when_the_calendar_changed_nothing_is_done(clinic, running, sick, by):
    found = propose(sick)
    first = found.repair.pieces[0].touched.id
    actions.cancel_appointment(appointment_id=first, reason=actions.Reason.HOLIDAY, by=by, at=AT)
    with pytest.raises(actions.StaleRepair) as refused:
        accept(found, sick, by)
    assert set(refused.value.refused) == {first}
    assert not Away.objects.exists()
    assert Cancellation.objects.count() == 1
    assert propose(sick).repair.pieces


def test_two_who_lead_leave_it_to_the_other(clinic, inside, leader, sick, by):
    group = make_group(clinic)
    other = clinic.staff[Role.COUNSELOR].person
    Leading.objects.create(**clinic.owns(), group=group, staff=other, starts_on=group.starts_on)
    actions.make_calendar(until=MONDAY + timedelta(weeks=1), by=by, at=AT)
    found = propose(sick)
    assert {piece.way.kind for piece in found.repair.pieces} == {Kind.STAYS}
    accept(found, sick, by)
    assert set(
        Booking.objects.filter(staff__isnull=False, released_at=None).values_list("staff_id", flat=True)
    ) == {other.pk}


def test_an_absence_ends_after_it_begins(clinic, inside, leader, by):
    with pytest.raises(actions.BadDays):
        actions.record_away(staff_id=leader.pk, starts_on=MONDAY, ends_on=MONDAY, by=by, at=AT)
    away = actions.record_away(
        staff_id=leader.pk, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=1), by=by, at=AT
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Away.objects.filter(pk=away).update(ends_on=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Away.objects.filter(pk=away).update(withdrawn_at=AT)


def test_the_proposal_asks_as_much_for_two_groups_as_for_one(
    clinic, running, by, django_assert_max_num_queries
):
    make_group(clinic, "Morning", MORNINGS, in_room=False)
    actions.make_calendar(until=MONDAY + timedelta(weeks=2), by=by, at=AT)
    loss = Loss(Lost.DAY, None, ON, MONDAY + timedelta(weeks=2))
    with django_assert_max_num_queries(13):
        assert len(propose(loss).repair.pieces) == 12


# pages


def asked(person, day, **change):
    told = {"what": "staff", "staff": str(person.pk), "space": "", "first": f"{day}", "last": f"{day}"}
    return told | change


def test_the_desk_sees_what_it_touches_and_accepts(clinic, evening, ahead, desk, leader):
    day = clock.now().date()
    told = asked(leader, day, last=str(day + timedelta(days=7)))
    page = desk.get(url("repair"), told).content.decode()
    assert "appointments are touched" in page or "appointment is touched" in page
    assert "No repair is better than this one." in page
    names = [part.split('"')[0] for part in page.split('name="piece-')[1:]]
    sent = told | {f"piece-{name}": "cancel" for name in names[:1]} | {f"piece-{n}": "" for n in names[1:]}
    assert desk.post(url("mending"), sent).status_code == 302
    assert Cancellation.objects.count() == 1
    again = desk.post(url("mending"), sent)
    assert again.status_code == 422
    assert b"cancelled in the meantime" in again.content
    once = told | {f"piece-{n}": "cancel" for n in names[1:]} | {"only": names[1]}
    piece = desk.post(url("mending"), once)
    assert piece.status_code == 302
    assert "what=staff" in piece["Location"]  # the others are looked at again
    assert Cancellation.objects.count() == 2
    assert f'name="piece-{names[1]}"' not in desk.get(piece["Location"]).content.decode()
    away = Away.objects.get()
    assert leader.called or leader.given_name in desk.get(url("repair")).content.decode()
    assert desk.post(url("away_withdrawal", away.pk)).status_code == 302
    assert desk.post(url("away_withdrawal", away.pk)).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"staff": ""}, b"Please choose."),
        ({"first": "2026-13-01"}, b"error"),
        ({"first": "2026-12-09", "last": "2026-12-01"}, b"The last day is the first one or later"),
        ({"what": "flood"}, b"error"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(clinic, evening, desk, leader, change, words):
    told = asked(leader, "2026-12-01", **change)
    for answer in (desk.get(url("repair"), told), desk.post(url("mending"), told)):
        assert answer.status_code == 422
        assert words in answer.content


def test_a_forged_piece_is_not_found(clinic, evening, desk, leader):
    told = asked(leader, clock.now().date(), **{"piece-x": "cancel"})
    assert desk.post(url("mending"), told).status_code == 404


def test_somebody_who_does_not_lead_here_cannot_be_chosen(clinic, evening, ahead, desk, leader):
    stranger = make_person(clinic, "Some", "Body")
    assert desk.get(url("repair"), asked(stranger, clock.now().date())).status_code == 422
