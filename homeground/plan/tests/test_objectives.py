from datetime import date, timedelta

import pytest

from homeground.ground import scope
from homeground.plan.queries import objectives_of
from homeground.plan.tests import factories

pytestmark = pytest.mark.django_db


def test_a_plan_in_force_has_objectives_and_a_draft_has_none(cast, inside, django_assert_num_queries):
    episode = cast.patient_episode
    patient = episode.patient_id
    version = factories.make_version(factories.make_plan(episode))
    assert objectives_of([patient], date(2026, 11, 22)) == {patient: ()}
    factories.put_in_force(version)
    with scope.entered(organization_id=cast.clinic.id), django_assert_num_queries(2):
        [objective] = objectives_of([patient], date(2026, 11, 22))[patient]
    assert objective.words == "Spend five evenings a week without alcohol"
    assert objective.goal == "I want my evenings back."
    assert objectives_of([patient], date(2026, 10, 6)) == {patient: ()}


def test_an_objective_keeps_its_id_when_a_new_version_words_it_anew(cast, inside):
    episode = cast.patient_episode
    patient = episode.patient_id
    first = factories.put_in_force(
        factories.make_version(factories.make_plan(episode)), ended_at=factories.OPENED + timedelta(days=20)
    )
    aim = first.goals.get().aims.get()
    second = factories.make_version(first.plan, 2, problem=first.goals.get().problem, objective=aim.objective)
    again = second.goals.get().aims.get()
    again.words = "Spend all evenings without alcohol"
    again.save(update_fields=["words"])
    factories.put_in_force(second, factories.OPENED + timedelta(days=20))
    [before] = objectives_of([patient], date(2026, 10, 20))[patient]
    [after] = objectives_of([patient], date(2026, 11, 22))[patient]
    assert before.id == after.id == aim.objective_id
    assert (before.words, after.words) == (
        "Spend five evenings a week without alcohol",
        "Spend all evenings without alcohol",
    )
