"""What a stay owes and until when: each deadline with the rule behind it.

One list of facts about a stay goes in, one list of deadlines comes out. No deadline is kept anywhere: what
was done stops its clock, what changes in a rule pack moves it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.plan.rules.risk import RiskLevel, plan_required
from homeground.plan.rules.vocabulary import DueKind
from homeground.program.rules.clocks import Cited, Unit, WorkCalendar, due_at, due_on, ticking
from homeground.program.rules.pack import RulePack


@dataclass(frozen=True, slots=True)
class Sampled:
    """A drug test: when it was ordered and is due, what came of it and when, whether it was discussed."""

    id: UUID
    ordered_at: datetime
    due_on: date
    outcome: str = ""
    recorded_at: datetime | None = None
    discussed: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """The facts of one open stay that start and stop clocks. Moments are aware; days are the clinic's.

    `risk` is the last level found, by a clinician or by a screen. `asked_about_risk_at` is when somebody last
    asked about suicide; `unclear_at` an answer after which they must; `changed_at` when a changed plan came
    into force. `evaluated` says that the assessment was begun; `leaving_at` when a discharge plan was last
    written; `certified_from` the day of the latest certification; `incidents` those whose report to the
    state is open, with when they were recorded.
    """

    starts_on: date
    pack: RulePack
    zone: ZoneInfo
    assessed: bool = False
    first_in_force_at: datetime | None = None
    last_reviewed_at: datetime | None = None
    offered_at: datetime | None = None
    waits_for_patient: bool = False
    cosigner_since: datetime | None = None
    risk: RiskLevel | None = None
    risk_found_at: datetime | None = None
    safety_touched_at: datetime | None = None
    without_safety_plan: bool = False
    asked_about_risk_at: datetime | None = None
    unclear_at: datetime | None = None
    changed_at: datetime | None = None
    targets: tuple[tuple[UUID, date], ...] = ()
    tests: tuple[Sampled, ...] = ()
    services: frozenset[date] = field(default=frozenset())
    admitted_at: datetime | None = None
    evaluated: bool = True
    leaving_at: datetime | None = None
    certified_from: date | None = None
    incidents: tuple[tuple[UUID, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something owed: what, since when, until when, and by which rule (None: a day people agreed on).

    A clock of hours has `due_at` too; `due_on` is the clinic's day it ends. `subject_id` is the objective or
    test it concerns, None for the stay itself.
    """

    kind: DueKind
    since: date
    due_on: date
    rule: Cited | None
    due_at: datetime | None = None
    subject_id: UUID | None = None


