"""Where simulated calls are played: in this process, on every core of this machine, or on a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from voicecoach import __version__
from voicecoach.errors import ClusterError

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4
"""Tasks handed out a core before their results are taken: none idles, and Ctrl-C leaves little behind."""

CONNECT_SECONDS = 10.0
_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss)://(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")


class Workers(Protocol):
    """Plays tasks somewhere."""

    def each(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        """The results, in the order of the tasks, each as soon as it and those before it are there."""
        ...


class Here:
    """This very process."""

    def each(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        """One after another."""
        return (function(task) for task in tasks)


HERE = Here()


class Cores:
    """So many processes of this machine. Ctrl-C ends them."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or cores()

    def each(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        """In the order of the tasks."""
        others = set(multiprocessing.active_children())
        pool = ProcessPoolExecutor(min(self.count, max(1, len(tasks))), multiprocessing.get_context("spawn"))
        done = False

        def submit(task: T) -> Future[R]:
            with _interrupts_left_alone():  # a process is started by the first tasks, and inherits this
                return pool.submit(function, task)

        try:
            yield from _in_order(submit, tasks, self.count * AHEAD)
            done = True
        except BrokenProcessPool as error:
            raise ClusterError("a process of the simulation died", remedy="try again with --workers 1") from error
        finally:
            if not done:  # whoever breaks off does not want to wait for what is being played
                for child in set(multiprocessing.active_children()) - others:
                    child.terminate()
            pool.shutdown(wait=True, cancel_futures=True)


class Cluster:
    """A Dask cluster by the address of its scheduler, such as ``tcp://10.0.0.5:8786``. Raises ``ClusterError``."""

    def __init__(self, address: str) -> None:
        self.address = address if "://" in address else f"tcp://{address}"
        if not _ADDRESS.fullmatch(self.address):
            raise ClusterError("is no address of a scheduler", where=address, remedy="write it as tcp://HOST:8786")

    def each(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        """In the order of the tasks. Raises ``ClusterError``."""
        client = self._client()
        try:
            self._check(client)
            hands = max(1, sum(client.nthreads().values()))
            yield from _in_order(lambda task: client.submit(function, task, pure=False), tasks, hands * AHEAD)
        except ClusterError:
            raise
        except (OSError, ModuleNotFoundError, AttributeError, TimeoutError) as error:
            raise self._lost(error) from error
        except Exception as error:
            if type(error).__module__.split(".")[0] != "distributed":
                raise
            raise self._lost(error) from error
        finally:
            client.close(timeout=CONNECT_SECONDS)

    def _client(self) -> Any:
        try:
            import distributed
        except ImportError as error:
            remedy = "install it: pip install 'voicecoach[cluster]'"
            raise ClusterError("playing on a cluster needs Dask", remedy=remedy) from error
        try:
            client: Any = distributed.Client(self.address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError, ImportError) as error:
            raise ClusterError("no cluster answers there", where=self.address, remedy=_START) from error
        if not client.nthreads():
            client.close()
            raise ClusterError("the cluster has no workers", where=self.address, remedy=_START)
        return client

    def _check(self, client: Any) -> None:
        """Another version would count other calls, and nobody would know."""
        others = sorted(set(client.run(_version).values()) - {__version__})
        if others:
            what = f"its workers have voicecoach {', '.join(others)}, and this is {__version__}"
            raise ClusterError(what, where=self.address, remedy="install the same version everywhere")

    def _lost(self, error: BaseException) -> ClusterError:
        told = str(error).splitlines()[0] if str(error) else type(error).__name__
        remedy = "its workers need this very version of voicecoach"
        return ClusterError(f"the cluster lost the work ({told})", where=self.address, remedy=remedy)


_START = "start one: `dask scheduler`, and on every machine `dask worker ADDRESS`"


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_order(submit: Callable[[T], Future[R]], tasks: Sequence[T], ahead: int) -> Iterator[R]:
    waiting = iter(tasks)
    futures = [submit(task) for _, task in zip(range(ahead), waiting, strict=False)]
    while futures:
        result = futures.pop(0).result()
        futures += [submit(task) for _, task in zip(range(1), waiting, strict=False)]
        yield result


@contextmanager
def _interrupts_left_alone() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; only the one in front answers it, and ends the others."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def _version() -> str:
    return __version__
