"""How people get in and how long they stay: password, second factor, time-outs, lock-out, wording."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cast import PASSWORD
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.ground import clock, scope
from homeground.people.roles import Role

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def no_failures_remembered():
    cache.clear()


def sign_in_as(member, password=PASSWORD, browser=None):
    browser = browser or Client()
    response = browser.post(LOGIN, {"login": member.account.username, "password": password})
    return browser, response


def confirmed(member):
    """Signed in, and having shown once more that it is them: important changes ask for it."""
    browser, _response = sign_in_as(member)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


@pytest.fixture
def real(settings):
    """Outside the demo."""
    settings.HG_DEMO = False


@pytest.fixture
def counselor(clinic):
    return clinic.staff[Role.COUNSELOR]


def test_a_password_opens_the_door(counselor):
    browser, response = sign_in_as(counselor)
    assert response.headers["Location"] == "/desk/"
    assert browser.get(reverse("people:me")).status_code == 200


def test_the_page_offers_no_way_that_leads_nowhere(cast):
    text = Client().get(LOGIN).text
    assert "Forgot" not in text
    assert "sign up" not in text.lower()
    assert "Sign in with a passkey" in text


def test_a_spanish_reader_signs_in_in_spanish(cast):
    text = Client(headers={"accept-language": "es"}).get(LOGIN).text
    assert "Nombre para entrar" in text
    assert "Name to sign in with" not in text


def test_nobody_signs_themself_up(cast):
    response = Client().post("/accounts/signup/", {"username": "me", "password1": "a long enough password"})
    assert response.status_code in (200, 404)
    assert "_auth_user_id" not in response.client.session


@pytest.mark.parametrize(
    ("name", "password"), [("counselor.juniper", "wrong password!"), ("no.such.person", PASSWORD), ("", "")]
)
def test_a_refusal_does_not_tell_who_has_an_account(cast, name, password):
    response = Client().post(LOGIN, {"login": name, "password": password})
    assert "_auth_user_id" not in response.client.session
    if name:
        assert "The username and/or password you specified are not correct." in response.text


def test_too_many_wrong_passwords_lock_the_name_for_a_while(counselor):
    for _attempt in range(5):
        sign_in_as(counselor, "wrong password!")
    browser, response = sign_in_as(counselor)
    assert "_auth_user_id" not in browser.session
    assert "Too many failed" in response.text


def test_a_lock_out_is_in_the_audit_trail_once(clinic, counselor):
    for _attempt in range(9):
        sign_in_as(counselor, "wrong password!")
    with scope.entered(organization_id=clinic.id):
        (entry,) = Entry.objects.filter(event="people.account.locked_out")
    assert (entry.subject_id, entry.account_id) == (counselor.account.pk, None)


def test_a_locked_name_locks_nobody_else(clinic, counselor):
    for _attempt in range(5):
        sign_in_as(counselor, "wrong password!")
    browser, _response = sign_in_as(clinic.staff[Role.DIRECTOR])
    assert "_auth_user_id" in browser.session


def test_staff_without_second_factor_see_nothing_but_how_to_set_it_up(counselor, real):
    """Check G02."""
    browser, _response = sign_in_as(counselor)
    for name in ("people:me", "placement:screenings"):
        response = browser.get(reverse(name))
        assert response.headers["Location"] == reverse("mfa_index")
    for name in ("mfa_index", "account_logout", "usersessions_list", "account_change_password"):
        assert browser.get(reverse(name)).status_code == 200
    assert browser.get(reverse("mfa_activate_totp")).status_code in (200, 302)


def test_patients_are_not_asked_for_a_second_factor(cast, real):
    browser, _response = sign_in_as(cast.patient)
    assert browser.get(reverse("people:me")).status_code == 200


def code(secret):
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))


def test_an_app_is_set_up_and_then_asked_for(counselor, real):
    browser = confirmed(counselor)
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert browser.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    browser.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert browser.get(reverse("people:me")).status_code == 200
    cache.clear()  # a code counts once; the next half minute has not come yet
    another, response = sign_in_as(counselor)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert another.get(reverse("people:me")).status_code == 302
    assert "Second step" in another.get(reverse("mfa_authenticate")).text
    another.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in another.session
    another.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert another.get(reverse("people:me")).status_code == 200


def test_an_important_change_asks_once_more_who_it_is(counselor):
    browser, _response = sign_in_as(counselor)
    response = browser.get(reverse("mfa_add_webauthn"))
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    page = browser.get(response.headers["Location"])
    assert "Is it you?" in page.text
    assert browser.post(reverse("account_reauthenticate"), {"password": "wrong password!"}).status_code == 200
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 302


def test_the_secret_of_the_app_is_sealed(counselor):
    secret = generate_totp_secret()
    TOTP.activate(counselor.account, secret)
    assert secret not in str(Authenticator.objects.get().data)


def later(browser, **changes):
    session = browser.session
    for key, seconds in changes.items():
        session[key] = session[key] - seconds
    session.save()


@pytest.mark.parametrize(("seconds", "stays"), [(599, True), (601, False)])
def test_staff_are_signed_out_after_ten_idle_minutes(counselor, seconds, stays):
    """Check G03."""
    browser, _response = sign_in_as(counselor)
    later(browser, seen_at=seconds)
    response = browser.get(reverse("people:me"))
    assert (response.status_code == 200) is stays
    assert ("_auth_user_id" in browser.session) is stays


@pytest.mark.parametrize(("seconds", "stays"), [(899, True), (901, False)])
def test_patients_are_signed_out_after_fifteen(cast, seconds, stays):
    browser, _response = sign_in_as(cast.patient)
    later(browser, seen_at=seconds)
    assert (browser.get(reverse("people:me")).status_code == 200) is stays


def test_work_does_not_prolong_a_session_beyond_its_limit(counselor, settings):
    browser, _response = sign_in_as(counselor)
    later(browser, signed_in_at=settings.HG_SESSION_LIMIT.total_seconds() + 1)
    assert browser.get(reverse("people:me")).status_code == 302
    assert timedelta(hours=12) == settings.HG_SESSION_LIMIT


def test_a_request_keeps_the_session_alive(counselor):
    browser, _response = sign_in_as(counselor)
    later(browser, seen_at=500)
    browser.get(reverse("people:me"))
    later(browser, seen_at=500)
    assert browser.get(reverse("people:me")).status_code == 200


def test_signing_out_takes_a_post(counselor):
    browser, _response = sign_in_as(counselor)
    assert browser.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in browser.session
    browser.post(reverse("account_logout"))
    assert "_auth_user_id" not in browser.session


def test_all_other_sessions_can_be_ended(counselor):
    browser, _response = sign_in_as(counselor)
    forgotten, _response = sign_in_as(counselor)
    assert "Sign out everywhere else" in browser.get(reverse("usersessions_list")).text
    browser.post(reverse("usersessions_list"))
    assert forgotten.get(reverse("people:me")).status_code == 302
    assert browser.get(reverse("people:me")).status_code == 200


OWN_PAGES = (
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
    "account_change_password",
    "account_logout",
)


@pytest.mark.parametrize("name", OWN_PAGES)
def test_the_pages_of_signing_in_are_ours_and_run_no_inline_script(counselor, name):
    browser = confirmed(counselor)
    response = browser.get(reverse(name))
    assert response.status_code == 200
    assert "ground/css/ground.css" in response.text
    assert 'href="tel:988"' in response.text
    assert "Two-Factor" not in response.text
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for script in response.text.split("<script")[1:]:
        head = script.split(">", 1)[0]
        assert "src=" in head or 'type="application/json"' in head


def test_recovery_codes_are_made_seen_and_used_once(counselor):
    browser = confirmed(counselor)
    TOTP.activate(counselor.account, generate_totp_secret())
    assert browser.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    browser.post(reverse("mfa_generate_recovery_codes"))
    page = browser.get(reverse("mfa_view_recovery_codes"))
    assert "Two-Factor" not in page.text
    unused = page.context["unused_codes"][0]
    for expected in (True, False):
        another, _response = sign_in_as(counselor)
        another.post(reverse("mfa_authenticate"), {"code": unused})
        assert ("_auth_user_id" in another.session) is expected


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_signing_in_leads_nowhere_else(counselor, next_page):
    response = Client().post(
        LOGIN, {"login": counselor.account.username, "password": PASSWORD, "next": next_page}
    )
    assert response.headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("name", "words"),
    [("mfa_index", "Aplicación con códigos"), ("mfa_activate_totp", "Abra su aplicación")],
)
def test_the_second_step_is_set_up_in_spanish_too(counselor, name, words):
    browser = confirmed(counselor)
    page = browser.get(reverse(name), headers={"accept-language": "es"}).text
    assert words in page
