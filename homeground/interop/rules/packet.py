"""What a packet or letter says, as plain values: the same content gives the same bytes in every format.

Only what a Permit lists is put into one. Texts reach the typesetter as data, never as markup, so nothing a
person wrote can change the layout or read a file.
"""

import csv
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256

from homeground.confidentiality.rules.vocabulary import Channel


class Format(StrEnum):
    """How a packet is written. Printing is the PDF on paper; a fax has a neutral cover sheet before it."""

    PDF = "pdf"
    JSON = "json"
    CSV = "csv"
    FAX = "fax"


MEDIA = {
    Format.PDF: "application/pdf",
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
    Format.FAX: "application/pdf",
}


def channel_of(format: Format) -> Channel:
    """The way out by which the decision knows a format: a fax leaves as paper does."""
    return Channel.PRINT if format is Format.FAX else Channel(format.value)


class Kind(StrEnum):
    """What leaves: a packet of the record, or a letter with the least that serves its purpose."""

    RECORD = "record"
    ATTENDANCE_CERTIFICATE = "attendance_certificate"
    EMPLOYER_LETTER = "employer_letter"
    SCHOOL_LETTER = "school_letter"
    CONSENT_COPY = "consent_copy"
    COUNSELING_NOTES = "counseling_notes"
    ACCOUNTING = "accounting"
    INTERMEDIARY_LIST = "intermediary_list"
    BREACH_LETTER = "breach_letter"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a record as a table, with its own security codes.

    `columns` are the codes of the columns in a record (rules.columns); a letter has none.
    """

    category: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    marks: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a packet says. `notice` and `explanation` are empty where no consent is its ground (F10).

    `marks` are the security codes of the whole set. `made_on` is the clinic's day. `format` names what
    another program may rely on when it reads the record as JSON; a letter has none.
    """

    kind: Kind
    language: str
    title: str
    sender: str = field(repr=False)
    about: str = field(repr=False)
    recipient: str = field(repr=False)
    recipient_address: str = field(repr=False)
    purpose: str
    made_on: str
    made_at: int
    text: str = field(repr=False)
    sections: tuple[Section, ...]
    notice: str
    explanation: str = field(repr=False)
    marks: tuple[str, ...]
    format: str = ""


_SAID = ("title", "sender", "about", "recipient", "purpose", "made_on", "text", "notice", "explanation")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def canonical(content: Content) -> str:
    """The content as JSON text with sorted keys: what is kept, sealed, to make the same packet again."""
    return json.dumps(asdict(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Content:
    """The content that `canonical` wrote."""
    found = json.loads(text)
    sections = tuple(
        Section(
            each["category"],
            each["title"],
            tuple(each["head"]),
            tuple(map(tuple, each["rows"])),
            tuple(each.get("marks", ())),
            tuple(each.get("columns", ())),
        )
        for each in found.pop("sections")
    )
    return Content(
        **{**found, "kind": Kind(found["kind"]), "sections": sections, "marks": tuple(found["marks"])}
    )


def as_json(content: Content) -> bytes:
    """The packet as JSON, indented, for another system or a curious person (docs/record-format.md).

    What is empty because a letter does not have it is left out.
    """
    found = asdict(content)
    for holder in (found, *found["sections"]):
        for name in ("format", "columns"):
            if name in holder and not holder[name]:
                del holder[name]
    return (json.dumps(found, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(content: Content) -> bytes:
    """The packet as one table: part, line, column, value. Values a spreadsheet would run are quoted."""
    out = _Lines()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(["part", "line", "column", "value"])
    for name in _SAID:
        if value := getattr(content, name):
            sheet.writerow(["packet", "", name, _quiet(value)])
    for section in content.sections:
        sheet.writerow([section.category, "", "marks", " ".join(section.marks)])
        for number, row in enumerate(section.rows, start=1):
            for column, value in zip(section.head, row, strict=True):
                sheet.writerow([section.category, number, column, _quiet(value)])
    return "".join(out).encode()


def digest(body: bytes) -> str:
    """SHA-256 of exactly what is sent, in hexadecimal."""
    return sha256(body).hexdigest()


class _Lines(list[str]):
    """Where the writer of CSV puts its lines."""

    def write(self, line: str) -> None:
        self.append(line)


def _quiet(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULAS) else value
