"""Requests from outside as the desk sees them: what is asked, what the decision says now, what would help."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.queries import Asked, RequestNotHere, Sent
from homeground.confidentiality.rules.asking import Decision, Obligation, Relationship, Request
from homeground.confidentiality.rules.book import Card
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.labels import Label
from homeground.confidentiality.rules.orders import Element, OrderFacts, card_of, counts_as, missing, opens
from homeground.confidentiality.rules.remedies import Remedy, remedies
from homeground.confidentiality.rules.vocabulary import Asker, Category, Channel, Outcome, Paper, Purpose
from homeground.ground.actor import Actor
from homeground.interop.models import Release
from homeground.interop.queries.record import labels
from homeground.interop.rules.letters import MOST, ON_REQUEST
from homeground.interop.rules.packet import Kind
from homeground.people import queries as people
from homeground.people.roles import Role

CLOSED = 100
"""How many closed requests the list shows; the trail knows them all."""
EMERGENCY_PARTS = frozenset(
    {
        Category.PRESENCE,
        Category.CONTACT,
        Category.DIAGNOSIS,
        Category.SAFETY,
        Category.MEDICATIONS,
        Category.TEST_RESULTS,
        Category.LEVEL_OF_CARE,
    }
)
"""What who treats an emergency needs at once; plan, notes and bills are none of it."""
GIVEN = frozenset({Outcome.PERMIT.value, Outcome.PART.value})


@dataclass(frozen=True, slots=True)
class Judged:
    """What the decision says about a request at a moment, and what would make the rest lawful."""

    request: Request
    decision: Decision
    remedies: tuple[tuple[Remedy, Card | None], ...]

    @property
    def gives(self) -> bool:
        """Whether anything may be sent."""
        return self.decision.outcome is not Outcome.REFUSE

    @property
    def given(self) -> tuple[Category, ...]:
        """What may be sent, in the order of the vocabulary."""
        return tuple(each for each in Category if each in self.decision.categories)

    @property
    def to_confirm(self) -> bool:
        """Whether the ground rests on a rule nobody has read yet: it is confirmed in words first."""
        return Obligation.CONFIRM_RULE in self.decision.obligations

    @property
    def limited(self) -> bool:
        """Whether facts of a report may leave, and never the chart (checks F17, F18)."""
        return Obligation.LIMITED_FACTS in self.decision.obligations

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The packets and letters that may hold everything given, the smallest last."""
        return tuple(kind for kind in ON_REQUEST if self.decision.categories <= MOST[kind])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody known here whose name is like the one asked about."""

    person_id: UUID
    name: str = field(repr=False)
    number: int
    born_on: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SentLine:
    """What left on a request, and the packet it can be seen in again."""

    line: Sent
    release_id: UUID | None


@dataclass(frozen=True, slots=True)
class AskedPage:
    """Everything of the page of one request."""

    asked: Asked
    owner: str = field(repr=False)
    person: str = field(repr=False)
    order: OrderFacts | None
    judged: Judged
    sent: tuple[SentLine, ...]

    @property
    def open(self) -> bool:
        """Whether anything may still be done."""
        return self.asked.closed_at is None

    @property
    def changed_since(self) -> bool:
        """Whether the decision of now is another than the one that was kept."""
        return bool(self.asked.outcome) and self.asked.outcome != self.judged.decision.outcome.value

    @property
    def ready(self) -> bool:
        """Whether something may be sent: a decision that gives was kept and still holds."""
        return self.open and self.asked.outcome in GIVEN and self.judged.gives

    @property
    def order_lacks(self) -> tuple[Element, ...]:
        """The elements nobody found in the order."""
        return missing(self.order) if self.order else ()

    @property
    def has_order(self) -> bool:
        """Whether a court order came, which is then read element by element."""
        return self.asked.paper in (Paper.COURT_ORDER.value, Paper.ORDER_AND_SUBPOENA.value)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One request in the list."""

    asked: Asked
    owner: str = field(repr=False)


def requests(at: datetime, zone: str, *, closed: bool = False) -> tuple[AskedRow, ...]:
    """Open requests from outside, the oldest first, or closed ones, the newest first. Two statements."""
    on = at.astimezone(ZoneInfo(zone)).date()
    found = confidential.outside_requests(on, open_only=not closed)
    if closed:
        found = tuple(each for each in reversed(found) if each.closed_at)[:CLOSED]
    owners = people.persons({each.owner_id for each in found if each.owner_id})
    return tuple(AskedRow(each, owners[each.owner_id].name if each.owner_id else "") for each in found)


def may_open(asked: Asked, by: Actor) -> bool:
    """The director looks after requests; who cares for people answers a medical emergency."""
    return by.has(Role.DIRECTOR) or asked.asker_kind == Asker.EMERGENCY.value


