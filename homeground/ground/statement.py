"""Statements Django writes once. For reads of pages that are opened all day.

Django builds the text of a query anew each time it runs: for a small read that takes longer than the
read itself. A `Statement` is an ordinary queryset whose text is kept; only the values change.

    _OPEN = Statement(lambda patient_id, on: Episode.objects.filter(patient_id=patient_id, ...).values(...))
    rows = _OPEN.rows(patient_id=patient_id, on=on)
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, F, Func, QuerySet
from django.db.models.query import ValuesIterable

type _Converters = list[tuple[int, Any, Any]]


class Parameter(Expression):
    """A value the statement gets each time it runs. Stands wherever a queryset takes a value."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The place of the value; the parameter itself stands in for it."""
        return "%s", [self]


def one_of(field: str, values: Parameter | Iterable[Any]) -> Func:
    """A condition: the field is one of these. `field__in` cannot be written before the values are known."""
    wanted = values if isinstance(values, Parameter) else list(values)
    return Func(
        F(field), wanted, arg_joiner=" = ANY (", template="%(expressions)s)", output_field=BooleanField()
    )


class Statement:
    """A queryset of values or values_list as a function of its parameters, written once a process.

    `build` gets a `Parameter` for each of its arguments and must not look into them: what the statement
    says cannot depend on a value. A list (for `one_of`) is given as a list.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._names = tuple(inspect.signature(build).parameters)
        self._written: tuple[str, tuple[Any, ...], tuple[str, ...], _Converters] | None = None

    def rows(self, **values: Any) -> list[Any]:
        """Run it: dicts when the queryset says `values`, else tuples. Raises KeyError when a value lacks."""
        sql, parameters, names, converters = self._written or self._write()
        given = [values[each.name] if isinstance(each, Parameter) else each for each in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            found = cursor.fetchall()
        if converters:
            found = [_converted(row, converters) for row in found]
        return [dict(zip(names, row, strict=True)) for row in found] if names else found

    def first(self, **values: Any) -> Any:
        """The first row or None. The queryset itself says how many are read."""
        return next(iter(self.rows(**values)), None)

    def _write(self) -> tuple[str, tuple[Any, ...], tuple[str, ...], _Converters]:
        rows = self._build(**{name: Parameter(name) for name in self._names})
        query = rows.query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [each[0] for each in compiler.select[: compiler.col_count]]
        names: tuple[str, ...] = ()
        if rows._iterable_class is ValuesIterable:
            selected: Mapping[str, Any] = query.selected or {}
            names = tuple(selected) or (*query.values_select, *query.annotation_select)
        converters = [(at, *each) for at, each in compiler.get_converters(columns).items()]
        self._written = (sql, tuple(parameters), names, converters)
        return self._written


def _converted(row: tuple[Any, ...], converters: _Converters) -> tuple[Any, ...]:
    values = list(row)
    for at, steps, column in converters:
        for step in steps:
            values[at] = step(values[at], column, connection)
    return tuple(values)
