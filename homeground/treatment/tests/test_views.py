import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from homeground.ground import clock
from homeground.people.roles import Role
from homeground.treatment.models import Attendance, Session
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.tests import factories
from homeground.treatment.tests.browser import form_of, opened, url
from homeground.treatment.tests.spec_hours import DENVER

pytestmark = pytest.mark.django_db


def kept(meeting):
    return {
        row.patient_id: row for row in Attendance.objects.filter(session__appointment=meeting.appointment)
    }


def test_a_sheet_opens_with_everyone_present_and_saves_as_it_is(meeting, as_staff):
    client = as_staff(Role.FACILITATOR)
    form = opened(client, meeting)
    assert [form[f"state-{patient.pk}"] for patient in meeting.patients] == ["P", "P", "P"]
    answer = client.post(url(meeting), form)
    assert (answer.status_code, answer.url) == (302, url(meeting))
    assert {row.minutes for row in kept(meeting).values()} == {165}
    assert re.search(r"Saved \d\d:\d\d", client.get(url(meeting)).content.decode())


def test_times_are_read_as_people_type_them(meeting, as_staff, yesterday):
    client = as_staff(Role.FACILITATOR)
    form = opened(client, meeting)
    one, two, three = (patient.pk for patient in meeting.patients)
    form |= {f"state-{one}": "L", f"in-{one}": "6:10p", f"state-{two}": "E", f"out-{two}": "8:50"}
    form |= {f"state-{three}": "L", f"in-{three}": "1820", "ends": "8:55 pm"}
    assert client.post(url(meeting), form).status_code == 302
    rows = kept(meeting)
    assert [rows[who].minutes for who in (one, two, three)] == [150, 155, 140]
    assert Session.objects.get().ends_at == factories.local(f"{yesterday} 20:55")


def test_saving_what_the_page_shows_changes_nothing(meeting, as_staff):
    client = as_staff(Role.FACILITATOR)
    one = meeting.patients[0].pk
    client.post(url(meeting), opened(client, meeting) | {f"state-{one}": "L", f"in-{one}": "18:10"})
    before = list(Attendance.objects.order_by("id").values()), list(Session.objects.values())
    assert client.post(url(meeting), opened(client, meeting)).status_code == 302
    assert before == (list(Attendance.objects.order_by("id").values()), list(Session.objects.values()))


def test_all_that_is_wrong_is_said_beside_its_row_and_what_was_typed_stays(meeting, as_staff):
    client = as_staff(Role.FACILITATOR)
    one, two, three = (patient.pk for patient in meeting.patients)
    form = opened(client, meeting)
    form |= {f"state-{one}": "L", f"state-{two}": "L", f"in-{two}": "20:00", f"out-{two}": "19:00"}
    form |= {f"state-{three}": "A", f"in-{three}": "19:10"}
    answer = client.post(url(meeting), form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Late: write when they came." in text
    assert "Out must come after in." in text
    assert "Away, but a time is written." in text
    assert form_of(answer) | {"times-base": ""} == form | {"times-base": ""}
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "nonsense",
    ["25:00", "soon", "18:99", "-1", "\x00", "六時", "18:10" * 40, "<b>18</b>", "1e9"],
)
def test_a_time_nobody_can_read_is_refused_in_words(meeting, as_staff, nonsense):
    client = as_staff(Role.FACILITATOR)
    one = meeting.patients[0].pk
    form = opened(client, meeting) | {f"state-{one}": "L", f"in-{one}": nonsense, "ends": nonsense}
    answer = client.post(url(meeting), form)
    assert answer.status_code == 422
    assert "6:30 pm" in answer.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"planned": ""},
        {"planned": "0001-01-01T00:00+14:00/0001-01-01T00:00+14:00"},
        {"planned": "yesterday/today"},
        {"times-base": "x"},
        {"times-base": "|||||"},
        {"times-base": "18:00|soon||||"},
        {"row": ["not-a-person"]},
        {"row": ["../../etc"]},
    ],
)
def test_a_forged_sheet_is_a_bad_request_and_writes_nothing(meeting, as_staff, broken):
    client = as_staff(Role.FACILITATOR)
    answer = client.post(url(meeting), opened(client, meeting) | broken)
    assert answer.status_code == 400
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "planned", ["9999-12-31T23:59+00:00", "1900-01-01T00:00+00:00", "2050-06-01T18:00+00:00"]
)
def test_far_past_and_far_future_times_are_refused(meeting, as_staff, planned):
    client = as_staff(Role.FACILITATOR)
    answer = client.post(url(meeting), opened(client, meeting) | {"planned": f"{planned}/{planned}"})
    assert answer.status_code in (400, 422)
    assert not Session.objects.exists()


