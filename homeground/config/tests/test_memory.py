"""What the web and the worker must not load before somebody needs it."""

import json
import subprocess
import sys

import pytest

START = """
import json, sys
{start}
print(json.dumps(sorted(name for name in sys.modules if "." not in name)))
"""
WEB = "import homeground.config.wsgi\nfrom django.urls import get_resolver\nget_resolver().url_patterns"
WORKER = "import django, homeground.config.worker\ndjango.setup()"
RARE = {"highspy", "holidays", "numpy", "rapidfuzz", "typst"}


@pytest.mark.parametrize(
    ("start", "rare"), [(WEB, RARE), (WORKER, RARE | {"cryptography", "icalendar", "fido2"})]
)
def test_what_is_heavy_and_rarely_needed_is_not_loaded_at_the_start(start, rare):
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START.format(start=start)],
        env={"DJANGO_SETTINGS_MODULE": "homeground.config.settings", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert rare.isdisjoint(json.loads(told))
