"""The shells and the catalogue: what every page carries, and what the policy of the house forbids."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from homeground.ground.tests.ui.markup import Page
from homeground.ground.ui import catalogue

ROOM = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
ERRORS = sorted(p.stem for p in (ROOM / "templates/ground/errors").glob("*.html") if p.stem != "page")
HELP = {"tel:911", "tel:988", "tel:18006624357"}


def style(shell: str, language: str = "en") -> str:
    request = RequestFactory().get("/style/", {"as": shell})
    with translation.override(language):
        return render_to_string("ground/style.html", catalogue.context(request), request=request)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("shell", ["public", "patient", "staff"])
def test_every_page_names_its_language_and_lets_the_keyboard_skip_to_its_one_heading(shell, language) -> None:
    page = Page(style(shell, language))
    assert page.all("html")[0].attrs["lang"] == language
    links = page.all("a")
    assert links[0].attrs["href"] == "#main"
    main = page.by_id("main")
    (heading,) = page.all("h1")
    assert main in heading.inside
    ids = [e.attrs["id"] for e in page.elements if "id" in e.attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("shell", ["public", "patient"])
def test_help_by_telephone_and_a_way_out_are_on_every_public_and_patient_page(shell: str) -> None:
    page = Page(style(shell))
    assert {link.attrs["href"] for link in page.all("a")} >= HELP
    exits = [link for link in page.all("a") if "data-quick-exit" in link.attrs]
    assert exits and exits[0].attrs["href"] == "https://www.weather.gov/"
    assert "noreferrer" in exits[0].attrs["rel"]


@pytest.mark.parametrize("shell", ["public", "patient", "staff"])
def test_nothing_is_inline_and_nothing_is_asked_of_a_third_party(shell: str) -> None:
    page = Page(style(shell))
    for element in page.elements:
        assert "style" not in element.attrs
        assert not [name for name in element.attrs if name.startswith("on")]
        if element.tag in ("script", "img", "link", "use"):
            source = element.attrs.get("src") or element.attrs["href"]
            assert source.startswith("/static/"), source
    assert not page.all("style")
    assert all(not script.text.strip() for script in page.all("script"))


def test_a_rail_never_shows_more_than_five_places() -> None:
    places = [{"label": f"Place {n}", "url": f"/{n}/", "current": n == 1} for n in range(8)]
    for shell in ("public", "patient", "staff"):
        page = Page(render_to_string(f"ground/{shell}.html", {"rail": places}))
        (rail,) = page.all("ul", class_="nav-list")
        shown = [link for link in page.all("a") if rail in link.inside]
        assert len(shown) == 5
        assert [link.attrs.get("aria-current") for link in shown].count("page") == 1


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_error_page_needs_nothing_and_says_what_is_safe(name: str, language: str) -> None:
    with translation.override(language):
        page = Page(render_to_string(f"ground/errors/{name}.html"))
    main = page.by_id("main")
    assert page.all("h1")[0].text.strip()
    assert len([p for p in page.all("p") if main in p.inside and p.text.strip()]) >= 3
    assert "!" not in main.text
    assert {link.attrs["href"] for link in page.all("a")} >= HELP


def test_all_error_pages_the_house_needs_exist() -> None:
    assert set(ERRORS) == {"400", "403", "404", "413", "429", "500", "forged", "no_clinic", "not_yours"}


def test_a_page_with_a_wrong_form_says_so_in_its_title() -> None:
    wrong = catalogue.SampleForm(data={})
    assert "<title>Error: " in render_to_string("ground/public.html", {"form": wrong})
    assert "<title>Page" in render_to_string("ground/public.html", {"form": catalogue.SampleForm()})


def test_every_symbol_used_is_in_the_sprite_and_in_the_catalogue() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (ROOM / "static/ground/icons.svg").read_text()))
    text = "\n".join(p.read_text() for p in ROOM.parent.rglob("templates/**/*.html"))
    used = set(re.findall(r'\{%\s*icon "(\w+)"', text)) | set(re.findall(r'symbol="(\w+)"', text))
    assert used <= drawn
    assert set(catalogue.SYMBOLS) == drawn


def test_every_include_is_shown_in_the_catalogue() -> None:
    shown = "\n".join(p.read_text() for p in TEMPLATES)
    for part in (ROOM / "templates/ground/ui").glob("*.html"):
        if part.name not in ("form.html", "field.html"):
            assert f"ground/ui/{part.name}" in shown or f"ground/ui/{part.name}" in TAGS, part.name


TAGS = (ROOM / "templatetags/ui.py").read_text()