def test_an_empty_form_is_a_bad_request(meeting, as_staff):
    assert as_staff(Role.FACILITATOR).post(url(meeting), {}).status_code == 400


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "1.5"])
def test_a_version_that_is_no_number_is_a_bad_request(meeting, as_staff, version):
    client = as_staff(Role.FACILITATOR)
    who = meeting.patients[0].pk
    answer = client.post(url(meeting), opened(client, meeting) | {f"base-{who}": f"{version}|P||"})
    assert answer.status_code == 400


@pytest.mark.parametrize("state", ["", "Z", "present", "p" * 5000])
def test_a_state_the_sheet_does_not_know_is_refused_at_its_row(meeting, as_staff, state):
    client = as_staff(Role.FACILITATOR)
    who = meeting.patients[0].pk
    answer = client.post(url(meeting), opened(client, meeting) | {f"state-{who}": state})
    assert answer.status_code == 422
    assert "Choose one of the six." in answer.content.decode()


def test_a_session_that_ends_before_it_starts_is_refused_d03(meeting, as_staff):
    client = as_staff(Role.FACILITATOR)
    answer = client.post(url(meeting), opened(client, meeting) | {"starts": "20:00", "ends": "20:00"})
    assert answer.status_code == 422
    assert "The end must come after the start." in answer.content.decode()


def test_half_a_break_is_refused(meeting, as_staff):
    client = as_staff(Role.FACILITATOR)
    answer = client.post(url(meeting), opened(client, meeting) | {"break-to-1": ""})
    assert answer.status_code == 422
    assert "Write when the break began and when it ended." in answer.content.decode()


def test_someone_who_is_not_expected_is_refused(meeting, clinic, as_staff):
    client = as_staff(Role.FACILITATOR)
    stranger = factories.make_patients(clinic, 1)[0].pk
    form = opened(client, meeting)
    form["row"].append(str(stranger))
    answer = client.post(url(meeting), form | {f"state-{stranger}": "P", f"base-{stranger}": "0|P||"})
    assert answer.status_code == 422
    assert "not expected in this session" in answer.content.decode()


def test_a_session_to_come_can_be_opened_but_not_saved(clinic, as_staff):
    tomorrow = day_of(clock.now() + timedelta(days=1), DENVER).isoformat()
    meeting = factories.make_meeting(clinic, factories.make_patients(clinic, 1), tomorrow)
    client = as_staff(Role.FACILITATOR)
    answer = client.post(url(meeting), opened(client, meeting))
    assert answer.status_code == 422
    assert "has not begun" in answer.content.decode()


def test_two_people_on_one_sheet_see_both_marks_and_lose_none(meeting, as_staff):
    first, second = as_staff(Role.FACILITATOR), as_staff(Role.FRONT_DESK)
    one, two, three = (patient.pk for patient in meeting.patients)
    mine, theirs = opened(first, meeting), opened(second, meeting)
    theirs |= {f"state-{one}": "L", f"in-{one}": "18:20", f"state-{three}": "X"}
    assert second.post(url(meeting), theirs).status_code == 302
    refused = first.post(
        url(meeting), mine | {f"state-{one}": "A", f"state-{two}": "E", f"out-{two}": "20:00"}
    )
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Somebody else saved meanwhile" in text
    assert "Late, in 18:20" in text
    again = form_of(refused)
    assert (again[f"state-{one}"], again[f"state-{two}"], again[f"state-{three}"]) == ("A", "E", "X")
    assert {who: row.state for who, row in kept(meeting).items()} == {
        one: "late",
        two: "present",
        three: "excused",
    }
    assert first.post(url(meeting), again | {f"keep-{one}": "1"}).status_code == 302
    assert {who: row.state for who, row in kept(meeting).items()} == {
        one: "late",
        two: "left_early",
        three: "excused",
    }


def test_after_seeing_both_marks_one_may_still_decide_for_ones_own(meeting, as_staff):
    first, second = as_staff(Role.FACILITATOR), as_staff(Role.FRONT_DESK)
    one = meeting.patients[0].pk
    mine, theirs = opened(first, meeting), opened(second, meeting)
    second.post(url(meeting), theirs | {f"state-{one}": "L", f"in-{one}": "18:20"})
    refused = first.post(url(meeting), mine | {f"state-{one}": "A"})
    assert first.post(url(meeting), form_of(refused)).status_code == 302
    assert kept(meeting)[one].state == "absent"


