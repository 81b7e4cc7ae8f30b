"""Roster, receipts and nominees; each file is taken whole or not at all (inputs.md section 5)."""

from __future__ import annotations

from desktop.domain.evidence import (
    ApplicationRow,
    EvidenceKind,
    NominationRow,
    RefusalReason,
    RosterRow,
)
from desktop.domain.text import matching_key
from desktop.importers.base import WholeTableImporter
from desktop.importers.headings import Column
from desktop.importers.row_cells import PERSON, day_in, needed_day_in, person_of
from desktop.importers.tabulation import DataRow, Layout
from desktop.importers.values import (
    RowFaultError,
    identifier,
    one_line,
)

_YES = frozenset(
    matching_key(word) or word
    for word in ["是", "有", "v", "✓", "✔", "√", "○", "y", "yes", "遞補", "備取", "1", "true"]
)


class Roster(WholeTableImporter):
    """職員名冊: who is at the agency."""

    kind = EvidenceKind.ROSTER
    layout = Layout(
        wanted=(
            *PERSON,
            Column.UNIT,
            Column.TITLE,
            Column.RANK,
            Column.CATEGORY,
            Column.PATTERN,
            Column.HIRED,
            Column.LEFT,
            Column.UNPAID_FROM,
            Column.UNPAID_UNTIL,
        ),
        required=(
            (Column.EMPLOYEE_ID,),
            (Column.NAME,),
            (Column.UNIT,),
            (Column.TITLE, Column.RANK, Column.CATEGORY, Column.PATTERN),
        ),
        forbidden=(
            Column.COURSE,
            Column.KIND,
            Column.DAY,
            Column.DUTY_FROM,
            Column.PUNCH_IN,
            Column.RECEIVED,
            Column.PRIORITY,
            Column.SUBSTITUTE,
        ),
    )

    def read_row(self, row: DataRow) -> RosterRow:
        """One person.

        Raises:
            RowFaultError: When the number or name is missing or a date cannot be read.
        """
        employee_id = identifier(row.cells.get(Column.EMPLOYEE_ID, ""))
        name = one_line(row.cells.get(Column.NAME, ""))
        if employee_id is None or not name:
            missing = "人員代號" if employee_id is None else "姓名"
            raise RowFaultError(RefusalReason.PERSON_UNKNOWN, f"{missing}是空白的，請補上後再匯入")
        return RosterRow(
            place=row.place,
            employee_id=employee_id,
            name=name,
            unit=one_line(row.cells.get(Column.UNIT, "")),
            title=one_line(row.cells.get(Column.TITLE, "")),
            rank=one_line(row.cells.get(Column.RANK, "")),
            category=one_line(row.cells.get(Column.CATEGORY, "")),
            pattern_code=one_line(row.cells.get(Column.PATTERN, "")),
            hired_on=day_in(row, Column.HIRED),
            left_on=day_in(row, Column.LEFT),
            leave_without_pay_from=day_in(row, Column.UNPAID_FROM),
            leave_without_pay_until=day_in(row, Column.UNPAID_UNTIL),
            raw=row.raw,
        )


class Applications(WholeTableImporter):
    """收件登記: what was received when."""

    kind = EvidenceKind.APPLICATIONS
    may_be_empty = True
    layout = Layout(
        wanted=(*PERSON, Column.PLAN, Column.RECEIVED),
        required=(PERSON, (Column.RECEIVED,)),
        forbidden=(Column.COURSE, Column.KIND),
    )

    def read_row(self, row: DataRow) -> ApplicationRow:
        """One receipt.

        Raises:
            RowFaultError: When the date is missing or cannot be read.
        """
        employee_id, name = person_of(row)
        plan = one_line(row.cells.get(Column.PLAN, ""))
        return ApplicationRow(
            row.place, employee_id, name, plan, needed_day_in(row, Column.RECEIVED)
        )


class Nominations(WholeTableImporter):
    """薦送名冊: who was nominated, in which order."""

    kind = EvidenceKind.NOMINATIONS
    layout = Layout(
        wanted=(
            *PERSON,
            Column.TELEPHONE,
            Column.EMAIL,
            Column.PRIORITY,
            Column.SUBSTITUTE,
        ),
        required=(
            (Column.NAME,),
            (Column.TELEPHONE, Column.EMAIL),
            (Column.PRIORITY, Column.SUBSTITUTE, Column.EMAIL),
        ),
        forbidden=(Column.COURSE, Column.KIND, Column.RECEIVED),
    )

    def read_row(self, row: DataRow) -> NominationRow:
        """One nominee.

        Raises:
            RowFaultError: When the name is missing.
        """
        name = one_line(row.cells.get(Column.NAME, ""))
        if not name:
            raise RowFaultError(RefusalReason.PERSON_UNKNOWN, "姓名是空白的，請補上後再匯入")
        substitute = one_line(row.cells.get(Column.SUBSTITUTE, ""))
        return NominationRow(
            place=row.place,
            employee_id=identifier(row.cells.get(Column.EMPLOYEE_ID, "")),
            person_name=name,
            telephone=one_line(row.cells.get(Column.TELEPHONE, "")),
            email=one_line(row.cells.get(Column.EMAIL, "")),
            priority=one_line(row.cells.get(Column.PRIORITY, "")),
            is_substitute=(matching_key(substitute) or substitute) in _YES,
        )
