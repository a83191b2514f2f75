"""What the commands that play many calls share: which policies, where they are played, and how far they have come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from voicecoach.errors import UsageError
from voicecoach.studio.policies import POLICIES
from voicecoach.studio.workers import HERE, Cluster, Cores, Workers, cores

CALLS_WORTH_PROCESSES = 3000
"""Below so many calls another process takes longer to start than it saves."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where to play: ``workers`` processes of this machine (None: as many as pay), or the cluster at ``dask``."""

    workers: int | None = None
    dask: str | None = None

    def chosen(self, calls: int) -> Workers:
        """The workers for so many calls in all."""
        if self.dask is not None:
            if self.workers is not None:
                raise UsageError("--workers and --dask exclude each other", remedy="a cluster has its own workers")
            return Cluster(self.dask)
        if self.workers == 1 or (self.workers is None and (calls < CALLS_WORTH_PROCESSES or cores() == 1)):
            return HERE
        return Cores(self.workers)


ANYWHERE = Where()


def policies_of(names: Sequence[str]) -> tuple[str, ...]:
    """The policies that were named, each once; all when none was. Raises ``UsageError``."""
    for name in names:
        if name not in POLICIES:
            raise UsageError(f"there is no policy {name!r}", remedy=f"choose from {', '.join(POLICIES)}")
    return tuple(dict.fromkeys(names)) or tuple(POLICIES)


@contextmanager
def progress(calls: int, what: str) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal that goes when it is done; to be called with how many calls came in. Silent elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=calls)
        yield lambda done: bar.advance(task, done)