def test_marks_on_different_rows_do_not_disturb_each_other(meeting, as_staff):
    first, second = as_staff(Role.FACILITATOR), as_staff(Role.FRONT_DESK)
    one, two, _three = (patient.pk for patient in meeting.patients)
    mine, theirs = opened(first, meeting), opened(second, meeting)
    assert second.post(url(meeting), theirs | {f"state-{one}": "L", f"in-{one}": "18:20"}).status_code == 302
    assert first.post(url(meeting), mine | {f"state-{two}": "A"}).status_code == 302
    rows = kept(meeting)
    assert (rows[one].state, rows[two].state) == ("late", "absent")


def test_times_changed_by_somebody_else_are_shown_beside_ones_own(meeting, as_staff):
    first, second = as_staff(Role.FACILITATOR), as_staff(Role.FRONT_DESK)
    second.post(url(meeting), opened(second, meeting))
    mine, theirs = opened(first, meeting), opened(second, meeting)
    second.post(url(meeting), theirs | {"ends": "20:30"})
    refused = first.post(url(meeting), mine | {"ends": "20:45"})
    assert refused.status_code == 409
    assert "18:00 to 20:30" in refused.content.decode()
    assert form_of(refused)["ends"] == "20:45"


def test_a_missing_consent_is_seen_before_saving_and_refused_at_its_row_b16(clinic, as_staff, yesterday):
    unsigned = factories.make_patients(clinic, 1, consented=False)
    meeting = factories.make_meeting(clinic, unsigned, yesterday)
    client = as_staff(Role.FACILITATOR)
    assert "no consent to treat" in client.get(url(meeting)).content.decode()
    answer = client.post(url(meeting), opened(client, meeting))
    assert answer.status_code == 422
    assert "Ask them to sign first" in answer.content.decode()


def test_a_facilitator_opens_only_the_sheets_they_lead(clinic, as_staff, yesterday):
    others = factories.make_meeting(
        clinic, factories.make_patients(clinic, 1), yesterday, leader=clinic.staff[Role.COUNSELOR]
    )
    client = as_staff(Role.FACILITATOR)
    assert client.get(url(others)).status_code == 404
    assert client.post(url(others), {"planned": "x"}).status_code == 404
    assert str(others.id) not in client.get(reverse("treatment:sheets")).content.decode()
    assert str(others.id) in as_staff(Role.DIRECTOR).get(reverse("treatment:sheets")).content.decode()


def test_unknown_and_other_clinics_sheets_are_the_same_404(cast, as_staff, yesterday):
    elsewhere = factories.make_meeting(
        cast.other_clinic, factories.make_patients(cast.other_clinic, 1), yesterday
    )
    client = as_staff(Role.DIRECTOR)
    for id in (elsewhere.id, uuid4()):
        page = reverse("treatment:sheet", args=[id])
        assert client.get(page).status_code == 404
        assert client.post(page, {}).status_code == 404


def test_the_printed_sheet_shows_initials_and_the_form_is_not_printed(meeting, as_staff):
    text = as_staff(Role.FACILITATOR).get(url(meeting)).content.decode()
    printed = text[text.index('class="table print-only"') : text.index("<main")]
    assert "R.S." in printed
    assert "Sample" not in printed


def test_the_page_says_nothing_outside_its_body(meeting, as_staff):
    text = as_staff(Role.FACILITATOR).get(url(meeting)).content.decode()
    title = re.search(r"<title>(.*?)</title>", text)[1]
    assert "Sample" not in title
    assert "group" not in title.lower()


@pytest.mark.parametrize("count", [8, 30])
def test_opening_a_sheet_costs_the_same_for_any_number_of_people(
    clinic, as_staff, yesterday, count, django_assert_max_num_queries
):
    meeting = factories.make_meeting(clinic, factories.make_patients(clinic, count), yesterday)
    client = as_staff(Role.FACILITATOR)
    form = opened(client, meeting)
    with django_assert_max_num_queries(22):
        client.get(url(meeting))
    with django_assert_max_num_queries(24):
        client.post(url(meeting), form)


def test_a_refused_sheet_waits_for_a_decision_instead_of_saving_itself(meeting, as_staff):
    client = as_staff(Role.FACILITATOR)
    assert "data-autosave" not in client.get(url(meeting)).content.decode()
    client.post(url(meeting), opened(client, meeting))
    assert "data-autosave" in client.get(url(meeting)).content.decode()
    refused = client.post(url(meeting), opened(client, meeting) | {"ends": "17:00"})
    assert "data-autosave" not in refused.content.decode()
