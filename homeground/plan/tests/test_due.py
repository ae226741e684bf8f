"""What is due, from what other rooms and this one know: clocks that start by themselves."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeground.people.roles import Role
from homeground.placement import actions as placement
from homeground.placement.models import Administration
from homeground.plan import queries
from homeground.plan.actions import safety
from homeground.plan.rules.risk import RiskLevel
from homeground.plan.rules.typed import Typed, token
from homeground.plan.tests import factories

pytestmark = pytest.mark.django_db
ON, AT = date(2026, 10, 8), factories.OPENED + timedelta(days=2)
HOUR = timedelta(hours=1)


@pytest.fixture
def by(cast, inside):
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def patient_id(cast):
    return cast.patient_episode.patient_id


@pytest.fixture
def screen(cast, by, patient_id):
    """Ask the C-SSRS together with staff, answering these items with yes and the others with no."""

    def screened(*yes, at=AT):
        sent = placement.send(patient_id=patient_id, instruments=["c-ssrs"], mode="staff", by=by, at=at)
        row = Administration.objects.get(packet_id=sent.packet_id)
        for item in ("q1", "q2", "q3", "q4", "q5", "q6_lifetime", "q6_past3mo"):
            try:
                placement.answer(
                    administration_id=row.pk, item=item, value=int(item in yes), was=None, by=by, at=at
                )
            except placement.AlreadyFinished:
                return

    return screened


def owed(kind, at=AT + HOUR):
    return [each for each in queries.due(ON, at) if each.deadline.kind == kind]


@pytest.mark.parametrize(
    ("yes", "starts"),
    [
        ((), False),
        (("q1", "q2"), False),
        (("q1", "q2", "q3"), True),
        (("q2", "q4"), True),
        (("q6_lifetime",), True),
        (("q6_lifetime", "q6_past3mo"), True),
    ],
)
def test_c16_a_screen_of_moderate_risk_or_above_starts_the_clock_of_the_safety_plan(
    screen, cast, yes, starts
):
    screen(*yes)
    found = owed("safety_plan")
    assert bool(found) is starts
    for each in found:
        assert each.deadline.due_at == AT + 24 * HOUR
        assert each.counselor_id == cast.patient_episode.counselor_id
        assert each.deadline.rule.id == "safety.plan_hours"


def test_the_clock_stops_with_the_plan_and_starts_again_with_the_next_screen(screen, by, patient_id):
    screen("q2", "q3")
    safety.write_safety_plan(
        patient_id=patient_id, typed={"signs": Typed("I go quiet", token(""))}, by=by, at=AT
    )
    assert owed("safety_plan")
    safety.finish_safety_plan(patient_id=patient_id, by=by, at=AT + HOUR)
    assert not owed("safety_plan")
    screen("q2", "q4", at=AT + timedelta(days=5))
    assert owed("safety_plan", at=AT + timedelta(days=5))


def test_a_clinician_speaks_after_the_screen_and_a_later_screen_does_not_lower(screen, by, patient_id):
    screen("q2", "q3")
    screen(at=AT + HOUR)
    assert owed("safety_plan"), "a later no takes nothing back"
    safety.note_risk(
        patient_id=patient_id, level=RiskLevel.LOW, basis="Talked for an hour", by=by, at=AT + 2 * HOUR
    )
    assert not owed("safety_plan", at=AT + 3 * HOUR)


def test_h06_an_item_of_unknown_level_asks_for_a_screen_and_the_screen_answers_it(screen, by, patient_id):
    sent = placement.send(patient_id=patient_id, instruments=["phq-9"], mode="staff", by=by, at=AT)
    row = Administration.objects.get(packet_id=sent.packet_id)
    placement.answer(administration_id=row.pk, item="9", value=1, was=None, by=by, at=AT)
    assert [each.deadline.since for each in owed("rescreen")] == [ON]
    screen(at=AT + HOUR)
    assert not owed("rescreen", at=AT + 2 * HOUR)


def test_due_costs_the_same_for_one_and_for_many(cast, by, screen, django_assert_num_queries):
    screen("q2", "q3")
    factories.put_in_force(factories.make_version(factories.make_plan(cast.patient_episode)))
    with django_assert_num_queries(7):
        queries.due(ON, AT)


def test_the_page_of_a_plan_is_read_in_sixteen_statements(cast, sign_in):
    plan = factories.make_plan(cast.patient_episode)
    first = factories.put_in_force(factories.make_version(plan))
    aim = first.goals.get().aims.get()
    factories.make_version(plan, 2, problem=first.goals.get().problem, objective=aim.objective)
    desk = sign_in(cast.clinic.staff[Role.COUNSELOR])
    url = reverse("plan:plan", args=[cast.patient_episode.patient_id])
    desk.get(url)
    with CaptureQueriesContext(connection) as ran:
        assert desk.get(url).status_code == 200
    frame = ("SAVEPOINT", "RELEASE", "select set_config", "select coalesce(current_setting")
    said = [each["sql"] for each in ran.captured_queries if not each["sql"].startswith(frame)]
    assert 1 + len(said) <= 16, "\n".join(each[:120] for each in said)
