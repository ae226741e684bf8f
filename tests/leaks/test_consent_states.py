"""What leaves, and what family sees, in every state a consent can be in.

Each state is set up once; then everybody outside asks for the whole record by the one way out, and the
relative opens her page. The packet is searched for the markers of each part, the table says which may be
there, and the accounting must hold one line for each packet, and none for a refusal.
"""

import json
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from furniture import arguments

from homeground.confidentiality import actions, queries
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.elements import Draft
from homeground.confidentiality.rules.vocabulary import (
    CHART,
    Asker,
    Category,
    Channel,
    ConsentKind,
    EndsWith,
    Paper,
    Purpose,
    RestrictionKind,
)
from homeground.ground import clock, scope
from homeground.ground.visit import House
from homeground.interop import actions as interop
from homeground.interop.rules.packet import Format, Kind
from homeground.people.roles import Role
from leaks.plants import furnish, plant, said_by, told_in

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

    def ask(self, who, state):
        """Ask for the whole record by the one way out; the packet as text, or None when refused."""
        told = ASKERS[who]
        if who == "hospital" and state == "emergency":
            told = {**told, "emergency": "not awake", "facility": "General hospital"}
        organization = self.cast.clinic.organization
        try:
            return interop.release(
                person_id=self.person_id,
                request=Request(categories=CHART, channel=Channel.JSON, **told),
                relationship=Relationship(),
                kind=Kind.RECORD,
                format=Format.JSON,
                house=House(
                    organization.pk, organization.name, organization.neutral_name, "", organization.zone
                ),
                language="en",
                recipient=told["name"],
                confirmed_why="read and confirmed",
                by=self.by,
                at=self.at,
            ).body.decode()
        except actions.Refused:
            return None


@pytest.fixture
def desk(cast):
    at, known = clock.now(), arguments(cast)
    furnish(cast, known, at)
    return Desk(cast, cast.clinic.staff[Role.DIRECTOR].actor, at, plant(cast, at))


@pytest.mark.parametrize("state", STATES)
def test_only_what_the_state_allows_leaves_and_it_is_accounted_for(state, desk):
    wrong, left = {}, []
    with desk.inside():
        desk.enter(state)
        for who in ASKERS:
            may = STATES[state].get(who, NOTHING)
            packet = desk.ask(who, state)
            if packet is None:
                if may:
                    wrong[who] = "refused what was due"
                continue
            left.append(ASKERS[who]["name"])
            parts = {Category(section["category"]) for section in json.loads(packet)["sections"]}
            # A packet names whose record it is: presence goes with everything.
            beyond = {
                m.field
                for m in told_in(packet, desk.planted)
                if m.category not in may | {Category.PRESENCE} or not may
            }
            if not parts <= may or beyond:
                wrong[who] = (parts - may, beyond)
        sent = [row.recipient for row in queries.sent(desk.person_id)]
    assert wrong == {}
    assert sorted(sent) == sorted(left)
    assert {who for who in ASKERS if ASKERS[who]["name"] in left} == STATES[state].keys() - {"family"}


def test_the_markers_would_be_found_in_a_packet(desk):
    with desk.inside():
        desk.enter("care_and_pay")
        found = {marker.category for marker in told_in(desk.ask("payer", "care_and_pay"), desk.planted)}
    assert Category.CONTACT in found


def page_of(desk, sign_in):
    """The relative's page without its tokens, and all that the answer gave out."""
    response = sign_in(desk.cast.relative).get(reverse("desk:shared"))
    return re.sub(r'nonce="[^"]*"|\b[A-Za-z0-9]{64}\b', "", response.content.decode()), said_by(response)


def test_the_relative_sees_what_is_listed_and_otherwise_a_page_that_tells_nothing(desk, sign_in):
    """In every state that shares nothing with her the page is, to the letter, the one without a consent."""
    told = {}
    for state in STATES:
        with desk.inside():
            desk.enter(state)
        page, said = page_of(desk, sign_in)
        told[state] = (page, {marker.category for marker in told_in(said, desk.planted)})
        with desk.inside():
            for signed in queries.consents_of(desk.person_id, desk.at):
                if signed.in_force and signed.facts.kind is not ConsentKind.TREATMENT:
                    actions.revoke_consent(
                        consent_id=signed.facts.id, revoked_at=desk.at, by=desk.by, at=desk.at
                    )
    nothing = told["none"][0]
    assert {state for state, (page, _found) in told.items() if page != nothing} == {"specific"}
    assert told["specific"][1] <= {Category.PRESENCE, Category.ATTENDANCE}
