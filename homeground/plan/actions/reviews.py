"""Reviews: opened, written as typed, closed with a decision that holds (checks A16, A19, C06)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.plan.actions.drafts import Written
from homeground.plan.models import Plan, PlanVersion, Problem, Progress, Review
from homeground.plan.queries.content import version
from homeground.plan.rules import decision as rules
from homeground.plan.rules.content import PlanText
from homeground.plan.rules.decision import Decision, Fault, Looked, Reason
from homeground.plan.rules.typed import Typed, merge
from homeground.plan.rules.vocabulary import ProgressState


class NothingToReview(Exception):
    """No plan is in force."""


class ReviewNotHere(Exception):
    """No such review in the organization in scope."""


class ReviewClosed(Exception):
    """The review was closed meanwhile; it stays as it is."""


class PlanChanged(Exception):
    """Another version came into force while the review was open. It is now reviewed: look again."""


class ReviewRefused(Exception):
    """The review cannot be closed like this. `faults` are all that stand against it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


def open_review(*, episode_id: UUID, by: Actor, at: datetime) -> UUID:
    """Begin a review of the version in force, or give the one that is open. Raises NothingToReview."""
    account = require_account(by)
    with transaction.atomic():
        plan = Plan.objects.select_for_update().filter(episode=episode_id).first()
        current = _current(plan) if plan else None
        if plan is None or current is None:
            raise NothingToReview
        review, new = Review.objects.get_or_create(
            organization_id=by.organization_id,
            plan=plan,
            closed_at=None,
            defaults={"version": current, "opened_at": at, "opened_by_id": account},
        )
        if new:
            _rows_for(review, current)
            _record(review, "plan.review.opened", by, at)
    return review.pk


def write_review(*, review_id: UUID, typed: Mapping[str, Typed], by: Actor, at: datetime) -> Written:
    """Save what was typed: `reasoning`, `person_said`, `state-OBJECTIVE`, `words-OBJECTIVE`.

    A field changed by somebody else meanwhile is not overwritten. Raises ReviewNotHere, ReviewClosed.
    """
    require_account(by)
    with transaction.atomic():
        review = _locked(review_id)
        rows = {str(row.objective_id): row for row in review.progress.all()}
        there = {"reasoning": review.reasoning, "person_said": review.person_said}
        there |= {f"state-{id}": row.state for id, row in rows.items()}
        there |= {f"words-{id}": row.words for id, row in rows.items()}
        states = ("", *ProgressState)
        merged = merge(
            there, {n: t for n, t in typed.items() if not n.startswith("state-") or t.text in states}
        )
        for name, text in merged.changes.items():
            column, _dash, id = name.partition("-")
            kept: Review | Progress = rows[id] if id else review
            setattr(kept, column, text)
            kept.save(update_fields=[column])
        if merged.changes:
            _record(review, "plan.review.written", by, at, fields=len(merged.changes))
    return Written(frozenset(merged.changes), merged.conflicts)


def close_review(
    *, review_id: UUID, decision: Decision, reasons: Collection[Reason], by: Actor, at: datetime
) -> None:
    """End a review with a decision and its reasons.

    When another version came into force since the review began, it is attached to that version and refused
    once, so that nobody signs for a plan they did not look at. Raises ReviewNotHere, ReviewClosed,
    PlanChanged, ReviewRefused.
    """
    require_account(by)
    review = _look_again(review_id)
    with transaction.atomic():
        review = _locked(review_id)
        found = rules.faults(decision, reasons, review.reasoning, _looked(review))
        if found:
            raise ReviewRefused(found)
        who = people.person(by.person_id) if by.person_id else None
        if who is None:
            raise ReviewNotHere
        Review.objects.filter(pk=review.pk).update(
            decision=decision,
            reasons=sorted(reasons),
            closed_at=at,
            closed_by=who.id,
            closed_name=who.name,
            credential=who.credentials,
        )
        _record(review, "plan.review.closed", by, at, decision=decision.value)


def _look_again(review_id: UUID) -> Review:
    """Raises PlanChanged after the review was moved to the version now in force; the move is kept."""
    with transaction.atomic():
        review = _locked(review_id)
        current = _current(review.plan)
        moved = current is not None and current.pk != review.version_id
        if moved and current is not None:
            Review.objects.filter(pk=review.pk).update(version=current)
            _rows_for(review, current)
    if moved:
        raise PlanChanged
    return review


def _rows_for(review: Review, current: PlanVersion) -> None:
    """One row an objective of the version; an empty row of an objective no longer in it goes."""
    objectives = {aim.objective_id for aim in version(current.pk).text.aims}
    review.progress.exclude(objective__in=objectives).filter(words=b"").delete()
    there = set(review.progress.values_list("objective_id", flat=True))
    Progress.objects.bulk_create(
        Progress(organization_id=review.organization_id, review=review, objective_id=id)
        for id in objectives - there
    )


def _locked(review_id: UUID) -> Review:
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("plan__episode", "version")
        .filter(pk=review_id)
        .first()
    )
    if review is None:
        raise ReviewNotHere
    if review.closed_at:
        raise ReviewClosed
    return review


def _current(plan: Plan) -> PlanVersion | None:
    return plan.versions.filter(in_force_at__isnull=False, ended_at=None).first()


def _looked(review: Review) -> Looked:
    """What changed since the last review: its version against the newest text, a draft included."""
    last = Review.objects.filter(plan=review.plan, closed_at__isnull=False).order_by("-closed_at").first()
    newest = review.plan.versions.filter(dropped_at=None).order_by("-number").first()
    before = version(last.version_id if last else review.version_id).text
    after = version(newest.pk).text if newest else before
    since = last.closed_at if last else review.version.offered_at
    return Looked(
        states=[row.state for row in review.progress.all()],
        interventions_changed=_doing(before) != _doing(after),
        new_problem=Problem.objects.filter(episode=review.plan.episode_id, found_at__gt=since).exists(),
    )


def _doing(text: PlanText) -> frozenset[tuple[UUID, str, str, str, str]]:
    return frozenset(
        (aim.objective_id, each.kind, each.words, each.frequency, each.who)
        for aim in text.aims
        for each in aim.interventions
    )


def _record(review: Review, event: str, by: Actor, at: datetime, **facts: str | int) -> None:
    audit.record(
        by=by,
        at=at,
        event=event,
        subject_kind="review",
        subject_id=review.pk,
        patient_id=review.plan.episode.patient_id,
        facts=facts,
    )
