"""Tables that follow the size of the text: rows as high and columns as wide as it asks.

Widths are written for text of the usual size. A heading remembers the size its widths are right
for, so that fitting twice changes nothing, and that kept widths come back in proportion.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop.qt.theme import text_factor
from desktop.qt.widgets import paint

_FITTED, _OWN_ROW = "fittedText", "ownRow"


def fitted_for(header: QHeaderView) -> float:
    """The size of text that a heading's widths are right for, of the usual one."""
    return float(header.property(_FITTED) or 1.0)


def mark_fitted(header: QHeaderView, factor: float | None = None) -> None:
    """Say for which size of text a heading's widths are right.

    Args:
        header: Of a table or tree.
        factor: Of the usual size; None for the size in force.
    """
    header.setProperty(_FITTED, text_factor() if factor is None else factor)


def fit_tables(root: QWidget) -> None:
    """Fit every table inside a widget to the size of text in force, in sight or not."""
    for view in root.findChildren(QTableView):
        _fit_rows(view)
    for header in root.findChildren(QHeaderView):
        if header.orientation() is Qt.Orientation.Horizontal:
            _fit_columns(header)
    for one in root.findChildren(QWidget):
        follow = getattr(one, "follow_text", None)
        if follow is not None:
            follow()


def _fit_rows(view: QTableView) -> None:
    rows = view.verticalHeader()
    own = view.property(_OWN_ROW)
    if own is None:  # what the table was made with: higher than usual for what it shows
        own = rows.defaultSectionSize()
        view.setProperty(_OWN_ROW, own)
    usual = paint.row_height("row_table")
    rows.setMinimumSectionSize(usual)
    rows.setDefaultSectionSize(usual if view.property("usualRows") else max(int(own), usual))


def _fit_columns(header: QHeaderView) -> None:
    factor = text_factor()
    grow = factor / fitted_for(header)
    if abs(grow - 1) > 0.01:
        for place in range(header.count()):
            is_movable = header.sectionResizeMode(place) is QHeaderView.ResizeMode.Interactive
            if is_movable and not header.isSectionHidden(place):
                header.resizeSection(place, round(header.sectionSize(place) * grow))
        mark_fitted(header)
