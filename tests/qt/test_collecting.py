"""Garbage is collected by the main thread, whatever the working threads allocate."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.qt.collecting import HEAP, MUCH, PAUSE_SECONDS, MainThreadCollector
from desktop.qt.operations import Operations


class Knot:
    """Part of a cycle that notes where it is freed."""

    freed_in: list[threading.Thread]

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Knot.freed_in.append(threading.current_thread())


def work(report) -> int:
    for _ in range(9_000):
        Knot()
    return threading.get_ident()


def test_cycles_of_a_working_thread_are_freed_by_the_main_thread(qtbot, qapp, theme):
    gc.collect()
    Knot.freed_in = []
    operations = Operations()
    threads = []
    operations.run_read(work, threads.append)
    qtbot.waitUntil(lambda: len(Knot.freed_in) > 8_000)
    assert threads != [threading.main_thread().ident]
    assert set(Knot.freed_in) == {threading.main_thread()}
    assert operations.finish()
    qapp.processEvents()


def test_python_collects_by_itself_again_when_the_last_window_is_gone(qapp, theme):
    first, second = Operations(), Operations()
    assert not gc.isenabled()
    assert first.finish()
    assert first.finish()
    assert not gc.isenabled()
    assert second.finish()
    assert gc.isenabled()


class Clerk:
    """Where the clerk is, and what time it is there."""

    seconds = 0.0
    is_elsewhere = False
    is_busy = False


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
def collector(qapp, theme, clerk):
    """One of its own; its timer waits, since no event is dealt with meanwhile."""
    gc.collect()
    Knot.freed_in = []
    owner = QObject()
    collector = MainThreadCollector(
        is_busy=lambda: clerk.is_busy,
        parent=owner,
        clock=lambda: clerk.seconds,
        is_elsewhere=lambda: clerk.is_elsewhere,
    )
    yield collector
    collector.stop()


def set_aside_and_drop(collector, knots: int) -> list[list]:
    """Knots that lived through a long collection and are garbage now, with much that came since.

    Returns:
        What came: whoever lets go of it has less set aside.
    """
    old = [Knot() for _ in range(knots)]
    collector.collect_long()
    old.clear()
    much: list[list] = [[] for _ in range(MUCH + 1)]
    collector.collect_long()
    assert gc.get_freeze_count() > len(much)
    assert Knot.freed_in == []  # what is set aside is let be
    return much


def test_what_is_there_when_the_first_window_opens_is_set_aside(collector):
    assert gc.get_freeze_count() > 10_000
    gc.collect()
    assert gc.get_freeze_count() > 10_000


def test_what_came_since_is_freed_without_the_rest(collector):
    kept = [Knot() for _ in range(100)]
    collector.collect_long()
    for _ in range(50):
        Knot()
    collector.collect_long()
    assert len(Knot.freed_in) == 50
    assert len(kept) == 100


def test_a_great_heap_is_set_aside_without_being_gone_over(collector):
    heap = [Knot() for _ in range(HEAP + 1)]
    before = gc.get_freeze_count()
    collector.collect()
    assert gc.get_freeze_count() > before + HEAP
    heap.clear()
    collector.collect_long()
    assert Knot.freed_in == []


def test_everything_is_gone_over_when_nobody_has_touched_anything_for_a_while(collector, clerk):
    much = set_aside_and_drop(collector, 2_000)
    collector.collect()
    clerk.seconds = PAUSE_SECONDS - 0.1
    collector.collect()
    assert Knot.freed_in == []
    clerk.seconds = PAUSE_SECONDS
    collector.collect()
    assert len(Knot.freed_in) == 2_000
    assert much


def test_a_key_puts_it_off(collector, clerk, qapp):
    much = set_aside_and_drop(collector, 100)
    collector.collect()
    clerk.seconds = PAUSE_SECONDS - 1
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    qapp.sendEvent(QObject(), key)
    clerk.seconds = PAUSE_SECONDS + 1
    collector.collect()
    assert Knot.freed_in == []
    clerk.seconds = 2 * PAUSE_SECONDS - 1
    collector.collect()
    assert len(Knot.freed_in) == 100
    assert much


def test_everything_is_gone_over_when_the_clerk_is_in_another_program(collector, clerk):
    much = set_aside_and_drop(collector, 100)
    clerk.is_elsewhere = clerk.is_busy = True
    collector.collect()
    assert Knot.freed_in == []  # not while something is being worked on
    clerk.is_busy = False
    collector.collect()
    assert len(Knot.freed_in) == 100
    assert much


def test_everything_is_gone_over_at_the_latest_when_the_last_window_is_gone(collector):
    much = set_aside_and_drop(collector, 100)
    collector.stop()
    assert len(Knot.freed_in) == 100
    assert much
    assert gc.get_freeze_count() == 0


def test_nothing_stays_aside_when_the_last_window_is_gone(qapp, theme):
    operations = Operations()
    operations.findChild(MainThreadCollector).collect_long()
    assert gc.get_freeze_count() > 0
    assert operations.finish()
    assert gc.get_freeze_count() == 0
