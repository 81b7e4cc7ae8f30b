"""The courses of a set as a table to be written in, beside last year's hours, with the sum."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from desktop.domain.text import matching_key
from desktop.qt.models.plan_editing import PlanEditing
from desktop.qt.models.roles import Role
from desktop.services.plan_document import Path, Values
from desktop.services.plan_field_values import number_of, number_words
from desktop.services.plan_fields import tables_at

NUMBER, CATEGORY, NAME, HOURS, FORMER, CHANGED = range(6)
_KEYS = {CATEGORY: "category", NAME: "name", HOURS: "hours"}
_WORDS = {CATEGORY: "改課程項目", NAME: "改課程名稱", HOURS: "改時數"}


class PlanCoursesModel(QAbstractTableModel):
    """Rows are the draft's courses; the last row is their sum and cannot be changed."""

    def __init__(self, editing: PlanEditing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._path: Path = ()
        self._former: dict[str, Any] = {}
        self._former_words = "去年"
        self._former_sum: Any = None
        self._wrong: frozenset[tuple[int, str]] = frozenset()
        self._read_from: Values | None = None
        self.wraps = False
        self._courses: tuple[Mapping[str, Any], ...] = ()

    def show_set(self, path: Path, base: Values | None, former_words: str) -> None:
        """Show the courses of a set.

        Args:
            path: Of the set in the draft.
            base: Values of the plan compared with, None without one.
            former_words: Heading of its column (``114 年``).
        """
        self.beginResetModel()
        self._path = path
        self._read_from = None
        self._former_words = former_words
        self._former = {}
        self._former_sum = None
        self._wrong = frozenset()
        set_id = self._editing.value((*path, "id"))
        for one in tables_at(base or {}, ("set",)):
            if one.get("id") == set_id:
                courses = tables_at(one, ("course",))
                self._former = {matching_key(str(c.get("name"))): c.get("hours") for c in courses}
                self._former_sum = _sum(courses)
        self.endResetModel()

    def show_problems(self, wrong: frozenset[tuple[int, str]]) -> None:
        """Mark cells with mistakes.

        Args:
            wrong: Row and key (``hours``) of each.
        """
        if wrong != self._wrong and self.rowCount():
            self._wrong = wrong
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, CHANGED))

    @property
    def courses(self) -> tuple[Mapping[str, Any], ...]:
        """The courses as the draft has them."""
        if self._read_from is not self._editing.values:
            self._read_from = self._editing.values
            self._courses = tables_at(self._read_from, self.list_path) if self._path else ()
        return self._courses

    @property
    def list_path(self) -> Path:
        """The list's path in the draft."""
        return (*self._path, "course")

    def refresh(self) -> None:
        """Read again after a change of single values."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, CHANGED))

    def is_sum(self, row: int) -> bool:
        """Whether a row is the sum's."""
        return row == len(self.courses)

    # -------------------------------------------------------------------- model
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """The courses and their sum; nothing without courses."""
        return 0 if parent.isValid() or not self.courses else len(self.courses) + 1

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Number, category, name, hours, last year's hours, mark."""
        return 0 if parent.isValid() else CHANGED + 1

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return ("號", "課程項目", "課程名稱", "時數", self._former_words, "")[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if section in (NUMBER, HOURS, FORMER)
                else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Category, name and hours can be written."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self.is_sum(index.row()):
            return flags
        flags |= Qt.ItemFlag.ItemIsSelectable
        if index.column() in _KEYS:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (NUMBER, HOURS, FORMER):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if self.is_sum(row):
            return self._sum_data(column, role)
        course = self.courses[row]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, column, course)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(row, column, course) or None
        if role == Role.CHIPS and column == CHANGED and self._is_changed(course):
            return (("decided", self._text(row, column, course)),)
        if role == Role.WRAPS:
            return self.wraps and column in (CATEGORY, NAME)
        if role == Role.QUIET:
            return column in (NUMBER, CATEGORY, FORMER)
        if role == Role.WARN:
            return "fail" if (row, _KEYS.get(column, "")) in self._wrong else None
        if role == Role.STRONG:
            return column == HOURS and self._is_changed(course)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, course)
        if role == Role.VALUE:
            return course
        return None

    def _text(self, row: int, column: int, course: Mapping[str, Any]) -> str:
        if column == NUMBER:
            return str(row + 1)
        if column == FORMER:
            return number_words(self._former.get(_key(course)))
        if column == CHANGED:
            if not self._is_changed(course):
                return ""
            return "改" if _key(course) in self._former else "新"
        return number_words(course.get(_KEYS[column]))

    def _is_changed(self, course: Mapping[str, Any]) -> bool:
        if not self._former:
            return False
        key = _key(course)
        return key not in self._former or self._former[key] != course.get("hours")

    def _spoken(self, row: int, course: Mapping[str, Any]) -> str:
        parts = [f"第{row + 1}門", str(course.get("category") or ""), str(course.get("name") or "")]
        parts.append(f"{number_words(course.get('hours'))}時")
        if (former := number_words(self._former.get(_key(course)))) != "":
            parts.append(f"{self._former_words} {former}時")
        if (mark := self._text(row, CHANGED, course)) != "":
            parts.append(mark)
        return "，".join(part for part in parts if part)

    def _sum_data(self, column: int, role: int) -> Any:
        total = _sum(self.courses)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if column == NAME:
                return f"合計 {len(self.courses)} 門"
            if column == HOURS:
                return number_words(total)
            return number_words(self._former_sum) if column == FORMER else ""
        if role == Role.STRONG:
            return True
        if role == Role.WARN and column == HOURS:
            written = self._editing.value((*self._path, "hours"))
            is_other = written is not None and _decimal(written) != total
            return "fail" if is_other else None
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a cell."""
        key = _KEYS.get(index.column())
        if role != Qt.ItemDataRole.EditRole or key is None or self.is_sum(index.row()):
            return False
        text = " ".join(str(value).split())
        new: Any = number_of(text) if key == "hours" and text else text
        if text == "":
            new = "" if key == "name" else None
        path = (*self.list_path, index.row(), key)
        self._editing.end_typing()
        is_new = self._editing.type(path, new, words=_WORDS[index.column()])
        self._editing.end_typing()
        if is_new:
            self.refresh()
        return is_new


def _key(course: Mapping[str, Any]) -> str:
    return matching_key(str(course.get("name") or ""))


def _decimal(value: Any) -> Decimal | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else None


def _sum(courses: tuple[Mapping[str, Any], ...]) -> Decimal:
    return sum((_decimal(one.get("hours")) or Decimal(0) for one in courses), Decimal(0))
