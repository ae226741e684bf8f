"""The tenant policy as a constraint, so that a model states it and its migration carries it."""

from enum import StrEnum
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Model

_ORGANIZATION = "nullif(current_setting('app.organization', true), '')::uuid"
_ACCOUNT = "nullif(current_setting('app.account', true), '')::uuid"
# Both settings in one sub-select: PostgreSQL reads them once a statement instead of once a row, and
# guesses the number of rows of an organization well enough to choose its joins.
_OWN = f"(select {_ORGANIZATION})"
_OWN_INSIDE = f"(select case when current_setting('app.channel', true) = 'inside' then {_ORGANIZATION} end)"


class Public(StrEnum):
    """What the public channel, a visitor without an account, may do with a table."""

    NOTHING = "nothing"
    READ = "read"
    ADD = "add"
    READ_ANY = "read_any"


class TenantPolicy(BaseConstraint):
    """Row-level security for one table, forced on its owner too.

    `column` holds the organization. `public` opens the table to visitors: READ within the
    organization, ADD new rows without reading them, READ_ANY across organizations (directories of
    organizations only). `own_account` also shows a signed-in account its own rows, which is how an
    account learns to which organization it belongs. `author` names the column of the one account that may
    read or write the row: for nobody else of the organization does it exist. Only leakproof operators
    (uuid and text equality) appear, so indexes stay usable.
    """

    def __init__(
        self,
        *,
        name: str,
        column: str = "organization_id",
        public: Public | str = Public.NOTHING,
        own_account: bool = False,
        author: str = "",
    ) -> None:
        super().__init__(name=name)
        self.column = column
        self.public = Public(public)
        self.own_account = own_account
        self.author = author

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, _args, kwargs = super().deconstruct()
        if self.column != "organization_id":
            kwargs["column"] = self.column
        if self.public is not Public.NOTHING:
            kwargs["public"] = self.public.value
        if self.own_account:
            kwargs["own_account"] = True
        if self.author:
            kwargs["author"] = self.author
        return path, (), kwargs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, TenantPolicy):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)

    def create_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None
        table = f'"{model._meta.db_table}"'
        own = f'"{self.column}" = {_OWN}'
        inside = f'"{self.column}" = {_OWN_INSIDE}'
        if self.author:
            inside += f' and "{self.author}" = (select {_ACCOUNT})'
        parts = [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f'create policy "{self.name}" on {table} using ({inside}) with check ({inside})',
        ]
        if self.public is Public.READ:
            parts.append(f'create policy "{self.name}_public" on {table} for select using ({own})')
        if self.public is Public.READ_ANY:
            parts.append(f'create policy "{self.name}_public" on {table} for select using (true)')
        if self.public is Public.ADD:
            parts.append(f'create policy "{self.name}_public" on {table} for insert with check ({own})')
        if self.own_account:
            mine = f"account_id = (select {_ACCOUNT})"
            parts.append(f'create policy "{self.name}_mine" on {table} for select using ({mine})')
        return ";\n".join(parts)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Nothing inside CREATE TABLE: the policy follows once the table is there."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return None

    def remove_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None
        table = f'"{model._meta.db_table}"'
        return ";\n".join(
            [
                *(f'drop policy if exists "{self.name}{end}" on {table}' for end in ("", "_public", "_mine")),
                f"alter table {table} no force row level security",
                f"alter table {table} disable row level security",
            ]
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Nothing to check in Python: the database decides on every row."""
