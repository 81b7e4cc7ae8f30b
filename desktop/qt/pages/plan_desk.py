"""The draft on the desk of 計畫: opened, kept while it is written, examined, put in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.qt.models.plan_editing import PlanEditing
from desktop.qt.operations import Operations
from desktop.qt.services import Services
from desktop.services.plan_document import Values
from desktop.services.plan_drafts import PlanDraft

if TYPE_CHECKING:
    from desktop.services.plan_drafts import PlanEntry
    from desktop.services.plan_examining import Examination

EXAMINE_AFTER_MS = 250
SAVE_AFTER_MS = 3000


class PlanDesk(QObject):
    """One draft, bound to the services; what the page shows comes from here.

    Attributes:
        listed: The plans there are were read again.
        opened: Another draft lies on the desk.
        examined: Examination and comparison of the values as they are.
        kept: Whether everything is kept changed, or when.
        tried: A trial's result, None when it failed or was stopped.
        acted: A draft was put in force or ended; carries the sentence. 復原 takes it back.
        failed: A sentence for the clerk.
        is_opening: Whether another draft is being laid on the desk; ``opened`` comes at its end.
    """

    listed = Signal()
    opened = Signal()
    examined = Signal()
    kept = Signal()
    tried = Signal(object)
    acted = Signal(str)
    failed = Signal(str)

    def __init__(self, services: Services, operations: Operations, parent: QObject) -> None:
        """Make an empty desk.

        Args:
            services: Of the office.
            operations: The way off the UI thread.
            parent: The page.
        """
        super().__init__(parent)
        self._services, self._operations = services, operations
        self.editing = PlanEditing(self)
        self.entries: tuple[PlanEntry, ...] = ()
        self.base: Values | None = None
        self.examination: Examination | None = None
        self.comparison: Any = None
        self.is_writing = False
        self.is_opening = False
        self._draft: PlanDraft | None = None
        self._kept_values: Values | None = None
        self._examine_timer = self._timer(EXAMINE_AFTER_MS, self.examine)
        self._save_timer = self._timer(SAVE_AFTER_MS, self.save)
        self.editing.edited.connect(lambda _path: self._changed())
        self.editing.rebuilt.connect(lambda _path: self._changed())

    def _timer(self, interval: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(act)
        return timer

    # -------------------------------------------------------------------- state
    @property
    def draft(self) -> PlanDraft | None:
        """The draft with the values as they are now; None while nothing is open."""
        if self._draft is None:
            return None
        return replace(self._draft, values=self.editing.values)

    @property
    def plan_id(self) -> str:
        """Id of the open draft, empty without one."""
        return self._draft.plan_id if self._draft is not None else ""

    @property
    def saved_at(self) -> datetime | None:
        """When the draft was kept last, None for a plan nobody changed."""
        return self._draft.saved_at if self._draft is not None else None

    @property
    def is_changed(self) -> bool:
        """Whether something is not kept yet."""
        return self._draft is not None and self.editing.values is not self._kept_values

    @property
    def is_draft(self) -> bool:
        """Whether this is a draft, not the plan in force as it stands."""
        return self.saved_at is not None or self.is_changed or self.is_writing

    @property
    def errors(self) -> int | None:
        """How many mistakes stand, None while they are being looked for."""
        return None if self.examination is None else len(self.examination.errors)

    def _changed(self) -> None:
        if self._draft is None:
            return
        self.examination = None
        self._examine_timer.start()
        if self.is_changed:
            self._save_timer.start()
        self.kept.emit()

    # ------------------------------------------------------------------ opening
    def list_plans(self, then: Callable[[], None] | None = None) -> None:
        """Read again which plans there are."""
        services = self._services

        def show(entries) -> None:
            self.entries = tuple(entries)
            self.listed.emit()
            if then is not None:
                then()

        self._operations.run_read(
            lambda report: services.plan_entries(),
            show,
            words="讀取計畫",
            owner=self,
            latest="plan-entries",
            on_failure=self.failed.emit,
        )

    def open(self, plan_id: str) -> None:
        """Put a plan's draft on the desk; what lies there is kept first."""
        self.save()
        services = self._services

        def read(report):
            draft = services.open_plan_draft(plan_id)
            return draft, services.plan_base(draft)

        self._operations.run_read(
            read,
            lambda found: self._lay(*found),
            words="讀取計畫",
            owner=self,
            latest="plan-open",
            on_failure=self.failed.emit,
        )

    def take(self, make: Callable[[], PlanDraft], *, words: str) -> None:
        """Put a new draft on the desk and keep it: a copy, a file, a plan from nothing.

        Args:
            make: Gives the draft; called off the UI thread.
            words: The act, for the status bar.
        """
        self.save()
        services = self._services

        def read(report):
            draft = make()
            kept = {one.id for one in services.plan_entries() if one.state.value == "draft"}
            former = services.open_plan_draft(draft.plan_id) if draft.plan_id in kept else None
            return draft, former, services.plan_base(draft)

        def lay(found) -> None:
            draft, former, base = found
            self._lay(former or draft, base)
            if former is not None:
                self.editing.change(lambda _values: draft.values, words=words)
            else:
                self._kept_values = None
            self.save()

        self._operations.run_read(read, lay, words=words, owner=self, on_failure=self.failed.emit)

    def _lay(self, draft: PlanDraft, base: Values | None) -> None:
        self._save_timer.stop()
        self._draft, self.base = draft, base
        self._kept_values = draft.values
        self.examination = self.comparison = None
        self.is_opening = True
        self.editing.open(draft.values)
        self.is_opening = False
        self.opened.emit()
        self.kept.emit()
        self.examine()

    # ------------------------------------------------------------------- checks
    def examine(self) -> None:
        """Look the draft through and compare it, off the UI thread."""
        self._examine_timer.stop()
        draft = self.draft
        if draft is None:
            return
        services = self._services

        def look(report):
            return services.examine_plan(draft), services.compare_plan(draft)

        def show(found) -> None:
            if self.editing.values is draft.values:
                self.examination, self.comparison = found
                self.examined.emit()

        self._operations.run_read(
            look,
            show,
            words="檢查計畫",
            owner=self,
            latest="plan-examine",
            on_failure=self.failed.emit,
        )

    def try_out(self) -> None:
        """Run the draft against the people in the store."""
        draft, services = self.draft, self._services

        def fail(sentence: str) -> None:
            self.tried.emit(None)
            self.failed.emit(sentence)

        job = self._operations.run_read(
            lambda report: services.try_plan(draft, progress=report),
            self.tried.emit,
            words="試算",
            owner=self,
            can_cancel=True,
            on_failure=fail,
        )
        job.over.connect(lambda: self.tried.emit(None) if job.is_cancelled else None)

    # ------------------------------------------------------------------ keeping
    def save(self) -> None:
        """Keep the draft when something changed."""
        self._save_timer.stop()
        draft = self.draft
        if draft is None or not self.is_changed:
            return
        services = self._services
        former_kept, self._kept_values = self._kept_values, draft.values

        def keep(report):
            change = services.save_plan_draft(draft)
            return change, services.open_plan_draft(draft.plan_id).saved_at

        def done(result) -> None:
            self.is_writing = False
            if self._draft is not None and self._draft.plan_id == draft.plan_id:
                self._draft = replace(self._draft, saved_at=result[1])
            self.kept.emit()
            self.list_plans()

        def fail(sentence: str) -> None:
            self.is_writing = False
            if self._kept_values is draft.values:
                self._kept_values = former_kept
            self.kept.emit()
            self.failed.emit(sentence)

        self.is_writing = True
        self._operations.run_write(keep, done, words="存計畫草稿", owner=self, on_failure=fail)

    def discard(self) -> None:
        """End the draft, kept first so that 復原 brings all of it back."""
        draft, services = self.draft, self._services
        if draft is None:
            return
        self.save()
        title = draft.values.get("short_title") or draft.plan_id

        def done(_change: object) -> None:
            self.acted.emit(f"已捨棄「{title}」的草稿。")
            self.reopen(draft.plan_id)

        work = partial(services.discard_plan_draft, draft.plan_id)
        self._write(lambda report: work(), done, words="捨棄計畫草稿")

    def enact(self) -> None:
        """Put the draft in force."""
        draft, services = self.draft, self._services
        if draft is None:
            return
        self._save_timer.stop()

        def done(change) -> None:
            self._kept_values = self.editing.values
            self.acted.emit(
                f"已{change.act}，成為新的版本；以前的判定仍照原來的版本，等您同意才更新。"
            )
            self.reopen(str(draft.values.get("id")))

        self._write(lambda report: services.put_plan_in_force(draft), done, words="啟用計畫")

    def _write(self, work, done: Callable[[Any], None], *, words: str) -> None:
        def over(result) -> None:
            self.is_writing = False
            done(result)

        def fail(sentence: str) -> None:
            self.is_writing = False
            self.kept.emit()
            self.failed.emit(sentence)

        self.is_writing = True
        self._operations.run_write(work, over, words=words, owner=self, on_failure=fail)

    def reopen(self, wished: str) -> None:
        """Read the plans again and open one: the wished, else the one it was made of, else any."""
        former = self._draft.based_on if self._draft is not None else ""
        self._kept_values = self.editing.values

        def then() -> None:
            ids = [one.id for one in self.entries]
            found = next((one for one in (wished, former) if one in ids), "")
            if found or ids:
                self.open(found or ids[0])

        self.list_plans(then)

    def export_to(self, path: Path, done: Callable[[], None]) -> None:
        """Write the draft as a plan file."""
        draft, services = self.draft, self._services
        self._operations.run_write(
            lambda report: path.write_bytes(services.export_plan(draft)),
            lambda _count: done(),
            words="匯出計畫",
            owner=self,
            on_failure=self.failed.emit,
        )
