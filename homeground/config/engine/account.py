"""The account PostgreSQL runs as: it refuses to run as root, so root lends it another one."""

import grp
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from homeground.config.engine.trouble import EngineTrouble

CANDIDATES = ("homeground", "postgres", "nobody")


class ProcessOwner(TypedDict, total=False):
    """The arguments of `subprocess.Popen` that set who a child runs as."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """An operating-system account, by its numbers."""

    name: str
    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Whether the account may pass into `folder`; asked of the system itself, so that ACLs count."""
        asked = subprocess.run(
            ["test", "-x", str(folder)],
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=self.groups(),
            check=False,
        )
        return asked.returncode == 0

    def groups(self) -> list[int]:
        """Every group the account belongs to."""
        return [self.gid, *(group.gr_gid for group in grp.getgrall() if self.name in group.gr_mem)]


def database_account() -> Account | None:
    """The account to run the database as, or None when this process is not root and runs it itself."""
    if os.getuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise EngineTrouble(
        "PostgreSQL does not run as root, and there is no account homeground, postgres or nobody."
    )


def runs_as(account: Account | None) -> ProcessOwner:
    """The arguments that make a child run as `account`; none when it runs as ourselves."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": account.groups()}
