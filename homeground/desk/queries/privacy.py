"""A patient's privacy page: who may see what, who looked, what left, in their own words."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.audit import queries as audit
from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.queries import proposals, sharing
from homeground.confidentiality.queries.proposals import Proposed
from homeground.confidentiality.rules import words
from homeground.confidentiality.rules.offers import LINKABLE, OFFERS
from homeground.confidentiality.rules.vocabulary import Asker, Category, ConsentKind, Purpose
from homeground.desk.queries.own import NoChart
from homeground.people import queries as people

LOOKS = 60


@dataclass(frozen=True, slots=True)
class Permission:
    """One consent in plain words; `may_stop` while it is in force and not the consent to be treated.

    `renew`: it ends soon, nothing takes its place, and a class of this kind can be signed again (check F08).
    """

    id: UUID
    to: str = field(repr=False)
    what: str
    why: str
    until: str
    signed_at: datetime
    in_force: bool
    treatment: bool
    has_copy: bool
    kind: str = ""
    renew: bool = False
    may_link: bool = False
    link_until: datetime | None = None

    @property
    def may_stop(self) -> bool:
        """Whether a press can end it. To stop treatment itself somebody should talk with the person."""
        return self.in_force and not self.treatment


@dataclass(frozen=True, slots=True)
class Looked:
    """On one day somebody looked: who, as what, and how often. Family members are named as family."""

    on: datetime
    name: str = field(repr=False)
    times: int


@dataclass(frozen=True, slots=True)
class Left:
    """Something that left the clinic."""

    at: datetime
    to: str = field(repr=False)
    what: str
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """Everything of a patient's privacy page."""

    person_id: UUID
    waiting: tuple[Proposed, ...]
    permissions: tuple[Permission, ...]
    looks: tuple[Looked, ...]
    left: tuple[Left, ...]
    requests: tuple[confidentiality.Right, ...]


def privacy(person_id: UUID, at: datetime, language: str, zone: str) -> PrivacyPage:
    """The privacy page of a patient, in "en" or "es". Constant statements. Raises NoChart."""
    patient = chart.patient_of_person(person_id)
    if patient is None:
        raise NoChart
    sent = confidentiality.sent(person_id)
    signed = confidentiality.consents_of(person_id, at)
    ending = {each.facts.id for each in confidentiality.to_renew(at, person_id=person_id)}
    links = sharing.open_links([each.facts.id for each in signed], at)
    looks = audit.looks_at(patient.patient_id, limit=LOOKS)
    names = people.persons([each.person_id for each in looks if each.person_id])
    return PrivacyPage(
        person_id=person_id,
        waiting=proposals.proposed(person_id, language, zone),
        permissions=tuple(
            replace(
                permission(each, language, zone),
                link_until=links.get(each.facts.id),
                renew=each.facts.id in ending and each.facts.kind in OFFERS,
            )
            for each in signed
        ),
        looks=_looked(looks, {key: who.name for key, who in names.items()}, person_id),
        left=tuple(_left(each, language) for each in sent),
        requests=confidentiality.rights_requests(at.date(), person_id=person_id, open_only=False),
    )


def owns_consent(person_id: UUID, consent_id: UUID, at: datetime) -> bool:
    """Whether a consent is this person's own. Two statements."""
    return any(each.facts.id == consent_id for each in confidentiality.consents_of(person_id, at))


def permission(signed: confidentiality.Signed, language: str, zone: str) -> Permission:
    """One consent in plain words of a language, "en" or "es"; its last day is one of the clinic's zone."""
    facts = signed.facts
    last = facts.expires_at.astimezone(ZoneInfo(zone)) if facts.expires_at else None
    kinds = words.RECIPIENTS["es" if language == "es" else "en"]
    named = words.recipients(facts.recipients, language)
    kind = kinds.get(Asker(facts.recipient_kind), "") if facts.recipient_kind else ""
    return Permission(
        id=facts.id,
        to=f"{named} ({kind})" if named and kind else named or kind,
        what=words.listed(signed.parts or facts.categories, language),
        why=words.purposes(facts.purposes, language),
        until=words.ending(signed.ends_with, last, signed.ending_words, language),
        signed_at=facts.signed_at,
        in_force=signed.in_force,
        treatment=facts.kind is ConsentKind.TREATMENT,
        has_copy=signed.has_text,
        kind=facts.kind.value,
        may_link=signed.in_force and facts.kind in LINKABLE and facts.recipient_id is None,
    )


def _looked(looks: tuple[audit.Look, ...], names: dict[UUID, str], own: UUID) -> tuple[Looked, ...]:
    """Looks joined by person and day, the latest first; the person's own are left out."""
    joined: dict[tuple[object, object], Looked] = {}
    for each in looks:
        if each.person_id == own:
            continue
        key = (each.at.date(), each.person_id)
        before = joined.get(key)
        name = names.get(each.person_id, "") if each.person_id else ""
        joined[key] = Looked(before.on if before else each.at, name, before.times + 1 if before else 1)
    return tuple(joined.values())


def _left(sent: confidentiality.Sent, language: str) -> Left:
    return Left(
        at=sent.at,
        to=sent.recipient
        or words.RECIPIENTS["es" if language == "es" else "en"].get(Asker(sent.recipient_kind), ""),
        what=words.listed([Category(code) for code in sent.categories], language),
        why=words.purposes([Purpose(sent.purpose)], language),
        rule=sent.rule,
    )
