"""Child processes that cannot outlive their parent, and waiting for them without a race."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from homeground.config.engine.account import Account, runs_as

PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(sign: signal.Signals = signal.SIGTERM, parent: int | None = None) -> None:
    """Ask the kernel to send `sign` to this process when its parent ends, however it ends.

    `parent` is the parent's process id when the caller knows it: a parent that is gone already
    would never be noticed, so the process ends itself then. Does nothing outside Linux.
    """
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), sign)


def spawn(
    command: Sequence[str | os.PathLike[str]],
    *,
    on_parent_death: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[bytes] | int | None = None,
    errors: int = subprocess.STDOUT,
    at_terminal: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a child, as `account`, that dies with this process.

    It gets a session of its own, which keeps a Ctrl-C in the terminal to the parent, who then stops
    its children in order. With `at_terminal` it shares the parent's terminal instead. `output`
    takes both of the child's streams, or the first when `errors` takes the other.
    """
    return subprocess.Popen(
        command,
        stdin=None if at_terminal else subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else errors,
        env=None if environ is None else dict(environ),
        cwd=cwd,
        start_new_session=not at_terminal,
        preexec_fn=_before_exec(on_parent_death, os.getpid()),  # noqa: PLW1509 - one thread, see Watch
        **runs_as(account),
    )


def _before_exec(sign: signal.Signals, parent: int) -> Callable[[], None]:
    def prepare() -> None:
        # The kernel forgets the death signal when the account changes, so this comes after that.
        die_with_parent(sign, parent)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])

    return prepare


def end(child: subprocess.Popen[bytes], sign: signal.Signals, patience: float) -> None:
    """Send `sign`, wait up to `patience` seconds, then kill the child's whole session."""
    if child.poll() is None:
        child.send_signal(sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    kill_session(child)


def kill_session(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the session that `child` leads: a server's own children, for one."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


class Watch:
    """Waits for a stop signal or the end of a child, without polling and without a race.

    The signals are blocked while it is open and taken one by one, so none arrives between two
    statements. `stopping` turns true at the first request to stop, and `reason` is its name. With
    `interrupts=False` a Ctrl-C is no such request: it is left to the child that shares the terminal.
    """

    def __init__(self, *, interrupts: bool = True) -> None:
        self.stopping = False
        self.reason = ""
        self._stopping = STOPPING if interrupts else tuple(set(STOPPING) - {signal.SIGINT})

    def __enter__(self) -> "Watch":
        self._before = signal.pthread_sigmask(signal.SIG_BLOCK, {*STOPPING, signal.SIGCHLD})
        return self

    def __exit__(self, *_: object) -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, self._before)

    def wait(self, seconds: float | None = None) -> None:
        """Return when a child ended, a stop was asked for, or the time is over."""
        wanted = {*STOPPING, signal.SIGCHLD}
        taken = signal.sigwaitinfo(wanted) if seconds is None else signal.sigtimedwait(wanted, seconds)
        if taken is not None and taken.si_signo in self._stopping:
            self.stopping = True
            self.reason = signal.Signals(taken.si_signo).name

    def until_ended(self, child: subprocess.Popen[bytes]) -> int | None:
        """The exit status of `child`, or None when a stop was asked for first."""
        while not self.stopping:
            if (status := child.poll()) is not None:
                return status
            self.wait(1.0)
        return None

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than until a stop is asked for."""
        deadline = time.monotonic() + seconds
        while not self.stopping and (left := deadline - time.monotonic()) > 0:
            self.wait(left)
