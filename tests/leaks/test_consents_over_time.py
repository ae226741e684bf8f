"""Consents, revocations, restrictions and requests in any order: nothing that is denied leaves.

A state machine walks through the actions a clinic has. Beside it runs a slow, obvious reading of the law
(`Oracle`): which parts may go to whom, from nothing but the list of what was signed and ended. After each
release its packet is searched for the markers of every part, and the accounting is compared with what left.
Between them staff open pages of the record, the relative opens hers, links are made and opened and a
calendar asks for the feed: each is asked anew, so what has ended shows at the very next request.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from cast import make_cast
from django.db import transaction
from furniture import make_appointment, make_group
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from homeground.confidentiality import actions, queries
from homeground.confidentiality.actions import sharing
from homeground.confidentiality.queries.sharing import PAGE, LinkNotHere, linked
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.elements import Draft
from homeground.confidentiality.rules.labels import label
from homeground.confidentiality.rules.vocabulary import (
    AUTHORS_ONLY,
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
from homeground.config import asking
from homeground.desk.queries import shared
from homeground.ground import scope
from homeground.interop.actions import make_feed
from homeground.interop.queries import feed
from homeground.interop.rules.calendar_feed import calendar
from homeground.people.roles import Role

START = datetime(2026, 11, 2, 15, tzinfo=UTC)
LABELS = tuple(label(category, part2=True) for category in Category)
PARTS = (Category.PRESENCE, Category.ATTENDANCE, Category.PLAN, Category.SCREENING, Category.COUNSELING_NOTES)


PAGE_OF_ROLE = {
    Role.FRONT_DESK: {Category.PRESENCE, Category.STAY, Category.APPOINTMENTS, Category.ATTENDANCE},
    Role.SCHEDULER: {Category.PRESENCE, Category.STAY, Category.APPOINTMENTS},
    Role.COUNSELOR: {*PARTS[:2], Category.STAY, Category.APPOINTMENTS, Category.LEVEL_OF_CARE},
}
"""What the patient's page shows to whom, read off the table of the handbook by hand."""
PAGE_PARTS = (Category.ATTENDANCE, Category.APPOINTMENTS, Category.LEVEL_OF_CARE)


@dataclass(frozen=True)
class Party:
    """Somebody who asks, and for what."""

    asker: Asker
    name: str
    purpose: Purpose


EMPLOYER = Party(Asker.EMPLOYER, "Cobalt Works", Purpose.EMPLOYMENT)
OTHER_EMPLOYER = Party(Asker.EMPLOYER, "Amber Works", Purpose.EMPLOYMENT)
PAYER = Party(Asker.PAYER, "Meadow Health", Purpose.PAYMENT)
PROVIDER = Party(Asker.PROVIDER, "Dr. Sample", Purpose.TREATMENT)
LAWYER = Party(Asker.LAWYER, "Sample and Sample", Purpose.PROCEEDING)
FAMILY = Party(Asker.FAMILY, "Relative Testperson", Purpose.SUPPORT)
SOMEBODY = Party(Asker.SOMEBODY, "A caller", Purpose.INQUIRY)
PARTIES = (EMPLOYER, OTHER_EMPLOYER, PAYER, PROVIDER, LAWYER, FAMILY, SOMEBODY)


@dataclass
class Paperwork:
    """One consent as the oracle remembers it."""

    kind: ConsentKind
    parts: frozenset[Category]
    party: Party | None
    signed_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None = None
    parts_ended: set[Category] = field(default_factory=set)


@dataclass
class Oracle:
    """What may go to whom, read off the papers one by one. Slow, and without anything of the real rules."""

    papers: dict = field(default_factory=dict)
    restrictions: list = field(default_factory=list)

    def may_have(self, party: Party, asked: set[Category], at: datetime) -> list[set[Category]]:
        """What this party may be given of what it asks for: one of these, each from one paper.

        The paper that gives most counts; of papers that give equally much, either may.
        """
        given = [set()]
        for paper in self.papers.values():
            if (paper.expires_at and at >= paper.expires_at) or (paper.ended_at and at >= paper.ended_at):
                continue
            care = paper.kind is ConsentKind.CARE_AND_PAY and party in (PAYER, PROVIDER)
            if care or paper.party == party:
                given.append((paper.parts - paper.parts_ended) & asked)
        most = [each for each in given if len(each) == max(map(len, given))]
        kept = [parts for asker, parts in self.restrictions if asker is party.asker]
        return [each.difference(*kept) for each in most]


def draft(kind, party, parts, at, days):
    """A complete consent of this kind."""
    care = kind is ConsentKind.CARE_AND_PAY
    return Draft(
        kind=kind,
        person="Wren Testperson",
        discloser="Juniper House",
        categories=parts,
        recipients=("my treating providers, health plans and payers",) if care else (party.name,),
        purposes=frozenset({Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS})
        if care
        else {party.purpose},
        ends_with=EndsWith.NEVER if care else EndsWith.DATE,
        expires_at=None if care else at + timedelta(days=days),
        ending_words="",
        signature="Wren Testperson",
        signed_at=at,
    )


