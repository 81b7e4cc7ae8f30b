"""What evidence shows beside course and times: category, test, questionnaire, upload.

Only what is plainly written is taken; a spelling nobody listed here stays unknown (None), so that
a condition which asks for it becomes a question for a person, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import lru_cache

from desktop.domain.evidence import ShownFacts
from desktop.domain.text import matching_key, normalise_digits
from desktop.importers.document import Cell
from desktop.importers.headings import Column, found_columns
from desktop.importers.values import is_empty, one_line

FACT_COLUMNS = (
    Column.COURSE_TYPE,
    Column.COURSE_ITEM,
    Column.TEST,
    Column.SURVEY,
    Column.UPLOAD_STATE,
)
"""Columns that any evidence of learning may have."""
LIST_FACT_COLUMNS = (*FACT_COLUMNS, Column.LEARNING_KIND, Column.RELEVANT)
"""The same with those that tell a portal's table from a 學習紀錄."""

_MOST_POINTS = Decimal(100)
_POINTS = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*分?(?:\s*/\s*100\s*分?)?")


def folded(words: str) -> frozenset[str]:
    """Words with blanks between, as they are compared; a mark that folding drops stays itself."""
    return frozenset(matching_key(word) or word for word in words.split())


MARKS_YES = folded("是 有 v ✓ ✔ √ ☑ ■ ○ ◯ 〇 ● ◎ o * ＊ ※ y yes true 1")
"""Marks and words that say yes in any column of marks."""
MARKS_NO = folded("否 不是 x ✗ ✕ × ☐ □ n no false 0")
"""Marks and words that say no; 無 may also say that there is nothing to do (無問卷)."""
_RELEVANT = MARKS_YES | folded("相關 業務相關 與業務相關")
_NOT_RELEVANT = MARKS_NO | folded("無 不相關 無關 非業務相關 與業務無關 非相關 無相關")
_ANSWERED = MARKS_YES | folded("已填 已填寫 已填答 填寫完成 完成 已完成 已做 已作答 已填問卷 填畢")
_NOT_ANSWERED = MARKS_NO | folded("未填 未填寫 未填答 尚未填寫 未完成 尚未完成 未做 未作答")
_UPLOADED = MARKS_YES | folded(
    "成功 已上傳 上傳成功 上傳完成 已完成 完成 已完成上傳 已傳送 已登錄 已傳"
)
_NOT_UPLOADED = MARKS_NO | folded(
    "未上傳 尚未上傳 上傳失敗 失敗 未成功 上傳不成功 待上傳 未完成 尚未完成 未傳送 未登錄"
)


def shown_facts(cells: Mapping[Column, Cell], columns: AbstractSet[Column]) -> ShownFacts:
    """What one row shows; a blank 業務相關 is left open, see ``settled_blanks``.

    Args:
        cells: The row by column.
        columns: The columns that its table has.
    """
    # 課程項目 names the plan's own headings; 課程類型 may only say 開放式.
    item = Column.COURSE_ITEM if Column.COURSE_ITEM in columns else Column.COURSE_TYPE
    return ShownFacts(
        category=_words(cells.get(item, "")),
        learning_type=_words(cells.get(Column.LEARNING_KIND, "")),
        is_business_related=marked(cells.get(Column.RELEVANT, ""), _RELEVANT, _NOT_RELEVANT),
        score=points(cells.get(Column.TEST, "")),
        is_questionnaire_done=marked(cells.get(Column.SURVEY, ""), _ANSWERED, _NOT_ANSWERED),
        are_hours_uploaded=marked(cells.get(Column.UPLOAD_STATE, ""), _UPLOADED, _NOT_UPLOADED),
    )


def settled_blanks(
    marks: Sequence[tuple[str | None, bool | None, bool]],
) -> tuple[bool | None, ...]:
    """業務相關 of each row, blanks settled where their sheet tells what a blank means.

    A sheet that marks the related courses and never writes 否 means 否 by a blank. One without
    any mark, or that writes 否 itself, says nothing by it.

    Args:
        marks: Of each row its sheet, what it says, and whether its cell is blank.
    """
    marked_yes = {sheet for sheet, said, _ in marks if said is True}
    marked_no = {sheet for sheet, said, _ in marks if said is False}
    return tuple(
        False if is_blank and sheet in marked_yes and sheet not in marked_no else said
        for sheet, said, is_blank in marks
    )


def facts_of_raw(
    rows: Sequence[tuple[str | None, Mapping[str, str]]],
) -> tuple[ShownFacts, ...]:
    """What rows show, from their cells as read; for rows that an older program stored.

    Args:
        rows: The rows of one file: the sheet of each, and its cells by the heading as read.
    """
    found = []
    marks = []
    for sheet, raw in rows:
        places = _places(tuple(raw))
        texts = tuple(raw.values())
        cells: dict[Column, Cell] = {column: texts[place] for column, place in places.items()}
        facts = shown_facts(cells, places.keys())
        found.append(facts)
        marks.append((sheet, facts.is_business_related, is_blank_mark(cells, places.keys())))
    return tuple(
        ShownFacts(
            facts.category,
            facts.learning_type,
            is_related,
            facts.score,
            facts.is_questionnaire_done,
            facts.are_hours_uploaded,
        )
        for facts, is_related in zip(found, settled_blanks(marks), strict=True)
    )


def as_written(raw: Mapping[str, str]) -> dict[str, str]:
    """The cells that such facts are read from, by their columns' usual headings.

    Args:
        raw: A row's cells by the heading as read.
    """
    texts = tuple(raw.values())
    return {column.value: texts[place] for column, place in _places(tuple(raw)).items()}


@lru_cache(maxsize=64)
def _places(titles: tuple[str, ...]) -> Mapping[Column, int]:
    return found_columns(tuple(matching_key(title) for title in titles), LIST_FACT_COLUMNS)


def is_blank_mark(cells: Mapping[Column, Cell], columns: AbstractSet[Column]) -> bool:
    """Whether a row has the 業務相關 column and nothing in it."""
    cell = cells.get(Column.RELEVANT, "")
    return Column.RELEVANT in columns and isinstance(cell, str) and not cell.strip()


def marked(cell: Cell, yes: AbstractSet[str], no: AbstractSet[str]) -> bool | None:
    """What a cell of marks says; None when blank or in words that are on neither list.

    Args:
        cell: The cell.
        yes: Folded words that say yes.
        no: Folded words that say no.
    """
    text = one_line(cell)
    key = matching_key(text) or text
    if key in yes:
        return True
    return False if key in no else None


def points(cell: Cell) -> Decimal | None:
    """A test's points (``90``, ``90分``, ``90/100``); None for 通過, blanks and other scales."""
    if isinstance(cell, Decimal):
        number = cell
    else:
        found = _POINTS.fullmatch(normalise_digits(one_line(cell)))
        if found is None:
            return None
        number = Decimal(found[1])
    return number if 0 <= number <= _MOST_POINTS else None


def _words(cell: Cell) -> str | None:
    return None if is_empty(cell) else one_line(cell) or None
