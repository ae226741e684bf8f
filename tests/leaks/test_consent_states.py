"""What leaves, and what family sees, in every state a consent can be in.

One marked record, and each state in turn, undone afterwards. Everybody outside asks for the whole record by
the one way out, in every format; the relative opens her page, a calendar asks for the feed. Everything that
comes back is searched for the markers of each part, the table says which may be there, and the accounting
must hold one line for each packet, and none for a refusal. Nothing of it stays in logs, jobs or messages.
"""

import json
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from furniture import arguments

from homeground.confidentiality import actions, queries
from homeground.confidentiality.rules.asking import Request
from homeground.confidentiality.rules.elements import Draft
from homeground.confidentiality.rules.vocabulary import (
    CHART,
    Asker,
    Category,
    ConsentKind,
    EndsWith,
    Paper,
    Purpose,
    RestrictionKind,
)
from homeground.ground import clock, scope
from homeground.ground.visit import House
from homeground.interop import actions as interop
from homeground.interop.rules.packet import Format, Kind, channel_of
from homeground.people.roles import Role
from leaks.pdf_words import words
from leaks.plants import BEHIND, furnish, kept, plant, said_by, told_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOTHING: frozenset[Category] = frozenset()
ATTENDANCE = frozenset({Category.ATTENDANCE})
ASKERS = {
    "employer": {"asker": Asker.EMPLOYER, "purpose": Purpose.EMPLOYMENT, "name": "Cobalt Works"},
    "payer": {"asker": Asker.PAYER, "purpose": Purpose.PAYMENT, "name": "Meadow Health"},
    "provider": {"asker": Asker.PROVIDER, "purpose": Purpose.TREATMENT, "name": "Dr. Sample"},
    "hospital": {"asker": Asker.EMERGENCY, "purpose": Purpose.EMERGENCY, "name": "Night desk"},
    "lawyer": {
        "asker": Asker.LAWYER,
        "purpose": Purpose.PROCEEDING,
        "name": "Sample and Sample",
        "paper": Paper.SUBPOENA,
    },
    "caller": {"asker": Asker.SOMEBODY, "purpose": Purpose.INQUIRY, "name": "A caller"},
}
# What each may have in each state; who is not named gets nothing, and nobody outside learns anything.
STATES: dict[str, dict[str, frozenset[Category]]] = {
    "none": {},
    "care_and_pay": {"payer": CHART, "provider": CHART},
    "specific": {"employer": ATTENDANCE, "family": ATTENDANCE},
    "expired": {},
    "revoked": {},
    "restricted": {},
    "emergency": {"hospital": CHART},
}


@dataclass
class Desk:
    """The cast's clinic with a marked record, and who signs for things there."""

    cast: object
    by: object
    at: object
    planted: dict

    def inside(self):
        return scope.entered(organization_id=self.by.organization_id, account_id=self.by.account_id)

    @property
    def person_id(self):
        return self.cast.patient.person.pk

    def sign(self, kind, categories, recipient, purposes, signed_at, **fields):
        lasting = kind is ConsentKind.CARE_AND_PAY
        draft = Draft(
            kind=kind,
            person="Wren Testperson",
            discloser="Juniper House",
            categories=categories,
            recipients=(recipient,),
            purposes=frozenset(purposes),
            ends_with=EndsWith.NEVER if lasting else EndsWith.DATE,
            expires_at=None if lasting else signed_at + 30 * DAY,
            ending_words="",
            signature="Wren Testperson",
            signed_at=signed_at,
        )
        return actions.sign_consent(
            person_id=self.person_id,
            draft=draft,
            language="en",
            method="screen",
            by=self.by,
            at=signed_at,
            **fields,
        )

    def sign_specific(self, signed_at):
        """The employer and the relative may know about attendance, for thirty days."""
        one = self.sign(
            ConsentKind.SPECIFIC,
            ATTENDANCE,
            "Cobalt Works",
            {Purpose.EMPLOYMENT},
            signed_at,
            recipient_kind="employer",
        )
        other = self.sign(
            ConsentKind.SPECIFIC,
            ATTENDANCE,
            "Relative Testperson",
            {Purpose.SUPPORT},
            signed_at,
            recipient_kind="family",
            recipient_id=self.cast.relative.person.pk,
        )
        return one, other

    def enter(self, state):
        """Bring the consents into a state."""
        if state == "care_and_pay":
            self.sign(
                ConsentKind.CARE_AND_PAY,
                CHART,
                "my treating providers, health plans and payers",
                {Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS},
                self.at - DAY,
                recipient_kind="",
            )
        elif state in ("specific", "revoked", "restricted"):
            signed = self.sign_specific(self.at - DAY)
            for consent_id in signed if state == "revoked" else ():
                actions.revoke_consent(consent_id=consent_id, revoked_at=self.at, by=self.by, at=self.at)
            for kind in ("employer", "family") if state == "restricted" else ():
                actions.restrict(
                    person_id=self.person_id,
                    kind=RestrictionKind.AGREED,
                    recipient_kind=kind,
                    by=self.by,
                    at=self.at,
                )
        elif state == "expired":
            self.sign_specific(self.at - 31 * DAY)

    def ask(self, who, state, format=Format.JSON):
        """Ask for the whole record by the one way out; the text of the packet, or None when refused."""
        told = ASKERS[who]
        if who == "hospital" and state == "emergency":
            told = {**told, "emergency": "not awake", "facility": "General hospital"}
        organization = self.cast.clinic.organization
        try:
            errand = interop.Errand(
                person_id=self.person_id,
                request=Request(categories=CHART, channel=channel_of(format), **told),
                kind=Kind.RECORD,
                house=House(
                    organization.pk, organization.name, organization.neutral_name, "", organization.zone
                ),
                language="en",
                recipient=told["name"],
                confirmed_why="read and confirmed",
            )
            packet = interop.release(errand=errand, format=format, by=self.by, at=self.at)
        except actions.Refused:
            return None
        return words(packet.body) if packet.body.startswith(b"%PDF") else packet.body.decode()


