"""The folder of backups: how they are called, which is the newest, which are old enough to go."""

from datetime import UTC, datetime
from pathlib import Path

_NAME = "homeground-%Y%m%dT%H%M%SZ.hgbackup"
_ANY = "homeground-[0-9]*T[0-9]*Z.hgbackup"


def file_name(at: datetime) -> str:
    """The name of the backup of this moment. It tells the time and nothing of the clinic."""
    return at.astimezone(UTC).strftime(_NAME)


def kept(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first: their names sort by time."""
    return sorted(folder.glob(_ANY))


def newest_at(folder: Path) -> datetime | None:
    """When the newest backup of a folder was taken, by its name; None when there is none."""
    files = kept(folder)
    return datetime.strptime(files[-1].name, _NAME).replace(tzinfo=UTC) if files else None


def prune(folder: Path, *, keep: int) -> list[Path]:
    """Remove all but the `keep` newest backups, and what stopped ones left; what was removed."""
    if keep <= 0:
        return []
    surplus = [*kept(folder)[:-keep], *folder.glob(_ANY + ".part")]
    for file in surplus:
        file.unlink()
    return surplus
