"""What holds in every dialog: room, words, keyboard, names for a screen reader."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

import desktop.qt.dialogs
from desktop.qt.dialogs.dialog import FIELDS, Dialog
from desktop.qt.help_places import DIALOGS
from desktop.qt.operations import Operations
from desktop.qt.services import services_of
from desktop.qt.widgets.basics import ElidedLabel
from desktop.qt.widgets.ledger_fields import DayField
from tests.qt.conftest import settle_plainly
from tests.qt.dialogs_open import Makers
from tests.qt.test_pages import KNOWN, MNEMONIC

SMALLEST = QSize(911 - 16, 480 - 40)
"""Of 1366×768 at 150 %, without the taskbar and the frame."""
LATIN = re.compile(
    r"roster|HP LaserJet Pro M404dn|Microsoft|Big5|Excel|ODS|CSV|sqlite|https|Coursera|kcg\.gov\.tw"
)
Opened = Callable[[str], Dialog]


@pytest.fixture(scope="module")
def owner(theme) -> Iterator[QWidget]:
    """Stands for the window, which would be styled anew with every size of text."""
    widget = QWidget()
    widget.resize(1366, 688)
    widget.show()
    yield widget
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def opened(owner, shared_sample, tmp_path_factory) -> Iterator[Opened]:
    """Opens a dialog by its class' name; the one before is closed."""
    operations = Operations()
    folder = tmp_path_factory.mktemp("dialogs")
    makers = Makers(owner, operations, services_of(shared_sample), folder).all()
    last: list[QDialog] = []

    def close() -> None:
        while last:
            one = last.pop()
            one.reject()
            one.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def open_(name: str) -> Dialog:
        close()
        dialog = makers[name]()
        last.append(dialog)
        dialog.open()
        settle_plainly(operations)
        assert isinstance(dialog, Dialog)
        return dialog

    open_.names = frozenset(makers)  # type: ignore[attr-defined]  # for the test of the list
    yield open_
    close()
    assert operations.finish()


def shown(dialog: QWidget, kind: type) -> list:
    return [
        one
        for one in dialog.findChildren(kind)
        if one.window() is dialog and one.isVisibleTo(dialog) and not _is_part(one)
    ]


def _is_part(one: QWidget) -> bool:
    parent = one.parentWidget()
    return isinstance(parent, QComboBox | QAbstractItemView | QAbstractSpinBox) or (
        one.objectName().startswith("qt_")
    )


def test_every_dialog_has_a_place_in_the_handbook_and_is_looked_at_here(opened):
    for module in pkgutil.iter_modules(desktop.qt.dialogs.__path__):
        importlib.import_module(f"desktop.qt.dialogs.{module.name}")
    known, left = set(), [Dialog]
    while left:
        kind = left.pop()
        left += kind.__subclasses__()
        if not kind.__subclasses__():
            known.add(kind.__name__)
    assert known <= set(DIALOGS)
    assert set(DIALOGS) == opened.names


@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_dialog_is_read_and_driven_without_a_mouse(opened, name):
    dialog = opened(name)
    assert dialog.windowTitle()
    # Its letters lead to one place each.
    texts = [one.text() for one in shown(dialog, QAbstractButton)]
    texts += [one.text() for one in shown(dialog, QLabel) if one.buddy() is not None]
    letters = [letter for text in texts for letter in MNEMONIC.findall(text)]
    assert len(letters) == len(set(letters))
    # Everything that can be used has a Chinese name, and nothing else is said in English.
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
    for one in [w for kind in (*kinds, QAbstractItemView) for w in shown(dialog, kind)]:
        if not isinstance(one, QHeaderView):
            words = one.accessibleName()
            words = words or (one.text() if isinstance(one, QAbstractButton) else "")
            assert re.search(r"[\u4e00-\u9fff]|Excel|PDF|ODS", words), one
    said = texts + [one.text() for one in shown(dialog, QLabel)]
    said += [one.toolTip() for one in shown(dialog, QAbstractButton)]
    said += [one.placeholderText() for one in shown(dialog, QLineEdit)]
    rest = [KNOWN.sub("", LATIN.sub("", text)) for text in [dialog.windowTitle(), *said]]
    english = [
        text
        for text in rest
        if re.search(r"[A-Za-z]{3,}", text)
        and not re.search(r"\.(xlsx|csv|pdf)|[a-f0-9]{16}", text)
        if name != "ShownCodeDialog"  # the code is to be copied as it is
    ]
    assert english == []
    # The keyboard begins where something is filled in, not at a button that closes.
    fields = [one for kind in FIELDS for one in shown(dialog, kind) if one.isEnabled()]
    if fields and name != "CalibrationDialog":  # there the sheet is printed first
        focus = dialog.focusWidget()
        assert isinstance(focus, FIELDS)
    # Enter has one meaning, and it is the accent button's.
    defaults = [one for one in shown(dialog, QPushButton) if one.isDefault()]
    assert len(defaults) <= 1
    if not dialog.enter_acts:
        assert defaults == []


