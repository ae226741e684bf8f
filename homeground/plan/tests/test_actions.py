"""From the assessment to a plan in force, its change, its review."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from homeground.audit.models import Entry
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.plan import queries
from homeground.plan.actions import assessment, drafts, reviews, signing
from homeground.plan.actions.assessment import Substance
from homeground.plan.actions.drafts import AddGoal, AddIntervention, AddObjective, Remove
from homeground.plan.models import Assessment, PlanVersion
from homeground.plan.queries.stay import stay_plan
from homeground.plan.rules.completeness import Gap
from homeground.plan.rules.content import digest
from homeground.plan.rules.decision import Decision, Fault, Reason
from homeground.plan.rules.sections import SECTIONS
from homeground.plan.rules.signing import Missing
from homeground.plan.rules.typed import Typed, token
from homeground.plan.tests import factories
from homeground.program.models import Program

pytestmark = pytest.mark.django_db
ON, AT = date(2026, 10, 8), factories.OPENED + timedelta(days=2)


@pytest.fixture
def by(cast, inside):
    """A counselor with letters."""
    person = cast.clinic.staff[Role.COUNSELOR].person
    Person.objects.filter(pk=person.pk).update(credentials="LAC")
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def director(cast):
    Person.objects.filter(pk=cast.clinic.staff[Role.DIRECTOR].person.pk).update(credentials="LPC")
    return cast.clinic.staff[Role.DIRECTOR].actor


@pytest.fixture
def patient(cast):
    return cast.patient_episode.patient_id


def typed(**fields):
    return {name.replace("__", "-"): Typed(text, token("")) for name, text in fields.items()}


@pytest.fixture
def draft(cast, by):
    return factories.make_version(factories.make_plan(cast.patient_episode))


def seen(version_id):
    return digest(queries.version(version_id).text)


def offer(version_id, by, at=AT):
    return signing.offer(version_id=version_id, seen=seen(version_id), on=ON, by=by, at=at)


def sign(version_id, cast, at=AT):
    return signing.sign_as_patient(
        version_id=version_id, seen=seen(version_id), on=ON, by=cast.patient.actor, at=at
    )


def test_a_plan_is_written_step_by_step_from_a_problem(by, patient):
    problem = assessment.record_problem(
        patient_id=patient, section="substances", words="Drinks every evening", on=ON, by=by, at=AT
    )
    draft = drafts.begin_version(patient_id=patient, on=ON, by=by, at=AT)

    def step(step, **fields):
        return drafts.write_draft(version_id=draft, typed=fields, step=step, by=by, at=AT)

    goal = step(AddGoal(problem)).added
    aim = step(AddObjective(goal), **{f"goal-{goal}-words": Typed("My evenings back", token(""))}).added
    doing = step(AddIntervention(aim)).added
    fields = {
        f"aim-{aim}-words": "Five dry evenings",
        f"aim-{aim}-measure": "Check-in",
        f"aim-{aim}-target": "2026-12-20",
        f"doing-{doing}-kind": "group",
        f"doing-{doing}-frequency": "3 times a week",
        f"doing-{doing}-who": "Evening group",
        "stay_weeks": "12",
        "discharge_criteria": "Eight weeks",
        "part-work": "Night shifts stay",
    }
    done = step(None, **{name: Typed(text, token("")) for name, text in fields.items()})
    assert done.saved == fields.keys() and not done.conflicts
    text = queries.version(draft).text
    assert text.goals[0].words == "My evenings back"
    assert text.aims[0].target_on == date(2026, 12, 20)
    assert text.aims[0].interventions[0].frequency == "3 times a week"
    assert dict(text.parts)["work"] == "Night shifts stay"
    step(Remove("doing", doing))
    assert queries.version(draft).text.aims[0].interventions == ()


def test_two_tabs_do_not_overwrite_each_other(by, draft):
    goal = draft.goals.get()
    name, saw = f"goal-{goal.pk}-words", token(goal.words)
    first = drafts.write_draft(version_id=draft.pk, typed={name: Typed("One", saw)}, by=by, at=AT)
    second = drafts.write_draft(version_id=draft.pk, typed={name: Typed("Two", saw)}, by=by, at=AT)
    assert (first.saved, second.saved, second.conflicts) == ({name}, set(), {name})
    goal.refresh_from_db()
    assert goal.words == "One"


def test_a_person_on_the_phone_writes_their_own_words_and_nothing_else(cast, by, draft):
    goal = draft.goals.get()
    fields = {
        f"goal-{goal.pk}-words": Typed("Ser buen padre", token(goal.words)),
        "part-strengths": Typed("I cook", token("")),
        "part-physical": Typed("x", token("")),
        "discharge_criteria": Typed("x", token(draft.discharge_criteria)),
    }
    done = drafts.write_draft(
        version_id=draft.pk, typed=fields, own_words_only=True, by=cast.patient.actor, at=AT
    )
    assert done.saved == {f"goal-{goal.pk}-words", "part-strengths"}


def test_a_step_into_another_plan_is_refused(by, draft):
    for step in (AddGoal(uuid4()), AddObjective(uuid4()), AddIntervention(uuid4()), Remove("goal", uuid4())):
        with pytest.raises(drafts.NotPartOfIt):
            drafts.write_draft(version_id=draft.pk, typed={}, step=step, by=by, at=AT)


def test_a_plan_is_in_force_once_author_and_person_have_signed(cast, by, draft):
    assert offer(draft.pk, by) == (Missing.PATIENT,)
    draft.refresh_from_db()
    assert draft.in_force_at is None
    assert sign(draft.pk, cast, AT + timedelta(hours=1)) == ()
    draft.refresh_from_db()
    assert draft.in_force_at == AT + timedelta(hours=1)
    author, person = queries.version(draft.pk).facts.signatures
    assert (author.credential, person.capacity, author.digest) == ("LAC", "patient", draft.digest)
    assert set(Entry.objects.values_list("event", flat=True)) >= {
        "plan.version.signed",
        "plan.version.in_force",
    }


def test_an_offered_version_is_not_edited_any_more(by, draft):
    offer(draft.pk, by)
    with pytest.raises(drafts.NotADraft):
        drafts.write_draft(version_id=draft.pk, typed=typed(stay_weeks="9"), by=by, at=AT)


def test_c07_a_refusal_with_reason_and_witness_stands_for_the_signature(cast, by, draft, director):
    offer(draft.pk, by)
    refuse = {"version_id": draft.pk, "reason": "Wants to read it at home", "on": ON, "by": by, "at": AT}
    with pytest.raises(signing.SamePerson):
        signing.record_refusal(witness_id=by.person_id, **refuse)
    with pytest.raises(signing.SamePerson):
        signing.record_refusal(witness_id=cast.patient.person.pk, **refuse)
    assert signing.record_refusal(witness_id=director.person_id, **refuse) == ()
    assert stay_plan(cast.patient_episode.pk).current.facts.refusal.reason == "Wants to read it at home"


def test_nobody_signs_for_the_person_or_a_text_they_did_not_see(cast, by, draft):
    offer(draft.pk, by)
    with pytest.raises(signing.NotTheirs):
        signing.sign_as_patient(version_id=draft.pk, seen=seen(draft.pk), on=ON, by=by, at=AT)
    with pytest.raises(signing.TextChanged):
        signing.sign_as_patient(version_id=draft.pk, seen="0" * 64, on=ON, by=cast.patient.actor, at=AT)


def test_a_text_changed_in_another_tab_is_not_offered_unseen(by, draft):
    before = seen(draft.pk)
    drafts.write_draft(version_id=draft.pk, typed={"stay_weeks": Typed("9", token("12"))}, by=by, at=AT)
    with pytest.raises(signing.TextChanged):
        signing.offer(version_id=draft.pk, seen=before, on=ON, by=by, at=AT)


def test_an_orphaned_problem_stops_the_plan_and_a_deferral_frees_it(cast, by, draft):
    orphan = factories.make_problem(cast.patient_episode, "Sleeps three hours")
    with pytest.raises(signing.Incomplete) as refused:
        offer(draft.pk, by)
    assert [(f.gap, f.words) for f in refused.value.findings] == [
        (Gap.PROBLEM_LEFT_OUT, "Sleeps three hours")
    ]
    assessment.defer_problem(problem_id=orphan.pk, why="After the first month", by=by, at=AT)
    assert offer(draft.pk, by) == (Missing.PATIENT,)


def test_a_problem_in_the_plan_is_not_deferred_too(by, draft):
    with pytest.raises(assessment.InThePlan):
        assessment.defer_problem(problem_id=draft.goals.get().problem_id, why="Later", by=by, at=AT)


def test_an_interns_plan_waits_for_a_qualified_colleague(cast, by, director, draft):
    Person.objects.filter(pk=by.person_id).update(credentials="LCDC-I")
    Program.objects.update(rule_pack="us-tx")
    offer(draft.pk, by)
    assert sign(draft.pk, cast) == (Missing.COSIGNER,)
    with pytest.raises(signing.NotQualified):
        signing.cosign(version_id=draft.pk, on=ON, by=by, at=AT)
    assert signing.cosign(version_id=draft.pk, on=ON, by=director, at=AT) == ()
    assert stay_plan(cast.patient_episode.pk).current.facts.id == draft.pk


def test_c08_in_florida_the_plan_works_and_the_countersign_is_overdue_on_day_eleven(
    cast, by, director, draft
):
    Person.objects.filter(pk=by.person_id).update(credentials="intern")
    Program.objects.update(rule_pack="us-fl")
    offer(draft.pk, by)
    assert sign(draft.pk, cast) == ()

    def owed(days):
        rows = queries.due(ON + timedelta(days=days), AT + timedelta(days=days))
        return [r.standing.value for r in rows if r.deadline.kind == "cosignature"]

    assert (owed(10), owed(11)) == (["today"], ["overdue"])
    signing.cosign(version_id=draft.pk, on=ON, by=director, at=AT)
    assert owed(11) == []


def test_c14_a_change_is_a_new_version_and_the_old_one_stays_readable(cast, by, draft):
    offer(draft.pk, by)
    sign(draft.pk, cast)
    second = drafts.begin_version(patient_id=cast.patient_episode.patient_id, on=ON, by=by, at=AT)
    aim = queries.version(second).text.aims[0]
    assert aim.objective_id == queries.version(draft.pk).text.aims[0].objective_id
    drafts.write_draft(
        version_id=second,
        typed={f"aim-{aim.id}-measure": Typed("A diary", token(aim.measure))},
        by=by,
        at=AT,
    )
    with pytest.raises(drafts.DraftOpen):
        drafts.begin_version(patient_id=cast.patient_episode.patient_id, on=ON, by=by, at=AT)
    offer(second, by)
    sign(second, cast, AT + timedelta(days=1))
    states = {v.number: v.state for v in stay_plan(cast.patient_episode.pk).versions}
    assert states == {1: "ended", 2: "in_force"}
    assert queries.version(draft.pk).text.aims[0].measure == "Evenings marked in the weekly check-in"


def test_a_person_who_wants_a_change_gets_a_new_draft_with_their_words(cast, by, draft):
    offer(draft.pk, by)
    second = drafts.ask_for_change(
        version_id=draft.pk, words="Four evenings, not five", by=cast.patient.actor, at=AT
    )
    found = stay_plan(cast.patient_episode.pk)
    assert found.unfinished.facts.id == second
    assert [v.state for v in found.versions] == ["draft", "returned"]
    with pytest.raises(drafts.NotOffered):
        drafts.ask_for_change(version_id=draft.pk, words="Again", by=cast.patient.actor, at=AT)


@pytest.fixture
def in_force(cast, by, draft):
    offer(draft.pk, by)
    sign(draft.pk, cast)
    return draft


def rate(review_id, in_force, by, state="some"):
    id = in_force.goals.get().aims.get().objective_id
    fields = {f"state-{id}": state, f"words-{id}": "Three of five", "reasoning": "Needs the structure"}
    reviews.write_review(
        review_id=review_id, typed={n: Typed(t, token("")) for n, t in fields.items()}, by=by, at=AT
    )


def test_a_review_is_written_and_closed_with_its_reason(cast, by, in_force):
    review = reviews.open_review(episode_id=cast.patient_episode.pk, by=by, at=AT)
    assert review == reviews.open_review(episode_id=cast.patient_episode.pk, by=by, at=AT)
    rate(review, in_force, by)
    reviews.close_review(
        review_id=review, decision=Decision.CONTINUE, reasons=[Reason.PROGRESS], by=by, at=AT
    )
    closed = stay_plan(cast.patient_episode.pk).reviews[0]
    assert (closed.decision, closed.credential, closed.progress[0].state) == ("continue", "LAC", "some")
    with pytest.raises(reviews.ReviewClosed):
        rate(review, in_force, by)


def test_a_plan_is_not_offered_while_a_review_is_open(cast, by, in_force, patient):
    review = reviews.open_review(episode_id=cast.patient_episode.pk, by=by, at=AT)
    second = drafts.begin_version(patient_id=patient, on=ON, by=by, at=AT)
    with pytest.raises(signing.ReviewOpen):
        offer(second, by)
    rate(review, in_force, by, "none")
    with pytest.raises(reviews.ReviewRefused) as refused:
        reviews.close_review(
            review_id=review, decision=Decision.CONTINUE, reasons=[Reason.PLAN_CHANGED], by=by, at=AT
        )
    assert refused.value.faults == (Fault.NO_PROGRESS_AND_NO_CHANGE,)
    doing = queries.version(second).text.aims[0].interventions[0]
    name = f"doing-{doing.id}-frequency"
    drafts.write_draft(
        version_id=second, typed={name: Typed("4 times a week", token(doing.frequency))}, by=by, at=AT
    )
    reviews.close_review(
        review_id=review, decision=Decision.CONTINUE, reasons=[Reason.PLAN_CHANGED], by=by, at=AT
    )
    assert offer(second, by) == (Missing.PATIENT,)


def test_a_plan_signed_while_a_review_is_open_must_be_looked_at_before_closing(cast, by, in_force, patient):
    second = drafts.begin_version(patient_id=patient, on=ON, by=by, at=AT)
    offer(second, by)
    review = reviews.open_review(episode_id=cast.patient_episode.pk, by=by, at=AT)
    rate(review, in_force, by)
    sign(second, cast, AT + timedelta(hours=2))
    close = {"review_id": review, "decision": Decision.CONTINUE, "reasons": [Reason.PROGRESS], "by": by}
    with pytest.raises(reviews.PlanChanged):
        reviews.close_review(at=AT, **close)
    reviews.close_review(at=AT, **close)
    assert stay_plan(cast.patient_episode.pk).reviews[0].version_id == second


def test_an_assessment_is_signed_when_nothing_is_left_open(cast, by, patient):
    id = assessment.open_assessment(patient_id=patient, on=ON, by=by, at=AT)
    fields = {f"{s.code}-staff": Typed("Told", token("")) for s in SECTIONS if s.code != "trauma"}
    assessment.write_assessment(assessment_id=id, typed=fields, by=by, at=AT)
    assessment.record_substance(
        assessment_id=id, found=Substance("Alcohol", first_age=15, criteria=6), by=by, at=AT
    )
    with pytest.raises(assessment.SubstanceTwice):
        assessment.record_substance(assessment_id=id, found=Substance("Alcohol"), by=by, at=AT)
    with pytest.raises(assessment.SectionsOpen) as refused:
        assessment.sign_assessment(assessment_id=id, by=by, at=AT)
    assert refused.value.codes == ("trauma",)
    later = {"trauma-deferred": Typed("Not ready to speak of it", token(""))}
    assessment.write_assessment(assessment_id=id, typed=later, by=by, at=AT)
    assessment.sign_assessment(assessment_id=id, by=by, at=AT)
    assert Assessment.objects.get().credential == "LAC"
    assert queries.assessment(id).substances[0].severity == "severe"
    with pytest.raises(assessment.AssessmentSigned):
        assessment.write_assessment(assessment_id=id, typed=later, by=by, at=AT)


def test_the_person_writes_their_part_of_the_assessment_only(cast, by, patient):
    id = assessment.open_assessment(patient_id=patient, on=ON, by=by, at=AT)
    fields = {
        "strengths-person": Typed("I am patient", token("")),
        "risk-person": Typed("x", token("")),
        "home-staff": Typed("x", token("")),
    }
    done = assessment.write_assessment(assessment_id=id, typed=fields, own=True, by=cast.patient.actor, at=AT)
    assert done.saved == {"strengths-person"}


def test_the_thread_of_an_objective_runs_from_problem_to_review(cast, by, in_force):
    review = reviews.open_review(episode_id=cast.patient_episode.pk, by=by, at=AT)
    rate(review, in_force, by, "met")
    reviews.close_review(
        review_id=review, decision=Decision.STEP_DOWN, reasons=[Reason.GOALS_MET], by=by, at=AT
    )
    found = queries.thread(in_force.goals.get().aims.get().objective_id)
    assert found.now.problem == "Drinks every evening"
    assert [(r.state, r.decision) for r in found.reviews] == [("met", "step_down")]
    with pytest.raises(queries.ObjectiveNotHere):
        queries.thread(uuid4())


def test_due_asks_no_more_when_there_are_more_people(cast, by, in_force, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        rows = queries.due(date(2026, 11, 22), AT + timedelta(days=45))
    assert [(r.deadline.kind, r.standing) for r in rows] == [
        ("assessment", "overdue"),
        ("review", "overdue"),
    ]
    assert PlanVersion.objects.count() == 1
    assert replace(rows[0].deadline).rule.id == "plan.assessment_days"
