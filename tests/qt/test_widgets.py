from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolButton
from shiboken6 import isValid

from desktop.domain.findings import (
    BandSide,
    DutyFact,
    End,
    Finding,
    ReasonCode,
    Severity,
    UncertainBand,
    UncertainFact,
)
from desktop.domain.verdicts import Verdict
from desktop.qt.pages.review_layout import Width, arrangement, pane_widths
from desktop.qt.widgets.basics import ElidedLabel, FilterBox, Note, Tile
from desktop.qt.widgets.evidence_parts import cells_of, kind_icon, row_in_table
from desktop.qt.widgets.lens import lens_view
from desktop.qt.widgets.page_view import PageView
from desktop.qt.widgets.search_box import SearchBox
from desktop.qt.words import day_words, moment_ago_words, moment_words, roc_today_words
from tests.qt.fakes import at, duty, span


# ------------------------------------------------------------------------------------- the lens
def duty_finding(moment: str, *, end: End = End.START) -> Finding:
    fact = DutyFact(end, at(moment), duty("03-12 09:00", "03-12 12:00"))
    return Finding(ReasonCode.START_ON_DUTY, Severity.FAIL, (fact,), None, ())


def flexible_finding(moment: str) -> Finding:
    band = UncertainBand(span("03-12 07:30", "03-12 09:00"), BandSide.ARRIVAL)
    fact = UncertainFact(End.END, at(moment), band)
    return Finding(ReasonCode.FLEX_UNCERTAIN, Severity.REVIEW, (fact,), None, ())


@pytest.mark.parametrize(
    ("findings", "edge", "state"),
    [
        ((duty_finding("03-12 11:52:18"),), "03-12 12:00", Verdict.FAIL),
        ((duty_finding("03-12 09:05:00"),), "03-12 09:00", Verdict.FAIL),
        ((flexible_finding("03-12 08:48:12"),), "03-12 09:00", Verdict.REVIEW),
        (
            (flexible_finding("03-12 08:48:12"), duty_finding("03-12 11:52:18")),
            "03-12 12:00",
            Verdict.FAIL,
        ),
    ],
)
def test_lens_shows_the_worst_moment_beside_its_edge(findings, edge, state):
    view = lens_view(findings, width=688)
    assert view is not None
    assert (view.edge, view.state) == (at(edge), state)
    assert view.shown.start < min(view.moment, view.edge)
    assert max(view.moment, view.edge) < view.shown.end


@pytest.mark.parametrize("findings", [(), (duty_finding("03-12 10:30:00"),)])
def test_lens_is_not_needed_far_from_an_edge(findings):
    assert lens_view(findings, width=688) is None


# --------------------------------------------------------------------------------- the original
ROWS = (
    ("No.", "課程名稱", "上課期間"),
    ("1", "雙軸轉型淨零港都", "2025-03-08 20:14:05~2025-03-08 21:16:48"),
    ("2", "全球淨零趨勢", "2025-03-14 19:42:10~2025-03-17 07:05:33"),
    ("3", "全球淨零趨勢", "2025-03-14 19:42:10~2025-03-17 07:05:33"),
)


@pytest.mark.parametrize(
    ("raw", "guess", "row"),
    [
        ({"課程名稱": "雙軸轉型\n淨零港都", "No.": "1"}, 2, 1),
        ({"課程名稱": "全球淨零趨勢"}, 3, 3),
        ({"課程名稱": "全球淨零趨勢"}, 0, 2),
        ({"課程名稱": "別的課"}, 2, 2),
        ({}, 1, 1),
    ],
)
def test_row_is_found_in_a_table_by_its_cells(raw, guess, row):
    assert row_in_table(ROWS, raw, guess=guess) == row


@pytest.mark.parametrize(
    ("texts", "columns"),
    [
        (("2025-03-12 11:52:18",), (2,)),
        (("2025-03-12 11:52:18", "2025-03-12 13:05:41"), (2,)),
        (("未通過",), (3,)),
        (("1",), ()),  # two cells hold it: none is framed
        (("別的",), ()),
        (("",), ()),
    ],
)
def test_cells_that_decide_are_found_in_their_row(texts, columns):
    row = ["1", "雙軸轉型淨零港都", "2025-03-12 11:52:18~\n2025-03-12 13:05:41", "未通過", "1"]
    assert cells_of(row, texts) == columns


@pytest.mark.parametrize(
    ("name", "icon"),
    [
        ("A0137_黃郁婷.pdf", "document_pdf_16_regular"),
        ("林芷瑄.MHTML", "code_16_regular"),
        ("便當訂購.docx", "document_16_regular"),
        ("沒有副檔名", "document_16_regular"),
    ],
)
def test_file_has_the_icon_of_its_kind(name, icon):
    assert kind_icon(name) == icon


