"""Reading JSON with an eye on shape: every refusal names the field and never repeats its value."""

from collections.abc import Container, Iterator
from typing import Any


class BadInstance(ValueError):
    """An instance or plan that cannot be meant: `field` says where, `reason` why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class Reader:
    """One JSON value and the name under which it stands."""

    def __init__(self, name: str, raw: Any) -> None:
        self.name = name
        self.raw = raw

    def has(self, key: str) -> bool:
        """Whether this object has the key."""
        return isinstance(self.raw, dict) and key in self.raw

    def get(self, key: str) -> "Reader":
        """The value under a key that has to be there."""
        name = key if self.name in ("instance", "plan") else f"{self.name}.{key}"
        if not isinstance(self.raw, dict):
            raise BadInstance(self.name, "is not an object")
        if key not in self.raw:
            raise BadInstance(name, "is missing")
        return Reader(name, self.raw[key])

    def items(self, length: int | None = None) -> list["Reader"]:
        """The entries of a list, of a fixed length if one is asked for."""
        if not isinstance(self.raw, list):
            raise BadInstance(self.name, "is not a list")
        if length is not None and len(self.raw) != length:
            raise BadInstance(self.name, f"does not have {length} entries")
        return [Reader(f"{self.name}[{at}]", each) for at, each in enumerate(self.raw)]

    def table(self) -> Iterator[tuple[str, "Reader"]]:
        """Key and value of an object, or of a list of [key, value] pairs."""
        if isinstance(self.raw, dict):
            pairs = [(str(key), value) for key, value in self.raw.items()]
        else:
            pairs = [(str(key.raw), value.raw) for key, value in (each.items(2) for each in self.items())]
        seen = set()
        for key, value in pairs:
            if key in seen:
                raise BadInstance(self.name, "names a key twice")
            seen.add(key)
            yield key, Reader(f"{self.name}.{key}", value)

    def rows(self, known: Container[int]) -> Iterator[tuple[int, "Reader"]]:
        """Like `table`, with keys that are ids which exist."""
        for key, value in self.table():
            if not key.lstrip("-").isdecimal():
                raise BadInstance(self.name, "has a key that is not an id")
            yield value.known(int(key), known), value

    def known(self, found: int, among: Container[int]) -> int:
        """`found`, if it exists."""
        if found not in among:
            raise BadInstance(self.name, "names an id that is not there")
        return found

    def whole(self) -> int:
        """A whole number."""
        if not isinstance(self.raw, int) or isinstance(self.raw, bool) or abs(self.raw) > 10**9:
            raise BadInstance(self.name, "is not a whole number")
        return self.raw

    def number(self) -> float:
        """A number, not negative."""
        if isinstance(self.raw, bool) or not isinstance(self.raw, (int, float)) or not 0 <= self.raw <= 10**9:
            raise BadInstance(self.name, "is not a number of 0 or more")
        return self.raw

    def text(self) -> str:
        """A text."""
        if not isinstance(self.raw, str):
            raise BadInstance(self.name, "is not a text")
        return self.raw

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.raw, bool):
            raise BadInstance(self.name, "is not true or false")
        return self.raw

    def pair(self) -> tuple[int, int]:
        """Two whole numbers."""
        first, second = self.items(2)
        return first.whole(), second.whole()

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """A list of pairs of whole numbers."""
        return tuple(each.pair() for each in self.items())

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(each.text() for each in self.items())

    def wholes(self) -> tuple[int, ...]:
        """A list of whole numbers."""
        return tuple(each.whole() for each in self.items())
