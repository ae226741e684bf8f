"""The backup that nobody has to think of: one child a night, started by the parent of the house."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from homeground.config.engine.places import CHECKOUT
from homeground.config.engine.processes import end, spawn
from homeground.config.engine.trouble import EngineTrouble

RETRY_SECONDS = 3600
STOP_SECONDS = 10
NEVER = "off"
AT_NIGHT = "02:30"
KEPT = "14"


@dataclass(frozen=True)
class Plan:
    """When a backup is due, on the machine's own clock, where the archives lie, and how many are kept."""

    hour: int
    minute: int
    folder: Path
    keep: int

    @classmethod
    def of(cls, environ: Mapping[str, str], home: Path, *, demo: bool) -> "Plan | None":
        """Read HG_BACKUP_AT, HG_BACKUPS and HG_BACKUPS_KEPT; None when no backup is wanted, as in a demo.

        Raises EngineTrouble for nonsense.
        """
        told = environ.get("HG_BACKUP_AT") or (NEVER if demo else AT_NIGHT)
        keep = environ.get("HG_BACKUPS_KEPT") or KEPT
        if told == NEVER:
            return None
        hour, _, minute = told.partition(":")
        if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", told):
            raise EngineTrouble(f"HG_BACKUP_AT must be a time like 02:30, or off, not {told!r}.")
        if not re.fullmatch(r"[1-9]\d{0,3}", keep):
            raise EngineTrouble(f"HG_BACKUPS_KEPT must be a number from 1 to 9999, not {keep!r}.")
        return cls(int(hour), int(minute), Path(environ.get("HG_BACKUPS") or home / "backups"), int(keep))

    def due(self, now: float) -> bool:
        """Whether no archive is younger than the last time it was that hour. Seconds since 1970."""
        newest = max(
            (file.stat().st_mtime for file in self.folder.glob("homeground-*.hgbackup")), default=0.0
        )
        return newest < self.last_moment(now)

    def last_moment(self, now: float) -> float:
        """The last time before `now` at which a backup became due."""
        here = time.localtime(now)
        today = self._moment(here, here.tm_mday)
        return today if today <= now else self._moment(here, here.tm_mday - 1)

    def _moment(self, here: time.struct_time, day: int) -> float:
        return time.mktime((here.tm_year, here.tm_mon, day, self.hour, self.minute, 0, 0, 0, -1))


class Nightly:
    """Starts the backup when it is due, beside web and worker, and tells when it failed."""

    def __init__(self, plan: Plan | None, environ: Mapping[str, str], say: Callable[[str], None]) -> None:
        self._plan = plan
        self._environ = environ
        self._say = say
        self._child: subprocess.Popen[bytes] | None = None
        self._not_before = 0.0

    def look(self, now: float) -> None:
        """Start what is due, or see how it ended. `now` in seconds since 1970."""
        if self._plan is None:
            return
        if self._child is not None:
            status = self._child.poll()
            if status is None:
                return
            self._child = None
            if status:
                self._not_before = now + RETRY_SECONDS
                self._say("The nightly backup failed; its reason stands above. It is tried again in an hour.")
        if now >= self._not_before and self._plan.due(now):
            command = (sys.executable, str(CHECKOUT / "manage.py"), "backup", f"--keep={self._plan.keep}")
            # The command's own report is for a person who asked for it.
            with open(os.devnull, "wb") as nobody:
                self._child = spawn(
                    command,
                    on_parent_death=signal.SIGTERM,
                    environ=self._environ,
                    cwd=CHECKOUT,
                    output=nobody,
                    errors=sys.stderr.fileno(),
                )

    def stop(self) -> None:
        """End a backup that is under way; what it had written is removed with it."""
        if self._child is not None:
            end(self._child, signal.SIGTERM, STOP_SECONDS)
            self._child = None
