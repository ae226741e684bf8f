"""The pages of the end of a stay: planned, signed by both, ended, summed up."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from furniture import make_appointment, make_group

from homeground.chart.models import Episode
from homeground.people.roles import Role
from homeground.plan.models import DischargePlan, DischargeSummary, FollowUp
from homeground.plan.tests import factories
from homeground.program.models import Program
from homeground.treatment.models import Attendance, Session

pytestmark = pytest.mark.django_db
ENDS = {"last_day": "11/20/2026", "reason": "own_wish"}
PLAN = {
    "keeps_well": "Evenings with my brother",
    "when_hard": "I call Sam",
    "family": "not_wanted",
    "no_aftercare_why": "Wants to wait",
}


@pytest.fixture
def counselor(clinic, sign_in):
    return sign_in(clinic.staff[Role.COUNSELOR])


@pytest.fixture
def stay(cast):
    return cast.patient_episode.pk


def url(name, stay):
    return reverse(f"desk:{name}", args=[stay])


def seal(text):
    return re.search(r'name="seen" value="(\w{64})"', text)[1]


def test_a_planned_end_is_planned_signed_on_the_phone_and_then_ends(cast, counselor, stay, sign_in):
    planned = {**ENDS, "reason": "completed"}
    refused = counselor.post(url("ending_close", stay), planned)
    assert refused.status_code == 422
    assert "Write the plan for afterwards first." in refused.text
    assert 'value="11/20/2026"' in refused.text
    shown = counselor.post(url("ending", stay), PLAN, follow=True).text
    assert "Evenings with my brother" in shown
    own = sign_in(cast.patient)
    assert "Evenings" not in own.get(reverse("plan:my_leaving")).text, "not before the counselor signs"
    counselor.post(url("ending_signature", stay), {"seen": seal(shown)})
    page = own.get(reverse("plan:my_leaving")).text
    assert "Evenings with my brother" in page
    own.post(reverse("plan:my_leaving_signature"), {"seen": seal(page)})
    assert "Give the person their copy." in counselor.post(url("ending_close", stay), planned).text
    counselor.post(url("ending_copy", stay))
    done = counselor.post(url("ending_close", stay), planned, follow=True).text
    assert "Friday 20 November 2026" in done and "Reached what was planned" in done
    assert Episode.objects.get(pk=stay).ends_on.isoformat() == "2026-11-21"
    counselor.post(url("ending_summary", stay), {"words": "Went well", "last_contact_on": ""})
    assert DischargeSummary.objects.get().words == "Went well"


def test_a_reason_stands_for_the_signature_and_signatures_can_be_taken_back(counselor, stay):
    shown = counselor.post(url("ending", stay), PLAN, follow=True).text
    counselor.post(url("ending_signature", stay), {"seen": seal(shown)})
    assert counselor.post(url("ending_refusal", stay), {"person_refused": ""}).status_code == 422
    told = counselor.post(url("ending_refusal", stay), {"person_refused": "In a hurry"}, follow=True).text
    assert "Did not sign: In a hurry" in told
    counselor.post(url("ending_reopening", stay))
    assert DischargePlan.objects.get().signed_at is None


@pytest.mark.parametrize("reason", ["", "positive_test", "non_compliant"])
def test_a19_a_stay_ends_for_a_reason_of_the_list_only(counselor, stay, reason):
    assert "never a reason by itself" in counselor.get(url("ending", stay)).text
    assert counselor.post(url("ending_close", stay), {**ENDS, "reason": reason}).status_code == 422
    assert Episode.objects.get(pk=stay).ends_on is None


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        ("", "required"),
        ("x", "Write a date"),
        ("1/1/2026", "had not begun"),
        ("1/1/2090", "within a year"),
    ],
)
def test_a_bad_end_is_refused(counselor, stay, last_day, words):
    counselor.post(url("ending", stay), PLAN)
    response = counselor.post(url("ending_close", stay), {**ENDS, "last_day": last_day})
    assert response.status_code == 422
    assert words in response.text
    assert Episode.objects.get(pk=stay).ends_on is None


def test_ending_twice_changes_nothing_and_the_call_is_recorded_once(counselor, stay):
    counselor.post(url("ending", stay), PLAN)
    assert counselor.post(url("ending_close", stay), ENDS).status_code == 302
    response = counselor.post(url("ending_close", stay), {**ENDS, "last_day": "11/15/2026"})
    assert response.status_code == 422
    assert Episode.objects.get(pk=stay).ends_on.isoformat() == "2026-11-21"
    assert "Call who left without a plan" in counselor.get(reverse("desk:due") + "?show=all").text
    for _twice in range(2):
        counselor.post(url("ending_call", stay), {"result": "reached", "words": "Is well"})
    assert FollowUp.objects.count() == 1


def test_who_was_not_reached_was_tried_three_times(counselor, stay):
    refused = counselor.post(url("ending_close", stay), {**ENDS, "reason": "not_reached"})
    assert "Three attempts in fourteen days" in refused.text


def test_an_appointment_needs_its_time(counselor, stay):
    answer = counselor.post(url("ending", stay), {**PLAN, "aftercare_on": "12/1/2026"})
    assert (answer.status_code, "Write the day and the time." in answer.text) == (422, True)


def test_the_page_takes_a_fixed_number_of_statements(cast, counselor, stay, django_assert_max_num_queries):
    counselor.get(url("ending", stay))
    with django_assert_max_num_queries(24):
        counselor.get(url("ending", stay))


def test_a_texas_plan_is_due_on_the_fifth_day_of_service_on_the_list(cast, clinic, counselor, stay):
    Program.objects.update(rule_pack="us-tx")
    begun, group = factories.OPENED, make_group(cast)
    for day in range(5):
        starts_at = begun + timedelta(days=day)
        appointment = make_appointment(cast, group, starts_at)
        session = Session.objects.create(
            **clinic.owns(),
            appointment=appointment,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            taken_at=starts_at,
            taken_by_id=factories.BY_ID,
        )
        Attendance.objects.create(
            **clinic.owns(),
            session=session,
            patient=cast.patient_episode.patient,
            state="present",
            in_at=starts_at,
            out_at=starts_at + timedelta(hours=1),
            minutes=60,
            marked_at=starts_at,
            marked_by_id=factories.BY_ID,
        )
    page = counselor.get(reverse("desk:due") + "?show=all").text
    row = page[page.index("First plan in force") :]
    assert "Sat 10 Oct" in row[:600]
    assert "5 days of service" in row[:1500]
