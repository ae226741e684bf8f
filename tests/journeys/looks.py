"""What every page must pass: no accessibility fault, no sideways scroll; and pictures to look at."""

import os
import re
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
NARROW = (320, 390)
CRISIS = ("tel:911", "tel:988", "tel:18006624357")
# The browser says this of every refused form and of pages that are rightly not there.
REFUSED = re.compile(r"^Failed to load resource: the server responded with a status of (4\d\d)")


# Where scripts do not run, axe cannot: what such a window shows is looked at in a second one.
TWINS: dict[BrowserContext, Page] = {}


@cache
def _axe() -> str:
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def accessible(page: Page) -> None:
    """Fail when axe-core finds a fault of WCAG 2.0 to 2.2 A and AA, or of its best practice."""
    twin = TWINS.get(page.context)
    if twin is not None:
        shown = page.content()
        twin.route(page.url, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
        twin.goto(page.url)
        twin.unroute_all()
        page = twin
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_axe())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(r => r.violations)",
        WCAG,
    )
    faults = [
        f"{fault['id']}: {fault['help']}\n    " + "\n    ".join(_where(node) for node in fault["nodes"][:5])
        for fault in found
    ]
    assert not faults, f"{page.url} is not accessible:\n" + "\n".join(faults)


def _where(node: dict[str, object]) -> str:
    summary = str(node["failureSummary"]).replace("\n", " ")
    return f"{node['target']} {str(node['html'])[:160]} {summary[:300]}"


def no_sideways_scroll(page: Page) -> None:
    """Fail when the page is wider than a narrow screen, and name what sticks out."""
    size = page.viewport_size
    assert size is not None
    for width in dict.fromkeys((*NARROW, size["width"])):
        page.set_viewport_size({"width": width, "height": size["height"]})
        wide = page.evaluate(
            """() => {
              const root = document.documentElement;
              if (root.scrollWidth <= root.clientWidth) return null;
              const far = [...document.querySelectorAll('body *')]
                .map(e => [e, Math.round(e.getBoundingClientRect().right)])
                .filter(([e, right]) => right > root.clientWidth + 1)
                .map(([e, right]) => `${e.tagName.toLowerCase()}.${e.className} to ${right}`);
              return `${root.scrollWidth} px: ${far.slice(0, 8).join('; ')}`;
            }"""
        )
        assert wide is None, f"{page.url} scrolls sideways at {width} px: {wide}"
    page.set_viewport_size(size)


def finished(page: Page, name: str = "") -> None:
    """The end of a journey, and of each page worth a look on the way."""
    no_sideways_scroll(page)
    accessible(page)
    if name:
        picture(page, name)


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like in the folder HG_PICTURES names, if it names one; light and dark."""
    folder = os.environ.get("HG_PICTURES")
    if not folder:
        return
    size = page.viewport_size
    assert size is not None
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=Path(folder) / f"{name}-{size['width']}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme=None)


def crisis_numbers(page: Page) -> None:
    """Fail when one of the three numbers or the way out is missing from the page."""
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    missing = [number for number in CRISIS if number not in links]
    assert not missing, f"{page.url} lacks {missing}"
    assert page.locator("[data-quick-exit]").count() >= 1, f"{page.url} has no way to leave quickly"


class Manners:
    """Watches a browser: whom it asks, what it complains about, what the server fails at."""

    def __init__(self, origin: str, leaves_to: str = "") -> None:
        self.origins = {origin, leaves_to}
        self.faults: list[str] = []

    def asked(self, request: Request) -> None:
        """Only the house itself may be asked, and the page a person leaves to."""
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" not in self.origins:
            self.faults.append(f"asked a third party: {request.url}")

    def answered(self, response: Response) -> None:
        """The server never fails."""
        if response.status >= 500:
            self.faults.append(f"{response.status} from {response.request.method} {response.url}")

    def said(self, message: ConsoleMessage) -> None:
        """The browser has nothing to complain about; a refused form is not a complaint."""
        if message.type in ("error", "warning") and not REFUSED.match(message.text):
            self.faults.append(f"the console of {message.location.get('url')}: {message.text}")

    def broke(self, error: object) -> None:
        """No script breaks."""
        self.faults.append(f"a script broke: {error}")
