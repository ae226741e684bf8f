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
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.labels import label
from homeground.confidentiality.rules.vocabulary import Asker, Category, Purpose
from homeground.config.access import TABLE
from homeground.ground import clock
from homeground.ground.access import ANYONE, HOUSE_ONLY
from homeground.people.roles import STAFF, Role
from leaks.expectations import KNOWN_GAPS, SHOWS
from leaks.plants import BEHIND, furnish, kept, plant, said_by, texts, told_in

pytestmark = pytest.mark.django_db

PAGES = sorted(name for name, admits in TABLE.items() if admits is not HOUSE_ONLY)
OTHER_FACILITATOR = "a facilitator of other groups"
LABELS = tuple(label(category, part2=True) for category in Category)


def allowed(member, at, *, own, caseload):
    """What the decision gives somebody to see of the patient's record on a page, without any consent."""
    if own:
        asker, relation = Asker.PATIENT, Relationship()
    elif member is None or member.actor is None or not member.actor.roles & STAFF:
        asker, relation = Asker.SOMEBODY, Relationship()
    else:
        asker, relation = Asker.STAFF, Relationship(in_program=True, caseload=caseload)
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


def test_there_is_text_to_mark():
    assert len(texts()) > 50


def admitted(cast):
    """Who asks, by name: each role once, the patient, her relative, a stranger, another clinic, nobody."""
    yield from cast.everyone().items()
    second = make_member(cast.clinic, Role.FACILITATOR, "second.facilitator", "Sample")
    yield OTHER_FACILITATOR, second


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
    assert len({marker.category for marker in planted.values()}) >= 6
    beyond_decision, beyond_page, seen, posted = {}, {}, set(), set()
    for who, member in admitted(cast):
        client = sign_in(member)
        may = allowed(member, at, own=who == "patient", caseload=who != OTHER_FACILITATOR)
        for name in PAGES:
            if not opens(name, member):
                continue
            for marker in told_in(said_by(answered(client, name, known, posted)), planted):
                seen.add(marker)
                if marker.category not in may and (who, name) not in KNOWN_GAPS:
                    beyond_decision.setdefault(f"{name} to {who}", set()).add(marker.field)
                if marker.category not in SHOWS.get(name, frozenset()):
                    beyond_page.setdefault(name, set()).add(f"{marker.field} ({marker.category})")
    assert beyond_decision == {}
    assert beyond_page == {}
    assert len({marker.category for marker in seen}) >= 5, "the walk found next to nothing: it looked wrongly"
    assert told_in(caplog.text, planted) == set()
    assert kept(BEHIND, "zq[a-z0-9]+qz") == []
    everything = connection.introspection.table_names()
    assert kept(everything, f"zqsealed|{b'zqsealed'.hex()}") == []
    assert kept(everything, "zq[a-z0-9]+qz") != [], "the search finds what stands there in plain text"
