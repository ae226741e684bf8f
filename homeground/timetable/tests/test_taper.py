"""A gradual return: fewer sessions step by step, in the same group and chair, planned in one go."""

from datetime import date, time, timedelta

import pytest

from homeground.chart.models import LevelPeriod
from homeground.people.roles import Role
from homeground.timetable import actions, queries
from homeground.timetable.models import Booking, Seat, SeatSlot
from homeground.timetable.rules.taper import NotGradual, Wanted, steps
from homeground.timetable.rules.week import Meeting
from homeground.timetable.tests.factories import AT, MONDAY, ON, make_group, make_patient, url

WEEK = timedelta(weeks=1)
EVENINGS = {day: Meeting(day, time(18), time(21)) for day in (0, 1, 3)}
UNEVEN = {
    0: Meeting(0, time(18), time(21)),
    1: Meeting(1, time(18), time(20)),
    3: Meeting(3, time(18), time(22)),
}


def wanted(*minutes):
    return [Wanted(date(2026, 12, 7) + n * WEEK, each) for n, each in enumerate(minutes)]


@pytest.mark.parametrize(
    ("meetings", "minutes", "kept"),
    [
        (EVENINGS, [360, 180], [(0, 1), (0,)]),
        (EVENINGS, [360, 180, 90], [(0, 1), (0,), (0,)]),  # a session cannot be cut
        (EVENINGS, [540], [(0, 1, 3)]),
        (EVENINGS, [600], [(0, 1, 3)]),  # no more than there is
        (UNEVEN, [360, 120], [(1, 3), (1,)]),  # nearest from above, then the days already kept
        (UNEVEN, [300, 240], [(0, 1), (0, 1)]),
    ],
)
def test_each_step_keeps_some_of_the_sessions_before(meetings, minutes, kept):
    found = steps(meetings, wanted(*minutes))
    assert [each.slots for each in found] == kept
    assert [each.full for each in found] == [len(each) == len(meetings) for each in kept]


@pytest.mark.parametrize(
    "asked",
    [
        [Wanted(date(2026, 12, 7), 180), Wanted(date(2026, 12, 14), 360)],
        [Wanted(date(2026, 12, 14), 360), Wanted(date(2026, 12, 7), 180)],
        [Wanted(date(2026, 12, 7), 360), Wanted(date(2026, 12, 7), 180)],
    ],
)
def test_a_return_is_gradual(asked):
    with pytest.raises(NotGradual):
        steps(EVENINGS, asked)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def seated(clinic, inside, by):
    """A patient in a group of three evenings, booked for six weeks."""
    group = make_group(clinic)
    episode = make_patient(clinic, 3001)
    actions.make_calendar(until=MONDAY + 6 * WEEK, by=by, at=AT)
    actions.seat(episode_id=episode.pk, group_id=group.pk, starts_on=MONDAY, by=by, at=AT)
    return episode


@pytest.fixture
def plan(by):
    def taper(episode, *minutes, first=MONDAY + 2 * WEEK, levels=None):
        base = queries.taper_base(episode.pk, MONDAY)
        asked = [Wanted(first + n * WEEK, each) for n, each in enumerate(minutes)]
        return actions.taper(
            episode_id=episode.pk,
            steps=steps(base.meetings, asked),
            levels=levels or ["1.5"] * len(minutes),
            today=ON,
            by=by,
            at=AT,
        )

    return taper


def weeks(episode):
    """How many evenings each week has."""
    rows = Booking.objects.filter(patient=episode.patient, released_at=None).order_by("starts_at")
    count = [0] * 6
    for on in rows.values_list("appointment__slot_on", flat=True):
        count[(on - MONDAY).days // 7] += 1
    return count


def test_three_steps_change_seats_bookings_and_levels_in_one_go(seated, plan):
    assert weeks(seated) == [3] * 6
    done = plan(seated, 360, 180, levels=["2.1", "1.5"])
    assert weeks(seated) == [3, 3, 2, 1, 1, 1]
    assert (done.steps, done.released, done.booked) == (2, 7, 0)
    assert set(Seat.objects.filter(episode=seated).values_list("place", flat=True)) == {1}
    levels = LevelPeriod.objects.filter(episode=seated).order_by("starts_on")
    assert [each.level for each in levels][-2:] == ["2.1", "1.5"]
    assert levels.last().ends_on is None
    planned = queries.taper_base(seated.pk, MONDAY).planned
    assert [each.minutes for each in planned] == [360, 180]


def test_planning_again_replaces_and_books_again(seated, plan):
    plan(seated, 180)
    assert plan(seated, 360, first=MONDAY + 3 * WEEK).booked == 3
    assert weeks(seated) == [3, 3, 1, 2, 2, 2]
    assert SeatSlot.objects.count() == 3


def test_the_night_books_only_what_the_step_comes_to(seated, plan, by):
    plan(seated, 180)
    actions.make_calendar(until=MONDAY + 8 * WEEK, by=by, at=AT)
    late = Booking.objects.filter(
        patient=seated.patient, released_at=None, appointment__slot_on__gte=MONDAY + 6 * WEEK
    )
    assert late.count() == 2


def test_refusals(clinic, seated, plan):
    with pytest.raises(actions.StepInPast):
        plan(seated, 180, first=ON)
    with pytest.raises(actions.NoSeat):
        plan(seated, 180, first=MONDAY)
    assert queries.taper_base(make_patient(clinic, 3002).pk, MONDAY) is None
    assert weeks(seated) == [3] * 6


@pytest.fixture
def counselor(clinic, sign_in):
    return sign_in(clinic.staff[Role.COUNSELOR])


def asked(first, *hours):
    return {
        key: value
        for n, each in enumerate(hours, start=1)
        for key, value in (
            (f"from_{n}", str(first + (n - 1) * WEEK)),
            (f"hours_{n}", each),
            (f"level_{n}", "1.5"),
        )
    }


def test_the_counselor_looks_and_plans(clinic, evening, episode, counselor, desk, today):
    sent = {"group": str(evening.pk), "starts_on": today.isoformat()}
    desk.post(url("seats", episode.pk), sent)
    assert desk.get(url("taper", episode.pk)).status_code == 403
    told = asked(today + 2 * WEEK, "6", "3")
    page = counselor.get(url("taper", episode.pk), told).content.decode()
    assert page.count("fewer hours than an intensive program") == 2
    assert counselor.post(url("steps_down", episode.pk), told).status_code == 302
    assert "From" in counselor.get(url("taper", episode.pk)).content.decode()
    assert Seat.objects.filter(episode=episode).count() == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hours_1": ""}, b"required"),
        ({"from_2": "", "hours_2": "3"}, b"A step needs a day and hours."),
        ({"hours_1": "-1"}, b"greater than or equal"),
        ({"hours_2": "9"}, b"has no more hours"),
    ],
)
def test_what_is_not_a_step_down_is_said(clinic, evening, episode, counselor, desk, today, change, words):
    desk.post(url("seats", episode.pk), {"group": str(evening.pk), "starts_on": today.isoformat()})
    told = asked(today + 2 * WEEK, "6", "3") | change
    for answer in (
        counselor.get(url("taper", episode.pk), told),
        counselor.post(url("steps_down", episode.pk), told),
    ):
        assert answer.status_code == 422
        assert words in answer.content
    assert Seat.objects.filter(episode=episode).count() == 1
