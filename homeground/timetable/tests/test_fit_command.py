"""`./run fit`: a calendar file against the clinic's open seats, for other programs."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from homeground.program.models import Organization
from homeground.timetable.tests.factories import MORNINGS, YOUTH, make_group, take_chairs

SAMPLE = str(Path(__file__).parent / "samples" / "office_week.ics")


@pytest.fixture
def fit(clinic, capsys):
    def run(file=SAMPLE, *more):
        call_command("fit", file, "--travel", "25", "--from", "2026-11-21", "--json", *more)
        return json.loads(capsys.readouterr().out)

    return run


def test_the_answer_is_json_without_a_title(clinic, fit, capsys):
    make_group(clinic, "Morning group", MORNINGS)
    make_group(clinic)
    found = fit()
    assert found == {
        "fits": True,
        "offers": [
            {
                "group": "Evening group",
                "meetings": [
                    {"weekday": 0, "start": "18:00", "end": "21:00"},
                    {"weekday": 1, "start": "18:00", "end": "21:00"},
                    {"weekday": 3, "start": "18:00", "end": "21:00"},
                ],
                "hours": 9.0,
                "mode": "in person",
            }
        ],
        "blockers": [],
        "skipped": 0,
    }


def test_what_stands_in_the_way_is_named(clinic, fit):
    make_group(clinic, "Morning group", MORNINGS)
    found = fit()
    assert not found["fits"]
    assert found["blockers"] == [
        [
            {"kind": "busy", "what": "Monday 08:30-12:30"},
            {"kind": "busy", "what": "Wednesday 08:30-12:30"},
            {"kind": "busy", "what": "Friday 08:30-12:30"},
        ]
    ]


def test_a_full_group_is_named_as_full(clinic, fit):
    take_chairs(clinic, make_group(clinic, capacity=1), 1)
    assert fit()["blockers"] == [[{"kind": "full", "what": "Evening group"}]]


def test_adolescents_have_their_own_groups(clinic, fit):
    make_group(clinic)
    assert fit(SAMPLE, "--adolescent")["blockers"][0][0]["kind"] == "no_group"
    make_group(
        clinic, "Youth group", [(day, a, b) for day, (_, a, b) in enumerate(YOUTH)], program=clinic.adolescent
    )
    assert not fit(SAMPLE, "--adolescent", "--zone", "America/Denver")["fits"]
    assert fit(SAMPLE, "--adolescent", "--zone", "America/Denver")["blockers"][0][0]["kind"] == "busy"


def test_a_group_in_another_language_is_offered_to_whom_asks_for_it(clinic, fit):
    make_group(clinic, language="es")
    assert not fit()["fits"]
    assert fit(SAMPLE, "--language", "es")["fits"]


@pytest.mark.parametrize(
    "words",
    [
        ["nowhere.ics", "--travel", "5"],
        [SAMPLE, "--travel", "-5"],
        [SAMPLE, "--travel", "five"],
        [SAMPLE, "--travel", "241"],
        [SAMPLE, "--travel", "5", "--from", "2026-13-01"],
        [SAMPLE, "--travel", "5", "--zone", "Mars/Olympus"],
        [__file__, "--travel", "5"],
    ],
)
def test_bad_input_ends_with_two_and_a_reason(clinic, words):
    with pytest.raises(CommandError) as refused:
        call_command("fit", *words)
    # What the argument parser refuses ends with 2 as well, once it runs from a shell.
    assert getattr(refused.value, "returncode", 2) in (1, 2)
    assert str(refused.value)


def test_without_a_clinic_it_says_so(db):
    assert not Organization.objects.exists()
    with pytest.raises(CommandError, match="no clinic"):
        call_command("fit", SAMPLE, "--travel", "5", "--from", str(date(2026, 11, 21)))
