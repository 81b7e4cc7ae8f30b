"""From the store to a window one can work in, with 30,000 people, beside an empty store.

Run with ``QT_QPA_PLATFORM=offscreen pytest tests/bench/test_start.py --benchmark-only``; the
figures stand under ``extra_info``, in seconds from the beginning. ``PEOPLE`` in the environment
makes the roster another size. Nothing here asserts a time.

Two cores of an AMD EPYC shared with five others (2026-11, Python 3.11, load 5), 30,000 people of
whom some 300 have records; seconds from the beginning:

===================  ===========  ============  =============  ==============
.                    full, here   empty, here   program, full  program, empty
===================  ===========  ============  =============  ==============
imported                                        4.9            4.3
store open           0.03         0.02          5.9            4.4
window made          1.3          0.4           7.1            6.1
frame painted        1.4          0.6           7.2            6.2
queue shown          6.9                        14.8
first person shown   7.0                        14.9
at rest              24           0.7           29             6.3
===================  ===========  ============  =============  ==============

A bare window is painted after 0.002 s. On a machine of its own imports take 2.6 s, not 4.5. Opening
a page paints it in under 0.1 s; the list is there after 3 s (補休帳), 3 to 7 s (申請表), 4 to 5 s
(報表), 10 to 14 s (總覽, which follows every case), under 1 s elsewhere.

Where it goes: nothing is read on the window's thread and no widget is made for a person. Judging
everybody is 4.5 s, most of it for people without a record (9 s before their sets were judged once
a plan); the rest after the first person is shown keeps verdicts and compares the stored ones:
9 s and 5 s, in digests of facts and the JSON of 30,000 verdicts, in the background. That is done
only where something changed since all was kept, and nothing is compared where nothing waits: a
first start under load 12 was at rest 38 s after the first person was shown, the next one 5 s.
What holds the window longest (0.1 to 0.9 s) hardly a slot of a page shows in a profile: collecting
garbage (0.8 s in all while 總覽 is read) is most there is, the rest is waiting for the interpreter
and the processor. 申請表 went over its ticks once a candidate (5 s of 30,000 people's); it does so
once a filling now.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.domain.evidence import EvidenceKind
from desktop.domain.people import Person
from desktop.qt.main_window import MainWindow
from desktop.qt.services import services_of
from desktop.qt.theme import Theme
from desktop.rules.people_lookup import Identification
from desktop.services.draft import row_key
from desktop.services.office import Office, open_office
from desktop.services.sample_office import SAMPLE_PLAN, fill_with_sample
from desktop.services.stale_verdicts import store_verdicts
from desktop.store.values import StoredRow

PEOPLE = int(os.environ.get("PEOPLE", "30000"))
AT_WORK = 300
"""How many have learning rows and a stored verdict."""
NOW = datetime(2025, 8, 6, 9, 41)
PAGES = ("overview", "forms", "ledger", "commendation", "reports", "duty", "records")
CALM_TURNS = 8
SURNAMES, GIVEN, LAST = "陳林黃張李王吳劉蔡楊", "怡志雅建淑俊美家宗佳", "君明婷豪芬傑玲瑋翰慧"


def invented(number: int) -> Person:
    """Somebody in one of a hundred units."""
    name = SURNAMES[number % 10] + GIVEN[number // 10 % 10] + LAST[number // 100 % 10]
    return Person(
        employee_id=f"Z{number:05d}",
        name=name,
        unit=f"第{number % 100 + 1}科",
        title="科員",
        rank="薦任第6職等",
        category="編制內公務人員",
        pattern_code="A",
        roster_position=number,
    )


def copied(
    rows: tuple[StoredRow, ...], people: list[Person], digest: str
) -> Iterator[tuple[object, ...]]:
    """The sample's rows under other names, each person with somebody's of the sample."""
    by_person: dict[str | None, list[StoredRow]] = {}
    for one in rows:
        by_person.setdefault(one.employee_id, []).append(one)
    given = list(by_person.values())
    number = 0
    for place, person in enumerate(people):
        for one in given[place % len(given)]:
            number += 1
            row = replace(
                one.row,
                place=replace(one.row.place, digest=digest, page=1, row=number),
                employee_id=person.employee_id,
                person_name=person.name,
            )
            key = row_key(row, Identification(person.employee_id))
            yield row, person.employee_id, None, key


def fill(office: Office) -> None:
    """The sample, some hundreds more with its rows, and a roster of all that were asked for."""
    fill_with_sample(office)
    with office.store.reading() as reader:
        own, rows = reader.people(), reader.learning_rows()
    extra = [invented(number) for number in range(len(own), PEOPLE)]
    some = extra[:AT_WORK]
    content = b"many people"
    digest = hashlib.sha256(content).hexdigest()
    new = list(copied(rows, some, digest))
    with office.store.writing("準備量測") as writer:
        writer.replace_roster((*own, *some), None)
        writer.keep_file(digest, content, "多人.pdf")
        file_id = writer.add_batch_file(
            writer.add_batch("準備量測"),
            digest=digest,
            name="多人.pdf",
            kind=EvidenceKind.EPLUS_RECORD,
            rows_in=len(new),
            rows_stored=len(new),
            rows_known=0,
            rows_refused=0,
        )
        writer.add_learning_rows(file_id, new)
    store_verdicts(office, SAMPLE_PLAN, with_stale=True)
    with office.store.writing("準備量測") as writer:
        writer.replace_roster((*own, *extra), None)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "gongyu" / "gongyu.db"
    path.parent.mkdir()
    office = open_office(path, actor="量測", clock=lambda: NOW)
    fill(office)
    office.close()
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("nobody") / "gongyu" / "gongyu.db"
    path.parent.mkdir()
    open_office(path, actor="量測", clock=lambda: NOW).close()
    return path


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


class Beat(QObject):
    """A clock on the window's own thread: how long it was held longest, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(self, interval=2)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


