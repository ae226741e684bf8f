"""The leak matrix of pages: every URL with everybody whom the access table admits.

Each answer is searched for the markers of one patient's record. What is found must be allowed to this
person by the one decision (`confidentiality.rules.decide`), and be what the page is there to show
(`expectations.SHOWS`). A new URL without an expectation fails.

Every form that a page offers is filled and sent once, by the first who is offered it (see pressing.py), and
undone afterwards: its answer and the page it leads to are searched like any other, and so is what is left
behind it: messages, jobs, the trail. What the worker does by night is run and searched at the end.
"""

import inspect
from http.cookies import SimpleCookie

import pytest
from cast import make_member
from django.apps import apps
from django.db import connection, transaction
from django.urls import resolve
from furniture import arguments
from procrastinate.contrib.django import app
from walking import VIEWS, path_of

from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.actions import break_glass
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.labels import label
from homeground.confidentiality.rules.vocabulary import AUTHORS_ONLY, Asker, Category, Purpose
from homeground.config import asking, reactions
from homeground.config.access import TABLE
from homeground.config.reading import READS
from homeground.ground import clock, outbox, scope
from homeground.ground.access import ANYONE, HOUSE_ONLY, ManyPeople, NoRecord, OnePerson, OwnRecord
from homeground.ground.actor import Actor
from homeground.interop.queries.sources import SOURCES
from homeground.people.actions import notices
from homeground.people.roles import STAFF, Role
from leaks.examples import NOT_TAKEN, example
from leaks.expectations import SHOWS
from leaks.plants import BEHIND, furnish, kept, plant, said_by, texts, told_in
from leaks.pressing import filled, forms_of

pytestmark = pytest.mark.django_db

PAGES = sorted(name for name, admits in TABLE.items() if admits is not HOUSE_ONLY)
OTHER_FACILITATOR = "a facilitator of other groups"
WITH_GLASS = "a facilitator of other groups in an emergency"
WITHOUT_TEXT = {Category.BILLING}
"""No room keeps bills: see test_bills_are_kept_nowhere, which fails as soon as one does."""
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


def test_bills_are_kept_nowhere():
    """Why no marker stands for them. A room that keeps them brings its reader, and its marker here."""
    assert {Category.BILLING} == WITHOUT_TEXT
    assert SOURCES[Category.BILLING] is SOURCES[Category.MEDICATIONS], "nothing is read for either"
    assert "billing" not in {each.label for each in apps.get_app_configs()}


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


def takes_forms(name):
    """Whether the view of a URL answers a POST at all: its decorator says so."""
    view = VIEWS[name]
    while "request_method_list" not in (told := inspect.getclosurevars(view).nonlocals):
        view = view.__wrapped__
    return "POST" in told["request_method_list"]


class Walk:
    """One walk through all pages by everybody, and what it finds told where it must not be."""

    def __init__(self, cast, known, planted, at):
        self.cast, self.known, self.planted, self.at = cast, known, planted, at
        self.wrong, self.seen, self.sent = set(), set(), {}

    def look(self, name, who, member, said, known=None):
        """Search what an answer gave out."""
        for marker in told_in(said, self.planted):
            self.seen.add(marker)
            if marker.category not in allowed(name, who, member, known or self.known, self.at):
                self.wrong.add(f"beyond the decision: {name} to {who}: {marker.field}")
            if marker.category not in SHOWS.get(name, frozenset()):
                self.wrong.add(f"beyond the page: {name}: {marker.field} ({marker.category})")

    def visit(self, who, member, client):
        """Open every page this person may open, and press every button not pressed before."""
        for name in (each for each in PAGES if opens(each, member)):
            path = path_of(name, self.known)
            response = client.get(path)
            said = said_by(response)
            self.look(name, who, member, said)
            if "html" in response.headers.get("Content-Type", ""):
                for target, form in forms_of(said, path, self.wanted):
                    if self.wanted(target):
                        body = filled(target, form, self.at, self.known)
                        self.press(target, form.action, body, who, member, client)

    def wanted(self, name):
        return name in SHOWS and name not in self.sent

    def send_the_rest(self, everybody):
        """What no page offered as things stand is sent all the same, by the first for whom it is there."""
        for name in (each for each in PAGES if each not in self.sent and takes_forms(each)):
            for who, member, client in everybody:
                if opens(name, member) and self.sent.get(name, 404) == 404:
                    body = example(name, self.at, self.known)
                    self.press(name, path_of(name, self.known), body, who, member, client)

    def press(self, name, path, body, who, member, client):
        """Send a form, follow where it leads, search all of it, and undo it."""
        cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
        with transaction.atomic():
            response = client.post(path, body)
            self.sent[name] = response.status_code
            self.look(name, who, member, said_by(response))
            if response.status_code == 302:
                self.follow(response["Location"], who, member, client)
                self.left_behind(name)
            transaction.set_rollback(True)
        client.cookies = cookies

    def follow(self, location, who, member, client):
        match = resolve(location.split("#")[0].split("?")[0])
        if match.view_name in SHOWS:
            said = said_by(client.get(location))
            self.look(match.view_name, who, member, said, {**self.known, **match.kwargs})

    def left_behind(self, name):
        """What a write leaves for others: word of it, jobs, the trail, texts to send."""
        with scope.entered(organization_id=self.cast.clinic.id):
            for told_id in outbox.untold():
                reactions.hand_on(self.cast.clinic.id, told_id, self.at)
        for table in kept(BEHIND, "zq[a-z0-9]+qz"):
            self.wrong.add(f"left behind by {name}: {table}")


def night(cast, at):
    """Everything the worker does by the clock, and the texts it hands to whoever sends them."""
    for each in app.periodic_registry.periodic_tasks.values():
        each.task(timestamp=int(at.timestamp()))
    by = Actor(organization_id=cast.clinic.id)
    with scope.entered(organization_id=cast.clinic.id):
        return notices.hand_over_notices(base="https://clinic.example", sender="Juniper", by=by, at=at)


def test_no_page_tells_anybody_more_than_the_decision_allows(cast, sign_in, caplog):
    at, known = clock.now(), arguments(cast)
    furnish(cast, known, at)
    planted = plant(cast, at)
    assert {marker.category for marker in planted.values()} == set(Category) - WITHOUT_TEXT
    walk = Walk(cast, known, planted, at)
    everybody = [(who, member, sign_in(member)) for who, member in admitted(cast, at)]
    for who, member, client in everybody:
        walk.visit(who, member, client)
    walk.send_the_rest(everybody)
    assert not walk.wrong, "\n".join(sorted(walk.wrong))
    assert {name for name in PAGES if takes_forms(name)} <= walk.sent.keys()
    refused = {name: status for name, status in walk.sent.items() if status not in (200, 302)}
    assert refused.keys() <= NOT_TAKEN, refused
    assert len(walk.sent) - len(refused) > 130
    assert {marker.category for marker in walk.seen} >= set(Category) - WITHOUT_TEXT - AUTHORS_ONLY
    texts_sent = night(cast, at)
    assert told_in("".join(each.text for each in texts_sent), planted) == set()
    assert told_in(caplog.text, planted) == set()
    assert kept(BEHIND, "zq[a-z0-9]+qz") == []
    everything = connection.introspection.table_names()
    assert kept(everything, f"zqsealed|{b'zqsealed'.hex()}") == []
    assert kept(everything, "zq[a-z0-9]+qz") != [], "the search finds what stands there in plain text"
