"""Grave events and the state's clock (check H10); the physician's certification (checks C12, C13)."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.plan.actions.drafts import StayNotHere
from homeground.plan.actions.safety import PatientNotHere
from homeground.plan.models import Certification, Incident
from homeground.plan.rules.certifying import Fault, faults


class IncidentNotHere(Exception):
    """No such incident in the organization in scope, or the state's report was settled before."""


class NotHappenedYet(Exception):
    """Something grave is recorded after it happened."""


class NotCertified(Exception):
    """It is no certification; `faults` says why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


class CertifiedBefore(Exception):
    """A certification from this day is there."""


def record_incident(
    *, patient_id: UUID, kind: str, happened_at: datetime, words: str, by: Actor, at: datetime
) -> UUID:
    """Write down what happened; the clock of the state's report starts.

    Raises PatientNotHere, NotHappenedYet.
    """
    require_account(by)
    with transaction.atomic():
        if chart.patient_name(patient_id) is None:
            raise PatientNotHere
        if happened_at > at:
            raise NotHappenedYet
        row = Incident.objects.create(
            organization_id=by.organization_id,
            patient_id=patient_id,
            kind=kind,
            happened_at=happened_at,
            words=words,
            recorded_at=at,
            recorded_by_id=_signer(by),
        )
        _record("plan.incident.recorded", "incident", row.pk, patient_id, by, at, what=kind)
    return row.pk


def settle_report(*, incident_id: UUID, no_report_why: str = "", by: Actor, at: datetime) -> None:
    """The state was told, or the reason why it need not be. Raises IncidentNotHere."""
    with transaction.atomic():
        row = Incident.objects.select_for_update().filter(pk=incident_id, reported_at=None).first()
        if row is None:
            raise IncidentNotHere
        row.reported_at, row.reported_by_id = at, _signer(by)
        row.no_report_why = no_report_why.strip()
        row.save(update_fields=["reported_at", "reported_by", "no_report_why"])
        told = not row.no_report_why
        _record("plan.incident.reported", "incident", row.pk, row.patient_id, by, at, told=told)


def certify(
    *, patient_id: UUID, from_on: date, minutes_a_week: int, reason: str, on: date, by: Actor, at: datetime
) -> UUID:
    """A physician certifies the need of this care from a day on.

    Raises StayNotHere, NotCertified, CertifiedBefore.
    """
    with transaction.atomic():
        stay = chart.open_episode(patient_id, on)
        if stay is None:
            raise StayNotHere
        who = people.person(_signer(by))
        floor = stay.rules.pack.number("loc.adult_floor_min_week", on)
        found = faults(
            who.credentials, minutes_a_week, floor=floor, from_on=from_on, starts_on=stay.starts_on
        )
        if found:
            raise NotCertified(found)
        try:
            with transaction.atomic():
                row = Certification.objects.create(
                    organization_id=by.organization_id,
                    episode_id=stay.id,
                    from_on=from_on,
                    minutes_a_week=minutes_a_week,
                    reason=reason,
                    signed_at=at,
                    signed_by_id=who.id,
                    signed_name=who.name,
                    credential=who.credentials,
                )
        except IntegrityError:
            raise CertifiedBefore from None
        _record("plan.certification.signed", "certification", row.pk, patient_id, by, at)
    return row.pk


def _signer(by: Actor) -> UUID:
    require_account(by)
    if by.person_id is None:
        raise people.PersonNotHere
    return by.person_id


def _record(
    event: str, subject: str, id: UUID, patient_id: UUID, by: Actor, at: datetime, **facts: str | bool
) -> None:
    audit.record(
        by=by, at=at, event=event, subject_kind=subject, subject_id=id, patient_id=patient_id, facts=facts
    )
