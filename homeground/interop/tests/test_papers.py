"""Papers about a person's rights: the accounting, what went through networks, a letter about a breach."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from leaks.pdf_words import words

from homeground.audit.models import Entry
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.models import Disclosure
from homeground.confidentiality.rules.vocabulary import (
    Asker,
    Category,
    ConsentKind,
    Purpose,
    RestrictionKind,
)
from homeground.confidentiality.tests.factories import AT, ask, disclose, draft, permit, sign
from homeground.ground.visit import House
from homeground.interop import actions
from homeground.interop.models import Release
from homeground.interop.queries.papers import BreachNotHere
from homeground.interop.rules.packet import Format, Kind
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)
OWN = ask(
    asker=Asker.PATIENT, purpose=Purpose.OWN_REQUEST, categories=frozenset({Category.PRESENCE}), name=""
)


@pytest.fixture
def by(cast):
    return cast.clinic.staff[Role.DIRECTOR].actor


@pytest.fixture
def send(cast, by, inside):
    """Release by the one way out; the content as JSON."""
    clinic = cast.clinic.organization

    def sending(at=AT, **changes):
        given = {
            "person_id": cast.patient.person.pk,
            "request": ask(),
            "kind": Kind.ATTENDANCE_CERTIFICATE,
            "house": House(clinic.pk, clinic.name, clinic.neutral_name, clinic.phone, clinic.zone),
            "language": "en",
            "recipient": "Cobalt Works",
            "recipient_address": "1 Works Road",
        }
        errand = actions.Errand(**{**given, **changes})
        return json.loads(actions.release(errand=errand, format=Format.JSON, by=by, at=at).body)

    return sending


def test_the_accounting_says_day_recipient_address_what_and_why_and_the_rules_cut_it_f11_f12(cast, by, send):
    """By consent three years back, for an emergency six; a second more is not on the list."""
    long_ago = draft(signed_at=AT.replace(year=2019), expires_at=AT + YEAR)
    sign(cast, by, draft=long_ago)
    urgent = ask(
        asker=Asker.EMERGENCY,
        purpose=Purpose.EMERGENCY,
        categories=frozenset({Category.MEDICATIONS}),
        name="Night desk",
        emergency="Not awake",
        facility="General hospital",
    )
    second = timedelta(seconds=1)
    for year, told, name in ((2023, ask(), "Works"), (2020, urgent, "Hospital")):
        for at, which in ((AT.replace(year=year), "in"), (AT.replace(year=year) - second, "out")):
            given = permit(cast, by, request=told)
            disclose(given, by, at=at, recipient=f"{name} {which}")
    found = send(request=OWN, kind=Kind.ACCOUNTING, recipient="Wren Testperson", recipient_address="")
    with_consent, without_care = found["sections"]
    agreed = ["2023-11-21", "Works in, 1 Works Road", "the days and hours I came", "my work", "You said yes"]
    assert with_consent["rows"] == [agreed]
    assert [(row[0], row[1], row[4]) for row in without_care["rows"]] == [
        ("2023-11-21", "Works in, 1 Works Road", "You said yes"),
        ("2023-11-21", "Works out, 1 Works Road", "You said yes"),
        ("2020-11-21", "Hospital in, 1 Works Road", "The law allows it"),
    ]
    assert "November 21, 2023" in with_consent["title"] and "2020" in without_care["title"]
    assert found["notice"] == "" and Disclosure.objects.count() == 4


def test_the_list_of_networks_shows_what_went_to_them_and_nothing_else_f13(cast, by, send):
    sign(cast, by)
    send()
    sign(
        cast,
        by,
        draft=draft(
            kind=ConsentKind.INTERMEDIARY,
            categories=frozenset({Category.STAY}),
            recipients=("Care Network",),
            purposes=frozenset({Purpose.TREATMENT}),
            members=("Dr. Sample",),
        ),
        recipient_kind="intermediary",
    )
    network = ask(
        asker=Asker.INTERMEDIARY,
        purpose=Purpose.TREATMENT,
        categories=frozenset({Category.STAY}),
        name="Care Network",
    )
    send(request=network, kind=Kind.RECORD, recipient="Care Network")
    found = send(request=OWN, kind=Kind.INTERMEDIARY_LIST, language="es")
    [listed] = found["sections"]
    [row] = listed["rows"]
    assert row[1].startswith("Care Network") and row[3] == "mi atención"
    assert found["title"] == "Lo que pasó por redes"


def breach_of(person_id, by):
    return confidentiality.record_breach(
        discovered_on=AT.date(),
        happened_on=None,
        description="A letter went to the wrong house.",
        people_count=1,
        most_in_one_state=1,
        person_ids=[person_id],
        by=by,
        at=AT,
    )


def test_a_letter_about_a_breach_leaves_by_the_one_way_to_the_address_asked_for_f24_f27(cast, by, send):
    person_id = cast.patient.person.pk
    confidentiality.reach_at(person_id=person_id, address="2 Other Street", by=by, at=AT)
    told = {"request": OWN, "kind": Kind.BREACH_LETTER, "recipient": "Wren Testperson"}
    found = send(**told, about=(breach_of(person_id, by),), recipient_address="1 Home Street")
    assert found["recipient_address"] == "2 Other Street"
    assert "A letter went to the wrong house." in found["text"]
    assert "Call us at" in found["text"] and found["sender"] == cast.clinic.organization.neutral_name
    assert Release.objects.get().kind == "breach_letter"
    assert Entry.objects.filter(event="confidentiality.record.released").count() == 1
    with pytest.raises(BreachNotHere):
        send(**told, about=(breach_of(cast.relative.person.pk, by),))


def test_a_patient_and_staff_for_them_download_the_accounting_and_others_do_not(cast, sign_in):
    mine = sign_in(cast.patient).post(reverse("interop:own_accounting"), {"list": "accounting"})
    assert mine["Content-Type"] == "application/pdf"
    assert mine["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert "What we sent to others about you" in words(mine.content)
    director, person_id = sign_in(cast.clinic.staff[Role.DIRECTOR]), cast.patient.person.pk
    theirs = director.post(reverse("interop:accounting", args=[person_id]), {"list": "intermediary_list"})
    assert "What went through networks" in words(theirs.content)
    url = reverse("interop:accounting", args=[person_id])
    assert director.post(url, {"list": "record"}).status_code == 404
    assert sign_in(cast.clinic.staff[Role.BILLER]).post(url).status_code == 403
    assert sign_in(cast.other_clinic.staff[Role.COUNSELOR]).post(url).status_code == 404
    page = director.get(reverse("confidentiality:accounting", args=[person_id])).content.decode()
    assert url in page
    assert reverse("interop:own_accounting") in sign_in(cast.patient).get("/desk/privacy/").content.decode()


def test_a_director_hands_the_letter_over_as_pdf(cast, by, sign_in, inside):
    breach_id, person_id = breach_of(cast.patient.person.pk, by), cast.patient.person.pk
    director = sign_in(cast.clinic.staff[Role.DIRECTOR])
    url = reverse("interop:breach_letter", args=[breach_id, person_id])
    shown = director.get(reverse("confidentiality:breach_letter", args=[breach_id, person_id]))
    assert url in shown.content.decode()
    assert "wrong house" in words(director.post(url).content)
    other = reverse("interop:breach_letter", args=[breach_id, cast.relative.person.pk])
    assert director.post(other).status_code == 404


def test_a_restriction_is_lifted_as_the_person_asks_and_binds_no_more(cast, by, sign_in, inside):
    person_id = cast.patient.person.pk
    bound = confidentiality.restrict(
        person_id=person_id, kind=RestrictionKind.AGREED, recipient="Cobalt Works", by=by, at=AT
    )
    client = sign_in(cast.clinic.staff[Role.COUNSELOR])
    page, url = (
        reverse("confidentiality:person", args=[person_id]),
        reverse("confidentiality:restriction_ending", args=[person_id, bound]),
    )
    assert url in client.get(page).content.decode()
    other = reverse("confidentiality:restriction_ending", args=[cast.relative.person.pk, bound])
    assert client.post(other).status_code == 404
    assert client.post(url).url == page
    assert url not in client.get(page).content.decode()
    assert client.post(url).status_code == 404
    assert Entry.objects.filter(event="confidentiality.restriction.lifted").count() == 1
