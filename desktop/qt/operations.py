"""The one way off the UI thread: ``run_read`` and ``run_write``.

Writes go one after another through a single thread; reads have threads of their own. Success and
failure come back on the main thread, and a failure always reaches the clerk as a sentence.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from desktop.domain.changes import ChangeSet
from desktop.qt.collecting import MainThreadCollector
from desktop.qt.failures import sentence_for
from desktop.qt.work_record import Ending, FinishedWork, WorkRecord
from desktop.services.progress import CancelledError, Progress

log = logging.getLogger(__name__)

Work = Callable[[Progress], Any]
SHOW_AFTER_SECONDS = 0.3
REMAINING_AFTER_SECONDS = 2.0
_REPORT_EVERY_SECONDS = 0.05
TURN_SECONDS = 0.0001
"""How long a thread may keep Python to itself where a window is open, by ``sys.setswitchinterval``.

The window's thread gives it up at every call of Qt; by Python's own rule (5 ms) it would wait so
long for each line that it paints while something is being read.
"""


@dataclass(frozen=True, slots=True)
class State:
    """How far a piece of work is.

    Attributes:
        words: What is being done (``影像辨識``).
        done, total: Steps; a total of 0 is unknown.
        seconds: Since it began.
    """

    words: str
    done: int = 0
    total: int = 0
    seconds: float = 0.0

    @property
    def remaining_seconds(self) -> float | None:
        """What is left by the pace so far; None while nothing can be said."""
        if self.seconds < REMAINING_AFTER_SECONDS or self.done <= 0 or self.total <= 0:
            return None
        return self.seconds / self.done * max(self.total - self.done, 0)

    @property
    def remaining_words(self) -> str:
        """The same in words: ``約剩 2 分``; empty while nothing can be said."""
        left = self.remaining_seconds
        if left is None:
            return ""
        return f"約剩 {round(left / 60)} 分" if left >= 90 else f"約剩 {max(round(left), 1)} 秒"


class _Channel(QObject):
    """Where threads tell the main thread how far they are; the number is the job's.

    There is one for all jobs, and it lives as long as the threads do: an object that is deleted
    while a thread still emits its signal takes the program with it.
    """

    reported = Signal(int, int, int, str)
    ended = Signal(int, object, object)


class Job(QObject):
    """One piece of work under way; kept by who started it only to stop it.

    Attributes:
        progressed: The state is another one.
        over: It ended, well or not.
        title: What it is, whatever part of it is being done.
        has_begun: Whether it left the queue.
        is_replaced: Whether a newer reading of its series took its place.
    """

    progressed = Signal()
    over = Signal()

    def __init__(self, words: str, *, is_write: bool, can_cancel: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.is_write = is_write
        self.can_cancel = can_cancel
        self.is_cancelled = False
        self.is_over = False
        self.is_replaced = False
        self.has_begun = False
        self.title = self.words = words
        self._begun = time.monotonic()
        self.state = State(words)

    @property
    def seconds(self) -> float:
        """How long it has been running or waiting."""
        return time.monotonic() - self._begun

    def cancel(self) -> None:
        """Ask the work to stop at its next report; its result is dropped."""
        self.is_cancelled = True

    def begin(self) -> None:
        """Start counting time: the work has left the queue."""
        self.has_begun = True
        self._begun = time.monotonic()

    def take_report(self, done: int, total: int, words: str) -> None:
        """Note how far the work is."""
        self.state = State(words or self.state.words, done, total, self.seconds)
        self.progressed.emit()


class _Task(QRunnable):
    def __init__(self, number: int, job: Job, work: Work, channel: _Channel) -> None:
        super().__init__()
        self.setAutoDelete(True)
        self._number = number
        self._job = job
        self._work = work
        self._channel = channel
        self._last_report = 0.0

    def run(self) -> None:
        result: Any = None
        error: BaseException | None = None
        try:
            if self._job.is_cancelled:
                raise CancelledError
            self._job.begin()
            result = self._work(self._report)
        except Exception as caught:  # noqa: BLE001 - handed on to the main thread, never dropped
            error = caught
        self._channel.ended.emit(self._number, result, error)

    def _report(self, done: int, total: int, words: str) -> bool:
        now = time.monotonic()
        if now - self._last_report >= _REPORT_EVERY_SECONDS or done == total:
            self._last_report = now
            self._channel.reported.emit(self._number, done, total, words)
        return not self._job.is_cancelled


class Operations(QObject):
    """Runs every act and every reading of the window.

    Attributes:
        changed: An act changed data; pages read again what concerns them.
        failed: A sentence for the clerk, and the act that failed.
        jobs_changed: A job began, moved on or ended.
        record: What is over.
    """

    changed = Signal(object)
    failed = Signal(str, str)
    jobs_changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, clock: Callable[[], datetime] | None = None
    ) -> None:
        """Begin without any work.

        Args:
            parent: The owner.
            clock: Tells when work began, for the list of work; without it nobody knows.
        """
        super().__init__(parent)
        self._clock = clock
        self._reads = QThreadPool(self)
        self._reads.setMaxThreadCount(3)
        self._writes = QThreadPool(self)
        self._writes.setMaxThreadCount(1)
        self._channel = _Channel(self)
        self._channel.reported.connect(self._take_report, Qt.ConnectionType.QueuedConnection)
        self._channel.ended.connect(self._take_end, Qt.ConnectionType.QueuedConnection)
        self._numbers = itertools.count()
        self._reporting: dict[int, Job] = {}
        self._ending: dict[int, Callable[[Any, Exception | None], None]] = {}
        self._jobs: list[Job] = []
        self._latest: dict[str, Job] = {}
        self._is_finished = False
        self.record = WorkRecord()
        self._collector = MainThreadCollector(is_busy=lambda: bool(self._jobs), parent=self)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What is under way, oldest first."""
        return tuple(self._jobs)

    @property
    def visible_jobs(self) -> tuple[Job, ...]:
        """What has been under way long enough to be shown."""
        return tuple(job for job in self._jobs if job.seconds >= SHOW_AFTER_SECONDS)

    def run_read(
        self,
        work: Work,
        on_success: Callable[[Any], None],
        *,
        words: str = "讀取中",
        on_failure: Callable[[str], None] | None = None,
        owner: QObject | None = None,
        latest: str = "",
        can_cancel: bool = False,
    ) -> Job:
        """Read something off the UI thread.

        Args:
            work: Called in a thread with a report function; must touch no widget.
            on_success: Called on the main thread with the result.
            words: What the status bar says while it runs.
            on_failure: Takes the sentence instead of the window's note.
            owner: When this object is gone, the result is dropped.
            latest: Name of a series in which only the newest reading counts.
            can_cancel: Whether the status bar offers 取消.
        """
        if latest:
            before = self._latest.get(latest)
            if before is not None:
                before.cancel()
                before.is_replaced = True
        job = self._start(
            self._reads,
            work,
            on_success,
            Job(words, is_write=False, can_cancel=can_cancel, parent=self),
            on_failure,
            owner,
            drops_when_cancelled=True,
        )
        if latest:
            self._latest[latest] = job
        return job

    def run_write(
        self,
        work: Work,
        on_success: Callable[[Any], None] | None = None,
        *,
        words: str,
        on_failure: Callable[[str], None] | None = None,
        owner: QObject | None = None,
        can_cancel: bool = False,
    ) -> Job:
        """Change something off the UI thread, after every change asked for before.

        The result's ``ChangeSet`` (itself, its ``change``, or a member of a tuple) is announced
        through ``changed`` before ``on_success`` is called.

        Args:
            work: Called in the writing thread with a report function.
            on_success: Called on the main thread with the result.
            words: The act, for the status bar and a failure's sentence.
            on_failure: Takes the sentence instead of the window's note.
            owner: When this object is gone, nobody is told.
            can_cancel: Whether the status bar offers 取消.
        """
        job = Job(words, is_write=True, can_cancel=can_cancel, parent=self)

        def done(result: Any) -> None:
            change = change_of(result)
            if change is not None and change.changed_anything:
                self.changed.emit(change)
            if on_success is not None and (owner is None or isValid(owner)):
                on_success(result)

        return self._start(self._writes, work, done, job, on_failure, None)

    def _start(
        self,
        pool: QThreadPool,
        work: Work,
        on_success: Callable[[Any], None],
        job: Job,
        on_failure: Callable[[str], None] | None,
        owner: QObject | None,
        *,
        drops_when_cancelled: bool = False,
    ) -> Job:
        if self._is_finished:
            # What ended while the window closed may ask for more; the store is about to be closed.
            job.cancel()
            job.is_over = True
            job.deleteLater()
            return job
        job.progressed.connect(self.jobs_changed)

        def ended(result: Any, error: Exception | None) -> None:
            job.is_over = True
            if job in self._jobs:
                self._jobs.remove(job)
            self._note(job, error)
            self.jobs_changed.emit()
            job.over.emit()
            job.deleteLater()
            is_unwanted = (drops_when_cancelled and job.is_cancelled) or (
                owner is not None and not isValid(owner)
            )
            if isinstance(error, CancelledError):
                log.debug("stopped: %s", job.state.words)
            elif error is not None:
                if not is_unwanted:
                    self._tell(error, job, on_failure)
            elif not is_unwanted:
                on_success(result)

        number = next(self._numbers)
        self._reporting[number], self._ending[number] = job, ended
        self._jobs.append(job)
        self.jobs_changed.emit()
        QTimer.singleShot(round(SHOW_AFTER_SECONDS * 1000) + 20, self, self.jobs_changed.emit)
        pool.start(_Task(number, job, work, self._channel))
        return job

    @Slot(int, int, int, str)
    def _take_report(self, number: int, done: int, total: int, words: str) -> None:
        job = self._reporting.get(number)
        if job is not None:
            job.take_report(done, total, words)

    @Slot(int, object, object)
    def _take_end(self, number: int, result: Any, error: Exception | None) -> None:
        self._reporting.pop(number, None)
        ended = self._ending.pop(number, None)
        if ended is not None:
            ended(result, error)

    def began(self, job: Job) -> datetime | None:
        """When a piece of work began; None where there is no clock."""
        return None if self._clock is None else self._clock() - timedelta(seconds=job.seconds)

    def _note(self, job: Job, error: Exception | None) -> None:
        """Keep what was done where it changed something, took a while or failed."""
        is_stopped = isinstance(error, CancelledError) or (not job.is_write and job.is_cancelled)
        is_failed = error is not None and not is_stopped
        # What a page reads for itself is no work of the clerk's, unless it had to be waited for.
        least = SHOW_AFTER_SECONDS if job.can_cancel else REMAINING_AFTER_SECONDS
        took_a_while = job.seconds >= least and not job.is_replaced
        if not (job.is_write or is_failed or took_a_while):
            return
        ending = Ending.FAILED if is_failed else Ending.STOPPED if is_stopped else Ending.DONE
        sentence = sentence_for(error, act=job.title) if is_failed and error is not None else ""
        self.record.add(FinishedWork(job.title, self.began(job), job.seconds, ending, sentence))

    def _tell(self, error: Exception, job: Job, on_failure: Callable[[str], None] | None) -> None:
        log.error("%s failed", job.state.words, exc_info=error)
        sentence = sentence_for(error, act=job.state.words)
        if on_failure is not None:
            on_failure(sentence)
        else:
            self.failed.emit(sentence, job.state.words)

    def finish(self, timeout_ms: int = 30_000) -> bool:
        """Ask all work to stop and wait for its threads; True when none is left.

        Nothing begins after that.
        """
        for job in self._jobs:
            if not job.is_write or job.can_cancel:
                job.cancel()
        is_over = self._reads.waitForDone(timeout_ms) and self._writes.waitForDone(timeout_ms)
        if is_over:
            self._is_finished = True
            self._collector.stop()
        return is_over


def change_of(result: Any) -> ChangeSet | None:
    """The change an act reports, wherever in its result it stands."""
    if isinstance(result, ChangeSet):
        return result
    change = getattr(result, "change", None)
    if isinstance(change, ChangeSet):
        return change
    if isinstance(result, tuple):
        return next((item for item in result if isinstance(item, ChangeSet)), None)
    return None