def test_page_is_fitted_framed_and_zoomed(qtbot, theme):
    view = PageView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    image = QImage(1240, 1754, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    view.show_page(image, [QRectF(0.1, 0.5, 0.8, 0.05)])
    fitted = view.percent()
    assert 40 <= fitted <= 52
    visible = view.mapToScene(view.viewport().rect()).boundingRect()
    assert visible.contains(view._boxes[0].center())
    qtbot.keyClicks(view, "+")
    assert view.percent() > fitted
    qtbot.keyClicks(view, "0")
    assert view.percent() == fitted
    view.show_page(None, [])
    assert view.percent() == 100


# ------------------------------------------------------------------------------------- controls
def test_filter_says_its_name_one_value_or_how_many(qtbot, theme):
    box = FilterBox("單位")
    qtbot.addWidget(box)
    box.offer([("a", "民政課"), ("b", "社會課"), ("c", "秘書室")])
    said, told = [], []
    box.filter_changed.connect(lambda: told.append(box.chosen))
    for chosen in ((), ("b",), ("a", "c")):
        box.choose(chosen)
        said.append((box.placeholderText(), box.chosen, box.property("filtering")))
    assert said == [
        ("單位", frozenset(), False),
        ("社會課", frozenset({"b"}), True),
        ("單位 2 個", frozenset({"a", "c"}), True),
    ]
    assert told == [{"b"}, {"a", "c"}]  # once a choice, and not where it stays as it was
    box.offer([("c", "秘書室"), ("d", "政風室")])
    assert box.chosen == {"c"}


def test_note_offers_its_one_act_and_can_be_closed(qtbot, theme):
    note = Note("pass", "已採計 12 列。", act="復原（Ctrl+Z）")
    qtbot.addWidget(note)
    assert note.sentence == note.accessibleName() == "已採計 12 列。"
    with qtbot.waitSignal(note.acted):
        note.act_button.click()
    close = next(
        one for one in note.findChildren(QToolButton) if one.accessibleName() == "關閉這則訊息"
    )
    close.click()
    qtbot.waitUntil(lambda: not isValid(note))


def test_tile_says_its_count(qtbot, theme):
    tile = Tile("pass", "新增")
    qtbot.addWidget(tile)
    tile.show_count(1284)
    assert tile.accessibleName() == "新增 1284 列"


def test_cut_label_keeps_the_whole_text(qtbot, theme):
    label = ElidedLabel("")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.setText("性騷擾調查實務探討(B)-性平三法適用範圍")
    assert label.text() == label.toolTip() == "性騷擾調查實務探討(B)-性平三法適用範圍"


@pytest.mark.parametrize(
    ("words", "is_enough"), [("", False), ("A", False), ("A0", True), ("黃", True), (" ", False)]
)
def test_search_begins_with_two_letters_or_one_chinese_character(qtbot, theme, words, is_enough):
    box = SearchBox()
    qtbot.addWidget(box)
    box.setText(words)
    assert box.is_enough() is is_enough


# ---------------------------------------------------------------------------- widths and words
@pytest.mark.parametrize(
    ("width", "how", "panes"),
    [
        (1920, Width.WIDE, (288, 920, 640)),
        (1600, Width.WIDE, (240, 810, 478)),
        (1366, Width.WIDE, (212, 702, 380)),
        (1280, Width.WIDE, (204, 652, 352)),
        (1150, Width.MIDDLE, (196, 882, 0)),
        (1000, Width.NARROW, (0, 928, 0)),
    ],
)
def test_panes_have_the_designs_widths(width, how, panes):
    assert arrangement(width) is how
    assert pane_widths(width) == panes


@pytest.mark.parametrize(
    ("moment", "after", "words"),
    [
        ("2025-03-12T11:52:18", None, "03-12 11:52:18"),
        ("2025-03-12T13:05:41", "2025-03-12T11:52:18", "13:05:41"),
        ("2025-03-17T07:05:33", "2025-03-14T19:42:10", "03-17 07:05:33"),
        ("2024-12-30T08:00:00", None, "113-12-30 08:00:00"),
        (None, None, "—"),
    ],
)
def test_moment_in_the_plans_tables(moment, after, words):
    read = datetime.fromisoformat
    given = read(moment) if moment else None
    assert moment_words(given, year=114, after=read(after) if after else None) == words


def test_days_and_backups_in_words():
    today = at("08-06 00:00").date()
    assert day_words(today, year=114) == "08-06"
    assert day_words(today, year=113) == "114-08-06"
    assert roc_today_words(today) == "114 年 8 月 6 日（三）"
    assert moment_ago_words(at("08-06 08:31"), today=today) == "今天 08:31"
    assert moment_ago_words(at("08-05 17:02"), today=today) == "昨天 17:02"
    assert moment_ago_words(at("08-01 09:00"), today=today) == "114-08-01 09:00"
    assert moment_ago_words(None, today=today) == ""
