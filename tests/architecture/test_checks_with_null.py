"""A CHECK passes when its expression is NULL: none of ours may be, whatever is left empty.

Every check of every table is tried with all combinations of a few values a column, NULL among them where
the column allows it.
"""

import re

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db

CHECKS = """
    select c.conname, c.conrelid::regclass::text, pg_get_expr(c.conbin, c.conrelid),
           array_agg(a.attname::text order by a.attnum),
           array_agg(format_type(a.atttypid, null) order by a.attnum),
           array_agg(a.attnotnull order by a.attnum)
      from pg_constraint c
      join pg_class t on t.oid = c.conrelid
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
     where c.contype = 'c' and c.connamespace = 'public'::regnamespace and t.relname = any(%s)
     group by c.conname, c.conrelid, c.conbin
"""
ORDERED = {
    "date": ["2026-01-01", "2026-06-01", "2026-12-01"],
    "time without time zone": ["08:00", "12:00", "18:00"],
    "timestamp with time zone": ["2026-01-01 08:00+00", "2026-06-01 12:00+00", "2026-12-01 18:00+00"],
    "boolean": ["true", "false"],
    "uuid": ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"],
    "bytea": ["", "\\x01"],
    "jsonb": ["{}", "[]"],
}
NUMBERS = ["0", "1", "7"]


def samples(kind: str, expression: str) -> list[str]:
    """Values to try for a column of this type: those the check itself speaks of, and some others."""
    if kind in ORDERED:
        return ORDERED[kind]
    if kind.endswith("[]"):
        return ["{}"]
    if "char" in kind or kind == "text":
        spoken = re.findall(r"'([^']*)'::(?:character varying|text)", expression)
        return list(dict.fromkeys(["", "x", *spoken]))[:8]
    return NUMBERS


def undecided(
    name: str, table: str, expression: str, columns: list[str], kinds: list[str], filled: list[bool]
) -> bool:
    """Whether the check is NULL for some row that the columns themselves allow."""
    sources, values = [], []
    for column, kind, must in zip(columns, kinds, filled, strict=True):
        few = [*samples(kind, expression), *([] if must else [None])]
        rows = ", ".join([f"(%s::{kind})"] * len(few))
        sources.append(f'(values {rows}) as "of {column}"("{column}")')
        values += few
    # A value a check cannot even be asked about, such as 1/0, would fail here: none of ours has any.
    literal = expression.replace("%", "%%")
    with connection.cursor() as cursor:
        cursor.execute(f"select bool_or(({literal}) is null) from {' cross join '.join(sources)}", values)
        return bool(cursor.fetchone()[0])


def test_no_check_is_passed_by_leaving_something_empty():
    ours = [m._meta.db_table for m in apps.get_models() if m.__module__.startswith("homeground.")]
    with connection.cursor() as cursor:
        cursor.execute(CHECKS, [ours])
        checks = cursor.fetchall()
    assert len(checks) > 50
    # A check of one column says nothing about whether it is filled.
    assert {row[0] for row in checks if len(row[3]) > 1 and undecided(*row)} == set()


def test_a_check_that_does_not_decide_is_found():
    known = ("one", "table", "((a > 1) AND (b > 1))", ["a", "b"], ["integer", "integer"])
    assert undecided(*known, [True, False])
    assert not undecided(*known, [True, True])
