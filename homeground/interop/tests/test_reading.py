"""What this program writes another can read: the published schema, the reader, and the round trip (G12)."""

import json
from copy import deepcopy
from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from homeground.confidentiality.rules.vocabulary import Category
from homeground.interop.rules.columns import COLUMNS, FORMAT
from homeground.interop.rules.letters import SECTIONS
from homeground.interop.rules.reading import BadRecord, read_record
from homeground.interop.rules.received import Media, media_of, notice_in
from homeground.interop.rules.record_schema import schema
from homeground.interop.rules.shape import UnknownWord, faults
from homeground.interop.tests import record_format

ROWS = {
    "attendance": [["2026-11-17", "165"]],
    "appointments": [["2026-11-24", "18:00", "21:00"]],
    "stay": [["Adult program", "2026-10-05", ""]],
}
RECORD = record_format.record(ROWS)


def text(**changes):
    return json.dumps({**deepcopy(RECORD), **changes})


def section(**changes):
    """The days attended, changed."""
    return {**deepcopy(RECORD["sections"][0]), **changes}


def test_the_document_is_printed_from_what_is_run():
    command = ".venv/bin/python -m homeground.interop.tests.record_format"
    assert record_format.SCHEMA.read_text() == record_format.schema_text(), f"stale: {command}"
    assert record_format.PATH.read_text() == record_format.page(), f"stale: {command}"


def test_every_part_that_is_written_has_its_columns():
    for language, parts in SECTIONS.items():
        heads = {category: len(head) for category, (_title, head) in parts.items()}
        assert heads == {category: len(columns) for category, columns in COLUMNS.items()}, language


def test_values_have_a_type():
    found = read_record(text())
    assert found.parts[Category.ATTENDANCE] == ({"day": date(2026, 11, 17), "minutes": 165},)
    assert found.parts[Category.APPOINTMENTS][0]["to"] == time(21)
    assert found.parts[Category.STAY][0]["until"] is None
    assert found.counts == {"attendance": 1, "appointments": 1, "stay": 1}


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (text(format="homeground-record-2"), "record.format"),
        (text(kind="employer_letter"), "record.kind"),
        (text(more="x"), "record.more"),
        (text(made_at="now"), "record.made_at"),
        (text(made_at=True), "record.made_at"),
        (text(sections=[section(rows=[["2026-11-17"]])]), "rows[0]"),
        (text(sections=[section(rows=[["2026-11-17", "165", "x"]])]), "rows[0][2]"),
        (text(sections=[section(rows=[["17.11.2026", "165"]])]), "rows[0][0]"),
        (text(sections=[section(rows=[["2026-11-17", "-3"]])]), "rows[0][1]"),
        (text(sections=[section(rows=[["2026-02-30", "165"]])]), "attendance[0].day"),
        (text(sections=[section(category="counseling_notes")]), "category"),
        (text(sections=[section(columns=["minutes", "day"])]), "columns"),
        (text(sections=[section(), section()]), "stands twice"),
        ('{"format": 1, "format": 2}', "twice"),
        ("[" * 100_000, "no JSON"),
        ("", "no JSON"),
    ],
)
def test_what_is_not_the_format_is_refused_at_its_place_and_repeats_no_value(wrong, where):
    with pytest.raises(BadRecord) as refused:
        read_record(wrong)
    assert where in str(refused.value)
    for value in ("17.11.2026", "homeground-record-2", "-3", "2026-02-30"):
        assert value not in str(refused.value)


def test_without_any_one_field_it_is_refused():
    for name in RECORD:
        with pytest.raises(BadRecord, match=f"record.{name}: missing"):
            read_record(json.dumps({key: value for key, value in RECORD.items() if key != name}))


def test_a_word_of_the_schema_the_reader_does_not_know_is_not_passed_over():
    with pytest.raises(UnknownWord):
        list(faults({"type": "object", "minProperties": 3}, {}))
    assert list(faults(schema(), RECORD)) == []


def test_the_command_counts_what_is_in_a_file(tmp_path):
    file = tmp_path / "record.json"
    file.write_text(text())
    out = StringIO()
    call_command("packet", str(file), "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["rows"] == {"attendance": 1, "appointments": 1, "stay": 1}
    assert told["format"] == FORMAT and told["notice"] is True
    file.write_text(text(marks="x"))
    with pytest.raises(CommandError, match="record.marks"):
        call_command("packet", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("packet", str(tmp_path / "nothing.json"))
    printed = StringIO()
    call_command("packet", "--schema", stdout=printed)
    assert json.loads(printed.getvalue()) == json.loads(record_format.SCHEMA.read_text())


LONG = (
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR"
    " part 2). These rules prohibit you from using or disclosing this record, or testimony."
)
OLD = (
    "This information has been disclosed to you from records protected by federal confidentiality rules"
    " (42 CFR part 2).\nThe federal rules prohibit you from making any further disclosure."
)


@pytest.mark.parametrize(
    "notice", ["42 CFR part 2 prohibits unauthorized use or disclosure of these records.", LONG, OLD]
)
def test_the_notice_is_found_in_each_of_its_wordings_b18(notice):
    found = notice_in(f"Discharge summary\n\nSlept well.\n\n{notice}\n\nPage 1")
    assert found == " ".join(notice.split())
    assert notice_in("Discharge summary\n\nSlept well. Part 2 of the form.") == ""


def test_a_file_is_what_is_in_it_and_not_what_it_is_called():
    assert media_of(b"%PDF-1.7 x", is_record=False) is Media.PDF
    assert media_of("Résumé\n".encode(), is_record=False) is Media.TEXT
    for body in (b"", b"  \n", b"MZ\x00\x01", b"\xff\xfe", b"GIF89a\x00"):
        assert media_of(body, is_record=False) is None
    assert Path(record_format.PATH).is_file()
