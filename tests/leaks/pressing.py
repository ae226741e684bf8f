"""Forms as a person meets them: read from a page, filled with what it offers, and sent.

A field keeps what the page has put into it; else its first choice is taken, a plain word or number is
typed, and a box is ticked. What no guess can satisfy stands in EXAMPLES, by the name of the URL.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import Resolver404, resolve

from leaks.examples import example

TYPED = "Said plainly."
_EMPTY = re.compile(r"^website$|(opens|closes|pause|resume)_\d|break-(from|to)|week-text|(starts|ends)_[1-6]")
_DAY = re.compile(r"(^|[_-])(on|through|last_day)$")
_TIMES = (
    (re.compile(r"(^|[_-])(starts|starts_0|starts_time|happened_time|aftercare_time)$"), "09:00"),
    (re.compile(r"(^|[_-])(ends|ends_0|ends_time)$"), "12:00"),
)
"""Days and times are typed into plain fields; which those are tells their name."""
_FORM = re.compile(r"<form\b[^>]*>", re.I)
_POSTS = re.compile(r"\bmethod=\"?post", re.I)
_ACTION = re.compile(r"\baction=\"([^\"?#]*)")
_ZONE = ZoneInfo("America/Denver")


@dataclass
class Form:
    """A form of a page: where it goes, and what each of its fields offers."""

    action: str
    id: str = ""
    fields: list["Field"] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Field:
    """One field: its kind (`text`, `date`, `radio`, `select`, ...), and its choices with those chosen."""

    name: str
    kind: str
    value: str = ""
    least: str = ""
    chosen: bool = False
    choices: list[tuple[str, bool]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms = path, []
        self._open: Form | None = None
        self._elsewhere: list[tuple[str, Field | tuple[str, str]]] = []
        self._into: Field | None = None

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in given}
        if tag == "form":
            posts = told.get("method", "get").lower() == "post"
            self._open = Form(told.get("action") or self.path, told.get("id", "")) if posts else None
            if self._open:
                self.forms.append(self._open)
        elif tag == "option" and self._into:
            self._into.choices.append((told.get("value", ""), "selected" in told))
        elif "disabled" in told:
            return
        elif tag == "button" and told.get("type", "submit") == "submit":
            if told.get("name") and "formaction" not in told:
                self._put((told["name"], told.get("value", "")), told)
        elif tag in ("input", "select", "textarea") and told.get("name"):
            kind = told.get("type", "text") if tag == "input" else tag
            one = Field(
                told["name"], kind, told.get("value", ""), told.get("min", ""), chosen="checked" in told
            )
            self._into = one if tag != "input" else None
            self._put(one, told)

    def handle_data(self, text: str) -> None:
        if self._into and self._into.kind == "textarea":
            self._into.value += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag in ("select", "textarea"):
            self._into = None

    def _put(self, thing: Field | tuple[str, str], told: dict[str, str]) -> None:
        if "form" in told:
            self._elsewhere.append((told["form"], thing))
        elif self._open:
            _add(self._open, thing)

    def close(self) -> None:
        super().close()
        by_id = {form.id: form for form in self.forms if form.id}
        for id, thing in self._elsewhere:
            if id in by_id:
                _add(by_id[id], thing)


def _add(form: Form, thing: Field | tuple[str, str]) -> None:
    (form.fields if isinstance(thing, Field) else form.buttons).append(thing)


def forms_of(page: str, path: str, wanted: Callable[[str], bool]) -> list[tuple[str, Form]]:
    """The forms of a page that go to a URL that is wanted, with its name. Read only when there is one."""
    tags = [tag for tag in _FORM.findall(page) if _POSTS.search(tag)]
    actions = {found[1] if (found := _ACTION.search(tag)) else path for tag in tags}
    if not any(wanted(_name(each or path)) for each in actions):
        return []
    reader = _Reader(path)
    reader.feed(page)
    reader.close()
    named = [(_name(form.action.split("?")[0]), form) for form in reader.forms]
    return [(name, form) for name, form in named if wanted(name)]


def _name(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def filled(name: str, form: Form, at: datetime, known: dict[str, Any]) -> dict[str, Any]:
    """What a person would send with the first button of the form."""
    body: dict[str, list[Any]] = {}
    for one in form.fields:
        value = _value(one, body, at)
        if value is not None:
            body.setdefault(one.name, []).append(value)
    for one in form.fields:  # of boxes and circles nobody has touched, the first
        if one.kind in ("checkbox", "radio") and one.name not in body:
            body[one.name] = [one.value or "on"]
    if form.buttons:
        key, value = form.buttons[0]
        body.setdefault(key, []).append(value)
    body.pop("csrfmiddlewaretoken", None)
    return body | example(name, at, known)


def _value(one: Field, body: dict[str, list[Any]], at: datetime) -> Any:
    match one.kind:
        case "checkbox" | "radio":
            return (one.value or "on") if one.chosen else None
        case "select":
            told = [value for value, chosen in one.choices if chosen and value]
            return next(iter(told or [value for value, _chosen in one.choices if value]), "")
        case "file":
            return SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF", content_type="application/pdf")
        case "hidden":
            return one.value
    return one.value.strip() or _typed(one, at.astimezone(_ZONE))


def _typed(one: Field, now: datetime) -> str:
    if _EMPTY.search(one.name):
        return ""
    if _DAY.search(one.name):
        return now.date().isoformat()
    for named, time in _TIMES:
        if named.search(one.name):
            return time
    match one.kind:
        case "number":
            return one.least or "1"
        case "email":
            return "someone@example.org"
        case "tel":
            return "+13035550142"
        case "password":
            return "a long enough password"
    return TYPED
