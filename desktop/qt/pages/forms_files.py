"""Files beside the paper of 申請表: the WebHR file out, scans of stamped sheets in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop.qt.dialogs.returned import ReturnedDialog
from desktop.qt.dialogs.webhr import WebHrActs, WebHrDialog
from desktop.qt.pages.base import Page
from desktop.qt.pages.ledger_acts import REGISTER

if TYPE_CHECKING:
    from desktop.services.stamped_sheets import AttachedSheets, FoundSheet
    from desktop.services.webhr import WebHrChoices, WebHrDraft, WebHrEntry

AGENCY_CODE = "webhr/agency_code"
SCANS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})


class WebHrFile:
    """From 敘獎名冊 to the file that WebHR takes."""

    def __init__(self, page: Page) -> None:
        """Serve a page."""
        self._page = page
        self.dialog: WebHrDialog | None = None

    def open(self) -> None:
        """Gather the commendations, then show them."""
        page = self._page
        services, plan_id = page.services, page.plan_id
        page.operations.run_read(
            lambda report: services.webhr_draft(plan_id),
            self._show,
            words="整理敘獎",
            owner=page,
            latest="webhr",
            on_failure=lambda sentence: page.noted.emit("fail", sentence),
        )

    def _show(self, draft: WebHrDraft) -> None:
        page = self._page
        if not draft.entries:
            page.noted.emit("info", "這個計畫目前沒有確定的敘獎，沒有可以匯入 WebHR 的資料。")
            return
        self.dialog = WebHrDialog(
            draft,
            agency_code=str(page.context.settings.value(AGENCY_CODE, "")),
            acts=WebHrActs(
                check=lambda entries, choices: page.services.check_webhr(draft, entries, choices),
                read_numbers=self._read_numbers,
                save=self._save,
                choices_of=page.services.webhr_choices,
            ),
            parent=page,
        )
        self.dialog.open()

    def _read_numbers(self, path: Path, done: Callable[[WebHrDraft], None]) -> None:
        page, dialog = self._page, self.dialog
        if dialog is None:
            return
        draft = replace(dialog._draft, entries=dialog.model.entries)

        def read(report):
            numbers = page.services.identity_numbers_of(path.name, path.read_bytes())
            return page.services.with_identity_numbers(draft, numbers, source=f"「{path.name}」")

        page.operations.run_read(
            read,
            done,
            words="讀取身分證號",
            owner=page,
            latest="webhr numbers",
            on_failure=lambda sentence: page.noted.emit("fail", sentence),
        )

    def _save(self, path: Path, entries: Sequence[WebHrEntry], choices: WebHrChoices) -> None:
        page, dialog = self._page, self.dialog
        if dialog is None:
            return
        services, plan_id, draft = page.services, page.plan_id, dialog._draft
        page.context.settings.setValue(AGENCY_CODE, choices.agency_code)

        words = f"已把 {len(entries)} 列敘獎存成「{path.name}」，請到 WebHR 匯入，用完刪除檔案。"
        page.operations.run_write(
            lambda report: services.export_webhr(plan_id, draft, entries, choices, path),
            lambda _: page.noted.emit("pass", words),
            words="儲存 WebHR 匯入檔",
            owner=page,
        )


class ReturnedSheets:
    """From scans of sheets that came back to their cases."""

    def __init__(self, page: Page) -> None:
        """Serve a page."""
        self._page = page
        self.dialog: ReturnedDialog | None = None

    def open(self) -> None:
        """Ask for scans, then read them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._page,
            "核章回件的掃描檔",
            "",
            "掃描檔 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp)",
        )
        if names:
            self.read([Path(name) for name in names])

    def take(self, paths: Sequence[Path]) -> None:
        """Take files dropped on the page: scans of our sheets, else evidence for 匯入."""
        if all(path.suffix.lower() in SCANS for path in paths):
            self.read(paths, else_import=True)
        else:
            self._page.asked.emit("import", list(paths))

    def read(self, paths: Sequence[Path], *, else_import: bool = False) -> None:
        """Read scans and show what they are.

        Args:
            paths: Pictures and PDFs.
            else_import: Whether files without any sheet of ours go on to 匯入.
        """
        page = self._page
        services = page.services

        def show(sheets: Sequence[FoundSheet]) -> None:
            if else_import and not any(sheet.is_found for sheet in sheets):
                page.asked.emit("import", list(paths))
            else:
                self._show(sheets)

        page.operations.run_read(
            lambda report: services.read_sheets(paths, progress=report),
            show,
            words="讀取核章回件",
            owner=page,
            latest="returned",
            on_failure=lambda sentence: page.noted.emit("fail", sentence),
        )

    def _show(self, sheets: Sequence[FoundSheet]) -> None:
        self.dialog = ReturnedDialog(sheets, attach=self._attach, parent=self._page)
        self.dialog.open()

    def _attach(self, sheets: Sequence[FoundSheet]) -> None:
        page = self._page
        services = page.services

        def done(result: AttachedSheets) -> None:
            words = [f"已歸檔 {len(result.attached)} 份，{len(result.stamped)} 件登記為核章。"]
            if result.known:
                words.append(f"{len(result.known)} 份先前歸檔過。")
            if result.stamped and not result.remarks:
                page.offered.emit("".join(words), "登錄核給…", "ledger", REGISTER)
            else:
                page.noted.emit("review" if result.remarks else "pass", "".join(words))
            for remark in result.remarks[:2]:
                page.noted.emit("review", remark)

        page.operations.run_write(
            lambda report: services.attach_sheets(sheets), done, words="歸檔核章回件", owner=page
        )
