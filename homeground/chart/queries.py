from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.utils.functional import Promise

from homeground.chart.models import Discharge, Episode, LevelPeriod, Patient
from homeground.chart.rules import DischargeReason
from homeground.chart.words import REASONS
from homeground.ground.statement import Statement, one_of
from homeground.program import queries as program
from homeground.program.rules.vocabulary import Population, WeekDefinition


@dataclass(frozen=True, slots=True)
class PatientName:
    """How a patient is shown to staff: what they like to be called, and the family name."""

    patient_id: UUID
    person_id: UUID
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """One stay in a program as other rooms need it.

    `level` is the level of care on the day asked for, or the first one when the stay begins later;
    empty when none is recorded. `ends_on` is exclusive and None while the stay is open. `rules` say
    how the program counts a week.
    """

    id: UUID
    patient: PatientName
    program_id: UUID
    program_name: str
    population: str
    counselor_id: UUID | None
    level: str
    starts_on: date
    ends_on: date | None
    born_on: date | None
    admitted_at: datetime
    rules: program.ProgramRules


def open_episode(patient_id: UUID, on: date) -> EpisodeFacts | None:
    """The stay of a patient that has not ended by `on`, also when it begins later. One statement."""
    return _first(_OPEN.first(on=on, patient_id=patient_id))


def open_episode_of_person(person_id: UUID, on: date) -> EpisodeFacts | None:
    """The stay of a person that has not ended by `on`, None when they have no chart. One statement."""
    return _first(_OPEN_OF_PERSON.first(on=on, person_id=person_id))


def episode(episode_id: UUID, on: date) -> EpisodeFacts | None:
    """One stay by its id, None when it is not here. One statement."""
    return _first(_EPISODE.first(on=on, episode_id=episode_id))


def episodes(episode_ids: Collection[UUID], on: date) -> dict[UUID, EpisodeFacts]:
    """Stays by their ids; what is not here is left out. One statement."""
    return {row["id"]: _facts(row) for row in _episodes(on).filter(pk__in=episode_ids)}


def stays_of(patient_id: UUID, on: date) -> tuple[EpisodeFacts, ...]:
    """Every stay of a patient, ended ones too, the newest first. One statement."""
    return tuple(_facts(row) for row in _episodes(on).filter(patient_id=patient_id).order_by("-starts_on"))


def state_of_care(person_id: UUID) -> str:
    """The state in which a person is or was last treated, empty without a stay. One statement."""
    rows = Episode.objects.filter(patient__person_id=person_id).order_by("-starts_on")
    return rows.values_list("program__center__state", flat=True).first() or ""


def admitted_on(day: date, patient_ids: Collection[UUID] | None = None) -> tuple[EpisodeFacts, ...]:
    """Every stay that covers this day, by name; of these patients alone if given. One statement."""
    if patient_ids is None:
        rows = _ADMITTED.rows(day=day)
    else:
        rows = _ADMITTED_OF.rows(day=day, patient_ids=list(patient_ids))
    return tuple(_facts(row) for row in rows)


@dataclass(frozen=True, slots=True)
class DischargeFacts:
    """How a stay was ended; `ends_on` is the first day that no longer belongs to it."""

    reason: DischargeReason
    ends_on: date
    at: datetime
    by_id: UUID


def reasons() -> Mapping[DischargeReason, Promise]:
    """Why a stay can end, in the words staff choose from."""
    return REASONS


def discharge_of(episode_id: UUID) -> DischargeFacts | None:
    """How a stay was ended, None while nobody has ended it. One statement."""
    row = Discharge.objects.filter(episode=episode_id).select_related("episode").first()
    if row is None or row.episode.ends_on is None:
        return None
    return DischargeFacts(DischargeReason(row.reason), row.episode.ends_on, row.at, row.by_id)


def ended_since(day: date) -> tuple[tuple[EpisodeFacts, DischargeFacts], ...]:
    """Stays that were ended and whose last day was `day` or later, the oldest end first. One statement."""
    return tuple(
        (
            _facts(row),
            DischargeFacts(DischargeReason(row["why"]), row["ends_on"], row["told_at"], row["told_by"]),
        )
        for row in _ENDED.rows(day=day)
    )


def patient_names(patient_ids: Collection[UUID]) -> dict[UUID, PatientName]:
    """Names by patient id; ids that are not here are left out. One statement."""
    rows = Patient.objects.filter(pk__in=patient_ids).select_related("person")
    return {row.pk: _name(row) for row in rows}


def patient_name(patient_id: UUID) -> PatientName | None:
    """The name of one patient, None when there is no such chart here. One statement."""
    return patient_names([patient_id]).get(patient_id)


def patient_of_person(person_id: UUID) -> PatientName | None:
    """The chart of a person, None when they have none. One statement."""
    row = Patient.objects.filter(person_id=person_id).select_related("person").first()
    return _name(row) if row else None


