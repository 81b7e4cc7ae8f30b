from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from desktop.domain.corrected_rows import as_corrected, by_row, open_doubts
from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.provenance import FieldPlace, PageBox, SourcePlace
from desktop.domain.readings import (
    FIELD_KINDS,
    FIELD_WORDS,
    ReadingCorrection,
    RowIdentity,
    value_of,
    value_text,
)

BOX = PageBox(0.1, 0.2, 0.3, 0.4)
PLACE = SourcePlace(
    "a" * 64,
    "截圖.png",
    page=1,
    row=2,
    fields=tuple(FieldPlace(name, 1, BOX, 0.6) for name in ("start", "end", "certified_hours")),
)
ROW = LearningRow(
    PLACE,
    EvidenceKind.EPLUS_RECORD,
    "雙軸轉型淨零港都",
    start=datetime(2025, 3, 12, 8),
    end=datetime(2025, 3, 12, 13, 5, 41),
    certified_hours=Decimal("1.0"),
    doubtful_fields=("certified_hours", "end", "start"),
)
AT = datetime(2025, 9, 2, 10, 15)


def said(field: str, corrected: str | None, place: SourcePlace = PLACE) -> ReadingCorrection:
    return ReadingCorrection(RowIdentity.of(place), field, "讀到的", corrected, "周雅雯", AT)


def test_row_nobody_spoke_on_is_the_row_as_read() -> None:
    assert as_corrected(ROW, by_row([])) is ROW


def test_correction_gives_its_value_and_settles_its_field_alone() -> None:
    word = said("start", "2025-03-12T08:06:00")
    changed = as_corrected(ROW, by_row([word]))
    assert changed.start == datetime(2025, 3, 12, 8, 6)
    assert changed.end == ROW.end
    assert changed.doubtful_fields == ("certified_hours", "end")
    assert changed.corrections == (word,)


def test_confirmation_keeps_the_value_and_settles_the_field() -> None:
    changed = as_corrected(ROW, by_row([said("start", None)]))
    assert changed.start == ROW.start
    assert "start" not in changed.doubtful_fields


def test_later_word_on_a_field_counts() -> None:
    words = by_row([said("start", "2025-03-12T08:06:00"), said("start", "2025-03-12T07:06:00")])
    assert as_corrected(ROW, words).start == datetime(2025, 3, 12, 7, 6)


@pytest.mark.parametrize(
    "other",
    [replace(PLACE, row=3), replace(PLACE, page=2), replace(PLACE, digest="b" * 64)],
    ids=["another row", "another page", "another file"],
)
def test_word_on_another_row_changes_nothing(other: SourcePlace) -> None:
    assert as_corrected(ROW, by_row([said("start", None, other)])) == ROW


def test_same_row_under_another_file_name_is_the_same_row() -> None:
    renamed = replace(ROW, place=replace(PLACE, file_name="again/截圖.png"))
    assert "start" not in as_corrected(renamed, by_row([said("start", None)])).doubtful_fields


IMPOSSIBLE = replace(
    ROW,
    start=None,
    times_are_impossible=True,
    doubtful_fields=("completed_on", "end", "start"),
)


def test_kind_of_time_without_a_cell_is_not_asked_about() -> None:
    assert open_doubts(IMPOSSIBLE) == ("start", "end")


def test_times_put_right_are_possible_and_leave_no_doubt_behind() -> None:
    words = by_row([said("start", "2025-03-12T08:06:00"), said("end", None)])
    changed = as_corrected(IMPOSSIBLE, words)
    assert not changed.times_are_impossible
    assert changed.doubtful_fields == ()


def test_impossible_date_that_really_stands_there_stays_impossible() -> None:
    changed = as_corrected(IMPOSSIBLE, by_row([said("start", None), said("end", None)]))
    assert changed.times_are_impossible
    assert changed.doubtful_fields == ()


VALUES = {
    "start": datetime(2025, 3, 12, 8, 6, 1),
    "completed_on": date(2025, 3, 12),
    "reading_time": timedelta(hours=1, minutes=10, seconds=22),
    "certified_hours": Decimal("1.50"),
    "pass_status": "已通過",
    "is_questionnaire_done": False,
}


@pytest.mark.parametrize(("field", "value"), VALUES.items(), ids=VALUES.keys())
def test_value_comes_back_as_it_went(field: str, value) -> None:
    back = value_of(field, value_text(value))
    assert (back, type(back)) == (value, type(value))


def test_every_field_that_may_be_doubtful_has_words_and_stands_in_a_row() -> None:
    assert FIELD_WORDS.keys() == FIELD_KINDS.keys()
    assert all(hasattr(ROW, name) for name in FIELD_KINDS)
