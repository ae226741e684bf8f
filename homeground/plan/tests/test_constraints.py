"""The database refuses to change what was signed."""

import pytest
from django.db import IntegrityError, transaction

from homeground.plan.models import Aim, Goal, Intervention, Part, PlanVersion
from homeground.plan.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast, inside):
    return factories.put_in_force(factories.make_version(factories.make_plan(cast.patient_episode)))


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def said(row, **words):
    """Save other words in a row that was read already."""
    for name, text in words.items():
        setattr(row, name, text)
    row.save(update_fields=list(words))


def test_nothing_of_an_offered_version_is_changed_or_removed(version):
    goal, owns = version.goals.get(), {"organization_id": version.organization_id}
    refused(lambda: said(goal, words="Other words"))
    refused(lambda: said(Aim.objects.get(), words="Other words"))
    refused(lambda: said(Intervention.objects.get(), frequency="never"))
    refused(lambda: Goal.objects.filter(pk=goal.pk).update(words=b""))
    refused(lambda: Intervention.objects.all().delete())
    refused(lambda: Part.objects.create(**owns, version=version, kind="strengths", words="New"))
    refused(lambda: said(version, discharge_criteria="Other"))
    refused(lambda: PlanVersion.objects.update(in_force_at=None))


def test_a_draft_may_be_changed(cast, inside):
    draft = factories.make_version(factories.make_plan(cast.patient_episode))
    said(draft.goals.get(), words="Other words")
    assert Goal.objects.get().words == "Other words"


def test_a_plan_has_one_unfinished_version_and_one_in_force(version):
    factories.make_version(version.plan, 2, problem=version.goals.get().problem)
    refused(lambda: factories.make_version(version.plan, 3, problem=version.goals.get().problem))
    refused(lambda: factories.put_in_force(version.plan.versions.get(number=2)))
