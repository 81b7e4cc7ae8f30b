"""Every page as it looks: on a common screen, large and dark, at 150 %.

The references lie in ``tests/qt/references``; whoever changes a page looks at them and renews them
with ``RENEW_PICTURES=1 python -m pytest tests/qt/test_references.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

from desktop.qt.pages.all_pages import PAGES
from desktop.qt.theme import SchemeChoice
from tests.qt.conftest import settle
from tests.qt.pictures import fault_in_time, grab
from tests.qt.test_handbook_pictures import fill_ledger

REFERENCES = Path(__file__).with_name("references")
COLOURS = 128
PAUSES = {"review": 450, "forms": 300, "commendations": 300}
"""Milliseconds after which a page reads what it only reads when the clerk has stayed."""
MOST_BYTES = 4_000_000


@dataclass(frozen=True)
class Screen:
    """A screen, less the task bar and the window's title.

    Attributes:
        name: Begins the references' names.
        size: Logical pixels.
        ratio: Its scale.
        scheme: Light or dark.
        shrunk: How many times smaller the references are kept.
    """

    name: str
    size: tuple[int, int]
    ratio: float
    scheme: SchemeChoice
    shrunk: int


SCREENS = (
    Screen("1366-light", (1366, 688), 1.0, SchemeChoice.LIGHT, 1),
    Screen("1920-dark", (1920, 1000), 1.0, SchemeChoice.DARK, 2),
    Screen("150-percent", (1280, 640), 1.5, SchemeChoice.LIGHT, 2),
)


@pytest.fixture
def light_again(theme):
    yield
    theme.choose(SchemeChoice.LIGHT)


def test_every_page_looks_like_its_reference(qtbot, open_window, sample, theme, light_again):
    fill_ledger(sample)
    window = open_window(sample)
    window.open_page("plan")
    settle(qtbot, window)
    shipped = next(
        one
        for one in window.pages["plan"].empty.findChildren(QAbstractButton)
        if "先看內建" in one.text()
    )
    shipped.click()
    faults = []
    for screen in SCREENS:
        theme.choose(screen.scheme)
        window.resize(*screen.size)
        for name in window.pages:
            thing = {"review": "A0008", "ledger": "A0003"}.get(name)
            window.open_page(name, thing)
            settle(qtbot, window)
            qtbot.wait(PAUSES.get(name, 0))
            settle(qtbot, window)
            take = partial(grab, window, ratio=screen.ratio, shrunk=screen.shrunk)
            kept = REFERENCES / f"{screen.name}-{name}.png"
            faults.append(fault_in_time(take, kept, qtbot.wait, colours=COLOURS))
    assert [words for words in faults if words] == []


def test_every_reference_is_of_a_page_and_together_they_are_small():
    wanted = {f"{screen.name}-{page.name}.png" for screen in SCREENS for page in PAGES}
    assert {path.name for path in REFERENCES.iterdir()} == wanted
    assert sum(path.stat().st_size for path in REFERENCES.iterdir()) < MOST_BYTES
