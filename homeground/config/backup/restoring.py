"""Bringing a house back: proved first, made beside what is there, and only then put in its place."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from homeground.audit import queries as audit
from homeground.config import keys
from homeground.config.backup import postgres
from homeground.config.backup.archive import Archive, Manifest
from homeground.config.backup.postgres import Place
from homeground.ground import scope
from homeground.ground.keyring import HouseKey
from homeground.program import queries as program


class Refused(Exception):
    """Restoring stops and nothing was changed; the text says why and what to do."""


class CountsDiffer(Refused):
    """What came back is not what was saved; `tables` are the tables whose rows differ."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"Rows differ from the manifest in: {', '.join(tables)}. Nothing was changed.")
        self.tables = tables


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `broken_trails` counts clinics whose audit trail does not hold: so it was saved.

    `reinstated` are retired house keys that are in use again, for what is sealed under them.
    """

    taken_at: str
    tables: int
    rows: int
    sha256: str
    clinics: int
    trail_entries: int
    broken_trails: int
    reinstated: tuple[int, ...]


def restore(
    *,
    file: Path,
    into: Place,
    key_folder: Path,
    environ: Mapping[str, str],
    over: bool,
    say: Callable[[str], object],
) -> Restored:
    """Restore an archive as the database `into`.

    The archive is proved whole before anything happens. It is restored into a new database beside; only when
    every table has the rows of the manifest does that take the place of the former one, which is removed.
    `over` allows that where a clinic lives. Raises Refused, keys.KeyMissing, archive.NotAnArchive,
    stream.Damaged, postgres.ProgramFailed; then the house is as it was.
    """
    retired: set[int] = set()

    def find(number: int, mark: bytes) -> HouseKey:
        key, put_away = keys.found(key_folder, number, mark)
        if put_away:
            retired.add(number)
        return key

    with file.open("rb") as opened:
        saved = Archive(opened, find)
        manifest, digest = saved.prove()
        say(f"The archive of {manifest.taken_at} is whole: {manifest.rows} rows.")
        for needed, mark in manifest.house_keys.items():
            find(int(needed), bytes.fromhex(mark))
        _refuse_unfit(manifest)
        _refuse_taken(into, over=over)
        folder = postgres.programs(into, environ)
        draft = into.named(f"{into.name}_restoring")
        postgres.make(draft)
        try:
            postgres.load(draft, folder, saved.dump())
            _compare(draft, manifest)
            trails = _trails(draft)
            _change_places(draft, into)
        except BaseException:
            postgres.remove(draft)
            raise
    wanted = sorted(retired & {int(needed) for needed in manifest.house_keys})
    for number in wanted:
        keys.reinstate(key_folder, number)
    return Restored(
        taken_at=manifest.taken_at,
        tables=len(manifest.tables),
        rows=manifest.rows,
        sha256=digest,
        clinics=len(trails),
        trail_entries=sum(trail.entries for trail in trails),
        broken_trails=sum(trail.broken_at is not None for trail in trails),
        reinstated=tuple(wanted),
    )


def _refuse_unfit(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    unknown = sorted(set(manifest.migrations) - known)
    if unknown:
        raise Refused(
            f"The backup was made by another release of Homeground: {unknown[0]} is not known here. "
            "Restore with the release it was made by, or a newer one."
        )


def _refuse_taken(into: Place, *, over: bool) -> None:
    if not postgres.exists(into):
        return
    if postgres.holds_a_house(into) and not over:
        raise Refused("A clinic lives in this database. To replace it for good, say --over.")
    if postgres.others(into):
        raise Refused("The database is in use. Stop the house first (Ctrl-C, or its service), then restore.")


def _compare(place: Place, manifest: Manifest) -> None:
    with place.connect() as link:
        now = postgres.count(link)
        link.execute("analyze")
    names = now.keys() | manifest.tables.keys()
    differing = sorted(name for name in names if now.get(name) != manifest.tables.get(name))
    if differing:
        raise CountsDiffer(differing)


def _trails(place: Place) -> list[audit.Chain]:
    """Every clinic's audit trail in a restored database, recomputed."""
    found = []
    with _looking_at(place):
        for house in program.houses():
            with scope.entered(organization_id=house.id):
                found.append(audit.verify(house.id))
    return found


@contextmanager
def _looking_at(place: Place) -> Iterator[None]:
    """Django's own connection shows another database meanwhile."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = place.name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _change_places(draft: Place, into: Place) -> None:
    connection.close()
    if not postgres.exists(into):
        postgres.rename(draft, into.name)
        return
    former = into.named(f"{into.name}_former")
    postgres.remove(former)
    postgres.rename(into, former.name)
    postgres.rename(draft, into.name)
    postgres.remove(former)
