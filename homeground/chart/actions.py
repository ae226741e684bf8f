from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q

from homeground.audit import actions as audit
from homeground.chart import queries
from homeground.chart.models import Discharge, Episode, LevelPeriod, Patient
from homeground.chart.queries import EpisodeFacts
from homeground.chart.rules import DischargeReason, population_of
from homeground.ground import outbox
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS
from homeground.program import queries as program

_FIRST_NUMBER = 1001


class AlreadyAdmitted(Exception):
    """The person has a stay that overlaps this one; the database allows one at a time."""


class BirthDateMissing(Exception):
    """Without the date of birth nobody can say which program is the right one."""


class WrongPopulation(Exception):
    """Adults and adolescents are treated apart, by the age on the first day (check A18)."""


class NotACounselor(Exception):
    """The one named as counselor holds no role that may treat."""


class ProgramNotHere(Exception):
    """No such program in the organization in scope."""


class EpisodeNotHere(Exception):
    """No such open stay in the organization in scope."""


class EndsBeforeStart(Exception):
    """A stay ends at the earliest on the day after it began (the end is exclusive)."""


def admit(
    *,
    person_id: UUID,
    program_id: UUID,
    level: str,
    starts_on: date,
    counselor_id: UUID | None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Give a person a chart, or a returning patient a new stay, in one program at one level of care.

    Returns the id of the episode. The chart takes the person's own id, so that what was recorded
    before admission is found under one id. Raises PersonNotHere, NotACounselor, ProgramNotHere,
    BirthDateMissing, WrongPopulation, AlreadyAdmitted.
    """
    with transaction.atomic():
        _check_program(program_id, people.person(person_id).born_on, starts_on)
        if counselor_id not in (None, *(who.id for who in people.staff(CLINICIANS))):
            raise NotACounselor
        _one_admission_at_a_time(by.organization_id)
        patient = _patient(person_id, by=by, at=at)
        overlapping = Q(ends_on=None) | Q(ends_on__gt=starts_on)
        if patient.episodes.filter(overlapping).exists():
            raise AlreadyAdmitted
        episode = Episode.objects.create(
            organization_id=by.organization_id,
            patient=patient,
            program_id=program_id,
            counselor_id=counselor_id,
            starts_on=starts_on,
            admitted_at=at,
            admitted_by_id=require_account(by),
        )
        LevelPeriod.objects.create(
            organization_id=by.organization_id, episode=episode, level=level, starts_on=starts_on
        )
        audit.record(
            by=by,
            at=at,
            event="chart.episode.admitted",
            subject_kind="episode",
            subject_id=episode.pk,
            patient_id=patient.pk,
            facts={"level": level, "starts_on": starts_on.isoformat()},
        )
    return episode.pk


def read_episode(*, episode_id: UUID, on: date, by: Actor, at: datetime) -> EpisodeFacts:
    """Open one stay to look at it; looking is recorded. Raises EpisodeNotHere."""
    with transaction.atomic():
        found = queries.episode(episode_id, on)
        if found is None:
            raise EpisodeNotHere
        audit.record(
            by=by,
            at=at,
            event="chart.episode.read",
            subject_kind="episode",
            subject_id=episode_id,
            patient_id=found.patient.patient_id,
        )
    return found


def discharge(*, episode_id: UUID, ends_on: date, reason: DischargeReason, by: Actor, at: datetime) -> None:
    """End a stay and its level of care; `ends_on` is the first day that no longer belongs to it.

    Its chairs and hours are freed by whoever hears of it (config.reactions). Raises EpisodeNotHere (also
    when it has ended before), EndsBeforeStart.
    """
    with transaction.atomic():
        episode = Episode.objects.select_for_update().filter(pk=episode_id, ends_on=None).first()
        if episode is None:
            raise EpisodeNotHere
        if ends_on <= episode.starts_on:
            raise EndsBeforeStart
        Episode.objects.filter(pk=episode.pk).update(ends_on=ends_on)
        Discharge.objects.create(
            organization_id=by.organization_id,
            episode=episode,
            reason=reason.value,
            at=at,
            by_id=require_account(by),
        )
        levels = LevelPeriod.objects.filter(episode=episode)
        levels.filter(starts_on__gte=ends_on).delete()
        levels.filter(Q(ends_on=None) | Q(ends_on__gt=ends_on)).update(ends_on=ends_on)
        audit.record(
            by=by,
            at=at,
            event="chart.episode.discharged",
            subject_kind="episode",
            subject_id=episode.pk,
            patient_id=episode.patient_id,
            facts={"ends_on": ends_on.isoformat(), "reason": reason.value},
        )
        outbox.tell(event="chart.episode.discharged", subject_id=episode.pk, by=by, at=at)


def plan_levels(*, episode_id: UUID, levels: Sequence[tuple[date, str]], by: Actor, at: datetime) -> None:
    """From the first of these days on, the stay has these levels of care, each until the next begins.

    Periods that were to begin on the first day or later are replaced. The clinician who acts decides.
    Raises EpisodeNotHere (also when it has ended by then), EndsBeforeStart when the first day is not later
    than the stay's.
    """
    with transaction.atomic():
        first = levels[0][0]
        open_then = Q(ends_on=None) | Q(ends_on__gt=levels[-1][0])
        episode = Episode.objects.select_for_update().filter(open_then, pk=episode_id).first()
        if episode is None:
            raise EpisodeNotHere
        if first <= episode.starts_on:
            raise EndsBeforeStart
        periods = LevelPeriod.objects.filter(episode=episode)
        periods.filter(starts_on__gte=first).delete()
        periods.filter(Q(ends_on=None) | Q(ends_on__gt=first)).update(ends_on=first)
        ends = [*(day for day, _level in levels[1:]), episode.ends_on]
        LevelPeriod.objects.bulk_create(
            LevelPeriod(
                organization_id=by.organization_id,
                episode=episode,
                level=level,
                starts_on=day,
                ends_on=until,
            )
            for (day, level), until in zip(levels, ends, strict=True)
        )
        audit.record(
            by=by,
            at=at,
            event="chart.level.planned",
            subject_kind="episode",
            subject_id=episode.pk,
            patient_id=episode.patient_id,
            facts={"levels": ", ".join(f"{level} from {day.isoformat()}" for day, level in levels)},
        )


def _check_program(program_id: UUID, born_on: date | None, starts_on: date) -> None:
    rules = program.program_rules([program_id]).get(program_id)
    if rules is None:
        raise ProgramNotHere
    if born_on is None:
        raise BirthDateMissing
    if (
        population_of(born_on, starts_on, rules.pack.number("loc.adult_age", starts_on))
        is not rules.population
    ):
        raise WrongPopulation


def _one_admission_at_a_time(organization_id: UUID) -> None:
    """Two admissions of one clinic follow each other: patient numbers have no gaps and no doubles."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended('chart.admit ' || %s, 0))", [str(organization_id)]
        )


def _patient(person_id: UUID, *, by: Actor, at: datetime) -> Patient:
    patient = Patient.objects.filter(person_id=person_id).first()
    if patient is not None:
        return patient
    highest = Patient.objects.aggregate(highest=Max("number"))["highest"]
    return Patient.objects.create(
        id=person_id,
        organization_id=by.organization_id,
        person_id=person_id,
        number=_FIRST_NUMBER if highest is None else highest + 1,
        since=at,
    )
