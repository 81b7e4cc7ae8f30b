"""Acts of 計畫 that ask something first: copies, files, pasted courses, the trial's list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop.qt.dialogs.plan_blank import BlankPlanDialog
from desktop.qt.dialogs.plan_copy import CopyPlanDialog
from desktop.qt.dialogs.plan_paste import PasteCoursesDialog
from desktop.qt.dialogs.plan_trial import TrialDialog
from desktop.qt.dialogs.plan_versions import PlanVersionsDialog
from desktop.qt.pages.base import Page
from desktop.qt.pages.plan_desk import PlanDesk
from desktop.qt.pages.plan_section import SectionView
from desktop.services.plan_document import Path as ValuePath
from desktop.services.plan_document import with_value
from desktop.services.plan_field_values import number_of, number_words

if TYPE_CHECKING:
    from desktop.services.plan_trial import TrialRun
    from desktop.services.plan_versions import PlanVersion


class PlanActs(QObject):
    """Dialogs and files around the draft on the desk."""

    def __init__(self, page: Page, desk: PlanDesk, view: SectionView) -> None:
        """Serve one page.

        Args:
            page: Owner of the dialogs.
            desk: Where the draft lies.
            view: The section in sight.
        """
        super().__init__(page)
        self._page, self._desk, self._view = page, desk, view

    def show_trial(self, trial: TrialRun) -> None:
        """List who gains and who loses."""
        self._open(TrialDialog(trial, parent=self._page))

    def copy_plan(self) -> None:
        """Begin a plan as a copy of another year's."""
        if not self._desk.entries:
            self._desk.list_plans(self.copy_plan)
            return
        dialog = CopyPlanDialog(self._desk.entries, current=self._page.plan_id, parent=self._page)
        dialog.chosen.connect(self._copy)
        self._open(dialog)

    def _copy(self, plan_id: str, years: int) -> None:
        services = self._page.services
        self._desk.take(lambda: services.copy_plan(plan_id, years=years), words="複製計畫")

    def begin_blank(self) -> None:
        """Begin a plan with nothing in it but whose and which year's it is."""
        if not self._desk.entries:
            self._desk.list_plans(self.begin_blank)
            return
        latest = max(one.year for one in self._desk.entries)
        dialog = BlankPlanDialog(year=latest + 1, parent=self._page)
        dialog.chosen.connect(self._begin_blank)
        self._open(dialog)

    def _begin_blank(self, agency: str, year: int) -> None:
        services = self._page.services
        self._desk.take(lambda: services.blank_plan(agency=agency, year=year), words="新計畫")

    def show_versions(self) -> None:
        """List the versions of the plan on the desk that were put in force."""
        plan_id = self._desk.plan_id
        services = self._page.services
        self._page.operations.run_read(
            lambda report: services.plan_versions(plan_id),
            lambda found: self._list_versions(plan_id, found),
            words="讀計畫的版本",
            owner=self._page,
        )

    def _list_versions(self, plan_id: str, found: Any) -> None:
        title = next((e.short_title for e in self._desk.entries if e.id == plan_id), plan_id)
        dialog = PlanVersionsDialog(found, title=title, parent=self._page)
        dialog.draft_wanted.connect(lambda version: self._take_version(plan_id, version))
        dialog.export_wanted.connect(lambda version: self._export_version(plan_id, version))
        self._open(dialog)

    def _take_version(self, plan_id: str, version: PlanVersion) -> None:
        services = self._page.services
        self._desk.take(
            lambda: services.draft_of_plan_version(plan_id, version.version),
            words=f"取回第 {version.number} 版",
        )

    def _export_version(self, plan_id: str, version: PlanVersion) -> None:
        proposed = f"{plan_id}-第{version.number}版.toml"
        name, _ = QFileDialog.getSaveFileName(self._page, "匯出 TOML", proposed, "計畫檔 (*.toml)")
        if name:
            self.export_version_to(Path(name), plan_id, version)

    def export_version_to(self, path: Path, plan_id: str, version: PlanVersion) -> None:
        """Write an earlier version as a plan file."""
        services = self._page.services

        def write(report):
            return path.write_bytes(services.plan_version_text(plan_id, version.version).encode())

        self._page.operations.run_write(
            write,
            lambda _: self._page.noted.emit(
                "pass", f"第 {version.number} 版已匯出到「{path.name}」，計畫沒有變動。"
            ),
            words="匯出 TOML",
            owner=self._page,
        )

    def import_plan(self) -> None:
        """Take a plan file in as a draft."""
        name, _ = QFileDialog.getOpenFileName(self._page, "匯入 TOML", "", "計畫檔 (*.toml)")
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Take a plan file in as a draft, over the kept draft of the same plan if there is one."""
        services = self._page.services
        self._desk.take(
            lambda: services.import_plan(path.name, path.read_bytes()), words="匯入 TOML"
        )

    def export_plan(self) -> None:
        """Write the draft as a plan file."""
        proposed = f"{self._desk.editing.value(('id',)) or self._desk.plan_id}.toml"
        name, _ = QFileDialog.getSaveFileName(self._page, "匯出 TOML", proposed, "計畫檔 (*.toml)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the draft to a file."""
        self._view.courses.finish_writing()
        self._desk.export_to(
            path, lambda: self._page.noted.emit("pass", f"已匯出到「{path.name}」，草稿沒有變動。")
        )

    def paste_courses(self) -> None:
        """Show what is on the clipboard as courses, to be taken into the set."""
        section = self._view.section
        if section is None or not section.id.startswith("set/"):
            return
        dialog = PasteCoursesDialog(
            self._page.services,
            self._page.operations,
            set_title=section.title,
            courses_before=len(self._view.courses.model.courses),
            parent=self._page,
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
        kept = [] if replaces else [c for c in self._desk.editing.value(path, []) if c.get("name")]
        printed = {
            c.get("name"): c["printed_name"]
            for c in self._desk.editing.value(path, [])
            if c.get("printed_name")
        }
        for course in taken:
            if replaces and course["name"] in printed:
                course["printed_name"] = printed[course["name"]]
        self._desk.editing.change(
            lambda values: with_value(values, path, [*kept, *taken]),
            words=f"貼上 {len(taken)} 門課程",
            at=(*path, len(kept)),
        )

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
