"""After founding a clinic grows: centers, programs, rooms."""

import pytest
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.ground import clock
from homeground.people.roles import Role
from homeground.program import actions, queries
from homeground.program.models import Center, OpeningHours, Program, Space

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(clinic, sign_in):
    return sign_in(clinic.staff[Role.DIRECTOR])


@pytest.fixture
def scheduler(clinic, sign_in):
    return sign_in(clinic.staff[Role.SCHEDULER])


def center(**change):
    return {
        "name": "North",
        "street": "2 Long Street",
        "city": "Denver",
        "state": "co",
        "zip_code": "80203",
        "phone": "303-555-0142",
        "opens_0": "9",
        "closes_0": "5p",
        **change,
    }


def program(clinic, **change):
    return {
        "center_id": str(clinic.center.pk),
        "name": "Evening program",
        "population": "adult",
        "level": "2.1",
        "hours": "9",
        "min_days": "3",
        "max_days": "5",
        "min_day_minutes": "120",
        "week": "sun-sat",
        "rule_pack": "us-tx",
        "part2": "on",
        **change,
    }


def space(clinic, **change):
    return {"center_id": str(clinic.center.pk), "name": "Willow", "kind": "group", "seats": "12", **change}


def test_a_director_adds_a_center_with_its_hours(director):
    assert director.post(reverse("program:new_center"), center()).status_code == 302
    row = Center.objects.get(name="North")
    assert (row.state, row.phone) == ("CO", "+13035550142")
    hours = OpeningHours.objects.get(center=row)
    assert (hours.weekday, hours.opens.hour, hours.closes.hour) == (0, 9, 17)
    assert Entry.objects.filter(event="program.center.opened", subject_id=row.pk).exists()
    assert "North" in director.get(reverse("program:places")).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"state": "Colorado"},
        {"zip_code": "8020"},
        {"phone": "555"},
        {"phone": "call me"},
        {"opens_0": "17", "closes_0": "9"},
        {"opens_0": "", "closes_0": "9"},
        {"opens_3": "soon"},
    ],
)
def test_a_center_that_cannot_be_is_refused_at_its_field(director, clinic, change):
    before = Center.objects.count()
    page = director.post(reverse("program:new_center"), center(**change))
    assert page.status_code == 422
    assert "2 Long Street" in page.content.decode()
    assert Center.objects.count() == before


def test_a_program_is_added_under_the_rules_of_its_state(director, clinic):
    assert director.post(reverse("program:new_program"), program(clinic)).status_code == 302
    row = Program.objects.get(name="Evening program")
    assert (row.core_minutes, row.rule_pack, row.level) == (540, "us-tx", "2.1")


@pytest.mark.parametrize(
    "change",
    [
        {"hours": "8.5"},
        {"hours": "5.9", "population": "adolescent"},
        {"hours": "-1"},
        {"hours": "900"},
        {"min_days": "4", "max_days": "3"},
        {"rule_pack": "us-none"},
        {"population": "everybody"},
        {"center_id": "not an id"},
    ],
)
def test_a_program_below_the_floor_or_out_of_shape_is_refused(director, clinic, change):
    page = director.post(reverse("program:new_program"), program(clinic, **change))
    assert page.status_code == 422
    assert not Program.objects.filter(name="Evening program").exists()


@pytest.mark.parametrize(
    ("change", "warned"),
    [({"hours": "19"}, False), ({"hours": "20"}, True), ({"hours": "20", "level": "2.5"}, False)],
)
def test_more_than_nineteen_hours_is_allowed_and_named_as_high_intensity(director, clinic, change, warned):
    """Check A03."""
    assert director.post(reverse("program:new_program"), program(clinic, **change)).status_code == 302
    shown = director.get(reverse("program:places")).content.decode()
    assert ("that is high-intensity care" in shown) is warned


def test_a_scheduler_adds_a_room_but_no_program(scheduler, clinic):
    assert scheduler.post(reverse("program:new_space"), space(clinic)).status_code == 302
    assert Space.objects.get(name="Willow").seats == 12
    assert scheduler.get(reverse("program:new_program")).status_code == 403
    page = scheduler.get(reverse("program:places")).content.decode()
    assert "Willow" in page
    assert "Add a program" not in page


@pytest.mark.parametrize("change", [{"seats": "0"}, {"seats": "1000"}, {"name": ""}, {"kind": "hall"}])
def test_a_room_that_cannot_be_is_refused(scheduler, clinic, change):
    assert scheduler.post(reverse("program:new_space"), space(clinic, **change)).status_code == 422


def test_nothing_is_added_to_another_clinics_center(cast, inside):
    by = cast.clinic.staff[Role.DIRECTOR].actor
    theirs = cast.other_clinic.center.pk
    with pytest.raises(actions.CenterNotHere):
        actions.add_space(center_id=theirs, name="Ours", kind="group", seats=5, by=by, at=clock.now())


def test_the_page_costs_the_same_with_ten_centers(clinic, inside, django_assert_num_queries):
    on = clock.now().date()
    with django_assert_num_queries(5):
        queries.centers(on)
    for number in range(10):
        Center.objects.create(**clinic.owns(), name=f"C{number}", street="", city="", state="CO", zip="80202")
    with django_assert_num_queries(5):
        queries.centers(on)
