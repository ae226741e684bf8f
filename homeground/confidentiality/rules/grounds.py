"""The grounds on which a part of a record may be used or leave. Each is one question with one card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeground.confidentiality.rules.asking import ConsentFacts, Obligation, Relationship, Request
from homeground.confidentiality.rules.labels import Label
from homeground.confidentiality.rules.need import need
from homeground.confidentiality.rules.vocabulary import (
    AUTHORS_ONLY,
    CARE_AND_PAY,
    CHART,
    Asker,
    Basis,
    Category,
    ConsentKind,
    Paper,
    Purpose,
)

NOTHING: frozenset[Category] = frozenset()
REPORT_FACTS = frozenset({Category.CONTACT})
CRIME_FACTS = frozenset({Category.PRESENCE, Category.CONTACT})
WRITTEN = AUTHORS_ONLY | {Category.PROGRESS_NOTES}
_WORK = CARE_AND_PAY
_CARE_RECIPIENTS = frozenset({Asker.PROVIDER, Asker.PAYER, Asker.SERVICE, Asker.EMERGENCY})
_PURPOSE_OF_HIPAA = {
    Asker.PROVIDER: frozenset({Purpose.TREATMENT}),
    Asker.PAYER: frozenset({Purpose.PAYMENT}),
}
_PROCEEDING = frozenset({Asker.LAWYER, Asker.COURT, Asker.POLICE, Asker.SUPERVISION})


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a ground may look at. `named`: which of the consents name the asker."""

    request: Request
    labels: Sequence[Label]
    consents: Sequence[ConsentFacts]
    relationship: Relationship
    at: datetime
    named: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground that gives something: which parts, and what follows from using it."""

    basis: Basis
    card: str
    categories: frozenset[Category]
    obligations: tuple[Obligation, ...] = ()
    consent_id: UUID | None = None


def own_record(case: Case) -> Ground | None:
    """A person's own record (42 CFR 2.23), notes kept apart left out (check F10)."""
    return Ground(Basis.OWN_RECORD, "base.own_record", CHART)


def represented(case: Case) -> Ground | None:
    """The record of a person somebody lawfully acts for."""
    if not case.relationship.represents:
        return None
    return Ground(Basis.OWN_RECORD, "base.representative", CHART)


def work(case: Case) -> Ground | None:
    """What a member of staff needs, or broke the glass for, and the notes they wrote themselves."""
    request, relation = case.request, case.relationship
    if not relation.in_program or request.purpose not in _WORK:
        return None
    needed = need(request.roles, caseload=relation.caseload, current=relation.current) | _authored(case)
    if request.categories <= needed or not (relation.glass_until and case.at < relation.glass_until):
        return Ground(Basis.NEED_TO_KNOW, "need.own", needed) if needed else None
    opened = (Obligation.ALERT_DIRECTOR, Obligation.REVIEW)
    return Ground(Basis.BREAK_GLASS, "base.break_glass", needed | CHART, opened)


def _authored(case: Case) -> frozenset[Category]:
    """Notes the asker wrote: what they set down themselves is no news to them."""
    asked = case.request.categories & WRITTEN
    if not asked:
        return NOTHING
    mine = {label.category for label in case.labels if label.author_id == case.request.asker_id is not None}
    others = {label.category for label in case.labels if label.author_id != case.request.asker_id}
    return frozenset(asked & mine - others)


def emergency(case: Case) -> Ground | None:
    """A medical emergency (42 CFR 2.51): to medical personnel, with what must be written down at once."""
    request = case.request
    if request.purpose is not Purpose.EMERGENCY or not request.emergency.strip():
        return None
    if not request.facility.strip() or not request.name.strip():
        return None
    return Ground(Basis.EMERGENCY, "base.emergency", CHART, (Obligation.DOCUMENT_NOW,))


def audit(case: Case) -> Ground | None:
    """An audit or evaluation under an agreement in force (42 CFR 2.53)."""
    if case.request.purpose is not Purpose.AUDIT or "audit" not in case.request.agreements:
        return None
    return Ground(Basis.AUDIT, "base.audit", CHART, (Obligation.PROTECT_AND_DESTROY,))


def research(case: Case) -> Ground | None:
    """Research under an agreement in force (42 CFR 2.52)."""
    if case.request.purpose is not Purpose.RESEARCH or "research" not in case.request.agreements:
        return None
    given = CHART - {Category.CONTACT, Category.RECEIVED}
    return Ground(Basis.RESEARCH, "base.research", given, (Obligation.PROTECT_AND_DESTROY,))


