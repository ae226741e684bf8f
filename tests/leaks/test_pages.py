"""The leak matrix of pages: every URL with everybody whom the access table admits.

Each answer is searched for the markers of one patient's record. What is found must be allowed to this
person by the one decision (`confidentiality.rules.decide`), and be what the page is there to show
(`expectations.SHOWS`). A new URL without an expectation fails.
"""

import pytest
from cast import make_member
from django.db import connection, transaction
from furniture import arguments
from walking import path_of

from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.actions import break_glass
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.labels import label
from homeground.confidentiality.rules.vocabulary import Asker, Category, Purpose
from homeground.config import asking
from homeground.config.access import TABLE
from homeground.config.reading import READS
from homeground.ground import clock, scope
from homeground.ground.access import ANYONE, HOUSE_ONLY, ManyPeople, NoRecord, OnePerson, OwnRecord
from homeground.people.roles import STAFF, Role
from leaks.expectations import SHOWS
from leaks.plants import BEHIND, furnish, kept, plant, said_by, texts, told_in

pytestmark = pytest.mark.django_db

PAGES = sorted(name for name, admits in TABLE.items() if admits is not HOUSE_ONLY)
OTHER_FACILITATOR = "a facilitator of other groups"
WITH_GLASS = "a facilitator of other groups in an emergency"
WITHOUT_TEXT = {Category.ATTENDANCE, Category.MEDICATIONS, Category.BILLING}
"""Kept as codes, times and amounts, or in the words of a part that is marked: no text of their own."""
LABELS = tuple(label(category, part2=True) for category in Category)


def allowed(name, who, member, known, at):
    """What the decision gives this visitor of the patient's record on this page, without any consent.

    A page about one person is asked as the house asks it; on a list a role sees what it needs of people it
    works with, and whoever is outside sees nothing.
    """
    staff = member and member.actor and member.actor.roles & STAFF
    if staff and isinstance(READS[name], OnePerson):
        with scope.entered(organization_id=member.actor.organization_id, account_id=member.account.pk):
            return asking.ask(name, known, member.actor, at, "America/Denver").decision.categories
    relation = Relationship()
    if who == "patient":
        asker = Asker.PATIENT
    elif staff:
        asker = Asker.STAFF
        relation = Relationship(in_program=True, caseload=who not in (OTHER_FACILITATOR, WITH_GLASS))
    else:
        asker = Asker.SOMEBODY
    request = Request(
        asker=asker,
        purpose=Purpose.TREATMENT if asker is Asker.STAFF else Purpose.INQUIRY,
        categories=frozenset(Category),
        asker_id=member.person.pk if member and member.person else None,
        roles=member.actor.roles if member and member.actor else frozenset(),
    )
    return decide(request, LABELS, (), (), relation, at, book=confidentiality.book()).categories


def test_every_page_says_what_it_is_there_to_show():
    missing = sorted(set(PAGES) - SHOWS.keys())
    assert missing == [], "say in tests/leaks/expectations.py which parts of a record these pages show"
    assert sorted(SHOWS.keys() - set(PAGES)) == []


def test_no_page_is_expected_to_show_more_than_it_asks_for():
    """What stands in READS is what the house asks the decision for before the view runs."""
    beyond = {}
    for name, parts in SHOWS.items():
        match READS[name]:
            case OnePerson(must=must, may=may):
                asked = must | may
            case OwnRecord(shows=shows) | ManyPeople(shows=shows):
                asked = shows
            case NoRecord():
                asked = frozenset()
            case _:
                continue
        if not parts <= asked:
            beyond[name] = parts - asked
    assert beyond == {}


def test_there_is_text_to_mark():
    assert len(texts()) > 50


def admitted(cast, at):
    """Who asks, by name: each role once, the patient, her relative, a stranger, another clinic, nobody."""
    yield from cast.everyone().items()
    yield OTHER_FACILITATOR, make_member(cast.clinic, Role.FACILITATOR, "second.facilitator", "Sample")
    third = make_member(cast.clinic, Role.FACILITATOR, "third.facilitator", "Sample")
    with scope.entered(organization_id=cast.clinic.id):
        break_glass(person_id=cast.patient.person.pk, reason="fell in the hall", by=third.actor, at=at)
    yield WITH_GLASS, third


def opens(name, member):
    """Whether the access table lets this person in: only then is there anything to look at."""
    roles = member.actor.roles if member and member.actor else frozenset()
    if TABLE[name] is ANYONE:  # the database is asked through the public channel, whoever comes
        return not roles or Role.PATIENT in roles
    if Role.COUNSELOR in roles and Role.DIRECTOR in TABLE[name]:
        return False  # the decision gives both the same, and only the director has written no private note
    return bool(roles & TABLE[name])


def answered(client, name, known, posted):
    """What a page answers; where it only takes forms, an empty form, once, undone afterwards."""
    path = path_of(name, known)
    response = client.get(path)
    if response.status_code == 405 and name not in posted:
        posted.add(name)
        with transaction.atomic():
            response = client.post(path)
            transaction.set_rollback(True)
    return response


def test_no_page_tells_anybody_more_than_the_decision_allows(cast, sign_in, caplog):
    at, known = clock.now(), arguments(cast)
    furnish(cast, known, at)
    planted = plant(cast, at)
    assert {marker.category for marker in planted.values()} == set(Category) - WITHOUT_TEXT
    beyond_decision, beyond_page, seen, posted = {}, {}, set(), set()
    for who, member in admitted(cast, at):
        client = sign_in(member)
        for name in PAGES:
            if not opens(name, member):
                continue
            for marker in told_in(said_by(answered(client, name, known, posted)), planted):
                seen.add(marker)
                if marker.category not in allowed(name, who, member, known, at):
                    beyond_decision.setdefault(f"{name} to {who}", set()).add(marker.field)
                if marker.category not in SHOWS.get(name, frozenset()):
                    beyond_page.setdefault(name, set()).add(f"{marker.field} ({marker.category})")
    wrong = [f"beyond the decision: {where}: {sorted(fields)}" for where, fields in beyond_decision.items()]
    wrong += [f"beyond the page: {where}: {sorted(fields)}" for where, fields in beyond_page.items()]
    assert not wrong, "\n".join(sorted(wrong))
    assert len({marker.category for marker in seen}) >= 5, "the walk found next to nothing: it looked wrongly"
    assert told_in(caplog.text, planted) == set()
    assert kept(BEHIND, "zq[a-z0-9]+qz") == []
    everything = connection.introspection.table_names()
    assert kept(everything, f"zqsealed|{b'zqsealed'.hex()}") == []
    assert kept(everything, "zq[a-z0-9]+qz") != [], "the search finds what stands there in plain text"
