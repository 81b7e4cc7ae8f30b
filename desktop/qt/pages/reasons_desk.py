"""What pages share about reasons: the templates' dialog and the commendation list's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.qt.dialogs.commended import CommendedDialog
from desktop.qt.dialogs.reason_templates import ReasonTemplatesDialog
from desktop.qt.pages.base import Page


class ReasonsDesk:
    """Keeps the templates of reasons; opened by a page."""

    def __init__(
        self, page: Page, *, changed: Callable[[], None], words: Callable[[], str]
    ) -> None:
        """Serve a page.

        Args:
            page: Whose dialog it is.
            changed: Called after the templates changed.
            words: The reason in hand.
        """
        self._page, self._changed, self._words = page, changed, words
        self.dialog: ReasonTemplatesDialog | None = None

    def open(self) -> None:
        """Read the templates, then show them."""
        self._read(self._show)

    def _read(self, then: Callable[[Sequence], None]) -> None:
        page, services = self._page, self._page.services
        page.operations.run_read(
            lambda report: services.reason_templates(),
            then,
            words="讀取理由範本",
            owner=page,
            latest="reason_templates",
        )

    def _show(self, templates: Sequence) -> None:
        self.dialog = ReasonTemplatesDialog(templates, words=self._words(), parent=self._page)
        self.dialog.kept.connect(self._keep)
        self.dialog.dropped.connect(self._drop)
        self.dialog.open()

    def _keep(self, words: str) -> None:
        services = self._page.services
        self._write(lambda: services.keep_reason(words), "加入理由範本")

    def _drop(self, template_id: str) -> None:
        services = self._page.services
        self._write(lambda: services.drop_reason(template_id), "移除理由範本")

    def _write(self, act: Callable[[], object], words: str) -> None:
        self._page.operations.run_write(
            lambda report: act(), lambda _: self._written(), words=words, owner=self._page
        )

    def _written(self) -> None:
        self._changed()
        if self.dialog is not None:
            self._read(self.dialog.show_templates)


class CommendedDesk:
    """Who stands on the commendation list; opened by a page."""

    def __init__(self, page: Page) -> None:
        """Serve a page."""
        self._page = page
        self.dialog: CommendedDialog | None = None

    def open(self) -> None:
        """Read who may be commended, then show them."""
        page = self._page
        services, plan_id = page.services, page.plan_id
        page.operations.run_read(
            lambda report: (
                services.commendable(plan_id),
                services.offered_reasons(plan_id),
            ),
            lambda found: self._show(*found),
            words="整理敘獎",
            owner=page,
            latest="commendable",
        )

    def _show(self, people: Sequence, reasons: Sequence[str]) -> None:
        page = self._page
        if not people:
            page.noted.emit("info", "這個計畫目前沒有確定的敘獎。")
            return
        self.dialog = CommendedDialog(people, reasons=reasons, parent=page)
        self.dialog.left_out.connect(lambda ids, why: self._write("leave_out", ids, why))
        self.dialog.taken_in.connect(lambda ids, why: self._write("take_in_again", ids, why))
        self.dialog.open()

    def _write(self, act: str, employee_ids: Sequence[str], reason: str) -> None:
        page = self._page
        services, plan_id = page.services, page.plan_id
        page.operations.run_write(
            lambda report: getattr(services, act)(plan_id, list(employee_ids), reason=reason),
            lambda change: self._written(change.act),
            words="敘獎列名",
            owner=page,
        )

    def _written(self, act: str) -> None:
        page = self._page
        services, plan_id = page.services, page.plan_id
        page.done.emit(f"已{act}。")
        page.operations.run_read(
            lambda report: services.commendable(plan_id),
            lambda people: self.dialog.show_people(people) if self.dialog is not None else None,
            words="整理敘獎",
            owner=page,
            latest="commendable",
        )
