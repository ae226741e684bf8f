"""Every URL with every member of the cast, by GET and by POST: the access table decides, nothing else."""

import re
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse
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


def wanted(resolver, namespace="", above=()):
    """The arguments of every URL by its name."""
    found = {}
    for pattern in resolver.url_patterns:
        named = re.compile(getattr(pattern.pattern, "_regex", "")).groupindex
        own = (*above, *pattern.pattern.converters, *named)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found |= wanted(pattern, inner, own)
        else:
            found[f"{namespace}{pattern.name}"] = own
    return found


WANTED = wanted(get_resolver())


ROOMS = sorted({name.split(":")[0] for name in OURS})


@contextmanager
def untouched():
    """Whatever a request changes is undone, so that every URL meets the same clinic."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("room", ROOMS)
def test_every_member_of_the_cast_gets_what_the_table_says(room, cast, sign_in):
    known, everyone = arguments(cast), cast.everyone()
    clients = {who: sign_in(member) for who, member in everyone.items()}
    assert sorted(everyone) == sorted(WHO)
    for client in clients.values():
        client.get(reverse("desk:home"))  # what the first request of a session writes is written once
    wrong = []
    for name in (name for name in OURS if name.startswith(f"{room}:")):
        url = reverse(name, kwargs={key: known[key] for key in WANTED[name]})
        for who, member in everyone.items():
            for method in ("get", "post"):
                with untouched():
                    response = getattr(clients[who], method)(url)
                if not as_the_table_says(name, who, member, response):
                    wrong.append(f"{method} {name} as {who}: {response.status_code}")
    assert wrong == []


def as_the_table_says(name, who, member, response):
    """Whether this answer is what the access table promises this member."""
    admits, status = TABLE[name], response.status_code
    if status >= 500:
        return False
    if admits is ANYONE:
        return status not in (401, 403)
    if member is None:
        return status == 302 and reverse("account_login") in response["Location"]
    if roles_of(member).isdisjoint(admits):
        return status == 403
    if who == "other clinic's counselor" and any(key.endswith("_id") for key in WANTED[name]):
        return status in (404, 405)
    return status != 403


@pytest.mark.parametrize("room", ROOMS)
def test_an_unknown_id_is_not_found(room, cast, sign_in):
    clients = {who: sign_in(member) for who, member in cast.everyone().items() if member}
    wrong = []
    for name in OURS:
        if name.startswith(f"{room}:") and any(key.endswith("_id") for key in WANTED[name]):
            url = reverse(name, kwargs={key: uuid4() for key in WANTED[name]})
            who = next(w for w, m in cast.everyone().items() if roles_of(m) & TABLE[name])
            for method in ("get", "post"):
                with untouched():
                    status = getattr(clients[who], method)(url).status_code
                if status not in (404, 405):
                    wrong.append(f"{method} {name} as {who}: {status}")
    assert wrong == []


KNOWN = {"key": "none", "uidb36": "0", "pk": 0}


def test_sign_in_pages_never_fail(cast, sign_in):
    clients = [sign_in(who) for who in (None, cast.patient, cast.clinic.staff["director"])]
    wrong = []
    for name in SIGN_IN:
        url = reverse(name, kwargs={key: KNOWN[key] for key in WANTED[name]})
        for client in clients:
            for method in ("get", "post"):
                with untouched():
                    if getattr(client, method)(url).status_code >= 500:
                        wrong.append(f"{method} {name}")
    assert wrong == []
