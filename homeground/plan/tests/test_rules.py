"""The room's decisions, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeground.plan.rules import completeness, content, decision, difference, lottery, severity, signing
from homeground.plan.rules.completeness import Gap
from homeground.plan.rules.content import AimText, GoalText, InterventionText, PlanText
from homeground.plan.rules.deadlines import Sampled, Standing, Stay, deadlines, standing
from homeground.plan.rules.decision import Decision, Fault, Looked, Reason
from homeground.plan.rules.risk import RiskLevel, plan_required
from homeground.plan.rules.sections import SECTIONS, Filled, open_sections
from homeground.plan.rules.signing import Missing, Signed
from homeground.plan.rules.typed import Typed, merge, token
from homeground.plan.rules.vocabulary import DueKind
from homeground.program.queries import pack
from homeground.program.rules.clocks import WorkCalendar

ON = date(2026, 11, 22)
DENVER = ZoneInfo("America/Denver")
DEFAULT, TEXAS, FLORIDA = pack("us-default"), pack("us-tx"), pack("us-fl")
ONE, TWO = UUID(int=1), UUID(int=2)
DOING = InterventionText(UUID(int=5), "group", "Skills", "3 times a week", "Evening group")
AIM = AimText(UUID(int=4), UUID(int=40), "Five dry evenings", "Check-in", date(2026, 12, 20), (DOING,))
GOAL = GoalText(UUID(int=3), ONE, "Drinks every evening", "I want my evenings back", (AIM,))
WHOLE = PlanText(discharge_criteria="Eight weeks", stay_weeks="12", goals=(GOAL,))


def gaps(text, *, pack=DEFAULT, problems=None, deferred=frozenset()):
    found = completeness.findings(
        text, problems=problems or {ONE: "Drinks"}, deferred=deferred, pack=pack, on=ON
    )
    return {(each.gap, each.stops) for each in found}


def with_aim(**fields):
    return replace(WHOLE, goals=(replace(GOAL, aims=(replace(AIM, **fields),)),))


def test_a_whole_plan_lacks_nothing():
    assert gaps(WHOLE) == gaps(WHOLE, pack=TEXAS) == set()


@pytest.mark.parametrize(("rules", "stops"), [(DEFAULT, False), (TEXAS, True), (FLORIDA, True)])
def test_c03_an_objective_without_frequency_stops_a_plan_in_texas_and_florida(rules, stops):
    text = with_aim(interventions=(replace(DOING, frequency=" "),))
    assert gaps(text, pack=rules) == {(Gap.NO_FREQUENCY, stops)}


def test_c04_texas_asks_for_discharge_criteria_and_length_of_stay():
    text = replace(WHOLE, discharge_criteria="", stay_weeks="soon")
    assert gaps(text, pack=TEXAS) == {(Gap.NO_DISCHARGE_CRITERIA, True), (Gap.NO_LENGTH_OF_STAY, True)}


@pytest.mark.parametrize(
    ("fields", "gap"),
    [
        ({"measure": ""}, Gap.NOT_MEASURABLE),
        ({"target_on": None}, Gap.NO_TARGET_DATE),
        ({"target_on": date(2026, 11, 21)}, Gap.TARGET_IN_THE_PAST),
        ({"interventions": ()}, Gap.NO_INTERVENTION),
        ({"interventions": (replace(DOING, kind=""),)}, Gap.NO_TYPE),
        ({"interventions": (replace(DOING, who=""),)}, Gap.NOBODY_DOES_IT),
        ({"words": " "}, Gap.OBJECTIVE_WITHOUT_WORDS),
    ],
)
def test_an_objective_is_measurable_dated_and_somebodys(fields, gap):
    assert gaps(with_aim(**fields)) == {(gap, True)}


def test_c10_every_problem_is_in_the_plan_or_deferred():
    both = {ONE: "Drinks", TWO: "Sleeps badly"}
    assert gaps(WHOLE, problems=both) == {(Gap.PROBLEM_LEFT_OUT, True)}
    assert gaps(WHOLE, problems=both, deferred=frozenset({TWO})) == set()


def test_c01_an_assessment_is_complete_when_every_section_is_written_or_deferred():
    filled = {section.code: Filled(staff="Said so") for section in SECTIONS}
    assert open_sections(filled) == ()
    assert open_sections(filled | {"trauma": Filled()}) == ("trauma",)
    assert open_sections(filled | {"trauma": Filled(deferred="Not yet ready to speak of it")}) == ()
    assert open_sections(filled | {"body": Filled(person="Fine")}) == ("body",)
    assert open_sections(filled | {"strengths": Filled(person="I cook well")}) == ()


def test_c02_severity_follows_the_count():
    assert [severity.severity(n).value for n in (1, 2, 3, 4, 5, 6)] == [
        "none",
        "mild",
        "mild",
        "moderate",
        "moderate",
        "severe",
    ]
    with pytest.raises(severity.NotACount):
        severity.severity(12)


def test_c07_nothing_is_in_force_unsigned():
    nobody = Signed(None, by_patient=False, cosigned=False)
    assert signing.waits_for(nobody, DEFAULT, ON) == (Missing.AUTHOR, Missing.PATIENT)
    author = Signed("LAC", by_patient=False, cosigned=False)
    assert signing.waits_for(author, DEFAULT, ON) == (Missing.PATIENT,)
    assert signing.waits_for(replace(author, by_patient=True), DEFAULT, ON) == ()


def test_c09_an_interns_plan_waits_for_a_qualified_counselor_in_texas_and_not_in_florida():
    intern = Signed("LCDC-I", by_patient=True, cosigned=False)
    assert signing.waits_for(intern, TEXAS, ON) == (Missing.COSIGNER,)
    assert signing.waits_for(replace(intern, cosigned=True), TEXAS, ON) == ()
    assert signing.waits_for(intern, FLORIDA, ON) == ()
    assert signing.needs_cosigner(intern, FLORIDA, ON)
    assert signing.qualified("LPC, Ph.D.", DEFAULT, ON) and not signing.qualified("", DEFAULT, ON)


def test_a_digest_tells_any_change_and_survives_a_copy():
    copy = replace(WHOLE, goals=(replace(GOAL, id=TWO, aims=(replace(AIM, id=TWO),)),))
    assert content.digest(copy) == content.digest(WHOLE)
    for other in (
        with_aim(measure="Diary"),
        with_aim(target_on=date(2026, 12, 21)),
        with_aim(interventions=(replace(DOING, frequency="daily"),)),
        replace(WHOLE, parts=(("work", "Nights"),)),
    ):
        assert content.digest(other) != content.digest(WHOLE)


def test_words_moved_from_one_field_to_the_next_change_the_digest():
    one = replace(WHOLE, why="a", discharge_criteria="b\ncriteria:c")
    other = replace(WHOLE, why="a\ncriteria:b", discharge_criteria="c")
    assert content.digest(one) != content.digest(other)


def test_a_difference_names_what_changed():
    after = with_aim(measure="Diary", interventions=())
    after = replace(after, parts=(("work", "Nights"),))
    found = difference.differences(WHOLE, after)
    assert [(each.kind, each.change.value) for each in found] == [
        ("part", "added"),
        ("measure", "changed"),
        ("interventions", "removed"),
    ]
    assert difference.differences(WHOLE, WHOLE) == ()


def test_typed_text_is_written_only_over_what_the_writer_saw():
    kept = {"a": "old", "b": "theirs", "c": "same"}
    typed = {
        "a": Typed("new", token("old")),
        "b": Typed("mine", token("before")),
        "c": Typed("same\r\n", token("before")),
        "unknown": Typed("x", ""),
    }
    merged = merge(kept, typed)
    assert merged.changes == {"a": "new"}
    assert merged.conflicts == {"b"}


def test_a_field_nobody_touched_does_not_undo_anothers_change():
    merged = merge({"a": "theirs"}, {"a": Typed("as I saw it", token("as I saw it"))})
    assert not merged.changes and not merged.conflicts


@given(st.text(), st.text(), st.text())
def test_typed_text_is_never_lost_in_silence(kept, seen, text):
    merged = merge({"a": kept}, {"a": Typed(text, token(seen))})
    untouched = token(text) == token(seen)
    assert untouched or token(text) == token(kept) or "a" in merged.changes or "a" in merged.conflicts


def closing(decided, reasons, states, *, changed=False):
    return decision.faults(decided, reasons, "Because", Looked(states, changed))


def test_a16_continuing_without_progress_needs_a_changed_intervention():
    assert closing(Decision.CONTINUE, {Reason.PLAN_CHANGED}, ["none"]) == (Fault.NO_PROGRESS_AND_NO_CHANGE,)
    assert closing(Decision.CONTINUE, {Reason.PLAN_CHANGED}, ["none"], changed=True) == ()
    assert closing(Decision.CONTINUE, {Reason.PROGRESS}, ["some", "none"]) == ()
    assert closing(Decision.CONTINUE, {Reason.PROGRESS}, ["worse"], changed=True) == (
        Fault.PROGRESS_NOT_SEEN,
    )


@pytest.mark.parametrize("decided", [Decision.DISCHARGE, Decision.STEP_UP])
def test_a19_a_drug_test_alone_ends_nothing(decided):
    assert closing(decided, {Reason.UNEXPECTED_TEST}, ["some"]) == (Fault.TEST_ALONE,)


def test_a_review_says_why_and_rates_every_objective():
    assert set(decision.faults(Decision.DISCHARGE, (), " ", Looked([""], False))) == {
        Fault.NO_REASON,
        Fault.NO_REASONING,
        Fault.OBJECTIVE_NOT_RATED,
    }
    assert closing(Decision.STEP_DOWN, {Reason.WORSE}, ["met"]) == (Fault.REASON_DOES_NOT_FIT,)


AT = datetime(2026, 11, 20, 18, tzinfo=UTC)


def test_c16_a_moderate_risk_needs_a_safety_plan_and_a_low_one_does_not():
    assert not plan_required(RiskLevel.LOW, AT, plan_touched_at=None)
    assert plan_required(RiskLevel.MODERATE, AT, plan_touched_at=None)
    assert not plan_required(RiskLevel.HIGH, AT, plan_touched_at=AT - timedelta(hours=1))
    assert plan_required(RiskLevel.HIGH, AT, plan_touched_at=AT - timedelta(days=30))


def test_a_draw_can_be_repeated_and_depends_on_the_seed_alone():
    pool = [UUID(int=n) for n in range(40)]
    assert lottery.chosen("ab" * 32, pool, 6) == lottery.chosen("ab" * 32, reversed(pool), 6)
    assert lottery.chosen("ab" * 32, pool, 6) != lottery.chosen("cd" * 32, pool, 6)
    assert set(lottery.chosen("ab" * 32, pool, 99)) == set(pool)
    assert lottery.chosen("ab" * 32, pool, 0) == ()


def test_a_draw_favors_nobody():
    pool = [UUID(int=n) for n in range(10)]
    counts = dict.fromkeys(pool, 0)
    for seed in range(2000):
        for each in lottery.chosen(f"{seed:064x}", pool, 2):
            counts[each] += 1
    # 400 expected each; chi-square with 9 degrees of freedom stays under 27.9 in 99.9 of 100 draws.
    assert sum((n - 400) ** 2 / 400 for n in counts.values()) < 27.9


def due(stay, on=ON):
    return {each.kind: each for each in deadlines(stay, WorkCalendar(), on)}


NEW = Stay(starts_on=date(2026, 3, 1), pack=DEFAULT, zone=DENVER)


def test_c05_a_new_stay_owes_an_assessment_and_a_plan():
    found = due(NEW, date(2026, 3, 1))
    assert found.keys() == {DueKind.ASSESSMENT, DueKind.PLAN}
    assert found[DueKind.PLAN].due_on == date(2026, 3, 8)
    assert found[DueKind.PLAN].rule.id == "plan.initial_days"


def test_c11_the_first_plan_of_a_mental_health_center_is_due_in_seven_working_days():
    stay = replace(NEW, starts_on=date(2026, 9, 4), pack=pack("us-cmhc"))
    found = {d.kind: d for d in deadlines(stay, WorkCalendar(holidays=frozenset({date(2026, 9, 7)})), ON)}
    assert found[DueKind.ASSESSMENT].due_on == date(2026, 9, 11)
    assert found[DueKind.PLAN].due_on == date(2026, 9, 16)


def test_c06_a_review_is_due_thirty_days_after_the_last_and_turns_red_after_that():
    reviewed = datetime(2026, 3, 8, 20, tzinfo=UTC)
    stay = replace(
        NEW, assessed=True, first_in_force_at=reviewed - timedelta(days=5), last_reviewed_at=reviewed
    )
    review = due(stay, date(2026, 4, 7))[DueKind.REVIEW]
    assert review.due_on == date(2026, 4, 7)
    assert standing(review, date(2026, 4, 7)) is Standing.TODAY
    assert standing(review, date(2026, 4, 8)) is Standing.OVERDUE
    assert standing(review, date(2026, 3, 31)) is Standing.SOON
    assert standing(review, date(2026, 3, 30)) is Standing.LATER


def test_the_day_a_clock_starts_is_the_clinics_day():
    late = datetime(2026, 3, 9, 4, tzinfo=UTC)  # still the eighth in Denver
    stay = replace(NEW, assessed=True, first_in_force_at=late)
    assert due(stay)[DueKind.REVIEW].due_on == date(2026, 4, 7)


def test_c08_a_countersign_has_a_clock_in_florida_only():
    stay = replace(NEW, cosigner_since=datetime(2026, 11, 1, 18, tzinfo=UTC))
    assert DueKind.COSIGNATURE not in due(stay)
    florida = due(replace(stay, pack=FLORIDA))[DueKind.COSIGNATURE]
    assert (florida.due_on, florida.rule.tag.value) == (date(2026, 11, 11), "V")
    assert standing(florida, date(2026, 11, 12)) is Standing.OVERDUE


def test_a_texas_plan_is_due_on_the_fifth_day_of_service():
    stay = replace(NEW, pack=TEXAS, services=frozenset(date(2026, 3, d) for d in (2, 4, 6, 9)))
    assert DueKind.PLAN not in due(stay)
    assert due(replace(stay, services=stay.services | {date(2026, 3, 11)}))[DueKind.PLAN].due_on == date(
        2026, 3, 11
    )


def test_a_high_risk_needs_a_safety_plan_within_a_day_over_a_clock_change():
    found_at = datetime(2026, 10, 31, 18, tzinfo=DENVER)
    stay = replace(NEW, risk=RiskLevel.HIGH, risk_found_at=found_at)
    owed = due(stay)[DueKind.SAFETY_PLAN]
    assert owed.due_at.astimezone(UTC) - found_at.astimezone(UTC) == timedelta(hours=24)
    assert standing(owed, date(2026, 11, 1), owed.due_at + timedelta(minutes=1)) is Standing.OVERDUE
    assert DueKind.SAFETY_PLAN not in due(replace(stay, safety_touched_at=found_at + timedelta(hours=2)))
    assert DueKind.SAFETY_PLAN not in due(replace(stay, without_safety_plan=True))


def test_an_unexpected_result_owes_a_talk_and_a_look_at_safety():
    test = Sampled(ONE, AT, date(2026, 11, 20), "unexpected", AT)
    found = due(replace(NEW, tests=(test,)))
    assert found[DueKind.DISCUSSION].due_on == date(2026, 11, 24)
    assert found[DueKind.DISCUSSION].subject_id == ONE
    assert found[DueKind.RESCREEN].due_on == date(2026, 11, 24)
    talked = replace(NEW, tests=(replace(test, discussed=True),), asked_about_risk_at=AT)
    assert {DueKind.DISCUSSION, DueKind.RESCREEN}.isdisjoint(due(talked))


LATER = AT + timedelta(days=3)


@pytest.mark.parametrize("event", ["last_reviewed_at", "changed_at", "unclear_at"])
def test_h06_a_review_a_change_or_a_return_to_use_asks_about_suicide_again(event):
    stay = replace(NEW, assessed=True, first_in_force_at=AT, asked_about_risk_at=AT, **{event: LATER})
    assert due(stay)[DueKind.RESCREEN].since == LATER.astimezone(DENVER).date()
    answered = replace(stay, asked_about_risk_at=LATER - timedelta(hours=20))
    assert DueKind.RESCREEN not in due(answered)
