"""A PostgreSQL of one's own, for tests and figures: in a temporary folder, on its own socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = "nobody"
"""PostgreSQL refuses to run as root; where the tests do, it runs as this user."""


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest there is; Debian keeps it out of the path."""
    found = shutil.which("pg_ctl")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parent.parent.name))
    return debian[-1].parent if debian else Path(found).parent if found else None


@contextmanager
def postgres(bin_folder: Path) -> Iterator[str]:
    """The URL of a running server with one empty database."""
    folder = Path(tempfile.mkdtemp(prefix="vcpg"))  # short: the path of a socket has 107 letters at most
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam(NOBODY)
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = folder / "data"
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(*words: str) -> None:
        subprocess.run(
            [str(bin_folder / words[0]), *words[1:]],
            check=True,
            env=environment,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **as_user,  # type: ignore[call-overload]
        )

    try:
        run("initdb", "-D", str(data), "-U", "coach", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c full_page_writes=off"
        run("pg_ctl", "-D", str(data), "-w", "-o", settings, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://coach@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
