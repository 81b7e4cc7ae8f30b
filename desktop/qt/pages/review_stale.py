"""Keeps verdicts with what they stand on, and says when stored ones would now be others."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.qt.dialogs.stale import StaleDialog
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.qt.widgets.basics import Note


class StaleWatch(QObject):
    """The amber note of 審核; old verdicts stay until the clerk agrees.

    Attributes:
        plan_id: The plan in force.
        is_due: Whether facts have changed since the last look.
    """

    def __init__(self, services: Services, operations: Operations, *, page: QWidget) -> None:
        """Watch over one page.

        Args:
            services: To keep and compare verdicts.
            operations: To do so off the UI thread.
            page: Whose notes and dialogs these are.
        """
        super().__init__(page)
        self._services, self._operations, self._page = services, operations, page
        self.plan_id = ""
        self.is_due = False
        self.notes = QVBoxLayout()
        self.notes.setContentsMargins(12, 0, 12, 0)

    def look(self) -> None:
        """Keep verdicts that are new, then say which stored ones would differ."""
        if not self.is_due:
            return
        self.is_due = False
        services, plan_id = self._services, self.plan_id

        def compare(_change: object) -> None:
            self._operations.run_read(
                lambda report: services.stale(plan_id),
                self.show_stale,
                words="比對存下的判定",
                owner=self,
                latest="stale",
            )

        self._keep(compare, with_stale=False)

    def keep_own(self) -> None:
        """Keep what the clerk's own decision changed; what else would differ still waits."""
        self._keep(None, with_stale=False)

    def _keep(self, after, *, with_stale: bool) -> None:
        services, plan_id = self._services, self.plan_id
        self._operations.run_write(
            lambda report: services.store_verdicts(plan_id, with_stale=with_stale),
            after,
            words="保存判定",
            owner=self,
        )

    def show_stale(self, rows) -> None:
        """Show the note, or take it away when there is nothing."""
        while self.notes.count():
            self.notes.takeAt(0).widget().deleteLater()
        if not rows:
            return
        words = f"資料有更新，{len(rows)} 人結果將不同；存下的判定還沒有改。"
        note = Note("review", words, act="看清單")
        note.acted.connect(lambda: self.open_list(rows))
        self.notes.addWidget(note)

    def open_list(self, rows) -> None:
        """List what would differ; agreeing keeps the new verdicts."""
        dialog = StaleDialog(rows, self._page)
        dialog.accepted.connect(self._accept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _accept(self) -> None:
        services, plan_id = self._services, self.plan_id
        self._operations.run_write(
            lambda report: services.accept_stale(plan_id),
            lambda change: self.show_stale(()),
            words="照新的判定",
            owner=self,
        )
