"""The handbook: whole, reachable from everywhere, searched, and shown."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

import desktop.qt
from desktop.domain.findings import USUAL_SEVERITY, ReasonCode, Severity
from desktop.qt.dialogs.reason_templates import ReasonTemplatesDialog
from desktop.qt.handbook_view import drawn
from desktop.qt.handbook_window import HandbookWindow
from desktop.qt.help_places import (
    AREAS,
    CONTENTS,
    DIALOGS,
    KEYBOARD,
    SUPPORT,
    VERDICTS,
    dialog_place,
    place_of,
    reason_place,
)
from desktop.qt.models.courses import Column, CourseModel
from desktop.qt.pages.all_pages import PAGES
from desktop.qt.pages.review_reasons import why_rect
from desktop.qt.term_words import TERMS, term_tip, word_tip
from desktop.services.handbook import HANDBOOK, read_handbook
from desktop.services.wording import CHIPS
from tests.qt.conftest import settle

SEVERITIES = {Severity.FAIL: "不符", Severity.REVIEW: "待確認", Severity.INFO: "提示"}
HANDBOOK_OWN = {"HandbookWindow", "Dialog", "FieldsDialog", "PaperDialog"}


@pytest.fixture(scope="module")
def handbook():
    return read_handbook()


def every_dialog() -> set[type[QDialog]]:
    for module in pkgutil.walk_packages(desktop.qt.__path__, "desktop.qt."):
        importlib.import_module(module.name)
    found: set[type[QDialog]] = set()
    waiting = list(QDialog.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("desktop.qt."):
            found.add(kind)
    return found


def section(handbook, place):
    return next(
        one for chapter in handbook.chapters for one in chapter.sections if one.place == place
    )


# ------------------------------------------------------------------------- whole
def test_every_file_of_the_handbook_stands_in_its_contents(handbook):
    assert {chapter.name for chapter in handbook.chapters} == {
        path.stem for path in HANDBOOK.glob("*.html")
    }


def test_every_page_has_a_chapter(handbook):
    assert {page.name for page in PAGES} <= {chapter.name for chapter in handbook.chapters}


def test_every_area_of_a_page_has_a_section(handbook):
    places = {place for areas in AREAS.values() for place in areas.values()}
    assert places - handbook.places == set()


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_is_explained_with_its_name_and_weight(handbook, code):
    explained = section(handbook, reason_place(code))
    assert explained.title == CHIPS[code]
    assert explained.text.startswith(SEVERITIES[USUAL_SEVERITY[code]])
    assert "怎麼辦" in explained.text
    assert "條文：" in explained.text


def test_every_dialog_has_a_section(handbook):
    missing = {
        kind.__name__
        for kind in every_dialog()
        if not kind.__name__.startswith("_") and kind.__name__ not in HANDBOOK_OWN
    } - set(DIALOGS)
    assert missing == set()
    assert set(DIALOGS.values()) - handbook.places == set()


def test_every_link_and_picture_resolves(handbook):
    broken = []
    for chapter in handbook.chapters:
        for link in chapter.links:
            file, _, anchor = link.partition("#")
            name = file.removesuffix(".html") or chapter.name
            place = f"{name}#{anchor}" if anchor else name
            if place not in handbook.places:
                broken.append(f"{chapter.name}: {link}")
        for picture, words in chapter.pictures:
            if not (HANDBOOK / picture).is_file() or not words:
                broken.append(f"{chapter.name}: {picture}")
    assert broken == []


def test_every_kind_of_reason_has_a_section(handbook):
    for name in ("passed", "decided", "other-reading", "corrected", "elsewhere"):
        assert reason_place(name) in handbook.places
    assert {VERDICTS, SUPPORT, CONTENTS, KEYBOARD} <= handbook.places


def test_places_are_unique(handbook):
    places = [one.place for chapter in handbook.chapters for one in chapter.sections]
    assert sorted(places) == sorted(set(places))


def test_glossary_says_what_the_tooltips_say(handbook):
    for key, (word, words) in TERMS.items():
        explained = section(handbook, f"terms#{key}")
        assert explained.title == word
        assert explained.text == words
        assert term_tip(key) == f"{word}：{words}"


def test_chapters_are_in_traditional_chinese(handbook):
    known = re.compile(
        r"Ctrl|Alt|Shift|PgUp|PgDn|Home|End|Enter|Tab|Esc|PDF|HTML|MHTML|xlsx|xls|ods|csv|CSV|PNG|SVG|QR|TOML"
        r"|Excel|Windows|WebHR|Coursera|zip|dpi"
    )
    for chapter in handbook.chapters:
        for one in chapter.sections:
            words = f"{one.title} {one.text}"
            assert re.findall(r"[A-Za-z]{3,}", known.sub("", words)) == [], one.place
            assert re.findall("导入|導入|保存為|文件夾|默認|屏幕|信息|撤銷|點擊", words) == [], (
                one.place
            )


# ------------------------------------------------------------------------ search
@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("彈性未定", "reasons#flex_uncertain"),
        ("印表機 校正", "printing#calibration"),
        ("沖銷", "ledger#reverse"),
        ("f8", "keyboard#review"),
        ("滙入紀録", "import#take-back"),  # variants of 匯 and 錄
        ("台灣", None),
    ],
)
def test_search_finds_sections_whatever_the_spelling(handbook, words, place):
    found = [hit.section.place for hit in handbook.find(words)]
    assert (place in found) if place else (found == [])


def test_headings_explain_the_words_of_the_rules(qapp):
    courses = CourseModel()
    tips = [
        courses.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        for column in (Column.VERDICT, Column.START, Column.END, Column.HOURS, Column.REASONS)
    ]
    assert tips == [term_tip(key) for key in ("verdict", "start", "end", "hours", "reason")]
    assert word_tip("下次到期") == term_tip("expiry")
    assert word_tip("號") == ""


def test_search_puts_headings_first_and_shows_a_piece_of_text(handbook):
    hits = handbook.find("沖銷")
    assert "沖銷" in hits[0].section.title
    assert all("沖銷" in f"{hit.section.title}{hit.section.text}" for hit in hits)
    hit = next(hit for hit in handbook.find("尺") if hit.section.place == "printing#calibration")
    assert "尺" in hit.excerpt
    assert handbook.find("  ") == ()


# ------------------------------------------------------------------------- shown
def test_a_chapter_is_drawn_with_anchors_keys_and_chips(qapp, theme):
    browser = QTextBrowser()
    browser.setHtml(drawn('<h2 id="here">標題</h2><p><kbd>F1</kbd> <b class="fail">不符</b></p>'))
    names = set()
    block = browser.document().begin()
    while block.isValid():
        names |= {name for piece in block for name in piece.fragment().charFormat().anchorNames()}
        block = block.next()
    assert "here" in names
    assert "標題" in browser.toPlainText()
    assert "F1" in browser.toPlainText()


def test_handbook_window_opens_searches_and_goes_back(qtbot, operations, theme, tmp_path, handbook):
    settings = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)
    window = HandbookWindow(operations, settings=settings, read=lambda: handbook, parent=None)
    qtbot.addWidget(window)
    window.open("review#timeline")
    qtbot.waitUntil(lambda: bool(window.places))
    assert window.view.place == "review#timeline"
    assert window.tree.currentItem() is window.places["review#timeline"]
    assert "時間軸" in window.view.toPlainText()
    window.search.setText("救援碼")
    assert window.left.currentWidget() is window.hits
    window.search.returnPressed.emit()
    assert window.view.place.startswith("accounts")
    window.back.click()
    assert window.view.place == "review#timeline"
    assert window.forward.isEnabled()
    window.search.setText("沒有這種字串")
    assert window.count.text() == "沒有符合的內容"
    window.search.clear()
    assert window.left.currentWidget() is window.tree
    controls = [window.back, window.forward, window.home, window.search, window.tree, window.hits]
    assert all(one.accessibleName() for one in [*controls, window.view])
    pictures = window.view.loadResource(2, window.view.source().resolved("pictures/timeline.png"))
    assert pictures.width() <= window.view.viewport().width() * window.view.devicePixelRatioF()


# --------------------------------------------------------------------------- F1
def test_f1_opens_the_place_of_what_has_the_keyboard(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    for name, areas in AREAS.items():
        page = window.pages[name]
        for attribute, place in areas.items():
            part = getattr(page, attribute)
            assert isinstance(part, QWidget), f"{name}.{attribute}"
            if (name, attribute) != ("review", "reasons"):
                assert place_of(part, page) == place
    assert place_of(None, window.pages["audit"]) == "audit"
    assert place_of(None, None) == "first-morning"

    window.open_page("review", "A0008")
    settle(qtbot, window)
    window.show_help()
    settle(qtbot, window)
    shown = window.help.handbook
    assert shown.isVisible()
    assert shown.view.place == "review#table"

    reasons = window.pages["review"].reasons
    assert reasons.reasons[0].place == "reasons#start_on_duty"
    link = (
        why_rect(reasons.visualRect(reasons.currentIndex()), reasons.reasons[0]).center().toPoint()
    )
    QTest.mouseClick(reasons.viewport(), Qt.MouseButton.LeftButton, pos=link)
    assert shown.view.place == "reasons#start_on_duty"
    shown.open("terms")
    beside = link - QPoint(150, 0)
    QTest.mouseClick(reasons.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert shown.view.place == "terms"
    why = next(one for one in window.actions() if one.shortcut().toString() == "Shift+F1")
    why.trigger()
    assert shown.view.place == "reasons#start_on_duty"
    assert place_of(reasons, window.pages["review"]) == "reasons#start_on_duty"

    dialog = ReasonTemplatesDialog((), parent=window.pages["review"])
    qtbot.addWidget(dialog)
    assert dialog_place(dialog) == "review#templates"
    over = window.help.open(dialog_place(dialog), over=dialog)
    settle(qtbot, window)
    assert over.parentWidget() is dialog  # a modal dialog blocks every window but its children
    assert over.view.place == "review#templates"
    assert window.help._is_ours(dialog)
    window.help.serve(dialog)
    assert not window.help._is_ours(dialog)
    dialog.reject()
    assert not over.isVisible()
    window.close()
    assert not shown.isVisible()
