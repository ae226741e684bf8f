"""Who is given the key of text that a browser keeps (check G03)."""

import pytest
from django.urls import reverse

from homeground.people.roles import Role

pytestmark = pytest.mark.django_db

URL = reverse("people:draft_key")


def told(client, mark=""):
    return client.get(URL, {"mark": mark} if mark else {})


def test_a_later_session_of_the_same_account_gets_the_former_key_and_nobody_else_does(cast, sign_in):
    counselor = cast.clinic.staff[Role.COUNSELOR]
    first = told(sign_in(counselor)).json()
    again = sign_in(counselor)
    assert told(again).json()["mark"] != first["mark"]
    assert told(again, first["mark"]).json() == first
    other = told(sign_in(cast.clinic.staff[Role.DIRECTOR]), first["mark"])
    assert other.json()["key"] != first["key"]
    assert "no-store" in other["Cache-Control"]


def test_signed_out_there_is_no_key(cast, sign_in, client):
    mark = told(sign_in(cast.clinic.staff[Role.COUNSELOR])).json()["mark"]
    assert told(client, mark).status_code == 302
    assert told(sign_in(cast.patient)).status_code == 403


def test_a_mark_nobody_was_given_leads_nowhere(cast, sign_in):
    assert told(sign_in(cast.clinic.staff[Role.COUNSELOR]), "1.short").status_code == 404
