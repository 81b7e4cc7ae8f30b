"""Evidence of learning, taken row by row: what the five kinds have in common.

Nothing is matched or judged here: a row says what the printout says.
"""

from __future__ import annotations

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from desktop.domain.evidence import EvidenceRow, LearningRow, Refusal, RefusalReason
from desktop.domain.text import has_private_use, normalise_digits
from desktop.importers.base import TableImporter, row_refusal
from desktop.importers.document import Document
from desktop.importers.doubts import is_optical, relied_on, with_doubts
from desktop.importers.headings import Column
from desktop.importers.persons import (
    NamedPerson,
    nearly_same_name,
    person_in_file_name,
    same_person,
)
from desktop.importers.row_cells import unit_of
from desktop.importers.shown_facts import is_blank_mark, settled_blanks, shown_facts
from desktop.importers.tabulation import DataRow, Tabulated
from desktop.importers.values import (
    RowFaultError,
    hours,
    identifier,
    is_empty,
    length,
    name_and_code,
    one_line,
)

_NUMBER = re.compile(r"\d{1,5}")
_COUNT = re.compile(r"共\s*(\d{1,5})\s*筆")


@dataclass(frozen=True, slots=True)
class Times:
    """When a course was taken, as far as a row says."""

    start: datetime | None = None
    end: datetime | None = None
    started_on: date | None = None
    completed_on: date | None = None
    are_impossible: bool = False


