"""One answer after the other: each is kept as it is given, and a critical one is heard at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.placement.actions.critical import raise_critical
from homeground.placement.models import Administration, MeasureAnswer, MeasureScore, Packet
from homeground.placement.queries.measures import Answering, PacketNotHere, answering
from homeground.placement.rules.instruments import flow
from homeground.placement.rules.instruments.definition import Critical
from homeground.placement.rules.instruments.score import check, critical, score


class AlreadyFinished(Exception):
    """All questions were answered, or nobody may answer any more; nothing was changed."""


class AnsweredMeanwhile(Exception):
    """Another window gave another answer to this question since the page was shown. `value` is that one."""

    def __init__(self, value: int | None) -> None:
        super().__init__()
        self.value = value


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer was kept. `critical` is what it raised now; `finished` says that it was the last one."""

    critical: tuple[Critical, ...]
    finished: bool


def answer(
    *, administration_id: UUID, item: str, value: int | None, was: int | None, by: Actor, at: datetime
) -> Kept:
    """Keep one answer; None where the person would rather not answer. The last one completes the form.

    `was` is the answer the page showed, None for none. The same answer again changes nothing. Answers
    behind a question that is now answered otherwise are set aside, not deleted. Raises PacketNotHere,
    AlreadyFinished, AnsweredMeanwhile, score.BadAnswers.
    """
    with transaction.atomic():
        row = _open(administration_id, at)
        state = answering(administration_id)
        if value is not None:
            check(state.instrument, {item: value})
        else:
            state.instrument.item(item)
        before = state.answers.get(item)
        if before == value and (value is not None or item in state.passed):
            return Kept((), finished=False)
        if before is not None and before != was:
            raise AnsweredMeanwhile(before)
        after = _keep(row, state, item, value, at=at)
        raised = _critical(row, after, item, by=by, at=at)
        finished = after.next is None
        if finished:
            _complete(row, after, at=at)
        audit.record(
            by=by,
            at=at,
            event="placement.measure.completed" if finished else "placement.measure.answered",
            subject_kind="administration",
            subject_id=row.pk,
            patient_id=row.patient_id,
            facts={"item": item},
        )
    return Kept(raised, finished)


def abandon_overdue(*, by: Actor, at: datetime) -> int:
    """What could be answered until now and was not finished counts as abandoned; gives how many.

    The answers stay, and so does what they raised. Three statements.
    """
    with transaction.atomic():
        rows = list(
            Administration.objects.filter(
                completed_at=None, abandoned_at=None, packet__answerable_until__lte=at
            ).values_list("pk", "patient_id")
        )
        Administration.objects.filter(pk__in=[pk for pk, _patient in rows]).update(abandoned_at=at)
        audit.record_all(
            notes=[
                audit.Note("placement.measure.abandoned", "administration", pk, patient)
                for pk, patient in rows
            ],
            by=by,
            at=at,
        )
    return len(rows)


def _open(administration_id: UUID, at: datetime) -> Administration:
    row = (
        Administration.objects.select_for_update(of=("self",))
        .select_related("packet")
        .filter(pk=administration_id)
        .first()
    )
    if row is None:
        raise PacketNotHere
    packet: Packet = row.packet
    ended = row.completed_at or row.abandoned_at or packet.withdrawn_at
    if ended or packet.answerable_until <= at:
        raise AlreadyFinished
    return row


def _keep(row: Administration, state: Answering, item: str, value: int | None, *, at: datetime) -> Answering:
    given = dict(state.answers)
    passed = set(state.passed) - {item}
    given.pop(item, None)
    if value is None:
        passed.add(item)
    else:
        given[item] = value
    aside = flow.overtaken(state.instrument, given)
    MeasureAnswer.objects.filter(administration=row, item__in=[item, *aside], replaced_at=None).update(
        replaced_at=at
    )
    MeasureAnswer.objects.create(
        organization_id=row.organization_id, administration=row, item=item, value=value, answered_at=at
    )
    if row.begun_at is None:
        Administration.objects.filter(pk=row.pk).update(begun_at=at)
    return Answering(
        id=row.pk,
        instrument=state.instrument,
        answers={key: each for key, each in given.items() if key not in aside},
        passed=frozenset(passed),
        completed=False,
        abandoned=False,
    )


def _critical(
    row: Administration, after: Answering, item: str, *, by: Actor, at: datetime
) -> tuple[Critical, ...]:
    found = [rule for rule in critical(after.instrument, after.answers) if rule.item == item]
    unattended = row.packet.mode != Packet.Mode.STAFF
    return tuple(
        rule
        for rule in found
        if raise_critical(
            administration_id=row.pk,
            patient_id=row.patient_id,
            rule=rule,
            value=after.answers[item],
            on_call=unattended and after.instrument.attended,
            by=by,
            at=at,
        )
    )


def _complete(row: Administration, after: Answering, *, at: datetime) -> None:
    Administration.objects.filter(pk=row.pk).update(completed_at=at)
    MeasureScore.objects.bulk_create(
        MeasureScore(organization_id=row.organization_id, administration=row, scale=scale, value=value)
        for scale, value in score(after.instrument, after.answers).scales.items()
    )
