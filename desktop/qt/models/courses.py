"""Sets and courses of one person as a tree: verdicts, times, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt

from desktop.domain.findings import Severity
from desktop.domain.moments import roc_date
from desktop.domain.plan import Plan
from desktop.domain.verdicts import RecordVerdict, SetState, Verdict
from desktop.qt.models.roles import Role
from desktop.qt.term_words import word_tip
from desktop.qt.tokens import tokens
from desktop.qt.words import moment_words, spoken_moment
from desktop.services.benefit_words import minimum_words, minimums_words
from desktop.services.own_sets import unknown_rank_words
from desktop.services.wording import CHIPS, hours_words

if TYPE_CHECKING:
    from desktop.services.verifying import Case

SEVERITY_STATES = {Severity.FAIL: "fail", Severity.REVIEW: "review", Severity.INFO: "info"}
OUTSIDE_TITLE = "不在本計畫的課程"
FREE_CHOICE_TITLE = "自選課程"
UNKNOWN_RANK_TITLE = "官等不明"


class Column(IntEnum):
    """Columns of the course table."""

    VERDICT = 0
    NUMBER = 1
    COURSE = 2
    HOURS = 3
    START = 4
    END = 5
    REASONS = 6


_ALWAYS = (Qt.ItemDataRole.DisplayRole,)
_PAINTED = {
    column: {
        Column.VERDICT: (*_ALWAYS, Role.STATE),
        Column.NUMBER: (*_ALWAYS, Qt.ItemDataRole.TextAlignmentRole),
        Column.HOURS: (*_ALWAYS, Qt.ItemDataRole.TextAlignmentRole),
        Column.REASONS: (*_ALWAYS, Role.CHIPS),
    }.get(column, _ALWAYS)
    for column in Column
}
"""The roles that say something in each column; ``QUIET`` does in all."""
HEADINGS = ("判定", "號", "課程名稱", "時數", "起", "迄", "原因")


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course of a set, with its record if there is one."""

    number: int
    course: str
    hours: Decimal | None
    record: RecordVerdict | None

    @property
    def needs_decision(self) -> bool:
        """Whether a person must still say something: a fail or review nobody decided on."""
        record = self.record
        return (
            record is not None
            and record.decision is None
            and record.verdict in (Verdict.FAIL, Verdict.REVIEW)
        )

    @property
    def state(self) -> str:
        """The verdict shown: the clerk's act before the program's."""
        if self.record is None:
            return "missing"
        if self.record.decision is not None:
            return "decided"
        return self.record.verdict.value if self.record.verdict is not None else "info"

    @property
    def state_words(self) -> str:
        """The same in words."""
        if self.record is not None and self.record.decision is not None:
            return self.record.decision.kind.word
        if self.state == "info":
            return "不計入"
        return tokens().words[self.state]

    @property
    def chips(self) -> tuple[tuple[str, str], ...]:
        """The reasons as chips, worst first."""
        if self.record is None:
            return ()
        findings = sorted(self.record.findings, key=lambda one: (-one.severity, one.code))
        return tuple(dict.fromkeys((SEVERITY_STATES[f.severity], CHIPS[f.code]) for f in findings))


