"""Garbage is collected by the main thread, whatever the working threads allocate."""

from __future__ import annotations

import gc
import threading

import pytest

from desktop.qt.collecting import MainThreadCollector
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


@pytest.fixture
def collector(qapp, theme):
    """One of a window; its timer waits, since no event is dealt with meanwhile."""
    operations = Operations()
    collector = operations.findChild(MainThreadCollector)
    Knot.freed_in = []
    yield collector
    assert operations.finish()


def test_what_lived_long_is_gone_over_again_when_much_has_come(collector):
    old = [Knot() for _ in range(2_000)]
    collector.collect_long()
    aside = gc.get_freeze_count()
    assert aside > len(old)
    old.clear()
    collector.collect_long()
    assert Knot.freed_in == []  # nothing came since: what is set aside is let be
    much = [[] for _ in range(aside)]
    collector.collect_long()
    assert len(Knot.freed_in) == 2_000
    assert gc.get_freeze_count() >= len(much)


def test_what_came_since_is_freed_without_the_rest(collector):
    kept = [Knot() for _ in range(100)]
    collector.collect_long()
    for _ in range(50):
        Knot()
    collector.collect_long()
    assert len(Knot.freed_in) == 50
    assert len(kept) == 100


def test_nothing_stays_aside_when_the_last_window_is_gone(qapp, theme):
    operations = Operations()
    operations.findChild(MainThreadCollector).collect_long()
    assert gc.get_freeze_count() > 0
    assert operations.finish()
    assert gc.get_freeze_count() == 0
