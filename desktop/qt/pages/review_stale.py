"""Keeps verdicts with what they stand on, and says when stored ones would now be others."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings
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

    def __init__(
        self, services: Services, operations: Operations, settings: QSettings, *, page: QWidget
    ) -> None:
        """Watch over one page.

        Args:
            services: To keep and compare verdicts.
            operations: To do so off the UI thread.
            settings: Where it is remembered that nothing was left to keep.
            page: Whose notes and dialogs these are.
        """
        super().__init__(page)
        self._services, self._operations, self._page = services, operations, page
        self._settings = settings
        self.plan_id = ""
        self.is_due = False
        self.notes = QVBoxLayout()
        self.notes.setContentsMargins(12, 0, 12, 0)

    def look(self) -> None:
        """Keep verdicts that are new, then say which stored ones would differ.

        Where nothing changed since everything was kept, neither is done again: with tens of
        thousands of people both take long.
        """
        if not self.is_due:
            return
        self.is_due = False
        services, plan_id = self._services, self.plan_id
        mark = str(self._settings.value(self._key(plan_id), ""))

        def found(is_settled: bool) -> None:
            if plan_id != self.plan_id:
                return  # the other plan has its own look
            if is_settled:
                self.show_stale(())
            else:
                self._keep(lambda change: self._compare(plan_id))

        self._operations.run_read(
            lambda report: services.is_settled(plan_id, mark),
            found,
            words="比對存下的判定",
            owner=self,
            latest="settled",
        )

    def _key(self, plan_id: str) -> str:
        return f"settled/{plan_id}"

    def _compare(self, plan_id: str) -> None:
        is_kept = self._remember(plan_id)
        if plan_id != self.plan_id:
            return
        if is_kept:
            self.show_stale(())
            return
        services = self._services
        self._operations.run_read(
            lambda report: services.stale(plan_id),
            self.show_stale,
            words="比對存下的判定",
            owner=self,
            latest="stale",
        )

    def _remember(self, plan_id: str) -> bool:
        """Note for the next start whether all is kept; whether it is."""
        mark = self._services.settled_mark(plan_id)
        self._settings.setValue(self._key(plan_id), mark)
        return bool(mark)

    def keep_own(self) -> None:
        """Keep what the clerk's own decision changed; what else would differ still waits."""
        plan_id = self.plan_id
        self._keep(lambda change: self._remember(plan_id))

    def _keep(self, after) -> None:
        services, plan_id = self._services, self.plan_id
        self._operations.run_write(
            lambda report: services.store_verdicts(plan_id),
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
