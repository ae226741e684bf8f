import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from homeground.audit import actions as audit
from homeground.ground import scope

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.fixture
def trails(cast):
    """Three entries in each of two clinics."""
    for clinic in (cast.clinic, cast.other_clinic):
        with scope.entered(organization_id=clinic.id):
            by = clinic.staff["director"].actor
            for _number in range(3):
                audit.record(by=by, at=AT, event="audit.test.done", subject_kind="test")
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate; set constraints all deferred")


def verify(**options):
    told = StringIO()
    status = 0
    try:
        call_command("audit", "verify", stdout=told, **options)
    except SystemExit as end:
        status = end.code
    return status, told.getvalue()


def test_whole_trails_are_said_to_be_whole(trails, cast):
    status, told = verify(json=True)
    report = json.loads(told)
    assert (status, report["ok"]) == (0, True)
    assert {row["organization"] for row in report["organizations"]} == {
        str(cast.clinic.id),
        str(cast.other_clinic.id),
    }
    assert {row["entries"] for row in report["organizations"]} == {3}


@pytest.mark.parametrize(
    "harm",
    [
        "update audit_entry set why = 'never' where organization_id = %s and number = 2",
        "delete from audit_entry where organization_id = %s and number = 2",
    ],
)
def test_a_trail_harmed_behind_our_back_is_reported_with_its_first_broken_link(trails, cast, harm):
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_entry disable trigger audit_entry_kept")
        cursor.execute("alter table audit_entry no force row level security")
        cursor.execute(harm, [cast.clinic.id])
        assert cursor.rowcount == 1
        cursor.execute("alter table audit_entry force row level security")
        cursor.execute("alter table audit_entry enable trigger audit_entry_kept")
    status, told = verify()
    assert status == 1
    lines = {line.split()[0]: line for line in told.splitlines()}
    assert lines[str(cast.clinic.id)].endswith("BROKEN at number 2")
    assert lines[str(cast.other_clinic.id)].endswith("whole")
