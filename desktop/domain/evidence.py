"""What comes in: rows as they were read, and what was refused, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from desktop.domain.attendance import AttendanceKind, ReceiptKind
from desktop.domain.moments import Span
from desktop.domain.provenance import SourcePlace
from desktop.domain.readings import ReadingCorrection
from desktop.domain.yearly_hours import StatedHours


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


class EvidenceKind(StrEnum):
    """The kinds of file the program knows (inputs.md sections 1 to 4)."""

    EPLUS_RECORD = "eplus_record"  # e等公務園⁺ 學習紀錄
    PORTAL_HOURS = "portal_hours"  # 終身學習入口網 學習時數
    AGENCY_STATUS = "agency_status"  # 同仁學習狀況明細
    COMPLETION_SHEET = "completion_sheet"
    COURSERA_SHEET = "coursera_sheet"
    ROSTER = "roster"
    ATTENDANCE = "attendance"
    SHIFTS = "shifts"
    PUNCHES = "punches"
    APPLICATIONS = "applications"
    NOMINATIONS = "nominations"
    AWARD_HISTORY = "award_history"
    CALENDAR = "calendar"
    AGENCY_SETTINGS = "agency_settings"

    @property
    def is_learning_evidence(self) -> bool:
        """Whether the file proves learning; such files are taken row by row."""
        return self in LEARNING_KINDS

    @property
    def words(self) -> str:
        """The kind's name on screen."""
        return KIND_WORDS[self]


LEARNING_KINDS = frozenset(
    {
        EvidenceKind.EPLUS_RECORD,
        EvidenceKind.PORTAL_HOURS,
        EvidenceKind.AGENCY_STATUS,
        EvidenceKind.COMPLETION_SHEET,
        EvidenceKind.COURSERA_SHEET,
    }
)

KIND_WORDS: Mapping[EvidenceKind, str] = MappingProxyType(
    {
        EvidenceKind.EPLUS_RECORD: "學習紀錄（e⁺）",
        EvidenceKind.PORTAL_HOURS: "入口網 學習時數",
        EvidenceKind.AGENCY_STATUS: "同仁學習狀況明細",
        EvidenceKind.COMPLETION_SHEET: "完成清冊",
        EvidenceKind.COURSERA_SHEET: "Coursera 完課清冊",
        EvidenceKind.ROSTER: "職員名冊",
        EvidenceKind.ATTENDANCE: "差勤紀錄",
        EvidenceKind.SHIFTS: "輪值表",
        EvidenceKind.PUNCHES: "刷卡紀錄",
        EvidenceKind.APPLICATIONS: "收件登記",
        EvidenceKind.NOMINATIONS: "薦送名冊",
        EvidenceKind.AWARD_HISTORY: "歷年核給紀錄",
        EvidenceKind.CALENDAR: "辦公日曆表",
        EvidenceKind.AGENCY_SETTINGS: "機關設定",
    }
)