def patients_named(text: str, *, limit: int = 8) -> tuple[PatientName, ...]:
    """Patients, also former ones, of whose names most words of the text begin one, or whose number it is.

    For staff who were asked about somebody and look whether the person is known. One statement.
    """
    words = [word for word in text.replace(",", " ").split() if len(word) > 1 or word.isdecimal()][:6]
    if not words:
        return ()
    hits = [_hit(word) for word in words]
    score = sum(
        (Case(When(hit, then=1), default=0, output_field=IntegerField()) for hit in hits[1:]),
        start=Case(When(hits[0], then=1), default=0, output_field=IntegerField()),
    )
    rows = Patient.objects.filter(reduce(or_, hits)).annotate(score=score).select_related("person")
    return tuple(_name(row) for row in rows.order_by("-score", "person__family_name", "id")[:limit])


def _hit(word: str) -> Q:
    found = Q(number=int(word)) if word.isdecimal() and len(word) < 10 else Q()
    for name in ("given_name", "family_name", "called"):
        found |= Q(**{f"person__{name}__istartswith": word})
    return found


def part2_marks(patient_id: UUID) -> frozenset[bool]:
    """Under which law the patient's stays fall: True for programs under 42 CFR part 2. One statement.

    Somebody in two programs may have both marks (check F33); without any stay there is none.
    """
    return frozenset(Episode.objects.filter(patient_id=patient_id).values_list("program__part2", flat=True))


STAYS = """
left join lateral (
  select (array_agg(c.id))[1] as patient_id,
         coalesce(bool_or(e.counselor_id = %(me)s), false) as counselor,
         coalesce(bool_or(p.part2), true) as part2,
         coalesce(bool_or(e.ends_on is null or e.ends_on > %(since)s), true) as current
    from chart_patient c
    left join chart_episode e on e.patient_id = c.id
    left join program_program p on p.id = e.program_id
   where c.person_id = asked.person_id
) stays on true
"""
"""For each `asked.person_id` of a larger statement: the chart, whether %(me)s is or was their counselor,
whether a stay was in a program under 42 CFR part 2, and whether one has not ended before %(since)s. Who
has no stay yet has asked for treatment: current, and protected like a patient (42 CFR 2.11)."""


def _open(on: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=on)


def _episodes(on: date) -> QuerySet[Episode, Any]:
    levels = LevelPeriod.objects.filter(_open(on), episode=OuterRef("pk")).order_by("starts_on")
    return Episode.objects.order_by("starts_on", "id").values(
        "id",
        "patient_id",
        "program_id",
        "counselor_id",
        "starts_on",
        "ends_on",
        "admitted_at",
        person_id=F("patient__person_id"),
        number=F("patient__number"),
        called=F("patient__person__called"),
        given_name=F("patient__person__given_name"),
        family_name=F("patient__person__family_name"),
        born_on=F("patient__person__born_on"),
        program_name=F("program__name"),
        population=F("program__population"),
        week=F("program__week"),
        pack=F("program__rule_pack"),
        zone=program.zone_of_row(),
        level=Subquery(levels.values("level")[:1]),
    )


def _admitted(day: date) -> QuerySet[Episode, Any]:
    rows = _episodes(day).filter(_open(day), starts_on__lte=day)
    return rows.order_by("patient__person__family_name", "patient__person__given_name", "id")


_OPEN = Statement(lambda on, patient_id: _episodes(on).filter(_open(on), patient_id=patient_id)[:1])
_OPEN_OF_PERSON = Statement(
    lambda on, person_id: _episodes(on).filter(_open(on), patient__person_id=person_id)[:1]
)
_EPISODE = Statement(lambda on, episode_id: _episodes(on).filter(pk=episode_id)[:1])
_ADMITTED = Statement(_admitted)
_ENDED = Statement(
    lambda day: (
        _episodes(day)
        .filter(discharge__isnull=False, ends_on__gt=day)
        .annotate(why=F("discharge__reason"), told_at=F("discharge__at"), told_by=F("discharge__by_id"))
        .order_by("ends_on", "id")
    )
)
_ADMITTED_OF = Statement(lambda day, patient_ids: _admitted(day).filter(one_of("patient_id", patient_ids)))


def _first(row: Mapping[str, Any] | None) -> EpisodeFacts | None:
    return None if row is None else _facts(row)


def _facts(row: Mapping[str, Any]) -> EpisodeFacts:
    return EpisodeFacts(
        id=row["id"],
        patient=PatientName(
            patient_id=row["patient_id"],
            person_id=row["person_id"],
            number=row["number"],
            name=f"{row['called'] or row['given_name']} {row['family_name']}".strip(),
        ),
        program_id=row["program_id"],
        program_name=row["program_name"],
        population=row["population"],
        counselor_id=row["counselor_id"],
        level=row["level"] or "",
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        born_on=row["born_on"],
        admitted_at=row["admitted_at"],
        rules=program.ProgramRules(
            id=row["program_id"],
            population=Population(row["population"]),
            week=WeekDefinition(row["week"]),
            pack=program.pack(row["pack"]),
            zone=row["zone"],
        ),
    )


def _name(row: Patient) -> PatientName:
    person = row.person
    return PatientName(
        patient_id=row.pk,
        person_id=person.pk,
        number=row.number,
        name=f"{person.called or person.given_name} {person.family_name}".strip(),
    )
