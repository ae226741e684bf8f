"""An id is no right: whoever names somebody else's row, in any URL, finds nothing and changes nothing."""

from contextlib import contextmanager

import pytest
from cast import make_episode, make_member, make_person
from django.db import connection, transaction
from furniture import arguments
from walking import WANTED, path_of

from homeground.config.access import TABLE
from homeground.ground.access import ANYONE, HOUSE_ONLY
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db

WITH_IDS = sorted(
    name
    for name, admits in TABLE.items()
    if admits is not HOUSE_ONLY and any(key.endswith("_id") for key in WANTED[name])
)


@contextmanager
def untouched():
    """Whatever a request changes is undone, so that every URL meets the same clinic."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def content_of(organization_id):
    """A digest of every row of an organization, to notice any change."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.columns where column_name = 'organization_id'"
            " and table_schema = 'public' order by 1"
        )
        names = [name for (name,) in cursor.fetchall()]
        parts = [
            f"select '{name}' as t, md5(coalesce(string_agg(r::text, '' order by r::text), '')) as d"
            f' from "{name}" r where organization_id = %s'
            for name in names
        ]
        cursor.execute(" union all ".join(parts), [organization_id] * len(names))
        return dict(cursor.fetchall())


def test_there_are_urls_with_ids():
    assert len(WITH_IDS) > 25


def test_nobody_of_another_clinic_reaches_a_row_by_its_id(cast, sign_in):
    """By one role a URL: the database does not ask for roles, and tests/access walks with the counselor."""
    known = arguments(cast)
    clients = {role: sign_in(member) for role, member in cast.other_clinic.staff.items()}
    before, wrong = content_of(cast.clinic.id), []
    for name in WITH_IDS:
        path = path_of(name, known)
        role = max(clients.keys() & TABLE[name], default=None)
        for method in ("get", "post") if role else ():
            status = getattr(clients[role], method)(path).status_code
            if status not in (404, 405):
                wrong.append(f"{method} {name} as the other clinic's {role}: {status}")
    assert wrong == []
    assert content_of(cast.clinic.id) == before


def test_no_patient_and_no_relative_reaches_anothers_row_by_its_id(cast, sign_in):
    """The rows are Wren's; who asks is another patient of the same clinic, and somebody's relative."""
    known = arguments(cast)
    person = make_person(cast.clinic, "Linnet", "Testperson")
    make_episode(cast.clinic, person, 1002)
    other = make_member(cast.clinic, Role.PATIENT, "linnet", "Testperson", person)
    wrong = []
    for who, member, role in (("patient", other, Role.PATIENT), ("relative", cast.relative, Role.FAMILY)):
        client = sign_in(member)
        for name in WITH_IDS:
            if TABLE[name] is ANYONE or role not in TABLE[name]:
                continue
            for method in ("get", "post"):
                with untouched():
                    status = getattr(client, method)(path_of(name, known)).status_code
                if status not in (403, 404, 405):
                    wrong.append(f"{method} {name} as another {who}: {status}")
    assert wrong == []
