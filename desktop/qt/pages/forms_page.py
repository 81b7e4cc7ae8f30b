"""申請表: choose people and sets, see the very pages that print, print or save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.pages.base import Command, Context
from desktop.qt.pages.forms_acts import SHAPE, ChoosePrinter
from desktop.qt.pages.forms_files import ReturnedSheets, WebHrFile
from desktop.qt.pages.forms_panes import NOTHING_TO_PRINT, FormsPanes
from desktop.qt.pages.forms_parts import GlyphWarning
from desktop.qt.pages.forms_stamps import StampDesk
from desktop.qt.pages.import_parts import DropGround
from desktop.qt.widgets.basics import (
    label,
    set_words,
    verdict_icon,
)
from desktop.qt.widgets.short_list import show_every_row

if TYPE_CHECKING:
    from desktop.services.issuing import FormCandidate, PaperChoice

MOST_PREVIEWED = 40
APPLICATIONS = "applications"
"""The kind of paper that is ticked as the page comes up; lists wait until they are wanted."""
COMMENDATIONS = "commendations"
PAPER = "paper:"
"""What stands before the id of a kind of paper that another page asks for."""


class FormsPage(FormsPanes):
    """From verdicts to paper."""

    name = "forms"
    caption = "申請表"
    icon = "document_print"
    help_words = (
        "先選文件（申請表、名冊、通知單），再勾選要印的人和套別，中間就是會印出來的那一份 PDF。"
        "按「列印」或「存成一個 PDF」時才編號並記錄；"
        "內容沒變的再印會標示補印。缺字、造字印不出來的先列在右邊。"
    )

    def __init__(self, context: Context, *, choose_printer: ChoosePrinter | None = None) -> None:
        """Make the page.

        Args:
            context: Services, operations, settings.
            choose_printer: Asks how to print; a test passes its own.
        """
        super().__init__(context)
        self._choose_printer = choose_printer or self.ask_how_to_print
        self.webhr = WebHrFile(self)
        self.returned = ReturnedSheets(self)
        self.drop = DropGround(self)
        self.drop.dropped.connect(self.returned.take)
        self.stamps = StampDesk(self, self._stamps_changed)
        self._all: tuple[FormCandidate, ...] = ()
        self._papers: tuple[PaperChoice, ...] = ()
        self._paper = APPLICATIONS
        self._previewed: tuple[str, ...] = ()
        self._page_count = 0
        self._is_first = True
        self._is_stale = True
        self._wanted = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(200)
        self._timer.timeout.connect(self._read_preview)
        self._build()
        self._wire()

    def _wire(self) -> None:
        self.paper.page_changed.connect(self._page_turned)
        self.papers.currentIndexChanged.connect(lambda _: self._paper_chosen())
        for box in (self.units, self.states):
            box.filter_changed.connect(self._fill)
        self.table.ticked_changed.connect(self._ticks_changed)
        self.table.narrowed.connect(self._ticks_changed)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._row_chosen())
        self.stamp.toggled.connect(lambda _: self._timer.start())
        self.shape.currentIndexChanged.connect(lambda _: self._shape_chosen())
        self.clear_stamps.clicked.connect(self.stamps.clear)
        self.stamps_button.clicked.connect(self.stamps.open)
        self.save_button.clicked.connect(self.save_one)
        self.each_button.clicked.connect(self.save_each)
        self.print_button.clicked.connect(self.print_forms)
        self.webhr_button.clicked.connect(self.webhr.open)
        self.returned_button.clicked.connect(self.returned.open)
        self._offer_papers(())
        self.stack.setCurrentWidget(self.empty)

    # ------------------------------------------------------------------ reading
    def show_plan(self, plan_id: str) -> None:
        """Read the forms of another plan."""
        super().show_plan(plan_id)
        self._is_first = True
        self._paper = APPLICATIONS
        self._reload_when_seen()

    def follow(self, change: ChangeSet) -> None:
        """Read again after decisions, imports and prints."""
        if change.areas - {Area.BACKUPS, Area.VERDICTS}:
            self._reload_when_seen()

    def _reload_when_seen(self) -> None:
        """Read again now, or when the page comes up: nobody waits for what is not in sight."""
        self._is_stale = True
        if self.isVisible():
            self.reload()

    def showEvent(self, event) -> None:
        """Read what changed while the page was away."""
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def reload(self) -> None:
        """Read the forms again."""
        services, plan_id = self.services, self.plan_id
        if not plan_id:
            return
        self._is_stale = False
        wanted = self._paper

        def read(report):
            papers = services.paper_choices(plan_id)
            ids = [paper.id for paper in papers]
            paper = wanted if wanted in ids or not ids else ids[0]
            return papers, paper, services.form_candidates(plan_id, paper=paper)

        self.operations.run_read(
            read,
            self._show_read,
            words="整理文件",
            owner=self,
            latest="forms",
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _show_read(self, found) -> None:
        papers, self._paper, candidates = found
        self._offer_papers(papers)
        self._show_candidates(candidates)

    def _offer_papers(self, papers: tuple[PaperChoice, ...]) -> None:
        """Offer the plan's kinds of paper; a stamp only where one belongs."""
        self._papers = tuple(papers)
        self.papers.blockSignals(True)
        self.papers.clear()
        for paper in self._papers:
            self.papers.addItem(paper.title, paper.id)
        chosen = next((p for p in self._papers if p.id == self._paper), None)
        if chosen is not None:
            self.papers.setCurrentIndex(self._papers.index(chosen))
        self.papers.blockSignals(False)
        self._title.setText(self.paper_title)
        may_be_stamped = chosen is not None and chosen.may_be_stamped
        self.stamp.setVisible(may_be_stamped)
        self.shape.setVisible(may_be_stamped)
        self.webhr_button.setVisible(self._paper == COMMENDATIONS)
        self.commended_button.setVisible(self._paper == COMMENDATIONS)
        if not may_be_stamped:
            self.stamp.blockSignals(True)
            self.stamp.setChecked(False)
            self.stamp.blockSignals(False)

    @property
    def paper_title(self) -> str:
        """The kind of paper shown, in words."""
        return next((p.title for p in self._papers if p.id == self._paper), "申請表")

    def _paper_chosen(self) -> None:
        """Read the papers of another kind."""
        chosen = self.papers.currentData()
        if chosen and chosen != self._paper:
            self._paper = chosen
            self._is_first = True
            self.table.tick(())
            self.reload()

    def _show_candidates(self, candidates) -> None:
        self._all = tuple(candidates)
        can_choose = len(self._papers) > 1 or bool(self._all)
        self.stack.setCurrentWidget(self.splitter if can_choose else self.empty)
        for box, values in (
            (self.units, dict.fromkeys(c.unit for c in self._all)),
            (self.states, dict.fromkeys(c.state for c in self._all)),
        ):
            box.blockSignals(True)
            box.offer((value, value) for value in values)
            box.blockSignals(False)
        self._fill()
        if self._is_first and self._all:
            self._is_first = False
            fresh = [c.key for c in self._all if c.is_printable and not c.times_printed]
            self.table.tick(fresh if self._paper == APPLICATIONS else ())
            row = next((n for n, c in enumerate(self.table.rows) if c.is_printable), 0)
            self.view.selectRow(row)
        self._ticks_changed()
        self._go_to_wanted()
        self._wanted = ""

    def _fill(self) -> None:
        current = self._current()
        units, states = self.units.chosen, self.states.chosen
        shown = [
            c
            for c in self._all
            if (not units or c.unit in units) and (not states or c.state in states)
        ]
        self.table.show_rows(shown)
        rows = self.table.rows
        row = next((n for n, c in enumerate(rows) if current and c.key == current.key), -1)
        if row >= 0:
            self.view.selectRow(row)
        self._ticks_changed()

    def _current(self) -> FormCandidate | None:
        return self.table.row(self.view.currentIndex().row())

    # ------------------------------------------------------------------ showing
    def _ticks_changed(self) -> None:
        ticked = set(self.table.ticked)
        self._count.setText(f"已選 {len(ticked)}／{len(self.table.given)} 份")
        count = sum(c.key in ticked for c in self.table.rows)
        printable = sum(c.is_printable for c in self.table.rows)
        self.every.setCheckState(
            Qt.CheckState.Unchecked
            if not count
            else Qt.CheckState.Checked
            if count == printable
            else Qt.CheckState.PartiallyChecked
        )
        set_words(self.print_button, f"列印 {count} 份(&P)")
        why = "" if count else f"先勾選要印的{self.paper_title}"
        for one in (self.print_button, self.save_button, self.each_button):
            one.setEnabled(count > 0)
            one.setToolTip(why)
        self._say_numbers()
        self._say_warnings()
        self._timer.start()

    def _say_numbers(self) -> None:
        ticked = set(self.table.ticked)  # once: each asking goes over the whole list
        chosen = [c for c in self._all if c.key in ticked]
        given = [c.number for c in chosen if c.number]
        fresh = len(chosen) - len(given)
        words = []
        if given:
            words.append(given[0] if len(given) == 1 else f"{given[0]} 等 {len(given)} 份已編號")
        if fresh:
            words.append(f"{fresh} 份印出時編號")
        self._number.setText("；".join(words) or "—")

    def _say_warnings(self) -> None:
        while self._warnings.count():
            item = self._warnings.takeAt(0)
            if item.widget() is not None:
                item.widget().deleteLater()
        missing: dict[str, tuple[str, ...]] = {}
        for candidate in self._all:
            if candidate.warnings:
                who = f"{candidate.name} {candidate.employee_id}".strip()
                missing.setdefault(who, candidate.warnings)
        for who, warnings in list(missing.items())[:20]:
            self._warnings.addWidget(GlyphWarning(who, warnings))
        outside = dict.fromkeys(words for c in self._all for words in c.remarks)
        for words in list(outside)[:20]:
            self._warnings.addWidget(label(f"{words}，但印得出來。", "caption", wraps=True))
        if not self._all:
            return
        fine = len(self._all) - sum(bool(c.warnings) for c in self._all)
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 2, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(verdict_icon("pass"))
        words = f"其餘 {fine} 份的字都印得出來" if missing else f"{fine} 份的字都印得出來"
        inside.addWidget(label(words, "secondary"), 1)
        self._warnings.addWidget(row)
        self._warnings.addStretch()

    def _row_chosen(self) -> None:
        current = self._current()
        if current is None:
            return
        if current.key in self._previewed:
            self.paper.go_to(self._previewed.index(current.key))
            self._page_turned(self.paper.page)
        else:
            self._timer.start()

    def _wanted_keys(self) -> tuple[str, ...]:
        """What the preview shows: the ticked forms around the current one, or it alone."""
        current = self._current()
        ticked = self.table.ticked
        if current is None or not current.is_printable:
            return ticked[:MOST_PREVIEWED]
        if current.key not in ticked:
            return (current.key,)
        place = ticked.index(current.key)
        first = max(0, min(place - MOST_PREVIEWED // 2, len(ticked) - MOST_PREVIEWED))
        return ticked[first : first + MOST_PREVIEWED]

    def _read_preview(self) -> None:
        current = self._current()
        if current is not None and not current.is_printable:
            words = (
                "；".join(current.warnings) or f"這一份的狀態是「{current.state}」，還不能列印。"
            )
            self._say(f"{current.name}，{current.set_title}：{words}")
            return
        keys = self._wanted_keys()
        if not keys:
            self._say("勾選左邊的人，這裡顯示會印出來的那一頁。")
            if not self._all:
                self.nothing.say(f"目前沒有要印的{self.paper_title}", NOTHING_TO_PRINT)
                self.middle.setCurrentWidget(self.nothing)
            return
        services, plan_id = self.services, self.plan_id
        stamped, paper = self.stamp_choices(), self._paper
        self.operations.run_read(
            lambda report: services.preview_forms(
                plan_id, keys, **stamped, paper=paper, progress=report
            ),
            self._show_preview,
            words="製作預覽",
            owner=self,
            latest="preview",
            on_failure=self._say,
        )

    def _show_preview(self, previewed) -> None:
        self._previewed = previewed.keys
        self._page_count = len(previewed.keys)
        self.middle.setCurrentWidget(self.paper)
        has_several_pages = len(set(previewed.keys)) < len(previewed.keys)
        self.paper.show_pdf(previewed.pdf, unit="頁" if has_several_pages else "份")
        current = self._current()
        if current is not None and current.key in self._previewed:
            self.paper.go_to(self._previewed.index(current.key))
        self._page_turned(self.paper.page)

    def _shape_chosen(self) -> None:
        self.context.settings.setValue(SHAPE, self.shape.currentData())
        self._timer.start()

    def _stamps_changed(self) -> None:
        self.stamp_words.setText(self.stamps.words)
        self.clear_stamps.setVisible(bool(self.stamps.opened))
        self._timer.start()

    def _say(self, words: str) -> None:
        self._previewed = ()
        self.message.setText(words)
        self.middle.setCurrentWidget(self.message)

    def _page_turned(self, page: int) -> None:
        if not 0 <= page < len(self._previewed):
            return
        key = self._previewed[page]
        candidate = next((c for c in self.table.given if c.key == key), None)
        if candidate is None:
            return
        self.paper.say_title(f"{candidate.name}，{candidate.set_title}")
        row = next((n for n, c in enumerate(self.table.rows) if c is candidate), -1)
        if row >= 0 and self.view.currentIndex().row() != row:
            self.view.selectionModel().blockSignals(True)
            self.view.selectRow(row)
            self.view.selectionModel().blockSignals(False)
            self.view.viewport().update()

    # ------------------------------------------------------------------- window
    def receive(self, thing: object) -> None:
        """Show a person's forms, or a kind of paper (``paper:`` and its id)."""
        if isinstance(thing, str) and thing.startswith(PAPER):
            self._paper = thing.removeprefix(PAPER)
            self._is_first = True
            self.table.tick(())
            self._reload_when_seen()
            return
        self._wanted = str(thing)
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Choose the person asked for, past the filters; the list may not be read yet."""
        wanted = self._wanted
        if not wanted or self._is_stale or not any(c.employee_id == wanted for c in self._all):
            return
        self._wanted = ""
        if all(c.employee_id != wanted for c in self.table.rows):
            for box in (self.units, self.states):
                box.choose(())
            show_every_row(self.view)
        row = next(n for n, c in enumerate(self.table.rows) if c.employee_id == wanted)
        self.view.selectRow(row)

    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            Command("列印勾選的文件…", self.print_forms, "Ctrl+P", "檔案"),
            Command("存成一個 PDF…", self.save_one, "", "檔案"),
            Command("每人一個 PDF…", self.save_each, "", "檔案"),
            Command("職名章…", self.stamps.open, "", "檔案"),
            Command("核章回件（掃描檔）歸檔…", self.returned.open, "", "檔案"),
            Command("已發出的文件、註銷…", self.show_issued, "", "檔案"),
            Command("印表機校正…", self.calibrate, "", "檔案"),
            Command("WebHR 獎懲匯入檔…", self.webhr.open, "", "檔案"),
            Command("重新整理文件", self.reload, "F5"),
        )

    def focus_filter(self) -> bool:
        """The filter of units."""
        self.units.setFocus()
        return self.units.isVisible()

    def primary_focus(self) -> QWidget | None:
        """The list."""
        return self.view
