"""Every URL says what it shows of whose record, and can be asked before its view runs.

A new URL fails here until its room's `access.py` has a line in READS: a page about one person is then asked
by the middleware (homeground/config/asking.py); a list shows no more than each role it admits needs.
"""

import pytest
from walking import WANTED

from homeground.confidentiality.rules.need import need
from homeground.confidentiality.rules.vocabulary import Category
from homeground.config.access import TABLE
from homeground.config.asking import _statement
from homeground.config.reading import READS, WAYS
from homeground.ground.access import ANYONE, AsksItself, ManyPeople, NoRecord, OnePerson, OwnRecord
from homeground.people.roles import STAFF, Role

# Arguments that lead to no patient: rows of the clinic itself, and lists of people (a group, a meeting).
OF_NOBODY = {
    "group_id": "a list",
    "appointment_id": "a list",
    "draw_id": "a list of one week's drug tests",
    "worry_id": "what somebody wrote from outside; it leads to no record",
    "request_id": "a request for help, before there is a record",
    "account_id": "a sign-in",
    "membership_id": "a role of an account",
    "hour_id": "the hours of a counselor",
    "center_id": "a place where the clinic works",
    "space_id": "a room of the clinic",
    "away_id": "the absence of a member of staff",
    "scenario_id": "a design of the week",
    "solving_id": "a run of the solver",
    "candidate_id": "a group that may open",
    "proposal_id": "the reader's own; staff open it under the patient it was made for",
    "consent_id": "the reader's own, checked against who signed in",
    "shift_id": "who is on call when",
    "breach_id": "an incident and the people it is about",
    "handout_id": "a leaflet about a topic",
    "restriction_id": "of the person the URL names, checked against them",
    "release_id": "a packet that left by a Permit",
}


def of_kind(kind):
    return sorted(name for name, read in READS.items() if isinstance(read, kind))


def test_every_url_says_what_it_shows():
    missing = sorted(TABLE.keys() - READS.keys())
    assert missing == [], "add these to READS in the access.py of their room"
    assert sorted(READS.keys() - TABLE.keys()) == []


def test_what_shows_no_record_or_asks_itself_says_why():
    silent = [name for name in of_kind((AsksItself, NoRecord)) if len(READS[name].why) < 15]
    assert silent == []


def test_a_url_with_the_id_of_a_person_asks_before_its_view_runs():
    """Whoever hands a URL an id that leads to a patient is asked, or it is the reader's own record."""
    forgotten = []
    for name, read in READS.items():
        ids = {key for key in WANTED.get(name, ()) if key.endswith("_id")} - OF_NOBODY.keys()
        if ids and not isinstance(read, OnePerson | OwnRecord | AsksItself):
            forgotten.append(name)
        if isinstance(read, OnePerson) and (read.by not in ids or read.by not in WAYS):
            forgotten.append(f"{name}: {read.by}")
    assert forgotten == []


def test_parts_of_a_record_are_written_as_the_vocabulary_has_them():
    for name in of_kind((OnePerson, OwnRecord, ManyPeople)):
        read = READS[name]
        parts = read.must | read.may if isinstance(read, OnePerson) else read.shows
        assert parts and parts <= {category.value for category in Category}, name


@pytest.mark.parametrize("name", of_kind(ManyPeople))
def test_a_list_shows_what_every_role_it_admits_needs(name):
    for role in TABLE[name]:
        assert READS[name].shows <= need(frozenset({role}), caseload=True, current=True), role


@pytest.mark.parametrize("name", of_kind(OnePerson))
def test_a_page_about_one_person_opens_to_each_role_it_admits(name):
    """Admitted and always refused would be a door painted on the wall."""
    written = {Category.PROGRESS_NOTES} if WAYS[READS[name].by].author else set()
    for role in TABLE[name]:
        assert READS[name].must <= need(frozenset({role}), caseload=True, current=True) | written, role


def test_a_persons_own_pages_are_for_persons():
    for name in of_kind(OwnRecord):
        assert TABLE[name] is ANYONE or TABLE[name] <= {Role.PATIENT, Role.FAMILY}, name


def test_pages_about_one_person_are_for_staff():
    for name in of_kind(OnePerson):
        assert TABLE[name] <= STAFF, name


@pytest.mark.django_db
def test_every_way_leads_somewhere():
    for by in WAYS:
        assert "person_id" in _statement(by, ties=True)
