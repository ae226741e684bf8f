"""Nothing leaves but by a Permit, and a Permit comes from the decision alone."""

import ast
import inspect
from pathlib import Path

from homeground.confidentiality import actions as confidentiality
from homeground.config.access import TABLE
from homeground.interop.queries import papers, record, sources

HOUSE = Path(__file__).resolve().parents[2] / "homeground"
CODE = sorted(p for p in HOUSE.rglob("*.py") if not {"tests", "migrations", "__pycache__"} & set(p.parts))
DECISION = "confidentiality/actions/disclosures.py"
# Views that hand out files; whoever adds one says here what is in it, and why that is no way around.
HANDED_OUT = {
    "interop/views/own.py": "the packet of a Permit, and the feed with one neutral word",
    "interop/views/notes.py": "the author's own notes, by a Permit under a consent for them alone",
    "interop/views/received.py": "what others sent, for staff whom the decision gives it, as it came",
    "interop/views/sending.py": "the letter that neither confirms nor denies, made from the request alone",
    "desk/views/sharing.py": "times shared by a consent that lists them, with one neutral word",
    "desk/views/consents.py": "the person's own copy of what they signed",
    "treatment/views/curriculum.py": "leaflets about a topic that the clinic took in, about nobody",
}
READ_NOTHING = ("labels", "_day", "_iso", "_line", "_list")
FILES = ("Content-Disposition", "FileResponse", "StreamingHttpResponse")


def where(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def calls(path: Path, name: str) -> bool:
    """Whether a file calls something by this name."""
    return any(
        isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == name)
            or (isinstance(node.func, ast.Attribute) and node.func.attr == name)
        )
        for node in ast.walk(ast.parse(path.read_text()))
    )


def test_a_permit_is_made_by_the_decision_and_by_nobody_else():
    assert [where(p) for p in CODE if calls(p, "Permit")] == [DECISION]


def test_what_assembles_a_record_asks_for_a_permit_first():
    released = [
        f
        for room in (papers, record, sources)
        for name, f in inspect.getmembers(room, inspect.isfunction)
        if f.__module__ == room.__name__
    ]
    without = [
        f.__name__
        for f in released
        if f.__name__ not in READ_NOTHING and next(iter(inspect.signature(f).parameters)) != "permit"
    ]
    assert without == []


def test_a_disclosure_is_written_with_its_permit():
    assert "permit" in inspect.signature(confidentiality.record_disclosure).parameters
    assert [where(p) for p in CODE if calls(p, "record_disclosure")] == ["interop/actions/releases.py"]


def test_views_hand_out_pages_and_the_files_named_here():
    views = [p for p in CODE if "views" in (p.stem, *p.relative_to(HOUSE).parts)]
    found = {where(p) for p in views if any(word in p.read_text() for word in FILES)}
    assert found == set(HANDED_OUT)


def test_every_page_stands_in_the_access_table():
    assert {"interop:own_records", "interop:release", "desk:patient", "desk:shared"} <= set(TABLE)
