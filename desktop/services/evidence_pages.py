"""The original beside the verdict: pages as pictures, sheets and web pages as tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from desktop.domain.findings import ConditionFact, ConditionKind, ScoreFact
from desktop.domain.moments import roc_date, roc_moment
from desktop.domain.readings import FIELD_WORDS
from desktop.domain.verdicts import RecordVerdict
from desktop.importers.headings import Column
from desktop.importers.showing import page_count as count_pages
from desktop.importers.showing import show_page, show_tables
from desktop.importers.shown_facts import as_written
from desktop.services.draft import ImportDraft
from desktop.services.office import Office
from desktop.services.reading_words import said_words
from desktop.services.wording import hours_words, length_words


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as a PNG.

    Attributes:
        png: The picture's bytes.
        width, height: In pixels.
    """

    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A sheet or web table as text.

    Attributes:
        name: The sheet's name, or a word for the table.
        rows: Its cells.
        first_row: The sheet row that the first element shows, from 1.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 1


def page_count(office: Office, digest: str) -> int:
    """How many pages the original has; 0 when it has no pages."""
    with office.store.reading() as reader:
        content = reader.file_bytes(digest)
    return office.isolation.call(count_pages, content)


def page_picture(office: Office, digest: str, page: int, *, width_px: int) -> PagePicture | None:
    """A page of the original; None when the file has no pages.

    Args:
        office: The open office.
        digest: The file's digest.
        page: From 1.
        width_px: Width of the picture wanted.
    """
    with office.store.reading() as reader:
        content = reader.file_bytes(digest)
    shown = office.isolation.call(partial(show_page, width_px=width_px), content, page)
    return PagePicture(*shown) if shown is not None else None


def draft_page_picture(
    office: Office, draft: ImportDraft, digest: str, page: int, *, width_px: int
) -> PagePicture | None:
    """A page of a file that is not stored yet; None when the file has no pages.

    Args:
        office: The open office.
        draft: The batch that holds it.
        digest: The file's digest.
        page: From 1.
        width_px: Width of the picture wanted.
    """
    content = next((file.content for file in draft.files if file.digest == digest), None)
    if content is None:
        return None
    shown = office.isolation.call(partial(show_page, width_px=width_px), content, page)
    return PagePicture(*shown) if shown is not None else None


def as_tables(office: Office, digest: str) -> tuple[ShownTable, ...]:
    """The original as tables, for sheets and web pages; empty for files with pages."""
    with office.store.reading() as reader:
        content = reader.file_bytes(digest)
        name = reader.file_name(digest)
    return tuple(ShownTable(*table) for table in office.isolation.call(show_tables, name, content))


@dataclass(frozen=True, slots=True)
class Reading:
    """One field as the original has it and as it was read.

    Attributes:
        field: In words.
        as_in_original, as_read: Both in words.
        is_correction: Whether this says what a clerk put right of the field above.
    """

    field: str
    as_in_original: str
    as_read: str
    is_correction: bool = False


def readings(record: RecordVerdict) -> tuple[Reading, ...]:
    """The fields that the checks use, beside what the original says."""
    row, raw = record.row, record.row.raw
    period = raw.get("上課期間", "").replace("\n", " ")
    start, _, end = period.partition("~")
    shown = [
        Reading("課程名稱", raw.get("課程名稱", row.course_name), record.course),
        Reading(
            "起",
            start.strip() or raw.get("開始日期", ""),
            roc_moment(row.start)
            if row.start
            else roc_date(row.started_on)
            if row.started_on
            else "—",
        ),
        Reading(
            "迄",
            end.strip()
            or " ".join(raw.get(key, "") for key in ("完成日期", "完成時間")).strip()
            or period,
            roc_moment(row.end)
            if row.end
            else roc_date(row.completed_on)
            if row.completed_on
            else "—",
        ),
        Reading(
            "閱讀時數",
            raw.get("閱讀時數", ""),
            length_words(row.reading_time) if row.reading_time is not None else "—",
        ),
        Reading("通過狀態", raw.get("通過狀態", ""), row.pass_status or "—"),
        Reading(
            "認證時數",
            raw.get("認證時數", "") or raw.get("時數", ""),
            f"{hours_words(row.certified_hours)} 時" if row.certified_hours is not None else "—",
        ),
    ]
    doubtful = {FIELD_WORDS.get(name, "") for name in row.doubtful_fields}
    read = tuple(
        reading
        for reading in shown
        if reading.as_in_original or reading.as_read != "—" or reading.field in doubtful
    )
    corrections = tuple(
        Reading(f"{FIELD_WORDS[one.field]}的更正", *said_words(one), is_correction=True)
        for one in row.corrections
    )
    return (*read, *_conditions(record), *corrections)


def _conditions(record: RecordVerdict) -> tuple[Reading, ...]:
    """The fields that a condition of the plan was looked for in, where one was not met."""
    wanted = {
        ConditionKind.SCORE if isinstance(fact, ScoreFact) else fact.kind
        for finding in record.findings
        for fact in finding.facts
        if isinstance(fact, ScoreFact | ConditionFact)
    }
    row = record.row
    written = as_written(row.raw)
    read = {
        ConditionKind.SCORE: "—" if row.score is None else f"{hours_words(row.score)} 分",
        ConditionKind.QUESTIONNAIRE: _SAID[row.is_questionnaire_done],
        ConditionKind.UPLOAD: _SAID[row.are_hours_uploaded],
    }
    return tuple(
        Reading(_CONDITION_FIELDS[kind], written.get(_CONDITION_FIELDS[kind], ""), read[kind])
        for kind in read
        if kind in wanted
    )


_SAID = {True: "是", False: "否", None: "—"}
_CONDITION_FIELDS = {
    ConditionKind.SCORE: Column.TEST.value,
    ConditionKind.QUESTIONNAIRE: Column.SURVEY.value,
    ConditionKind.UPLOAD: Column.UPLOAD_STATE.value,
}
