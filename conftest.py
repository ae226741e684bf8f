"""Fixtures every room may use."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cast import Cast, Clinic, Member, make_cast
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings
from django.utils import translation
from django.utils.crypto import get_random_string
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from pytest_django import DjangoDbBlocker
from standing import Standing

from homeground.config import houses, keys, news
from homeground.ground import scope
from homeground.people.models import Account

# How long an example takes tells of the machine, not of what is tested: speed has its own tests.
drawing.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def keys_of_the_house(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keys that exist only for this run."""
    settings.HG_KEYS = tmp_path_factory.mktemp("keys")
    keys.make_missing(settings.HG_KEYS)


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """Neither the language of a page nor a number that is kept for a while reaches the next test."""
    yield
    translation.activate(settings.LANGUAGE_CODE)
    cache.clear()
    for kept in (houses._REMEMBERED, news._REMEMBERED):
        kept.clear()


@pytest.fixture(scope="session")
def no_static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder where collected files would be: a fresh clone has none."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session", autouse=True)
def quick_for_tests(no_static_files: Path) -> Iterator[None]:
    """Passwords are hashed quickly and static files need no manifest. Set once: it takes a while."""
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=no_static_files,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**settings.STORAGES, "staticfiles": plain_files},
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    ):
        yield


STANDING = Standing()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, keys_of_the_house: None, quick_for_tests: None
) -> None:
    """The database of the run, with the cast in it."""
    with django_db_blocker.unblock():
        STANDING.make()


@pytest.fixture(autouse=True)
def nobody_who_was_not_asked_for(request: pytest.FixtureRequest) -> None:
    """A test that asks for the database and not for the cast finds it empty."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    if commits:
        request.getfixturevalue("transactional_db")
        STANDING.leave()
        STANDING.gone()
    elif (marker or "db" in request.fixturenames) and "cast" not in request.fixturenames:
        request.getfixturevalue("db")
        STANDING.leave()


@pytest.fixture
def cast(db) -> Cast:
    """Two clinics and the people every page is tried with."""
    return STANDING.pick_up()


@pytest.fixture
def cast_of_its_own(db) -> Callable[[], Cast]:
    """Makes the cast anew, for a test whose house has other keys than this run."""

    def made() -> Cast:
        STANDING.leave()
        return make_cast()

    return made


@pytest.fixture
def clinic(cast: Cast) -> Clinic:
    """The clinic most tests happen in."""
    return cast.clinic


@pytest.fixture
def inside(clinic: Clinic):
    """The database as a signed-in member of the clinic sees it, under row-level security."""
    with scope.entered(organization_id=clinic.id):
        yield


def session_of(account: Account) -> str:
    """The key of a new session of this account."""
    key = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")
    content = {
        SESSION_KEY: str(account.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: account.get_session_auth_hash(),
    }
    store = SessionStore()
    row = Session(session_key=key, session_data=store.encode(content), expire_date=store.get_expiry_date())
    row.save(force_insert=True)
    return key


@pytest.fixture
def sign_in() -> Callable[[Member | None], Client]:
    """A browser in which this member is signed in; None for a visitor.

    The session is written as signing in leaves it, in one statement instead of fifteen.
    """

    def signed_in(member: Member | None) -> Client:
        client = Client()
        if member is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = session_of(member.account)
        return client

    return signed_in
