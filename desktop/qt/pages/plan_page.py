"""計畫: the plan as a form, checked while it is written, compared, tried, put in force."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.dialogs.plan_copy import CopyPlanDialog
from desktop.qt.dialogs.plan_paste import PasteCoursesDialog
from desktop.qt.dialogs.plan_trial import TrialDialog
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.plan_checks import ChecksPane, Found
from desktop.qt.pages.plan_comparison import ComparisonPane
from desktop.qt.pages.plan_desk import PlanDesk
from desktop.qt.pages.plan_section import SectionView
from desktop.qt.pages.plan_sections_pane import SectionsPane
from desktop.qt.widgets.basics import EmptyState, Splitter, button, on_click
from desktop.services.plan_document import Path as ValuePath
from desktop.services.plan_document import value_at, with_value
from desktop.services.plan_field_values import number_of, number_words
from desktop.services.plan_fields import FieldPlace, Section, place_of
from desktop.services.plan_form import sections

if TYPE_CHECKING:
    from desktop.services.plan_examining import PlanProblem
    from desktop.services.plan_trial import TrialRun

NARROW_BELOW = 1180
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
        self._build()
        self._connect()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        begin = button("複製內建的計畫…(&B)", is_accent=True)
        look = button("先看內建的計畫(&L)")
        on_click(begin, self.copy_plan)
        on_click(look, self._look_at_shipped)
        self.empty = EmptyState(
            "clipboard_settings_20_regular",
            "還沒有自己的計畫",
            "從內建的計畫複製一份，日期移到新的年度，再改成今年的規定。",
            [begin, look],
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
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentWidget(self.empty)
        self._width_class = ""

    def _connect(self) -> None:
        desk, left, checks = self.desk, self.left, self.checks
        desk.listed.connect(self._show_entries)
        desk.opened.connect(self._show_draft)
        desk.examined.connect(self._show_examined)
        desk.kept.connect(self._show_kept)
        desk.tried.connect(self._show_trial)
        desk.enacted.connect(self._say_enacted)
        desk.failed.connect(lambda sentence: self.noted.emit("fail", sentence))
        self.editing.edited.connect(self._typed)
        self.editing.rebuilt.connect(self._rebuilt)
        self.editing.steps_changed.connect(self.steps_changed)
        left.plan_chosen.connect(desk.open)
        left.section_chosen.connect(self._show_section)
        left.entered.connect(lambda: self.view.put_cursor(()))
        left.copy_wanted.connect(self.copy_plan)
        left.import_wanted.connect(self.import_plan)
        left.export_wanted.connect(self.export_plan)
        self.view.paste_wanted.connect(self.paste_courses)
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
            self.desk.open(self._entry_for(plan_id))
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
        self._remember_widths()
        super().save_state()

    def follow(self, change: ChangeSet) -> None:
        """Read again when plans changed elsewhere, by 復原 for example."""
        if Area.PLANS not in change.areas or not self._is_read or self.desk.is_writing:
            return
        self.desk.reopen(self.desk.plan_id)

    def receive(self, thing: object) -> None:
        """Copy a plan when the window's chooser asks."""
        if thing == COPY:
            self.copy_plan()

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
        is_shown = own or self._looks_at_shipped
        self.stack.setCurrentWidget(self.splitter if is_shown else self.empty)
        self._mark_plan()

    def _look_at_shipped(self) -> None:
        self._looks_at_shipped = True
        self._show_entries()
        self.left.tree.setFocus()

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
        if not self._sections:
            return
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
        for problem in examination.problems:
            place = self._place(problem.path)
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
        examination = self.desk.examination
        if examination is None:
            return
        notes: dict[ValuePath, tuple[bool, str]] = {}
        for problem in examination.problems:
            place = self._place(problem.path)
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
            self._open(TrialDialog(self._trial, parent=self))

    # --------------------------------------------------------------------- acts
    def save(self) -> None:
        """Keep the draft at once."""
        self.keep()

    def discard(self) -> None:
        """End the draft; 復原 brings a kept one back."""
        title = self.editing.value(("short_title",), "")
        self.desk.discard()
        self.done.emit(f"已捨棄「{title}」的草稿。")

    def enact(self) -> None:
        """Put the draft in force."""
        if self.desk.errors == 0:
            self.view.courses.finish_writing()
            self.desk.enact()

    def _say_enacted(self, act: str) -> None:
        self.done.emit(f"已{act}，成為新的版本；以前的判定仍照原來的版本，等您同意才更新。")

    def copy_plan(self) -> None:
        """Begin a plan as a copy of another year's."""
        if not self.desk.entries:
            self.desk.list_plans(self.copy_plan)
            return
        dialog = CopyPlanDialog(self.desk.entries, current=self.plan_id, parent=self)
        dialog.chosen.connect(self._copy)
        self._open(dialog)

    def _copy(self, plan_id: str, years: int) -> None:
        services = self.services
        self._looks_at_shipped = True
        self.desk.take(lambda: services.copy_plan(plan_id, years=years), words="複製計畫")

    def import_plan(self) -> None:
        """Take a plan file in as a draft."""
        name, _ = QFileDialog.getOpenFileName(self, "匯入 TOML", "", "計畫檔 (*.toml)")
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Take a plan file in as a draft, over the kept draft of the same plan if there is one."""
        services = self.services
        self._looks_at_shipped = True
        self.desk.take(
            lambda: services.import_plan(path.name, path.read_bytes()), words="匯入 TOML"
        )

    def export_plan(self) -> None:
        """Write the draft as a plan file."""
        proposed = f"{self.editing.value(('id',)) or self.desk.plan_id}.toml"
        name, _ = QFileDialog.getSaveFileName(self, "匯出 TOML", proposed, "計畫檔 (*.toml)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the draft to a file."""
        self.view.courses.finish_writing()
        self.desk.export_to(
            path, lambda: self.noted.emit("pass", f"已匯出到「{path.name}」，草稿沒有變動。")
        )

    def paste_courses(self) -> None:
        """Show what is on the clipboard as courses, to be taken into the set."""
        section = self.view.section
        if section is None or not section.id.startswith("set/"):
            return
        dialog = PasteCoursesDialog(
            self.services,
            self.operations,
            set_title=section.title,
            courses_before=len(self.view.courses.model.courses),
            parent=self,
        )
        path = (*section.path, "course")
        dialog.accepted_courses.connect(
            lambda found, is_all: self._take_courses(path, found, is_all)
        )
        self._open(dialog)

    def _take_courses(self, path: ValuePath, found: Any, replaces: bool) -> None:
        taken = []
        for one in found:
            course: dict[str, Any] = {"name": one.name, "hours": number_of(number_words(one.hours))}
            if one.category:
                course["category"] = one.category
            taken.append(course)
        kept = [] if replaces else [c for c in self.editing.value(path, []) if c.get("name")]
        printed = {
            c.get("name"): c["printed_name"]
            for c in self.editing.value(path, [])
            if c.get("printed_name")
        }
        for course in taken:
            if replaces and course["name"] in printed:
                course["printed_name"] = printed[course["name"]]
        self.editing.change(
            lambda values: with_value(values, path, [*kept, *taken]),
            words=f"貼上 {len(taken)} 門課程",
            at=(*path, len(kept)),
        )

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

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
            Command("複製去年的計畫…", self.copy_plan),
            Command("匯入 TOML…", self.import_plan),
            Command("匯出 TOML…", self.export_plan),
            Command("存草稿", self.save, "Ctrl+S"),
            Command("試算", self._try_when_sound),
            Command("下一個錯誤", lambda: self._next_problem(1), "F8"),
            Command("上一個錯誤", lambda: self._next_problem(-1), "Shift+F8"),
            Command("下一區", lambda: self._next_pane(1), "F6"),
            Command("上一區", lambda: self._next_pane(-1), "Shift+F6"),
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

    def _next_pane(self, step: int) -> None:
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
        """Give the middle what it needs on a narrow window; remember widths per class."""
        super().resizeEvent(event)
        width = self.width()
        now = "narrow" if width < NARROW_BELOW else "wide" if width > 1700 else "usual"
        if now == self._width_class:
            return
        self._remember_widths()
        self._width_class = now
        kept = self.context.settings.value(f"{self.name}/splitter-{now}")
        side = {"narrow": (176, 304), "usual": (208, 360), "wide": (260, 450)}[now]
        sizes = [int(one) for one in kept] if isinstance(kept, list) and len(kept) == 3 else []
        self.splitter.setSizes(sizes or [side[0], max(width - sum(side) - 14, 300), side[1]])

    def _remember_widths(self) -> None:
        if self._width_class and self.splitter.isVisible():
            key = f"{self.name}/splitter-{self._width_class}"
            self.context.settings.setValue(key, self.splitter.sizes())
