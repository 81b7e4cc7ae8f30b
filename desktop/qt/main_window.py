"""The main window: frame, pages, notes, menu, search, undo; pages hear of changes through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.domain.accounts import AccountRole
from desktop.domain.changes import Area, ChangeSet
from desktop.qt.accounts_desk import AccountsDesk
from desktop.qt.dialogs.works import WorksDialog
from desktop.qt.help_desk import HelpDesk
from desktop.qt.operations import Operations
from desktop.qt.pages.all_pages import PAGES
from desktop.qt.pages.base import TEXT_FACTOR, Command, Context, Page, WindowDesk
from desktop.qt.pages.import_page import ImportPage
from desktop.qt.pages.import_parts import DropGround
from desktop.qt.pages.plan_page import COPY
from desktop.qt.pages.set_up import SetUpSteps
from desktop.qt.pages.welcome import WelcomePage
from desktop.qt.pane_walk import PaneWalk
from desktop.qt.searching import command_hits, course_hits, office_hits
from desktop.qt.services import Services
from desktop.qt.shown_lists import ShownListDesk
from desktop.qt.support_desk import SupportDesk
from desktop.qt.table_desk import TableDesk
from desktop.qt.theme import SchemeChoice, Theme, text_factor
from desktop.qt.tour import Tour, usual_stops
from desktop.qt.undo_desk import UndoDesk
from desktop.qt.widgets.basics import Note, retint
from desktop.qt.widgets.find_strip import FindStrip
from desktop.qt.widgets.focus_ring import FocusRing
from desktop.qt.widgets.frame import PlanBar, StatusBar
from desktop.qt.widgets.page_room import PageRoom, PageStack
from desktop.qt.widgets.practice_strip import PracticeStrip
from desktop.qt.widgets.rail import Rail, RailItem
from desktop.qt.widgets.short_list import FILTER_KEY
from desktop.qt.widgets.text_fit import fit_tables
from desktop.qt.window_menu import WindowMenu
from desktop.qt.window_place import GEOMETRY, come_back

LEAST = QSize(880, 400)
"""Below 1000×600, the least that the pages are drawn for, they scroll: a small screen at 150 %."""
MOST_NOTES = 3
HOME = "overview"


class MainWindow(QMainWindow):
    """One office at work.

    Attributes:
        signed_out: Who is at work left; the window is closed.
    """

    signed_out = Signal()

    def __init__(
        self,
        services: Services,
        *,
        settings: QSettings,
        theme: Theme,
        actor: str = "",
        open_sample: Callable[[], None] | None = None,
        is_sample: bool = False,
        role: AccountRole = AccountRole.CLERK,
        restore: Callable[[Path], None] | None = None,
        pages: Sequence[Callable[[Context], Page]] = PAGES,
    ) -> None:
        """Make the window.

        Args:
            services: Of the open office.
            settings: What is remembered of windows and columns.
            theme: The look.
            actor: Who is at work.
            open_sample: Opens the sample office in another window; None where that makes no sense.
            is_sample: Whether this is the sample office.
            role: What who is at work may do.
            restore: Puts a backup in the office's place and opens that; None where nobody may.
            pages: The pages there are, in the rail's order.
        """
        super().__init__()
        self._services = services
        self._settings = settings
        self._theme = theme
        self._open_sample = open_sample
        self._is_sample = is_sample
        self._choices: tuple = ()
        self._status = None
        self.plan_id = ""
        self.tour: Tour | None = None
        self._works: WorksDialog | None = None
        self.operations = Operations(self, clock=services.now)
        self.operations.changed.connect(self._follow)
        self.operations.failed.connect(lambda sentence, act: self.note("fail", sentence))
        self.pages: dict[str, Page] = {}
        self._page_actions: dict[str, list[QAction]] = {}
        self._menu = WindowMenu(self)
        self.undoing = UndoDesk(
            services, self.operations, page=lambda: self.current_page, menu=self._menu, parent=self
        )
        self.undoing.undone.connect(self._undone)
        self.accounts = AccountsDesk(services, self, actor=actor, role=role, note=self.note)
        self.help = HelpDesk(
            self.operations, self, settings=settings, page=lambda: self.current_page
        )
        desk = WindowDesk(
            theme,
            self.accounts.open,
            self.accounts.change_password,
            restore=None if is_sample else restore,
            is_sample=is_sample,
        )
        self.context = Context(services, self.operations, settings, desk)
        self.is_signing_out = False
        self.lists = ShownListDesk(services, self.operations, self, note=self.note)
        self.tables = TableDesk(self, note=self.note)
        self.support = SupportDesk(
            services, self.operations, self, settings=settings, note=self.note
        )
        words = actor if role is AccountRole.CLERK else f"{actor}（{role.word}）"
        with theme.bare():
            self._build(words, pages)
        self._make_menu()
        self.ring = FocusRing(self)
        theme.changed.connect(self._retint)
        theme.text_changed.connect(self._fit_text)
        if {text_factor(), float(settings.value(TEXT_FACTOR) or 1.0)} != {1.0}:
            self._fit_text()
        come_back(self, settings)
        self._start()

    # ----------------------------------------------------------------- building
    def _build(self, actor: str, factories: Sequence[Callable[[Context], Page]]) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = PlanBar(actor=actor, menu=self._menu.root)
        self.bar.plan_chosen.connect(self.choose_plan)
        self.bar.copy_wanted.connect(lambda: self.open_page("plan", COPY))
        self.bar.search.wanted.connect(self._search)
        self.bar.undo.clicked.connect(self.undoing.undo)
        self.bar.redo.clicked.connect(self.undoing.redo)
        self.undoing.told.connect(self.bar.show_undo)
        self.bar.help.clicked.connect(lambda: self.show_help())
        column.addWidget(self.bar)
        self.practice = PracticeStrip()
        self.practice.setVisible(self._is_sample)
        self.practice.tour_wanted.connect(self.show_tour)
        column.addWidget(self.practice)
        self.rail: Rail
        self.status: StatusBar
        body = QHBoxLayout()
        body.setSpacing(0)
        self.stack = PageStack()
        for factory in factories:
            page = factory(self.context)
            self.pages[page.name] = page
            self.stack.addWidget(page)
            page.noted.connect(self.note)
            page.done.connect(partial(self.note, "pass", can_undo=True))
            page.asked.connect(self.open_page)
            page.offered.connect(self._offer)
            page.helped.connect(self.help.open)
            page.steps_changed.connect(self.undoing.tell)
            page.told.connect(lambda words: self.status.show_selection(words))
            page.count_changed.connect(
                lambda count, name=page.name: self.rail.rail_model.show_count(name, count)
            )
        beside = [page for page in self.pages.values() if not page.rail_name]
        self.rail = Rail([RailItem(p.name, p.caption, p.icon) for p in beside])
        self.rail.chosen.connect(self._choose_page)
        body.addWidget(self.rail)
        right = QVBoxLayout()
        right.setSpacing(0)
        self._notes = QVBoxLayout()
        self._notes.setContentsMargins(12, 0, 12, 0)
        self._notes.setSpacing(4)
        right.addLayout(self._notes)
        self.welcome = WelcomePage()
        self.welcome.files_chosen.connect(lambda paths: self.open_page("import", paths))
        self.welcome.sample_wanted.connect(self._sample)
        self.welcome.sample_button.setEnabled(self._open_sample is not None)
        self.welcome.set_up_wanted.connect(self.set_up)
        self.welcome.restore_wanted.connect(lambda: self.open_page("settings", "備份與還原"))
        self.stack.addWidget(self.welcome)
        self.steps = SetUpSteps(self._services, self.operations)
        self.steps.finished.connect(self._set_up_over)
        self.steps.plan_chosen.connect(self.choose_plan)
        self.steps.copy_wanted.connect(lambda: self.open_page("plan", COPY))
        self.steps.files_chosen.connect(lambda paths: self.open_page("import", paths))
        self.stack.addWidget(self.steps)
        right.addWidget(PageRoom(self.stack), 1)
        self.find_strip = FindStrip()
        right.addWidget(self.find_strip)
        self.stack.currentChanged.connect(lambda _: self.find_strip.hide())
        body.addLayout(right, 1)
        column.addLayout(body, 1)
        self.status = StatusBar(self.operations)
        self.status.works_wanted.connect(self.show_works)
        self.status.records_wanted.connect(lambda: self.open_page("records"))
        column.addWidget(self.status)
        self.setCentralWidget(centre)
        self._centre = centre
        self.setMinimumSize(LEAST)
        self.drop = DropGround(self)
        self.drop.dropped.connect(self.open_paths)
        self.resize(1366, 688)
        self.setWindowTitle("公餘")
        QWidget.setTabOrder(self.rail, self.stack)

    def _make_menu(self) -> None:
        add = self._menu.add
        for page in self.pages.values():
            self._page_actions[page.name] = [
                add(command.menu, command) for command in page.commands()
            ]
        add("編輯", Command("找人員、課程、案件、指令", self.focus_search, "Ctrl+K"))
        add("編輯", Command("到篩選，或在清單裡找", self.find_here, "Ctrl+F"))
        for number, page in enumerate(self.pages.values(), 1):
            act = partial(self.open_page, page.name)
            add("檢視", Command(page.caption, act, f"Ctrl+{number}" if number < 10 else ""))
        add("檢視", Command("表格的篩選列", self.toggle_filters, FILTER_KEY))
        add("檢視", Command("表格的欄位與檢視畫面…", self.open_table_menu))
        add("檢視", Command("進行中與做完的工作…", self.show_works, "Ctrl+J"))
        add("檢視", Command("下一區", partial(self.next_pane, 1), "F6"))
        add("檢視", Command("上一區", partial(self.next_pane, -1), "Shift+F6"))
        self._menu.add_schemes(self._choose_scheme)
        add("說明", Command("這裡的說明", self.show_help, "F1"))
        add("說明", Command("手冊", self.help.open_contents))
        add("說明", Command("鍵盤快速鍵", self.help.open_keys))
        add("說明", Command("匯出問題回報檔…", self.support.open))
        add("說明", Command("導覽", self.show_tour))
        add("說明", Command("開始設定的四個步驟", self.set_up))
        if self._open_sample is not None:
            add("說明", Command("開啟範例機關", self._sample))
        add("檔案", Command("匯出看到的清單…", self.export_list, "Ctrl+E"))
        add("檔案", Command("登入與帳號…", self.accounts.open))
        add("檔案", Command("變更密碼…", self.accounts.change_password))
        add("檔案", Command("登出", self.sign_out))
        add("檔案", Command("結束", self._leave, "Alt+F4"))

    # ----------------------------------------------------------------- starting
    def _start(self) -> None:
        services = self._services

        def read(report):
            return services.status(), services.plan_choices()

        self._last_page = str(self._settings.value("page", ""))
        self.open_page("import")
        self.operations.run_read(read, lambda found: self._started(*found), words="開啟資料庫")

    def _started(self, status, choices) -> None:
        self._choices = tuple(choices)
        self.bar.offer_plans(choices)
        self._show_status(status)
        kept = str(self._settings.value("plan", ""))
        ids = [choice.id for choice in choices]
        if ids:
            self.choose_plan(kept if kept in ids else ids[0])
        is_empty = self._is_new
        if is_empty:
            self._show_welcome()
        else:
            self.open_page(self._last_page if self._last_page in self.pages else "review")
        self.undoing.read()
        # What was read and not stored comes last, so that it is what the clerk sees.
        importing = self.pages.get("import")
        if isinstance(importing, ImportPage):
            importing.reopen_unfinished()

    def _show_status(self, status) -> None:
        self._status = status
        self.status.show_status(status)
        name = status.agency_name or "新的資料庫"
        is_practice = self._is_sample or status.is_practice
        self.practice.setVisible(is_practice)
        mark = "（練習資料庫，可以放心試）" if is_practice else ""
        self.setWindowTitle(f"公餘 — {name}{mark}")

    def _show_saved(self, status) -> None:
        self._show_status(status)
        self.status.show_saved(status.now)

    def choose_plan(self, plan_id: str) -> None:
        """Put another plan in force; every page reads again."""
        choice = next((one for one in self._choices if one.id == plan_id), None)
        if choice is None or plan_id == self.plan_id:
            return
        self.plan_id = plan_id
        self.bar.show_plan(choice)
        self._settings.setValue("plan", plan_id)
        for page in self.pages.values():
            page.show_plan(plan_id)

    # ------------------------------------------------------------ first morning
    def set_up(self) -> None:
        """Begin the four steps, from the start page or again from the menu."""
        self.steps.begin(self._choices, self.plan_id)
        self._show_without_page(self.steps)

    def _set_up_over(self, is_whole: bool) -> None:
        if is_whole:
            self.open_page("import")
            if self.steps.has_set_up:
                self.note("pass", "設定好了。把學習紀錄和差勤拖到這裡，就會逐列核對。")
            else:
                self.note(
                    "info",
                    "四步都略過了，沒有改動任何資料；要設定時再按「說明」選單的「開始設定的四個步驟」。",
                )
        elif self._is_new:
            self._show_welcome()
        else:
            self.open_page("overview")

    @property
    def _is_new(self) -> bool:
        """Whether nothing was ever stored: the start page stands in the place of 總覽."""
        status = self._status
        return status is None or not (status.people or status.rows or status.pending_files)

    def _choose_page(self, name: str) -> None:
        """Show what was chosen at the left; in a new office 總覽 is the start page."""
        if name == HOME and self._is_new:
            self._show_welcome()
        else:
            self.open_page(name)

    def _show_welcome(self) -> None:
        self._show_without_page(self.welcome)
        self.welcome.start_button.setFocus()

    def _show_without_page(self, widget: QWidget) -> None:
        self.stack.setCurrentWidget(widget)
        if HOME in self.pages:
            self.rail.mark(HOME)
        for actions in self._page_actions.values():
            for action in actions:
                action.setEnabled(False)
                action.setVisible(False)
        self.undoing.tell()

    def show_tour(self) -> None:
        """Show the clerk around; the page in sight comes back afterwards."""
        if self.tour is not None:
            return
        before, focus = self.current_page, self.focusWidget()
        shown = self.stack.currentWidget() or self.welcome

        def over() -> None:
            self.tour = None
            if before is not None:
                self.open_page(before.name)
            else:
                self._show_without_page(shown)
            if focus is not None and isValid(focus) and focus.isVisible():
                focus.setFocus()

        self.tour = Tour(
            self._centre,
            usual_stops(self._part, tuple(self.pages)),
            open_page=self.open_page,
        )
        self.tour.ended.connect(over)

    def _part(self, page: str, name: str) -> QWidget | None:
        """A part of the window by its attribute, of a page or of the frame."""
        thing: object = self.pages[page] if page else self
        for one in name.split(".") if name else ():
            thing = getattr(thing, one, None)
        return thing if isinstance(thing, QWidget) else None

    # -------------------------------------------------------------------- pages
    @property
    def current_page(self) -> Page | None:
        """The page in sight; None while the welcome is shown."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def open_page(self, name: str, thing: object = None) -> None:
        """Show a page, with something for it."""
        page = self.pages.get(name)
        if page is None:
            return
        self.stack.setCurrentWidget(page)
        self.rail.mark(page.rail_name or name)
        self.status.show_selection("")
        for other, actions in self._page_actions.items():
            for action in actions:
                action.setEnabled(other == name)
                action.setVisible(other == name)
        if thing is not None:
            page.receive(thing)
        focus = page.primary_focus()
        if focus is not None:
            focus.setFocus()
        self._settings.setValue("page", name)
        self.undoing.tell()

    def _offer(self, sentence: str, act: str, page: str, thing: object) -> None:
        """Show a note whose act goes on to a page."""
        self._show_note(
            Note("pass", sentence, act=act, parent=self), partial(self.open_page, page, thing)
        )

    def note(self, kind: str, sentence: str, *, can_undo: bool = False) -> None:
        """Show a note over the page; it stays until it is closed or three newer ones came.

        Args:
            kind: ``pass``, ``info``, ``review`` or ``fail``.
            sentence: What happened.
            can_undo: Whether the note offers to take the act back.
        """
        words = "復原（Ctrl+Z）" if can_undo else ""
        self._show_note(Note(kind, sentence, act=words, parent=self), self.undoing.undo)

    def _show_note(self, note: Note, act: Callable[[], None]) -> None:
        while self._notes.count() >= MOST_NOTES:
            item = self._notes.takeAt(0)
            item.widget().deleteLater()
        note.acted.connect(act)
        note.acted.connect(note.deleteLater)
        note.destroyed.connect(self._share_notes)
        self._notes.addWidget(note)
        self._share_notes()
        self.status.say(note.sentence)

    def _share_notes(self) -> None:
        has_notes = self._notes.count() > 0
        self._notes.setContentsMargins(12, 6 if has_notes else 0, 12, 6 if has_notes else 0)

    def clear_notes(self) -> None:
        """Take away notes that are outdated."""
        while self._notes.count():
            self._notes.takeAt(0).widget().deleteLater()
        self._share_notes()

    def next_pane(self, step: int) -> None:
        """Move the keyboard to the next part of what is in sight, or the one before."""
        page = self.current_page
        if page is not None:
            page.next_pane(step)
        else:
            PaneWalk(self.stack.currentWidget()).step(self.focusWidget(), step)

    def find_here(self) -> None:
        """Put the keyboard into a filter row, the page's filter, or look through its list."""
        page = self.current_page
        if self.tables.focus_filter(page, self.focusWidget()):
            return
        if page is None or not page.focus_filter():
            self.find_strip.begin(self.stack.currentWidget(), self.focusWidget())

    def toggle_filters(self) -> None:
        """Show the filter row of the table in sight, or put it away."""
        self.tables.toggle_filters(self.stack.currentWidget(), self.focusWidget())

    def open_table_menu(self) -> None:
        """Open the menu of the table in sight: columns, filters, views."""
        self.tables.open_menu(self.stack.currentWidget(), self.focusWidget())

    def export_list(self) -> None:
        """Write the list in sight, as it stands, into a file."""
        self.lists.export(self.stack.currentWidget(), self.focusWidget())

    def show_works(self) -> None:
        """List what runs and what is over; opened twice it comes to the front."""
        if self._works is None or not isValid(self._works):
            self._works = WorksDialog(self.operations, self)
            self._works.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._works.show()
        self._works.raise_()
        self._works.activateWindow()

    # ------------------------------------------------------------------ changes
    def _follow(self, change: ChangeSet) -> None:
        services = self._services
        if {Area.PLANS, Area.VERDICTS} <= change.areas:
            # The plan in sight may be gone: nobody reads under it before that is known.
            self.operations.run_read(
                lambda report: services.plan_choices(),
                lambda choices: self._plans_changed(choices, change),
                owner=self,
            )
        else:
            self._tell_pages(change)
        self.operations.run_read(
            lambda report: services.status(), self._show_saved, owner=self, latest="status"
        )
        self.undoing.read()

    def _tell_pages(self, change: ChangeSet) -> None:
        for page in self.pages.values():
            page.follow(change)

    def _plans_changed(self, choices, change: ChangeSet) -> None:
        self._choices = tuple(choices)
        self.bar.offer_plans(choices)
        now = next((one for one in choices if one.id == self.plan_id), None)
        if now is not None:
            self.bar.show_plan(now)
        elif choices:
            self.choose_plan(choices[0].id)
        self._tell_pages(change)

    def _undone(self, change: ChangeSet | None) -> None:
        self.clear_notes()
        if change is not None:
            self.status.say(f"已{change.act}")

    # ------------------------------------------------------------------- search
    def focus_search(self) -> None:
        """Put the keyboard into the search."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def _search(self, words: str) -> None:
        pages, open_page = self.pages, self.open_page
        of_pages = {action for actions in self._page_actions.values() for action in actions}
        own = [action for action in self.actions() if action not in of_pages]
        courses = course_hits(words, pages, open_page)
        commands = command_hits(words, pages, open_page, own)
        services, plan_id = self._services, self.plan_id
        self.operations.run_read(
            lambda report: services.find(plan_id, words),
            lambda found: self.bar.search.show_hits(
                words, [*office_hits(found, open_page, courses), *commands]
            ),
            owner=self,
            latest="search",
        )

    # ------------------------------------------------------------------- others
    def _leave(self) -> None:
        self.close()

    def show_help(self) -> None:
        """Open the handbook at what has the keyboard."""
        self.help.open_here()

    def _sample(self) -> None:
        if self._open_sample is not None:
            self._open_sample()

    def _choose_scheme(self, choice: SchemeChoice) -> None:
        self._settings.setValue("scheme", choice.value)
        self._theme.choose(choice)

    def _retint(self) -> None:
        retint(self)
        self.help.retint()
        self.bar.search.retint()
        self.update()

    def _fit_text(self) -> None:
        fit_tables(self)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Import files given from outside."""
        self.open_page("import", list(paths))

    # ------------------------------------------------------------------ leaving
    def sign_out(self) -> None:
        """Close the window and let somebody else sign in; nothing to do where nobody does."""
        if not self.accounts.may_sign_out():
            return
        self.is_signing_out = True
        self.close()
        self.signed_out.emit()

    def closeEvent(self, event) -> None:
        """Remember the window, stop what can be stopped, wait for what must be finished."""
        self._settings.setValue(GEOMETRY, self.saveGeometry())
        for page in self.pages.values():
            page.save_state()
        self._settings.setValue(TEXT_FACTOR, text_factor())
        self._settings.sync()
        self.help.stop()
        self.operations.finish()
        super().closeEvent(event)
