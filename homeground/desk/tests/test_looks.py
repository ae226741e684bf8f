"""The weekly list of charts opened outside one's work, made from the trail (check G11)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from cast import make_member, make_person
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from furniture import make_group

from homeground.audit import actions as audit
from homeground.chart.models import Episode, Patient
from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.rules.looks import Sign
from homeground.desk.queries.looks import looks, monday
from homeground.ground import clock, scope
from homeground.ground.ids import uuid7
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(clinic, sign_in):
    return sign_in(clinic.staff[Role.DIRECTOR])


@pytest.fixture
def counselor(clinic):
    """A counselor without any people of their own, of a name nobody else bears."""
    made = make_member(clinic, Role.COUNSELOR, "another.counselor", "Rivers")
    made.person.family_name = "Rivers"
    made.person.save()
    return made


def today():
    """The clinic's day."""
    return clock.now().astimezone(ZoneInfo("America/Denver")).date()


def make_charts(clinic, count, first=0):
    """People with charts and stays, nobody's counselor among them."""
    on = today() - timedelta(days=30)
    made = []
    for number in range(first, first + count):
        person = make_person(clinic, "Guest", f"Number{chr(97 + number)}")
        person.safe_contact.phone = f"+1303555{number:04}"
        person.safe_contact.save()
        patient = Patient.objects.create(
            **clinic.owns(), person=person, number=9000 + number, since=clock.now()
        )
        Episode.objects.create(
            **clinic.owns(),
            patient=patient,
            program=clinic.adult,
            starts_on=on,
            admitted_at=clock.now(),
            admitted_by_id=uuid7(),
        )
        made.append(patient)
    return made


def open_chart(member, patient, at=None):
    audit.record(
        by=member.actor,
        at=at or clock.now(),
        event="desk.patient.read",
        subject_kind="patient",
        subject_id=patient.pk,
        patient_id=patient.pk,
    )


def test_three_unrelated_charts_make_a_weekly_list_g11(clinic, counselor, director, inside):
    three = make_charts(clinic, 3)
    for patient in three:
        open_chart(counselor, patient)
        open_chart(counselor, patient)
    page = looks(monday(today()), "America/Denver")
    mine = [each for each in page.rows if each.reader_id == counselor.person.pk]
    assert {each.person_id for each in mine} == {patient.person_id for patient in three}
    assert {each.opening.times for each in mine} == {2}
    said = director.get(reverse("desk:looks")).content.decode()
    assert said.count("not among their people") == 3 and "Guest Numbera" in said


def test_the_own_counselor_and_another_week_are_not_asked_about(clinic, counselor, inside):
    [patient] = make_charts(clinic, 1)
    Episode.objects.filter(patient=patient).update(counselor=counselor.person)
    open_chart(counselor, patient)
    week = monday(today())
    assert [e for e in looks(week, "America/Denver").rows if e.reader_id == counselor.person.pk] == []
    Episode.objects.filter(patient=patient).update(counselor=None)
    assert looks(week - timedelta(days=7), "America/Denver").rows == ()
    assert len([e for e in looks(week, "America/Denver").rows if e.reader_id == counselor.person.pk]) == 1


def test_the_list_costs_the_same_with_many_charts(clinic, counselor, inside):
    week, counts = monday(today()), []
    for patients in (make_charts(clinic, 1), make_charts(clinic, 12, first=1)):
        for patient in patients:
            open_chart(counselor, patient)
        with scope.entered(organization_id=clinic.id), CaptureQueriesContext(connection) as statements:
            looks(week, "America/Denver")
        counts.append(len(statements))
    assert counts[1] <= counts[0] <= 12


def test_the_director_writes_down_the_reason_or_makes_it_a_breach(clinic, counselor, director, inside):
    one, other = make_charts(clinic, 2)
    for patient in (one, other):
        open_chart(counselor, patient)
    week = monday(today()).isoformat()

    def page(patient):
        return reverse("desk:look", args=[counselor.person.pk, patient.person_id])

    assert director.get(page(one), {"week_of": week}).status_code == 200
    told = {"week_of": week, "finding": "explained"}
    assert director.post(page(one), told).status_code == 422
    assert director.post(page(one), told | {"words": "She stood in."}).status_code == 302
    answer = director.post(page(other), {"week_of": week, "finding": "breach", "words": "She was curious."})
    [breach] = confidentiality.breaches()
    assert answer["Location"] == reverse("confidentiality:breach", args=[breach.id])
    said = director.get(reverse("desk:looks")).content.decode()
    assert "a good reason: She stood in." in said and "a breach: She was curious." in said
    assert director.get(page(one), {"week_of": "2020-01-06"}).status_code == 404


def test_who_leads_the_group_is_not_asked_about_and_who_leads_another_is(cast, clinic, inside):
    make_group(cast)
    leader = clinic.staff[Role.FACILITATOR]
    other = make_member(clinic, Role.FACILITATOR, "second.facilitator", "Rivers")
    for each in (leader, other):
        open_chart(each, cast.patient_episode.patient)
    found = looks(monday(today()), "America/Denver").rows
    asked = {each.reader_id: Sign.OUTSIDE in each.signs for each in found}
    assert asked.get(leader.person.pk, False) is False and asked[other.person.pk] is True
