"""The bench: what was measured is kept, and a method that is not there is said to be absent."""

import json

import pytest

from benchmarks import peer, table
from benchmarks.ledger import Ledger
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.trim import trim


def test_a_bench_goes_on_where_it_was(tmp_path):
    file = tmp_path / "kept" / "bench.jsonl"
    clinic = generate(10, 1)
    first = list(table.designed(Ledger(file), clinic, ["timefold"]))
    before = file.read_text()
    again = list(table.designed(Ledger(file), clinic, ["timefold"]))
    assert again == first and file.read_text() == before
    assert [cells[1] for cells in first] == ["first-fit", "poll", "ours", "timefold"]
    assert first[-1][2] == "absent"
    assert all(len(cells) == len(table.HEAD) for cells in first)
    assert {"key", "load", "row"} == set(json.loads(before.splitlines()[0]))
    other = list(table.designed(Ledger(file), generate(10, 2), []))
    assert other[0][0] != first[0][0] and len(file.read_text().splitlines()) == 6


def test_a_bound_above_a_known_plan_ends_the_bench():
    rows = {"ours": {"cost": 100.0, "bound": 90.0}, "peer": {"cost": 120.0, "bound": 95.0}}
    assert table.best_bound(rows) == 95.0
    rows["peer"]["bound"] = 101.0
    with pytest.raises(AssertionError, match="peer"):
        table.best_bound(rows)


def test_begun_anew_nothing_is_known(tmp_path):
    file = tmp_path / "bench.jsonl"
    assert Ledger(file).of(["a", 1], lambda: {"cost": 1}) == {"cost": 1}
    assert Ledger(file).of(["a", 1], lambda: {"cost": 2}) == {"cost": 1}
    assert Ledger(file, fresh=True).of(["a", 1], lambda: {"cost": 2}) == {"cost": 2}


def test_a_bad_week_leaves_a_plan_to_repair():
    clinic = generate(20, 1)
    running, after = table.repair(clinic, poll(clinic))
    numbers = {each.id for each in after.patients}
    assert len(numbers) == 19 and clinic.patients[0].id not in numbers
    assert clinic.patients[-1].id not in running.core
    assert after.therapists[0].free != clinic.therapists[0].free
    assert not judge(after, trim(after, running)).violations


@pytest.mark.parametrize("name", peer.MODULES)
def test_a_peer_that_is_not_there_finds_nothing_and_breaks_nothing(name, monkeypatch, tmp_path):
    """Another interpreter without any peer: the answer is "killed", not an error."""
    from homeground.timetable.solver.program import Limits, Program

    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\nexit 1\n")
    bare.chmod(0o755)
    monkeypatch.setattr(peer, "OWN", bare)
    outcome = peer.peer(name)(Program(), Limits(1.0))
    assert outcome.stopped == "killed" and not outcome.values
