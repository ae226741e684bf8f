"""The bench: what was measured is kept, and a method that is not there is said to be absent."""

import json

import pytest

from benchmarks import methods, peer, table, timefold
from benchmarks.ledger import Ledger
from benchmarks.paper import digest
from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.judge import judge
from homeground.timetable.solver.poll import poll
from homeground.timetable.solver.trim import trim


def rows(ledger, clinic, peers):
    return list(table.designed(clinic, *table.measured(ledger, clinic, peers)))


def test_a_bench_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))  # no JDK
    file = tmp_path / "kept" / "bench.jsonl"
    clinic = generate(10, 1)
    first = rows(Ledger(file), clinic, ["timefold"])
    before = file.read_text()
    again = rows(Ledger(file), clinic, ["timefold"])
    assert again == first and file.read_text() == before
    assert [cells[1] for cells in first] == ["first-fit", "poll", "ours", "timefold"]
    assert first[-1][2] == "absent: no JDK"
    assert all(len(cells) == len(table.HEAD) for cells in first)
    assert {"key", "load", "row"} == set(json.loads(before.splitlines()[0]))
    other = rows(Ledger(file), generate(10, 2), [])
    assert other[0][0] != first[0][0] and len(file.read_text().splitlines()) == 6


def test_what_is_not_measured_is_said_to_be_so(tmp_path):
    file = tmp_path / "bench.jsonl"
    clinic, other = generate(4, 1), generate(4, 2)
    rows(Ledger(file), clinic, [])
    out_of_time = Ledger(file, minutes=0)
    assert [cells[1:3] for cells in rows(out_of_time, other, ["highs"])] == [
        (name, "not measured") for name in ("first-fit", "poll", "ours", "highs")
    ]
    assert [cells[1] for cells in rows(out_of_time, clinic, []) if cells[2] != "not measured"] == [
        "first-fit",
        "poll",
        "ours",
    ]
    assert table.why_not("highs", generate(200, 1)).startswith("not asked")


def test_what_was_measured_is_told_where_the_peer_is_not_there_any_more(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))  # no JDK
    clinic = generate(4, 1)
    known = Ledger(tmp_path / "bench.jsonl")
    row = {"cost": 9.0, "served": 0.5, "bound": 0.0, "wall": 2.0, "cpu": 1.0, "mb": 3.0, "trace": []}
    known.of(("design", clinic.name, digest(clinic), "timefold"), lambda: row)
    found, missing = table.measured(Ledger(known.path, minutes=0), clinic, ["timefold"])
    assert found == {"timefold": row} and "timefold" not in missing


def test_timefold_is_told_every_choice_and_its_plan_is_read():
    clinic = generate(12, 1)
    said = [line.split() for line in timefold.lines(clinic)]
    kinds = [words[0] for words in said]
    assert kinds.count("person") == 12 and kinds.count("hour") == 12 + sum(
        1 for each in clinic.patients if each.family
    )
    assert kinds.count("seat") == 12 + sum(len(each.topics) for each in clinic.patients)
    track = next(each for each in clinic.tracks if each.kind == "core")
    text = f"step 1500 250\nfigure soft 250\nlead {track.id} 2\nseat 5 - {track.id} 0 1 2\nhour 5 1 2 70\n"
    found = timefold.read(clinic, text)
    assert found.plan.copies == {track.id: 1} and found.plan.core == {5: (track.id, (0, 1, 2))}
    assert found.plan.family == {5: (2, 70)} and not found.plan.solo
    assert found.cost == 2.5 and found.trace[0].seconds == 1.5


def test_timefold_and_the_judge_count_alike():
    clinic = generate(20, 3)
    if why := table.why_not("timefold", clinic):
        assert why.startswith("absent: ")  # here the bench says so too
        return
    found = methods.by_timefold(clinic, 3.0)  # raises when the two do not agree
    assert found["served"] > 0.1 and found["clock"] == "cpu"


def test_a_bound_above_a_known_plan_ends_the_bench():
    found = {"ours": {"cost": 100.0, "bound": 90.0}, "peer": {"cost": 120.0, "bound": 95.0}}
    assert table.best_bound(found) == 95.0
    found["peer"]["bound"] = 101.0
    with pytest.raises(AssertionError, match="peer"):
        table.best_bound(found)


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
