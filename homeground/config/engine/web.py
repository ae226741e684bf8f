"""The web server: granian, in one process, whose threads each answer one request at a time."""

import os
import signal
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer


class OneProcess(MPServer):
    """Granian without the process that watches its only worker: our supervisor does that already.

    It saves 30 MB, and a killed server leaves no worker behind that still holds the port.
    """

    def _spawn_workers(self, spawn_target: Callable[..., None], target_loader: Callable[..., Any]) -> None:
        # Until the worker listens for it, SIGTERM simply ends the process: granian's own handler
        # would only make a note for a loop that is not running yet.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # What a worker process would run, run here; it returns at SIGTERM.
        self._spawn_worker(0, spawn_target, target_loader).inner.run()
        self.interrupt_signal = True
        self.main_loop_interrupt.set()


def main() -> None:
    """Serve `homeground.config.wsgi` at HG_HOST:HG_PORT until SIGTERM.

    Requests are not logged here: an address can say what somebody looked at, and the audit trail
    keeps that properly.
    """
    OneProcess(
        "homeground.config.wsgi:application",
        address=os.environ["HG_HOST"],
        port=int(os.environ["HG_PORT"]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=1,
        runtime_threads=1,
        blocking_threads=int(os.environ.get("HG_WEB_THREADS", "4")),
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
