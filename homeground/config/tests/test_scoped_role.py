"""Whoever reaches the database as its owner steps down inside every scope, also the web of a demo."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
OWNER, APP = "postgresql://owner:secret@db.example/clinic", "postgresql://app:secret@db.example/clinic"


@pytest.mark.parametrize(
    ("environ", "steps_down_to"),
    [
        ({"HG_DB_ROLE": "owner"}, "homeground_app"),
        ({"HG_DB_ROLE": "app"}, ""),
        ({"HG_DB_ROLE": "app", "HG_DATABASE_URL": OWNER, "HG_DATABASE_APP_URL": APP}, ""),
        ({"HG_DB_ROLE": "app", "HG_DATABASE_URL": OWNER}, "homeground_app"),
    ],
)
def test_only_who_connects_as_the_app_stays_as_it_is(environ, steps_down_to, tmp_path):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HG_")}
    told = subprocess.run(
        [sys.executable, "-c", "from homeground.config import settings; print(settings.HG_SCOPED_ROLE)"],
        env={**clean, "HG_HOME": str(tmp_path), **environ},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == steps_down_to
