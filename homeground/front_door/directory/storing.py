from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.db import connection, transaction

from homeground.front_door.directory.reading import Directory
from homeground.front_door.models import Listing, ZipCode
from homeground.front_door.rules.directory import Center, ZipPlace
from homeground.ground.ids import uuid7

BATCH = 2000

_LISTING, _ZIP = Listing._meta.db_table, ZipCode._meta.db_table
_FACTS = "name, street, city, state, zip, county, phone, services, latitude, longitude"
# Rows travel as arrays, one a column: a batch is one statement. Only what differs is written.
_SEEN = f"update {_LISTING} set last_seen_on = %s where key = any(%s) and last_seen_on < %s"
# What a list leaves empty stays as another list told it; services of two lists are brought together.
_MERGED = """coalesce(nullif(excluded.county, ''), l.county), coalesce(nullif(excluded.phone, ''), l.phone),
  case when l.source = excluded.source then excluded.services::text[] else array(select distinct each
    from unnest(l.services::text[] || excluded.services::text[]) as each order by each) end,
  coalesce(excluded.latitude, l.latitude), coalesce(excluded.longitude, l.longitude)"""
_CENTERS = f"""
insert into {_LISTING} as l (id, key, {_FACTS}, source, last_seen_on)
select id, key, name, street, city, state, zip, county, phone, string_to_array(services, ' '),
  latitude, longitude, %s, %s
from unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
  %s::text[], %s::text[], %s::float[], %s::float[])
  as t (id, key, name, street, city, state, zip, county, phone, services, latitude, longitude)
on conflict (key) do update set (county, phone, services, latitude, longitude) = row({_MERGED})
where (l.county, l.phone, l.services::text[], l.latitude, l.longitude) is distinct from row({_MERGED})
returning xmax = 0
"""
_ZIPS = f"""
insert into {_ZIP} as z (zip, latitude, longitude, place, state)
select * from unnest(%s::text[], %s::float[], %s::float[], %s::text[], %s::text[])
on conflict (zip) do update set latitude = excluded.latitude, longitude = excluded.longitude,
  place = excluded.place, state = excluded.state
where (z.latitude, z.longitude, z.place, z.state) is distinct from
  (excluded.latitude, excluded.longitude, excluded.place, excluded.state)
returning xmax = 0
"""


@dataclass(slots=True)
class Stored:
    """What an import did. `repeated` counts rows of one file that name the same place again."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0


def store(directory: Directory, *, seen_on: date, progress: Callable[[int], None]) -> Stored:
    """Write all rows in one transaction, a batch a statement; nothing of a file that breaks off.

    A place known before is only written when something about it differs; `seen_on` moves its last-seen day
    forward, never back. Where one file names a place twice the first row stands. `progress` hears the
    number of rows read. Raises NotADirectory.
    """
    stored, met = Stored(), set[str]()
    with transaction.atomic():
        for batch in batched(_first_only(directory, met, stored), BATCH):
            centers = [row for row in batch if isinstance(row, Center)]
            zips = [row for row in batch if isinstance(row, ZipPlace)]
            results = _store_centers(centers, directory.source, seen_on) if centers else _store_zips(zips)
            stored.added += sum(results)
            stored.changed += len(results) - sum(results)
            stored.unchanged += len(batch) - len(results)
            progress(directory.rows_read)
    return stored


def _first_only(directory: Directory, met: set[str], stored: Stored) -> Iterator[Center | ZipPlace]:
    for row in directory.rows():
        key = row.key if isinstance(row, Center) else row.zip
        if key in met:
            stored.repeated += 1
            continue
        met.add(key)
        yield row


def _store_centers(rows: list[Center], source: str, seen_on: date) -> list[bool]:
    keys = [row.key for row in rows]
    columns: list[list[object]] = [[uuid7() for _ in rows], list(keys)]
    for name in ("name", "street", "city", "state", "zip", "county", "phone"):
        columns.append([getattr(row, name) for row in rows])
    columns.append([" ".join(row.services) for row in rows])
    columns += [[row.latitude for row in rows], [row.longitude for row in rows]]
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [seen_on, keys, seen_on])
    return _returned(_CENTERS, [source[:200], seen_on, *columns])


def _store_zips(rows: list[ZipPlace]) -> list[bool]:
    names = ("zip", "latitude", "longitude", "place", "state")
    return _returned(_ZIPS, [[getattr(row, name) for row in rows] for name in names])


def _returned(statement: str, values: list[object]) -> list[bool]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)  # type: ignore[arg-type]
        return [added for (added,) in cursor.fetchall()]
