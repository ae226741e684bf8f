"""Fixtures every room may use."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cast import Cast, Clinic, Member, make_cast
from django.conf import settings
from django.test import Client
from django.utils import translation

from homeground.config import keys
from homeground.ground import scope


@pytest.fixture(scope="session", autouse=True)
def keys_of_the_house(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keys that exist only for this run."""
    settings.HG_KEYS = tmp_path_factory.mktemp("keys")
    keys.make_missing(settings.HG_KEYS)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page that was asked for in Spanish must not leave the next test in Spanish."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def no_static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder where collected files would be: a fresh clone has none."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def quick_for_tests(settings, no_static_files: Path) -> None:
    """Passwords are hashed quickly and static files need no manifest."""
    settings.STATIC_ROOT = no_static_files
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def cast(db) -> Cast:
    """Two clinics and the people every page is tried with."""
    return make_cast()


@pytest.fixture
def clinic(cast: Cast) -> Clinic:
    """The clinic most tests happen in."""
    return cast.clinic


@pytest.fixture
def inside(clinic: Clinic):
    """The database as a signed-in member of the clinic sees it, under row-level security."""
    with scope.entered(organization_id=clinic.id):
        yield


@pytest.fixture
def sign_in() -> Callable[[Member | None], Client]:
    """A browser in which this member is signed in; None for a visitor."""

    def signed_in(member: Member | None) -> Client:
        client = Client()
        if member is not None:
            client.force_login(member.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
