from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from cast import make_person
from django.db import IntegrityError, transaction

from homeground.audit.models import Entry
from homeground.chart import actions as chart
from homeground.chart import queries as charts
from homeground.confidentiality import queries as confidentiality
from homeground.ground import scope
from homeground.people.queries import PersonNotHere
from homeground.people.roles import Role
from homeground.placement import actions, queries
from homeground.placement.models import Decision, DomainRating, Fact, RedFlag, Screening
from homeground.placement.queries import Rated, ScreeningNotHere
from homeground.placement.rules.questions import Answer
from homeground.placement.tests.spec import rated

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def screening(clinic, by, inside):
    person = make_person(clinic, "Sky", "")
    return actions.open_screening(person_id=person.pk, by=by, at=AT)


@pytest.fixture
def fill(screening, by):
    """Go through the flags and rate every domain."""

    def filling(flags=(), **ratings):
        actions.record_red_flags(screening_id=screening, flags=flags, by=by, at=AT)
        each = {code: Rated(rating, "seen in the talk") for code, rating in rated(**ratings).items()}
        actions.rate_domains(screening_id=screening, ratings=each, by=by, at=AT)

    return filling


def decide(screening, by, level="2.1", seen="2.1", reason=""):
    actions.decide(screening_id=screening, level=level, seen=seen, override_reason=reason, by=by, at=AT)


def test_a_screening_of_another_clinics_person_is_not_opened(cast, by, inside):
    with pytest.raises(PersonNotHere):
        actions.open_screening(person_id=cast.other_clinic.staff[Role.COUNSELOR].person.pk, by=by, at=AT)
    assert not Screening.objects.exists()


def test_no_red_flag_is_an_answer_too(screening, by):
    actions.record_red_flags(screening_id=screening, flags=(), by=by, at=AT)
    answers = queries.screening(screening).answers
    assert answers.withdrawal_screened
    assert answers.flags == frozenset()


def test_flags_given_again_take_the_place_of_the_earlier_ones(screening, by):
    for flags in (["ghb", "seizure"], ["seizure", "fever"], ["seizure", "fever"]):
        actions.record_red_flags(screening_id=screening, flags=flags, by=by, at=AT)
    assert queries.screening(screening).answers.flags == {"seizure", "fever"}


def test_facts_may_be_changed_and_taken_back(screening, by):
    record = actions.record_facts
    record(screening_id=screening, facts={"motivated": Answer.NO, "video": Answer.YES}, by=by, at=AT)
    record(screening_id=screening, facts={"motivated": Answer.UNSURE}, by=by, at=AT)
    assert queries.screening(screening).answers.facts == {"motivated": Answer.UNSURE}


def test_ratings_may_be_changed_until_the_decision(screening, by):
    for rating in (1, 3):
        each = {"mind": Rated(rating, " calm today ")}
        actions.rate_domains(screening_id=screening, ratings=each, by=by, at=AT)
    assert queries.screening(screening).rated == {"mind": Rated(3, "calm today")}


def test_a_rating_without_a_reason_is_refused_and_nothing_is_written(screening, by):
    each = {"mind": Rated(1, "calm"), "body": Rated(2, "  "), "use": Rated(2, "")}
    with pytest.raises(actions.ReasonMissing) as refusal:
        actions.rate_domains(screening_id=screening, ratings=each, by=by, at=AT)
    assert refusal.value.domains == {"body", "use"}
    assert not DomainRating.objects.exists()


@pytest.mark.parametrize(
    ("action", "given"),
    [
        (actions.record_red_flags, {"flags": ["headache"]}),
        (actions.record_facts, {"facts": {"rich": Answer.YES}}),
        (actions.rate_domains, {"ratings": {"money": Rated(1, "x")}}),
        (actions.rate_domains, {"ratings": {"mind": Rated(5, "x")}}),
    ],
)
def test_what_the_rules_do_not_know_is_refused(screening, by, action, given):
    with pytest.raises(actions.NotOurs):
        action(screening_id=screening, **given, by=by, at=AT)
    assert not (RedFlag.objects.exists() or Fact.objects.exists() or DomainRating.objects.exists())


def test_the_decision_keeps_what_was_recommended_and_why(screening, by, fill):
    fill(use=2)
    decide(screening, by)
    found = queries.screening(screening).decision
    assert (found.level, found.recommended, found.reasons) == ("2.1", "2.1", ("domain.use",))
    assert found.decided_by == "Counselor Sample"


def test_an_override_needs_its_reason(screening, by, fill):
    fill(home=3)
    with pytest.raises(actions.OverrideReasonMissing):
        decide(screening, by, level="2.1", seen="3.1", reason="  ")
    decide(screening, by, level="2.1", seen="3.1", reason="Moves to a sober house on Monday")
    assert Decision.objects.get().override_reason == "Moves to a sober house on Monday"


def test_the_database_too_refuses_an_override_without_reason(screening, by, fill, clinic):
    fill()
    with pytest.raises(IntegrityError, match="placement_override_reasoned"), transaction.atomic():
        Decision.objects.create(
            organization_id=clinic.id,
            screening_id=screening,
            recommended="3.1",
            reasons=["x"],
            level="2.1",
            decided_at=AT,
            decided_by_id=by.person_id,
        )


def test_nobody_is_placed_before_the_red_flags_were_asked(screening, by):
    with pytest.raises(actions.WithdrawalNotScreened):
        decide(screening, by, seen="talk", reason="looks well")


def test_a_decision_on_a_page_that_has_aged_is_refused(screening, by, fill):
    fill(use=3)
    with pytest.raises(actions.RecommendationChanged):
        decide(screening, by, level="2.1", seen="2.1")


