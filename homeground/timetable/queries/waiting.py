"""The waiting list, and chairs that are kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from homeground.chart import queries as chart
from homeground.timetable.models import Candidate, Hold, Waiting
from homeground.timetable.queries.board import clinic_week, meeting
from homeground.timetable.queries.design import candidate_meetings
from homeground.timetable.queries.fit import seekers
from homeground.timetable.rules.clinic import ClinicWeek, OpenGroup, ProgramOffer, Seeker
from homeground.timetable.rules.fit import Change, Offer, answer
from homeground.timetable.rules.floor import Prescription
from homeground.timetable.rules.waiting import Place, in_order, offered
from homeground.timetable.rules.week import Meeting


@dataclass(frozen=True, slots=True)
class Kept:
    """A chair kept for somebody until a moment; `meetings` where they would come to some sessions only."""

    hold_id: UUID
    group_id: UUID
    group: str
    by_video: bool
    starts_on: date
    until: datetime
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Idea:
    """A group that could begin, of a scenario on the design board, and that would suit somebody."""

    group: str
    scenario_id: UUID
    scenario: str


@dataclass(frozen=True, slots=True)
class WaitingPerson:
    """One who waits: the groups that fit them (with or without a free chair) and what they are offered.

    `offer` is dealt in the order of the list, so two people are never offered the same chair. `changes`
    are the smallest changes that would help when nothing fits, `could` the groups that do not run yet.
    """

    waiting_id: UUID
    episode_id: UUID
    person_id: UUID
    name: str
    program: str
    urgency: int
    since: datetime
    fits: tuple[Offer, ...]
    offer: Offer | None
    kept: Kept | None
    changes: tuple[Change, ...]
    could: tuple[Idea, ...]


def waiting_list(on: date) -> tuple[WaitingPerson, ...]:
    """Everybody who waits, in the order of the list. At most fourteen statements, however many wait."""
    rows = {row.episode_id: row for row in Waiting.objects.filter(left_at=None)}
    episodes = chart.episodes(list(rows), on)
    kept = kept_for(list(rows))
    asks = seekers([each for each in episodes.values() if each.id not in kept], on=on) if rows else {}
    clinic = clinic_week(on) if asks else ClinicWeek((), (), ())
    answers = {episode: answer(clinic, seeker) for episode, seeker in asks.items()}
    could = _could(asks) if asks else {}
    places = [Place(row.episode_id, row.urgency, row.since) for row in rows.values()]
    dealt = offered(places, answers)
    return tuple(
        WaitingPerson(
            waiting_id=rows[place.episode_id].pk,
            episode_id=place.episode_id,
            person_id=episodes[place.episode_id].patient.person_id,
            name=episodes[place.episode_id].patient.name,
            program=episodes[place.episode_id].program_name,
            urgency=place.urgency,
            since=place.since,
            fits=answers[place.episode_id].offers if place.episode_id in answers else (),
            offer=dealt.get(place.episode_id),
            kept=kept.get(place.episode_id),
            changes=next(iter(answers[place.episode_id].changes), ()) if place.episode_id in answers else (),
            could=could.get(place.episode_id, ()),
        )
        for place in in_order(places)
    )


def _could(asks: Mapping[UUID, Seeker]) -> dict[UUID, tuple[Idea, ...]]:
    """Which groups of the scenarios on the board would suit each of these. One statement."""
    rows = Candidate.objects.filter(scenario__discarded_at=None).select_related("scenario__program")
    rows = rows.exclude(scenario__solvings__published_at__isnull=False).order_by("name", "pk")
    ideas = {row.pk: Idea(row.name, row.scenario_id, row.scenario.name) for row in rows}
    board = ClinicWeek(
        programs=tuple({row.scenario.program_id: _program(row) for row in rows}.values()),
        groups=tuple(_group(row) for row in rows),
        hours=(),
    )
    return {
        episode: tuple(ideas[offer.group_id] for offer in answer(board, seeker).offers)
        for episode, seeker in asks.items()
        if ideas
    }


def _program(row: Candidate) -> ProgramOffer:
    owing = row.scenario.program
    owed = Prescription(owing.core_minutes, owing.min_days, owing.max_days, owing.min_day_minutes)
    return ProgramOffer(owing.pk, owing.population, owed)


def _group(row: Candidate) -> OpenGroup:
    return OpenGroup(
        id=row.pk,
        name=row.name,
        program_id=row.scenario.program_id,
        kind="core",
        track=row.track,
        meetings=candidate_meetings(row),
        capacity=row.capacity,
        taken=0,
        language=row.language,
        population=row.scenario.program.population,
        gender="",
        dual=False,
        video=row.video,
        video_seats=False,
        attend=0,
    )


def waits(episode_id: UUID) -> UUID | None:
    """The entry of a stay on the waiting list, None when it is not on it. One statement."""
    rows = Waiting.objects.filter(episode_id=episode_id, left_at=None)
    return rows.values_list("pk", flat=True).first()


def kept_for(episode_ids: Collection[UUID]) -> dict[UUID, Kept]:
    """The chair kept for each of these stays, if any. One statement, two more where there is one."""
    rows = Hold.objects.filter(seat__episode__in=episode_ids).select_related("seat__group")
    rows = rows.prefetch_related("seat__comes_to__slot")
    return {
        row.seat.episode_id: Kept(
            hold_id=row.pk,
            group_id=row.seat.group_id,
            group=row.seat.group.name,
            by_video=row.seat.by_video,
            starts_on=row.seat.starts_on,
            until=row.until,
            meetings=tuple(sorted(meeting(each.slot) for each in row.seat.comes_to.all())),
        )
        for row in rows.order_by("until")
    }


def episode_of_hold(hold_id: UUID) -> UUID | None:
    """Whose chair is kept, None when it is not here. One statement."""
    return Hold.objects.filter(pk=hold_id).values_list("seat__episode_id", flat=True).first()
