from dataclasses import dataclass, field, replace
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.queries import Asked, RequestNotHere
from homeground.confidentiality.queries.outside import held_request
from homeground.confidentiality.rules.asking import Obligation
from homeground.confidentiality.rules.vocabulary import Category
from homeground.ground.actor import Actor
from homeground.ground.visit import House
from homeground.interop.actions.releases import Errand, Packet, preview, release
from homeground.interop.queries.outside import GIVEN, Judged, judge, may_open
from homeground.interop.rules import typeset
from homeground.interop.rules.packet import Content, Format, Kind, channel_of
from homeground.interop.rules.reply import reply


class NotReady(Exception):
    """Nothing may be sent: no decision that gives something was kept, or the request is closed."""


class NothingChosen(Exception):
    """None of the parts to be sent is one that the decision gives."""


class CircumstancesMissing(Exception):
    """A report tells what happened: without it the limited facts serve nobody."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall leave on a request, as the desk chose it.

    `parts` are the least that serves; `why` confirms a ground nobody has read in the law yet;
    `statement` are the circumstances of a report.
    """

    parts: frozenset[Category]
    kind: Kind
    format: Format
    address: str = field(repr=False)
    why: str = field(default="", repr=False)
    statement: str = field(default="", repr=False)


def keep_decision(*, request_id: UUID, house: House, by: Actor, at: datetime) -> None:
    """Decide with what holds now, and keep the answer with its rules.

    Raises RequestNotHere and what confidentiality.actions.note_decision raises.
    """
    with transaction.atomic():
        _asked, judged = _held(request_id, house, by, at)
        confidentiality.note_decision(request_id=request_id, decision=judged.decision, by=by, at=at)


def look_at_packet(*, request_id: UUID, wish: Wish, house: House, by: Actor, at: datetime) -> Content:
    """What would leave, to be looked at before it does. Raises what `send_packet` raises."""
    with transaction.atomic():
        asked, judged = _ready(request_id, wish, house, by, at)
        return preview(errand=_errand(asked, judged, wish, house), by=by, at=at)


def send_packet(*, request_id: UUID, wish: Wish, house: House, by: Actor, at: datetime) -> Packet:
    """Release what was chosen on a decided request; the decision is made anew under the person's lock.

    Raises RequestNotHere, NotReady, NothingChosen, CircumstancesMissing, and what `release` raises: Refused
    when a consent ended since the decision was kept.
    """
    with transaction.atomic():
        asked, judged = _ready(request_id, wish, house, by, at)
        return release(errand=_errand(asked, judged, wish, house), format=wish.format, by=by, at=at)


def write_reply(*, request_id: UUID, house: House, by: Actor, at: datetime) -> bytes:
    """The letter that neither confirms nor denies, as PDF: the same bytes whoever was asked about.

    Made from the request and the clinic's day alone. Raises RequestNotHere.
    """
    here = ZoneInfo(house.zone)
    today = at.astimezone(here).date()
    with transaction.atomic():
        asked = _asked_by(request_id, house, by, at)
        letter = reply(
            language=asked.language,
            sender=house.neutral_name,
            recipient=_recipient(asked),
            recipient_address=asked.asker_address,
            reference=asked.paper_reference,
            received_on=asked.received_at.astimezone(here).date().isoformat(),
            made_on=today.isoformat(),
            made_at=int(datetime.combine(today, time(), here).timestamp()),
        )
        audit.record(
            by=by,
            at=at,
            event="interop.reply.written",
            subject_kind="outside_request",
            subject_id=request_id,
        )
    return typeset.pdf(letter)


def _errand(asked: Asked, judged: Judged, wish: Wish, house: House) -> Errand:
    """What shall leave on a request: the parts chosen among those asked for, to who asked."""
    assert asked.person_id is not None  # a decision that gives has a person
    return Errand(
        person_id=asked.person_id,
        request=replace(judged.request, categories=_parts(wish, judged), channel=channel_of(wish.format)),
        kind=wish.kind,
        house=house,
        language=asked.language,
        recipient=_recipient(asked),
        recipient_address=wish.address,
        confirmed_why=wish.why,
        outside_request_id=asked.id,
        statement=wish.statement,
    )


def _recipient(asked: Asked) -> str:
    return ", ".join(name for name in (asked.asker_name, asked.asker_organization) if name.strip())


def _asked_by(request_id: UUID, house: House, by: Actor, at: datetime, *, hold: bool = False) -> Asked:
    on = at.astimezone(ZoneInfo(house.zone)).date()
    asked = held_request(request_id, on) if hold else confidential.outside_request(request_id, on)
    if not may_open(asked, by):
        raise RequestNotHere
    return asked


def _held(request_id: UUID, house: House, by: Actor, at: datetime) -> tuple[Asked, Judged]:
    asked = _asked_by(request_id, house, by, at, hold=True)
    return asked, judge(asked, confidential.court_order(request_id), account_id=by.account_id, at=at)


def _ready(request_id: UUID, wish: Wish, house: House, by: Actor, at: datetime) -> tuple[Asked, Judged]:
    asked, judged = _held(request_id, house, by, at)
    if asked.closed_at is not None or asked.outcome not in GIVEN or asked.person_id is None:
        raise NotReady
    if Obligation.LIMITED_FACTS in judged.decision.obligations and not wish.statement.strip():
        raise CircumstancesMissing
    return asked, judged


def _parts(wish: Wish, judged: Judged) -> frozenset[Category]:
    """The chosen parts among those asked for: what is no longer given, the Permit refuses."""
    chosen = wish.parts & judged.request.categories
    if not chosen:
        raise NothingChosen
    return chosen
