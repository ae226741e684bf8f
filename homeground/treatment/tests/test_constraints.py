from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.utils import DataError

from homeground.people.roles import Role
from homeground.treatment.models import Attendance, Outreach, Session, ShortWeek
from homeground.treatment.tests import factories
from homeground.treatment.tests.spec_hours import local

pytestmark = pytest.mark.django_db

START, END = local("2026-11-24 18:00"), local("2026-11-24 21:00")
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(clinic):
    return factories.make_meeting(clinic, factories.make_patients(clinic, 1))


@pytest.fixture
def session(clinic, meeting):
    return make_session(clinic, meeting)


def account(clinic):
    return clinic.staff[Role.COUNSELOR].account.pk


def make_session(clinic, meeting, **fields):
    return Session.objects.create(
        **{
            **clinic.owns(),
            "appointment": meeting.appointment,
            "starts_at": START,
            "ends_at": END,
            "taken_at": END,
            "taken_by_id": account(clinic),
            **fields,
        }
    )


def make_attendance(clinic, session, patient, **fields):
    return Attendance.objects.create(
        **{
            **clinic.owns(),
            "session": session,
            "patient": patient,
            "state": "present",
            "in_at": START,
            "out_at": END,
            "minutes": 180,
            "marked_at": END,
            "marked_by_id": account(clinic),
            **fields,
        }
    )


def refused(make, *arguments, error=IntegrityError, **fields):
    with pytest.raises(error), transaction.atomic():
        make(*arguments, **fields)


@pytest.mark.parametrize("ends_at", [START, START - HOUR])
def test_a_session_ends_after_it_starts(clinic, meeting, ends_at):
    refused(make_session, clinic, meeting, ends_at=ends_at)


def test_an_appointment_is_held_once(clinic, meeting, session):
    refused(make_session, clinic, meeting)


def test_a_break_ends_after_it_starts(clinic, meeting):
    refused(make_session, clinic, meeting, breaks=[DateTimeTZRange(END, START)], error=DataError)


def test_a_person_has_one_row_a_session(clinic, meeting, session):
    make_attendance(clinic, session, meeting.patients[0])
    refused(make_attendance, clinic, session, meeting.patients[0])


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "asleep"},
        {"state": "absent"},
        {"state": "absent", "in_at": None, "out_at": None, "minutes": 10},
        {"state": "excused", "in_at": None, "out_at": END, "minutes": 0},
        {"in_at": None},
        {"out_at": None},
        {"in_at": END, "out_at": START},
        {"minutes": -1},
    ],
)
def test_someone_away_counts_nothing_and_someone_there_has_both_times(clinic, meeting, session, fields):
    refused(make_attendance, clinic, session, meeting.patients[0], **fields)


@pytest.mark.parametrize(
    "fields", [{"made_at": END}, {"result": "reached"}, {"made_at": END, "result": "sung"}]
)
def test_a_call_is_made_by_someone_with_a_known_result(clinic, meeting, session, fields):
    attendance = make_attendance(clinic, session, meeting.patients[0])
    made = {"made_by_id": account(clinic)} if len(fields) == 2 else {}
    refused(
        Outreach.objects.create,
        **clinic.owns(),
        patient=meeting.patients[0],
        attendance=attendance,
        due_on=date(2026, 11, 24),
        opened_at=END,
        **fields,
        **made,
    )


def make_short_week(clinic, meeting, reason="holiday"):
    return ShortWeek.objects.create(
        **clinic.owns(),
        patient=meeting.patients[0],
        week_starts_on=date(2026, 11, 22),
        reason=reason,
        recorded_at=END,
        recorded_by_id=account(clinic),
    )


def test_a_short_week_has_one_known_reason(clinic, meeting):
    refused(make_short_week, clinic, meeting, reason="sloth")
    make_short_week(clinic, meeting)
    refused(make_short_week, clinic, meeting, reason="work")
