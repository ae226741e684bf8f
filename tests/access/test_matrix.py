"""Every URL with every member of the cast, by GET and by POST: the access table decides, nothing else."""

import pytest
from django.urls import reverse
from furniture import arguments

from homeground.config.access import TABLE
from homeground.ground.access import ANYONE, HOUSE_ONLY

WHO = [
    "patient",
    "relative",
    "front_desk",
    "scheduler",
    "facilitator",
    "counselor",
    "biller",
    "director",
    "administrator",
    "stranger",
    "other clinic's counselor",
    "nobody",
]
OURS = sorted(name for name, admits in TABLE.items() if admits is not HOUSE_ONLY)
SIGN_IN = sorted(name for name, admits in TABLE.items() if admits is HOUSE_ONLY)

pytestmark = pytest.mark.django_db


def roles_of(member):
    return member.actor.roles if member and member.actor else frozenset()


@pytest.fixture
def furnished(cast):
    """The cast's clinic with one of everything a URL can name."""
    return arguments(cast)


@pytest.mark.parametrize("name", OURS)
def test_every_member_of_the_cast_gets_what_the_table_says(name, cast, furnished, sign_in):
    url = reverse(name, kwargs=furnished.get(name, {}))
    admits = TABLE[name]
    everyone = cast.everyone()
    assert sorted(everyone) == sorted(WHO)
    for who, member in everyone.items():
        for method in ("get", "post"):
            response = getattr(sign_in(member), method)(url)
            status = response.status_code
            told = f"{method} {name} as {who} answered {status}"
            assert status < 500, told
            if admits is ANYONE:
                assert status not in (401, 403), told
            elif member is None:
                assert status == 302, told
                assert reverse("account_login") in response["Location"], told
            elif roles_of(member).isdisjoint(admits):
                assert status == 403, told
            elif who == "other clinic's counselor" and furnished.get(name):
                assert status in (404, 405), told
            else:
                assert status != 403, told


@pytest.mark.parametrize("name", OURS)
def test_an_unknown_id_is_not_found(name, cast, furnished, sign_in):
    from uuid import UUID, uuid4

    kwargs = furnished.get(name, {})
    if not any(isinstance(value, UUID) for value in kwargs.values()):
        return
    url = reverse(name, kwargs={key: uuid4() if isinstance(v, UUID) else v for key, v in kwargs.items()})
    for who, member in cast.everyone().items():
        if member and not roles_of(member).isdisjoint(TABLE[name]):
            assert sign_in(member).get(url).status_code in (404, 405), who


@pytest.mark.parametrize("name", SIGN_IN)
def test_sign_in_pages_never_fail(name, cast, sign_in):
    known = {"key": "none", "uidb36": "0", "pk": 0}
    from django.urls import NoReverseMatch

    try:
        url = reverse(name)
    except NoReverseMatch:
        wanted = {
            "account_confirm_email": ["key"],
            "account_reset_password_from_key": ["uidb36", "key"],
            "mfa_remove_webauthn": ["pk"],
            "mfa_edit_webauthn": ["pk"],
        }[name]
        url = reverse(name, kwargs={key: known[key] for key in wanted})
    for member in (None, cast.patient, cast.clinic.staff["director"]):
        client = sign_in(member)
        assert client.get(url).status_code < 500
        assert client.post(url).status_code < 500