def request_of(request_id: UUID, by: Actor, at: datetime, zone: str) -> Asked:
    """One request this reader may see. Raises RequestNotHere."""
    asked = confidential.outside_request(request_id, at.astimezone(ZoneInfo(zone)).date())
    if not may_open(asked, by):
        raise RequestNotHere
    return asked


def asked_page(request_id: UUID, by: Actor, at: datetime, zone: str) -> AskedPage:
    """The page of one request with the decision as it is now. Raises RequestNotHere."""
    asked = request_of(request_id, by, at, zone)
    order = confidential.court_order(request_id)
    known = people.persons([each for each in (asked.owner_id, asked.person_id) if each])
    sent = confidential.sent_on(request_id)
    releases = Release.objects.filter(disclosure_id__in=[each.id for each in sent])
    released = dict(releases.values_list("disclosure_id", "id")) if sent else {}
    return AskedPage(
        asked=asked,
        owner=known[asked.owner_id].name if asked.owner_id in known else "",
        person=known[asked.person_id].name if asked.person_id in known else "",
        order=order,
        judged=judge(asked, order, account_id=by.account_id, at=at),
        sent=tuple(SentLine(each, released.get(each.id)) for each in sent),
    )


def judge(asked: Asked, order: OrderFacts | None, *, account_id: UUID | None, at: datetime) -> Judged:
    """What the decision says now. Without a person it decides about nobody's record, and refuses.

    A consent may name the organization or the one who writes for it: both are tried.
    """
    request = as_request(asked, order, at)
    named = (asked.asker_organization, asked.asker_name)
    names = list(dict.fromkeys(name for name in named if name.strip())) or [""]
    tried = [_decided(asked, replace(request, name=name), account_id, at) for name in names]
    found = next((each for each in tried if each[1].outcome is not Outcome.REFUSE), tried[0])
    used, decision = found
    book, on = confidential.book(), at.date()
    helping = remedies(used, decision)
    return Judged(used, decision, tuple((each, book.card(id, on) if id else None) for each, id in helping))


def as_request(asked: Asked, order: OrderFacts | None, at: datetime) -> Request:
    """The request in the words of the decision. An order opens what it lists and nothing else."""
    paper = counts_as(Paper(asked.paper), order)
    categories = frozenset(Category(code) for code in asked.categories)
    if paper is Paper.ORDER_AND_SUBPOENA and order is not None:
        opened = opens(order) & (categories or opens(order))
        paper, categories = (paper, opened) if opened else (Paper.COURT_ORDER, categories)
    emergency = asked.asker_kind == Asker.EMERGENCY.value
    party = asked.asker_organization or asked.asker_name
    return Request(
        asker=Asker(asked.asker_kind),
        purpose=Purpose(asked.purpose),
        categories=categories,
        channel=Channel.PDF,
        name=party,
        paper=paper,
        agreements=confidential.agreements_with(party, at.date()),
        emergency=asked.words if emergency else "",
        facility=asked.asker_organization if emergency else "",
    )


def _decided(
    asked: Asked, request: Request, account_id: UUID | None, at: datetime
) -> tuple[Request, Decision]:
    if asked.person_id is None:
        return request, _about_nobody(request, at)
    answer = confidential.decision(
        person_id=asked.person_id,
        request=request,
        labels=_labels(asked.person_id),
        relationship=Relationship(),
        account_id=account_id,
        at=at,
    )
    return request, answer


def _about_nobody(request: Request, at: datetime) -> Decision:
    """Of nobody nothing can be given, whatever ground the asker would have."""
    book = confidential.book()
    answer = decide(request, (), (), (), Relationship(), at, book=book)
    if answer.outcome is Outcome.REFUSE:
        return answer
    plain = replace(request, asker=Asker.SOMEBODY, purpose=Purpose.INQUIRY, paper=Paper.NONE)
    return decide(plain, (), (), (), Relationship(), at, book=book)


def _labels(person_id: UUID) -> tuple[Label, ...]:
    patient = chart.patient_of_person(person_id)
    return labels(patient.patient_id) if patient else ()


def order_cards(on: date) -> dict[Element, Card]:
    """The rule of each element of a court order."""
    book = confidential.book()
    return {each: book.card(card_of(each), on) for each in Element}


def candidates(name: str) -> tuple[Candidate, ...]:
    """Patients, also former ones, whose name or number is like this, the likeliest first. Two statements."""
    found = chart.patients_named(name)
    born = people.persons([each.person_id for each in found])
    return tuple(
        Candidate(
            each.person_id,
            each.name,
            each.number,
            day.isoformat() if (day := born[each.person_id].born_on) else "",
        )
        for each in found
    )
