import json
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID, uuid4

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
    assert "BROKEN at number 2" in lines[str(cast.clinic.id)]
    assert "whole" in lines[str(cast.other_clinic.id)]


def test_the_end_of_a_chain_that_was_noted_down_is_looked_for(trails, cast):
    _status, told = verify(json=True)
    row = json.loads(told)["organizations"][0]
    noted = (UUID(row["organization"]), row["last"], row["hash"])
    assert verify(expect=[noted], json=True)[0] == 0
    status, told = verify(expect=[(noted[0], noted[1], "0" * 64)], json=True)
    assert (status, json.loads(told)["missing"]) == (1, [f"{noted[0]}:{noted[1]}"])
    assert verify(expect=[(uuid4(), 1, row["hash"])])[0] == 1


def test_a_chain_written_anew_as_a_whole_is_found_out_by_what_was_noted_down(trails, cast):
    _status, told = verify(json=True)
    row = json.loads(told)["organizations"][0]
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_entry disable trigger audit_entry_kept")
        cursor.execute("update audit_entry set why = 'never' where number = 1")
        for number in (1, 2, 3):
            cursor.execute(
                "update audit_entry e set previous_hash = coalesce((select hash from audit_entry p where"
                " p.number = e.number - 1 and p.organization_id = e.organization_id), '') where number = %s",
                [number],
            )
            cursor.execute(
                "update audit_entry e set hash = audit_digest(e, previous_hash) where number = %s", [number]
            )
        cursor.execute(
            "update audit_head h set hash ="
            " (select hash from audit_entry e where e.number = 3 and e.organization_id = h.organization_id)"
        )
        cursor.execute("alter table audit_entry enable trigger audit_entry_kept")
    assert verify()[0] == 0
    assert verify(expect=[(UUID(row["organization"]), row["last"], row["hash"])])[0] == 1
