"""Fit for somebody on the phone who is nobody's patient yet."""

import pytest

from homeground.timetable.models import Obligation
from homeground.timetable.tests.factories import url


def told(**change):
    return {"travel": "25", "population": "adult", "language": "", "week": ""} | change


def test_what_a_caller_says_is_answered_with_a_week_and_nothing_is_kept(evening, desk):
    assert desk.get(url("caller")).status_code == 200
    page = desk.post(url("caller"), told()).content.decode()
    assert "1 group fits" in page
    assert "home by 21:25" in page
    assert not Obligation.objects.exists()


def test_who_cannot_come_hears_the_smallest_change(evening, desk):
    page = desk.post(url("caller"), told(**{"week-text-1": "18-19"})).content.decode()
    assert "Ask about Tuesday" in page


def test_for_whom_no_group_runs_hears_that(evening, desk):
    page = desk.post(url("caller"), told(population="adolescent")).content.decode()
    assert "No group for this person runs now." in page


@pytest.mark.parametrize("wrong", [{"travel": "x"}, {"travel": "900"}, {"population": "cat"}])
def test_what_cannot_be_read_is_said_at_the_field(evening, desk, wrong):
    assert desk.post(url("caller"), told(**wrong)).status_code == 422