class ConsentsOverTime(RuleBasedStateMachine):
    """A clinic's desk over some weeks. `at` only moves forward."""

    @initialize()
    def open_the_clinic(self):
        self.cast = make_cast()
        self.by = self.cast.clinic.staff[Role.DIRECTOR].actor
        self.person_id = self.cast.patient.person.pk
        self.at = START
        self.oracle = Oracle()
        self.left = []
        self.closed = set()
        self.links = {}
        group = make_group(self.cast)
        self.meeting = make_appointment(self.cast, group, starts_at=START + timedelta(days=10))
        with self.inside():
            self.secret = make_feed(patient_id=self.cast.patient_episode.patient_id, by=self.by, at=self.at)

    def inside(self):
        return scope.entered(organization_id=self.by.organization_id, account_id=self.by.account_id)

    @rule(hours=st.integers(1, 24 * 12))
    def time_passes(self, hours):
        self.at += timedelta(hours=hours)

    @rule(
        party=st.sampled_from((EMPLOYER, FAMILY, PAYER)),
        parts=st.sets(st.sampled_from(sorted(set(PARTS) - AUTHORS_ONLY)), min_size=1),
        days=st.integers(1, 30),
    )
    def sign_for_one(self, party, parts, days):
        self._sign(ConsentKind.SPECIFIC, party, frozenset(parts), days)

    @rule()
    def sign_for_care_and_pay(self):
        self._sign(ConsentKind.CARE_AND_PAY, None, CHART, 0)

    def _sign(self, kind, party, parts, days):
        with self.inside():
            id = actions.sign_consent(
                person_id=self.person_id,
                draft=draft(kind, party, parts, self.at, days),
                language="en",
                method="screen",
                recipient_kind=party.asker.value if party else "",
                recipient_id=self.cast.relative.person.pk if party is FAMILY else None,
                by=self.by,
                at=self.at,
            )
        expires_at = None if kind is ConsentKind.CARE_AND_PAY else self.at + timedelta(days=days)
        self.oracle.papers[id] = Paperwork(kind, parts, party, self.at, expires_at)

    @precondition(lambda self: any(paper.ended_at is None for paper in self.oracle.papers.values()))
    @rule(data=st.data())
    def revoke(self, data):
        id = data.draw(st.sampled_from([id for id, p in self.oracle.papers.items() if p.ended_at is None]))
        paper = self.oracle.papers[id]
        part = data.draw(st.sampled_from(["", *sorted(paper.parts - paper.parts_ended)]))
        with self.inside():
            actions.revoke_consent(consent_id=id, revoked_at=self.at, category=part, by=self.by, at=self.at)
        if part:
            paper.parts_ended.add(Category(part))
        else:
            paper.ended_at = self.at

    @rule(party=st.sampled_from((EMPLOYER, PAYER, FAMILY)), part=st.sampled_from(PARTS[:4]))
    def restrict(self, party, part):
        with self.inside():
            actions.restrict(
                person_id=self.person_id,
                kind=RestrictionKind.AGREED,
                recipient_kind=party.asker.value,
                categories=(part,),
                by=self.by,
                at=self.at,
            )
        self.oracle.restrictions.append((party.asker, {part}))

    @rule(
        party=st.sampled_from(PARTIES),
        parts=st.sets(st.sampled_from(PARTS), min_size=1),
        paper=st.sampled_from((Paper.NONE, Paper.SUBPOENA)),
    )
    def somebody_asks(self, party, parts, paper):
        """A lawyer, a payer, an employer, family, a caller: with what they say, and what they hold."""
        self._leave(party, parts, paper)

    def _in_force(self, paper):
        return paper.ended_at is None and (paper.expires_at is None or self.at < paper.expires_at)

    def _linkable(self):
        papers = self.oracle.papers.items()
        return [id for id, each in papers if each.kind is ConsentKind.SPECIFIC and self._in_force(each)]

    @precondition(lambda self: self._linkable())
    @rule(data=st.data())
    def a_link_is_made(self, data):
        """The person gives an address to who a consent names; a newer one ends the older."""
        id = data.draw(st.sampled_from(self._linkable()))
        with self.inside():
            secret = sharing.make_link(consent_id=id, kind=PAGE, by=self.by, at=self.at)
        self.links[id] = (secret, self.at + sharing.LIFE)

    @precondition(lambda self: self.links)
    @rule(data=st.data())
    def a_link_is_opened(self, data):
        """Without an account: what the consent still lists, while it and the address hold, else nothing."""
        id = data.draw(st.sampled_from(list(self.links)))
        (secret, until), paper = self.links[id], self.oracle.papers[id]
        lists = paper.parts - paper.parts_ended
        holds = bool(lists) and self._in_force(paper) and self.at < until
        with scope.entered(organization_id=self.by.organization_id, channel=scope.Channel.PUBLIC):
            try:
                found = linked(secret, PAGE, self.by.organization_id, self.at)
            except LinkNotHere:
                assert not holds, "an address that holds leads nowhere"
                return
        assert holds, "an address leads on after its end"
        assert set(found.signed.parts) == lists
        self._leave(paper.party, set(lists), Paper.NONE)

    def _leave(self, party, parts, paper):
        """Decided, put together, accounted for and sent, as the one way out does it."""
        request = Request(
            asker=party.asker,
            purpose=party.purpose,
            categories=frozenset(parts),
            channel=Channel.JSON,
            name=party.name,
            asker_id=self.cast.relative.person.pk if party is FAMILY else None,
            paper=paper,
        )
        may = self.oracle.may_have(party, parts, self.at)
        with self.inside():
            try:
                with transaction.atomic():
                    permit = actions.permit(
                        person_id=self.person_id,
                        request=request,
                        labels=LABELS,
                        relationship=Relationship(),
                        confirmed_why="read and confirmed",
                        by=self.by,
                        at=self.at,
                    )
                    packet = json.dumps({part: f"zq-{part}" for part in sorted(permit.categories)})
                    actions.record_disclosure(
                        permit=permit,
                        digest=hashlib.sha256(packet.encode()).hexdigest(),
                        description="record",
                        recipient=party.name,
                        by=self.by,
                        at=self.at,
                    )
            except actions.Refused as refusal:
                assert set() in may, "refused what was due"
                assert not refusal.decision.categories
                return
        told = {part for part in Category if f"zq-{part.value}" in packet}
        assert told in may, "what left is not what the papers allow"
        assert told, "an empty packet left"
        self.left.append((party.name, tuple(sorted(told)), hashlib.sha256(packet.encode()).hexdigest()))

    @rule(part=st.sampled_from(PAGE_PARTS))
    def close_to_staff(self, part):
        """The person asks that staff do not look at a part, and the clinic agrees."""
        with self.inside():
            actions.restrict(
                person_id=self.person_id,
                kind=RestrictionKind.AGREED,
                recipient_kind="staff",
                categories=(part,),
                by=self.by,
                at=self.at,
            )
        self.closed.add(part)

    @rule(role=st.sampled_from(sorted(PAGE_OF_ROLE)))
    def staff_open_the_page(self, role):
        """What the page may show is what the role needs, less what is closed; without presence nothing."""
        member = self.cast.clinic.staff[role]
        with scope.entered(organization_id=self.by.organization_id, account_id=member.account.pk):
            answer = asking.ask(
                "desk:patient",
                {"patient_id": self.cast.patient_episode.patient_id},
                member.actor,
                self.at,
                "America/Denver",
            )
        may = PAGE_OF_ROLE[role] - self.closed
        assert answer.decision.categories == may
        assert answer.enough == (Category.PRESENCE in may)

    @rule()
    def the_relative_opens_her_page(self):
        """Person by person, item by item: what one paper in force gives her, and nothing of the rest."""
        with scope.entered(organization_id=self.by.organization_id, account_id=self.cast.relative.account.pk):
            found = shared(self.cast.relative.actor, self.at, "America/Denver")
        may = self.oracle.may_have(FAMILY, {Category.ATTENDANCE}, self.at)
        told = {Category.ATTENDANCE} if any(each.attended is not None for each in found) else set()
        assert told in may
        if not any(self.oracle.may_have(FAMILY, set(PARTS), self.at)):
            assert not found

    @rule()
    def a_calendar_asks_for_the_feed(self):
        """Times under one neutral word, whatever was signed: it is the person's own."""
        with scope.entered(organization_id=self.by.organization_id):
            entries = feed(self.secret, self.by.organization_id, self.at).entries
            text = calendar(entries, language="en")
        for word in ("Wren", "Testperson", "Evening", "Cedar", "Juniper"):
            assert word.encode() not in (text if isinstance(text, bytes) else text.encode())

    @invariant()
    def the_accounting_is_what_left(self):
        if not hasattr(self, "left"):
            return
        with self.inside():
            sent = queries.sent(self.person_id)
        told = sorted((row.recipient, tuple(sorted(row.categories)), row.digest) for row in sent)
        assert told == sorted(self.left)


@pytest.mark.django_db
def test_nothing_that_is_denied_leaves_and_the_accounting_is_what_left():
    class Undone(ConsentsOverTime):
        """Each walk in a transaction of its own that is rolled back."""

        def __init__(self):
            super().__init__()
            self._undo = transaction.atomic()
            self._undo.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self._undo.__exit__(None, None, None)

    run_state_machine_as_test(
        Undone,
        settings=settings(
            max_examples=8,
            stateful_step_count=18,
            deadline=None,
            derandomize=True,
            phases=[
                Phase.generate
            ],  # a failure is told as it was found: a walk through a database shrinks slowly
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
