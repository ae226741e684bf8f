"""Risk, safety plans and drug tests."""

from datetime import date, timedelta

import pytest

from homeground.people.roles import Role
from homeground.plan import queries
from homeground.plan.actions import drug_tests, safety
from homeground.plan.models import Draw, DrugTest
from homeground.plan.rules import lottery
from homeground.plan.rules.risk import RiskLevel
from homeground.plan.rules.typed import Typed, token
from homeground.plan.rules.vocabulary import Confirmed, Ordered, Outcome, Specimen
from homeground.plan.tests import factories

pytestmark = pytest.mark.django_db
ON, AT = date(2026, 10, 8), factories.OPENED + timedelta(days=2)


@pytest.fixture
def by(cast, inside):
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def patient(cast):
    return cast.patient_episode.patient_id


def note(patient, by, level=RiskLevel.MODERATE, at=AT, **more):
    safety.note_risk(patient_id=patient, level=level, basis="Thinks of it at night", by=by, at=at, **more)


def write(patient, by, at=AT, was="", **texts):
    typed = {name: Typed(text, token(was)) for name, text in texts.items()}
    return safety.write_safety_plan(patient_id=patient, typed=typed, by=by, at=at)


def test_moderate_risk_asks_for_a_safety_plan_or_a_reason(by, patient):
    note(patient, by, RiskLevel.LOW)
    with pytest.raises(safety.SafetyPlanNeeded):
        note(patient, by)
    note(patient, by, without_plan="Taken to the emergency room at once")
    write(patient, by, signs="I stop sleeping")
    safety.finish_safety_plan(patient_id=patient, by=by, at=AT)
    note(patient, by, at=AT + timedelta(minutes=10))
    assert queries.safety(patient).risks[0].level is RiskLevel.MODERATE


def test_a_safety_plan_keeps_its_versions_and_the_person_may_write(cast, by, patient):
    with pytest.raises(safety.NothingWritten):
        safety.finish_safety_plan(patient_id=patient, by=by, at=AT)
    write(patient, by, signs="I stop sleeping")
    safety.finish_safety_plan(patient_id=patient, by=by, at=AT)
    me = cast.patient.actor
    assert write(patient, me, signs="Other", was="nothing").conflicts == {"signs"}
    write(patient, me, was="", people="My sister")
    safety.finish_safety_plan(patient_id=patient, by=me, at=AT + timedelta(days=1))
    found = queries.safety(patient)
    assert dict(found.in_use.texts) | {"signs": "I stop sleeping", "people": "My sister"} == dict(
        found.in_use.texts
    )
    assert [v.number for v in found.former] == [1]
    safety.look_over_safety_plan(patient_id=patient, by=by, at=AT + timedelta(days=9))
    assert queries.safety(patient).touched_at == AT + timedelta(days=9)


def drawn(cast, by, wanted=1):
    return drug_tests.draw(
        pool=[cast.patient_episode.patient_id],
        wanted=wanted,
        panel="12 substances",
        specimen=Specimen.URINE,
        due_on=ON + timedelta(days=2),
        on=ON,
        by=by,
        at=AT,
    )


def test_a_draw_keeps_what_is_needed_to_repeat_it(cast, by):
    found = drawn(cast, by)
    row = Draw.objects.get()
    pool = [entry.patient_id for entry in row.entries.all()]
    assert lottery.chosen(row.seed, pool, row.wanted) == found.chosen
    assert len(row.seed) == 64 and row.seed != "0" * 64
    assert DrugTest.objects.get().reason == "random"


def test_nobody_is_drawn_from_an_empty_pot(cast, by):
    with pytest.raises(drug_tests.NobodyToDraw):
        drawn(cast, by, wanted=0)


def order(patient, by, **more):
    asked = {"reason": Ordered.CLINICAL, "specimen": Specimen.URINE, "panel": "5 substances", "due_on": ON}
    return drug_tests.order_test(patient_id=patient, by=by, at=AT, **asked | more)


def test_a_random_test_is_drawn_not_ordered_by_hand(patient, by):
    with pytest.raises(drug_tests.NotInOrder):
        order(patient, by, reason=Ordered.RANDOM)


def test_an_unexpected_result_goes_its_way_to_the_talk(patient, by):
    test = order(patient, by)
    later = AT + timedelta(hours=3)

    def record(collected_at=AT + timedelta(hours=1)):
        drug_tests.record_result(
            test_id=test,
            outcome=Outcome.UNEXPECTED,
            found="Cocaine",
            observed=False,
            collected_at=collected_at,
            by=by,
            at=later,
        )

    with pytest.raises(drug_tests.NotInOrder):
        drug_tests.discuss(test_id=test, person_said="", response="", by=by, at=later)
    with pytest.raises(drug_tests.CollectedLater):
        record(later + timedelta(minutes=1))
    record()
    with pytest.raises(drug_tests.AlreadyRecorded):
        record()
    kinds = {row.deadline.kind for row in queries.due(ON, later)}
    assert {"discussion", "rescreen"} <= kinds
    with pytest.raises(drug_tests.NotInOrder):
        drug_tests.record_confirmation(test_id=test, outcome=Confirmed.CONFIRMED, by=by, at=later)
    drug_tests.send_to_laboratory(test_id=test, laboratory="Front Range", by=by, at=later)
    drug_tests.record_confirmation(test_id=test, outcome=Confirmed.NOT_CONFIRMED, by=by, at=later)
    drug_tests.discuss(test_id=test, person_said="I did not", response="Plan stays", by=by, at=later)
    [found] = queries.tests_of(patient)
    assert (found.step, found.confirmed, found.outcome) == ("done", "not_confirmed", "unexpected")
    assert "discussion" not in {row.deadline.kind for row in queries.due(ON, later)}


def test_a_test_of_another_clinic_is_not_there(cast, by):
    with pytest.raises(drug_tests.TestNotHere):
        drug_tests.discuss(test_id=cast.patient_episode.pk, person_said="x", response="x", by=by, at=AT)
