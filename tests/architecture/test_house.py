"""The house rules that import contracts cannot see. See docs/rooms.md for the floors."""

import ast
import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from homeground.config.access import TABLE
from homeground.ground.access import ANYONE, HOUSE_ONLY
from homeground.people.roles import Role

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "homeground"
ROOMS = settings.ROOMS
FLOOR = {room: floor for floor, room in enumerate(ROOMS)}
DOORS = {"actions", "queries", "rules"}
# What every room may use beside a room's doors: values without behaviour of their own.
VALUES = {
    "homeground.people.roles",
    "homeground.people.demo",
    "homeground.timetable.calendar_file",
    "homeground.timetable.solver",
}
SOURCES = sorted(p for p in HOUSE.rglob("*.py") if "migrations" not in p.parts)
CODE = [p for p in SOURCES if "tests" not in p.parts]
OUR_MODELS = [m for m in apps.get_models() if m.__module__.startswith("homeground.")]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_foreign_keys_point_down(model):
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model:
            target = field.related_model._meta.app_label
            assert FLOOR[target] <= FLOOR[model._meta.app_label], (
                f"{model._meta.label}.{field.name} -> {target}"
            )


def imports_of_other_rooms(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if (
                parts[0] == "homeground"
                and len(parts) > 2
                and parts[1] in FLOOR
                and parts[1] != room_of(path)
            ):
                found.append(name)
    return found


@pytest.mark.parametrize(
    "path", [p for p in CODE if room_of(p) in FLOOR], ids=lambda p: str(p.relative_to(HOUSE))
)
def test_only_the_doors_of_another_room_are_used(path):
    through_the_wall = [
        name
        for name in imports_of_other_rooms(path)
        if name.split(".")[1] not in ("ground",)
        and name.split(".")[2] not in DOORS
        and not any(name == value or name.startswith(f"{value}.") for value in VALUES)
    ]
    assert through_the_wall == []


def rule_modules() -> list[str]:
    return [
        module_name(p)
        for p in CODE
        if "rules" in (p.stem, *p.relative_to(HOUSE).parts) or "solver" in p.relative_to(HOUSE).parts
    ]


def test_rules_load_without_django():
    program = (
        "import sys, importlib\n"
        f"for name in {rule_modules()!r}: importlib.import_module(name)\n"
        "found = [m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg')]\n"
        "sys.exit(f'rules load {found[:3]}' if found else 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr[-2000:]


@pytest.mark.parametrize("room", ROOMS)
def test_templates_and_static_files_carry_their_rooms_name(room):
    for kind in ("templates", "static"):
        folder = HOUSE / room / kind
        if folder.exists():
            assert [p.name for p in folder.iterdir()] == [room]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_no_source_file_is_longer_than_400_lines(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(HOUSE)))
def test_no_file_has_a_name_that_says_nothing(path):
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "signals"}


def actions() -> list[object]:
    found = []
    for path in CODE:
        if room_of(path) in FLOOR and "actions" in (path.stem, *path.relative_to(HOUSE).parts):
            module = import_module(module_name(path))
            found += [
                f
                for name, f in inspect.getmembers(module, inspect.isfunction)
                if f.__module__ == module.__name__ and not name.startswith("_")
            ]
    return found


@pytest.mark.parametrize("action", actions(), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_an_action_is_keyword_only_and_says_by_whom_and_when(action):
    parameters = inspect.signature(action).parameters
    assert {"by", "at"} <= set(parameters)
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
    assert action.__doc__


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_every_field_states_its_privacy_class(model):
    unstated = [
        field.name
        for field in model._meta.get_fields()
        if field.concrete
        and not field.primary_key
        and field.name != "organization_id"
        and model.privacy.of(field.name) is None
    ]
    named = {
        name
        for cls in ("identifying", "clinical", "operational")
        for name in getattr(model.privacy, cls).split()
    }
    assert unstated == []
    assert named <= {f.name for f in model._meta.get_fields()}


def urls(resolver: URLResolver, namespace: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += urls(pattern, inner)
        elif isinstance(pattern, URLPattern):
            found.append(f"{namespace}{pattern.name}")
    return found


ALL_URLS = sorted(set(urls(get_resolver())))


@pytest.mark.parametrize("name", ALL_URLS)
def test_every_url_stands_in_the_access_table(name):
    assert name in TABLE


def test_the_access_table_names_no_page_that_is_gone():
    assert sorted(TABLE.keys() - set(ALL_URLS)) == []


def test_the_access_table_admits_roles_and_nothing_else():
    for name, admits in TABLE.items():
        assert admits is ANYONE or admits is HOUSE_ONLY or (admits and admits <= set(Role)), name


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_paragraph(room):
    assert f"`{room}`" in (ROOT / "docs" / "rooms.md").read_text()


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_the_text_of_a_row_tells_nothing_about_a_person(model):
    source = inspect.getsource(model.__str__)
    telling = model.privacy.identifying.split() + model.privacy.clinical.split()
    assert [name for name in telling if f"self.{name}" in source] == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_a_model_is_named_with_a_word_of_the_glossary(model):
    assert f"| {model.__name__} |" in (ROOT / "GLOSSARY.md").read_text()


@pytest.mark.parametrize("text", ["README.md", "DEVELOPERS.md", "docs/operate/running.md"])
def test_the_commands_a_text_names_exist(text):
    script = (ROOT / "run").read_text()
    ours = {path.stem.replace("_", "-") for path in HOUSE.glob("*/management/commands/*.py")}
    named = set(re.findall(r"\./run ([a-z][a-z-]*)", (ROOT / text).read_text()))
    assert {
        word for word in named if not re.search(rf"^  (\S*\|)?{word}(\|\S*)?\)", script, re.M)
    } <= ours | {"manage"}


def test_the_pictures_of_the_readme_are_there():
    for path in re.findall(r"\]\((docs/pictures/[^)]+)\)", (ROOT / "README.md").read_text()):
        assert (ROOT / path).is_file()
