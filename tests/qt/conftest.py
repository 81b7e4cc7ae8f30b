from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop.qt.operations import Operations
from desktop.qt.theme import SchemeChoice, Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.choose(SchemeChoice.LIGHT)
    # Without a Chinese face every measured width would be that of an empty box.
    assert QFontMetrics(qapp.font()).inFontUcs4(ord("學"))
    return theme


@pytest.fixture
def operations(qapp: QApplication, theme: Theme):
    operations = Operations()
    yield operations
    assert operations.finish()
    qapp.processEvents()
