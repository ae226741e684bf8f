"""Every vector of the public set, every published one, and the keys of the Department of Veterans Affairs.

The files are checked against where they lie; they are no part of the project.
"""

import json
import re
from pathlib import Path

import pytest

from homeground.placement.queries.instruments import named, shipped
from homeground.placement.rules.instruments.answers import read_answers
from homeground.placement.rules.instruments.score import points, score

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "instruments"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the shared instrument data is not on this machine"
)
IN_SCALES = {"total", "use", "risk", "protective", "B", "C", "D", "E", "raw", "percent"}
INPUT = {"instrument", "answers", "answers_yes", "answers_by_item", "ordinal_items", "day_items", "source"}


def read(name):
    return json.loads((FOLDER / name).read_text()) if FOLDER.is_dir() else []


@pytest.mark.parametrize("vector", read("score_vectors.json"), ids=lambda v: v["instrument"])
def test_a_vector_comes_out_exactly(vector):
    instrument = named(vector["instrument"])
    found = score(instrument, read_answers(instrument, vector))
    assert found.missing == ()
    ids = {item.id for item in instrument.items}
    for key, expected in vector.items():
        if key in INPUT or key in ids or key == "item14_income_yes":
            continue
        if key == "item9_positive":
            assert [rule.item for rule in found.critical] == (["9"] if expected else [])
        elif key == "provisional_dsm5":
            assert found.bands[key] == ("yes" if expected else "no")
        elif key in IN_SCALES and key in found.scales:
            assert found.scales[key] == expected
        else:
            assert found.bands[key] == expected


@pytest.mark.parametrize("vector", read("published_vectors.json"), ids=lambda v: v["instrument"])
def test_a_published_vector_comes_out_exactly(vector):
    instrument = named(vector["instrument"])
    found = score(instrument, read_answers(instrument, vector))
    assert found.scales["total"] == vector["expected_total"]
    # Kroenke calls the lowest band of the PHQ-9 "none-minimal"; the published suites shorten it.
    assert found.bands["severity"].removeprefix("none-") == vector["expected_severity"]
    if "item9_positive" in vector:
        assert [rule.item for rule in found.critical] == (["9"] if vector["item9_positive"] else [])


def va_item(code, item_id):
    """Our id of an item: the VA counts three vital signs before the first item of the CIWA-Ar."""
    return str(int(item_id) - 3) if code == "CIWA-AR-" else item_id


VA_SCORED_BY_ROUTINE = {"BAM-R"}
VA = {"PHQ9": "phq-9", "AUDC": "audit-c", "PCL-5 WEEKLY": "pcl-5-weekly"}
VA_KEYS = (
    {**read("va_mha_instruments_free_text.json"), **read("va_mha_scoring_keys_no_text.json")}
    if FOLDER.is_dir()
    else {}
)
OURS = {name for each in shipped() for name in (each.name, each.id, *each.aliases)}


@pytest.mark.parametrize("code", sorted(code for code in VA_KEYS if code in OURS or code in VA))
def test_items_give_the_points_of_the_va_key(code):
    if code in VA_SCORED_BY_ROUTINE or code == "C-SSRS":
        return  # placeholders in the key, and codes that are no points (see the notes beside the data)
    instrument, compared = named(VA.get(code, code)), 0
    for va_scale in VA_KEYS[code]["scales"]:
        for va_id, given in va_scale["item_values"].items():
            item_id = va_item(code, va_id)
            scale = next(s for s in instrument.scales if item_id in s.items)
            item = instrument.item(item_id)
            values = [option.value for option in item.options] or range(item.low, item.high + 1)
            theirs = {int(float(pair if isinstance(pair, str) else pair[1])) for pair in given} | {
                min(values)
            }
            assert {points(scale, instrument, item_id, value) for value in values} == theirs, item_id
            compared += 1
    assert compared or code in {"CAGE"}


@pytest.mark.parametrize("code", sorted(code for code in VA_KEYS if code in OURS or code in VA))
def test_wording_is_the_instruments_own(code):
    instrument = named(VA.get(code, code))
    if not instrument.has_text or code == "C-SSRS":
        return  # the VA asks the fifth question of the C-SSRS in two parts
    ours = {item.id: item.words["en"] for item in instrument.items}
    for row in VA_KEYS[code]["items"]:
        item_id = {"X1": "gate"}.get(row["id"], row["id"])
        if item_id in ours:
            assert plain(row["text"]) == plain(ours[item_id])


def plain(text):
    """Letters alone: the files differ in dashes, quotes and capitals."""
    return re.sub(r"[^a-z0-9]", "", text.casefold()).replace("tv", "television")
