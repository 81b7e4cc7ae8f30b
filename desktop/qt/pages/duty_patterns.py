"""班別: the rows of the work patterns with their dates, written, changed, taken out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.domain.moments import WEEKDAY_WORDS, roc_date
from desktop.domain.written_dates import WrittenDateError, parse_date
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.models.roles import Role
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.pages.base import Context
from desktop.qt.widgets.basics import Note, button, label, on_click, pane
from desktop.qt.widgets.table_basics import prepare_table
from desktop.services.agency_editing import PatternText

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.services.duty_views import AgencyView

_BAND = re.compile(r"(\d{1,2}:\d{2})\s*[-–—~～至到]\s*(\d{1,2}:\d{2})")


def bands_words(bands: tuple[tuple[str, str], ...]) -> str:
    """Bands as they are written: ``08:00–12:00、13:30–17:30``."""
    return "、".join(f"{start}–{end}" for start, end in bands)


def read_bands(words: str) -> tuple[tuple[str, str], ...]:
    """The bands in what was typed, none when anything else stands there.

    Args:
        words: ``08:00-12:00、13:30-17:30``; also with ～ or 至, a comma or a blank between.
    """
    text = words.replace("：", ":")
    rest = re.sub(r"[、，,;；\s]+", "", _BAND.sub("", text))
    return () if rest else tuple((a.zfill(5), b.zfill(5)) for a, b in _BAND.findall(text))


def weekdays_words(weekdays: tuple[int, ...]) -> str:
    """ISO weekdays as they are written: ``一二三四五``."""
    return "".join(WEEKDAY_WORDS[day - 1] for day in weekdays)


def read_weekdays(words: str) -> tuple[int, ...]:
    """The ISO weekdays in what was typed, none when anything else stands there."""
    text = re.sub(r"[星期週周、，,\s]", "", words)
    if not text or any(word not in WEEKDAY_WORDS for word in text):
        return ()
    return tuple(sorted({WEEKDAY_WORDS.index(word) + 1 for word in text}))


class PatternDialog(Dialog):
    """One row of a pattern.

    Attributes:
        written: The row is to be stored.
    """

    written = Signal(object)

    def __init__(self, row: PatternText | None, *, parent: QWidget | None) -> None:
        """Make the dialog.

        Args:
            row: What is changed; None begins a row.
            parent: The page.
        """
        super().__init__(parent)
        self._row = row
        self.setWindowTitle("修改班別" if row else "新增班別")
        self.setModal(True)
        self.resize(560, 440)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QVBoxLayout()
        body.setContentsMargins(16, 14, 16, 12)
        body.setSpacing(10)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        shown = row or PatternText("", "", (1, 2, 3, 4, 5), ())
        self.fields: dict[str, QLineEdit] = {}
        for key, caption, words, hint in (
            ("code", "班別代碼(&O)", shown.code, "名冊「班別」欄寫的字，例如 A"),
            ("name", "名稱(&N)", shown.name, "例如 標準班"),
            ("weekdays", "星期(&W)", weekdays_words(shown.weekdays), "例如 一二三四五"),
            ("segments", "上班時段(&S)", bands_words(shown.segments), "08:00–12:00、13:30–17:30"),
            ("arrival", "彈性到班(&R)", _one(shown.arrival), "沒有彈性就空著，例如 07:30–09:00"),
            ("departure", "彈性退勤(&T)", _one(shown.departure), "例如 17:00–18:30"),
            (
                "valid_from",
                "生效日(&F)",
                _day_words(shown.valid_from),
                "沒有限制就空著，例如 114-07-01",
            ),
            ("valid_until", "失效日(&U)", _day_words(shown.valid_until), "空著不限"),
            (
                "makeup_as",
                "補班日比照(&M)",
                "" if shown.makeup_as is None else WEEKDAY_WORDS[shown.makeup_as - 1],
                "補班的星期六照星期幾上班，空著照機關的設定（五）",
            ),
        ):
            field = QLineEdit(words)
            field.setPlaceholderText(hint)
            field.setToolTip(hint)
            field.setAccessibleName(re.sub(r"\(&.\)", "", caption))
            form.addRow(caption, field)
            self.fields[key] = field
        body.addLayout(form)
        self._notes = QVBoxLayout()
        body.addLayout(self._notes)
        body.addStretch(1)
        column.addLayout(body, 1)
        foot = pane("foot")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(8)
        line.addStretch(1)
        cancel = button("取消")
        keep = button("存入班別(&K)", is_accent=True)
        keep.setDefault(True)
        on_click(cancel, self.reject)
        on_click(keep, self._accept)
        line.addWidget(cancel)
        line.addWidget(keep)
        column.addWidget(foot)

    def read(self) -> PatternText:
        """The row as it is typed.

        Raises:
            ValueError: When a field cannot be understood; the sentence says which.
        """
        typed = {key: field.text().strip() for key, field in self.fields.items()}
        weekdays = read_weekdays(typed["weekdays"])
        segments = read_bands(typed["segments"])
        if not typed["code"]:
            raise ValueError("請填班別代碼，要和名冊的「班別」欄一樣。")
        if not weekdays:
            raise ValueError("星期看不懂，請寫成「一二三四五」。")
        if not segments:
            raise ValueError("上班時段看不懂，請寫成「08:00–12:00、13:30–17:30」。")
        makeup = read_weekdays(typed["makeup_as"])
        if typed["makeup_as"] and len(makeup) != 1:
            raise ValueError("補班日比照要填一個星期，例如「五」。")
        return PatternText(
            typed["code"],
            typed["name"],
            weekdays,
            segments,
            _band(typed["arrival"], "彈性到班"),
            _band(typed["departure"], "彈性退勤"),
            _date(typed["valid_from"], "生效日"),
            _date(typed["valid_until"], "失效日"),
            makeup[0] if makeup else None,
        )

    def _accept(self) -> None:
        try:
            row = self.read()
        except ValueError as error:
            self.say(str(error))
            return
        self.written.emit(row)

    def say(self, sentence: str) -> None:
        """Say why the row was not taken."""
        while self._notes.count():
            self._notes.takeAt(0).widget().deleteLater()
        self._notes.addWidget(Note("fail", sentence, can_close=False))


def _one(band: tuple[str, str] | None) -> str:
    return "" if band is None else bands_words((band,))


def _band(words: str, name: str) -> tuple[str, str] | None:
    if not words:
        return None
    found = read_bands(words)
    if len(found) != 1:
        raise ValueError(f"{name}看不懂，請寫成「07:30–09:00」，沒有就空著。")
    return found[0]


def _day_words(day: date | None) -> str:
    return "" if day is None else roc_date(day)


def _date(words: str, name: str) -> date | None:
    if not words:
        return None
    try:
        return parse_date(words)
    except WrittenDateError as error:
        raise ValueError(f"{name}看不懂，請寫成「114-07-01」，沒有就空著。") from error


class PatternsTab(QWidget):
    """The rows, and what can be done with them."""

    def __init__(
        self,
        context: Context,
        *,
        done: Callable[[str], None],
        failed: Callable[[str], None],
    ) -> None:
        """Make the tab.

        Args:
            context: Services, operations, settings.
            done: Hears of an act in words.
            failed: Hears a sentence on what could not be done.
        """
        super().__init__()
        self._services, self._operations = context.services, context.operations
        self._done, self._failed = done, failed
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        self.agency = label("", "subtitle")
        column.addWidget(self.agency)
        self.model: TableModel[PatternText] = TableModel(
            [
                TableColumn("班別", lambda r: r.code, {Role.STRONG: lambda r: True}),
                TableColumn("名稱", lambda r: r.name),
                TableColumn("星期", lambda r: weekdays_words(r.weekdays)),
                TableColumn("上班時段", lambda r: bands_words(r.segments)),
                TableColumn("彈性到班", lambda r: _one(r.arrival)),
                TableColumn("彈性退勤", lambda r: _one(r.departure)),
                TableColumn("生效日", lambda r: _day_words(r.valid_from)),
                TableColumn("失效日", lambda r: _day_words(r.valid_until)),
                TableColumn(
                    "補班日比照",
                    lambda r: "" if r.makeup_as is None else WEEKDAY_WORDS[r.makeup_as - 1],
                ),
            ],
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setAccessibleName("班別的時段")
        header = self.view.horizontalHeader()
        for section, width in enumerate((64, 160, 90, 210, 110, 110, 100, 100)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(8, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add_button = button("新增班別…(&N)", icon_name="add_16_regular")
        self.change_button = button("修改…(&E)")
        self.drop_button = button("刪除這一列(&D)", icon_name="delete_16_regular")
        on_click(self.add_button, self.begin)
        on_click(self.change_button, self._edit_current)
        on_click(self.drop_button, self._drop)
        for one in (self.add_button, self.change_button, self.drop_button):
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
        self.view.activated.connect(lambda _index: self._edit_current())
        self.model.modelReset.connect(self._enable)
        self._enable()

    def read(self) -> None:
        """Read the patterns off the UI thread."""
        services = self._services
        self._operations.run_read(
            lambda report: services.agency_view(),
            self._show,
            words="讀班別",
            owner=self,
            latest="patterns",
        )

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        if Area.AGENCY in change.areas:
            self.read()

    def edit(self, position: int | None) -> PatternDialog:
        """Open the form of a row, or of a new one."""
        row = None if position is None else self.model.row(position)
        dialog = PatternDialog(row, parent=self)
        dialog.written.connect(lambda written: self._put(dialog, written, position))
        dialog.open()
        return dialog

    def begin(self) -> None:
        """Open the form of a new row."""
        self.edit(None)

    def _edit_current(self) -> None:
        current = self.view.currentIndex().row()
        if current >= 0:
            self.edit(current)

    def _put(self, dialog: PatternDialog, row: PatternText, position: int | None) -> None:
        services = self._services

        def stored(change: ChangeSet) -> None:
            dialog.accept()
            if change.changed_anything:
                self._done(f"已{change.act}。")

        self._operations.run_write(
            lambda report: services.put_pattern(row, position=position),
            stored,
            words="存入班別",
            owner=self,
            on_failure=dialog.say,
        )

    def _drop(self) -> None:
        position, services = self.view.currentIndex().row(), self._services
        if position < 0:
            return
        self._operations.run_write(
            lambda report: services.drop_pattern(position),
            lambda change: self._done(f"已{change.act}。"),
            words="刪除班別的一列",
            owner=self,
            on_failure=self._failed,
        )

    def _show(self, shown: AgencyView) -> None:
        city = f"（停止上班看 {shown.city}）" if shown.city else ""
        self.agency.setText(f"{shown.name}{city}")
        self.model.show_rows(shown.patterns)
        if shown.patterns:
            self.view.selectRow(0)

    def _enable(self) -> None:
        has_rows = bool(self.model.rows)
        self.change_button.setEnabled(has_rows)
        self.drop_button.setEnabled(has_rows)
