"""Values for the store's tests: an invented office, ready to be stored."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from desktop.domain.attendance import AttendanceEntry, AttendanceKind, Punch, Receipt, Shift
from desktop.domain.calendar import CalendarYear
from desktop.domain.evidence import EvidenceKind, LearningRow, Refusal, RefusalReason
from desktop.domain.moments import Span
from desktop.domain.people import LeaveWithoutPay, Person
from desktop.domain.provenance import PageBox, SourcePlace
from desktop.store import Store, Writer

CONTENT = "學習紀錄原檔的內容".encode()
DIGEST = hashlib.sha256(CONTENT).hexdigest()
OTHER_CONTENT = "差勤紀錄".encode()
OTHER_DIGEST = hashlib.sha256(OTHER_CONTENT).hexdigest()
PLAN = "kaohsiung-114"


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self, moment: datetime = datetime(2025, 5, 2, 14, 5, 9)) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **length: float) -> None:
        self.moment += timedelta(**length)


def office_path(folder: Path) -> Path:
    """A path as clerks have them: Chinese, blanks, and what URLs would trip over."""
    return folder / "人事室 資料#1 100%25 &" / "公餘 資料.sqlite"


def open_store(
    path: Path, *, clock: Callable[[], datetime] | None = None, is_network: bool = False
) -> Store:
    return Store.open(
        path,
        actor="陳承辦",
        clock=clock or Clock(),
        on_network=lambda _: is_network,
        busy_seconds=0.2,
    )


def place(row: int = 1, *, digest: str = DIGEST, name: str = "A0012_王小明.pdf") -> SourcePlace:
    return SourcePlace(digest, name, page=2, row=row)


def person(employee_id: str = "A0012", name: str = "王小明", position: int = 0) -> Person:
    return Person(
        employee_id=employee_id,
        name=name,
        unit="人事室",
        title="科員",
        rank="委任第5職等",
        category="公務人員",
        pattern_code="一般",
        hired_on=date(2010, 1, 4),
        leave_without_pay=(
            LeaveWithoutPay(date(2024, 3, 1), date(2024, 8, 31)),
            LeaveWithoutPay(date(2025, 1, 1), None),
        ),
        roster_position=position,
    )


STAFF = (
    person("A0012", "王小明", 0),
    person("A0007", "李𠮷", 1),
    person("A0030", "游錫堃", 2),
)


def learning_row(number: int = 1, **changes: object) -> LearningRow:
    fields: dict[str, object] = {
        "place": SourcePlace(
            DIGEST,
            "sub/A0012_王小明.pdf",
            page=1,
            row=number,
            boxes=((1, PageBox(0.05, 0.9, 0.95, 1.0)), (2, PageBox(0.05, 0.1, 0.95, 0.125))),
        ),
        "kind": EvidenceKind.EPLUS_RECORD,
        "course_name": "公務員廉政\n倫理規範",
        "course_code": "PCENTER114100556",
        "employee_id": "A0012",
        "person_name": "王小明",
        "start": datetime(2025, 3, 1, 19, 0, 1),
        "end": datetime(2025, 3, 1, 20, 2, 3),
        "certified_hours": Decimal("1.0"),
        "reading_time": timedelta(hours=1, minutes=1, seconds=1),
        "pass_status": "通過",
        "doubtful_fields": ("start", "end"),
        "raw": {"課程名稱": "公務員廉政倫理規範", "空欄": ""},
    }
    return LearningRow(**(fields | changes))  # type: ignore[arg-type]


def span(day: date, first_hour: int, last_hour: int) -> Span:
    return Span(
        datetime(day.year, day.month, day.day, first_hour),
        datetime(day.year, day.month, day.day, last_hour),
    )


DAY = date(2025, 3, 3)
ATTENDANCE = (
    AttendanceEntry("A0012", AttendanceKind.OVERTIME, "加班", span(DAY, 18, 20), "結算", place(1)),
    AttendanceEntry("A0012", AttendanceKind.PERSONAL_LEAVE, "休假", span(DAY, 8, 17)),
    # Not on the roster: the attendance system's export may hold more people.
    AttendanceEntry("Z9999", AttendanceKind.BUSINESS_TRIP, "公出", span(DAY, 9, 10), "", place(3)),
)
SHIFTS = (
    Shift("A0007", DAY, Span(datetime(2025, 3, 3, 20), datetime(2025, 3, 4, 8)), place(1)),
    Shift("A0007", date(2025, 3, 5), span(date(2025, 3, 5), 8, 20)),
)
PUNCHES = (
    Punch("A0012", DAY, datetime(2025, 3, 3, 7, 58, 1), None, place(1)),
    Punch("A0012", date(2025, 3, 4), None, None, place(2)),
    Punch("A0030", DAY, datetime(2025, 3, 3, 8), datetime(2025, 3, 3, 17, 30), place(3)),
)
RECEIPTS = (Receipt("A0012", PLAN, date(2025, 11, 20), place(1)),)
YEAR = CalendarYear(
    year=2025,
    days_off=frozenset({date(2025, 1, 1), date(2025, 1, 4)}),
    names={date(2025, 1, 1): "開國紀念日", date(2025, 2, 8): "補行上班"},
    version="2025-05-28",
    source="行政院人事行政總處",
)
REFUSAL = Refusal(
    place=place(9),
    reason=RefusalReason.BAD_DATE,
    message="A0012_王小明.pdf 第 2 頁第 9 列的日期讀不出來，這一列沒有存入；請改正後再匯入。",
    rows=1,
    raw={"上課期間": "114/13/01"},
)


def add_file(
    writer: Writer,
    batch_id: str,
    *,
    stored: int,
    known: int = 0,
    refused: int = 0,
    content: bytes = CONTENT,
    kind: EvidenceKind = EvidenceKind.EPLUS_RECORD,
    name: str = "sub/A0012_王小明.pdf",
) -> str:
    digest = hashlib.sha256(content).hexdigest()
    writer.keep_file(digest, content, name)
    return writer.add_batch_file(
        batch_id,
        digest=digest,
        name=name,
        kind=kind,
        rows_in=stored + known + refused,
        rows_stored=stored,
        rows_known=known,
        rows_refused=refused,
    )


def fill(store: Store) -> tuple[str, str]:
    """Store the office: roster, attendance and two rows of the first person."""
    with store.writing("匯入") as writer:
        batch_id = writer.add_batch("匯入 2 個檔案")
        roster = add_file(
            writer,
            batch_id,
            stored=3,
            content="名冊".encode(),
            kind=EvidenceKind.ROSTER,
            name="名冊.xlsx",
        )
        writer.replace_roster(STAFF, roster)
        file_id = add_file(writer, batch_id, stored=2)
        writer.add_learning_rows(
            file_id,
            [
                (learning_row(1), "A0012", None, "A0012|1"),
                (learning_row(2), "A0012", None, "A0012|2"),
            ],
        )
        writer.add_attendance(ATTENDANCE, file_id)
    return batch_id, file_id


def issue(writer: Writer, *, employee_id: str | None = "A0012", cancels: str | None = None) -> str:
    number = writer.next_number(PLAN, "KH", 114)
    writer.add_document(
        number=number,
        plan_id=PLAN,
        kind="A",
        employee_id=employee_id,
        set_id="set-1",
        content_digest=DIGEST,
        frozen=f"%PDF-1.7 {number}".encode(),
        cancels=cancels,
    )
    return number


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the file, table by table, read without the store."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for (name,) in names
        }
