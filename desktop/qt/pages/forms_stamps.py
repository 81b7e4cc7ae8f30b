"""Stamp pictures on 申請表: opened for this page, placed at the next print."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.qt.dialogs.stamps import StampActs, StampDialog
from desktop.qt.pages.base import Page

if TYPE_CHECKING:
    from desktop.services.stamp_pictures import OpenedStamp


class StampDesk:
    """Opened stamps of this session of the page; none is remembered beyond it.

    Attributes:
        opened: Those that go onto the next papers.
    """

    def __init__(
        self, page: Page, changed: Callable[[], None], *, is_for_print: bool = True
    ) -> None:
        """Serve a page.

        Args:
            page: Whose papers are stamped.
            changed: Called when other stamps are open, or others are there.
            is_for_print: Whether stamps are opened here; otherwise only put in and withdrawn.
        """
        self._page = page
        self._changed = changed
        self._is_for_print = is_for_print
        self.opened: tuple[OpenedStamp, ...] = ()
        self.dialog: StampDialog | None = None

    @property
    def words(self) -> str:
        """Which stamps go onto the next papers."""
        return "、".join(f"{one.title}（{one.box}）" for one in self.opened) or "不蓋"

    def clear(self) -> None:
        """Put every stamp away."""
        self.opened = ()
        self._changed()

    def open(self) -> None:
        """Show the stamps there are."""
        self._read(self._show)

    def _read(self, done: Callable[[Any], None]) -> None:
        page = self._page
        services = page.services
        page.operations.run_read(
            lambda report: services.stamp_pictures(),
            done,
            words="讀取職名章",
            owner=page,
            latest="stamps",
            on_failure=lambda sentence: page.noted.emit("fail", sentence),
        )

    def _show(self, stamps) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.take(stamps)
            return
        self.dialog = StampDialog(
            stamps,
            boxes=self._page.services.stamp_boxes,
            acts=StampActs(
                use=self._use if self._is_for_print else None,
                add=self._add,
                withdraw=self._withdraw,
            ),
            parent=self._page,
        )
        self.dialog.open()

    def _fault(self, sentence: str) -> None:
        if self.dialog is not None:
            self.dialog.say_fault(sentence)

    def _use(self, stamp_id: str, password: str, box: str, reason: str) -> None:
        services = self._page.services

        def done(stamp: OpenedStamp) -> None:
            others = tuple(one for one in self.opened if one.box != stamp.box)
            self.opened = (*others, stamp)
            self._changed()
            if self.dialog is not None:
                self.dialog.accept()

        self._page.operations.run_read(
            lambda report: services.open_stamp(stamp_id, password=password, box=box, reason=reason),
            done,
            words="打開職名章",
            owner=self._page,
            on_failure=self._fault,
        )

    def _add(self, title: str, picture: bytes, password: str) -> None:
        services = self._page.services
        self._page.operations.run_write(
            lambda report: services.add_stamp_picture(
                title=title, picture=picture, password=password
            ),
            lambda _: self._kept(),
            words="放入職名章",
            owner=self._page,
            on_failure=self._fault,
        )

    def _kept(self) -> None:
        if self.dialog is not None:
            self.dialog.tabs.setCurrentIndex(0)
        if not self._is_for_print:
            self._changed()
        self.open()

    def _withdraw(self, stamp_id: str, reason: str) -> None:
        services = self._page.services

        def done(_: object) -> None:
            self.opened = tuple(one for one in self.opened if one.stamp_id != stamp_id)
            self._changed()
            self.open()

        self._page.operations.run_write(
            lambda report: services.withdraw_stamp_picture(stamp_id, reason=reason),
            done,
            words="停用職名章",
            owner=self._page,
            on_failure=self._fault,
        )