@dataclass(frozen=True, slots=True)
class CourseGroup:
    """One set with its rows; ``detail`` says more than there is room for."""

    set_id: str | None
    title: str
    chip: tuple[str, str] | None
    trailing: str
    rows: tuple[CourseRow, ...]
    detail: str = ""

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Passed, waiting and failed rows, as settled."""
        numbers = {"pass": 0, "review": 0, "fail": 0}
        for row in self.rows:
            settled = row.record.settled if row.record is not None else None
            if settled is not None:
                numbers[settled.value] += 1
        missing = sum(row.record is None for row in self.rows)
        pairs = (*numbers.items(), ("missing", missing))
        return tuple((state, number) for state, number in pairs if number)

    @property
    def is_finished(self) -> bool:
        """Whether nothing in it waits for the clerk."""
        return not any(row.needs_decision for row in self.rows)


def groups_of(case: Case) -> tuple[CourseGroup, ...]:
    """The sets of a person in the plan's order, then what lies outside the plan.

    First comes why there is no set of a group, where the roster does not tell the rank that
    chooses it.
    """
    verdict, plan = case.verdict, case.plan
    groups = []
    unknown_rank = unknown_rank_words(plan, verdict.person)
    if unknown_rank and verdict.is_eligible is not False:
        groups.append(CourseGroup(None, UNKNOWN_RANK_TITLE, ("review", unknown_rank), "", ()))
    states = {state.set_id: state for state in verdict.sets}
    for course_set in plan.sets:
        state = states.get(course_set.id)
        if state is None:
            continue
        rows: list[CourseRow] = []
        if course_set.is_open:
            found = [r for r in verdict.records if r.set_id == course_set.id]
            rows = [
                CourseRow(n, r.course, r.row.certified_hours, r) for n, r in enumerate(found, 1)
            ]
        certified = Decimal(0)
        for number, course in enumerate(course_set.courses, 1):
            records = [
                record
                for record in verdict.records
                if record.set_id == course_set.id and record.course == course.name
            ]
            if not records:
                rows.append(CourseRow(number, course.name, course.hours, None))
            if any(record.settled is Verdict.PASS for record in records):
                certified += course.hours
            rows += [CourseRow(number, course.name, course.hours, record) for record in records]
        trailing = f"認證 {hours_words(certified)}／{hours_words(course_set.hours)} 時"
        standings = tuple(minimum_words(standing) for standing in state.minimums)
        if standings:
            trailing = minimums_words(state.minimums)
        chip = _set_chip(state, plan, case)
        groups.append(
            CourseGroup(
                course_set.id, course_set.title, chip, trailing, tuple(rows), "\n".join(standings)
            )
        )
    known = {state.set_id for state in verdict.sets}
    chosen = [r for r in verdict.records if r.set_id is None and r.is_in_plan]
    if chosen:
        rows = [
            CourseRow(n, record.course, record.row.certified_hours, record)
            for n, record in enumerate(chosen, 1)
        ]
        groups.append(CourseGroup(None, FREE_CHOICE_TITLE, None, f"{len(rows)} 列", tuple(rows)))
    outside = [r for r in verdict.records if r.set_id not in known and r not in chosen]
    if outside:
        rows = [
            CourseRow(n, record.course, record.row.certified_hours, record)
            for n, record in enumerate(outside, 1)
        ]
        groups.append(CourseGroup(None, OUTSIDE_TITLE, None, f"{len(rows)} 列", tuple(rows)))
    return tuple(groups)


def _set_chip(state, plan: Plan, case: Case) -> tuple[str, str]:
    if state.state is SetState.PASS:
        hours = sum(g.hours for g in case.verdict.leave.grants if g.set_id == state.set_id)
        return "pass", f"完成，補休 {hours} 時" if hours else "完成"
    if state.state is SetState.REVIEW:
        return "review", "待確認"
    return "missing", "未完成"


class CourseModel(QAbstractItemModel):
    """Sets are parents, courses their children."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._groups: tuple[CourseGroup, ...] = ()
        self._year = 0

    def show_case(self, case: Case | None) -> None:
        """Show another person, or nobody."""
        self.beginResetModel()
        self._groups = groups_of(case) if case is not None else ()
        self._year = case.plan.year if case is not None else 0
        self.endResetModel()

    @property
    def groups(self) -> tuple[CourseGroup, ...]:
        """The sets shown."""
        return self._groups

    def row(self, index: QModelIndex) -> CourseRow | None:
        """The course of an index, None for a set."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._groups[index.internalId() - 1].rows[index.row()]

    def index_of(self, record_key: str) -> QModelIndex:
        """The place of a record, invalid when it is not shown."""
        for group_number, group in enumerate(self._groups):
            for number, row in enumerate(group.rows):
                if row.record is not None and row.record.key == record_key:
                    return self.index(number, 0, self.index(group_number, 0))
        return QModelIndex()

    def record_indexes(self) -> tuple[QModelIndex, ...]:
        """Every course row, in order."""
        return tuple(
            self.index(number, 0, self.index(group_number, 0))
            for group_number, group in enumerate(self._groups)
            for number in range(len(group.rows))
        )

    # -------------------------------------------------------------------- model
    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The place of a set or course."""
        if row < 0 or not 0 <= column < len(HEADINGS):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0) if row < len(self._groups) else QModelIndex()
        if parent.internalId() != 0 or row >= len(self._groups[parent.row()].rows):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1)

    def parent(self, index: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The set of a course."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Sets, or courses of a set."""
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() == 0 and parent.column() == 0:
            return len(self._groups[parent.row()].rows)
        return 0

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """The columns."""
        return len(HEADINGS)

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADINGS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                is_number = section in (Column.NUMBER, Column.HOURS)
                side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            if role == Qt.ItemDataRole.ToolTipRole:
                return word_tip(HEADINGS[section]) or None
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return self._group_data(self._groups[index.row()], role)
        row = self._groups[index.internalId() - 1].rows[index.row()]
        return self._row_data(row, Column(index.column()), role)

    def painted(self, index: QModelIndex) -> Mapping[int, Any]:
        """What a delegate needs of one cell of a course, in one answer: ``data`` by its roles."""
        row = self._groups[index.internalId() - 1].rows[index.row()]
        column = Column(index.column())
        found: dict[int, Any] = {
            role: self._row_data(row, column, role) for role in _PAINTED[column]
        }
        found[Role.QUIET] = row.record is None or column is Column.NUMBER
        return found

    def _group_data(self, group: CourseGroup, role: int) -> Any:
        values: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: group.title,
            Role.IS_GROUP: True,
            Role.COUNTS: group.counts,
            Role.TRAILING: group.trailing,
            Role.CHIPS: (group.chip,) if group.chip else (),
            Qt.ItemDataRole.ToolTipRole: group.detail or None,
            Qt.ItemDataRole.AccessibleTextRole: (
                f"{group.title}，{group.chip[1] if group.chip else ''}，"
                f"{group.detail or group.trailing}"
            ),
        }
        return values.get(role)

    def _row_data(self, row: CourseRow, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell_words(row, column)
        if role == Role.STATE and column is Column.VERDICT:
            return row.state
        if role == Role.CHIPS and column is Column.REASONS:
            return row.chips
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (Column.NUMBER, Column.HOURS):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.QUIET:
            return row.record is None or column is Column.NUMBER
        if role == Qt.ItemDataRole.ToolTipRole:
            if column is Column.REASONS:
                return "\n".join(words for _, words in row.chips)
            return row.course if column is Column.COURSE else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_row(row)
        return None

    def cell_words(self, row: CourseRow, column: Column) -> str:
        """The text of one cell, as it is also copied."""
        record = row.record
        if column is Column.VERDICT:
            return row.state_words
        if column is Column.NUMBER:
            return str(row.number)
        if column is Column.COURSE:
            return row.course.replace("\n", "")
        if column is Column.HOURS:
            return hours_words(row.hours) if row.hours is not None else ""
        if column is Column.REASONS:
            return "、".join(words for _, words in row.chips)
        if record is None:
            return ""
        learnt = record.row
        if not learnt.shows_times:
            day = learnt.start_date if column is Column.START else learnt.end_date
            return roc_date(day) if day is not None else ""
        if column is Column.START:
            return moment_words(learnt.start, year=self._year)
        return moment_words(learnt.end, year=self._year, after=learnt.start)


def spoken_row(row: CourseRow) -> str:
    """A course row as a screen reader says it."""
    words = f"第{row.number}列，{row.state_words}，{row.course}"
    if row.hours is not None:
        words += f"，{hours_words(row.hours)}時"
    if row.record is not None and row.record.row.shows_times:
        learnt = row.record.row
        words += f"，{spoken_moment(learnt.start)}至{spoken_moment(learnt.end)}"
    if row.chips:
        words += "，原因：" + "、".join(text for _, text in row.chips)
    return words
