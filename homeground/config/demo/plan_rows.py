"""Rows of the demo's plans, gathered first and written a table at a time."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model

from homeground.plan import models as m


@dataclass
class Rows:
    """Everything to be written, in the order the tables need it."""

    owns: dict[str, UUID]
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)
    version_of: dict[UUID, UUID] = field(default_factory=dict)
    offered: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    def add(self, table: type[Model], **values: Any) -> Any:
        """One more row, with its key."""
        row = table(**self.owns, **values)
        above = values.get("version") or values.get("goal") or values.get("aim")
        if above is not None:
            self.version_of[row.pk] = self.version_of.get(above.pk, above.pk)
        self.rows.setdefault(table, []).append(row)
        return row

    def write(self) -> None:
        """All rows, a statement a table. A version's content comes before it is offered, for a trigger asks;
        and the next version comes after it, for a plan has one unfinished version."""
        self._write(BEFORE)
        versions = self.rows.pop(m.PlanVersion, [])
        content = {table: self.rows.pop(table, []) for table in CONTENT}
        for number in sorted({version.number for version in versions}):
            now = [version for version in versions if version.number == number]
            keys = {version.pk for version in now}
            m.PlanVersion.objects.bulk_create(now)
            for table, rows in content.items():
                mine = [row for row in rows if self.version_of[row.pk] in keys]
                table._default_manager.bulk_create(mine)
            offered = [version for version in now if version.pk in self.offered]
            for version in offered:
                for name, value in self.offered[version.pk].items():
                    setattr(version, name, value)
            m.PlanVersion.objects.bulk_update(offered, ["offered_at", "digest", "in_force_at", "ended_at"])
        self._write(AFTER)

    def _write(self, tables: tuple[type[Model], ...]) -> None:
        for table in tables:
            if table in self.rows:
                table._default_manager.bulk_create(self.rows[table])


BEFORE: tuple[type[Model], ...] = (
    m.Assessment,
    m.Section,
    m.SubstanceUse,
    m.Problem,
    m.Deferral,
    m.Plan,
    m.Objective,
)
CONTENT: tuple[type[Model], ...] = (m.Part, m.Goal, m.Aim, m.Intervention)
AFTER: tuple[type[Model], ...] = (
    m.Signature,
    m.Refusal,
    m.Review,
    m.Progress,
    m.RiskFinding,
    m.SafetyPlan,
    m.Draw,
    m.DrawEntry,
    m.DrugTest,
    m.DrugResult,
    m.Discussion,
)
