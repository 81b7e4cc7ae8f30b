"""Deciding many rows of 審核 at once: those that share the chosen row's reason."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.domain.findings import ReasonCode
from desktop.domain.verdicts import DecisionKind, RecordVerdict
from desktop.qt.dialogs.same_reason import SameReasonDialog
from desktop.qt.pages.base import Page
from desktop.services.wording import CHIPS

_WAIT_MS = 400
"""How long a row must be looked at before its like are counted."""


class SameReasonDesk(QObject):
    """Counts the rows with the chosen row's reason, and decides on them with one reason."""

    def __init__(
        self,
        page: Page,
        *,
        record: Callable[[], RecordVerdict | None],
        ticked: Callable[[], Collection[str]],
        counted: Callable[[int], None],
    ) -> None:
        """Serve a page.

        Args:
            page: Whose dialog it is.
            record: The row chosen.
            ticked: Ids of the people ticked in the queue; empty for everybody.
            counted: Takes how many rows share the reason.
        """
        super().__init__(page)
        self._page, self._record, self._ticked, self._counted = page, record, ticked, counted
        self._known: dict[ReasonCode, tuple] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._count)

    def forget(self) -> None:
        """Count anew: the facts have changed."""
        self._known.clear()

    def look(self) -> None:
        """Another row was chosen: count its like once it stays chosen."""
        self._timer.start()

    @property
    def code(self) -> ReasonCode | None:
        """The chosen row's worst reason; None without one."""
        record = self._record()
        return record.worst_reason if record is not None else None

    def _count(self) -> None:
        code = self.code
        if code is None:
            return
        if code in self._known:
            self._counted(len(self._known[code]))
            return
        services, plan_id = self._page.services, self._page.plan_id

        def show(rows) -> None:
            self._known[code] = tuple(rows)
            if self.code is code:
                self._counted(len(rows))

        self._page.operations.run_read(
            lambda report: services.same_reason_rows(plan_id, code),
            show,
            owner=self._page,
            latest="same-reason",
        )

    def open(self) -> None:
        """List every row with this reason, then decide on them with one written reason."""
        code = self.code
        if code is None:
            return
        services, plan_id = self._page.services, self._page.plan_id
        self._page.operations.run_read(
            lambda report: (
                services.same_reason_rows(plan_id, code),
                services.recent_reasons(plan_id),
            ),
            lambda found: self._show(code, *found),
            words="找同一個原因的列",
            owner=self._page,
        )

    def _show(self, code: ReasonCode, rows, recent) -> None:
        ticked = self._ticked()
        if ticked:
            rows = [row for row in rows if row.employee_id in ticked]
        if not rows:
            self._page.noted.emit("info", f"沒有其他「{CHIPS[code]}」的列要決定。")
            return
        dialog = SameReasonDialog(CHIPS[code], rows, recent=recent, parent=self._page)
        dialog.decided.connect(self._decide)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _decide(self, kind: DecisionKind, keys: Any, reason: str) -> None:
        services, plan_id = self._page.services, self._page.plan_id
        self._page.operations.run_write(
            lambda report: services.decide(plan_id, list(keys), kind=kind, reason=reason),
            lambda change: self._page.done.emit(f"已{kind.word} {len(keys)} 列。"),
            words=f"{kind.word} {len(keys)} 列",
            owner=self._page,
        )
