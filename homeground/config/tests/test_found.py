import io
import re
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from homeground.ground import scope
from homeground.people.models import Account, Membership
from homeground.program.models import Organization, Program

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Cedar House", "zone": "America/Denver", "director": "first.director"}


def found(**changes):
    told = StringIO()
    call_command("found", stdout=told, **{**GIVEN, **changes})
    return told.getvalue()


def test_an_empty_clinic_opens_its_doors_and_its_director_signs_in_by_link(client):
    told = found()
    organization = Organization.objects.get(name="Cedar House")
    with scope.entered(organization_id=organization.pk):
        assert Program.objects.get().level == "2.1"
        assert Membership.objects.get().role == "director"
    path = re.search(r"/people/in/\S+", told)[0]
    assert client.post(path).status_code == 302
    assert client.get(reverse("people:accounts")).status_code == 200


def test_the_password_may_come_from_stdin(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("a long enough phrase for us\n"))
    told = found(password_stdin=True)
    assert "a long enough" not in told
    assert Account.objects.get(username="first.director").check_password("a long enough phrase for us")


@pytest.mark.parametrize("password", ["", "short", "password1234"])
def test_a_weak_password_founds_nothing(monkeypatch, password):
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    with pytest.raises(CommandError, match="password") as refusal:
        found(password_stdin=True)
    assert refusal.value.returncode == 2
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"zone": "Mountain"},
        {"zone": "../etc/passwd"},
        {"name": "  "},
        {"neutral_name": "Cedar Recovery"},
        {"name": "x" * 201},
        {"director": "a b"},
        {"director": ""},
    ],
)
def test_bad_input_founds_nothing(changes):
    with pytest.raises(CommandError) as refusal:
        found(**changes)
    assert refusal.value.returncode == 2
    assert not Organization.objects.exists()


def test_a_second_clinic_answers_at_a_host_of_its_own():
    found()
    with pytest.raises(CommandError, match="--host"):
        found(director="second.director")
    found(director="second.director", host="second.example.org")
    assert Organization.objects.count() == 2
