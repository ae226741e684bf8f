"""What a director types for a group's times."""

from datetime import time

import pytest

from homeground.timetable.forms.group import GroupForm


def typed(**times: str) -> GroupForm:
    """The form with these times on Monday."""
    told = {"name": "Group", "kind": "core", "track": "evening", "capacity": "8", "language": "en"}
    return GroupForm(
        {**told, **{f"{part}_0": text for part, text in times.items()}},
        programs=[],
        spaces=[],
        staff=[],
        is_new=False,
    )


@pytest.mark.parametrize(
    ("starts", "ends", "meant"),
    [
        ("6p", "9:15", time(21, 15)),
        ("9:30", "11:30", time(11, 30)),
        ("7:00", "8:00", time(8)),
        ("18:00", "21:15", time(21, 15)),
        ("11", "1", time(13)),
        ("22:00", "6", time(6)),
    ],
)
def test_an_end_is_the_next_such_time_after_the_start(starts, ends, meant):
    form = typed(starts=starts, ends=ends)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["ends_0"] == meant


def test_a_break_of_an_evening_group_is_in_the_evening():
    form = typed(starts="6 pm", ends="9:15 pm", pause="7:30", resume="7:45")
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["pause_0"], form.cleaned_data["resume_0"]) == (time(19, 30), time(19, 45))


def test_one_time_without_the_other_is_asked_for():
    assert "ends_0" in typed(starts="6 pm").errors
