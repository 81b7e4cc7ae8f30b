"""Roster, receipts, nominees and former awards; each file whole or not at all (inputs.md 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.attendance import ReceiptKind
from desktop.domain.evidence import (
    ApplicationRow,
    EvidenceKind,
    EvidenceRow,
    NominationRow,
    Refusal,
    RefusalReason,
    RosterRow,
)
from desktop.domain.text import matching_key
from desktop.importers.award_history import AwardHistory
from desktop.importers.base import WholeTableImporter
from desktop.importers.document import Document
from desktop.importers.headings import Column
from desktop.importers.row_cells import PERSON, day_in, needed_day_in, person_of, unit_of
from desktop.importers.shown_facts import MARKS_NO, MARKS_YES, folded, marked, settled_blanks
from desktop.importers.tabulation import HEADER_ROWS, DataRow, Layout, Tabulated
from desktop.importers.values import (
    RowFaultError,
    identifier,
    one_line,
)

_SUBSTITUTE = MARKS_YES | folded("遞補 備取")
_SUPERVISOR = MARKS_YES | folded("主管 主管職 主管職務 主管人員 主管人員職務")
_NO_SUPERVISOR = MARKS_NO | folded("無 非主管 非主管職 非主管職務 非主管人員 不是主管")
_APPLICATION = folded("申請 申請表 申請書 補休申請表 補休申請 學習紀錄 學習紀錄表 學習證明")
_REPORT = folded("研習報告 報告 心得 心得報告 研習心得 學習心得 研習心得報告")


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
            Column.SUPERVISOR,
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

    def identify(self, document: Document) -> bool:
        """Whether a table lists people, and not what they had: that may name units as well."""
        return any(
            self.layout.columns(row) is not None and AwardHistory.layout.columns(row) is None
            for table in document.tables
            for row in table.rows[:HEADER_ROWS]
        )

    def take(
        self, document: Document, table: Tabulated
    ) -> tuple[Sequence[EvidenceRow], tuple[Refusal, ...], tuple[str, ...]]:
        """Every person or none; a blank 主管 says no where the sheet marks the supervisors."""
        rows, refusals, remarks = super().take(document, table)
        people = [row for row in rows if isinstance(row, RosterRow)]
        if not people or Column.SUPERVISOR not in table.columns:
            return rows, refusals, remarks
        marks = [
            (row.place.sheet, row.is_supervisor, not read.text(Column.SUPERVISOR))
            for row, read in zip(people, table.rows, strict=True)
        ]
        settled = [
            replace(row, is_supervisor=said)
            for row, said in zip(people, settled_blanks(marks), strict=True)
        ]
        return settled, refusals, (*remarks, *_unread_supervisors(people, table))

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
            is_supervisor=marked(row.cells.get(Column.SUPERVISOR, ""), _SUPERVISOR, _NO_SUPERVISOR),
            raw=row.raw,
        )


def _unread_supervisors(people: Sequence[RosterRow], table: Tabulated) -> tuple[str, ...]:
    """A remark on words in the 主管 column that are neither yes nor no."""
    for person, row in zip(people, table.rows, strict=True):
        words = row.text(Column.SUPERVISOR)
        if words and person.is_supervisor is None:
            remark = (
                f"名冊的主管欄有「{words[:20]}」這樣的寫法，看不出是不是主管，當作名冊沒有註明，"
                "需要時請改填是或否。"
            )
            return (remark,)
    return ()


class Applications(WholeTableImporter):
    """收件登記: what was received when."""

    kind = EvidenceKind.APPLICATIONS
    may_be_empty = True
    layout = Layout(
        wanted=(*PERSON, Column.UNIT, Column.PLAN, Column.RECEIVED, Column.RECEIVED_WHAT),
        required=(PERSON, (Column.RECEIVED,)),
        forbidden=(Column.COURSE, Column.KIND),
    )

    def read_row(self, row: DataRow) -> ApplicationRow:
        """One receipt.

        Raises:
            RowFaultError: When the date is missing or cannot be read, or it does not say what
                was received in words that are known.
        """
        employee_id, name = person_of(row)
        plan = one_line(row.cells.get(Column.PLAN, ""))
        return ApplicationRow(
            row.place,
            employee_id,
            name,
            plan,
            needed_day_in(row, Column.RECEIVED),
            _received_kind(row),
            unit_of(row),
        )


def _received_kind(row: DataRow) -> ReceiptKind | None:
    """What was received; None when the sheet does not say, or only numbers its rows there."""
    words = one_line(row.cells.get(Column.RECEIVED_WHAT, ""))
    key = matching_key(words)
    if not key or key.isdigit():
        return None
    if key in _APPLICATION:
        return ReceiptKind.APPLICATION
    if key in _REPORT:
        return ReceiptKind.REPORT
    raise RowFaultError(
        RefusalReason.UNREADABLE,
        f"收到的文件「{words[:20]}」看不出是申請表還是研習報告，請改填這兩種之一再匯入",
    )


class Nominations(WholeTableImporter):
    """薦送名冊: who was nominated, in which order."""

    kind = EvidenceKind.NOMINATIONS
    layout = Layout(
        wanted=(
            *PERSON,
            Column.UNIT,
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
        return NominationRow(
            place=row.place,
            employee_id=identifier(row.cells.get(Column.EMPLOYEE_ID, "")),
            person_name=name,
            telephone=one_line(row.cells.get(Column.TELEPHONE, "")),
            email=one_line(row.cells.get(Column.EMAIL, "")),
            priority=one_line(row.cells.get(Column.PRIORITY, "")),
            is_substitute=marked(row.cells.get(Column.SUBSTITUTE, ""), _SUBSTITUTE, MARKS_NO)
            is True,
            unit=unit_of(row),
        )
