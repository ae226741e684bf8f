"""The pages: answering without a password, staff's views, the patient's own."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from homeground.ground import clock
from homeground.people.models import SafeContact
from homeground.placement import actions
from homeground.placement.models import (
    Administration,
    CriticalAnswer,
    MeasureAnswer,
    MeasureLink,
    Packet,
)
from homeground.placement.tests.instruments.browser import begin, tap

pytestmark = pytest.mark.django_db


def test_looking_at_the_link_spends_nothing(sent, phone, sign_in):
    address = sent("phq-2")
    for _ in range(3):
        assert phone.get(address).status_code == 200
    assert MeasureLink.objects.get().opened_at is None


def test_a_link_is_answered_question_by_question_without_a_password(sent, phone):
    page = begin(phone, sent("phq-2"))
    assert "Little interest" in page.content.decode()
    assert "No permission required" in page.content.decode(), "the licence line is on the page"
    assert tap(phone, 2).status_code == 302
    assert MeasureAnswer.objects.get().value == 2, "kept at once"
    tap(phone, 1)
    done = phone.get(reverse("placement:check"))
    assert "Thank you" in done.content.decode()
    assert Administration.objects.get().completed_at is not None


def test_the_link_used_twice_goes_on_here_and_nowhere_else(sent, phone, sign_in):
    address = sent("phq-2")
    begin(phone, address)
    assert phone.get(address).status_code == 302, "the same browser goes on, also after it was closed"
    other = sign_in(None)
    for answer in (other.get(address), other.post(address)):
        assert answer.status_code == 410
        assert b"988" in answer.content
    assert other.get(reverse("placement:check")).status_code == 410


def test_a_link_after_a_day_says_how_to_get_another(sent, phone):
    answer = phone.get(sent("phq-2", at=clock.now() - timedelta(hours=25)))
    assert answer.status_code == 410
    assert b"we send you a new one" in answer.content


def test_a_critical_answer_shows_988_and_the_clinics_number_at_once(sent, phone):
    begin(phone, sent("phq-9"))
    page = phone.get(reverse("placement:check") + "?item=9").content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(form|item|was)" value="([^"]*)"', page))
    answer = phone.post(reverse("placement:check"), {**fields, "value": "1"}, follow=True)
    text = answer.content.decode()
    assert "You do not have to go through this alone" in text
    assert 'href="tel:988"' in text
    assert "303-555-0100" in text
    assert CriticalAnswer.objects.count() == 1


@pytest.mark.parametrize("bad", ["4", "-1", "x", "", "99999999999999999999"])
def test_an_answer_outside_the_range_keeps_the_question_open(sent, phone, bad):
    begin(phone, sent("phq-2"))
    answer = tap(phone, bad)
    assert answer.status_code == 422
    assert b"Please choose one of the answers" in answer.content
    assert not MeasureAnswer.objects.exists()


def test_two_tabs_the_second_is_told_and_asked(sent, phone):
    begin(phone, sent("phq-2"))
    stale = phone.get(reverse("placement:check")).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(form|item|was)" value="([^"]*)"', stale))
    tap(phone, 3)
    answer = phone.post(reverse("placement:check"), {**fields, "value": "0"})
    assert answer.status_code == 422
    assert b"You gave another answer before" in answer.content
    assert MeasureAnswer.objects.get().value == 3


def test_a_form_of_somebody_else_is_not_here(sent, phone, cast):
    begin(phone, sent("phq-2"))
    other = sent("gad-7")
    assert other
    foreign = Administration.objects.get(instrument="gad-7").pk
    sent_fields = {"form": str(foreign), "item": "1", "was": "", "value": "1"}
    assert phone.post(reverse("placement:check"), sent_fields).status_code in (404, 422)
    assert not MeasureAnswer.objects.exists()


def test_leaving_a_question_out(sent, phone):
    begin(phone, sent("phq-2"))
    tap(phone, "", **{"pass": "1"})
    assert MeasureAnswer.objects.get().value is None
    assert "Feeling down" in phone.get(reverse("placement:check")).content.decode()


def test_the_questions_are_spanish_for_who_reads_spanish(sent, phone, patient):
    patient.person.language = "es"
    patient.person.save()
    page = begin(phone, sent("phq-2")).content.decode()
    assert "Poco interés" in page
    assert "Pregunta 1 de 2" in page


def test_where_no_free_translation_is_the_page_says_so(sent, phone, patient):
    patient.person.language = "es"
    patient.person.save()
    page = begin(phone, sent("bam-iop")).content.decode()
    assert 'lang="en"' in page
    assert "solo en inglés" in page


def test_nothing_about_treatment_is_in_address_or_title(sent, phone):
    address = sent("bam-iop")
    page = begin(phone, address).content.decode()
    title = re.search(r"<title>(.*?)</title>", page)[1].casefold()
    for word in ("bam", "treatment", "alcohol", "drug", "iop"):
        assert word not in title
        assert word not in address.casefold().replace(address.split("/")[-2].casefold(), "")


# Staff


@pytest.fixture
def desk(sign_in, counselor):
    return sign_in(counselor)


def test_a_counselor_asks_by_link_and_sees_the_neutral_message_once(desk, patient):
    answer = desk.post(
        reverse("placement:packets", args=[patient.pk]), {"instruments": ["bam-iop", "phq-9"], "mode": "link"}
    )
    text = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "Juniper House office: your short questions are ready" in text
    assert "/placement/ask/" in text
    assert Packet.objects.get().administrations.count() == 2


def test_where_a_text_is_not_safe_no_number_is_shown(desk, patient):
    SafeContact.objects.filter(person=patient.person).update(may_text=False)
    answer = desk.post(
        reverse("placement:packets", args=[patient.pk]), {"instruments": ["phq-9"], "mode": "link"}
    )
    assert "303-555-0142" not in answer.content.decode()
    assert "Give the link by hand" in answer.content.decode()


def test_the_kiosk_signs_staff_out_first(desk, patient):
    answer = desk.post(
        reverse("placement:packets", args=[patient.pk]), {"instruments": ["phq-2"], "mode": "kiosk"}
    )
    assert answer["Location"] == reverse("placement:check")
    assert desk.get(reverse("placement:check")).status_code == 200
    assert desk.get(reverse("desk:people")).status_code == 302


def test_together_with_staff_nobody_is_signed_out(desk, patient):
    desk.post(reverse("placement:packets", args=[patient.pk]), {"instruments": ["c-ssrs"], "mode": "staff"})
    assert "wished you were dead" in desk.get(reverse("placement:check")).content.decode()
    assert desk.get(reverse("desk:people")).status_code == 200


def test_by_link_the_c_ssrs_is_refused_while_nobody_is_on_call(desk, patient):
    answer = desk.post(
        reverse("placement:packets", args=[patient.pk]), {"instruments": ["c-ssrs"], "mode": "link"}
    )
    assert answer.status_code == 422
    assert "Nobody is on call" in answer.content.decode()
    assert not Packet.objects.exists()


def test_nothing_chosen_is_said_at_the_field(desk, patient):
    answer = desk.post(reverse("placement:packets", args=[patient.pk]), {"mode": "link"})
    assert answer.status_code == 422
    assert b"error-summary" in answer.content


def answered(phone, address, *values):
    begin(phone, address)
    for value in values:
        tap(phone, value)


def test_the_person_page_draws_the_line_with_a_table_behind(sent, phone, desk, patient):
    answered(phone, sent("phq-9"), 3, 3, 3, 3, 3, 3, 1, 0, 0, 1)
    answered(phone, sent("phq-9"), 1, 1, 1, 1, 1, 1, 1, 0, 0, 0)
    text = desk.get(reverse("placement:measures", args=[patient.pk])).content.decode()
    assert text.count("<circle") == 2
    assert "style=" not in text
    assert "improves" in text
    assert "NHS Talking Therapies" in text
    assert "moderately severe" in text
    assert "Show numbers" in text


def test_the_answers_are_one_click_away_with_the_licence(sent, phone, desk):
    answered(phone, sent("phq-2"), 3, 2)
    page = desk.get(reverse("placement:administration", args=[Administration.objects.get().pk]))
    text = page.content.decode()
    assert "Nearly every day" in text
    assert "positive screen ≥ 3" in text
    assert "No permission required" in text


def test_the_list_of_everybody_puts_who_worsens_first(sent, phone, desk):
    answered(phone, sent("gad-7"), *[1] * 7)
    answered(phone, sent("gad-7"), *[3] * 7)
    text = desk.get(reverse("placement:caseload")).content.decode()
    assert "worsens" in text
    assert "(+14)" in text


def test_withdrawing_from_the_page(sent, desk, patient, phone):
    address = sent("phq-2")
    desk.post(reverse("placement:withdrawal", args=[Packet.objects.get().pk]))
    assert phone.get(address).status_code == 410


@pytest.fixture
def critical(sent, phone):
    begin(phone, sent("phq-9"))
    page = phone.get(reverse("placement:check") + "?item=9").content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(form|item|was)" value="([^"]*)"', page))
    phone.post(reverse("placement:check"), {**fields, "value": "2"})
    return CriticalAnswer.objects.get()


def test_two_clinicians_close_a_critical_answer(critical, desk, sign_in, director):
    listed, closing = reverse("placement:criticals"), reverse("placement:dismissals", args=[critical.pk])
    assert "More than half the days" in desk.get(listed).content.decode()
    assert desk.post(closing, {f"{critical.pk}-done": "Talked."}).status_code == 422
    desk.post(reverse("placement:acknowledgement", args=[critical.pk]))
    assert desk.post(closing, {f"{critical.pk}-done": " "}).status_code == 422
    unsaid = desk.post(closing, {f"{critical.pk}-done": "Talked, safe plan made."})
    assert (unsaid.status_code, b"Choose what came of it" in unsaid.content) == (422, True)
    here = timezone.localtime(clock.now(), ZoneInfo("America/Denver"))
    told = {"outcome": "talked", "reached_on": f"{here:%m/%d/%Y}", "reached_time": f"{here:%H:%M}"}
    told |= {"done": "Talked, safe plan made."}
    told = {f"{critical.pk}-{name}": text for name, text in told.items()}
    assert desk.post(closing, told).status_code == 302
    again = desk.post(closing, {f"{critical.pk}-done": "Yes."})
    assert again.status_code == 422
    assert "A second clinician must agree" in again.content.decode()
    second = sign_in(director)
    assert "Talked, safe plan made." in second.get(listed).content.decode()
    assert second.post(closing, {f"{critical.pk}-done": "Agreed."}).status_code == 302
    assert "No critical answer is open" in desk.get(listed).content.decode()


def test_the_patient_page_of_staff_shows_the_open_critical_answer(critical, desk, patient):
    text = desk.get(reverse("placement:measures", args=[patient.pk])).content.decode()
    assert "Thoughts of suicide or self-harm" in text


# The patient's own sign-in


def test_the_patient_begins_from_their_own_page(sent, sign_in, cast):
    sent("phq-2")
    own = sign_in(cast.patient)
    assert "A short check-in is ready" in own.get(reverse("placement:mine")).content.decode()
    begun = own.post(reverse("placement:my_visit", args=[Packet.objects.get().pk]))
    assert begun["Location"] == reverse("placement:check")
    assert "Little interest" in own.get(reverse("placement:check")).content.decode()


def test_the_patient_sees_no_severity_unless_the_clinic_says_so(sent, phone, sign_in, cast, director):
    from homeground.ground import scope

    answered(phone, sent("phq-9"), 3, 3, 3, 3, 3, 3, 1, 0, 0, 1)
    own = sign_in(cast.patient)
    shown = own.get(reverse("placement:mine")).content.decode()
    assert "<circle" in shown
    assert "severe" not in shown
    assert "rather strong" not in shown
    with scope.entered(organization_id=director.actor.organization_id):
        actions.set_measures(
            shows_severity=True, on_call_id=None, lead_id=None, by=director.actor, at=clock.now()
        )
    assert "rather strong" in own.get(reverse("placement:mine")).content.decode()
