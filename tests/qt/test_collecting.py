"""Garbage is collected by the main thread, whatever the working threads allocate."""

from __future__ import annotations

import gc
import threading

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
