"""`./run WORD`: one management command, with the database made available first when it needs one.

The command's standard output stays its own: everything said here goes to the error stream.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from homeground.config.engine.cluster import Cluster
from homeground.config.engine.connection import read_connection
from homeground.config.engine.lock import HomeLock, InUse
from homeground.config.engine.places import CHECKOUT, SOCKET_NAME, Home
from homeground.config.engine.processes import Watch, spawn
from homeground.config.engine.provider import External, provider
from homeground.config.engine.supervisor import MANAGE, Settings, prepare, say
from homeground.config.engine.trouble import EngineTrouble

NEED_NO_DATABASE = frozenset(
    {
        "calendar",
        "compilemessages",
        "demo_accounts",
        "help",
        "instruments",
        "makemessages",
        "notes",
        "packet",
        "privacy",
        "startapp",
        "timetable",
    }
)
# These begin a clinic of their own: a made-up one must not stand in its place.
BEGIN_EMPTY = frozenset({"found"})
# This needs a server and no tables: it brings its own.
TAKE_AS_IS = frozenset({"restore"})
COMMAND_WAIT_SECONDS = 60


def own_commands() -> dict[str, str]:
    """The words `./run` passes on, each with the management command it names."""
    files = (CHECKOUT / "homeground").glob("*/management/commands/[a-z]*.py")
    return {file.stem.replace("_", "-"): file.stem for file in files}


def run(arguments: Sequence[str], environ: Mapping[str, str], *, prepared: bool) -> int:
    """Run `manage.py ARGUMENTS`; returns its exit status.

    Uses the server of a running Homeground when there is one; otherwise starts the cluster for as
    long as the command takes. With `prepared` a home that never was gets prepared first. Raises
    EngineTrouble when the database is not to be had.
    """
    settings = Settings.of(environ)
    chosen = None if arguments and arguments[0] in NEED_NO_DATABASE else provider(environ)
    if chosen is None or isinstance(chosen, External):
        return _call(arguments, environ)
    lock = HomeLock(settings.home.lock_file, "a command")
    if not _take_or_join(lock, settings.home):
        return _call(arguments, environ)
    cluster = Cluster(settings.home, chosen)
    try:
        cluster.start()
        if prepared and arguments[0] not in TAKE_AS_IS and not settings.home.prepared_file.exists():
            with Watch() as watch:
                prepare(settings, environ, watch, filled=arguments[0] not in BEGIN_EMPTY)
                if watch.stopping:
                    return 128 + signal.SIGTERM
        return _call(arguments, environ)
    finally:
        cluster.stop()
        lock.release()


def _take_or_join(lock: HomeLock, home: Home) -> bool:
    """True when the lock is ours; False when a running Homeground's database can be used as it is."""
    deadline = time.monotonic() + COMMAND_WAIT_SECONDS
    while True:
        try:
            lock.take()
        except InUse as use:
            if not use.holder.startswith("a command") and _open(home):
                return False
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return True


def _open(home: Home) -> bool:
    """Whether the house that holds the lock has tables and a server that listens."""
    connection = read_connection(home)
    if connection is None or not connection.ready or not home.prepared_file.exists():
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(Path(connection.socket) / SOCKET_NAME)) == 0


def _call(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    with Watch(interrupts=False) as watch:
        child = spawn((sys.executable, MANAGE, *arguments), environ=environ, at_terminal=True)
        status = watch.until_ended(child)
        if status is None:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
            status = child.wait()
        return status if status >= 0 else 128 - status


def main(arguments: Sequence[str]) -> int:
    """`manage ARGS`, or one of our own words and its arguments; exit 2 for a word nobody knows."""
    word, *rest = arguments
    if word != "manage":
        known = own_commands()
        if word not in known:
            say(f"./run does not know {word!r}. Commands: {', '.join(sorted(known))}; or ./run manage ARGS.")
            return 2
        rest = [known[word], *rest]
    try:
        # Somebody who says `manage` may be about to repair what preparing stumbles over.
        return run(rest, os.environ, prepared=word not in ("manage", "prepare"))
    except EngineTrouble as trouble:
        say(f"The command cannot run: {trouble}")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
