"""Two readings of one course in 審核: whether the later one corrects the earlier."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.domain.successions import SuccessionAnswer
from desktop.domain.verdicts import RecordVerdict
from desktop.qt.dialogs.correcting import CorrectingDialog
from desktop.qt.pages.base import Page

if TYPE_CHECKING:
    from desktop.services.resubmitting import Resubmission
    from desktop.services.verifying import Case


class CorrectionsDesk:
    """Asks about a row and another of its course, and keeps the answer."""

    def __init__(
        self,
        page: Page,
        *,
        record: Callable[[], RecordVerdict | None],
        case: Callable[[], Case | None],
    ) -> None:
        """Serve a page.

        Args:
            page: Whose dialog it is.
            record: The row chosen.
            case: The person's case.
        """
        self._page, self._record, self._case = page, record, case

    def questions(self, record: RecordVerdict) -> list[Resubmission]:
        """What is asked about a record and another of its course."""
        case = self._case()
        if case is None:
            return []
        place = record.row.place
        return [
            one for one in case.questions if place in (one.earlier.row.place, one.later.row.place)
        ]

    def dialog(self) -> CorrectingDialog | None:
        """The dialog for the current row; None when nothing is asked about it."""
        record = self._record()
        pairs = self.questions(record) if record is not None else []
        if not pairs:
            self._page.noted.emit("info", "這一列沒有時間不同的另一份紀錄要問。")
            return None
        dialog = CorrectingDialog(pairs, parent=self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(self._answer)
        return dialog

    def _answer(self, pairs, answer: SuccessionAnswer, reason: str) -> None:
        services = self._page.services
        act = (
            services.replace_forerunners
            if answer is SuccessionAnswer.REPLACES
            else services.keep_both
        )
        self._page.operations.run_write(
            lambda report: act(pairs, reason=reason),
            lambda change: self._page.done.emit(f"已{answer.words}。"),
            words=answer.words,
            owner=self._page,
        )
