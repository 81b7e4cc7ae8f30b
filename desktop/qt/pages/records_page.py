"""學習紀錄: every row of learning evidence there is, however many, as one table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.list_commands import list_commands
from desktop.qt.widgets.basics import EmptyState, button, on_click
from desktop.qt.widgets.list_pane import ListPane
from desktop.services.listing import ListRow

_FOLLOWED = frozenset({Area.EVIDENCE, Area.ROSTER})


class RecordsPage(Page):
    """The rows as they were read, narrowed and put in order in the database."""

    name = "records"
    caption = "學習紀錄"
    icon = "table"
    rail_name = "import"
    help_words = (
        "匯入過的每一列都在這裡，照讀到的樣子，還沒指定人員的也在。標題下面的格子打字就篩選，"
        "按標題排序，按住 Ctrl 再按另一個標題接著排；F3 用鍵盤排序。Ctrl+C 複製選取的儲存格，"
        "狀態列會加總；按 Enter 到「審核」看這個人。"
    )

    def __init__(self, context: Context) -> None:
        """Make the page.

        Args:
            context: Services, operations, settings.
        """
        super().__init__(context)
        self._is_stale = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.list = ListPane(
            self.services.record_list(),
            services=self.services,
            operations=self.operations,
            settings=context.settings,
        )
        self.open_button = button("到審核看這個人(&G)", icon_name="person_16_regular")
        on_click(self.open_button, self.open_person)
        self.list.bar.insertWidget(2, self.open_button)
        column.addWidget(self.list, 1)
        first = button("匯入檔案…(&M)", is_accent=True)
        on_click(first, lambda: self.asked.emit("import", None))
        self._empty = EmptyState(
            "table_20_regular",
            "還沒有學習紀錄",
            "先到「匯入」放入學習紀錄的檔案，存入後每一列都會列在這裡。",
            [first],
        )
        self.list.noted.connect(self.noted)
        self.list.told.connect(self.told)
        self.list.shown.connect(self._shown)
        self.list.row_changed.connect(self._row_changed)
        self.list.opened.connect(self._open)

    # ------------------------------------------------------------------- reading
    def showEvent(self, event) -> None:
        """Read what was done while the page was away."""
        super().showEvent(event)
        if self._is_stale:
            self.read()

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed."""
        if change.areas & _FOLLOWED:
            self._is_stale = True
            if self.isVisible():
                self.read()

    def read(self) -> None:
        """Find the rows again; the current one stays in sight."""
        self._is_stale = False
        self.list.read(keeps_place=True)

    def _shown(self, count: int) -> None:
        is_empty = not count and not self.list.header.typed()
        self.list.show_empty(self._empty if is_empty else None)

    def _row_changed(self, row: ListRow | None) -> None:
        has_person = row is not None and row.subject is not None
        self.open_button.setEnabled(has_person)
        self.open_button.setToolTip(
            "" if has_person else "這一列還不知道是誰的，請到「匯入」的待處理指定人員。"
        )

    def receive(self, thing: object) -> None:
        """Narrow the list as another part of the window asks: column to words."""
        if isinstance(thing, Mapping):
            self.list.header.type_in({str(name): str(words) for name, words in thing.items()})
            self.list.read()

    # ---------------------------------------------------------------------- acts
    def open_person(self) -> None:
        """Show the person of the current row in 審核."""
        row = self.list.current_row()
        if row is not None:
            self._open(row)

    def _open(self, row: ListRow) -> None:
        if row.subject is not None:
            self.asked.emit("review", row.subject)
        else:
            self.noted.emit("info", "這一列還不知道是誰的，請到「匯入」的待處理指定人員。")

    def save_state(self) -> None:
        """Remember columns, order and filters."""
        super().save_state()
        self.list.save_state()

    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            *list_commands(self.list),
            Command("到審核看這個人", self.open_person),
            Command("重新讀取學習紀錄", self.read, "F5"),
        )

    def focus_filter(self) -> bool:
        """The field over the list's current column."""
        self.list.focus_filter()
        return True

    def primary_focus(self) -> QWidget | None:
        """The table."""
        return self.list.view