class LearningImporter(TableImporter):
    """Evidence of learning, taken row by row.

    Attributes:
        is_one_persons: Whether the text above the table or the file's name may say whose the
            rows are; agency lists name a person in each row.
    """

    is_one_persons = True

    def take(
        self, document: Document, table: Tabulated
    ) -> tuple[Sequence[EvidenceRow], tuple[Refusal, ...], tuple[str, ...]]:
        """Each row that reads, and each row that does not with its reason."""
        rows: list[LearningRow] = []
        marks: list[tuple[str | None, bool | None, bool]] = []
        refusals: list[Refusal] = []
        remarks: list[str] = []
        person_of = self._person_finder(document, table, remarks)
        for row in table.rows:
            told = relied_on(row) if is_optical(row) else None
            try:
                read = self.read_row(row if told is None else told.row, columns=table.columns)
            except RowFaultError as fault:
                refusals.append(row_refusal(row, fault))
                continue
            if told is not None:
                read = with_doubts(read, told)
            if (
                told is None
                and read.reading_time is None
                and not is_empty(row.cells.get(Column.READING, ""))
            ):
                remarks.append(
                    f"「{document.source.name}」{row.place.words}的閱讀時數「"
                    f"{row.text(Column.READING)[:20]}」讀不出來，沒有拿來核對，請對照原件。"
                )
            person = person_of(row)
            rows.append(
                replace(
                    read,
                    employee_id=person.employee_id,
                    person_name=person.name,
                    shown_unit=unit_of(row),
                )
            )
            # In a picture a mark may have been overlooked: there a blank says nothing.
            is_blank = told is None and is_blank_mark(row.cells, table.columns)
            marks.append((row.place.sheet, read.is_business_related, is_blank))
        remarks += _lost_rows(document, table)
        settled = [
            row if row.is_business_related is related else replace(row, is_business_related=related)
            for row, related in zip(rows, settled_blanks(marks), strict=True)
        ]
        return settled, tuple(refusals), tuple(dict.fromkeys(remarks))

    def read_row(self, row: DataRow, *, columns: AbstractSet[Column]) -> LearningRow:
        """One row without its person.

        Args:
            row: The row by column.
            columns: The columns that the table has.

        Raises:
            RowFaultError: When it names no course or its date cannot be read.
        """
        name, code = name_and_code(row.cells.get(Column.COURSE, ""))
        if not name:
            raise RowFaultError(
                RefusalReason.UNREADABLE, "沒有課程名稱，這一列未採用，請補上課程名稱後再匯入"
            )
        times = self.times(row)
        shown = shown_facts(row.cells, columns)
        return LearningRow(
            place=row.place,
            kind=self.kind,
            course_name=name,
            course_code=code,
            start=times.start,
            end=times.end,
            started_on=times.started_on,
            completed_on=times.completed_on,
            times_are_impossible=times.are_impossible,
            certified_hours=self.certified_hours(row),
            reading_time=length(row.cells.get(Column.READING, "")),
            pass_status=(
                one_line(row.cells.get(Column.PASSED, "")) if Column.PASSED in columns else None
            ),
            category=shown.category,
            learning_type=shown.learning_type,
            is_business_related=shown.is_business_related,
            score=shown.score,
            is_questionnaire_done=shown.is_questionnaire_done,
            are_hours_uploaded=shown.are_hours_uploaded,
            doubtful_fields=("course_name",) if _is_damaged(name) else (),
            raw=row.raw,
        )

    def certified_hours(self, row: DataRow) -> Decimal | None:
        """認證時數 or whatever this kind calls it, None when not shown."""
        for column in (Column.CERTIFIED, Column.FINISHED_HOURS, Column.HOURS):
            if column in row.cells:
                return hours(row.cells[column])
        return None

    @abstractmethod
    def times(self, row: DataRow) -> Times:
        """When the course was taken.

        Raises:
            RowFaultError: When a date has two readings or none.
        """

    def _person_finder(
        self, document: Document, table: Tabulated, remarks: list[str]
    ) -> Callable[[DataRow], NamedPerson]:
        """How to tell whose a row is: its own cells, else the page's text, else the file name."""
        names_by_row = not self.is_one_persons or any(
            row.text(Column.NAME) or row.text(Column.EMPLOYEE_ID) for row in table.rows
        )
        of_page = self.person_of_page(document, remarks)

        def find(row: DataRow) -> NamedPerson:
            if names_by_row:
                return NamedPerson(
                    identifier(row.cells.get(Column.EMPLOYEE_ID, "")),
                    one_line(row.cells.get(Column.NAME, "")) or None,
                )
            return of_page(row.page_person)

        return find

    def person_of_page(
        self, document: Document, remarks: list[str] | None = None
    ) -> Callable[[NamedPerson], NamedPerson]:
        """How to tell whose a page is: by the page's text, else by the file's name.

        Args:
            document: One file as read.
            remarks: Takes a sentence for each page that its file's name contradicts.
        """
        by_file = person_in_file_name(document.source.name)

        def find(by_page: NamedPerson) -> NamedPerson:
            if not by_page.is_known:
                return by_file
            if document.has_optical_tables and nearly_same_name(by_page, by_file):
                # One character of a name is easily misread; the file's name is typed.
                by_page = replace(by_page, name=by_file.name)
            if same_person(by_page, by_file):
                return NamedPerson(
                    by_page.employee_id or by_file.employee_id, by_page.name or by_file.name
                )
            if remarks is not None:
                remarks.append(
                    f"頁面上的姓名是「{by_page.name or by_page.employee_id}」，"
                    f"檔名卻是「{by_file.name or by_file.employee_id}」，以頁面為準。"
                )
            return by_page

        return find


def _is_damaged(text: str) -> bool:
    """Whether a print's own letter table failed: control marks where characters should be."""
    return has_private_use(text) or any(
        (unicodedata.category(letter) == "Cc" and letter != "\n") or letter == "\ufffd"
        for letter in text
    )


def _lost_rows(document: Document, table: Tabulated) -> list[str]:
    """Signs that the printout held more rows than were read: a gap in No., a larger 共 n 筆."""
    remarks = []
    last = 0
    for row in table.rows:
        text = normalise_digits(one_line(row.cells.get(Column.NUMBER, "")))
        if not _NUMBER.fullmatch(text):
            continue
        number = int(text)
        if number > last + 1 and last:
            remarks.append(
                f"{row.place.words}的編號從 {last} 跳到 {number}，列印檔可能缺列，請核對原始紀錄。"
            )
        last = number
    counts = [int(found) for found in _COUNT.findall(document.text)]
    if len(counts) == 1 and counts[0] > len(table.rows):
        remarks.append(
            f"頁面寫「共 {counts[0]} 筆」，檔案裡只有 {len(table.rows)} 筆，請核對是否列印完整。"
        )
    return remarks
