"""Does treatment fit this week? The question of the public page, the command and the staff panel."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from homeground.chart import queries as chart
from homeground.people import queries as people
from homeground.timetable.models import CounselorSeat, Group, Seat
from homeground.timetable.models.span import lasting
from homeground.timetable.queries.apart import closed_groups, closed_groups_of_all
from homeground.timetable.queries.board import clinic_week
from homeground.timetable.queries.obligations import PersonWeek, busy_of, busy_of_all
from homeground.timetable.rules.clinic import ClinicWeek, Seeker
from homeground.timetable.rules.fit import FitAnswer, answer
from homeground.timetable.rules.week import Meeting, cell_spans, minute, span
from homeground.timetable.solver.week import Span


def fit(
    *,
    busy: frozenset[tuple[int, int]],
    travel_minutes: int,
    video: bool,
    population: str,
    language: str | None,
    on: date,
    soft: frozenset[tuple[int, int]] = frozenset(),
) -> FitAnswer:
    """Whether today's open seats hold a full week of treatment for someone who is busy at these times.

    `busy` and `soft` are half-hours as (weekday 0 = Monday, 0 to 47), as the week painter gives them;
    soft ones may be used at a price. `travel_minutes` is one way. `population` is "adult" or "adolescent";
    `language` None means any. Nothing is stored. Four statements; works in the public channel.
    """
    seeker = Seeker(
        busy=cell_spans(busy),
        soft=cell_spans(soft - busy),
        travel_minutes=travel_minutes,
        video=video,
        population=population,
        language=language,
    )
    return answer(clinic_week(on), seeker)


def fit_for(episode: chart.EpisodeFacts, *, on: date) -> tuple[FitAnswer, PersonWeek]:
    """The same question for a patient, with their obligations, gates and counselor, and that week itself.

    Groups somebody must not share with them are left out without a word. At most thirteen statements.
    """
    week = busy_of(episode.patient.person_id, on=on)
    person = people.person(episode.patient.person_id)
    closed = closed_groups(episode.patient.person_id, on)
    held = held_besides([episode.id], on).get(episode.id, ())
    return answer(clinic_week(on), _seeker(episode, person, week, closed, held)), week


def sessions_that_fit(episode: chart.EpisodeFacts, group_id: UUID, *, on: date) -> tuple[Meeting, ...]:
    """Which sessions of one group suit a stay best, where members come to some of them; none when none do."""
    clinic = clinic_week(on)
    alone = ClinicWeek(
        clinic.programs, tuple(each for each in clinic.groups if each.id == group_id), clinic.hours
    )
    found = answer(alone, seekers([episode], on=on)[episode.id])
    return found.offers[0].meetings if found.offers else ()


def fit_for_all(episodes: Collection[chart.EpisodeFacts], *, on: date) -> dict[UUID, FitAnswer]:
    """The same question for many stays at once, by episode id. At most twelve statements for all."""
    clinic = clinic_week(on)
    return {episode: answer(clinic, seeker) for episode, seeker in seekers(episodes, on=on).items()}


def seekers(episodes: Collection[chart.EpisodeFacts], *, on: date) -> dict[UUID, Seeker]:
    """What each of these stays asks of a week, by episode id. At most eight statements for all."""
    ids = [episode.patient.person_id for episode in episodes]
    weeks = busy_of_all(ids, on=on)
    persons = people.persons(ids)
    closed = closed_groups_of_all(ids, on)
    held = held_besides([episode.id for episode in episodes], on)
    return {
        episode.id: _seeker(episode, persons[person], weeks[person], closed[person], held.get(episode.id, ()))
        for episode in episodes
        for person in [episode.patient.person_id]
    }


def held_besides(episode_ids: Collection[UUID], on: date) -> dict[UUID, tuple[Span, ...]]:
    """The talks and the groups besides the core group that stays have from a day on. Two statements."""
    found: dict[UUID, list[Span]] = {}
    talks = CounselorSeat.objects.filter(lasting(on), episode__in=episode_ids)
    groups = Seat.objects.filter(lasting(on), episode__in=episode_ids, hold=None)
    groups = groups.exclude(group__kind=Group.Kind.CORE).exclude(group__slots=None)
    for rows, at in ((talks, "hour"), (groups, "group__slots")):
        times = rows.values_list("episode_id", f"{at}__weekday", f"{at}__starts", f"{at}__ends")
        for who, weekday, starts, ends in times:
            found.setdefault(who, []).append(span(weekday, minute(starts), minute(ends)))
    return {who: tuple(sorted(spans)) for who, spans in found.items()}


def _seeker(
    episode: chart.EpisodeFacts,
    person: people.PersonFacts,
    week: PersonWeek,
    closed: frozenset[UUID],
    held: tuple[Span, ...],
) -> Seeker:
    return Seeker(
        busy=week.busy,
        soft=week.soft,
        held=held,
        travel_minutes=week.travel_minutes,
        video=week.video,
        population=episode.population,
        language=person.language,
        gender=person.gender,
        dual=week.dual,
        daypart=week.daypart,
        counselor_id=episode.counselor_id,
        program_id=episode.program_id,
        closed=closed,
    )
