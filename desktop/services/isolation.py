"""Work on files from outside, done in a process of its own that may be killed without harm.

A printout that makes a library crash, or loop without end, takes only that process with it: the
file is refused with a sentence and the next one is read by a new process.
"""

from __future__ import annotations

import copyreg
import logging
import logging.handlers
import multiprocessing
import os
import pickle
import queue
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

_T = TypeVar("_T")

USUAL_SECONDS = 600.0
"""Longest time for one call; a long scan takes minutes, a loop without end takes for ever."""
MOST_BYTES = 6 * 1024**3
"""Most address space of a process, where the system can limit it."""
_LOOK_SECONDS = 0.1


class WorkLostError(Exception):
    """The process that worked on a file ended, or was ended after its time."""

    def __init__(self, *, timed_out: bool) -> None:
        """Keep why.

        Args:
            timed_out: Whether it was ended because it took too long.
        """
        what = "讀太久，已經停止" if timed_out else "異常結束"
        super().__init__(f"讀取這個檔案的程序{what}，沒有改變任何資料；請重新列印或另存後再試。")
        self.timed_out = timed_out


class WorkStoppedError(Exception):
    """Nobody wants the result any more: the process that worked on a file was ended."""


class Stop(Protocol):
    """Says whether a result is still wanted; a ``threading.Event`` does."""

    def is_set(self) -> bool:
        """Whether the work is to end."""


class Isolation(Protocol):
    """Runs a function of a module on what came from outside."""

    @property
    def width(self) -> int:
        """How many calls may run side by side."""

    def call(self, function: Callable[..., _T], *arguments: Any, stop: Stop | None = None) -> _T:
        """The function's result; whatever it raises is raised here.

        Args:
            function: Of a module, with arguments and a result that can be pickled.
            *arguments: Its arguments.
            stop: Asked while the work goes on: once it is set the work is ended.

        Raises:
            WorkLostError: When no result came.
            WorkStoppedError: When ``stop`` was set before one came.
        """

    def close(self) -> None:
        """End what is still running."""


class SameProcess:
    """No isolation: for tests, and where a process of its own is not to be had."""

    width = 1

    def call(self, function: Callable[..., _T], *arguments: Any, stop: Stop | None = None) -> _T:
        """The function's result; what has begun here is not ended.

        Raises:
            WorkStoppedError: When ``stop`` was set before it began.
        """
        if stop is not None and stop.is_set():
            raise WorkStoppedError
        return function(*arguments)

    def close(self) -> None:
        """Nothing to end."""


class OwnProcesses:
    """Processes that wait for work; one that is lost is replaced at the next call."""

    def __init__(self, *, width: int | None = None, seconds: float = USUAL_SECONDS) -> None:
        """Start nothing yet: the first call starts its process.

        Args:
            width: How many calls may run side by side; as many as the machine has cores, from
                two (a page is shown while others are read) to four, unless told.
            seconds: Longest time for one call.
        """
        self.width = width or max(2, min(4, os.cpu_count() or 2))
        self.seconds = seconds
        self._free: queue.SimpleQueue[_Worker | None] = queue.SimpleQueue()
        for _ in range(self.width):
            self._free.put(None)
        self._is_closed = False

    def call(self, function: Callable[..., _T], *arguments: Any, stop: Stop | None = None) -> _T:
        """The function's result from a process of its own.

        Raises:
            WorkLostError: When the process ended or took longer than it may.
            WorkStoppedError: When ``stop`` was set; the process is ended with its work.
        """
        worker = self._free.get()
        try:
            if worker is None or not worker.is_alive:
                worker = _Worker()
            result: _T = worker.call(function, arguments, self.seconds, stop)
            return result
        except (WorkLostError, WorkStoppedError):
            worker = None
            raise
        finally:
            if self._is_closed and worker is not None:
                worker.end()
                worker = None
            self._free.put(worker)

    def close(self) -> None:
        """End the waiting processes; those at work end with their call."""
        self._is_closed = True
        for _ in range(self.width):
            try:
                worker = self._free.get_nowait()
            except queue.Empty:
                return
            if worker is not None:
                worker.end()
            self._free.put(None)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_serve, args=(theirs,), name="gongyu-reader", daemon=True
        )
        self._process.start()
        theirs.close()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def call(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        seconds: float,
        stop: Stop | None,
    ) -> Any:
        try:
            if stop is not None and stop.is_set():
                raise WorkStoppedError
            self._pipe.send((function, arguments))
            ends = time.monotonic() + seconds
            while not self._pipe.poll(_LOOK_SECONDS):
                if stop is not None and stop.is_set():
                    raise WorkStoppedError
                if time.monotonic() > ends:
                    raise WorkLostError(timed_out=True)
                if not self._process.is_alive() and not self._pipe.poll(0):
                    raise WorkLostError(timed_out=False)
            has_succeeded, result, records = self._pipe.recv()
        except (EOFError, OSError) as error:
            self.end()
            raise WorkLostError(timed_out=False) from error
        except (WorkLostError, WorkStoppedError):
            self.end()
            raise
        for record in records:
            logging.getLogger(record.name).handle(record)
        if not has_succeeded:
            raise result
        return result

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


class _Records(logging.Handler):
    """Keeps what the work logged, to be logged by the program itself with its masks."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[logging.LogRecord] = []
        self._plain = logging.handlers.QueueHandler(queue.SimpleQueue())

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(self._plain.prepare(record))


def _serve(pipe: Connection) -> None:
    """The process: one call after another until the pipe closes."""
    _limit_memory()
    kept = _Records()
    logging.getLogger().addHandler(kept)
    while True:
        try:
            function, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        kept.records.clear()
        try:
            answer = (True, function(*arguments), list(kept.records))
        except Exception as error:  # noqa: BLE001  it belongs to the caller, who gets it
            answer = (False, _sendable(error), list(kept.records))
        pipe.send(answer)


def _sendable(error: Exception) -> Exception:
    """The error itself when it survives the pipe, else its words."""
    try:
        again = pickle.loads(pickle.dumps(error))
    except (TypeError, AttributeError, pickle.PickleError):
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error if type(again) is type(error) else RuntimeError(repr(error))


def _limit_memory() -> None:
    if sys.platform == "win32":
        return  # there the readers' own limits on sizes, pages and pixels have to do
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MOST_BYTES if hard == resource.RLIM_INFINITY else min(MOST_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _mapping(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


def _pickled(mapping: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _mapping, (dict(mapping),)


# Rows hold read-only mappings, which the standard pickler does not know.
copyreg.pickle(MappingProxyType, _pickled)
