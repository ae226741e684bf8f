"""Spec table: what people type for a time of day, and what it means."""

from datetime import time

import pytest

from homeground.ground.ui.time_entry import NotATime, TimeFault, parse_time

READ = {
    "6p": time(18),
    "6 pm": time(18),
    "6 P.M.": time(18),
    "6pm": time(18),
    "6:30 pm": time(18, 30),
    "6:30pm": time(18, 30),
    "6.30p": time(18, 30),
    "630p": time(18, 30),
    "6a": time(6),
    "12a": time(0),
    "12 pm": time(12),
    "12": time(12),
    "18": time(18),
    "18h": time(18),
    "18h30": time(18, 30),
    "18:05": time(18, 5),
    "1830": time(18, 30),
    "0630": time(6, 30),
    "6": time(6),
    "0": time(0),
    "  18 : 30 ": time(18, 30),
    "18:30 h": time(18, 30),
    "noon": time(12),
    "Mediodía": time(12),
    "midnight": time(0),
}
REFUSED = {
    "": TimeFault.EMPTY,
    "   ": TimeFault.EMPTY,
    "soon": TimeFault.UNREADABLE,
    "6x": TimeFault.UNREADABLE,
    "6:3": TimeFault.UNREADABLE,
    "-6": TimeFault.UNREADABLE,
    "6-7": TimeFault.UNREADABLE,
    "12345": TimeFault.UNREADABLE,
    "25": TimeFault.OUT_OF_RANGE,
    "24:30": TimeFault.OUT_OF_RANGE,
    "24:00": TimeFault.OUT_OF_RANGE,
    "18:75": TimeFault.OUT_OF_RANGE,
    "13p": TimeFault.OUT_OF_RANGE,
    "0p": TimeFault.OUT_OF_RANGE,
    "\u0661\u0662": TimeFault.UNREADABLE,
    "6" * 5000: TimeFault.UNREADABLE,
}
BESIDE_18 = {
    "6": time(18),
    "6:30": time(18, 30),
    "9": time(21),
    "06:00": time(6),
    "6a": time(6),
    "12": time(12),
}


@pytest.mark.parametrize(("text", "meant"), READ.items())
def test_a_time_is_read_as_people_write_it(text: str, meant: time) -> None:
    assert parse_time(text) == meant


@pytest.mark.parametrize(("text", "fault"), REFUSED.items(), ids=lambda v: str(v)[:12])
def test_what_is_no_time_is_refused_with_a_reason(text: str, fault: TimeFault) -> None:
    with pytest.raises(NotATime) as refusal:
        parse_time(text)
    assert refusal.value.fault is fault


@pytest.mark.parametrize(("text", "meant"), BESIDE_18.items())
def test_a_bare_hour_takes_the_half_of_the_day_near_the_session(text: str, meant: time) -> None:
    assert parse_time(text, near=time(18)) == meant


def test_a_refusal_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(NotATime) as refusal:
        parse_time("my secret")
    assert "secret" not in str(refusal.value)
