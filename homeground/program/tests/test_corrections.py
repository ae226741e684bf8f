"""Centers and rooms are corrected: what changed is on record, what did not stays untouched."""

import pytest
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.people.roles import Role
from homeground.program.models import OpeningHours
from homeground.program.tests.test_places import center

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(clinic, sign_in):
    return sign_in(clinic.staff[Role.DIRECTOR])


@pytest.fixture
def scheduler(clinic, sign_in):
    return sign_in(clinic.staff[Role.SCHEDULER])


def of_center(clinic):
    return reverse("program:center", args=[clinic.center.pk])


def of_room(clinic):
    return reverse("program:space", args=[clinic.room.pk])


def changes(kind):
    rows = Entry.objects.filter(event=f"program.{kind}.changed").order_by("at", "id")
    return [row.facts["fields"] for row in rows]


def test_a_centers_page_shows_what_is_there_and_keeps_it_when_nothing_is_changed(director, clinic):
    page = director.get(of_center(clinic)).content.decode()
    assert 'value="1 Long Street"' in page and 'value="80202"' in page
    kept = {"name": clinic.center.name, "street": "1 Long Street", "zip_code": "80202", "phone": "3035550100"}
    hours = {}
    for each in OpeningHours.objects.filter(center=clinic.center):
        hours |= {
            f"opens_{each.weekday}": f"{each.opens:%H:%M}",
            f"closes_{each.weekday}": f"{each.closes:%H:%M}",
        }
    ids = set(OpeningHours.objects.filter(center=clinic.center).values_list("pk", flat=True))
    assert director.post(of_center(clinic), center(**kept, **hours)).status_code == 302
    assert changes("center") == []
    assert set(OpeningHours.objects.filter(center=clinic.center).values_list("pk", flat=True)) == ids


def test_a_director_corrects_a_center_and_its_hours(director, clinic):
    assert director.post(of_center(clinic), center(name="Moved")).status_code == 302
    clinic.center.refresh_from_db()
    assert (clinic.center.name, clinic.center.zip, clinic.center.phone) == ("Moved", "80203", "+13035550142")
    hours = OpeningHours.objects.filter(center=clinic.center)
    assert [(row.weekday, row.opens.hour, row.closes.hour) for row in hours] == [(0, 9, 17)]
    assert changes("center") == ["name street zip phone hours"]


@pytest.mark.parametrize(
    "change", [{"zip_code": "8020"}, {"opens_0": "17", "closes_0": "9"}, {"phone": "555"}]
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(director, clinic, change):
    page = director.post(of_center(clinic), center(**change))
    assert page.status_code == 422 and "2 Long Street" in page.content.decode()
    clinic.center.refresh_from_db()
    assert clinic.center.street == "1 Long Street" and changes("center") == []


def test_whoever_plans_corrects_a_room(scheduler, clinic):
    assert 'value="16"' in scheduler.get(of_room(clinic)).content.decode()
    told = {"name": "Willow", "kind": "group", "seats": "14"}
    assert scheduler.post(of_room(clinic), told).status_code == 302
    clinic.room.refresh_from_db()
    assert (clinic.room.name, clinic.room.seats, clinic.room.center_id) == ("Willow", 14, clinic.center.pk)
    assert scheduler.post(of_room(clinic), told).status_code == 302
    assert changes("space") == ["name seats"]
    assert scheduler.post(of_room(clinic), {**told, "seats": "0"}).status_code == 422
    assert of_room(clinic) in scheduler.get(reverse("program:places")).content.decode()


def test_only_directors_correct_a_center(scheduler, clinic):
    assert scheduler.get(of_center(clinic)).status_code == 403
    assert "Correct" not in scheduler.get(reverse("program:places")).content.decode()


def test_another_clinics_places_are_not_there(director, cast):
    for where in (of_center(cast.other_clinic), of_room(cast.other_clinic)):
        assert director.get(where).status_code == director.post(where, {}).status_code == 404
