"""The cast stands ready: made once a run and kept in the database, so that a test only picks it up.

Making it anew took a third of the whole run. Whatever a test changes is rolled back with its transaction;
a test that never asks for the cast finds its rows gone (taken out in its own transaction), as if nobody had
ever been there. A test that commits leaves an empty database behind: from then on each test makes its own.
"""

import pickle

from cast import Cast, make_cast
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

from homeground.program.models import Organization


class Standing:
    """The cast of this run, and which rows are its own."""

    def __init__(self) -> None:
        self._cast: bytes | None = None
        self._rows: dict[type[Model], set[object]] = {}

    def make(self) -> None:
        """Put the cast into an empty database. One that was kept from an earlier run is emptied first."""
        if Organization._base_manager.exists():
            call_command("flush", verbosity=0, interactive=False)
        before = _rows()
        self._cast = pickle.dumps(make_cast())
        new = {kind: keys - before[kind] for kind, keys in _rows().items()}
        self._rows = {kind: keys for kind, keys in new.items() if keys}

    def pick_up(self) -> Cast:
        """A copy of one's own, as fresh from the database."""
        return make_cast() if self._cast is None else pickle.loads(self._cast)

    def leave(self) -> None:
        """Take the cast out of the database; with the end of a test's transaction it is back."""
        with transaction.atomic():
            for kind, keys in self._rows.items():
                own = kind._base_manager.filter(pk__in=keys)
                own._raw_delete(own.db)
            # Nothing may be left to check at the end: a table with pending checks cannot be altered.
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate; set constraints all deferred")

    def gone(self) -> None:
        """Somebody committed: nothing of the cast is left."""
        self._cast, self._rows = None, {}


def _rows() -> dict[type[Model], set[object]]:
    kinds = [kind for kind in apps.get_models() if kind._meta.managed and not kind._meta.proxy]
    return {kind: set(kind._base_manager.values_list("pk", flat=True)) for kind in kinds}
