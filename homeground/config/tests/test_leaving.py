"""Who leaves is out: their sessions are gone from the database, not only refused at the door (check G09)."""

import pytest
from cast import PASSWORD
from django.contrib.sessions.models import Session
from django.test import Client

from homeground.ground import clock, scope
from homeground.people import actions
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db


def test_the_last_role_takes_every_session_with_it(clinic):
    counselor, other = clinic.staff[Role.COUNSELOR], clinic.staff[Role.BILLER]
    for member in (counselor, counselor, other):
        told = {"login": member.account.username, "password": PASSWORD}
        assert Client().post("/accounts/login/", told).status_code == 302
    assert Session.objects.count() == 3
    by = clinic.staff[Role.DIRECTOR].actor
    with scope.entered(organization_id=clinic.id):
        membership = counselor.account.memberships.get()
        actions.end_membership(membership_id=membership.pk, by=by, at=clock.now())
    left = [row.get_decoded()["_auth_user_id"] for row in Session.objects.all()]
    assert left == [str(other.account.pk)]
