"""Twelve weeks of questionnaires: most people get better, some stay where they were, a few get worse."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.config.demo.clinic import House
from homeground.config.demo.patients import SEED
from homeground.people.models import Membership
from homeground.people.roles import Role
from homeground.placement import actions as placement
from homeground.placement.models import (
    Administration,
    CriticalAnswer,
    Dismissal,
    Disposition,
    MeasureAnswer,
    MeasureScore,
    Packet,
)
from homeground.placement.queries.instruments import named
from homeground.placement.queries.trends import schedule
from homeground.placement.rules.disposition import Outcome, SafetyPlanNow
from homeground.placement.rules.instruments import flow
from homeground.placement.rules.instruments.definition import Critical, Instrument, Item, Kind
from homeground.placement.rules.instruments.schedule import Due, due
from homeground.placement.rules.instruments.score import critical, score

ZONE = ZoneInfo("America/Denver")
ANSWERED = 0.86
BETTER_WHEN_HIGH = {"barc-10"}
PROTECTIVE = {"9", "10", "12", "13", "14", "16", "17"}
FEW_DAYS = 0.55


@dataclass(frozen=True)
class Course:
    """How heavily somebody is burdened at first, how that changes in twelve weeks, and how much it wavers."""

    first: float
    change: float

    def at(self, week: float, chance: random.Random) -> float:
        """The burden in one week, 0 none to 1 all."""
        level = self.first + self.change * min(week, 12) / 12 + chance.gauss(0, 0.05)
        return min(0.95, max(0.02, level))


@dataclass
class Rows:
    """What is written at the end in a few statements."""

    packets: list[Packet]
    administrations: list[Administration]
    answers: list[MeasureAnswer]
    scores: list[MeasureScore]
    criticals: list[CriticalAnswer]
    dismissals: list[Dismissal]
    dispositions: list[Disposition]


def measure(house: House, at: datetime) -> None:
    """Give everybody in treatment the questionnaires of their stay; the newest ones wait for an answer."""
    chance, rows, turn = random.Random(SEED), Rows([], [], [], [], [], [], []), count()
    placement.set_measures(
        shows_severity=False,
        on_call_id=house.staff["counselor"].person.pk,
        lead_id=house.staff["director"].person.pk,
        by=house.by("director"),
        at=at,
    )
    _roster(house, at)
    today = at.astimezone(ZONE).date()
    for stay in chart.admitted_on(today):
        course = _course(next(turn), chance)
        for each in _asked(stay, today, course):
            _ask(house, stay, course, each, at, chance, rows)
    Packet.objects.bulk_create(rows.packets)
    Administration.objects.bulk_create(rows.administrations)
    MeasureAnswer.objects.bulk_create(rows.answers, batch_size=2000)
    MeasureScore.objects.bulk_create(rows.scores)
    CriticalAnswer.objects.bulk_create(rows.criticals)
    Disposition.objects.bulk_create(rows.dispositions)
    Dismissal.objects.bulk_create(rows.dismissals)


def _course(number: int, chance: random.Random) -> Course:
    first = chance.uniform(0.3, 0.7)
    if number % 9 == 4:
        return Course(first=chance.uniform(0.2, 0.4), change=chance.uniform(0.25, 0.4))
    if number % 5 == 2:
        return Course(first=first, change=chance.uniform(-0.08, 0.08))
    return Course(first=first, change=-first * chance.uniform(0.5, 0.85))


def _asked(stay: chart.EpisodeFacts, today: date, course: Course) -> Iterator[Due]:
    """Every round that fell due since the stay began, as the schedule would have asked it."""
    latest = {("phq-9", "total"): int(27 * course.first)}
    seen = set()
    for days in range((today - stay.starts_on).days + 1):
        on = stay.starts_on + timedelta(days=days)
        for each in due(schedule(), starts_on=stay.starts_on, ends_on=stay.ends_on, on=on, latest=latest):
            if each.due_on == on and (each.occasion, on) not in seen:
                seen.add((each.occasion, on))
                yield each


def _ask(
    house: House,
    stay: chart.EpisodeFacts,
    course: Course,
    asked: Due,
    at: datetime,
    chance: random.Random,
    rows: Rows,
) -> None:
    owns = {"organization_id": house.organization_id}
    made_at = datetime.combine(asked.due_on, time(8), ZONE)
    # What was asked in the last two days may still be answered.
    open_now = made_at > at - timedelta(days=2)
    if made_at > at:
        made_at = at - timedelta(minutes=5)
    packet = Packet(
        **owns,
        patient_id=stay.patient.patient_id,
        occasion=asked.occasion,
        mode=Packet.Mode.LINK if chance.random() < 0.7 else Packet.Mode.KIOSK,
        due_on=asked.due_on,
        made_at=made_at,
        answerable_until=made_at + timedelta(days=3),
    )
    rows.packets.append(packet)
    answered = not open_now and chance.random() < ANSWERED
    week = (asked.due_on - stay.starts_on).days / 7
    done_at = made_at + timedelta(minutes=chance.randint(20, 700))
    for place, code in enumerate(asked.instruments):
        instrument = named(code)
        row = Administration(
            **owns,
            packet=packet,
            patient_id=stay.patient.patient_id,
            place=place,
            instrument=instrument.id,
            version=instrument.version,
            begun_at=done_at if answered else None,
            completed_at=done_at + timedelta(minutes=4) if answered else None,
            abandoned_at=None if answered or open_now else packet.answerable_until,
        )
        rows.administrations.append(row)
        if answered:
            _fill(house, stay, row, instrument, course.at(week, chance), chance, rows)


def _fill(
    house: House,
    stay: chart.EpisodeFacts,
    row: Administration,
    instrument: Instrument,
    level: float,
    chance: random.Random,
    rows: Rows,
) -> None:
    owns = {"organization_id": house.organization_id}
    assert row.begun_at is not None
    answers: dict[str, int] = {}
    while (item := flow.next_item(instrument, answers, frozenset())) is not None:
        answers[item.id] = _answer(instrument, item, level, chance)
    rows.answers += [
        MeasureAnswer(**owns, administration=row, item=key, value=value, answered_at=row.begun_at)
        for key, value in answers.items()
    ]
    rows.scores += [
        MeasureScore(**owns, administration=row, scale=key, value=value)
        for key, value in score(instrument, answers).scales.items()
    ]
    for rule in critical(instrument, answers):
        _hear(house, stay, row, rule, answers[rule.item], rows)


def _answer(instrument: Instrument, item: Item, level: float, chance: random.Random) -> int:
    if instrument.id == "phq-9" and item.id == "9":
        return int(level > 0.62 and chance.random() < 0.35)
    bam = instrument.id.startswith("bam")
    if bam and item.id.startswith("7"):
        # Days with one of many drugs: few people use several.
        return min(item.high, chance.choice((0, 0, 0, 0, 0, 1, 2))) if level > FEW_DAYS else 0
    good = instrument.id in BETTER_WHEN_HIGH or (bam and item.id in PROTECTIVE)
    drawn = min(1.0, max(0.0, (1 - level if good else level) + chance.gauss(0, 0.13)))
    if bam and item.id in {"4", "5", "6"}:
        drawn = max(0.0, drawn - 0.45)
    if item.options:
        values = sorted(option.value for option in item.options)
        return values[round(drawn * (len(values) - 1))]
    return item.low + round(drawn * (item.high - item.low))


def _hear(
    house: House, stay: chart.EpisodeFacts, row: Administration, rule: Critical, value: int, rows: Rows
) -> None:
    """What was critical then was seen to by two people long ago."""
    owns = {"organization_id": house.organization_id}
    assert row.begun_at is not None
    counselor = stay.counselor_id or house.staff["counselor"].person.pk
    second = house.staff["director"].person.pk
    if second == counselor:
        second = house.staff["counselor"].person.pk
    seen_at = row.begun_at + timedelta(minutes=min(40, rule.within_minutes // 2))
    found = CriticalAnswer(
        **owns,
        administration=row,
        patient_id=stay.patient.patient_id,
        item=rule.item,
        value=value,
        kind=rule.kind.value,
        raised_at=row.begun_at,
        due_at=row.begun_at + timedelta(minutes=rule.within_minutes),
        responsible_id=counselor,
        acknowledged_at=seen_at,
        acknowledged_by_id=counselor,
        closed_at=seen_at + timedelta(hours=2),
    )
    rows.criticals.append(found)
    if rule.kind is Kind.SUICIDE:
        rows.dispositions.append(
            Disposition(
                **owns,
                critical=found,
                outcome=Outcome.TALKED.value,
                reached_at=seen_at + timedelta(minutes=30),
                safety_plan=SafetyPlanNow.READ_OVER.value,
                at=seen_at + timedelta(minutes=60),
                by_id=counselor,
            )
        )
    for person_id, minutes, done in (
        (counselor, 60, "Called back the same day; talked for half an hour; next step agreed."),
        (second, 120, "Read what was done. Agree."),
    ):
        rows.dismissals.append(
            Dismissal(
                **owns, critical=found, by_id=person_id, at=seen_at + timedelta(minutes=minutes), done=done
            )
        )


def wait_for_answers(house: House, at: datetime) -> None:
    """Some people were asked a few hours ago and have not answered; who can sign in is among them."""
    stays = chart.admitted_on(at.astimezone(ZONE).date())
    signs_in = set(
        Membership.objects.filter(role=Role.PATIENT, ends_at=None).values_list("person_id", flat=True)
    )
    chosen = [stay for stay in stays if stay.patient.person_id in signs_in] + list(stays[5:10])
    for stay in chosen:
        placement.send(
            patient_id=stay.patient.patient_id,
            instruments=["bam-iop"],
            mode="link",
            by=house.by("counselor"),
            at=at - timedelta(hours=3),
        )


def answer_critically(house: House, at: datetime) -> None:
    """One person answers today so that somebody must hear of it; nobody has yet."""
    today = at.astimezone(ZONE).date()
    stay = next(each for each in chart.admitted_on(today) if each.counselor_id is not None)
    sent = placement.send(
        patient_id=stay.patient.patient_id,
        instruments=["phq-9"],
        mode="staff",
        by=house.by("counselor"),
        at=at - timedelta(minutes=30),
    )
    row = Administration.objects.get(packet_id=sent.packet_id)
    for item in ("1", "2", "9"):
        placement.answer(
            administration_id=row.pk,
            item=item,
            value=1,
            was=None,
            by=house.by("counselor"),
            at=at - timedelta(minutes=25),
        )


def _roster(house: House, at: datetime) -> None:
    """Who answers in the evenings of the next week: counselor and director in turn."""
    today = at.astimezone(ZONE).date()
    for day in range(7):
        begins = datetime.combine(today + timedelta(days=day), time(17), ZONE)
        placement.put_on_call(
            person_id=house.staff["director" if day % 2 else "counselor"].person.pk,
            starts_at=begins,
            ends_at=begins + timedelta(hours=15),
            by=house.by("director"),
            at=at,
        )
