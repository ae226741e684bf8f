"""What every answer tells the browser, on every URL; cookies; forged forms."""

import re
from importlib import reload

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from furniture import arguments
from walking import WANTED, admitted, path_of

from homeground.config import settings as written
from homeground.config.access import TABLE
from homeground.ground.access import ANYONE, HOUSE_ONLY

pytestmark = pytest.mark.django_db

PAGES = sorted(name for name, admits in TABLE.items() if admits is not HOUSE_ONLY)
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def faults(response):
    """What is wrong with the headers of an answer."""
    told = response.headers
    policy = dict(part.split(" ", 1) for part in told.get("Content-Security-Policy", "").split("; ") if part)
    wanted = {
        "Content-Security-Policy": policy == POLICY,
        "X-Frame-Options": told.get("X-Frame-Options") == "DENY",
        "X-Content-Type-Options": told.get("X-Content-Type-Options") == "nosniff",
        "Referrer-Policy": told.get("Referrer-Policy") == "same-origin",
        "Cross-Origin-Opener-Policy": told.get("Cross-Origin-Opener-Policy") == "same-origin",
        "Cross-Origin-Resource-Policy": told.get("Cross-Origin-Resource-Policy") == "same-origin",
        "Permissions-Policy": "camera=()" in told.get("Permissions-Policy", ""),
        "Server": "Server" not in told and "X-Powered-By" not in told,
    }
    return [name for name, right in wanted.items() if not right]


def test_every_page_carries_the_headers_and_none_behind_sign_in_may_be_kept(cast, sign_in):
    known, clients = arguments(cast), {}
    wrong = {}
    for name in PAGES:
        who = admitted(cast, TABLE[name])
        client = clients.setdefault(id(who), sign_in(who))
        response = client.get(path_of(name, known))
        found = faults(response)
        if TABLE[name] is not ANYONE and "no-store" not in response.headers.get("Cache-Control", ""):
            found.append("Cache-Control")
        if found:
            wrong[name] = found
    assert wrong == {}


def test_error_pages_and_refusals_carry_them_too(client):
    for path in ("/no/such/page/", "/desk/", reverse("account_login")):
        assert faults(client.get(path)) == []
    assert faults(client.post("/help/", {}, CONTENT_LENGTH="999999999")) == []


def test_second_factor_pages_are_never_kept(cast, sign_in):
    client = sign_in(cast.clinic.staff["director"])
    for name in ("mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes", "usersessions_list"):
        assert client.get(reverse(name)).headers["Cache-Control"] == "no-store, private"


def test_a_page_holds_no_inline_script_style_or_handler(cast, sign_in):
    known, clients, wrong = arguments(cast), {}, []
    for name in PAGES:
        who = admitted(cast, TABLE[name])
        response = clients.setdefault(id(who), sign_in(who)).get(path_of(name, known))
        if "html" not in response.headers.get("Content-Type", "") or response.status_code != 200:
            continue
        page = response.content.decode()
        inline = re.search(
            r"<script(?![^>]*\bsrc=)[^>]*>\s*\S|<style\b|\sstyle=\"|\son[a-z]+=\"|javascript:", page
        )
        elsewhere = re.search(r"(?:src|action)=\"(?:https?:)?//(?!testserver)", page)
        if inline or elsewhere:
            wrong.append(f"{name}: {(inline or elsewhere).group()}")
    assert wrong == []


@pytest.fixture
def in_production(monkeypatch):
    """The settings as a clinic outside the demo has them."""
    monkeypatch.setenv("HG_DEMO", "0")
    yield reload(written)
    monkeypatch.undo()
    reload(written)


def test_in_production_cookies_travel_by_tls_alone_and_browsers_remember_it(in_production):
    told = in_production
    assert told.SECURE_HSTS_SECONDS >= 31_536_000 and told.SECURE_HSTS_INCLUDE_SUBDOMAINS
    assert (told.SESSION_COOKIE_NAME, told.CSRF_COOKIE_NAME) == ("__Host-visit", "__Host-form")
    assert told.SESSION_COOKIE_SECURE and told.CSRF_COOKIE_SECURE and told.SESSION_COOKIE_HTTPONLY
    assert told.SESSION_COOKIE_SAMESITE == "Lax"
    assert not told.DEBUG and not told.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN


def test_hsts_is_told_over_tls(client, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    response = Client().get("/", secure=True)
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_every_form_that_changes_something_needs_its_token(cast):
    """By a browser that sends no token every POST is refused, before any view runs."""
    known, refused = arguments(cast), {}
    for name in PAGES:
        who = admitted(cast, TABLE[name])
        client = Client(enforce_csrf_checks=True)
        if who is not None:
            client.force_login(who.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        refused[name] = client.post(path_of(name, known)).status_code
    assert {name: status for name, status in refused.items() if status not in (403, 405)} == {}


def test_sign_in_gives_a_new_session(client, cast):
    client.get(reverse("account_login"))
    before = client.session.session_key
    client.post(reverse("account_login"), {"login": "wren", "password": "a long enough password"})
    assert client.session.session_key not in (None, before)


def test_signing_out_ends_the_session_on_the_server(cast, sign_in):
    client = sign_in(cast.patient)
    stolen = client.cookies["visit"].value
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["visit"] = stolen
    assert thief.get("/desk/").status_code == 302


def test_the_walk_knows_every_url():
    assert WANTED.keys() >= set(PAGES)
    assert get_resolver()
