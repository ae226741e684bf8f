"""Which PostgreSQL is used."""

from pathlib import Path

import pytest

from homeground.config.engine import EngineTrouble
from homeground.config.engine.provider import Binaries, External, choose

WHEEL = Path("/env/pginstall/bin")
DEBIAN = [
    Path("/usr/lib/postgresql/9.6/bin"),
    Path("/usr/lib/postgresql/15/bin"),
    Path("/usr/lib/postgresql/17/bin"),
]
EVERYTHING = {"HG_DATABASE_URL": "postgresql://h/n", "HG_PG_BIN": "/opt/pg/bin"}


def test_a_given_server_comes_first():
    assert choose(EVERYTHING, WHEEL, DEBIAN) == External()


def test_then_given_programs():
    assert choose({"HG_PG_BIN": "/opt/pg/bin"}, WHEEL, DEBIAN) == Binaries(Path("/opt/pg/bin"), "HG_PG_BIN")


def test_then_the_wheel():
    assert choose({}, WHEEL, DEBIAN) == Binaries(WHEEL, "wheel")


def test_then_the_newest_of_the_distribution():
    assert choose({}, None, DEBIAN) == Binaries(DEBIAN[2], "distribution")


def test_empty_variables_say_nothing():
    assert choose({"HG_DATABASE_URL": "", "HG_PG_BIN": ""}, WHEEL, []) == Binaries(WHEEL, "wheel")


@pytest.mark.parametrize("installed", [[], DEBIAN[:1]])
def test_nothing_new_enough_is_refused_with_the_two_ways_out(installed):
    with pytest.raises(EngineTrouble, match=r"HG_DATABASE_URL.*HG_PG_BIN"):
        choose({}, None, installed)
