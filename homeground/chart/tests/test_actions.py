from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from cast import make_person
from django.db import IntegrityError, transaction

from homeground.audit.models import Entry
from homeground.chart import actions, queries
from homeground.chart.models import Discharge, Episode, LevelPeriod, Patient
from homeground.chart.rules import DischargeReason
from homeground.ground import outbox
from homeground.ground.actor import NotSignedIn
from homeground.people.queries import PersonNotHere
from homeground.people.roles import Role

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
START = date(2026, 11, 23)
DONE = {"reason": DischargeReason.COMPLETED}


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def newcomer(clinic):
    return make_person(clinic, "Robin", "Sampleton", born_on=date(1991, 5, 2))


@pytest.fixture
def admit(clinic, newcomer, by, inside):
    def admitting(**changes):
        given = {
            "person_id": newcomer.pk,
            "program_id": clinic.adult.pk,
            "level": "2.1",
            "starts_on": START,
            "counselor_id": clinic.staff[Role.COUNSELOR].person.pk,
            "by": by,
            "at": AT,
        }
        return actions.admit(**{**given, **changes})

    return admitting


def test_admission_gives_a_chart_a_number_a_stay_and_a_level(admit, newcomer, clinic):
    episode_id = admit()
    found = queries.open_episode_of_person(newcomer.pk, START)
    assert (found.id, found.level, found.program_id) == (episode_id, "2.1", clinic.adult.pk)
    assert found.patient.number == 1002  # the cast has 1001
    assert found.patient.name == "Robin Sampleton"


def test_admission_is_in_the_audit_trail_with_codes_only(admit):
    episode_id = admit()
    entry = Entry.objects.get(event="chart.episode.admitted")
    assert entry.subject_id == episode_id
    assert entry.facts == {"level": "2.1", "starts_on": "2026-11-23"}


def test_the_chart_takes_the_persons_id(admit, newcomer):
    admit()
    assert Patient.objects.get(person=newcomer).pk == newcomer.pk


def test_a_second_open_stay_is_refused_and_nothing_is_written(admit):
    admit()
    before = Entry.objects.count()
    with pytest.raises(actions.AlreadyAdmitted):
        admit(starts_on=date(2027, 1, 4))
    assert Episode.objects.filter(starts_on=date(2027, 1, 4)).count() == 0
    assert Entry.objects.count() == before


def test_after_discharge_the_person_comes_back_under_the_same_number(admit, newcomer, by):
    actions.discharge(episode_id=admit(), ends_on=date(2026, 12, 12), **DONE, by=by, at=AT)
    assert queries.open_episode_of_person(newcomer.pk, date(2026, 12, 12)) is None
    admit(starts_on=date(2026, 12, 12))
    again = queries.open_episode_of_person(newcomer.pk, date(2026, 12, 12))
    assert again.patient.number == 1002


def test_a_stay_before_the_one_that_is_open_is_refused(admit):
    admit()
    with pytest.raises(actions.AlreadyAdmitted):
        admit(starts_on=date(2026, 1, 5))


def test_another_clinics_program_person_and_counselor_are_not_here(admit, cast):
    with pytest.raises(actions.ProgramNotHere):
        admit(program_id=cast.other_clinic.adult.pk)
    stranger = cast.other_clinic.staff[Role.COUNSELOR].person.pk
    with pytest.raises(PersonNotHere):
        admit(person_id=stranger)
    with pytest.raises(actions.NotACounselor):
        admit(counselor_id=stranger)
    with pytest.raises(PersonNotHere):
        admit(person_id=uuid4())
    assert Episode.objects.count() == 1


def test_the_counselor_must_be_one(admit, clinic):
    with pytest.raises(actions.NotACounselor):
        admit(counselor_id=clinic.staff[Role.BILLER].person.pk)
    admit(counselor_id=None)


def test_without_a_date_of_birth_nobody_is_admitted(admit, clinic):
    with pytest.raises(actions.BirthDateMissing):
        admit(person_id=make_person(clinic, "Alex", "Sampleton").pk)


@pytest.mark.parametrize(
    ("born_on", "fits", "refused"),
    [
        (date(2008, 11, 23), "adult", "adolescent"),  # eighteen on the first day
        (date(2008, 11, 24), "adolescent", "adult"),  # eighteen the day after
    ],
)
def test_adults_and_adolescents_are_admitted_apart(admit, clinic, born_on, fits, refused):
    person = make_person(clinic, "Alex", "Sampleton", born_on=born_on)
    with pytest.raises(actions.WrongPopulation):
        admit(person_id=person.pk, program_id=getattr(clinic, refused).pk)
    admit(person_id=person.pk, program_id=getattr(clinic, fits).pk)


def test_nobody_is_admitted_by_a_machine(admit, by):
    with pytest.raises(NotSignedIn):
        admit(by=replace(by, account_id=None))


def test_discharge_ends_the_level_with_the_stay(admit, by):
    episode_id = admit()
    actions.discharge(episode_id=episode_id, ends_on=date(2026, 12, 12), **DONE, by=by, at=AT)
    assert LevelPeriod.objects.get(episode_id=episode_id).ends_on == date(2026, 12, 12)


def test_why_a_stay_ended_is_kept_with_who_and_when(admit, by):
    episode_id = admit()
    told = {"reason": DischargeReason.MORE_CARE, "by": by, "at": AT}
    actions.discharge(episode_id=episode_id, ends_on=date(2026, 12, 12), **told)
    found = queries.discharge_of(episode_id)
    assert found == queries.DischargeFacts(DischargeReason.MORE_CARE, date(2026, 12, 12), AT, by.account_id)
    assert [told.event for told in map(outbox.take, outbox.untold())] == ["chart.episode.discharged"]


@pytest.mark.parametrize("reason", ["positive test", "non-compliant", ""])
def test_a_reason_that_blames_is_refused_by_the_database_too(admit, by, reason):
    episode = Episode.objects.get(pk=admit())
    owns = {"organization_id": by.organization_id, "at": AT, "by_id": by.account_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Discharge.objects.create(episode=episode, reason=reason, **owns)


def test_discharge_on_the_first_day_twice_or_elsewhere_is_refused(admit, by, cast):
    episode_id = admit()
    with pytest.raises(actions.EndsBeforeStart):
        actions.discharge(episode_id=episode_id, ends_on=START, **DONE, by=by, at=AT)
    actions.discharge(episode_id=episode_id, ends_on=date(2026, 12, 12), **DONE, by=by, at=AT)
    with pytest.raises(actions.EpisodeNotHere):
        actions.discharge(episode_id=episode_id, ends_on=date(2026, 12, 13), **DONE, by=by, at=AT)
    with pytest.raises(actions.EpisodeNotHere):
        actions.discharge(episode_id=uuid4(), ends_on=date(2026, 12, 13), **DONE, by=by, at=AT)


def test_the_database_refuses_two_stays_at_once(cast):
    episode = cast.patient_episode
    with pytest.raises(IntegrityError, match="chart_episode_one_at_a_time"), transaction.atomic():
        Episode.objects.create(
            organization_id=episode.organization_id,
            patient=episode.patient,
            program=episode.program,
            starts_on=date(2027, 1, 1),
            admitted_at=AT,
            admitted_by_id=uuid4(),
        )


def test_the_database_refuses_a_stay_that_ends_before_it_begins(cast):
    with pytest.raises(IntegrityError, match="chart_episode_ends_later"), transaction.atomic():
        Episode.objects.filter(pk=cast.patient_episode.pk).update(ends_on=cast.patient_episode.starts_on)