class RefusalReason(StrEnum):
    """Why a file or row was not used (inputs.md section 5)."""

    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    HOSTILE = "hostile"
    NOT_RECOGNISED = "not_recognised"
    AMBIGUOUS_KIND = "ambiguous_kind"
    NO_COLUMNS = "no_columns"
    BAD_DATE = "bad_date"
    PERSON_UNKNOWN = "person_unknown"
    PERSON_AMBIGUOUS = "person_ambiguous"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a row of one, that was not used.

    Attributes:
        place: The file, and the page and row where the fault stands.
        reason: The reason's code.
        message: One Chinese sentence: what is wrong, where, what to do.
        rows: How many rows of evidence are refused by it; 0 when no row could be counted.
        raw: The row as read, heading to text, when a single row is refused.
    """

    place: SourcePlace
    reason: RefusalReason
    message: str
    rows: int = 0
    raw: Mapping[str, str] = field(default_factory=_nothing, hash=False)


@dataclass(frozen=True, slots=True)
class LearningRow:
    r"""One row of a printout as it was read; nothing judged, nothing matched.

    Attributes:
        place: Where it stands.
        kind: The kind of evidence it comes from.
        course_name: The course as read, its platform code taken off. A line break that the page
            put in is kept as ``\n``.
        course_code: The code in brackets at the name's end (``PCENTER114100556``), if any.
        employee_id: 人員代號 of the row or file, if it shows one.
        person_name: 姓名 of the row, page or file name, as written, if any.
        start, end: The learner's own start and end, to the second, where the evidence has them.
        started_on, completed_on: Dates, where the evidence has a date without a time.
        times_are_impossible: Whether a date or time cannot exist (114/02/30) while the rest reads.
        certified_hours: 認證時數, None when not shown.
        reading_time: 閱讀時數 as a length, None when not shown.
        pass_status: 通過狀態 as read, None when the evidence has no such column.
        has_certificate: 證書 of a Coursera sheet (有 True, 無 False), None elsewhere.
        language, region: of a Coursera sheet.
        category: 課程類型 or 課程項目 as read, None when not shown.
        learning_type: 學習類別 as read (數位, 實體 …), None when not shown.
        is_business_related: 業務相關, None when not shown.
        score: 測驗 in points, None when not shown or not a number.
        is_questionnaire_done: 問卷, None when not shown.
        are_hours_uploaded: 終身學習時數上傳狀態, None when not shown.
        shown_unit: 服務單位 or 服務機關 that the row or page shows; tells people of one name apart.
        doubtful_fields: Names of these attributes whose optical reading is below the threshold.
        raw: Every cell as read, by the heading as read.
        corrections: What a clerk said of these readings; the fields have the corrected values.
    """

    place: SourcePlace
    kind: EvidenceKind
    course_name: str
    course_code: str | None = None
    employee_id: str | None = None
    person_name: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    started_on: date | None = None
    completed_on: date | None = None
    times_are_impossible: bool = False
    certified_hours: Decimal | None = None
    reading_time: timedelta | None = None
    pass_status: str | None = None
    has_certificate: bool | None = None
    language: str | None = None
    region: str | None = None
    category: str | None = None
    learning_type: str | None = None
    is_business_related: bool | None = None
    score: Decimal | None = None
    is_questionnaire_done: bool | None = None
    are_hours_uploaded: bool | None = None
    shown_unit: str | None = None
    doubtful_fields: tuple[str, ...] = ()
    raw: Mapping[str, str] = field(default_factory=_nothing, hash=False)
    corrections: tuple[ReadingCorrection, ...] = ()

    @property
    def span(self) -> Span | None:
        """Start to end, when both are known to the second."""
        if self.start is None or self.end is None:
            return None
        return Span(self.start, self.end)

    @property
    def shows_times(self) -> bool:
        """Whether the row carries at least one time of day."""
        return self.start is not None or self.end is not None

    @property
    def end_date(self) -> date | None:
        """The date of completion, from the end or from the bare date."""
        return self.end.date() if self.end is not None else self.completed_on

    @property
    def start_date(self) -> date | None:
        """The date of the start, from the start or from the bare date."""
        return self.start.date() if self.start is not None else self.started_on


@dataclass(frozen=True, slots=True)
class ShownFacts:
    """What a row shows beside course and times: the fields of ``LearningRow`` of these names."""

    category: str | None = None
    learning_type: str | None = None
    is_business_related: bool | None = None
    score: Decimal | None = None
    is_questionnaire_done: bool | None = None
    are_hours_uploaded: bool | None = None


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a roster sheet as read; dates parsed, words untouched."""

    place: SourcePlace
    employee_id: str
    name: str
    unit: str
    title: str = ""
    rank: str = ""
    category: str = ""
    pattern_code: str = ""
    hired_on: date | None = None
    left_on: date | None = None
    leave_without_pay_from: date | None = None
    leave_without_pay_until: date | None = None
    is_supervisor: bool | None = None
    raw: Mapping[str, str] = field(default_factory=_nothing, hash=False)


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One attendance entry as read; the person not yet looked up."""

    place: SourcePlace
    employee_id: str | None
    person_name: str | None
    kind: AttendanceKind
    kind_words: str
    span: Span
    hours: Decimal | None = None
    reason: str = ""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One rostered shift as read; an end before its start means the next day."""

    place: SourcePlace
    employee_id: str | None
    person_name: str | None
    day: date
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class PunchRow:
    """One day's clock punches as read; either may be missing."""

    place: SourcePlace
    employee_id: str | None
    person_name: str | None
    day: date
    punch_in: datetime | None
    punch_out: datetime | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One received application or study report as read (收件登記)."""

    place: SourcePlace
    employee_id: str | None
    person_name: str | None
    plan: str
    received_on: date
    kind: ReceiptKind | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class NominationRow:
    """One nominee as read (薦送名冊)."""

    place: SourcePlace
    employee_id: str | None
    person_name: str
    telephone: str = ""
    email: str = ""
    priority: str = ""
    is_substitute: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class AwardHistoryRow:
    """One benefit that somebody had before, as read (歷年核給紀錄); ``year`` is ROC.

    ``benefit`` is the word alone (嘉獎), ``amount`` what was written with it or in its column.
    """

    place: SourcePlace
    employee_id: str | None
    person_name: str | None
    year: int
    plan: str
    benefit: str
    amount: int | None = None
    given_on: date | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarDayRow:
    """One day of an official office calendar: 是否放假 decides, never the remark."""

    place: SourcePlace
    day: date
    is_day_off: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class AgencySettingsRow:
    """The text of an ``agency.toml``; whether it makes sense is for the rules to say."""

    place: SourcePlace
    text: str


ReferenceRow = (
    RosterRow
    | AttendanceRow
    | ShiftRow
    | PunchRow
    | ApplicationRow
    | NominationRow
    | AwardHistoryRow
    | CalendarDayRow
    | AgencySettingsRow
)
EvidenceRow = LearningRow | ReferenceRow


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one file gave: its kind, its rows, what was refused and what the clerk should know.

    For reference data (every kind but learning evidence) ``rows`` is empty as soon as anything
    was refused: such a file is taken whole or not at all.

    Attributes:
        digest: SHA-256 of the bytes.
        file_name: The name within the batch.
        kind: The recognised kind, None when the file was refused before that.
        rows: What was read.
        refusals: What was not used, each with a sentence.
        remarks: Sentences worth showing though nothing was refused (a column ignored …).
        stated: Summary blocks of portal pages; they are no rows and change no count.
        profile_key: The heading set of the column profile it was read by; empty without one.
        may_be_mapped: Whether the file was refused for its headings and holds a table whose columns
            a person can name.
    """

    digest: str
    file_name: str
    kind: EvidenceKind | None
    rows: tuple[EvidenceRow, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()
    stated: tuple[StatedHours, ...] = ()
    profile_key: str = ""
    may_be_mapped: bool = False

    @property
    def brings_evidence(self) -> bool:
        """Whether there is anything to store: rows, or a portal page's summary block."""
        return bool(self.rows or self.stated)

    @property
    def rows_in(self) -> int:
        """How many rows the file held: those read and those refused."""
        return len(self.rows) + sum(refusal.rows for refusal in self.refusals)