def cut_off(dialog: QDialog) -> list[str]:
    """The words that cannot be read and the buttons that cannot be reached."""
    found = []
    for one in shown(dialog, QLabel):
        if isinstance(one, ElidedLabel) or not one.text():
            continue
        needed = QSize(0, one.heightForWidth(one.width())) if one.wordWrap() else one.sizeHint()
        if one.width() + 1 < needed.width() or one.height() + 1 < needed.height():
            found.append(f"label {one.text()} {one.size()} < {needed}")
    for one in shown(dialog, QAbstractButton):
        if one.text() and one.width() + 1 < one.sizeHint().width():
            found.append(f"button {one.text()}")
    for one in shown(dialog, DayField):
        if one.width() < one.fontMetrics().horizontalAdvance(one.text()) + 20:
            found.append(f"field {one.text()}")
    for one in shown(dialog, QPushButton):
        scrolls = any(
            isinstance(parent, QScrollArea) for parent in _parents(one) if parent is not dialog
        )
        place = QRect(one.mapTo(dialog, QPoint(0, 0)), one.size())
        if not scrolls and not dialog.rect().contains(place):
            found.append(f"outside {one.text()} {place}")
    return found


def _parents(one: QWidget) -> Iterator[QWidget]:
    parent = one.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def test_body_of_a_dialog_scrolls_where_the_screen_ends_and_keeps_its_keyboard(
    opened, monkeypatch, qtbot
):
    monkeypatch.setattr(Dialog, "room", lambda self: QSize(700, 300))
    dialog = opened("ResourceDialog")
    assert dialog.height() == 300
    assert dialog.focusWidget() is dialog.fields["name"]
    area = next(one for one in shown(dialog, QScrollArea))
    last = dialog.fields["source"]
    assert area.isAncestorOf(last)
    assert not area.isAncestorOf(dialog.accept_button)
    # Tab walks down the fields; the one with the keyboard is scrolled into sight.
    for _ in range(20):
        if dialog.focusWidget() is last:
            break
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is last
    assert area.viewport().rect().contains(last.mapTo(area.viewport(), QPoint(0, 0)))


def test_tab_goes_from_field_to_field_before_the_buttons(opened):
    dialog = opened("AdvanceDialog")
    order = [dialog.focusWidget()]
    for _ in range(6):
        dialog.focusNextPrevChild(True)
        order.append(dialog.focusWidget())
    assert [one.accessibleName() for one in order[:6]] == [
        "補休日",
        "起",
        "時數",
        "同意的單位主管",
        "同意日",
        "假單號",
    ]
    assert isinstance(order[6], QPushButton)


def test_escape_leaves_every_dialog(opened, qtbot):
    for name in ("AccountsDialog", "ReverseDialog", "ImportsDialog", "StampDialog"):
        dialog = opened(name)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        assert dialog.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_dialog_fits_the_smallest_screen_and_cuts_nothing_off(opened, name, monkeypatch):
    monkeypatch.setattr(Dialog, "room", lambda self: SMALLEST)
    dialog = opened(name)
    assert dialog.width() <= SMALLEST.width()
    assert dialog.height() <= SMALLEST.height()
    assert cut_off(dialog) == []
