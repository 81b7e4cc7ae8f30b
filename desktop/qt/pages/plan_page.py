"""計畫: the plan as a form, checked while it is written, compared, tried, put in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.plan_acts import PlanActs
from desktop.qt.pages.plan_checks import ChecksPane, Found
from desktop.qt.pages.plan_comparison import ComparisonPane
from desktop.qt.pages.plan_desk import PlanDesk
from desktop.qt.pages.plan_section import SectionView
from desktop.qt.pages.plan_sections_pane import SectionsPane
from desktop.qt.widgets.basics import EmptyState, Splitter, button, on_click
from desktop.services.plan_document import Path as ValuePath
from desktop.services.plan_document import value_at
from desktop.services.plan_fields import FieldPlace, Section, place_of
from desktop.services.plan_form import sections

if TYPE_CHECKING:
    from desktop.services.plan_examining import PlanProblem
    from desktop.services.plan_trial import TrialRun

NARROW_BELOW = 1180
WIDE_ABOVE = 1700
LOW_BELOW = 580
HIGH_ABOVE = 800
COPY = "copy"
"""What the window's plan chooser asks this page for."""


class PlanPage(Page):
    """Plans are written here."""

    name = "plan"
    caption = "計畫"
    icon = "clipboard_settings"
    help_words = (
        "左邊選段落，中間填寫，右邊邊打邊查；按「前往」游標就到那一格。"
        "先「複製去年的計畫」，再貼上今年的課程表，改正錯誤、試算，最後啟用。"
        "改過的內容自動存成草稿；啟用成為新的版本，以前的判定仍照原來的版本。"
    )

    def __init__(self, context: Context) -> None:
        """Make the page.

        Args:
            context: Services, operations, settings.
        """
        super().__init__(context)
        self.desk = PlanDesk(self.services, self.operations, self)
        self.editing = self.desk.editing
        self._sections: tuple[Section, ...] = ()
        self._trial: TrialRun | None = None
        self._is_read = False
        self._looks_at_shipped = False
        self._problem = -1
        self._places: list[tuple[PlanProblem, FieldPlace | None]] = []
        self._room = ("", "")
        self._build()
        self.acts = PlanActs(self, self.desk, self.view)
        self._connect()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        begin = button("複製內建的計畫…(&B)", is_accent=True)
        look = button("先看內建的計畫(&L)")
        on_click(begin, lambda: self.acts.copy_plan())
        on_click(look, self._look_at_shipped)
        blank = button("從空白開始…(&T)")
        on_click(blank, lambda: self.acts.begin_blank())
        self.empty = EmptyState(
            "clipboard_settings_20_regular",
            "還沒有自己的計畫",
            "從內建的計畫複製一份，日期移到新的年度，再改成今年的規定。",
            [begin, blank, look],
        )
        self._begin = begin
        self.left = SectionsPane()
        self.view = SectionView(self.editing)
        self.comparison = ComparisonPane()
        self.checks = ChecksPane()
        self.middle = Splitter(Qt.Orientation.Vertical, self.view, self.comparison)
        self.middle.setStretchFactor(0, 1)
        self.middle.setSizes([456, 160])
        self.splitter = Splitter(Qt.Orientation.Horizontal, self.left, self.middle, self.checks)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([208, 712, 360])
        self.remember("splitter", self.splitter)
        self.remember("form and comparison", self.middle)
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)

    def _connect(self) -> None:
        desk, left, checks = self.desk, self.left, self.checks
        desk.listed.connect(self._show_entries)
        desk.opened.connect(self._show_draft)
        desk.examined.connect(self._show_examined)
        desk.kept.connect(self._show_kept)
        desk.tried.connect(self._show_trial)
        desk.acted.connect(self.done)
        desk.failed.connect(lambda sentence: self.noted.emit("fail", sentence))
        self.editing.edited.connect(self._typed)
        self.editing.rebuilt.connect(self._rebuilt)
        self.editing.steps_changed.connect(self.steps_changed)
        left.plan_chosen.connect(desk.open)
        left.section_chosen.connect(self._show_section)
        left.entered.connect(lambda: self.view.put_cursor(()))
        left.copy_wanted.connect(self.acts.copy_plan)
        left.blank_wanted.connect(self.acts.begin_blank)
        left.versions_wanted.connect(self.acts.show_versions)
        left.import_wanted.connect(self.acts.import_plan)
        left.export_wanted.connect(self.acts.export_plan)
        self.view.paste_wanted.connect(self.acts.paste_courses)
        self.view.part_shown.connect(self._show_notes)
        self.comparison.went.connect(self.go_to)
        checks.went.connect(self.go_to)
        checks.dropped.connect(
            lambda path: self.editing.put(path, None, words="刪去不認得的項目", at=path[:-1])
        )
        checks.trial_wanted.connect(self.try_out)
        checks.list_wanted.connect(self.show_trial_list)
        checks.discarded.connect(self.discard)
        checks.saved.connect(self.save)
        checks.enacted.connect(self.enact)

    # ------------------------------------------------------------------ reading
    def show_plan(self, plan_id: str) -> None:
        """Follow the plan in force, unless a draft is being written."""
        super().show_plan(plan_id)
        if self._is_read and self.isVisible() and not self.desk.is_draft:
            self.desk.open(plan_id)
        else:
            self._is_read = self._is_read and self.desk.is_draft

    def showEvent(self, event) -> None:
        """Read the plans when the page comes up."""
        super().showEvent(event)
        self.steps_changed.emit()
        if not self._is_read and self.plan_id:
            self._is_read = True
            self.desk.list_plans(self._open_first)

    def hideEvent(self, event) -> None:
        """Keep what was written."""
        super().hideEvent(event)
        self.keep()

    def keep(self) -> None:
        """Keep the draft now, with what stands in a cell being written."""
        self.view.courses.finish_writing()
        self.desk.save()

    def save_state(self) -> None:
        """Keep the draft when the window closes."""
        self.keep()
        self._remember_sizes()
        super().save_state()

    def follow(self, change: ChangeSet) -> None:
        """Read again when plans changed elsewhere, by 復原 for example."""
        if Area.PLANS not in change.areas or not self._is_read or self.desk.is_writing:
            return
        self.desk.reopen(self.desk.plan_id)

    def receive(self, thing: object) -> None:
        """Copy a plan when the window's chooser asks."""
        if thing == COPY:
            self.acts.copy_plan()

    def _open_first(self) -> None:
        if self.desk.entries:
            self.desk.open(self._entry_for(self.plan_id))

    def _entry_for(self, plan_id: str) -> str:
        """The draft begun from a plan, else the plan."""
        ids = [one.id for one in self.desk.entries]
        drafts = [one.id for one in self.desk.entries if one.state.value == "draft"]
        if drafts and plan_id not in drafts:
            return drafts[0]
        return plan_id if plan_id in ids else ids[0]

    def _show_entries(self) -> None:
        self.left.offer_plans(self.desk.entries)
        own = any(one.state.value != "shipped" for one in self.desk.entries)
        is_shown = own or self._looks_at_shipped or self.desk.is_draft
        was_empty = self.stack.currentWidget() is self.empty
        self.stack.setCurrentWidget(self.splitter if is_shown else self.empty)
        if is_shown and was_empty and self.isVisible():
            self.left.tree.setFocus()
        self._mark_plan()

    def _look_at_shipped(self) -> None:
        self._looks_at_shipped = True
        self._show_entries()

    # ------------------------------------------------------------------ showing
    def _show_draft(self) -> None:
        self._trial = None
        self.checks.forget_trial()
        self._mark_plan()
        base_year = value_at(self.desk.base or {}, ("year",))
        same = base_year == self.editing.value(("year",))
        self.view.compare_with(self.desk.base, "使用中" if same else f"{base_year} 年")
        self._sections = sections(self.editing.values)
        self.left.show_sections(self._sections)
        if not self.left.current_id:
            first = next((s.id for s in self._every_section() if s.id.startswith("set/")), "")
            self.left.mark_section(first or self._sections[0].id)
        else:
            self._show_section(self.left.current_id)
        self.checks.say_checking()

    def _mark_plan(self) -> None:
        title = str(self.editing.value(("short_title",), "") or self.desk.plan_id)
        self.left.mark_plan(self.desk.plan_id, title)

    def _every_section(self):
        for top in self._sections:
            yield from top.with_children()

    def _section(self, section_id: str) -> Section | None:
        return next((one for one in self._every_section() if one.id == section_id), None)

    def _show_section(self, section_id: str, part_id: str = "") -> None:
        section = self._section(section_id)
        if section is None:
            return
        shown = self.view.section
        if not part_id and shown is not None and shown.id == section_id:
            part_id = self.view.part_id
        self.view.show_section(section, part_id)

    def _typed(self, path: ValuePath) -> None:
        self._sections = sections(self.editing.values)
        self.left.show_sections(self._sections)
        section = self._section(self.left.current_id)
        if section is not None:
            self.view.update_section(section)
        self.checks.say_checking()
        self._outdate_trial()

    def _rebuilt(self, path: ValuePath) -> None:
        """Show the form anew after an act, and put the cursor where it happened."""
        if not self._sections or self.desk.is_opening:
            return  # another draft is shown at once, when it is open
        self._sections = sections(self.editing.values)
        self.left.show_sections(self._sections)
        place = self._place(path)
        if place is not None and path:
            self._show_place(place, path)
        else:
            kept = self._section(self.left.current_id)
            self._show_section(kept.id if kept is not None else self._sections[0].id)
        self.checks.say_checking()
        self._outdate_trial()

    def _place(self, path: ValuePath) -> FieldPlace | None:
        return place_of(self._sections, self.editing.values, path)

    def _show_place(self, place: FieldPlace, path: ValuePath) -> None:
        self.left.tree.selectionModel().blockSignals(True)
        self.left.mark_section(place.section_id)
        self.left.tree.selectionModel().blockSignals(False)
        self.left.tree.viewport().update()
        self._show_section(place.section_id, place.part_id)
        self.view.put_cursor(place.path or path)

    def go_to(self, path: ValuePath) -> None:
        """Put the cursor into the field of a path."""
        place = self._place(path)
        if place is None:
            place = FieldPlace(self._sections[0].id, "", None)
        self._show_place(place, path)

    # ------------------------------------------------------------------- checks
    def _show_examined(self) -> None:
        examination = self.desk.examination
        if examination is None:
            return
        found: list[Found] = []
        marks: dict[str, tuple[int, int]] = {}
        self._places = [(one, self._place(one.path)) for one in examination.problems]
        for problem, place in self._places:
            section = self._section(place.section_id) if place is not None else None
            title = section.title if section is not None else "整份計畫"
            if place is not None and place.caption and not place.caption.startswith(title):
                title = f"{title}　{place.caption}"
            unknown = problem.path if self._is_unknown(problem, place) else ()
            found.append(Found(title, problem.message, problem.is_error, problem.path, unknown))
            if section is not None:
                errors, reminders = marks.get(section.id, (0, 0))
                marks[section.id] = (
                    (errors + 1, reminders) if problem.is_error else (errors, reminders + 1)
                )
        self.checks.show_found(found, checked=examination.checked)
        self.left.show_marks(marks)
        self._show_notes()
        year = self.editing.value(("year",))
        words = f"{year} 年（草稿）" if self.desk.is_draft else f"{year} 年"
        self.comparison.show_comparison(self.desk.comparison, draft_words=words)
        self._allow()

    def _is_unknown(self, problem: PlanProblem, place: FieldPlace | None) -> bool:
        """Whether a problem is about a key that no field shows."""
        if not problem.is_error or not problem.path:
            return False
        is_shown = place is not None and place.path is not None
        return not is_shown and self.editing.value(problem.path) is not None

    def _show_notes(self) -> None:
        """Show at each field what the checks found there."""
        if self.desk.examination is None:
            return
        notes: dict[ValuePath, tuple[bool, str]] = {}
        for problem, place in self._places:
            path = place.path if place is not None and place.path is not None else problem.path
            if path not in notes:
                notes[path] = (problem.is_error, problem.message)
        self.view.show_notes(notes)

    def _allow(self) -> None:
        desk = self.desk
        self.checks.allow(errors=desk.errors, is_draft=desk.is_draft, is_changed=desk.is_changed)

    def _show_kept(self) -> None:
        self.checks.say_saved(self.desk.saved_at, is_changed=self.desk.is_changed)
        self._allow()

    # -------------------------------------------------------------------- trial
    def try_out(self) -> None:
        """Run the draft against the people in the store."""
        self.keep()
        self.checks.say_trying()
        self.desk.try_out()

    def _show_trial(self, trial: TrialRun | None) -> None:
        self._trial = trial
        if trial is None:
            self.checks.forget_trial()
        else:
            self.checks.show_trial(trial)
        self._allow()

    def _outdate_trial(self) -> None:
        if self._trial is not None:
            self._trial = None
            self.checks.forget_trial("草稿改過了，要看新的結果請再試算。")

    def show_trial_list(self) -> None:
        """List who gains and who loses."""
        if self._trial is not None:
            self.acts.show_trial(self._trial)

    # --------------------------------------------------------------------- acts
    def save(self) -> None:
        """Keep the draft at once."""
        self.keep()

    def discard(self) -> None:
        """End the draft; 復原 brings it back."""
        self.view.courses.finish_writing()
        self.desk.discard()

    def enact(self) -> None:
        """Put the draft in force."""
        if self.desk.errors == 0:
            self.view.courses.finish_writing()
            self.desk.enact()

    # --------------------------------------------------------------------- undo
    def own_steps(self) -> tuple[str, str]:
        """What the draft's own 復原 and 重做 would do; empty for nothing."""
        if self.stack.currentWidget() is not self.splitter:
            return "", ""
        return self.editing.undo_words, self.editing.redo_words

    def step_back(self) -> None:
        """Take the last change of the draft back."""
        self.view.courses.finish_writing()
        self.editing.undo()

    def step_forward(self) -> None:
        """Do it again."""
        self.editing.redo()

    # ------------------------------------------------------------------ keyboard
    def commands(self) -> tuple[Command, ...]:
        """The page's acts."""
        return (
            Command("複製去年的計畫…", self.acts.copy_plan),
            Command("從空白開始…", self.acts.begin_blank),
            Command("計畫的版本…", self.acts.show_versions),
            Command("匯入 TOML…", self.acts.import_plan),
            Command("匯出 TOML…", self.acts.export_plan),
            Command("存草稿", self.save, "Ctrl+S"),
            Command("試算", self._try_when_sound),
            Command("下一個錯誤", lambda: self._next_problem(1), "F8"),
            Command("上一個錯誤", lambda: self._next_problem(-1), "Shift+F8"),
        )

    def primary_focus(self) -> QWidget | None:
        """The tree, or the button that begins."""
        return self.left.tree if self.stack.currentWidget() is self.splitter else self._begin

    def _try_when_sound(self) -> None:
        if self.checks.trial_button.isEnabled():
            self.try_out()

    def _next_problem(self, step: int) -> None:
        examination = self.desk.examination
        if examination is None or not examination.problems:
            return
        paths = [one.path for one in examination.problems]
        self._problem = (self._problem + step) % len(paths)
        self.go_to(paths[self._problem])

    def next_pane(self, step: int) -> None:
        """Move the keyboard to the next part: tree, form, comparison, checks."""
        if self.stack.currentWidget() is not self.splitter:
            super().next_pane(step)
            return
        panes: list[tuple[QWidget, Callable[[], None]]] = [
            (self.left, self.left.tree.setFocus),
            (self.view, lambda: self.view.put_cursor(())),
            (self.comparison, self.comparison.view.setFocus),
            (self.checks, self.checks.focus_first),
        ]
        focus = self.focusWidget()
        now = next((n for n, (p, _) in enumerate(panes) if p.isAncestorOf(focus)), -1)
        panes[(now + step) % len(panes)][1]()

    # ------------------------------------------------------------------- widths
    def resizeEvent(self, event) -> None:
        """Share the room out anew when the window's class of width or height changes."""
        super().resizeEvent(event)
        width, height = self.width(), self.height()
        wide = "narrow" if width < NARROW_BELOW else "wide" if width > WIDE_ABOVE else "usual"
        high = "low" if height < LOW_BELOW else "high" if height > HIGH_ABOVE else "middling"
        if (wide, high) == self._room:
            return
        self._remember_sizes()
        former, self._room = self._room, (wide, high)
        if wide != former[0]:
            side = {"narrow": (176, 304), "usual": (208, 360), "wide": (260, 450)}[wide]
            usual = [side[0], max(width - sum(side) - 14, 300), side[1]]
            self.splitter.setSizes(self._kept_sizes(self.splitter, wide) or usual)
        if high != former[1]:
            under = {"low": 100, "middling": 160, "high": 300}[high]
            self.middle.setSizes(self._kept_sizes(self.middle, high) or [height - under, under])

    def _kept_sizes(self, splitter: Splitter, room: str) -> list[int]:
        kept = self.context.settings.value(f"{self.name}/sizes-{room}")
        listed = [int(one) for one in kept] if isinstance(kept, list) else []
        return listed if len(listed) == splitter.count() else []

    def _remember_sizes(self) -> None:
        for splitter, room in zip((self.splitter, self.middle), self._room, strict=True):
            if room and splitter.isVisible():
                self.context.settings.setValue(f"{self.name}/sizes-{room}", splitter.sizes())
