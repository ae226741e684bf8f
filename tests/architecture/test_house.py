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


def test_foreign_keys_point_down():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in OUR_MODELS
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and FLOOR[field.related_model._meta.app_label] > FLOOR[model._meta.app_label]
    ]
    assert upward == []


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


def test_only_the_doors_of_another_room_are_used():
    through_the_wall = [
        f"{path.relative_to(HOUSE)}: {name}"
        for path in CODE
        if room_of(path) in FLOOR
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


def test_no_source_file_is_longer_than_400_lines():
    lengths = {str(path.relative_to(HOUSE)): len(path.read_text().splitlines()) for path in SOURCES}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_no_file_has_a_name_that_says_nothing():
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "signals"}
    assert [str(path.relative_to(HOUSE)) for path in CODE if path.stem in empty] == []


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


def says_by_whom_and_when(action: object) -> bool:
    parameters = inspect.signature(action).parameters
    only_by_name = all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
    return {"by", "at"} <= set(parameters) and only_by_name and bool(action.__doc__)


def test_an_action_is_keyword_only_and_says_by_whom_and_when():
    found = actions()
    assert len(found) > 100
    assert [f"{f.__module__}.{f.__name__}" for f in found if not says_by_whom_and_when(f)] == []


def test_every_field_states_its_privacy_class():
    unstated = [
        f"{model._meta.label}.{field.name}"
        for model in OUR_MODELS
        for field in model._meta.get_fields()
        if field.concrete
        and not field.primary_key
        and field.name != "organization_id"
        and model.privacy.of(field.name) is None
    ]
    assert unstated == []


def test_no_privacy_class_names_a_field_that_is_gone():
    gone = [
        f"{model._meta.label}.{name}"
        for model in OUR_MODELS
        for cls in ("identifying", "clinical", "operational")
        for name in getattr(model.privacy, cls).split()
        if name not in {f.name for f in model._meta.get_fields()}
    ]
    assert gone == []


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


def test_every_url_stands_in_the_access_table():
    assert [name for name in ALL_URLS if name not in TABLE] == []


def test_the_access_table_names_no_page_that_is_gone():
    assert sorted(TABLE.keys() - set(ALL_URLS)) == []


def test_the_access_table_admits_roles_and_nothing_else():
    for name, admits in TABLE.items():
        assert admits is ANYONE or admits is HOUSE_ONLY or (admits and admits <= set(Role)), name


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_paragraph(room):
    assert f"`{room}`" in (ROOT / "docs" / "rooms.md").read_text()


def test_the_text_of_a_row_tells_nothing_about_a_person():
    telling = [
        f"{model._meta.label}.{name}"
        for model in OUR_MODELS
        for name in model.privacy.identifying.split() + model.privacy.clinical.split()
        if f"self.{name}" in inspect.getsource(model.__str__)
    ]
    assert telling == []


def test_a_model_is_named_with_a_word_of_the_glossary():
    glossary = (ROOT / "GLOSSARY.md").read_text()
    assert [m._meta.label for m in OUR_MODELS if f"| {m.__name__} |" not in glossary] == []


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