def test_only_clinicians_decide_and_only_on_levels(screening, by, fill, clinic):
    fill(use=2)
    with pytest.raises(actions.NotAClinician):
        decide(screening, clinic.staff[Role.FRONT_DESK].actor)
    for level in ("evaluate", "talk", "9.9", ""):
        with pytest.raises(actions.NotALevel):
            decide(screening, by, level=level)
    assert not Decision.objects.exists()


def test_what_was_decided_upon_stays_as_it_was(screening, by, fill):
    fill(use=2)
    decide(screening, by)
    with pytest.raises(actions.AlreadyDecided):
        decide(screening, by, level="2.5", reason="second thought")
    with pytest.raises(actions.AlreadyDecided):
        fill(use=3)
    with pytest.raises(actions.AlreadyDecided):
        actions.record_facts(screening_id=screening, facts={}, by=by, at=AT)
    with pytest.raises(actions.AlreadyDecided):
        actions.rate_domains(screening_id=screening, ratings={}, by=by, at=AT)


def test_the_front_desk_sees_facts_and_flags_only(screening, by, fill, clinic):
    fill(flags=["past_overdose"], use=2)
    decide(screening, by)
    desk = clinic.staff[Role.FRONT_DESK].actor
    page = actions.read_screening(screening_id=screening, by=desk, at=AT)
    assert page.answers.flags == {"past_overdose"}
    assert (page.answers.ratings, page.rated, page.decision) == ({}, {}, None)
    assert page.decided


def test_looking_is_in_the_audit_trail(screening, by):
    page = actions.read_screening(screening_id=screening, by=by, at=AT)
    entry = Entry.objects.get(event="placement.screening.read")
    assert (entry.subject_id, entry.patient_id) == (screening, page.person_id)


def test_no_reason_or_name_reaches_the_audit_trail(screening, by, fill):
    fill(home=3)
    decide(screening, by, seen="3.1", reason="Moves to a sober house")
    told = str(list(Entry.objects.values_list("facts", "why")))
    assert "sober" not in told
    assert "seen in the talk" not in told


@pytest.mark.parametrize(
    ("action", "given"),
    [
        (actions.read_screening, {}),
        (actions.record_red_flags, {"flags": []}),
        (actions.record_facts, {"facts": {}}),
        (actions.rate_domains, {"ratings": {}}),
        (actions.decide, {"level": "2.1", "seen": "2.1"}),
    ],
)
def test_another_clinic_cannot_reach_a_screening(screening, cast, action, given):
    other = cast.other_clinic
    with scope.entered(organization_id=other.id):
        for unknown in (screening, uuid4()):
            with pytest.raises(ScreeningNotHere):
                action(screening_id=unknown, **given, by=other.staff[Role.COUNSELOR].actor, at=AT)


def test_a_page_takes_a_fixed_number_of_statements(screening, by, fill, django_assert_num_queries):
    fill(flags=["ghb", "fever", "seizure"], use=2)
    with scope.entered(organization_id=by.organization_id), django_assert_num_queries(6):
        queries.screening(screening)


def test_lists_take_one_statement_however_long(clinic, by, screening, fill, django_assert_num_queries):
    for number in range(6):
        actions.open_screening(person_id=make_person(clinic, f"P{number}", "").pk, by=by, at=AT)
    fill()
    decide(screening, by, level="1.5", seen="1.5")
    with django_assert_num_queries(2):
        assert len(queries.screenings(decided=False)) == 6
        assert [row.id for row in queries.screenings(decided=True)] == [screening]


ADMISSION = {
    "starts_on": date(2026, 11, 23),
    "given_name": "Skyler",
    "family_name": "Sampleton",
    "born_on": date(1990, 1, 2),
}


@pytest.fixture
def admit(screening, by, clinic):
    def admitting(**changes):
        given = {
            "screening_id": screening,
            "program_id": clinic.adult.pk,
            "counselor_id": by.person_id,
            **ADMISSION,
            "by": by,
            "at": AT,
        }
        return actions.admit_screened(**{**given, **changes})

    return admitting


def test_a_decided_screening_becomes_a_stay_with_consent(admit, screening, by, fill):
    fill(use=2)
    decide(screening, by)
    episode = charts.episode(admit(consent_method="paper", consent_language="es"), ADMISSION["starts_on"])
    assert (episode.patient.name, episode.level) == ("Skyler Sampleton", "2.1")
    person = episode.patient.person_id
    assert confidentiality.treatment_consents([person], AT) == {person}


def test_without_consent_the_person_is_admitted_and_flagged_as_without(admit, screening, by, fill):
    fill(use=2)
    decide(screening, by)
    person = charts.episode(admit(), ADMISSION["starts_on"]).patient.person_id
    assert confidentiality.treatment_consents([person], AT) == frozenset()


def test_a_refused_admission_leaves_nothing_behind(admit, screening, by, fill, clinic):
    with pytest.raises(actions.NotDecided):
        admit()
    fill(use=2)
    decide(screening, by)
    person_id = queries.screening(screening).person_id
    with pytest.raises(chart.WrongPopulation):
        admit(program_id=clinic.adolescent.pk, consent_method="paper")
    with pytest.raises(chart.ProgramNotHere):
        admit(program_id=uuid4())
    assert queries.screening(screening).name == "Sky"
    assert confidentiality.treatment_consents([person_id], AT) == frozenset()


def test_a_program_of_another_level_is_refused(admit, screening, by, fill):
    fill()
    decide(screening, by, level="1.5", seen="1.5")
    with pytest.raises(actions.LevelNotOffered):
        admit()
