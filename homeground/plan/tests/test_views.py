"""Pages: what is typed is kept, what cannot be kept is shown, refusals are said where they belong."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from homeground.audit.models import Entry
from homeground.ground import clock
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.plan.models import Goal, Incident, PlanVersion, RiskFinding
from homeground.plan.rules.typed import token
from homeground.plan.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def counselor(cast, sign_in):
    Person.objects.filter(pk=cast.clinic.staff[Role.COUNSELOR].person.pk).update(credentials="LAC")
    return sign_in(cast.clinic.staff[Role.COUNSELOR])


@pytest.fixture
def patient(cast, sign_in):
    return sign_in(cast.patient)


@pytest.fixture
def draft(cast):
    version = factories.make_version(factories.make_plan(cast.patient_episode))
    version.goals.get().aims.update(target_on=(clock.now() + timedelta(days=30)).date())
    return version


def save(client, name, text, was, url, **headers):
    return client.post(url, {name: text, f"seen-{name}": token(was)}, headers=headers)


def test_a_script_is_told_what_was_kept_and_what_somebody_else_wrote(counselor, draft):
    url, goal = reverse("plan:draft", args=[draft.pk]), draft.goals.get()
    name = f"goal-{goal.pk}-words"
    first = save(counselor, name, "One", goal.words, url, accept="application/json").json()
    assert first["seen"] == {name: token("One")} and first["theirs"] == {}
    second = save(counselor, name, "Two", goal.words, url, accept="application/json").json()
    assert "One" in second["theirs"][name] and second["seen"] == {}
    assert Goal.objects.get().words == "One"


def test_without_a_script_the_page_shows_both_and_a_second_save_keeps_mine(counselor, draft):
    url, goal = reverse("plan:draft", args=[draft.pk]), draft.goals.get()
    name = f"goal-{goal.pk}-words"
    before = goal.words
    goal.words = "Theirs"
    goal.save(update_fields=["words"])
    shown = save(counselor, name, "Mine", before, url)
    page = shown.content.decode()
    assert shown.status_code == 409
    assert "Somebody else wrote meanwhile: “Theirs”" in page and ">Mine</textarea>" in page
    seen = re.search(rf'name="seen-{name}" value="(\w+)"', page)[1]
    answer = counselor.post(url, {name: "Mine", f"seen-{name}": seen})
    assert (answer.status_code, Goal.objects.get().words) == (302, "Mine")


def test_a_day_that_is_none_stays_typed_and_is_not_kept(counselor, draft):
    aim = draft.goals.get().aims.get()
    name = f"aim-{aim.pk}-target"
    url = reverse("plan:draft", args=[draft.pk])
    answer = save(counselor, name, "soon", aim.target_on.isoformat(), url, accept="application/json").json()
    assert "Write a date" in answer["errors"][name]
    answer = save(counselor, name, "12/31/2036", aim.target_on.isoformat(), url)
    aim.refresh_from_db()
    assert aim.target_on.isoformat() == "2036-12-31"


def test_an_offer_is_refused_with_the_list_of_gaps_and_then_signed_on_the_phone(counselor, patient, draft):
    aim = draft.goals.get().aims.get()
    draft.goals.get().aims.update(measure="")
    url = reverse("plan:draft", args=[draft.pk])

    def offered():
        page = counselor.get(url).content.decode()
        seen = re.search(r'name="seen" value="(\w{64})"', page)[1]
        return counselor.post(reverse("plan:offer", args=[draft.pk]), {"seen": seen})

    refused = offered()
    assert refused.status_code == 422
    assert f'<a href="#{aim.pk}">Say how it will be seen or counted.</a>' in refused.content.decode()
    save(counselor, f"aim-{aim.pk}-measure", "Diary", "", url)
    assert offered().status_code == 302
    page = patient.get(reverse("plan:my_plan")).content.decode()
    seen = re.search(r'name="seen" value="(\w{64})"', page)[1]
    answer = patient.post(reverse("plan:my_signature", args=[draft.pk]), {"seen": seen})
    assert answer.status_code == 302
    assert PlanVersion.objects.get().in_force_at is not None


def test_staff_pages_stay_closed_to_the_person(cast, patient, draft, sign_in):
    assert sign_in(cast.relative).get(reverse("plan:my_plan")).status_code == 403
    assert patient.get(reverse("plan:draft", args=[draft.pk])).status_code == 403


def test_h05_the_worker_keeps_one_page_only(patient):
    answer = patient.get(reverse("plan:my_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert f'CARD = "{reverse("plan:my_card")}"' in answer.content.decode()


def test_c16_a_moderate_risk_without_a_plan_is_refused_at_its_field(cast, counselor):
    url = reverse("plan:risks", args=[cast.patient_episode.patient_id])
    answer = counselor.post(url, {"level": "moderate", "basis": "Thinks of a way"})
    assert answer.status_code == 422
    assert "Make or read over the safety plan first" in answer.content.decode()
    assert not RiskFinding.objects.exists()


def test_reading_a_plan_is_part_of_the_record(cast, counselor, draft):
    patient_id = cast.patient_episode.patient_id
    counselor.get(reverse("plan:plan", args=[patient_id]))
    assert Entry.objects.filter(event="plan.plan.read", patient_id=patient_id).count() == 1


def test_c15_the_copy_names_goals_rights_and_help_in_both_languages(cast, counselor, draft):
    factories.put_in_force(draft)
    url = reverse("desk:plan_copy", args=[cast.patient_episode.patient_id])
    english, spanish = (counselor.get(url, {"in": code}).content.decode() for code in ("en", "es"))
    for words in ("I want my evenings back.", "What I can count on", "988", "My next times"):
        assert words in english
    assert "Con qué puedo contar" in spanish


def test_an_incident_is_written_down_and_its_report_settled_once(cast, counselor):
    patient_id = cast.patient_episode.patient_id
    url = reverse("plan:incidents", args=[patient_id])
    here = timezone.localtime(clock.now() - timedelta(hours=2), ZoneInfo("America/Denver"))
    told = {"kind": "overdose", "words": "Naloxone given", "happened_time": f"{here:%H:%M}"}
    told["happened_on"] = f"{here + timedelta(days=2):%m/%d/%Y}"
    refused = counselor.post(url, told)
    assert refused.status_code == 422
    assert "This lies in the future." in refused.text and "Naloxone given" in refused.text
    counselor.post(url, {**told, "happened_on": f"{here:%m/%d/%Y}"})
    incident = Incident.objects.get()
    assert "Report an incident to the state" in counselor.get(reverse("desk:due") + "?show=all").text
    for _twice in range(2):
        counselor.post(reverse("plan:incident_report", args=[incident.pk]), {"no_report_why": ""})
    incident.refresh_from_db()
    assert incident.reported_at is not None
    assert "The state was told" in counselor.get(url).text


def test_who_is_no_physician_does_not_certify(cast, counselor):
    url = reverse("plan:certifications", args=[cast.patient_episode.patient_id])
    told = {"from_on": "10/6/2026", "minutes_a_week": "480", "reason": "Needs the structure"}
    answer = counselor.post(url, told)
    assert answer.status_code == 422
    assert "Only a physician" in answer.text and "fewer than nine hours" in answer.text
    Person.objects.filter(pk=cast.clinic.staff[Role.COUNSELOR].person.pk).update(credentials="MD")
    assert counselor.post(url, {**told, "minutes_a_week": "540"}).status_code == 302
