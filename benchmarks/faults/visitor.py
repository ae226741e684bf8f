"""A visitor without a browser: keeps cookies, reads the forms of a page, sends them. One thread each."""

import re
from contextlib import closing
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from homeground.people.demo import PASSWORD

type Fields = list[tuple[str, str]]


class _Forms(HTMLParser):
    """The forms of a page: where they go, and what they send when nothing is touched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self.links: list[str] = []
        self._select = ""

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in found}
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        elif tag == "form":
            self.forms.append((told.get("action", ""), []))
        elif not self.forms:
            return
        elif tag == "select":
            self._select = told.get("name", "")
        elif tag == "option" and self._select and "selected" in told:
            self.forms[-1][1].append((self._select, told.get("value", "")))
        elif tag == "input" and told.get("name"):
            if told.get("type") in ("radio", "checkbox") and "checked" not in told:
                return
            empty = "on" if told.get("type") in ("radio", "checkbox") else ""
            self.forms[-1][1].append((told["name"], told.get("value", empty)))


class Visitor:
    """One browser window's worth of HTTP. `page` is the text of the last page, `forms` and
    `links` are what stands on it, `where` is where the last answer led."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cookies: dict[str, str] = {}
        self.page = ""
        self.where = ""
        self.forms: list[tuple[str, Fields]] = []
        self.links: list[str] = []

    def get(self, path: str) -> int:
        """Open a page, following redirects; returns the status."""
        status, where = self._ask("GET", path, None)
        return self.get(where) if status in (301, 302, 303) else status

    def post(self, path: str, fields: Fields) -> int:
        """Send a form and stay: a redirect is not followed. Returns the status."""
        return self._ask("POST", path, urlencode(fields))[0]

    def sign_in(self, username: str) -> None:
        """Sign in with one of the demo's accounts."""
        self.get("/accounts/login/")
        fields = dict(next(fields for _action, fields in self.forms if any(n == "login" for n, _ in fields)))
        status = self.post("/accounts/login/", [*{**fields, "login": username, "password": PASSWORD}.items()])
        if status != 302:
            raise RuntimeError(f"could not sign in: {status}")

    def _ask(self, verb: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {
            "Host": f"localhost:{self._port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=60)) as link:
            link.request(verb, path, body, headers)
            answer = link.getresponse()
            text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, value = re.match(r"([^=]+)=([^;]*)", cookie).groups()  # type: ignore[union-attr]
            self.cookies[name] = value
        if answer.status < 300 or answer.status >= 400:
            reading = _Forms()
            reading.feed(text)
            self.page, self.forms, self.links = text, reading.forms, reading.links
        where = urlsplit(answer.headers.get("Location", ""))
        self.where = f"{where.path}?{where.query}" if where.query else where.path
        return answer.status, self.where
