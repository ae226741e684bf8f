from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.confidentiality.models import Affected, Breach, RiskAssessment
from homeground.confidentiality.queries.incidents import incident
from homeground.confidentiality.rules.clocks import Duty
from homeground.confidentiality.rules.incident import Factor, Weighed, low_risk, missing
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people


class BreachNotHere(Exception):
    """No such open breach in the organization in scope."""


class FactorsMissing(Exception):
    """All four factors are weighed, each with its facts; `factors` are not."""

    def __init__(self, factors: frozenset[Factor]) -> None:
        super().__init__(", ".join(sorted(factors)))
        self.factors = factors


class DutiesOpen(Exception):
    """Somebody who must be told of the breach has not been told."""


class ToldBefore(Exception):
    """Nobody was told of a breach before it was found."""


def record_breach(
    *,
    discovered_on: date,
    happened_on: date | None,
    description: str,
    people_count: int,
    most_in_one_state: int,
    state: str = "",
    person_ids: Collection[UUID] = (),
    by: Actor,
    at: datetime,
) -> UUID:
    """Note that information got to where it must not be; its clocks run from the day of discovery (F27).

    `people_count` counts everybody concerned, also those not linked here; `state` is where most of them
    live, two letters. Raises PersonNotHere.
    """
    with transaction.atomic():
        row = Breach.objects.create(
            organization_id=by.organization_id,
            discovered_on=discovered_on,
            happened_on=happened_on,
            description=description,
            people_count=people_count,
            most_in_one_state=most_in_one_state,
            state=state,
            recorded_at=at,
            recorded_by_id=require_account(by),
        )
        for person_id in sorted(set(person_ids)):
            people.require_person(person_id)
            Affected.objects.create(organization_id=by.organization_id, breach=row, person_id=person_id)
        _told("recorded", row, by=by, at=at, facts={"people": people_count})
    return row.pk


def add_affected(*, breach_id: UUID, person_id: UUID, by: Actor, at: datetime) -> None:
    """Note that a breach concerns this person too; again changes nothing.

    Raises BreachNotHere, PersonNotHere.
    """
    with transaction.atomic():
        row = _open(breach_id)
        people.require_person(person_id)
        made = Affected.objects.get_or_create(
            organization_id=by.organization_id, breach=row, person_id=person_id
        )[1]
        if made:
            _told("widened", row, by=by, at=at, facts={})


def tell(*, breach_id: UUID, duty: Duty, told_on: date, by: Actor, at: datetime) -> None:
    """Note that persons, an authority or the media were told. Raises BreachNotHere, ToldBefore.

    `told_on` is the clinic's day, not before the breach was found.
    """
    with transaction.atomic():
        row = _open(breach_id)
        if told_on < row.discovered_on:
            raise ToldBefore
        field = f"{duty.value}_told_on"
        Breach.objects.filter(pk=row.pk).update(**{field: told_on})
        if duty is Duty.PERSONS:
            Affected.objects.filter(breach=row, told_on=None).update(told_on=told_on)
        _told("told", row, by=by, at=at, facts={"duty": duty.value})


def assess_breach(*, breach_id: UUID, weighed: tuple[Weighed, ...], by: Actor, at: datetime) -> bool:
    """Weigh the four factors of 45 CFR 164.402(2); True when nobody must be told because the risk is low.

    A later assessment replaces the one before, and with it what the breach obliges to. Raises
    BreachNotHere, FactorsMissing.
    """
    if gaps := missing(weighed):
        raise FactorsMissing(gaps)
    with transaction.atomic():
        row = _open(breach_id)
        said: dict[str, str] = {}
        for each in weighed:
            said |= {each.factor.value: each.rating.value, f"{each.factor.value}_words": each.words}
        RiskAssessment.objects.create(
            organization_id=by.organization_id,
            breach=row,
            assessed_at=at,
            assessed_by_id=require_account(by),
            **said,
        )
        low = low_risk(weighed)
        row.low_risk_why = " ".join(each.words for each in weighed)[:2000] if low else ""
        row.save(update_fields=["low_risk_why"])
        _told("assessed", row, by=by, at=at, facts={"low_risk": low})
    return low


def close_breach(*, breach_id: UUID, by: Actor, at: datetime) -> None:
    """Everything about a breach is done. Raises BreachNotHere, and DutiesOpen while a duty is not done."""
    with transaction.atomic():
        row = _open(breach_id)
        if incident(row).open_duties:
            raise DutiesOpen
        row.closed_at, row.closed_by_id = at, require_account(by)
        row.save(update_fields=["closed_at", "closed_by_id"])
        _told("closed", row, by=by, at=at, facts={})


def _open(breach_id: UUID) -> Breach:
    row = Breach.objects.select_for_update().filter(pk=breach_id, closed_at=None).first()
    if row is None:
        raise BreachNotHere
    return row


def _told(
    what: str, row: Breach, *, by: Actor, at: datetime, facts: dict[str, str | int | bool | None]
) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"confidentiality.breach.{what}",
        subject_kind="breach",
        subject_id=row.pk,
        facts=facts,
    )
