"""Two people save one sheet at the same moment, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from homeground.ground import scope
from homeground.people.roles import Role
from homeground.treatment import actions
from homeground.treatment.models import Attendance, Outreach, Session
from homeground.treatment.rules.sheet import Mark
from homeground.treatment.rules.vocabulary import State
from homeground.treatment.tests import factories
from homeground.treatment.tests.spec_hours import local

pytestmark = pytest.mark.django_db(transaction=True)

DAY = "2026-11-24"


@pytest.fixture
def meeting(clinic):
    return factories.make_meeting(clinic, factories.make_patients(clinic, 3))


def save(clinic, meeting, role, marks, together: Barrier):
    """One save as a request would make it; what came of it."""
    by = clinic.staff[role].actor
    try:
        with scope.entered(organization_id=clinic.id):
            together.wait()
            actions.take_attendance(
                appointment_id=meeting.id,
                marks=marks,
                starts_at=local(f"{DAY} 18:00"),
                ends_at=local(f"{DAY} 21:00"),
                breaks=[],
                by=by,
                at=local(f"{DAY} 21:05"),
            )
        return "saved"
    except actions.SheetRefused as refused:
        return refused.conflicts
    finally:
        connection.close()


def at_once(clinic, meeting, *sheets):
    together = Barrier(len(sheets))
    with ThreadPoolExecutor(len(sheets)) as pool:
        jobs = [pool.submit(save, clinic, meeting, role, marks, together) for role, marks in sheets]
        return [job.result(timeout=30) for job in jobs]


def sheet(meeting, first, based_on=0):
    """A sheet whose first row was changed and whose others were left as they were seen."""
    untouched = [Mark(patient.pk, State.PRESENT) for patient in meeting.patients]
    seen = [Mark(mark.patient_id, mark.state, based_on=based_on, seen=mark) for mark in untouched]
    return [Mark(meeting.patients[0].pk, first, based_on=based_on, seen=untouched[0]), *seen[1:]]


def test_two_first_saves_make_one_session_and_the_later_one_is_told(clinic, meeting):
    for _attempt in range(5):
        found = at_once(
            clinic,
            meeting,
            (Role.FACILITATOR, sheet(meeting, State.ABSENT)),
            (Role.FRONT_DESK, sheet(meeting, State.EXCUSED)),
        )
        assert sorted(map(str, found), key=len) == ["saved", str(frozenset({meeting.patients[0].pk}))]
        assert Session.objects.count() == 1
        states = dict(Attendance.objects.values_list("patient_id", "state"))
        assert states[meeting.patients[0].pk] == ("absent" if found[0] == "saved" else "excused")
        assert len(states) == 3
        Outreach.objects.all().delete()
        Attendance.objects.all().delete()
        Session.objects.all().delete()


def test_ten_people_saving_the_same_sheet_write_it_once(clinic, meeting):
    marks = [Mark(patient.pk, State.PRESENT) for patient in meeting.patients]
    found = at_once(clinic, meeting, *[(Role.COUNSELOR, marks)] * 10)
    assert found == ["saved"] * 10
    assert list(Attendance.objects.values_list("version", flat=True)) == [1, 1, 1]


def test_changes_of_different_rows_at_the_same_moment_are_all_kept(clinic, meeting):
    one, two, three = (patient.pk for patient in meeting.patients)
    at_once(clinic, meeting, (Role.DIRECTOR, [Mark(who, State.PRESENT) for who in (one, two, three)]))

    def changed(who):
        rows = [
            Mark(each, State.PRESENT, based_on=1, seen=Mark(each, State.PRESENT))
            for each in (one, two, three)
        ]
        return [
            Mark(row.patient_id, State.EXCUSED, based_on=1, seen=row.seen) if row.patient_id == who else row
            for row in rows
        ]

    found = at_once(clinic, meeting, *[(Role.COUNSELOR, changed(who)) for who in (one, two, three)])
    assert found == ["saved"] * 3
    assert set(Attendance.objects.values_list("state", flat=True)) == {"excused"}
