"""A browser, a demo clinic and, for those who begin with nothing, an empty one.

    ./run journeys                       all of them
    HG_PICTURES=FOLDER ./run journeys    and keep what each page looks like
    HG_JOURNEYS_AT=http://localhost:8000 ./run journeys    at a demo clinic that already runs

The server is the one `./run` starts; the browser is the Chromium of the machine.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from homeground.config.engine.places import CHECKOUT
from homeground.people.demo import PASSWORD
from journeys.house import ROOM_FOR_HOMES, RunningHouse
from journeys.looks import TWINS, Manners

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
)
SCREENS = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    },
}
PATIENCE_MS = 20_000
FOUNDING = (
    *("--name", "Alder Row (made up)", "--neutral-name", "Alder office", "--zone", "America/Denver"),
    *("--phone", "+13035550120", "--street", "1 Long Street", "--city", "Denver", "--state", "CO"),
    *("--zip", "80202", "--password-stdin"),
)
DIRECTORY = CHECKOUT / "homeground" / "front_door" / "samples"


@pytest.fixture(scope="session")
def homes() -> Iterator[Path]:
    """A folder for the homes of this run, removed afterwards."""
    folder = ROOM_FOR_HOMES / os.urandom(4).hex()
    folder.mkdir(parents=True)
    for parent in (folder, ROOM_FOR_HOMES):
        parent.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def demo(homes: Path) -> Iterator[RunningHouse]:
    """The demo clinic with its sample directory."""
    house = RunningHouse(homes / "demo")
    try:
        house.start()
        yield house
    finally:
        house.stop()
        house.remove()


@pytest.fixture(scope="session")
def origin(request: pytest.FixtureRequest) -> str:
    """Where the demo clinic is open."""
    return os.environ.get("HG_JOURNEYS_AT") or request.getfixturevalue("demo").origin


@dataclass(frozen=True)
class Founded:
    """A clinic that began empty, and its first director."""

    origin: str
    username: str
    password: str


@pytest.fixture(scope="session")
def empty(homes: Path) -> Iterator[Founded]:
    """A clinic founded on the command line in a house without a demo clinic: a center, a room, a program."""
    house = RunningHouse(homes / "empty")
    director = Founded(house.origin, "first.director", "a long enough password")
    founding = ("manage", "found", *FOUNDING, "--director", director.username)
    try:
        for words in (("manage", "migrate", "--verbosity=0"), founding):
            done = house.run(*words, told=f"{director.password}\n")
            assert done.returncode == 0, done.stderr
        house.start()
        yield director
    finally:
        house.stop()
        house.remove()


@pytest.fixture(scope="session")
def directory(request: pytest.FixtureRequest) -> None:
    """The shipped sample directory, imported as an operator does."""
    if os.environ.get("HG_JOURNEYS_AT"):
        return
    house: RunningHouse = request.getfixturevalue("demo")
    for sample in ("zip_codes.csv", "centers.csv"):
        done = house.run("directory", "import", str(DIRECTORY / sample))
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        assert found, "the journeys need a Chromium on this machine: apt-get install chromium"
        browser = driver.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


type Opens = Callable[..., Page]


@pytest.fixture(params=list(SCREENS))
def screen(request: pytest.FixtureRequest) -> str:
    """Each journey is walked at a desk and on a phone."""
    return str(request.param)


@pytest.fixture
def opens(chromium: Browser, origin: str) -> Iterator[Opens]:
    """Opens a fresh browser window; a journey fails when any of its windows misbehaved."""
    manners: list[Manners] = []
    contexts: list[BrowserContext] = []

    def window(screen: str = "desktop", *, at: str = origin, leaves_to: str = "", **options: object) -> Page:
        watch = Manners(at, leaves_to)
        context = chromium.new_context(base_url=at, locale="en-US", **{**SCREENS[screen], **options})
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", watch.asked)
        context.on("response", watch.answered)
        context.on("console", watch.said)
        context.on("weberror", watch.broke)
        manners.append(watch)
        contexts.append(context)
        if options.get("java_script_enabled") is False:
            TWINS[context] = window(screen, at=at, leaves_to=leaves_to)
        return context.new_page()

    yield window
    for context in contexts:
        TWINS.pop(context, None)
        context.close()
    faults = [fault for watch in manners for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(opens: Opens, screen: str) -> Page:
    """A visitor's window."""
    return opens(screen)


_SIGNED_IN: dict[tuple[str, str], tuple[object, float]] = {}
STAYS_SIGNED_IN = 480  # seconds; less than the house waits before it signs out who does nothing


@pytest.fixture
def as_role(opens: Opens, screen: str, origin: str) -> Callable[[str], Page]:
    """A window in which a member of the demo clinic is signed in."""

    def signed_in(username: str, *, at: str = origin, password: str = PASSWORD) -> Page:
        kept, when = _SIGNED_IN.get((at, username), (None, 0.0))
        now = time.monotonic()
        if kept is not None and now - when < STAYS_SIGNED_IN:
            _SIGNED_IN[at, username] = kept, now
            return opens(screen, at=at, storage_state=kept)
        page = opens(screen, at=at)
        sign_in(page, username, password)
        _SIGNED_IN[at, username] = page.context.storage_state(), now
        return page

    return signed_in


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in as a person does, and arrive at their first page."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("main form").first.get_by_role("button").first.click()
    page.wait_for_url("**/desk/**")