class Standing(StrEnum):
    """How a deadline stands on a day."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


SOON_DAYS = 7


def standing(deadline: Deadline, on: date, at: datetime | None = None) -> Standing:
    """Overdue after its day (or its moment), today, within a week, or later."""
    if deadline.due_on < on or (at and deadline.due_at and deadline.due_at < at):
        return Standing.OVERDUE
    if deadline.due_on == on:
        return Standing.TODAY
    return Standing.SOON if deadline.due_on <= on + timedelta(days=SOON_DAYS) else Standing.LATER


def deadlines(stay: Stay, calendar: WorkCalendar, on: date) -> tuple[Deadline, ...]:
    """Everything this stay owes as of a day, the most urgent first. Rules are those in force on that day."""
    found = [
        *_documents(stay, calendar, on),
        *_safety(stay, calendar, on),
        *_tests(stay, calendar, on),
        *_certification(stay, calendar, on),
    ]
    for id, recorded_at in stay.incidents:
        rule = "incident.state_report_hours"
        found += _clock(DueKind.INCIDENT_REPORT, rule, recorded_at, stay, calendar, on, id)
    found += [
        Deadline(DueKind.TARGET, day, day, None, subject_id=objective_id)
        for objective_id, day in stay.targets
        if day <= on + timedelta(days=SOON_DAYS)
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.kind, str(each.subject_id))))


def _documents(stay: Stay, calendar: WorkCalendar, on: date) -> Iterator[Deadline]:
    admitted = datetime.combine(stay.starts_on, time(), stay.zone)
    if not stay.evaluated and stay.admitted_at:
        yield from _clock(DueKind.EVALUATION, "plan.evaluation_hours", stay.admitted_at, stay, calendar, on)
    if not stay.assessed:
        yield from _clock(DueKind.ASSESSMENT, "plan.assessment_days", admitted, stay, calendar, on)
    if stay.first_in_force_at is None:
        yield from _clock(DueKind.PLAN, "plan.initial_days", admitted, stay, calendar, on)
    else:
        seen_at = max(stay.first_in_force_at, stay.last_reviewed_at or stay.first_in_force_at)
        yield from _clock(DueKind.REVIEW, "plan.review_days", seen_at, stay, calendar, on)
    if stay.waits_for_patient and stay.offered_at:
        id = "plan.patient_signature_days"
        yield from _clock(DueKind.PATIENT_SIGNATURE, id, stay.offered_at, stay, calendar, on)
    if stay.cosigner_since:
        id = "plan.qp_countersign_days"
        yield from _clock(DueKind.COSIGNATURE, id, stay.cosigner_since, stay, calendar, on)


def _safety(stay: Stay, calendar: WorkCalendar, on: date) -> Iterator[Deadline]:
    if (
        stay.risk
        and stay.risk_found_at
        and not stay.without_safety_plan
        and plan_required(stay.risk, stay.risk_found_at, plan_touched_at=stay.safety_touched_at)
    ):
        yield from _clock(DueKind.SAFETY_PLAN, "safety.plan_hours", stay.risk_found_at, stay, calendar, on)
    unexpected = [t.recorded_at for t in stay.tests if t.outcome == "unexpected" and t.recorded_at]
    events = [*unexpected, stay.last_reviewed_at, stay.changed_at, stay.unclear_at, stay.leaving_at]
    asked = max((each for each in events if each), default=None)
    heard = stay.asked_about_risk_at
    if asked and (heard is None or heard < asked - timedelta(days=1)):
        yield from _clock(DueKind.RESCREEN, "safety.rescreen_days", asked, stay, calendar, on)


def _tests(stay: Stay, calendar: WorkCalendar, on: date) -> Iterator[Deadline]:
    for test in stay.tests:
        if test.recorded_at is None:
            since = test.ordered_at.astimezone(stay.zone).date()
            yield Deadline(DueKind.DRUG_TEST, since, test.due_on, None, subject_id=test.id)
        elif not test.discussed:
            id = "test.discussion_days"
            yield from _clock(DueKind.DISCUSSION, id, test.recorded_at, stay, calendar, on, test.id)


def _certification(stay: Stay, calendar: WorkCalendar, on: date) -> Iterator[Deadline]:
    """Under the Medicare pack at the start; after a first certification every so many days (check C13)."""
    if stay.certified_from is not None:
        since = datetime.combine(stay.certified_from, time(), stay.zone)
        yield from _clock(DueKind.CERTIFICATION, "medicare.recert_days", since, stay, calendar, on)
    elif stay.pack.name == "us-medicare":
        admitted = datetime.combine(stay.starts_on, time(), stay.zone)
        yield from _clock(DueKind.CERTIFICATION, "plan.initial_days", admitted, stay, calendar, on)


@dataclass(frozen=True, slots=True)
class Left:
    """A stay that has ended. `own` is the program's rule pack where the state's pack sets another clock."""

    last_on: date
    told_at: datetime
    pack: RulePack
    own: RulePack
    zone: ZoneInfo
    unplanned: bool
    summed_up: bool = False
    called: bool = False


def after(left: Left, calendar: WorkCalendar, on: date) -> tuple[Deadline, ...]:
    """What is owed after a stay: the summary by the program's clock and by the law's (check C18), and a call
    to who left without a plan (check H09)."""
    found: list[Deadline] = []
    ended = datetime.combine(left.last_on, time(), left.zone)
    stay = Stay(starts_on=left.last_on, pack=left.pack, zone=left.zone)
    if not left.summed_up:
        id = "discharge.summary_days"
        found += _clock(DueKind.DISCHARGE_SUMMARY, id, ended, stay, calendar, on)
        if left.own.rule(id, on).value != left.pack.rule(id, on).value:
            ours = Stay(starts_on=left.last_on, pack=left.own, zone=left.zone)
            found += _clock(DueKind.DISCHARGE_SUMMARY, id, ended, ours, calendar, on)
    if left.unplanned and not left.called:
        found += _clock(DueKind.FOLLOW_UP_CALL, "discharge.call_hours", left.told_at, stay, calendar, on)
    return tuple(sorted(found, key=lambda each: (each.due_on, each.kind)))


def _clock(
    kind: DueKind,
    id: str,
    since: datetime,
    stay: Stay,
    calendar: WorkCalendar,
    on: date,
    subject_id: UUID | None = None,
) -> Iterator[Deadline]:
    """The deadline of one rule; nothing where the pack has switched it off or its day is not known yet."""
    running = ticking(stay.pack, id, on)
    if running is None:
        return
    day = since.astimezone(stay.zone).date()
    if running.clock.unit is Unit.HOURS:
        ends_at = due_at(running.clock, since)
        last = ends_at.astimezone(stay.zone).date()
        yield Deadline(kind, day, last, running.rule, ends_at, subject_id)
        return
    ends_on = due_on(running.clock, day, calendar, services=stay.services)
    if ends_on is not None:
        yield Deadline(kind, day, ends_on, running.rule, subject_id=subject_id)
