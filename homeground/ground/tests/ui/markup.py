"""Reads rendered HTML so that tests can speak of elements instead of strings."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"input", "meta", "link", "br", "hr", "img", "use", "rect", "line"}


@dataclass
class Element:
    """An element with its attributes, in document order; `text` is what it and its children say."""

    tag: str
    attrs: dict[str, str]
    inside: tuple["Element", ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A parsed document."""

    html: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)
        self._open: list[Element] = []
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1].tag == tag, f"</{tag}> closes nothing"
        self._open.pop()

    def handle_data(self, text: str) -> None:
        for element in self._open:
            element.text += text

    def all(self, tag: str, **attrs: str) -> list[Element]:
        """Elements with this tag and these attributes (`class_` matches one of the classes)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            e
            for e in self.elements
            if e.tag == tag
            and all(
                value in e.attrs.get(name, "").split() if name == "class" else e.attrs.get(name) == value
                for name, value in wanted.items()
            )
        ]

    def by_id(self, key: str) -> Element:
        """The one element with this id."""
        (found,) = [e for e in self.elements if e.attrs.get("id") == key]
        return found

    def place(self, element: Element) -> int:
        """Position in the document."""
        return next(n for n, e in enumerate(self.elements) if e is element)
