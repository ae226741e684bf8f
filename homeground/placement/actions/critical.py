"""A critical answer: a named person hears of it, somebody else when they do not, and two people close it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground.actor import Actor
from homeground.ground.models import Outbox
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS, Role
from homeground.placement.models import CriticalAnswer, Dismissal, Disposition
from homeground.placement.queries.critical import rule_of
from homeground.placement.queries.instruments import setting
from homeground.placement.queries.on_call import on_call as who_is_on_call
from homeground.placement.rules.disposition import Disposed, Lack, lacks
from homeground.placement.rules.instruments.definition import Critical, Kind


class CriticalNotHere(Exception):
    """No such critical answer in the organization in scope, or it is closed."""


class NotForYou(Exception):
    """A critical answer is seen and closed by clinicians."""


class NotSeenYet(Exception):
    """Somebody acknowledges it first; then it can be closed (check H03)."""


class SayWhatWasDone(Exception):
    """Closing needs words: what was done, by whom, and how the person is now (check H03)."""


class DispositionLacking(Exception):
    """An answer about suicide is closed with its disposition (check H03); `lacks` is all that is missing."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        super().__init__(" ".join(lacks))
        self.lacks = lacks


class SecondPersonNeeded(Exception):
    """You said so already; another clinician must agree."""


def raise_critical(
    *,
    administration_id: UUID,
    patient_id: UUID,
    rule: Critical,
    value: int,
    on_call: bool,
    by: Actor,
    at: datetime,
) -> bool:
    """Make a critical answer the work of a named person, due in the rule's minutes; False if it is already.

    `on_call` puts it before the one on call instead of the patient's counselor. Eight statements.
    """
    with transaction.atomic():
        row, made = CriticalAnswer.objects.get_or_create(
            administration_id=administration_id,
            item=rule.item,
            defaults={
                "organization_id": by.organization_id,
                "patient_id": patient_id,
                "value": value,
                "kind": rule.kind.value,
                "raised_at": at,
                "due_at": at + timedelta(minutes=rule.within_minutes),
                "responsible_id": _responsible(patient_id, at, on_call=on_call),
            },
        )
        if made:
            Outbox.objects.create(
                organization_id=by.organization_id,
                event="placement.critical.raised",
                subject_id=row.pk,
                created_at=at,
            )
            _record(row, "raised", by=by, at=at, kind=row.kind)
    return made


def acknowledge(*, critical_id: UUID, by: Actor, at: datetime) -> None:
    """A clinician has seen it and takes it on; again, nothing changes. Raises CriticalNotHere, NotForYou."""
    with transaction.atomic():
        row, person_id = _open(critical_id, by)
        if row.acknowledged_at is not None:
            return
        CriticalAnswer.objects.filter(pk=row.pk).update(acknowledged_at=at, acknowledged_by_id=person_id)
        _record(row, "acknowledged", by=by, at=at, late=at > row.due_at)


def dismiss(
    *, critical_id: UUID, done: str, disposed: Disposed | None = None, by: Actor, at: datetime
) -> bool:
    """One of two clinicians says what was done; True when it is closed with that.

    The first of them records the disposition of an answer about suicide; the second reads and agrees.
    Raises CriticalNotHere, NotForYou, NotSeenYet, SayWhatWasDone, DispositionLacking, SecondPersonNeeded.
    """
    if not done.strip():
        raise SayWhatWasDone
    with transaction.atomic():
        row, person_id = _open(critical_id, by)
        if row.acknowledged_at is None:
            raise NotSeenYet
        others = set(Dismissal.objects.filter(critical=row).values_list("by_id", flat=True))
        if person_id in others:
            raise SecondPersonNeeded
        if not others:
            _dispose(row, disposed or Disposed(), person_id, by=by, at=at)
        Dismissal.objects.create(
            organization_id=by.organization_id, critical=row, by_id=person_id, at=at, done=done.strip()
        )
        if others:
            CriticalAnswer.objects.filter(pk=row.pk).update(closed_at=at)
        _record(row, "closed" if others else "dismissed", by=by, at=at)
    return bool(others)


def escalate_overdue(*, by: Actor, at: datetime) -> int:
    """What nobody acknowledged in time goes to the next person too; gives how many. Each once."""
    with transaction.atomic():
        rows = list(
            CriticalAnswer.objects.select_for_update().filter(
                acknowledged_at=None, closed_at=None, escalated_at=None, due_at__lte=at
            )
        )
        for row in rows:
            CriticalAnswer.objects.filter(pk=row.pk).update(
                escalated_at=at, escalated_to_id=_next_person(row.responsible_id)
            )
            Outbox.objects.create(
                organization_id=by.organization_id,
                event="placement.critical.escalated",
                subject_id=row.pk,
                created_at=at,
            )
            _record(row, "escalated", by=by, at=at)
    return len(rows)


def _dispose(row: CriticalAnswer, told: Disposed, person_id: UUID, *, by: Actor, at: datetime) -> None:
    rule = rule_of(row)
    kind = Kind(row.kind)
    if missing := lacks(kind, rule.means if rule else "", told, raised_at=row.raised_at, at=at):
        raise DispositionLacking(missing)
    if told.outcome is None or told.reached_at is None:
        return
    Disposition.objects.create(
        organization_id=by.organization_id,
        critical=row,
        outcome=told.outcome,
        reached_at=told.reached_at,
        watch=told.watch or "",
        safety_plan=told.safety_plan or "",
        why_no_plan=told.why_no_plan.strip(),
        at=at,
        by_id=person_id,
    )


def _responsible(patient_id: UUID, at: datetime, *, on_call: bool) -> UUID | None:
    chosen = setting()
    stay = chart.open_episode(patient_id, at.date())
    counselor = stay.counselor_id if stay else None
    answers = who_is_on_call(at)
    first = (answers, counselor) if on_call else (counselor, answers)
    named = next((each for each in (*first, chosen.lead_id) if each is not None), None)
    return named or _next_person(None)


def _next_person(besides: UUID | None) -> UUID | None:
    """The lead the clinic named, else a director, else any clinician: somebody else than who had it."""
    lead = setting().lead_id
    if lead is not None and lead != besides:
        return lead
    for roles in ({Role.DIRECTOR.value}, {role.value for role in CLINICIANS}):
        for each in people.staff(roles):
            if each.id != besides:
                return each.id
    return None


def _open(critical_id: UUID, by: Actor) -> tuple[CriticalAnswer, UUID]:
    if not by.has(*CLINICIANS) or by.person_id is None:
        raise NotForYou
    row = (
        CriticalAnswer.objects.select_for_update(of=("self",))
        .select_related("administration")
        .filter(pk=critical_id, closed_at=None)
        .first()
    )
    if row is None:
        raise CriticalNotHere
    return row, by.person_id


def _record(row: CriticalAnswer, verb: str, *, by: Actor, at: datetime, **facts: str | bool) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"placement.critical.{verb}",
        subject_kind="critical_answer",
        subject_id=row.pk,
        patient_id=row.patient_id,
        facts=facts,
    )
