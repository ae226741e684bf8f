"""The box for those who worry about someone: one way, and the same for everybody."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.front_door import actions
from homeground.front_door.models import Worry
from homeground.ground import clock, scope
from homeground.ground.actor import Actor
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db
KNOWN = "Wren Testperson stopped eating. I am Linden, 303-555-0142."
UNKNOWN = "Marlow Nobody stopped eating. I am Linden, 303-555-0142."


def tell(client, words, **changes):
    return client.post(reverse("front_door:worry"), {"words": words, "once": uuid4(), **changes})


def bare(page):
    return re.sub(r'nonce="[^"]*"|\b[A-Za-z0-9]{64}\b', "", page.content.decode())


def entrusted(cast):
    """What the worker does with it a minute later (homeground/config/reactions.py)."""
    by = Actor(organization_id=cast.clinic.id)
    with scope.entered(organization_id=cast.clinic.id):
        actions.entrust_worry(worry_id=Worry.objects.get().pk, by=by, at=clock.now())


def test_known_and_unknown_get_the_same_answer_to_the_letter(cast, client):
    answers = []
    for words in (KNOWN, UNKNOWN):
        sent = tell(client, words)
        assert (sent.status_code, sent["Location"]) == (302, reverse("front_door:worry_sent"))
        answers.append(bare(client.get(sent["Location"])))
    assert answers[0] == answers[1]
    assert "We can not tell you if a person comes here." in answers[0]
    for number in ("tel:911", "tel:988"):
        assert number in answers[0]


def test_what_was_written_is_sealed_and_nobody_is_looked_up(cast, client):
    tell(client, KNOWN)
    with scope.entered(organization_id=cast.clinic.id):
        row = Worry.objects.get()
        assert b"Wren" not in bytes(row.sealed_words)
        assert Entry.objects.filter(event="front_door.worry.received", patient_id=None).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ground_outbox t where t::text like '%Wren%'")
        assert cursor.fetchone() == (0,)


def test_it_becomes_the_work_of_a_named_person_with_a_time(cast, client, sign_in):
    tell(client, KNOWN)
    entrusted(cast)
    entrusted(cast)
    director = cast.clinic.staff[Role.DIRECTOR]
    with scope.entered(organization_id=cast.clinic.id):
        row = Worry.objects.get()
        assert row.owner_id == director.person.pk and row.due_at > row.received_at
    page = sign_in(director).get(reverse("front_door:worries")).content.decode()
    assert director.person.family_name in page and reverse("front_door:worry_read", args=[row.pk]) in page


def test_a_clinician_reads_it_and_closes_it_and_both_are_noted(cast, client, sign_in):
    tell(client, KNOWN)
    counselor = sign_in(cast.clinic.staff[Role.COUNSELOR])
    with scope.entered(organization_id=cast.clinic.id):
        row = Worry.objects.get().pk
    assert (
        "Wren Testperson stopped eating"
        in counselor.get(reverse("front_door:worry_read", args=[row])).content.decode()
    )
    closing = reverse("front_door:worry_closing", args=[row])
    assert counselor.post(closing).status_code == 302
    assert counselor.post(closing).status_code == 404
    with scope.entered(organization_id=cast.clinic.id):
        events = Entry.objects.filter(subject_id=row).order_by("id").values_list("event", flat=True)
        assert [event.rsplit(".", 1)[1] for event in events] == ["received", "read", "closed"]


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BILLER, Role.SCHEDULER])
def test_others_do_not_read_it(cast, sign_in, role):
    assert sign_in(cast.clinic.staff[role]).get(reverse("front_door:worries")).status_code == 403


def test_sent_twice_it_is_there_once_and_looks_the_same(cast, client):
    once = uuid4()
    first, second = tell(client, KNOWN, once=once), tell(client, KNOWN, once=once)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    with scope.entered(organization_id=cast.clinic.id):
        assert Worry.objects.count() == 1


def test_an_empty_box_and_a_machine_are_told_so_and_nothing_is_kept(cast, client):
    assert b"Write a few words." in tell(client, " ").content
    assert tell(client, KNOWN, website="x").status_code == 422
    with scope.entered(organization_id=cast.clinic.id):
        assert not Worry.objects.exists()


def test_the_page_for_families_and_the_relatives_page_lead_here(cast, client, sign_in):
    link = reverse("front_door:worry").encode()
    assert link in client.get(reverse("front_door:family")).content
    assert link in sign_in(cast.relative).get(reverse("desk:shared")).content
