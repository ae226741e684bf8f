"""The fit panel: offers in words, one click to a seat, refusals in words."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from homeground.ground import clock
from homeground.ground.templatetags.ui import day
from homeground.people.roles import Role
from homeground.timetable.models import (
    Group,
    NoContact,
    Obligation,
    Seat,
)
from homeground.timetable.tests.factories import (
    make_group,
    make_hour,
    url,
)

NOWHERE = uuid4()
LATE = ((0, time(17), time(20)), (2, time(17), time(20)), (4, time(17), time(20)))


def seating(group, today, **change):
    return {"group": str(group.pk), "starts_on": today.isoformat(), **change}


def test_the_fit_panel_offers_in_words_and_one_click_seats(clinic, evening, episode, desk, today):
    hour = make_hour(clinic, 2, time(10))
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert "9 h a week, 3 days, 3 evenings, home by 21:00." in page
    assert "own counselor" in page
    assert f'value="{today.isoformat()}"' in page
    sent = seating(evening, today, hour=str(hour.pk))
    assert desk.post(url("seats", episode.pk), sent).status_code == 302
    assert Seat.objects.get(episode=episode).place == 4
    again = desk.post(url("seats", episode.pk), sent)
    assert again.status_code == 422
    assert b"already has a seat" in again.content


def test_the_fit_panel_names_the_smallest_change(clinic, evening, episode, desk):
    Obligation.objects.create(
        **clinic.owns(), person=episode.patient.person, weekday=1, starts=time(17), ends=time(19)
    )
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert "Ask about Tuesday 18:00–19:00" in page


def test_the_front_desk_reads_only_that_a_group_is_not_available(clinic, evening, episode, desk, today):
    other = evening.seats.first().episode.patient.person
    low, high = sorted((other, episode.patient.person), key=lambda each: each.pk)
    NoContact.objects.create(
        **clinic.owns(), one=low, other=high, recorded_at=clock.now(), recorded_by_id=NOWHERE
    )
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert "No group is available" in page
    refused = desk.post(url("seats", episode.pk), seating(evening, today))
    assert refused.status_code == 422
    assert b"This group is not available." in refused.content
    assert b"apart" not in refused.content


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"group": str(NOWHERE)}, 404),
        ({"group": "x"}, 422),
        ({"group": ""}, 422),
        ({"hour": str(NOWHERE)}, 404),
        ({"hour": "1; drop table"}, 422),
        ({"starts_on": ""}, 422),
        ({"starts_on": "1999-01-01"}, 422),
        ({"starts_on": "9999-01-01"}, 422),
        ({"starts_on": "2026-01-05"}, 422),
        ({"by_video": "on"}, 422),
    ],
)
def test_a_seat_asked_for_badly_is_refused_and_nothing_is_written(
    evening, episode, desk, today, change, status
):
    sent = seating(evening, today) | change
    assert desk.post(url("seats", episode.pk), sent).status_code == status
    assert not Seat.objects.filter(episode=episode).exists()


def test_talks_have_a_week_of_their_own_and_can_be_ended(clinic, evening, episode, desk, today):
    hour = make_hour(clinic, 2, time(10))
    desk.post(url("seats", episode.pk), seating(evening, today, hour=str(hour.pk)))
    later = {"on": (today + timedelta(weeks=1)).isoformat()}
    assert b">Talk<" not in desk.get(url("week"), later).content
    assert b">Talk<" in desk.get(url("week"), later | {"show": "talks"}).content
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert "Wednesday 10:00–11:00, Counselor Sample" in page
    assert "Seat in Evening group" not in page
    held = hour.seats.get()
    sent = {"ends_on": today.isoformat()}
    assert desk.post(url("talk_end", held.pk), sent | {"ends_on": "soon"}).status_code == 422
    assert desk.post(url("talk_end", held.pk), sent).status_code == 302
    held.refresh_from_db()
    assert held.ends_on is not None
    assert desk.post(url("talk_end", NOWHERE), sent).status_code == 404


def test_who_has_a_seat_reads_it_and_sees_it_in_the_week(clinic, evening, episode, desk, today):
    make_group(clinic, "Late group", LATE)
    desk.post(url("seats", episode.pk), seating(evening, today))
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert f"Seated in Evening group since {day(today)}:" in page
    assert "Monday 18:00–21:00" in page
    assert page.count('class="grid-item seat ') == 3
    assert "grid-item offer" not in page
    assert "No group fits yet" not in page
    assert "Late group" not in page
    asked = desk.get(url("fit", episode.pk), {"weeks": "other"}).content.decode()
    assert "1 other group fits" in asked
    assert "Late group" in asked
    assert "Seat in Late group" not in asked
    assert asked.count('class="grid-item seat ') == 3
    assert asked.count('class="grid-item offer ') == 3


def test_other_weeks_that_do_not_exist_leave_the_seat(evening, episode, desk, today):
    desk.post(url("seats", episode.pk), seating(evening, today))
    asked = desk.get(url("fit", episode.pk), {"weeks": "other"}).content.decode()
    assert "No other group fits now" in asked
    assert "Any one of these would make room" not in asked


def test_a_seat_given_is_told_with_the_day_as_we_write_days(evening, episode, desk, today):
    told = desk.post(url("seats", episode.pk), seating(evening, today), follow=True)
    assert f"The seat is given from {day(today)} on." in told.content.decode()


def test_a_full_group_is_refused_in_words(clinic, evening, episode, desk, today):
    Group.objects.update(capacity=3)
    refused = desk.post(url("seats", episode.pk), seating(evening, today))
    assert refused.status_code == 422
    assert b"The last chair was just taken" in refused.content


def test_a_seat_is_ended(evening, desk, today):
    seat = evening.seats.first()
    assert desk.post(url("seat_end", seat.pk), {"ends_on": "soon"}).status_code == 422
    sent = {"ends_on": f"{today + timedelta(days=2):%m/%d/%Y}"}
    assert desk.post(url("seat_end", seat.pk), sent).status_code == 302
    seat.refresh_from_db()
    assert seat.ends_on == today + timedelta(days=2)
    assert desk.post(url("seat_end", NOWHERE), sent).status_code == 404


def test_a_forged_post_is_refused(clinic, evening, episode, today):

    forged = Client(enforce_csrf_checks=True)
    member = clinic.staff[Role.FRONT_DESK]
    forged.force_login(member.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert forged.post(url("seats", episode.pk), seating(evening, today)).status_code == 403
