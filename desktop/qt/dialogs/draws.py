"""The dialog of a draw: the list and its digest first, then seed and prizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTableView, QWidget

from desktop.qt.dialogs.fields_dialog import FieldsDialog
from desktop.qt.dialogs.programmes import whole_number
from desktop.qt.models.programmes import chance_columns
from desktop.qt.models.tables import TableModel
from desktop.qt.widgets.basics import Note, label
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.domain.activities import Activity
    from desktop.services.drawing import ChanceLine, Entrants


class DrawDialog(FieldsDialog):
    """Asks for the seed once the list is seen."""

    def __init__(self, activity: Activity, found: Entrants, *, parent: QWidget | None) -> None:
        """Show the list.

        Args:
            activity: What is drawn for.
            found: The list.
            parent: The page.
        """
        super().__init__(
            f"抽獎：{activity.name}",
            f"{found.source}。共 {len(found.lines)} 個機會、{found.people} 人，每人最多中一份。"
            "抽完不能復原，只能寫明理由作廢；種子、名單與結果都會留在稽核紀錄。",
            "抽獎(&S)",
            parent=parent,
        )
        self.setMinimumWidth(760)
        if found.doubts:
            words = f"有 {len(found.doubts)} 筆還不能確定，沒有列入抽獎；請先到審核頁釐清。"
            self.body.insertWidget(1, Note("review", words, can_close=False))
        self.model: TableModel[ChanceLine] = TableModel(chance_columns(), parent=self)
        self.model.show_rows([*found.doubts, *found.lines])
        view = QTableView()
        view.setModel(self.model)
        prepare_table(view)
        view.setAccessibleName("抽獎名單")
        view.setMinimumHeight(180)
        for section, width in enumerate((90, 76, 90, 260)):
            view.horizontalHeader().resizeSection(section, width)
        view.horizontalHeader().setStretchLastSection(True)
        self.body.insertWidget(self.body.count() - 1, view, 1)
        digest = label(f"名單雜湊 {found.list_digest[:16]}…（公開種子前先記下）", "secondary")
        digest.setToolTip(found.list_digest)
        self.body.insertWidget(self.body.count() - 1, digest)
        self.title_field = self._line("抽獎名稱")
        self.seed = self._line("種子", "任何字，最好是當天公開的號碼，例如統一發票特別獎")
        self.prizes = self._line("份數", "整數")
        self.title_field.setText(activity.prize or activity.name)
        self.prizes.setText(str(activity.prizes) if activity.prizes else "")
        for caption, field in (
            ("名稱(&N)", self.title_field),
            ("種子(&E)", self.seed),
            ("份數(&P)", self.prizes),
        ):
            self.form.addRow(caption, field)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Title, seed and prizes."""
        title, seed = self.title_field.text().strip(), self.seed.text().strip()
        prizes = whole_number(self.prizes.text())
        if not title or not seed or prizes is None or not self.model.rows:
            return None
        return {"title": title, "seed": seed, "prizes": prizes}
