"""A list of 800,000 learning rows: scrolling, order, filters, beside a model that holds every row.

Run with ``QT_QPA_PLATFORM=offscreen pytest tests/bench/test_long_list.py --benchmark-only``; the
figures stand under ``extra_info``. ``ROWS`` in the environment makes it smaller. Nothing here
asserts a time.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from desktop.domain.listing import Condition, Holds, ListQuery, Sort
from desktop.qt.models.windowed import WAITING
from desktop.qt.operations import Operations
from desktop.qt.services import services_of
from desktop.qt.theme import Theme
from desktop.qt.widgets.list_pane import ListPane
from desktop.services.listing_words import screen_words
from desktop.services.long_lists import record_list
from desktop.services.office import Office, open_office
from desktop.services.sample_office import open_sample_office

ROWS = int(os.environ.get("ROWS", "800000"))
ROWS_A_PERSON = 27
NOW = datetime(2025, 8, 6, 9, 41)
STEPS = 120
FRAME_SECONDS = 1 / 60


def multiply(path: Path) -> None:
    """Make the sample's rows many, straight in the file: through an import it takes an hour."""
    draw = random.Random(114)
    with closing(sqlite3.connect(path)) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(learning_row)")]
        at = {name: place for place, name in enumerate(names)}
        known = connection.execute(
            "SELECT * FROM learning_row WHERE employee_id IS NOT NULL"
        ).fetchall()
        people = [row[0] for row in connection.execute("SELECT employee_id FROM person")]
        first = connection.execute(
            "SELECT batch_file, max(position) FROM learning_row GROUP BY batch_file LIMIT 1"
        ).fetchone()
        # The file's own count of rows is no matter here.
        connection.execute("PRAGMA ignore_check_constraints = ON")

        def rows() -> Iterator[list[object]]:
            for number in range(ROWS - len(known)):
                row = list(known[number % len(known)])
                row[at["id"]] = f"{number:08x}-bench"
                row[at["batch_file"]] = first[0]
                row[at["position"]] = first[1] + 1 + number
                row[at["row_key"]] = f"{number:064x}"
                row[at["employee_id"]] = people[number // ROWS_A_PERSON % len(people)]
                month, day = draw.randrange(1, 13), draw.randrange(1, 29)
                clock = f"{draw.randrange(24):02d}:{draw.randrange(60):02d}:00"
                row[at["start_at"]] = f"2025-{month:02d}-{day:02d}T{clock}"
                row[at["certified_hours"]] = str(1 + number % 4)
                yield row

        marks = ",".join("?" * len(names))
        connection.executemany(f"INSERT INTO learning_row VALUES ({marks})", rows())
        connection.commit()


@pytest.fixture(scope="module")
def big_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("big")
    sample = open_sample_office(folder, clock=lambda: NOW)
    sample.store.close()
    path = folder / "big.db"
    shutil.copy(sample.store.path, path)
    multiply(path)
    office = open_office(path, actor="量測", clock=lambda: NOW)
    yield office
    office.store.close()


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


class Everything(QAbstractTableModel):
    """What one would write first: every row held, every cell by its role."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(self._rows[0])

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        return self._rows[index.row()][index.column()] if role == 0 else None


def frames(view: QTableView, *, step: int) -> dict[str, float]:
    """Milliseconds from moving the bar, 60 times a second, to the painted picture.

    The thread's own work beside it says what a machine needs that has nothing else to do; then,
    in how many pictures every row in sight had its words, and how long after the last the words
    were there.
    """
    bar, model = view.verticalScrollBar(), view.model()

    def is_read() -> bool:
        last = view.rowAt(view.viewport().height() - 1)
        places = (view.rowAt(0), last if last >= 0 else model.rowCount() - 1)
        return all(model.index(row, 0).data() != WAITING for row in places)

    bar.setValue(0)
    QTest.qWait(300)
    taken, worked, whole = [], [], 0
    for number in range(1, STEPS + 1):
        begun, own = time.perf_counter(), time.thread_time()
        bar.setValue((number * step) % bar.maximum())
        QApplication.processEvents()
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.thread_time() - own) * 1000)
        whole += is_read()
        QTest.qWait(max(round((FRAME_SECONDS - (time.perf_counter() - begun)) * 1000), 1))
    stopped = time.perf_counter()
    while not is_read():
        QTest.qWait(1)
    rest = (time.perf_counter() - stopped) * 1000
    taken.sort()
    worked.sort()
    return {
        "median ms": round(statistics.median(taken), 2),
        "95 % ms": round(taken[int(STEPS * 0.95)], 2),
        "worst ms": round(taken[-1], 2),
        "median work ms": round(statistics.median(worked), 2),
        "95 % work ms": round(worked[int(STEPS * 0.95)], 2),
        "pictures with all words %": round(whole / STEPS * 100),
        "words after the last ms": round(rest, 1),
    }


def show(view: QTableView) -> None:
    view.resize(1290, 600)
    view.show()
    QTest.qWait(200)


def test_scroll_windowed(benchmark, big_office: Office, theme: Theme, tmp_path: Path) -> None:
    operations = Operations()
    pane = ListPane(
        record_list(big_office),
        services=services_of(big_office),
        operations=operations,
        settings=QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat),
    )
    pane.resize(1290, 640)
    pane.show()
    begun = time.perf_counter()
    pane.read()
    while not pane.model.numbers or operations.jobs:
        QTest.qWait(5)
    benchmark.extra_info["first rows after s"] = round(time.perf_counter() - begun, 2)
    benchmark.extra_info["rows"] = len(pane.model.numbers)
    found = {}

    def scroll() -> None:
        found["3 rows"] = frames(pane.view, step=3)
        found["a page"] = frames(pane.view, step=22)
        found["anywhere"] = frames(pane.view, step=7919 * 97)

    benchmark.pedantic(scroll, rounds=1)
    benchmark.extra_info.update(found)
    begun = time.perf_counter()
    pane.view.selectAll()
    QApplication.processEvents()
    benchmark.extra_info["select all ms"] = round((time.perf_counter() - begun) * 1000, 2)
    QTest.qWait(300)
    while operations.jobs:
        QTest.qWait(20)
    operations.finish()
    pane.close()


def test_scroll_naive(benchmark, big_office: Office, theme: Theme) -> None:
    source = record_list(big_office)
    begun = time.perf_counter()
    rows = []
    numbers = source.find(ListQuery())
    for first in range(0, len(numbers), 10_000):
        rows += [
            tuple(screen_words(value) for value in row.values[:14])
            for row in source.rows(numbers[first : first + 10_000])
            if row is not None
        ]
    view = QTableView()
    view.setModel(Everything(rows))
    view.verticalHeader().hide()
    show(view)
    benchmark.extra_info["first rows after s"] = round(time.perf_counter() - begun, 2)
    found = {}

    def scroll() -> None:
        found["3 rows"] = frames(view, step=3)
        found["a page"] = frames(view, step=22)
        found["anywhere"] = frames(view, step=7919 * 97)

    benchmark.pedantic(scroll, rounds=1)
    benchmark.extra_info.update(found)
    view.close()


QUERIES = {
    "as they came in": ListQuery(),
    "by start": ListQuery(sorts=(Sort("start"),)),
    "by name, then start downwards": ListQuery(sorts=(Sort("name"), Sort("start", True))),
    "course holds two words": ListQuery(
        (Condition("course", Holds("臺灣")), Condition("course", Holds("農")))
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_find(benchmark, big_office: Office, name: str) -> None:
    source = record_list(big_office)
    found = benchmark.pedantic(source.find, args=(QUERIES[name],), rounds=2)
    benchmark.extra_info["rows"] = len(found)


def test_window_of_rows(benchmark, big_office: Office) -> None:
    source = record_list(big_office)
    numbers = source.find(ListQuery(sorts=(Sort("course"),)))
    middle = len(numbers) // 2
    benchmark.pedantic(source.rows, args=(numbers[middle : middle + 128],), rounds=20)
