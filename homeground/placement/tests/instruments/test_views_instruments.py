"""The director's page: who is on call, retiring, and questionnaires of the clinic's own."""

import io
import json
import re

import pytest
from django.urls import reverse

from homeground.people.roles import Role
from homeground.placement import actions
from homeground.placement.models import Administration, ClinicInstrument
from homeground.placement.tests.instruments.browser import begin, tap

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(sign_in, director):
    return sign_in(director)


def test_the_director_names_who_is_on_call(office, counselor):
    office.post(reverse("placement:measure_setting"), {"on_call": str(counselor.person.pk), "lead": ""})
    text = office.get(reverse("placement:instruments")).content.decode()
    assert re.search(rf'<option value="{counselor.person.pk}" selected', text)


def test_a_desk_member_cannot_be_on_call(office, clinic):
    desk = clinic.staff[Role.FRONT_DESK].person.pk
    assert office.post(reverse("placement:measure_setting"), {"on_call": str(desk)}).status_code == 422


def test_retiring_from_the_page(office, sent):
    office.post(reverse("placement:retirement"), {"code": "phq-2", "version": "1"})
    with pytest.raises(actions.NotInUse):
        sent("phq-2")
    gone = office.post(reverse("placement:retirement"), {"code": "phq-77", "version": "1"})
    assert gone.status_code == 404


def questionnaire(count=10, **more):
    option = [
        {"valueCoding": {"display": word}, "extension": [{"url": ORDINAL, "valueDecimal": n}]}
        for n, word in enumerate(["No", "Yes"])
    ]
    items = [
        {"linkId": f"q{n}", "text": f"Question {n}?", "type": "choice", "answerOption": option}
        for n in range(1, count + 1)
    ]
    return {"resourceType": "Questionnaire", "title": "Own screen", "language": "en", "item": items, **more}


ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def bring(client, document, **more):
    file = io.BytesIO(document if isinstance(document, bytes) else json.dumps(document).encode())
    file.name = "q.json"
    told = {"base": "", "version": "1", "holder": "The owner", "terms": "Letter of 3 May", **more}
    return client.post(reverse("placement:instruments"), {"file": file, **told})


def test_a_clinic_fills_the_text_of_a_definition_it_has_a_licence_for(office, sent, phone):
    assert bring(office, questionnaire(), base="dast-10", version="clinic-1").status_code == 302
    page = begin(phone, sent("dast-10")).content.decode()
    assert "Question 1?" in page
    assert "The owner: Letter of 3 May" in page, "the licence line is the clinic's own"
    for _ in range(10):
        tap(phone, 1)
    assert Administration.objects.get().scores.get().value == 9, "item 3 is reversed, as in our definition"


def test_a_questionnaire_of_its_own_is_summed(office, sent, phone):
    assert bring(office, questionnaire(3)).status_code == 302
    assert ClinicInstrument.objects.get().code == "own-screen"
    begin(phone, sent("own-screen"))
    for _ in range(3):
        tap(phone, 1)
    assert Administration.objects.get().scores.get().value == 3


def test_without_a_licence_nothing_is_kept(office):
    assert bring(office, questionnaire(), holder="").status_code == 422
    assert not ClinicInstrument.objects.exists()


def test_a_version_is_never_changed(office):
    bring(office, questionnaire(3))
    assert bring(office, questionnaire(4)).status_code == 422
    assert ClinicInstrument.objects.count() == 1


@pytest.mark.parametrize("document", [b"no json", b"\xff\xfe", b"[]", b"{}", b'{"resourceType": "Patient"}'])
def test_what_is_no_questionnaire_is_refused(office, document):
    assert bring(office, document).status_code == 422


def test_another_number_of_questions_does_not_fill_a_definition(office):
    answer = bring(office, questionnaire(9), base="dast-10", version="2")
    assert answer.status_code == 422
    assert "9 questions, 10 wanted" in answer.content.decode()
