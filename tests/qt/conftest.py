from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.qt.main_window import MainWindow
from desktop.qt.operations import Operations
from desktop.qt.pages.all_pages import PAGES
from desktop.qt.services import Services, services_of
from desktop.qt.theme import SchemeChoice, Theme
from desktop.services.office import Office, open_office
from desktop.services.sample_office import fill_with_sample
from tests.conftest import PATIENCE_MS
from tests.stalls import forget_opening

NOW = datetime(2025, 8, 6, 9, 41)
PLAN = "kaohsiung-114"
# The window waits this long at most for the clerk's next key before it acts on the last one.
LONGEST_PAUSE_MS = 1_000
# So often, 10 ms apart, nothing is under way: what one piece of work sets off comes at once, by a
# timer of 0 ms or with the next drawing (5 ms).
CALM_LOOKS = 4


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp)
    theme.choose(SchemeChoice.LIGHT)
    # Without a Chinese face every measured width would be that of an empty box.
    assert QFontMetrics(qapp.font()).inFontUcs4(ord("學"))
    yield theme
    # What a test copied is made in Python; Qt would let go of it after Python has ended.
    qapp.clipboard().clear()


@pytest.fixture
def operations(qapp: QApplication, theme: Theme):
    operations = Operations()
    yield operations
    assert operations.finish()
    qapp.processEvents()


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office's store, made once and closed."""
    folder = tmp_path_factory.mktemp("pristine")
    office = open_office(folder / "範例.db", actor="範例承辦人", clock=lambda: NOW)
    fill_with_sample(office)
    office.store.close()
    return office.store.path


def _copy_of(store: Path, folder: Path) -> Office:
    path = folder / store.name
    shutil.copy(store, path)
    return open_office(path, actor="範例承辦人", clock=lambda: NOW)


@pytest.fixture(scope="session")
def shared_sample(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The sample office for tests that only read."""
    office = _copy_of(pristine, tmp_path_factory.mktemp("sample"))
    yield office
    office.store.close()


@pytest.fixture
def offices() -> Iterator[list[Office]]:
    """The test's own offices; their stores are let go of after every window is closed."""
    opened: list[Office] = []
    yield opened
    for office in opened:
        office.store.close()


@pytest.fixture
def sample(pristine: Path, tmp_path: Path, offices: list[Office]) -> Office:
    """A sample office of the test's own."""
    offices.append(_copy_of(pristine, tmp_path))
    return offices[-1]


@pytest.fixture
def empty_office(tmp_path: Path, offices: list[Office]) -> Office:
    offices.append(open_office(tmp_path / "empty.db", actor="周雅雯", clock=lambda: NOW))
    return offices[-1]


@pytest.fixture(autouse=True)
def no_key_is_held(qapp: QApplication) -> None:
    """Let go of a key that an earlier test held when its window went.

    Choosing a row asks Qt which keys are down: with Ctrl it adds to what is chosen.
    """
    if QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        nobody = QWidget()
        QTest.keyRelease(nobody, Qt.Key.Key_Control)
        assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_window(qtbot, qapp, theme: Theme, settings: QSettings, offices: list[Office]):
    """Opens the window of an office; no thread of it outlives the test."""
    opened: list[MainWindow] = []

    def open_(
        office: Office, services: Services | None = None, *, only: Sequence[str] = ()
    ) -> MainWindow:
        """Open it; ``only`` names the pages it has, where a test needs no other: they take long."""
        window = MainWindow(
            services or services_of(office),
            settings=settings,
            theme=theme,
            actor="周雅雯",
            pages=[page for page in PAGES if not only or page.name in only],
        )
        opened.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 688)
        window.show()
        settle(qtbot, window)
        forget_opening()
        return window

    yield open_
    for window in opened:
        window.close()
        assert window.operations.finish()
    qapp.processEvents()


def settle(qtbot, window: MainWindow) -> None:
    """Wait until nothing is being read or written."""
    calm = 0

    def is_calm() -> bool:
        nonlocal calm
        calm = 0 if window.operations.jobs else calm + 1
        return calm > CALM_LOOKS

    qtbot.waitUntil(is_calm, timeout=PATIENCE_MS)


def settle_delayed(qtbot, window: MainWindow) -> None:
    """Wait also for what the window does only when the clerk has paused for a moment.

    Its single-shot timers tell that they are still to come; however slow the machine is, nothing
    is missed, as it would be by waiting a fixed time. Saving a draft, after seconds, isn't meant.
    """

    def is_due() -> bool:
        return any(
            timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST_PAUSE_MS
            for timer in window.findChildren(QTimer)
        )

    settle(qtbot, window)
    while is_due():
        qtbot.waitUntil(lambda: not is_due(), timeout=PATIENCE_MS)
        settle(qtbot, window)


def settle_plainly(window: MainWindow | Operations) -> None:
    """As ``settle``, without a test at hand."""
    operations = window if isinstance(window, Operations) else window.operations
    calm = 0
    for _ in range(PATIENCE_MS // 10):
        QTest.qWait(10)
        calm = 0 if operations.jobs else calm + 1
        if calm > CALM_LOOKS:
            return
    raise AssertionError("the window does not come to rest")


@pytest.fixture(scope="module")
def kept_window(
    theme: Theme, pristine: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """One window for all tests of a module that change nothing in the store."""
    folder = tmp_path_factory.mktemp("kept")
    office = _copy_of(pristine, folder)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(services_of(office), settings=settings, theme=theme, actor="周雅雯")
    window.resize(1366, 688)
    window.show()
    settle_plainly(window)
    yield window
    window.close()
    assert window.operations.finish()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    office.store.close()
