"""The end of a stay in the database, and what is owed after it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from homeground.chart import actions as chart
from homeground.chart import queries as charts
from homeground.chart.rules import DischargeReason
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.plan import queries
from homeground.plan.actions import assessment, ending, incidents
from homeground.plan.actions.signing import NotTheirs, TextChanged
from homeground.plan.models import DischargePlan
from homeground.plan.queries import ending as read
from homeground.plan.rules import certifying
from homeground.plan.rules.ending import Family, Lack, Naloxone
from homeground.plan.tests import factories
from homeground.program.models import Program

pytestmark = pytest.mark.django_db
ON, AT = date(2026, 11, 20), factories.OPENED + timedelta(days=45)
HOUR = timedelta(hours=1)
WHOLE = ending.Leaving(
    keeps_well="Evenings with my brother",
    when_hard="I call Sam",
    family=Family.TOOK_PART,
    aftercare_at=AT + timedelta(days=4),
    aftercare_with="Outpatient group",
    naloxone=Naloxone.GIVEN,
)


@pytest.fixture
def by(cast, inside):
    Person.objects.filter(pk=cast.clinic.staff[Role.COUNSELOR].person.pk).update(credentials="LAC")
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def stay(cast):
    return cast.patient_episode


def end(stay, by, reason=DischargeReason.COMPLETED, calls=()):
    ending.end_stay(episode_id=stay.pk, ends_on=ON, reason=reason, calls=calls, by=by, at=AT)


def write(stay, by, told=WHOLE):
    ending.write_discharge_plan(episode_id=stay.pk, told=told, by=by, at=AT)
    return read.discharge_plan(stay.pk).seal


def test_c17_a_planned_discharge_waits_for_the_plan_both_signatures_and_the_copy(cast, stay, by):
    def missing():
        with pytest.raises(ending.NotReady) as refused:
            end(stay, by)
        return set(refused.value.lacks)

    assert missing() == {Lack.NO_PLAN, Lack.NO_AFTERCARE}
    seal = write(stay, by)
    assert missing() == {Lack.NOT_SIGNED, Lack.PERSON_HAS_NOT_SIGNED, Lack.NO_COPY}
    ending.sign_discharge_plan(episode_id=stay.pk, seen=seal, by=by, at=AT)
    with pytest.raises(ending.DischargePlanSigned):
        write(stay, by)
    with pytest.raises(NotTheirs):
        ending.sign_discharge_plan_as_patient(episode_id=stay.pk, seen=seal, by=by, at=AT)
    own = {"episode_id": stay.pk, "by": cast.patient.actor, "at": AT}
    with pytest.raises(TextChanged):
        ending.sign_discharge_plan_as_patient(seen="0" * 64, **own)
    ending.sign_discharge_plan_as_patient(seen=seal, **own)
    assert missing() == {Lack.NO_COPY}
    ending.settle_discharge_plan(episode_id=stay.pk, copy_given=True, by=by, at=AT)
    end(stay, by)
    assert charts.discharge_of(stay.pk).ends_on == ON


def test_words_changed_in_another_tab_are_not_signed_unseen(stay, by):
    seal = write(stay, by)
    write(stay, by, ending.Leaving(keeps_well="Something else"))
    with pytest.raises(TextChanged):
        ending.sign_discharge_plan(episode_id=stay.pk, seen=seal, by=by, at=AT)


def test_a_signature_taken_back_frees_the_words(stay, by):
    ending.sign_discharge_plan(episode_id=stay.pk, seen=write(stay, by), by=by, at=AT)
    ending.settle_discharge_plan(episode_id=stay.pk, person_refused="In a hurry", by=by, at=AT)
    ending.reopen_discharge_plan(episode_id=stay.pk, by=by, at=AT)
    write(stay, by)
    found = read.discharge_plan(stay.pk)
    assert (found.signed_at, found.person_refused) == (None, "")


def test_the_person_does_not_sign_before_the_counselor(stay, by):
    write(stay, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        DischargePlan.objects.update(person_signed_at=AT)


def test_c20_who_told_of_opioids_is_not_let_go_without_an_answer_about_naloxone(cast, stay, by):
    id = assessment.open_assessment(patient_id=stay.patient_id, on=ON, by=by, at=AT)
    assessment.record_substance(assessment_id=id, found=assessment.Substance("Heroin, snorted"), by=by, at=AT)
    with pytest.raises(ending.NotReady) as refused:
        end(stay, by, DischargeReason.OWN_WISH)
    assert set(refused.value.lacks) == {Lack.NO_AFTERCARE, Lack.NO_NALOXONE}
    write(stay, by, ending.Leaving(no_aftercare_why="Did not want one", naloxone=Naloxone.DECLINED))
    end(stay, by, DischargeReason.OWN_WISH)


def test_h08_one_call_is_not_enough_to_say_somebody_was_not_reached(stay, by):
    days = [ON - timedelta(days=n) for n in (2, 6, 11)]
    with pytest.raises(ending.NotReady) as refused:
        end(stay, by, DischargeReason.NOT_REACHED, calls=days[:1])
    assert refused.value.lacks == (Lack.TOO_FEW_CALLS,)
    end(stay, by, DischargeReason.NOT_REACHED, calls=days)


def discharged(stay, by, reason):
    chart.discharge(episode_id=stay.pk, ends_on=ON, reason=reason, by=by, at=AT)


def owed(days, kind, at=None):
    rows = queries.due_after(ON + timedelta(days=days), at or AT + timedelta(days=days))
    return [each for each in rows if each.deadline.kind == kind]


def test_c18_the_summary_is_overdue_by_the_program_after_seven_days_and_by_law_after_thirty(stay, by):
    Program.objects.update(rule_pack="us-tx")
    discharged(stay, by, DischargeReason.COMPLETED)

    def late(days):
        found = owed(days, "discharge_summary")
        return {each.deadline.rule.source != "": each.standing.value == "overdue" for each in found}

    last = -1  # the last day of the stay is the day before it ends
    assert late(last + 7) == {False: False, True: False}
    assert late(last + 8) == {False: True, True: False}
    assert late(last + 31) == {False: True, True: True}
    with pytest.raises(ending.NothingToSign):
        ending.sign_summary(episode_id=stay.pk, words=" ", last_contact_on=None, by=by, at=AT)
    ending.sign_summary(episode_id=stay.pk, words="Went well", last_contact_on=ON, by=by, at=AT)
    assert not late(31)
    with pytest.raises(ending.SummarySigned):
        ending.sign_summary(episode_id=stay.pk, words="Again", last_contact_on=ON, by=by, at=AT)


def test_an_open_stay_gets_no_summary(stay, by):
    with pytest.raises(ending.StillOpen):
        ending.sign_summary(episode_id=stay.pk, words="Early", last_contact_on=None, by=by, at=AT)


def test_h09_who_left_without_a_plan_is_called_within_three_days(stay, by):
    discharged(stay, by, DischargeReason.OWN_WISH)
    (call,) = owed(1, "follow_up_call")
    assert call.deadline.due_at == AT + 72 * HOUR
    assert owed(3, "follow_up_call", at=AT + 73 * HOUR)[0].standing == "overdue"
    ending.record_follow_up(episode_id=stay.pk, result="reached", words="Is well", by=by, at=AT + 30 * HOUR)
    assert not owed(1, "follow_up_call")


def test_who_finished_is_not_chased(stay, by):
    discharged(stay, by, DischargeReason.COMPLETED)
    assert not owed(1, "follow_up_call")


def due(kind, at=AT):
    return [each for each in queries.due(ON, at) if each.deadline.kind == kind]


def test_h06_leaving_asks_about_suicide_again(stay, by):
    assert not due("rescreen")
    write(stay, by)
    assert [each.deadline.since for each in due("rescreen")] == [ON]


def test_h10_an_incident_starts_the_clock_of_the_states_report(stay, by):
    told = {"patient_id": stay.patient_id, "kind": "overdose", "words": "Found by her sister; naloxone"}
    with pytest.raises(incidents.NotHappenedYet):
        incidents.record_incident(**told, happened_at=AT + HOUR, by=by, at=AT)
    id = incidents.record_incident(**told, happened_at=AT - HOUR, by=by, at=AT)
    (task,) = due("incident_report")
    assert (task.deadline.due_at, task.deadline.subject_id) == (AT + 24 * HOUR, id)
    incidents.settle_report(incident_id=id, by=by, at=AT + HOUR)
    assert not due("incident_report")
    with pytest.raises(incidents.IncidentNotHere):
        incidents.settle_report(incident_id=id, by=by, at=AT + HOUR)


def test_c12_c13_a_physician_certifies_and_the_next_is_due_sixty_days_later(cast, stay, by):
    told = {"patient_id": stay.patient_id, "reason": "Needs the structure", "on": ON, "at": AT}
    with pytest.raises(incidents.NotCertified) as refused:
        incidents.certify(**told, from_on=ON, minutes_a_week=480, by=by)
    assert set(refused.value.faults) == {
        certifying.Fault.NOT_A_PHYSICIAN,
        certifying.Fault.TOO_FEW_MINUTES,
    }
    Person.objects.filter(pk=by.person_id).update(credentials="M.D.")
    incidents.certify(**told, from_on=ON, minutes_a_week=540, by=by)
    assert [each.deadline.due_on for each in due("certification")] == [ON + timedelta(days=60)]
    pack = charts.episode(stay.pk, ON).rules.pack
    assert read.certified_on(stay.pk, ON + timedelta(days=60), pack)
    assert not read.certified_on(stay.pk, ON + timedelta(days=61), pack)
    with pytest.raises(incidents.CertifiedBefore):
        incidents.certify(**told, from_on=ON, minutes_a_week=600, by=by)


def test_medicare_asks_for_a_certification_at_the_start(stay, by):
    assert not due("certification")
    Program.objects.update(rule_pack="us-medicare")
    assert [each.deadline.due_on for each in due("certification")] == [stay.starts_on]


def test_c11_a_mental_health_center_evaluates_within_a_day_of_admission(stay, by):
    admitted_at = datetime.fromisoformat("2026-09-04T16:00:00-06:00")  # Friday before Labor Day
    type(stay).objects.filter(pk=stay.pk).update(admitted_at=admitted_at, starts_on=date(2026, 9, 4))
    assert not due("evaluation")
    Program.objects.update(rule_pack="us-cmhc")
    (found,) = due("evaluation")
    assert found.deadline.due_at == admitted_at + 24 * HOUR
    # Four working days of this clinic, which opens on Saturdays and not on Labor Day.
    assert due("assessment")[0].deadline.due_on == date(2026, 9, 10)
    assessment.open_assessment(patient_id=stay.patient_id, on=ON, by=by, at=AT)
    assert not due("evaluation")