@pytest.fixture
def desk(cast):
    at, known = clock.now(), arguments(cast)
    furnish(cast, known, at)
    return Desk(cast, cast.clinic.staff[Role.DIRECTOR].actor, at, plant(cast, at))


def page_of(client):
    """The relative's page without its tokens, and all that the answer gave out."""
    response = client.get(reverse("desk:shared"))
    return re.sub(r'nonce="[^"]*"|\b[A-Za-z0-9]{64}\b', "", response.content.decode()), said_by(response)


def left_in(desk, state):
    """Who got a packet in this state, by name; and where one says more than the table allows."""
    left, wrong = [], {}
    for who, told in ASKERS.items():
        may = STATES[state].get(who, NOTHING)
        # Who is refused is refused in every format; who is given gets the same in each of them.
        for format in Format if may else (Format.JSON,):
            packet = desk.ask(who, state, format)
            if packet is None:
                if may:
                    wrong[who, format] = "refused what was due"
                continue
            left.append(told["name"])
            # A packet names whose record it is: presence goes with everything.
            found = {m for m in told_in(packet, desk.planted) if m.category not in may | {Category.PRESENCE}}
            parts = set()
            if format is Format.JSON:
                parts = {Category(section["category"]) for section in json.loads(packet)["sections"]}
            if found or not may or not parts <= may:
                wrong[who, format] = (parts - may, {marker.field for marker in found})
    return left, wrong


def test_in_every_state_only_what_it_allows_leaves_and_it_is_accounted_for(desk, sign_in, client, caplog):
    """The relative's page that shares nothing is, to the letter, the one without a consent."""
    relative, pages, shared = sign_in(desk.cast.relative), {}, {}
    with desk.inside():
        secret = interop.make_feed(patient_id=desk.cast.patient_episode.patient_id, by=desk.by, at=desk.at)
    for state, may in STATES.items():
        with transaction.atomic():
            with desk.inside():
                desk.enter(state)
                left, wrong = left_in(desk, state)
                assert wrong == {}, state
                assert sorted(row.recipient for row in queries.sent(desk.person_id)) == sorted(left), state
            got = {who for who in ASKERS if ASKERS[who]["name"] in left}
            assert got == may.keys() - {"family"}, state
            pages[state], said = page_of(relative)
            shared[state] = {marker.category for marker in told_in(said, desk.planted)}
            feed = client.get(reverse("interop:feed", args=[secret]))
            assert feed.status_code == 200 and told_in(said_by(feed), desk.planted) == set()
            assert kept(BEHIND, "zq[a-z0-9]+qz") == [], state
            transaction.set_rollback(True)
    assert {state for state, page in pages.items() if page != pages["none"]} == {"specific"}
    assert shared["specific"] <= {Category.PRESENCE, Category.ATTENDANCE}
    assert told_in(caplog.text, desk.planted) == set()


def test_the_markers_would_be_found_in_a_packet_of_every_format(desk):
    with desk.inside():
        desk.enter("care_and_pay")
        for format in Format:
            found = {m.category for m in told_in(desk.ask("payer", "care_and_pay", format), desk.planted)}
            assert Category.CONTACT in found, format
