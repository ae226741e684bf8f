from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from homeground.audit import actions as audit
from homeground.confidentiality.models import Agreement, Disclosure
from homeground.confidentiality.models.kept import take_turn
from homeground.confidentiality.queries import book, consents_of
from homeground.confidentiality.queries.consents import Signed
from homeground.confidentiality.queries.standing import standing
from homeground.confidentiality.rules import notice, words
from homeground.confidentiality.rules.asking import Decision, Obligation, Relationship, Request
from homeground.confidentiality.rules.decide import INSIDE, decide
from homeground.confidentiality.rules.labels import Label
from homeground.confidentiality.rules.permit import Permit
from homeground.confidentiality.rules.vocabulary import Basis, Outcome
from homeground.ground.actor import Actor, require_account
from homeground.ground.ids import uuid7
from homeground.people import queries as people

_AGREED = {Basis.AUDIT: "audit", Basis.RESEARCH: "research", Basis.SERVICE_ORGANIZATION: "service"}


class Refused(Exception):
    """The decision gives nothing; `decision` says why. Its text holds codes only, never what was asked."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(", ".join(reason.card.id for reason in decision.reasons))
        self.decision = decision


class Unconfirmed(Exception):
    """The ground rests on a rule nobody has read yet: compliance confirms it with a reason first."""


class PermitSpent(Exception):
    """A permit is good for one release within the transaction it was given in: ask again."""


class RecipientMissing(Exception):
    """The accounting names who got it (check F11)."""


def permit(
    *,
    person_id: UUID,
    request: Request,
    labels: tuple[Label, ...],
    relationship: Relationship,
    zone: str = "UTC",
    confirmed_why: str = "",
    outside_request_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Permit:
    """Decide under the person's lock, with what holds at this moment, and hand out the right to release.

    Call it inside the transaction that assembles, records and sends: whatever was decided before on a page
    does not count here, so a revocation in between stops the sending. Later than the commit the permit is
    worth nothing. Raises PersonNotHere, Refused, Unconfirmed.
    """
    with transaction.atomic():
        people.require_person(person_id)
        take_turn(person_id)
        found = standing(person_id, by.account_id, at)
        signed = consents_of(person_id, at)
        answer = decide(
            request,
            labels,
            tuple(each.facts for each in signed),
            found.restrictions,
            relationship,
            at,
            book=book(),
        )
        if answer.outcome is Outcome.REFUSE:
            raise Refused(answer)
        if Obligation.CONFIRM_RULE in answer.obligations and not confirmed_why.strip():
            raise Unconfirmed
        used = next((each for each in signed if each.facts.id == answer.consent_id), None)
        return Permit(
            id=uuid7(),
            person_id=person_id,
            request=request,
            decision=answer,
            given_at=at,
            turn=_turn(),
            consent=used.facts if used else None,
            explanation=_explained(used, zone, at, "en") if used else "",
            explanation_es=_explained(used, zone, at, "es") if used else "",
            confirmed_why=confirmed_why,
            outside_request_id=outside_request_id,
            agreement_id=_agreement(answer, request.name, at.date()),
        )


def record_disclosure(
    *,
    permit: Permit,
    digest: str,
    description: str,
    recipient: str,
    recipient_address: str = "",
    by: Actor,
    at: datetime,
) -> UUID | None:
    """Write what leaves into the accounting, in the transaction of the permit (check F11).

    `digest` is the SHA-256 of exactly what is sent. What the person themselves, who acts for them, or staff
    get is no disclosure: it is in the audit trail only (check F10), and None is returned.
    Raises PermitSpent, RecipientMissing.
    """
    if permit.turn != _turn():
        raise PermitSpent
    answer, request = permit.decision, permit.request
    assert answer.basis is not None  # else no permit was given
    with transaction.atomic():
        row = None
        if request.asker not in INSIDE:
            if not recipient.strip():
                raise RecipientMissing
            row = Disclosure.objects.create(
                organization_id=by.organization_id,
                permit_id=permit.id,
                person_id=permit.person_id,
                at=at,
                recipient_kind=request.asker.value,
                recipient=recipient,
                recipient_address=recipient_address,
                purpose=request.purpose.value,
                categories=sorted(answer.categories),
                description=description,
                basis=answer.basis.value,
                rule=answer.rule,
                part2=answer.part2,
                channel=request.channel.value,
                digest=digest,
                consent_id=answer.consent_id,
                outside_request_id=permit.outside_request_id,
                agreement_id=permit.agreement_id,
                emergency=request.emergency,
                facility=request.facility,
                made_by_id=require_account(by),
            )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.record.disclosed" if row else "confidentiality.record.released",
            subject_kind="disclosure" if row else "person",
            subject_id=row.pk if row else permit.person_id,
            patient_id=permit.person_id,
            why=permit.confirmed_why,
            facts={
                "basis": answer.basis.value,
                "rule": answer.rule,
                "channel": request.channel.value,
                "categories": " ".join(sorted(answer.categories)),
                "digest": digest,
            },
        )
    return row.pk if row else None


def record_agreement(
    *,
    kind: str,
    party: str,
    reference: str,
    starts_on: date,
    ends_on: date | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Note a written agreement with a service organization, associate, auditor or researcher (F29, F30)."""
    with transaction.atomic():
        row = Agreement.objects.create(
            organization_id=by.organization_id,
            kind=kind,
            party=party,
            reference=reference,
            starts_on=starts_on,
            ends_on=ends_on,
            recorded_at=at,
            recorded_by_id=require_account(by),
        )
        audit.record(
            by=by,
            at=at,
            event="confidentiality.agreement.recorded",
            subject_kind="agreement",
            subject_id=row.pk,
            facts={"kind": kind},
        )
    return row.pk


def _turn() -> str:
    """The transaction that is open. A permit of another one is spent."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text")
        return str(cursor.fetchone()[0])


def _agreement(answer: Decision, party: str, on: date) -> UUID | None:
    kind = _AGREED.get(answer.basis) if answer.basis else None
    if kind is None:
        return None
    rows = Agreement.objects.filter(kind=kind, party__iexact=party, starts_on__lte=on)
    return rows.order_by("-starts_on").values_list("pk", flat=True).first()


def _explained(used: Signed, zone: str, at: datetime, language: str) -> str:
    here = ZoneInfo(zone)
    expires_at = used.facts.expires_at.astimezone(here) if used.facts.expires_at else None
    return notice.explanation(
        used.facts,
        discloser=used.discloser,
        ending=words.ending(used.ends_with, expires_at, used.ending_words, language),
        signed_on=used.facts.signed_at.astimezone(here).date().isoformat(),
        at=at,
        language=language,
    )
