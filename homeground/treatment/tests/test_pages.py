import re
from uuid import uuid4

import pytest
from django.urls import reverse

from homeground.people.roles import Role
from homeground.treatment.models import Outreach, ShortWeek
from homeground.treatment.tests.browser import opened, url

pytestmark = pytest.mark.django_db


def test_a_call_is_written_down_once(meeting, as_staff):
    client = as_staff(Role.FRONT_DESK)
    who = meeting.patients[0].pk
    client.post(url(meeting), opened(client, meeting) | {f"state-{who}": "A"})
    call = Outreach.objects.get()
    page = client.get(reverse("treatment:outreach")).content.decode()
    assert "leave no message" in page
    assert "do not say our name" in page
    to = reverse("treatment:calls", args=[call.pk])
    assert client.post(to, {"result": "shouted"}).status_code == 422
    assert client.post(to, {"result": "reached"}).status_code == 302
    assert Outreach.objects.get().result == "reached"
    assert client.post(to, {"result": "no_answer"}).status_code == 302
    assert Outreach.objects.get().result == "reached"
    assert client.post(reverse("treatment:calls", args=[uuid4()]), {"result": "reached"}).status_code == 404


def test_on_a_narrow_screen_each_cell_of_the_sheet_still_says_what_it_is(meeting, as_staff):
    page = as_staff(Role.COUNSELOR).get(url(meeting)).content.decode()
    for label in ("In", "Out", "Minutes", "This week"):
        assert page.count(f'data-label="{label}"') == len(meeting.patients)


def test_a_ledger_shows_the_weeks_of_one_patient(meeting, as_staff):
    client = as_staff(Role.COUNSELOR)
    client.post(url(meeting), opened(client, meeting))
    page = client.get(reverse("treatment:hours", args=[meeting.patients[0].pk]))
    assert page.status_code == 200
    assert "2 h 45 min" in page.content.decode()
    assert client.get(reverse("treatment:hours", args=[uuid4()])).status_code == 404


def test_a_short_week_is_explained_and_bad_reasons_are_refused(meeting, as_staff):
    client = as_staff(Role.COUNSELOR)
    who = meeting.patients[0].pk
    page = client.get(reverse("treatment:hours", args=[who])).content.decode()
    week = re.findall(r'name="week_starts_on" value="([^"]+)"', page)[1]
    to = reverse("treatment:short_weeks", args=[who])
    for bad in (
        {},
        {"week_starts_on": week, "reason": "sloth"},
        {"week_starts_on": "9999-12-31", "reason": "holiday"},
    ):
        assert client.post(to, bad).status_code == 422
    for bad in (
        {"week_starts_on": "2026-02-31", "reason": "holiday"},
        {"week_starts_on": "x" * 5000, "reason": ""},
    ):
        assert client.post(to, bad).status_code == 422
    assert not ShortWeek.objects.exists()
    assert client.post(to, {"week_starts_on": week, "reason": "holiday"}).status_code == 302
    assert ShortWeek.objects.get().reason == "holiday"
    assert "Short, explained" in client.get(reverse("treatment:hours", args=[who])).content.decode()


def test_a_biller_sees_hours_and_can_change_nothing(meeting, as_staff):
    client = as_staff(Role.BILLER)
    who = meeting.patients[0].pk
    page = client.get(reverse("treatment:hours", args=[who]))
    assert page.status_code == 200
    assert '<form method="post" action="/treatment' not in page.content.decode()
    assert client.post(reverse("treatment:short_weeks", args=[who]), {}).status_code == 403
    assert client.get(reverse("treatment:week")).status_code == 200


def test_a_make_up_nobody_offers_is_refused_in_words(meeting, as_staff):
    client = as_staff(Role.COUNSELOR)
    to = reverse("treatment:make_ups", args=[meeting.patients[0].pk])
    for bad in ({}, {"appointment": "x"}, {"appointment": str(uuid4())}, {"appointment": str(meeting.id)}):
        assert client.post(to, bad).status_code == 422
    assert (
        client.post(reverse("treatment:make_ups", args=[uuid4()]), {"appointment": str(uuid4())}).status_code
        == 404
    )
