"""The acts of 申請表 that send paper out: print, save, calibrate, cancel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QPushButton, QWidget

from desktop.qt.dialogs.issued import IssuedDialog
from desktop.qt.dialogs.printing import PrintDialog
from desktop.qt.pages.base import Page
from desktop.qt.pages.calibration_desk import open_calibration
from desktop.qt.pages.forms_stamps import StampDesk
from desktop.qt.printing import PrintJob, print_pages
from desktop.qt.widgets.basics import announce

if TYPE_CHECKING:
    from desktop.qt.models.tables import TableModel
    from desktop.qt.services import Services

ROUND = "round"
SHAPE = "forms/stamp shape"

ChoosePrinter = Callable[[QWidget, str], PrintJob | None]


class FormsActs(Page):
    """What 申請表 does beside showing; the page itself provides the list and the buttons."""

    table: TableModel
    print_button: QPushButton
    save_button: QPushButton
    each_button: QPushButton
    stamp: QCheckBox
    shape: QComboBox
    stamps: StampDesk
    _choose_printer: ChoosePrinter
    _paper: str
    _page_count: int
    _previewed: tuple[str, ...]
    issued_dialog: IssuedDialog | None = None

    @property
    def paper_title(self) -> str:
        """The kind of paper shown, in words."""
        raise NotImplementedError

    def _ticks_changed(self) -> None:
        raise NotImplementedError

    def stamp_choices(self) -> dict[str, Any]:
        """What goes onto the papers: check stamp, its shape, stamp pictures."""
        return {
            "with_stamp": self.stamp.isChecked(),
            "has_round_stamp": self.shape.currentData() == ROUND,
            "seals": self.stamps.opened,
        }

    # ----------------------------------------------------------------- printing
    def ask_how_to_print(self, parent: QWidget, title: str) -> PrintJob | None:
        """Ask for printer, pages, copies and sides; None when the clerk changes their mind."""
        # How many pages there are is known while the preview shows all that is ticked.
        shown = set(self._previewed) == set(self.table.ticked)
        dialog = PrintDialog(
            title,
            settings=self.context.settings,
            pages=self._page_count if shown else 0,
            calibrate=self._calibrate_over,
            parent=parent,
        )
        count = self._page_count if shown else 0
        dialog.check_pages_by(lambda words: self.services.pages_fault(words, count))
        dialog.exec()
        return dialog.job

    def print_forms(self) -> None:
        """Ask how, then number, log and print the ticked forms."""
        keys = self.table.ticked
        if not keys:
            return
        job = self._choose_printer(self, f"列印 {len(keys)} 份{self.paper_title}")
        if job is None:
            return
        services, plan_id = self.services, self.plan_id
        stamped = self.stamp_choices()
        paper = self._paper

        def work(report):
            chosen, pages = keys, None
            if job.pages:
                # What is not printed gets no number: which documents have a page among these?
                shown = services.preview_forms(
                    plan_id, keys, **stamped, paper=paper, progress=report
                )
                chosen, pages = services.chosen_pages(job.pages, shown)
            issued = services.issue_forms(plan_id, chosen, **stamped, paper=paper, progress=report)
            send(issued.pdf, issued.documents, job, services, report, pages)
            return issued

        self._run(work, f"列印 {len(keys)} 份", lambda issued: f"已列印 {len(issued.numbers)} 份")

    # ------------------------------------------------------------------- saving
    def save_one(self) -> None:
        """Save the ticked forms as one PDF."""
        keys = self.table.ticked
        if not keys:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            f"把 {len(keys)} 份{self.paper_title}存成一個 PDF",
            f"{self.paper_title}.pdf",
            "PDF (*.pdf)",
        )
        if name:
            self.save_one_to(Path(name))

    def save_one_to(self, path: Path) -> None:
        """Number, log and save the ticked forms as one PDF."""
        keys, services, plan_id = self.table.ticked, self.services, self.plan_id
        stamped, paper = self.stamp_choices(), self._paper

        def work(report):
            issued = services.save_forms(plan_id, keys, **stamped, paper=paper, progress=report)
            path.write_bytes(issued.pdf)
            return issued

        words = f"儲存 {len(keys)} 份"
        self._run(work, words, lambda issued: f"已把 {len(issued.numbers)} 份存成「{path.name}」")

    def save_each(self) -> None:
        """Save one PDF a person."""
        if not self.table.ticked:
            return
        name = QFileDialog.getExistingDirectory(self, "每人一個 PDF，存到哪個資料夾")
        if name:
            self.save_each_to(Path(name))

    def save_each_to(self, folder: Path) -> None:
        """Number, log and save the ticked forms, one PDF a person."""
        keys, services, plan_id = self.table.ticked, self.services, self.plan_id
        stamped, paper = self.stamp_choices(), self._paper

        def work(report):
            files, change = services.issue_forms_each(
                plan_id, keys, **stamped, paper=paper, progress=report
            )
            for name, content in files:
                (folder / name).write_bytes(content)
            return files, change

        self._run(work, f"儲存 {len(keys)} 份", lambda result: f"已存成 {len(result[0])} 個 PDF")

    def _run(self, work: Any, words: str, done_words: Callable[[Any], str]) -> None:
        for one in (self.print_button, self.save_button, self.each_button):
            one.setEnabled(False)

        def done(result: Any) -> None:
            sentence = f"{done_words(result)}。"
            self.noted.emit("pass", sentence)
            announce(self, sentence)

        job = self.operations.run_write(work, done, words=words, owner=self, can_cancel=True)
        job.over.connect(self._ticks_changed)

    # -------------------------------------------------------------- calibration
    def calibrate(self) -> None:
        """Put a printer's pages right, without printing anything else."""
        dialog = PrintDialog(
            "印表機校正",
            settings=self.context.settings,
            pages=0,
            calibrate=self._calibrate_over,
            parent=self,
        )
        dialog.accept_button.hide()
        dialog.open()

    def _calibrate_over(self, printer: str, over: PrintDialog) -> None:
        dialog = open_calibration(self, printer, over=over)
        if dialog is not None:
            dialog.finished.connect(lambda _: over.show_offset())

    # ---------------------------------------------------------------- cancelling
    def show_issued(self) -> None:
        """List what went out, for looking up and for cancelling."""
        services, plan_id = self.services, self.plan_id
        self.operations.run_read(
            lambda report: services.issued_documents(plan_id),
            self._show_issued,
            words="讀取已發出的文件",
            owner=self,
            latest="issued",
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _show_issued(self, entries) -> None:
        if self.issued_dialog is not None and self.issued_dialog.isVisible():
            self.issued_dialog.take(entries)
            return
        self.issued_dialog = IssuedDialog(entries, cancel=self._cancel_document, parent=self)
        self.issued_dialog.open()

    def _cancel_document(self, number: str, reason: str) -> None:
        job = self._choose_printer(self.issued_dialog or self, f"列印 {number} 的註銷單")
        if job is None:
            return
        services = self.services

        def work(report):
            slip = services.cancel_document(number, reason=reason)
            send(slip.pdf, slip.documents, job, services, report)
            return slip

        def done(slip) -> None:
            self.noted.emit("pass", f"「{number}」已註銷，註銷單編號 {slip.number}。")
            self.show_issued()

        self.operations.run_write(work, done, words=f"註銷 {number}", owner=self)


def send(
    pdf: bytes,
    documents: tuple[int, ...],
    job: PrintJob,
    services: Services,
    report=None,
    pages: tuple[int, ...] | None = None,
) -> int:
    """Send documents to the printer as the clerk chose; returns how many sides."""
    run = services.print_run(
        documents,
        pages=pages,
        copies=job.copies,
        is_duplex=job.is_duplex,
        is_collated=job.is_collated,
    )
    return print_pages(pdf, job.printer, report, run=run, offset=job.offset)
