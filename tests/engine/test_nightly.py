"""The nightly backup: due once a night, started as a child, told when it fails, tried again later."""

import os
import time
from pathlib import Path

import pytest

from engine.conftest import eventually
from homeground.config.engine.nightly import Nightly, Plan
from homeground.config.engine.trouble import EngineTrouble

DAY = 86_400
NOON = time.mktime((2026, 11, 22, 12, 0, 0, 0, 0, -1))
NIGHT = time.mktime((2026, 11, 22, 2, 30, 0, 0, 0, -1))


def plan(folder: Path, **environ: str) -> Plan | None:
    return Plan.of(environ, folder, demo=False)


def archive(folder: Path, at: float) -> None:
    (folder / "backups").mkdir(exist_ok=True)
    file = folder / "backups" / f"homeground-{int(at)}.hgbackup"
    file.touch()
    os.utime(file, (at, at))


def test_it_is_due_when_none_is_younger_than_the_last_night(tmp_path):
    nightly = plan(tmp_path)
    assert nightly.due(NOON), "there is none yet"
    archive(tmp_path, NIGHT - DAY + 60)
    assert nightly.due(NIGHT + 1) and not nightly.due(NIGHT - 1)
    archive(tmp_path, NIGHT + 60)
    assert not nightly.due(NOON)
    assert nightly.due(NIGHT + DAY)


@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01", "2026-01-01"])
def test_the_hour_is_the_machines_also_when_clocks_change(tmp_path, monkeypatch, day):
    monkeypatch.setenv("TZ", "America/Denver")
    time.tzset()
    try:
        year, month, date = (int(part) for part in day.split("-"))
        for hour in (0, 3, 12, 23):
            moment = plan(tmp_path).last_moment(time.mktime((year, month, date, hour, 5, 0, 0, 0, -1)))
            here = time.localtime(moment)
            assert here.tm_min == 30 and here.tm_hour in (2, 3 if day == "2026-03-08" else 2)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_demo_saves_nothing_unless_it_is_asked_to(tmp_path):
    assert Plan.of({}, tmp_path, demo=True) is None
    assert Plan.of({"HG_BACKUP_AT": "off"}, tmp_path, demo=False) is None
    assert Plan.of({"HG_BACKUP_AT": "4:15"}, tmp_path, demo=True) == Plan(4, 15, tmp_path / "backups", 14)
    told = {"HG_BACKUPS": "/mnt/other", "HG_BACKUPS_KEPT": "30"}
    assert plan(tmp_path, **told) == Plan(2, 30, Path("/mnt/other"), 30)


@pytest.mark.parametrize(
    "environ", [{"HG_BACKUP_AT": "25:00"}, {"HG_BACKUP_AT": "night"}, {"HG_BACKUPS_KEPT": "0"}]
)
def test_nonsense_is_refused_in_words(tmp_path, environ):
    with pytest.raises(EngineTrouble, match="HG_BACKUP"):
        plan(tmp_path, **environ)


def test_one_that_fails_is_told_and_tried_again_in_an_hour(tmp_path):
    said = []
    # Without settings to be found the child ends at once.
    nightly = Nightly(plan(tmp_path), {"DJANGO_SETTINGS_MODULE": "nothing.here", "PATH": ""}, said.append)

    def told() -> bool:
        nightly.look(NOON)
        return bool(said)

    assert eventually(told, 20)
    assert "failed" in said[0]
    nightly.look(NOON + 60)
    assert nightly._child is None, "not before an hour has passed"
    nightly.look(NOON + 3600)
    assert nightly._child is not None
    nightly.stop()
    assert nightly._child is None
