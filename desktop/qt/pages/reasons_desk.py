"""What pages share about reasons: the dialog of their templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
