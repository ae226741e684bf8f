"""What is being answered: a packet, its questionnaires, and the question that comes next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from homeground.chart import queries as chart
from homeground.ground import scope
from homeground.people import queries as people
from homeground.placement.models import Administration, MeasureAnswer, MeasureLink, Packet
from homeground.placement.queries.instruments import pinned
from homeground.placement.queries.on_call import on_call
from homeground.placement.rules.instruments import flow
from homeground.placement.rules.instruments.definition import Instrument, Item
from homeground.placement.rules.instruments.score import Score, critical, score
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
class AnswerRow:
    """One question as it was answered, in words; `said` is empty where there is no answer."""

    item: str
    question: str
    said: str
    critical: bool


@dataclass(frozen=True, slots=True)
class AdministrationPage:
    """One questionnaire with every answer in force, and what it came to."""

    patient: chart.PatientName
    instrument: Instrument
    begun_at: datetime | None
    completed_at: datetime | None
    abandoned_at: datetime | None
    rows: tuple[AnswerRow, ...] = field(repr=False)
    score: Score = field(repr=False)


def administration(administration_id: UUID) -> AdministrationPage:
    """One questionnaire, item by item, in English as staff read it. Raises PacketNotHere. Four statements."""
    row = Administration.objects.filter(pk=administration_id).first()
    patient = chart.patient_name(row.patient_id) if row else None
    if row is None or patient is None:
        raise PacketNotHere
    state = answering(administration_id)
    hot = {rule.item for rule in critical(state.instrument, state.answers)}
    return AdministrationPage(
        patient=patient,
        instrument=state.instrument,
        begun_at=row.begun_at,
        completed_at=row.completed_at,
        abandoned_at=row.abandoned_at,
        rows=tuple(
            AnswerRow(
                item=item.id,
                question=item.words.get("en", item.id),
                said=item.said(state.answers[item.id], "en") if item.id in state.answers else "",
                critical=item.id in hot,
            )
            for item in flow.asked(state.instrument, state.answers)
        ),
        score=score(state.instrument, state.answers),
    )


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
    """The packet a browser is answering, by the secret it got for its link. Four statements, and up to
    three to see who is on call.

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
    if unattended and any(a.instrument.attended for a in found.answerings) and on_call(at) is None:
        raise PacketNotHere
    return found


def packet_patient(packet_id: UUID, at: datetime) -> UUID:
    """Whose packet it is, while it may be answered. Raises PacketNotHere. One statement."""
    patient_id = (
        Packet.objects.filter(pk=packet_id, withdrawn_at=None, answerable_until__gt=at)
        .values_list("patient_id", flat=True)
        .first()
    )
    if patient_id is None:
        raise PacketNotHere
    return patient_id


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
