"""The acts of 敘獎: leaving out and taking in, the order, print, save, export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.qt.dialogs.printing import PrintDialog
from desktop.qt.pages.base import Context, Page
from desktop.qt.pages.forms_acts import ChoosePrinter, send
from desktop.qt.pages.forms_files import WebHrFile
from desktop.qt.printing import PrintJob
from desktop.qt.widgets.basics import announce

if TYPE_CHECKING:
    from desktop.services.issuing import FormCandidate

LISTS, COMMITTEE = "commendations", "committee"
TITLES = {LISTS: "敘獎名冊", COMMITTEE: "獎懲案件審議表"}


class CommendationActs(Page):
    """What 敘獎 does beside showing; the page itself provides the list and the buttons."""

    print_button: QPushButton
    save_button: QPushButton
    sheet_button: QPushButton
    _choose_printer: ChoosePrinter
    _papers: Mapping[str, FormCandidate]

    def __init__(self, context: Context) -> None:
        """Make what the acts need.

        Args:
            context: Services, operations, settings.
        """
        super().__init__(context)
        self.webhr = WebHrFile(self)

    @property
    def paper(self) -> str:
        """Which paper the buttons are about."""
        raise NotImplementedError

    def _say_papers(self) -> None:
        raise NotImplementedError

    def _begin_change(self) -> None:
        """Take the reason away while the act runs, so that it is done once."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read the list and its papers again."""
        raise NotImplementedError

    # ------------------------------------------------------------- who is listed
    def leave_out(self, employee_ids: Sequence[str], reason: str) -> None:
        """Leave people off the list, all with one written reason."""
        services, plan_id = self.services, self.plan_id
        self._change(
            lambda: services.leave_out(plan_id, list(employee_ids), reason=reason), "敘獎不列名"
        )

    def take_in(self, employee_ids: Sequence[str], reason: str) -> None:
        """Put people back on the list."""
        services, plan_id = self.services, self.plan_id
        self._change(
            lambda: services.take_in_again(plan_id, list(employee_ids), reason=reason),
            "恢復敘獎列名",
        )

    def put_in_order(self, by: Any, by_hand: Sequence[str] = ()) -> None:
        """Keep another order of the list."""
        services, plan_id = self.services, self.plan_id
        self.operations.run_write(
            lambda report: services.order_list(plan_id, by=by, by_hand=by_hand),
            words="敘獎排序",
            owner=self,
        )

    def _change(self, act: Callable[[], Any], words: str) -> None:
        self._begin_change()

        def done(change: Any) -> None:
            self.done.emit(f"已{change.act}。")

        def failed(sentence: str) -> None:
            self.noted.emit("fail", sentence)
            self.reload()

        self.operations.run_write(
            lambda report: act(), done, words=words, owner=self, on_failure=failed
        )

    # ------------------------------------------------------------------ going out
    def ask_how_to_print(self, parent: QWidget, title: str) -> PrintJob | None:
        """Ask for printer, copies and sides; None when the clerk changes their mind."""
        dialog = PrintDialog(
            title,
            settings=self.context.settings,
            pages=0,
            calibrate=lambda printer, over: self.noted.emit("info", "請到申請表頁校正印表機。"),
            parent=parent,
        )
        dialog.pages.setEnabled(False)
        dialog.exec()
        return dialog.job

    def print_lists(self) -> None:
        """Ask how, then number, log and print the paper shown."""
        candidate, paper = self._papers.get(self.paper), self.paper
        if candidate is None or not candidate.is_printable:
            return
        job = self._choose_printer(self, f"列印{TITLES[paper]}")
        if job is None:
            return
        services, plan_id = self.services, self.plan_id

        def work(report):
            issued = services.issue_forms(
                plan_id, (candidate.key,), with_stamp=False, paper=paper, progress=report
            )
            send(issued.pdf, issued.documents, job, services, report)
            return issued

        self._go_out(work, f"列印{TITLES[paper]}", lambda i: f"已列印 {'、'.join(i.numbers)}。")

    def save_lists(self) -> None:
        """Ask where, then number, log and save the paper shown as a PDF."""
        title = TITLES[self.paper]
        name, _ = QFileDialog.getSaveFileName(
            self, f"把{title}存成 PDF", f"{title}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_lists_to(Path(name))

    def save_lists_to(self, path: Path) -> None:
        """Number, log and save the paper shown."""
        candidate, paper = self._papers.get(self.paper), self.paper
        if candidate is None or not candidate.is_printable:
            return
        services, plan_id = self.services, self.plan_id

        def work(report):
            issued = services.save_forms(
                plan_id, (candidate.key,), with_stamp=False, paper=paper, progress=report
            )
            path.write_bytes(issued.pdf)
            return issued

        self._go_out(
            work,
            f"儲存{TITLES[paper]}",
            lambda issued: f"已存成「{path.name}」，編號 {'、'.join(issued.numbers)}。",
        )

    def export_sheet(self) -> None:
        """Ask where, then save both lists as a workbook."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            "把敘獎名冊存成試算表",
            "敘獎建議名冊.xlsx",
            "Excel 活頁簿 (*.xlsx);;開放文件試算表 (*.ods)",
        )
        if name:
            self.export_sheet_to(Path(name))

    def export_sheet_to(self, path: Path) -> None:
        """Make the workbook off the UI thread, then keep it, whole or not at all."""
        services, plan_id = self.services, self.plan_id
        is_ods = path.suffix.lower() == ".ods"

        def keep(content: bytes) -> None:
            self.operations.run_write(
                lambda report: services.save_commendation_workbook(plan_id, path, content),
                lambda _: self._tell(f"已把敘獎名冊存成「{path.name}」。"),
                words="儲存敘獎名冊",
                owner=self,
                on_failure=lambda sentence: self.noted.emit("fail", sentence),
            )

        self.operations.run_read(
            lambda report: services.commendation_workbook(plan_id, is_ods=is_ods, progress=report),
            keep,
            words="製作敘獎名冊",
            owner=self,
            can_cancel=True,
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _go_out(self, work: Any, words: str, told: Callable[[Any], str]) -> None:
        for one in (self.print_button, self.save_button):
            one.setEnabled(False)
        job = self.operations.run_write(
            work,
            lambda result: self._tell(told(result)),
            words=words,
            owner=self,
            can_cancel=True,
        )
        job.over.connect(self._say_papers)

    def _tell(self, sentence: str) -> None:
        self.noted.emit("pass", sentence)
        announce(self, sentence)
