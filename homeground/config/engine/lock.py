"""One user of a data home at a time."""

import fcntl
import os
import time
from pathlib import Path

from homeground.config.engine.trouble import EngineTrouble


class InUse(EngineTrouble):
    """Another process holds the data home; `holder` is what it wrote about itself."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path.parent} is in use by {holder}. Choose another HG_HOME, or stop that one.")
        self.holder = holder


class HomeLock:
    """Holds the lock file of a home; the kernel lets go of it when this process ends, however it ends."""

    def __init__(self, path: Path, purpose: str) -> None:
        self._path = path
        self._purpose = purpose
        self._file = -1

    def take(self, patience: float = 0.0) -> None:
        """Take the lock, waiting up to `patience` seconds; raises InUse when another keeps it."""
        self._path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() < deadline:
                    time.sleep(0.05)
                    continue
                holder = os.pread(self._file, 200, 0).decode() or "another process"
                self.release()
                raise InUse(self._path, holder) from None
            break
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{self._purpose} (process {os.getpid()})".encode(), 0)

    def release(self) -> None:
        """Let go of the lock."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
