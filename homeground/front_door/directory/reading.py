import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from homeground.front_door.rules.directory import (
    BadRow,
    Center,
    Kind,
    RowFault,
    UnknownHeader,
    ZipPlace,
    kind_of,
    read_center,
    read_zip,
)

MOST_BYTES = 64 * 1_048_576


class NotADirectory(Exception):
    """The file as a whole cannot be used; the text says why, in words for whoever ran the command."""


@dataclass(frozen=True, slots=True)
class RowError:
    """One row left out, by its line in the file (the header is line 1)."""

    line: int
    reason: str


@dataclass(slots=True)
class Directory:
    """An opened file: what it holds, and its rows one by one. `errors` grows while `rows` is read."""

    kind: Kind
    source: str
    _reader: "csv.DictReader[str]"
    rows_read: int = 0
    errors: list[RowError] = field(default_factory=list)

    def rows(self) -> Iterator[Center | ZipPlace]:
        """The rows that can be used, as values. Raises NotADirectory when the file breaks off."""
        try:
            for raw in self._reader:
                self.rows_read += 1
                try:
                    yield self._value(raw)
                except BadRow as bad:
                    self.errors.append(RowError(self._reader.line_num, str(bad)))
        except csv.Error as broken:
            raise NotADirectory(f"Line {self._reader.line_num + 1} cannot be read: {broken}.") from None

    def _value(self, raw: dict[str, str]) -> Center | ZipPlace:
        if None in raw or None in raw.values():
            raise BadRow(RowFault.COLUMNS)
        row = {name.strip().lower(): value for name, value in raw.items()}
        return read_zip(row) if self.kind is Kind.ZIP_CODES else read_center(row, self.kind)


def open_directory(path: Path) -> Directory:
    """Read a CSV file and recognize it by its header. Raises NotADirectory.

    Text is UTF-8, or Windows-1252 as spreadsheets in the United States still save it.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotADirectory(f"The file cannot be opened: {error.strerror}.") from None
    if len(content) > MOST_BYTES:
        raise NotADirectory("The file is larger than 64 MB.")
    reader = csv.DictReader(StringIO(_text(content), newline=""))
    try:
        return Directory(kind=kind_of(reader.fieldnames or []), source=path.name, _reader=reader)
    except UnknownHeader:
        raise NotADirectory(
            "The header is not known. It needs name1, street1, city, state, zip; or ID, ADDRESS, CITY, STATE,"
            " POSTAL; or zip, latitude, longitude."
        ) from None
    except csv.Error as broken:
        raise NotADirectory(f"The header cannot be read: {broken}.") from None


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotADirectory("The file is no text in UTF-8 or Windows-1252.")
