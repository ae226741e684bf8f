"""From nothing to the first page: `python -m benchmarks.faults.first_page`.

Clones the repository into an empty folder, says `./run` there as a stranger would, and waits for the public
home page; then stops it and starts it a second time. Packages come from the machine's package index. Prints
JSON in seconds.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.faults.house import CHECKOUT, free_port

PATIENCE_SECONDS = 300


def start(clone: Path, port: int) -> tuple[subprocess.Popen[bytes], float]:
    """`./run`, and the seconds until the home page came."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HG_")}
    environ.pop("VIRTUAL_ENV", None)
    began = time.monotonic()
    parent = subprocess.Popen(
        ["./run"],
        cwd=clone,
        env={**environ, "HG_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while time.monotonic() - began < PATIENCE_SECONDS:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as page:
                if page.status == 200 and b"<h1>" in page.read():
                    return parent, time.monotonic() - began
        except (urllib.error.URLError, OSError):
            if parent.poll() is not None:
                raise RuntimeError("./run ended before it served") from None
        time.sleep(0.05)
    parent.kill()
    raise RuntimeError("no page within five minutes")


def main() -> int:
    """Measure both starts in a clone that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="hg-clone-"))
    folder.chmod(0o755)
    clone = folder / "homeground"
    found = {}
    try:
        subprocess.run(["git", "clone", "-q", str(CHECKOUT), str(clone)], check=True)
        for label in ("from_a_fresh_clone_s", "second_start_s"):
            parent, seconds = start(clone, free_port())
            found[label] = round(seconds, 1)
            parent.send_signal(signal.SIGTERM)
            parent.wait(60)
        size = subprocess.run(["du", "-sm", str(clone / ".venv")], capture_output=True, text=True, check=True)
        found["installed_environment_mb"] = int(size.stdout.split()[0])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
