"""The acts of 補休帳: recording, granting, reversing, moving, and the papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QWidget

from desktop.qt.dialogs.ledger_acts import (
    AdvanceDialog,
    ReverseDialog,
    TransferInDialog,
    TransferOutDialog,
)
from desktop.qt.dialogs.ledger_lists import (
    AttendanceDialog,
    ExpiringDialog,
    GrantsDialog,
    OwedDialog,
)
from desktop.qt.dialogs.ledger_papers import FILES, CardDialog, RegisterDialog
from desktop.qt.dialogs.printing import PrintDialog
from desktop.qt.pages.base import Page
from desktop.qt.pages.forms_acts import ChoosePrinter, send
from desktop.qt.printing import PrintJob
from desktop.qt.widgets.basics import announce

if TYPE_CHECKING:
    from desktop.qt.pages.ledger_use import UsePane
    from desktop.services.ledger_view_values import LedgerCard, LineView


REGISTER = "act:register"
"""What another page asks 補休帳 for to have the grants registered that were stamped."""

NOBODY = "先選一個人；名單是空的時候，按「登錄核給」或「看全部的人」。"


class LedgerActs(Page):
    """What 補休帳 does beside showing; the page itself provides the list and the card."""

    use: UsePane
    dialog: QDialog | None = None
    today: date
    plan_title: str
    _card: LedgerCard | None
    _choose_printer: ChoosePrinter

    def show_person(self, employee_id: str) -> None:
        """Show one person's card."""
        raise NotImplementedError

    @property
    def line(self) -> LineView | None:
        """The line chosen."""
        raise NotImplementedError

    # ------------------------------------------------------------------- recording
    def preview_use(self, day: date, hours: int) -> None:
        """Ask what a use would take."""
        if self._card is None:
            return
        services, owner = self.services, self._card.person.employee_id
        self.operations.run_read(
            lambda report: services.preview_use(owner, day, hours),
            self.use.show_preview,
            words="試算使用",
            owner=self,
            latest="ledger-use",
        )

    def record_use(self, values: dict[str, Any]) -> None:
        """Record a use; it can be undone by a reversing entry."""
        if self._card is None:
            return
        services, person = self.services, self._card.person
        hours = values["hours"]
        self.use.record_button.setEnabled(False)

        def done(_change) -> None:
            self.use.clear()
            self.done.emit(f"已登記{person.name}使用 {hours} 時。")

        self._write(
            lambda: services.record_use(person.employee_id, **values), f"登記使用 {hours} 時", done
        )

    def record_from_attendance(self) -> None:
        """Record uses that the attendance system's export tells of."""
        services = self.services
        self._read(lambda: services.attendance_uses(), self._show_attendance, "讀取差勤的公假補休")

    def _show_attendance(self, rows) -> None:
        dialog = AttendanceDialog(rows, parent=self)
        services = self.services

        def go(keys) -> None:
            words = f"由差勤登記使用 {len(keys)} 筆"
            self._write(
                lambda: services.record_attendance_uses(keys),
                words,
                lambda _: self.done.emit(f"已{words}。"),
            )

        dialog.wanted.connect(go)
        self._open(dialog)

    def use_in_advance(self) -> None:
        """Record hours used before they are granted."""
        if self._card is None:
            self.noted.emit("info", NOBODY)
            return
        person, services, plan_id = self._card.person, self.services, self.plan_id
        dialog = AdvanceDialog(person.name, self.plan_title, today=self.today, parent=self)

        def go(values) -> None:
            day, hours = values.pop("day"), values.pop("hours")
            self._write(
                lambda: services.record_advance_use(
                    plan_id, person.employee_id, day, hours, **values
                ),
                f"登記先行補休 {hours} 時",
                lambda _: self.done.emit(f"已登記{person.name}先行補休 {hours} 時。"),
            )

        dialog.wanted.connect(go)
        self._open(dialog)

    # ------------------------------------------------------------------- granting
    def register_grants(self) -> None:
        """Enter grants whose applications were stamped."""
        services, plan_id = self.services, self.plan_id
        self._read(
            lambda: services.grant_candidates(plan_id), self._show_candidates, "整理可核給的補休"
        )

    def _show_candidates(self, candidates) -> None:
        dialog = GrantsDialog(candidates, today=self.today, parent=self)
        services, plan_id = self.services, self.plan_id

        def go(keys, day, number) -> None:
            def told(outcome) -> None:
                self._tell(f"已{outcome.change.act}。")
                for remark in outcome.remarks:
                    self.noted.emit("info", remark)

            self._write(
                lambda: services.register_grants(plan_id, keys, day=day, document_number=number),
                f"登錄核給 {len(keys)} 筆",
                told,
            )

        dialog.wanted.connect(go)
        self._open(dialog)

    # ------------------------------------------------------------------- reversing
    def reverse_line(self) -> None:
        """Take the line chosen back."""
        line, services = self.line, self.services
        if line is None or not line.can_be_reversed:
            self.noted.emit(
                "info",
                NOBODY if self._card is None else "先選一列可以沖銷的帳；已沖銷的列不能再沖。",
            )
            return
        self._read(
            lambda: services.preview_reversal(line.entry_id),
            lambda shown: self._ask_reversal(line.entry_id, shown),
            "查看要沖銷的列",
        )

    def _ask_reversal(self, entry_id: str, shown) -> None:
        if shown.sentence:
            self.noted.emit("review", shown.sentence)
            return
        dialog = ReverseDialog(shown.words, shown.hours, today=self.today, parent=self)
        services = self.services
        dialog.wanted.connect(
            lambda values: self._write(
                lambda: services.reverse_entry(entry_id, **values),
                f"沖銷 {shown.words}",
                lambda change: self._tell(f"已{change.act}。"),
            )
        )
        self._open(dialog)

    # ------------------------------------------------------------------- moving
    def transfer_out(self) -> None:
        """Hand everything a person has left over to another office."""
        if self._card is None:
            self.noted.emit("info", NOBODY)
            return
        person, services = self._card.person, self.services
        dialog = TransferOutDialog(person.name, self._card.remaining, today=self.today, parent=self)
        dialog.wanted.connect(
            lambda values: self._write(
                lambda: services.transfer_out(person.employee_id, values.pop("day"), **values),
                "轉出補休",
                lambda change: self._tell(f"{person.name}已{change.act}。"),
            )
        )
        self._open(dialog)

    def transfer_in(self) -> None:
        """Take over what a person brings along."""
        if self._card is None:
            self.noted.emit("info", NOBODY)
            return
        person, services, plan_id = self._card.person, self.services, self.plan_id
        dialog = TransferInDialog(person.name, self.plan_title, today=self.today, parent=self)

        def go(values) -> None:
            day, hours = values.pop("day"), values.pop("hours")
            own = plan_id if values.pop("is_of_plan") else ""
            self._write(
                lambda: services.transfer_in(person.employee_id, day, hours, plan_id=own, **values),
                f"轉入補休 {hours} 時",
                lambda change: self._tell(f"{person.name}已{change.act}。"),
            )

        dialog.wanted.connect(go)
        self._open(dialog)

    # ------------------------------------------------------------------- lists
    def show_expiring(self) -> None:
        """List what lapses soon."""
        services = self.services

        def read(days: int, show: Callable) -> None:
            self._read(lambda: services.expiring(days), show, "讀取即將到期的補休", "expiring")

        dialog = ExpiringDialog(read, parent=self)
        dialog.person_chosen.connect(self.show_person)
        self._open(dialog)

    def show_owed(self) -> None:
        """List the evidence that is owed."""
        services = self.services

        def show(lines) -> None:
            dialog = OwedDialog(lines, parent=self)
            dialog.person_chosen.connect(self.show_person)
            self._open(dialog)

        self._read(lambda: services.owed_evidence(), show, "讀取欠繳的證明")

    # ------------------------------------------------------------------- papers
    def show_card_paper(self) -> None:
        """Show the card as it prints."""
        if self._card is None:
            self.noted.emit("info", NOBODY)
            return
        person, services, plan_id = self._card.person, self.services, self.plan_id
        owner = person.employee_id

        def read(day: date, show: Callable) -> None:
            self._read(
                lambda: services.preview_card(plan_id, owner, day=day), show, "製作紀錄卡", "card"
            )

        dialog = CardDialog(person.name, today=self.today, read=read, parent=self)

        def print_it(day: date) -> None:
            job = self._choose_printer(dialog, f"列印{person.name}的補休紀錄卡")
            if job is None:
                return

            def work():
                paper = services.issue_card(plan_id, owner, day=day)
                send(paper.pdf, paper.documents, job, services)
                return paper

            self._write(work, "列印補休紀錄卡", lambda p: self._tell(f"已列印 {p.number}。"))
            dialog.accept()

        def save_it(day: date, path: Path) -> None:
            def work():
                paper = services.save_card(plan_id, owner, day=day)
                path.write_bytes(paper.pdf)
                return paper

            words = f"已存成「{path.name}」"
            self._write(work, "儲存補休紀錄卡", lambda p: self._tell(f"{words}，編號 {p.number}。"))
            dialog.accept()

        dialog.print_wanted.connect(print_it)
        dialog.save_wanted.connect(save_it)
        self._open(dialog)

    def show_register(self) -> None:
        """Show the register of a month's grants."""
        services, plan_id = self.services, self.plan_id
        self._read(
            lambda: services.register_period(plan_id),
            lambda days: self._show_register(*days),
            "讀取核給期間",
        )

    def _show_register(self, first_day: date, last_day: date) -> None:
        services, plan_id = self.services, self.plan_id

        def read(first: date, last: date, show: Callable) -> None:
            self.operations.run_read(
                lambda report: services.preview_register(plan_id, first, last),
                show,
                words="製作清冊",
                owner=self,
                latest="register",
                on_failure=lambda sentence: show(None, sentence),
            )

        dialog = RegisterDialog(first_day, last_day, read=read, parent=self)

        def print_it(first: date, last: date) -> None:
            job = self._choose_printer(dialog, "列印補休核給清冊")
            if job is None:
                return

            def work():
                files = services.print_register(plan_id, first, last)
                send(files.pdf, files.documents, job, services)
                return files

            self._write(work, "列印補休核給清冊", lambda f: self._tell(f"已列印 {f.number}。"))
            dialog.accept()

        def save_it(first: date, last: date, kinds, folder: Path) -> None:
            self.save_register_to(first, last, kinds, folder)
            dialog.accept()

        dialog.print_wanted.connect(print_it)
        dialog.save_wanted.connect(save_it)
        self._open(dialog)

    def save_register_to(
        self, first: date, last: date, kinds: tuple[str, ...], folder: Path
    ) -> None:
        """Number, log and save the register in these kinds of file."""
        services, plan_id = self.services, self.plan_id

        def work():
            files = services.issue_register(plan_id, first, last)
            for kind, _, name in FILES:
                if kind in kinds:
                    (folder / name).write_bytes(getattr(files, kind))
            return files

        words = f"已把清冊存成 {len(kinds)} 個檔案"
        self._write(work, "匯出補休核給清冊", lambda f: self._tell(f"{words}，編號 {f.number}。"))

    def ask_how_to_print(self, parent: QWidget, title: str) -> PrintJob | None:
        """Ask for printer, pages, copies and sides; None when the clerk changes their mind."""
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

    # ------------------------------------------------------------------- ways
    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _tell(self, sentence: str) -> None:
        self.noted.emit("pass", sentence)
        announce(self, sentence)

    def _read(self, work: Callable, show: Callable, words: str, latest: str = "") -> None:
        self.operations.run_read(
            lambda report: work(),
            show,
            words=words,
            owner=self,
            latest=latest and f"ledger-{latest}",
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _write(self, work: Callable, words: str, done: Callable) -> None:
        self.operations.run_write(
            lambda report: work(),
            done,
            words=words,
            owner=self,
            on_failure=lambda sentence: self.noted.emit("review", sentence),
        )
