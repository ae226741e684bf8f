"""The file format: what is written can be read, what cannot be meant is refused by its field."""

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from homeground.timetable.solver.generate import generate
from homeground.timetable.solver.model import (
    BadInstance,
    load,
    load_plan,
    read_instance,
    read_patient,
    read_plan,
    save,
    save_plan,
    write_instance,
    write_plan,
)
from homeground.timetable.solver.poll import poll

CLINIC = generate(12, 1)
DOCUMENT = write_instance(CLINIC)


def test_an_instance_survives_the_file(tmp_path: Path) -> None:
    save(CLINIC, tmp_path / "a.json.gz")
    save(CLINIC, tmp_path / "b.json.gz")
    assert load(tmp_path / "a.json.gz") == CLINIC
    assert (tmp_path / "a.json.gz").read_bytes() == (tmp_path / "b.json.gz").read_bytes()


@pytest.mark.parametrize("name", ["plan.json", "plan.json.gz"])
def test_a_plan_survives_the_file(tmp_path: Path, name: str) -> None:
    plan = poll(CLINIC)
    save_plan(plan, tmp_path / name)
    assert load_plan(tmp_path / name, CLINIC) == plan


def test_a_plan_may_come_as_lists_of_pairs() -> None:
    plan = poll(CLINIC)
    listed = {
        name: [[int(key), value] for key, value in table.items()] for name, table in write_plan(plan).items()
    }
    assert read_plan(_plain(listed), CLINIC) == plan


def _plain(value: Any) -> Any:
    """What JSON makes of it: tuples become lists."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    document = _plain(copy.deepcopy(DOCUMENT))
    change(document)
    return document


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("format", lambda d: d.update(format="homeground-timetable/2")),
        ("grid", lambda d: d.update(grid=25)),
        ("tracks", lambda d: d.pop("tracks")),
        ("weights.unmet", lambda d: d["weights"].update(unmet=-1)),
        ("patients[3].busy", lambda d: d["patients"][3].update(busy="Monday")),
        ("patients[3].busy[0]", lambda d: d["patients"][3].update(busy=[[20, 20]])),
        ("patients[3].busy[0]", lambda d: d["patients"][3].update(busy=[[320, 337]])),
        ("patients[3].busy[0]", lambda d: d["patients"][3].update(busy=[[1, 2, 3]])),
        ("patients[0].priority", lambda d: d["patients"][0].update(priority=4)),
        ("patients[0].priority", lambda d: d["patients"][0].update(priority=True)),
        ("patients[0].travel", lambda d: d["patients"][0].update(travel=-5)),
        ("patients[0].min_days", lambda d: d["patients"][0].update(min_days=6)),
        ("patients[0].daypart", lambda d: d["patients"][0].update(daypart="noon")),
        ("patients[0].counselors", lambda d: d["patients"][0].update(counselors=[99])),
        ("patients[0].incumbent.core", lambda d: d["patients"][0].update(incumbent={"core": 999})),
        ("patients[0].remote", lambda d: d["patients"][0].update(remote="yes")),
        ("patients", lambda d: d["patients"].append(d["patients"][0])),
        ("tracks[0].meetings", lambda d: d["tracks"][0].update(meetings=[])),
        ("tracks[0].meetings", lambda d: d["tracks"][0].update(meetings=[[18, 24], [20, 26]])),
        ("tracks[0].meetings[0]", lambda d: d["tracks"][0].update(meetings=[[46, 50]])),
        ("tracks[0].lo", lambda d: d["tracks"][0].update(lo=13, hi=12)),
        ("tracks[0].attend", lambda d: d["tracks"][0].update(attend=4)),
        ("tracks[0].kind", lambda d: d["tracks"][0].update(kind="other")),
        ("exclusions[0]", lambda d: d.update(exclusions=[[1, 1]])),
        ("exclusions[0]", lambda d: d.update(exclusions=[[1, 999]])),
        ("offices", lambda d: d.update(offices=-1)),
        ("therapists[0].free[0]", lambda d: d["therapists"][0].update(free=[[-1, 4]])),
    ],
)
def test_a_contradiction_is_refused_by_its_field(
    field: str, change: Callable[[dict[str, Any]], object]
) -> None:
    with pytest.raises(BadInstance) as refusal:
        read_instance(broken(change))
    assert refusal.value.field == field


@pytest.mark.parametrize("document", [None, 3, "text", [], {}, {"format": 1}])
def test_what_is_no_instance_is_refused(document: object) -> None:
    with pytest.raises(BadInstance):
        read_instance(document)


@pytest.mark.parametrize("raw", [b"", b"{", b"\x1f\x8bnonsense", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(raw)
    with pytest.raises(BadInstance, match="instance"):
        load(path)


def test_a_refusal_does_not_repeat_what_it_read() -> None:
    with pytest.raises(BadInstance) as refusal:
        read_patient({**_plain(DOCUMENT["patients"][0]), "gender": 4711})
    assert "4711" not in str(refusal.value)
    assert refusal.value.field == "patient.gender"


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("solo.99", {"solo": {"99": [0, 16]}}),
        ("solo.0", {"solo": {"0": [0, 400]}}),
        ("solo.0", {"solo": {"0": [77, 16]}}),
        ("core.0[0]", {"core": {"0": [999, [0]]}}),
        ("core.0[1]", {"core": {"0": [0, [7]]}}),
        ("copies", {"copies": {"first": 1}}),
        ("core", {"core": [[1, [0, [0]]], [1, [0, [0]]]]}),
    ],
)
def test_a_plan_naming_what_is_not_there_is_refused(field: str, change: dict[str, Any]) -> None:
    empty: dict[str, Any] = {name: {} for name in write_plan(poll(CLINIC))}
    with pytest.raises(BadInstance) as refusal:
        read_plan(empty | change, CLINIC)
    assert refusal.value.field == field


def test_a_plan_made_before_somebody_left_is_read_without_them(tmp_path: Path) -> None:
    plan = poll(CLINIC)
    save_plan(plan, tmp_path / "plan.json")
    gone = min(plan.solo)
    away = plan.solo[max(plan.solo)][0]
    rest = replace(
        CLINIC,
        patients=tuple(each for each in CLINIC.patients if each.id != gone),
        therapists=tuple(each for each in CLINIC.therapists if each.id != away),
    )
    with pytest.raises(BadInstance):
        load_plan(tmp_path / "plan.json", rest)
    left = load_plan(tmp_path / "plan.json", rest, earlier=True)
    assert gone not in {*left.core, *left.solo, *left.family}
    assert away not in {who for who, _ in left.solo.values()}
    assert all(away not in who for who in left.facilitators.values())
    assert left.core == {one: seat for one, seat in plan.core.items() if one != gone}
