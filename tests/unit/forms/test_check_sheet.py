"""The check sheet: words and strips say the same, verdicts stand in their boxes, pages go on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from desktop.domain.moments import SECONDS_A_DAY, TimeBand
from forms.check_contents import CheckResult, DayStrip
from forms.check_sheet import CheckSheetForm
from forms.day_strips import LEAST_BAR, WIDTH, place_of, strips_height
from tests.unit.forms.check_makers import DUTY, ROWS, band, make_check_sheet
from tests.unit.forms.test_boxes import (
    LYING_BOTTOM,
    SHORT,
    WORDS,
    body_bottom,
    crossings,
    quietly,
    strays,
)

STRIP_LEFT = 20 + 9 + 44 + 34 + 39 + 1.2 + 8.5
"""Millimetres: the columns before the strips, the cell's padding, the day's label."""


def test_sheet_shows_every_text(chain, pages) -> None:
    form = CheckSheetForm(chain)
    content = form.sample()
    (page,) = pages(form.render([content]))
    for text in form.texts(content):
        assert "".join(text.split()) in page.words
    for field in form.fields:
        assert "".join(field.sample.split()) in page.words or field.name == "agency"


def test_sheet_has_its_heads_its_rows_and_its_conclusion(chain, pages) -> None:
    (page,) = pages(CheckSheetForm(chain).render([make_check_sheet()]))
    for words in (
        "公餘時間學習紀錄查核表",
        "民政課里幹事陳犇（A0109）高雄市政府114年度數位學習組裝課程－政策能力訓練",
        "班別：彈性班F",
        "編號課程名稱（時數）學習時間（起／迄）當日班別、刷卡、差勤時間對照圖（0–24時）"  # noqa: ISC004
        "結果理由（依據）承辦人決定",
        "114/03/15(六)09:02:11114/03/15(六)09:58:40",
        "刷卡07:58:10–17:36:20",
        "加班18:00–20:00",
        "不符起始時間在上班時間內（陸、五）維持不符通知補正114/05/06",
        "本套結論尚未完成：相符5門",
        "圖例：上班時間彈性時段（無刷卡）加班、公差等",
        "公餘時間學習起迄一刻度6小時",
        "承辦人",
        "人事主管",
    ):
        assert words in page.words


def test_course_bar_stands_where_its_time_is(chain, pages) -> None:
    (page,) = pages(CheckSheetForm(chain).render([make_check_sheet(count=2)]))
    # 19:05:20 to 21:10:02 of the second row, at 2 mm an hour.
    left, right = STRIP_LEFT + 19.0889 * 2, STRIP_LEFT + 21.1672 * 2
    bars = [
        s
        for s in page.shapes
        if s.left == pytest.approx(left, abs=0.15) and s.right == pytest.approx(right, abs=0.15)
    ]
    assert len(bars) == 1
    assert bars[0].bottom - bars[0].top == pytest.approx(1.1, abs=0.1)


def test_duty_stands_where_it_is_on_duty_days_only(chain, pages) -> None:
    rows = (ROWS[0], ROWS[1])  # a Saturday and a Tuesday
    (page,) = pages(CheckSheetForm(chain).render([make_check_sheet(rows=rows)]))
    morning = [
        s
        for s in page.shapes
        if s.left == pytest.approx(STRIP_LEFT + 16, abs=0.1)
        and s.right == pytest.approx(STRIP_LEFT + 24, abs=0.1)
    ]
    assert len(morning) == 1


@pytest.mark.parametrize(
    ("start", "end", "left", "right"),
    [
        (0, SECONDS_A_DAY, 0.0, WIDTH),
        (SECONDS_A_DAY // 2, SECONDS_A_DAY // 2 + 60, WIDTH / 2, WIDTH / 2 + LEAST_BAR),
        (SECONDS_A_DAY - 60, SECONDS_A_DAY, WIDTH - LEAST_BAR - 0.0333, WIDTH),
    ],
)
def test_short_band_is_seen_and_stays_on_the_strip(start, end, left, right) -> None:
    found = place_of(TimeBand(start, end), least=LEAST_BAR)
    assert found[1] == pytest.approx(right, abs=0.04)
    assert found[0] == pytest.approx(left, abs=0.05)
    assert found[1] <= WIDTH


def test_days_left_out_are_marked_and_take_room(chain, pages) -> None:
    strips = (
        DayStrip(label="4/14", duty=DUTY, course=band("22:10", "24:00")),
        DayStrip(label="4/30", duty=DUTY, course=band("0:00", "6:40"), is_after_gap=True),
    )
    assert strips_height(strips) == pytest.approx(3 + 4.4 + 2.2)
    content = make_check_sheet(rows=(replace(ROWS[7], strips=strips),))
    (page,) = pages(CheckSheetForm(chain).render([content]))
    assert "4/14…4/30" in page.words


@pytest.mark.parametrize(
    ("result", "boxes", "dashed"),
    [(CheckResult.MATCHES, 0, 0), (CheckResult.FAILS, 1, 0), (CheckResult.OPEN, 0, 2)],
)
def test_verdict_is_told_without_colour(chain, pages, result, boxes, dashed) -> None:
    content = make_check_sheet(rows=(replace(ROWS[0], result=result),))
    (page,) = pages(CheckSheetForm(chain).render([content]))
    near = [s for s in page.shapes if 12 < s.right - s.left < 14 and 41 < s.top < 60]
    assert sum(s.bottom - s.top > 5 for s in near) == boxes
    assert sum(s.bottom - s.top < 1 for s in near) == dashed
    assert result.value in page.words


def test_ten_plain_records_fit_beside_the_seals_and_more_go_on(chain, pages) -> None:
    plain = [replace(ROWS[1], number=str(i + 1)) for i in range(23)]
    (page,) = pages(CheckSheetForm(chain).render([make_check_sheet(rows=tuple(plain[:10]))]))
    assert "承辦人" in page.words
    printed = pages(CheckSheetForm(chain).render([make_check_sheet(rows=tuple(plain))]))
    assert len(printed) == 2
    for index, page in enumerate(printed):
        assert "編號課程名稱（時數）" in page.words
        assert ("（續）" in page.words) == (index > 0)
        assert ("本套結論" in page.words) == (index == len(printed) - 1)
        assert ("圖例：" in page.words) == (index == len(printed) - 1)


def test_record_without_times_says_so(chain, pages) -> None:
    row = replace(ROWS[0], start=None, end=None, strips=(), duty_words="這份證明沒有日期和時間。")
    (page,) = pages(CheckSheetForm(chain).render([make_check_sheet(rows=(row,))]))
    assert "—這份證明沒有日期和時間。" in page.words
    dated = replace(row, dates="114/03/15")
    (page,) = pages(CheckSheetForm(chain).render([make_check_sheet(rows=(dated,))]))
    assert "114/03/15這份證明" in page.words


def test_same_content_gives_the_same_bytes(chain) -> None:
    form = CheckSheetForm(chain)
    assert form.render([make_check_sheet()]) == form.render([make_check_sheet()])


@quietly
@given(name=SHORT, course=WORDS, duty=WORDS, reasons=WORDS, decision=WORDS, conclusion=WORDS)
def test_sheet_with_any_words_keeps_them_in_their_boxes(
    chain, pages, name, course, duty, reasons, decision, conclusion
) -> None:
    odd = replace(
        ROWS[7], course=course, duty_words=duty, reasons=reasons, decision=decision, number="100"
    )
    content = make_check_sheet(
        rows=(odd, *ROWS), name=name, conclusion=conclusion, outcome=name, notes=(duty,)
    )
    printed = pages(CheckSheetForm(chain).render([content]))
    for page in printed:
        assert crossings(page) == []
        assert strays(page) == []
        assert body_bottom(page) <= LYING_BOTTOM
    everything = "".join(page.words for page in printed)
    for text in (name, course, duty, reasons, decision, conclusion):
        assert "".join(text.split()) in everything
