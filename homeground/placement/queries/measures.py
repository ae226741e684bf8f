"""What is being answered: a packet, its questionnaires, and the question that comes next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from homeground.ground import scope
from homeground.people import queries as people
from homeground.placement.models import Administration, MeasureAnswer, MeasureLink, Packet
from homeground.placement.queries.instruments import pinned, setting
from homeground.placement.rules.instruments import flow
from homeground.placement.rules.instruments.definition import Instrument, Item
from homeground.placement.rules.instruments.secrecy import digest


class PacketNotHere(Exception):
    """No such packet in the organization in scope, or none to this secret any more."""


@dataclass(frozen=True, slots=True)
class Answering:
    """One questionnaire of a packet with the answers in force. `passed` were seen and left open."""

    id: UUID
    instrument: Instrument
    answers: dict[str, int] = field(repr=False)
    passed: frozenset[str] = field(repr=False)
    completed: bool
    abandoned: bool

    @property
    def next(self) -> Item | None:
        """The question that comes next, None when all were seen."""
        return flow.next_item(self.instrument, self.answers, self.passed)

    @property
    def seen(self) -> int:
        """How many of the questions asked were answered or passed over."""
        asked = flow.asked(self.instrument, self.answers)
        return sum(item.id in self.answers or item.id in self.passed for item in asked)

    @property
    def asked(self) -> int:
        """How many questions are asked, as far as one can tell now."""
        return len(flow.asked(self.instrument, self.answers))


@dataclass(frozen=True, slots=True)
class Visiting:
    """A packet as the person meets it who answers it."""

    packet_id: UUID
    patient_id: UUID
    mode: str
    language: str
    answerings: tuple[Answering, ...]

    @property
    def current(self) -> Answering | None:
        """The first questionnaire that is not finished."""
        return next((each for each in self.answerings if not (each.completed or each.abandoned)), None)

    def holding(self, administration_id: UUID) -> Answering | None:
        """One questionnaire of the packet by its id."""
        return next((each for each in self.answerings if each.id == administration_id), None)


@dataclass(frozen=True, slots=True)
class Opened:
    """How things stand with a link somebody followed: unopened, or opened in this very browser."""

    language: str
    fresh: bool


def link(secret: str, visit: str, organization_id: UUID, at: datetime) -> Opened:
    """How a link stands. Raises PacketNotHere when it is spent, too old, replaced or unknown.

    The secret is the only right the visitor has: the query itself opens the inside of the house.
    """
    scope.narrow(organization_id=organization_id, account_id=None, channel=scope.Channel.INSIDE)
    row = (
        MeasureLink.objects.select_related("packet__patient__person")
        .filter(digest=digest(secret), ended_at=None, packet__withdrawn_at=None)
        .first()
    )
    if row is None or row.packet.answerable_until <= at:
        raise PacketNotHere
    fresh = row.opened_at is None and row.expires_at > at
    if not fresh and not (visit and row.visit_digest == digest(visit)):
        raise PacketNotHere
    return Opened(language=row.packet.patient.person.language, fresh=fresh)


def visiting(visit: str, organization_id: UUID, at: datetime) -> Visiting:
    """The packet a browser is answering, by the secret it got for its link. Four statements.

    Raises PacketNotHere once it was withdrawn, ran out, or the link was replaced; and where a
    questionnaire needs somebody on call and there is nobody (check H04).
    """
    scope.narrow(organization_id=organization_id, account_id=None, channel=scope.Channel.INSIDE)
    row = (
        MeasureLink.objects.select_related("packet__patient__person")
        .filter(visit_digest=digest(visit), ended_at=None, packet__withdrawn_at=None)
        .first()
    )
    if row is None or row.packet.answerable_until <= at:
        raise PacketNotHere
    found = Visiting(
        packet_id=row.packet_id,
        patient_id=row.packet.patient_id,
        mode=row.packet.mode,
        language=row.packet.patient.person.language,
        answerings=answerings(row.packet_id),
    )
    unattended = found.mode != Packet.Mode.STAFF
    if unattended and any(a.instrument.attended for a in found.answerings) and setting().on_call_id is None:
        raise PacketNotHere
    return found


def may_text(person_id: UUID) -> bool:
    """Whether a text message to this person is safe, by their own word (check B01). One statement."""
    contact = people.contact(person_id)
    return contact.may_text and bool(contact.phone)


def answerings(packet_id: UUID) -> tuple[Answering, ...]:
    """The questionnaires of a packet with their answers, in order. Two statements."""
    rows = list(Administration.objects.filter(packet_id=packet_id).order_by("place", "id"))
    return _with_answers(rows)


def answering(administration_id: UUID) -> Answering:
    """One questionnaire with its answers. Raises PacketNotHere. Two statements."""
    rows = list(Administration.objects.filter(pk=administration_id))
    if not rows:
        raise PacketNotHere
    return _with_answers(rows)[0]


def _with_answers(rows: Iterable[Administration]) -> tuple[Answering, ...]:
    rows = list(rows)
    answers: dict[UUID, dict[str, int | None]] = {row.pk: {} for row in rows}
    given = MeasureAnswer.objects.filter(administration__in=rows, replaced_at=None)
    for administration_id, item, value in given.values_list("administration_id", "item", "value"):
        answers[administration_id][item] = value
    return tuple(
        Answering(
            id=row.pk,
            instrument=pinned(row.instrument, row.version),
            answers={item: value for item, value in answers[row.pk].items() if value is not None},
            passed=frozenset(item for item, value in answers[row.pk].items() if value is None),
            completed=row.completed_at is not None,
            abandoned=row.abandoned_at is not None,
        )
        for row in rows
    )