def service(case: Case) -> Ground | None:
    """A service organization with both agreements (42 CFR 2.12(c)(4); check F30)."""
    if (
        case.request.purpose is not Purpose.SERVICES
        or not {"service", "associate"} <= case.request.agreements
    ):
        return None
    return Ground(Basis.SERVICE_ORGANIZATION, "base.service_organization", CHART)


def child_abuse(case: Case) -> Ground | None:
    """The first report of suspected child abuse: who and where, never the chart (check F17)."""
    if case.request.purpose is not Purpose.CHILD_ABUSE_REPORT:
        return None
    return Ground(Basis.CHILD_ABUSE, "base.child_abuse", REPORT_FACTS, (Obligation.LIMITED_FACTS,))


def crime(case: Case) -> Ground | None:
    """A crime on the premises, against staff, or a threat of one: limited facts (42 CFR 2.12(c)(5))."""
    if case.request.purpose is not Purpose.CRIME_REPORT:
        return None
    return Ground(Basis.CRIME, "base.crime", CRIME_FACTS, (Obligation.LIMITED_FACTS,))


def court_order(case: Case) -> Ground | None:
    """An order of subpart E together with a subpoena; one of them alone gives nothing (check F15)."""
    if case.request.purpose is not Purpose.PROCEEDING or case.request.paper is not Paper.ORDER_AND_SUBPOENA:
        return None
    return Ground(Basis.COURT_ORDER, "base.court_order", CHART, (Obligation.ALERT_DIRECTOR,))


def consent(case: Case) -> Ground | None:
    """The consent in force that gives most of what is asked; the newest of equals."""
    best: ConsentFacts | None = None
    gives = NOTHING
    for each, named in zip(case.consents, case.named, strict=True):
        if each.in_force(case.at) and covers(each, case.request, named=named):
            found = each.lists(case.at) & case.request.categories
            if len(found) > len(gives) or (
                best is not None and len(found) == len(gives) > 0 and each.signed_at > best.signed_at
            ):
                best, gives = each, found
    if best is None:
        return None
    after = (Obligation.PASS_ON_REVOCATION,) if best.kind is ConsentKind.INTERMEDIARY else ()
    return Ground(Basis.CONSENT, "base.consent", gives, after, best.id)


def covers(consent: ConsentFacts, request: Request, *, named: bool) -> bool:
    """Whether a consent is of the right class for this asker and purpose (checks F04 to F06, F31, F32)."""
    asker, purpose = request.asker, request.purpose
    if purpose not in consent.purposes:
        return False
    match consent.kind:
        case ConsentKind.CARE_AND_PAY:
            return asker in _CARE_RECIPIENTS and purpose in CARE_AND_PAY
        case ConsentKind.PROCEEDING:
            return purpose is Purpose.PROCEEDING and asker in _PROCEEDING and named
        case ConsentKind.TREATMENT:
            return False
        case _:
            return purpose is not Purpose.PROCEEDING and named


def names(consent: ConsentFacts, request: Request, wanted: str) -> bool:
    """Whether the consent names this recipient: by the person who signs in, or by kind and name."""
    if consent.recipient_id is not None:
        return consent.recipient_id == request.asker_id
    if consent.recipient_kind != request.asker:
        return False
    if request.name in consent.recipients:
        return True
    return any(plain(name) == wanted for name in consent.recipients)


def plain(name: str) -> str:
    """A name without capitals and with single spaces: how two of them are compared."""
    return " ".join(name.casefold().split())


def hipaa(case: Case) -> Ground | None:
    """Treatment and payment for records of a program that is not under part 2 (45 CFR 164.506)."""
    if case.request.purpose not in _PURPOSE_OF_HIPAA.get(case.request.asker, frozenset()):
        return None
    part2 = {label.category for label in case.labels if label.part2}
    plain = {label.category for label in case.labels} - part2 - AUTHORS_ONLY
    return Ground(Basis.HIPAA, "base.hipaa", frozenset(plain)) if plain else None


type Question = Callable[[Case], Ground | None]

OF_ASKER: dict[Asker, tuple[Question, ...]] = {
    Asker.PATIENT: (own_record,),
    Asker.REPRESENTATIVE: (represented,),
    Asker.STAFF: (work,),
    Asker.EMERGENCY: (emergency, consent),
    Asker.PROVIDER: (consent, hipaa),
    Asker.PAYER: (consent, hipaa),
    Asker.SERVICE: (service, consent),
    Asker.AUDITOR: (audit, consent),
    Asker.RESEARCHER: (research, consent),
    Asker.CHILD_PROTECTION: (child_abuse, consent),
    Asker.POLICE: (crime, court_order, consent),
    Asker.COURT: (court_order, consent),
    Asker.LAWYER: (court_order, consent),
}
"""Which grounds are asked, in order; everybody who is not named here needs a consent."""