class FirstPaint(QObject):
    """When a widget is painted first."""

    def __init__(self, widget: QObject) -> None:
        super().__init__()
        self.at: float | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and self.at is None:
            self.at = time.perf_counter()
        return False


def wait_until(is_so: Callable[[], bool]) -> None:
    """Run the events until something is so; unlike a test's own waiting, threads get their turn."""
    loop = QEventLoop()
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: loop.quit() if is_so() else None)
    timer.start()
    loop.exec()


def rest(window: MainWindow) -> None:
    """Wait until nothing is being read."""
    calm = 0

    def is_calm() -> bool:
        nonlocal calm
        calm = 0 if window.operations.jobs else calm + 1
        return calm > CALM_TURNS

    wait_until(is_calm)


class Opened:
    """An office opened with its window, and when each step was done."""

    def __init__(self, path: Path, theme: Theme, folder: Path, *, has_people: bool) -> None:
        self.figures: dict[str, float] = {}
        self._begun = time.perf_counter()
        self.office = open_office(path, actor="量測", clock=lambda: NOW)
        self._note("store open")
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        settings.setValue("plan", SAMPLE_PLAN)
        settings.setValue("page", "review")
        self.window = MainWindow(
            services_of(self.office), settings=settings, theme=theme, actor="量測"
        )
        self.window.resize(1366, 688)
        self._note("window made")
        paint, beat = FirstPaint(self.window.centralWidget()), Beat()
        self.window.show()
        wait_until(lambda: paint.at is not None)
        self.figures["frame painted"] = round(paint.at - self._begun, 2)
        review = self.window.pages["review"]
        if has_people:
            wait_until(lambda: bool(review.queue.model.entries))
            self._note("queue shown")
            wait_until(lambda: bool(review.table.courses.record_indexes()))
            self._note("first person shown")
        rest(self.window)
        self._note("at rest")
        self.figures["longest stall ms"] = round(beat.longest)

    def _note(self, name: str) -> None:
        self.figures[name] = round(time.perf_counter() - self._begun, 2)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.office.close()


@pytest.mark.parametrize("store", ["full", "empty"])
def test_start_in_this_process(benchmark, request, store: str, theme: Theme, tmp_path) -> None:
    path = request.getfixturevalue(store)
    is_full = store == "full"
    opened = benchmark.pedantic(lambda: Opened(path, theme, tmp_path, has_people=is_full), rounds=1)
    benchmark.extra_info.update(opened.figures)
    entries = opened.window.pages["review"].queue.model.entries
    assert len(entries) == (PEOPLE if is_full else 0)
    opened.close()


def test_start_bare_window(benchmark, qapp: QApplication) -> None:
    def start() -> QMainWindow:
        window = QMainWindow()
        window.resize(1366, 688)
        paint = FirstPaint(window)
        window.show()
        while paint.at is None:
            qapp.processEvents()
        return window

    benchmark.pedantic(start, rounds=5).close()


def test_open_pages(benchmark, full: Path, theme: Theme, tmp_path: Path) -> None:
    opened = Opened(full, theme, tmp_path, has_people=True)
    found = {}

    def visit() -> None:
        for name in PAGES:
            begun, beat = time.perf_counter(), Beat()
            opened.window.open_page(name)
            QApplication.processEvents()
            painted = time.perf_counter() - begun
            rest(opened.window)
            found[name] = {
                "painted": round(painted, 2),
                "at rest": round(time.perf_counter() - begun, 2),
                "longest stall ms": round(beat.longest),
            }

    benchmark.pedantic(visit, rounds=1)
    benchmark.extra_info.update(found)
    opened.close()


@pytest.mark.parametrize("store", ["full", "empty"])
def test_start_of_the_program(benchmark, request, store: str) -> None:
    path = request.getfixturevalue(store)
    kept = QSettings(str(path.parent / "window.ini"), QSettings.Format.IniFormat)
    kept.setValue("plan", SAMPLE_PLAN)
    kept.setValue("page", "review")
    kept.sync()
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(path.parent.parent),
        "LOCALAPPDATA": str(path.parent.parent),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }

    def run() -> dict[str, float]:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("start_process.py")), str(time.time())],
            capture_output=True,
            check=True,
            env=environment,
            text=True,
        )
        return json.loads(done.stdout)

    benchmark.extra_info.update(benchmark.pedantic(run, rounds=1))
