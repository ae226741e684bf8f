"""From outside nobody learns whether a person is known: not by words, not by status, not by the work done."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

HASHED = []


class Counting(MD5PasswordHasher):
    """The tests' quick hasher, counting: with the real one each hash is what takes the time."""

    algorithm = "counting"

    def encode(self, password, salt):
        HASHED.append(password)
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def counted(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    cache.clear()
    HASHED.clear()


def answer(response):
    """What a visitor can tell apart: status, where to, and the page without its tokens and what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    page = re.sub(r'value="(?:wren|nobody-here|[\w.]+@example.org)"', "", page)
    kept = {k: v for k, v in response.headers.items() if k not in ("Content-Length", "Expires")}
    return response.status_code, kept, page


def sign_in(name, client=None):
    HASHED.clear()
    client = client or Client()
    response = client.post(reverse("account_login"), {"login": name, "password": "a wrong password indeed"})
    return answer(response), len(HASHED)


def test_a_known_and_an_unknown_name_look_alike_and_cost_the_same(cast):
    cast.patient.account.set_password("a long enough password")
    cast.patient.account.save()
    known, unknown = sign_in("wren"), sign_in("nobody-here")
    assert known == unknown
    assert known[1] == 1


def test_an_account_that_ended_looks_like_any_other(cast):
    cast.patient.account.set_password("a long enough password")
    cast.patient.account.is_active = False
    cast.patient.account.save()
    assert sign_in("wren") == sign_in("nobody-here")


def test_too_many_tries_are_refused_alike(cast):
    def tries(name):
        return [sign_in(name)[0][:2] for _ in range(7)]

    assert tries("wren") == tries("nobody-here")


def test_asking_for_a_new_password_is_not_open(cast):
    for name in ("account_reset_password", "account_signup"):
        known = Client().post(reverse(name), {"email": "wren@example.org", "username": "wren"})
        unknown = Client().post(reverse(name), {"email": "nobody@example.org", "username": "nobody-here"})
        assert answer(known) == answer(unknown)


def test_an_invented_and_an_ended_address_of_a_calendar_look_alike(cast, sign_in):
    from homeground.ground import clock, scope
    from homeground.interop import actions

    by, at = cast.patient.actor, clock.now()
    with scope.entered(organization_id=cast.clinic.id, account_id=by.account_id):
        secret = actions.make_feed(patient_id=cast.patient_episode.patient_id, by=by, at=at)
        actions.revoke_feed(patient_id=cast.patient_episode.patient_id, by=by, at=at)
    ended, invented = (Client().get(reverse("interop:feed", args=[s])) for s in (secret, "x" * len(secret)))
    assert (ended.status_code, answer(ended)) == (404, answer(invented))


def test_an_invented_and_a_spent_link_look_alike(cast):
    from homeground.ground import clock, scope
    from homeground.people import actions

    by = cast.clinic.staff["director"].actor
    with scope.entered(organization_id=cast.clinic.id, account_id=by.account_id):
        secret = actions.make_link(account_id=cast.patient.account.pk, by=by, at=clock.now())
    assert Client().post(reverse("people:sign_in", args=[secret])).status_code == 302
    spent, invented = (
        Client().post(reverse("people:sign_in", args=[s])) for s in (secret, "y" * len(secret))
    )
    assert spent.status_code == invented.status_code == 410
    pages = [re.sub(r"/people/in/[^\"]*", "", answer(each)[2]) for each in (spent, invented)]
    assert pages[0] == pages[1]
