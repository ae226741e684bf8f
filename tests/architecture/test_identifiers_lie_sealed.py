"""Ways to reach a person and what was written about them are in no dump of the database (check G07).

A phrase is written into every sealed column of these rooms, where the database accepts a row, and looked
for in every table, as text and as the bytes a dump shows.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from furniture import arguments
from leaks.filling import WHEN, Filler

from homeground.ground.ids import uuid7
from homeground.ground.sealed_text import SealedText
from homeground.people.roles import Role

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db

SEALED = {
    "people.SafeContact": "phone email good_hours",
    "people.FormerSafeContact": "phone email good_hours",
    "placement.DomainRating": "reason",
    "placement.Decision": "override_reason",
    "placement.Dismissal": "done",
    "placement.Disposition": "why_no_plan",
    "timetable.Wish": "words",
    "audit.Entry": "why",
    "front_door.HelpRequest": "alias good_hours",
    "confidentiality.Representative": "name shown_by",
    "confidentiality.Consent": "recipient_address ending_words signed_name cosigned_name signed_text"
    " confirmed_why",
    "confidentiality.NoticeAcknowledgement": "not_signed_because",
    "confidentiality.Proposal": "recipient_address ending_words",
    "confidentiality.RightsRequest": "words extended_why answer_words",
    "confidentiality.Restriction": "recipient",
    "confidentiality.ConfidentialContact": "address phone email hours words",
    "confidentiality.OutsideRequest": "asker_name asker_organization asker_address subject paper_reference"
    " words identity_checked_by",
    "confidentiality.Disclosure": "recipient recipient_address description emergency facility",
    "confidentiality.Breach": "description low_risk_why",
    "confidentiality.BreakGlass": "reason review_words",
    "confidentiality.LookReview": "words",
    "confidentiality.RiskAssessment": "nature_words recipient_words acquired_words mitigated_words",
}


def columns():
    return [
        (apps.get_model(label), apps.get_model(label)._meta.get_field(name))
        for label, names in SEALED.items()
        for name in names.split()
    ]


def dump():
    """Every row of every table of the house, as a dump writes it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select row_to_json(t)::text from "{table}" t')
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def test_these_columns_are_sealed():
    assert [f"{model._meta.label}.{f.name}" for model, f in columns() if not isinstance(f, SealedText)] == []


def by_hand(cast, words):
    """Rows the checks of the database refuse to one that was only guessed."""
    person, staff = cast.patient.person, cast.clinic.staff[Role.COUNSELOR]
    known = {
        "front_door.HelpRequest": {
            "contact_kind": "phone",
            "sealed_contact": b"",
            "may_leave_message": False,
            "may_text": False,
            "may_name_us": False,
            "language": "en",
            "received_at": WHEN,
            "promised_at": WHEN + HOUR,
            "once": uuid7(),
        },
        "confidentiality.BreakGlass": {
            "person": person,
            "account_id": staff.account.pk,
            "opened_by": staff.person,
            "starts_at": WHEN,
            "ends_at": WHEN + HOUR,
            "review_due_at": WHEN + HOUR,
        },
        "confidentiality.LookReview": {
            "person": person,
            "reader": staff.person,
            "reviewed_by": cast.clinic.staff[Role.DIRECTOR].person,
            "week_of": WHEN.date(),
            "finding": "explained",
            "reviewed_at": WHEN,
        },
        "confidentiality.RightsRequest": {
            "person": person,
            "kind": "access",
            "received_at": WHEN,
            "recorded_by_id": staff.account.pk,
            "clock": "x",
            "due_on": WHEN.date(),
            "extended_on": WHEN.date(),
            "extended_to": WHEN.date() + timedelta(days=30),
        },
        "confidentiality.OutsideRequest": {
            "received_at": WHEN,
            "came_by": "web",
            "asker_kind": "employer",
            "purpose": "employment",
            "identity_checked_at": WHEN,
            "identity_checked_by_id": staff.account.pk,
        },
        "confidentiality.Disclosure": {
            "permit_id": uuid7(),
            "person": person,
            "at": WHEN,
            "recipient_kind": "emergency",
            "purpose": "emergency",
            "categories": ["presence"],
            "basis": "emergency",
            "rule": "x",
            "part2": True,
            "channel": "pdf",
            "digest": "a" * 64,
            "made_by_id": staff.account.pk,
        },
    }
    for label, fields in known.items():
        said = {name: words[label, name] for name in SEALED[label].split()}
        apps.get_model(label).objects.create(**cast.clinic.owns(), **fields, **said)
    return {apps.get_model(label) for label in known}


def test_what_is_written_into_them_is_nowhere_in_the_database(cast):
    words = {(model._meta.label, f.name): f"zq{n}qz" for n, (model, f) in enumerate(columns())}
    made = by_hand(cast, words)
    filler = Filler(cast, cast.clinic.staff[Role.COUNSELOR].person.pk, words)
    waits = {apps.get_model("placement.Dismissal"), apps.get_model("placement.Disposition")}
    filler.fill(model for model, _ in columns() if model not in made | waits)
    arguments(cast)  # has the critical answer they are about
    filler.fill(waits)
    kept = set()
    for model, field in columns():
        word = words[model._meta.label, field.name]
        for row in model._base_manager.filter(organization_id=cast.clinic.id)[:1]:
            if model not in filler.made | made:
                setattr(row, field.name, word)
                row.save(update_fields=[field.name])
            if getattr(model._base_manager.get(pk=row.pk), field.name) == word:
                kept.add(f"{model._meta.label}.{field.name}")
    lines = dump()
    assert [where for where, word in words.items() if word in lines or word.encode().hex() in lines] == []
    assert sorted({f"{model._meta.label}.{field.name}" for model, field in columns()} - kept) == []
