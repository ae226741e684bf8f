"""Rows read with a lock, so that two writers follow each other."""

from uuid import UUID

from homeground.plan.models import Assessment, PlanVersion
from homeground.plan.queries.content import VersionNotHere


class AssessmentNotHere(Exception):
    """No such assessment in the organization in scope."""


def locked_version(version_id: UUID) -> PlanVersion:
    """A version with its plan and stay. One statement. Raises VersionNotHere."""
    row = (
        PlanVersion.objects.select_for_update(of=("self",))
        .select_related("plan__episode__patient")
        .filter(pk=version_id)
        .first()
    )
    if row is None:
        raise VersionNotHere
    return row


def locked_assessment(assessment_id: UUID) -> Assessment:
    """An assessment with its stay. One statement. Raises AssessmentNotHere."""
    row = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("episode")
        .filter(pk=assessment_id)
        .first()
    )
    if row is None:
        raise AssessmentNotHere
    return row
