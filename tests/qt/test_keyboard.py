"""Keys over the whole window: menu entries, no two alike, none of the input methods', and IME text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from desktop.qt.main_window import MainWindow
from desktop.qt.pane_walk import PaneWalk
from tests.qt.conftest import NOW, settle_plainly
from tests.qt.test_pages import PAGES

TEXT_FIELDS = (QLineEdit, QPlainTextEdit)
# They switch input methods or widths, or type full-width marks.
OF_INPUT_METHODS = re.compile(
    r"(Shift|Ctrl|Alt|Meta|Ctrl\+Shift|Alt\+Shift)"
    r"|(Shift|Ctrl|Meta|Alt|Ctrl\+Shift|Ctrl\+Alt)\+Space"
    r"|Ctrl\+Alt\+.*|Alt\+\d|Ctrl\+(Shift\+)?[^A-Za-z0-9]"
)
BARE = re.compile(r"(Shift\+)?[^+]")
"""A key that types something by itself."""


@pytest.fixture
def window(kept_window: MainWindow) -> MainWindow:
    return kept_window


def in_menus(menu: QMenu) -> set[QAction]:
    found: set[QAction] = set()
    for action in menu.actions():
        inner = action.menu()
        found |= in_menus(inner) if inner is not None else {action}
    return found


def keys_of(window: MainWindow, page: str) -> list[str]:
    """Every key that does something while a page is shown, without mnemonics."""
    window.open_page(page)
    keys = [
        key.toString()
        for action in window.findChildren(QAction)
        if action.isEnabled() and action.isVisible()
        for key in action.shortcuts()
        if action in window.actions()
    ]
    keys += [
        one.key().toString()
        for one in window.findChildren(QShortcut)
        if one.isEnabled() and one.context() != Qt.ShortcutContext.WidgetShortcut
    ]
    keys += [
        key
        for one in window.findChildren(QAbstractButton)
        if (key := one.shortcut().toString()) and "&" not in one.text()
    ]
    return [key for key in keys if key]


def test_every_act_of_the_window_stands_in_a_menu(window):
    listed = in_menus(window._menu.root)
    missing = [action.text() for action in window.actions() if action not in listed]
    assert missing == []


def test_menu_shows_the_key_of_an_act_or_the_mnemonic_of_its_button(window):
    review = window.pages["review"]
    shown = {
        words: keys
        for action in window._page_actions["review"]
        for words, _, keys in [action.text().partition("\t")]
        if keys
    }
    buttons = {
        "採計": review.decisions.accept_button,
        "不採計": review.decisions.refuse_button,
        "請補正": review.decisions.correct_button,
        "同因一次決定…": review.decisions.same_button,
    }
    assert {words: shown[words] for words in buttons} == {
        words: QKeySequence.mnemonic(button.text()).toString() for words, button in buttons.items()
    }
    for action in window.actions():
        if not action.shortcut().isEmpty():
            assert action.isShortcutVisibleInContextMenu() or action.text()


@pytest.mark.parametrize("page", ["overview", "forms", "ledger", "commendations", "resources"])
def test_pages_that_print_do_so_by_the_usual_key(window, page):
    assert "Ctrl+P" in keys_of(window, page)


def test_printing_key_of_the_overview_leads_to_the_forms(window):
    window.open_page("overview")
    act = next(
        action
        for action in window.actions()
        if action.isVisible() and action.shortcut().toString() == "Ctrl+P"
    )
    act.trigger()
    assert window.current_page is window.pages["forms"]


@pytest.mark.parametrize("page", PAGES)
def test_no_key_of_a_page_does_two_things(window, page):
    keys = Counter(keys_of(window, page))
    assert {key for key, count in keys.items() if count > 1} == set()


@pytest.mark.parametrize("page", PAGES)
def test_no_key_types_or_belongs_to_an_input_method(window, page):
    keys = keys_of(window, page)
    assert {"Ctrl+K", "Ctrl+F", "F1", "F6", "Shift+F6"} <= set(keys)
    assert [key for key in keys if OF_INPUT_METHODS.fullmatch(key) or BARE.fullmatch(key)] == []


@pytest.mark.parametrize(
    "key",
    ["Ctrl+Space", "Shift+Space", "Ctrl+,", "Ctrl+Alt+K", "Ctrl+Shift", "Alt+Shift", "Ctrl+."],
)
def test_pattern_knows_what_input_methods_take(key):
    assert OF_INPUT_METHODS.fullmatch(key)


@pytest.mark.parametrize("key", ["A", "7", "Shift+A", "/"])
def test_pattern_knows_keys_that_type(key):
    assert BARE.fullmatch(key)


def fields_of(page: QWidget) -> list[QWidget]:
    found = []
    for kind in TEXT_FIELDS:
        for field in page.findChildren(kind):
            parent = field.parentWidget()
            is_figure = isinstance(parent, QAbstractSpinBox)
            is_closed_list = isinstance(parent, QComboBox) and not parent.isEditable()
            if not field.isReadOnly() and not is_figure and not is_closed_list:
                found.append(field)
    return found


def text_of(field: QWidget) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def compose(field: QWidget, letters: str) -> None:
    """What an input method sends while ``letters`` are being put together."""
    QApplication.sendEvent(field, QInputMethodEvent(letters, []))


def commit(field: QWidget, words: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


@pytest.mark.parametrize("page", [*PAGES, "frame"])
def test_every_field_takes_text_of_an_input_method(window, page):
    root = window.bar if page == "frame" else window.pages[page]
    if page != "frame":
        window.open_page(page)
        settle_plainly(window)
    refused = []
    for field in fields_of(root):
        if not field.isEnabled():
            continue
        name = field.accessibleName() or type(field).__name__
        before = text_of(field)
        if not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            refused.append(f"{name}：不收輸入法")
            continue
        compose(field, "ㄒㄩㄝˊ")
        if text_of(field) != before:
            refused.append(f"{name}：組字中就變了")
        commit(field, "學習")
        after = text_of(field)
        is_checked = isinstance(field, QLineEdit) and field.validator() is not None
        if "學習" not in after and not is_checked:
            refused.append(f"{name}：{after}")
        field.blockSignals(True)
        field.setText(before) if isinstance(field, QLineEdit) else field.setPlainText(before)
        field.blockSignals(False)
    settle_plainly(window)
    assert refused == []


def test_undo_and_redo_in_the_menu_name_what_they_do(window):
    window.undoing.show(("採計", "匯入 3 個檔案"))
    assert window.undoing.undo_action.text() == "復原：採計"
    assert window.undoing.redo_action.text() == "重做：匯入 3 個檔案"
    edit = next(one.menu() for one in window._menu.root.actions() if one.text() == "編輯")
    assert {window.undoing.undo_action, window.undoing.redo_action} <= set(edit.actions())
    window.undoing.show(("", ""))
    assert (window.undoing.undo_action.text(), window.undoing.undo_action.isEnabled()) == (
        "復原",
        False,
    )
    assert (window.undoing.redo_action.text(), window.undoing.redo_action.isEnabled()) == (
        "重做",
        False,
    )


def test_status_bar_says_when_the_last_act_was_saved(window):
    window.status.show_saved(NOW)
    assert window.status.saved.text() == "已儲存 09:41:00"


@pytest.mark.parametrize("page", PAGES)
def test_focus_is_seen_on_every_kind_of_control(window, page):
    window.open_page(page)
    settle_plainly(window)
    window.activateWindow()
    kinds: dict[tuple[str, str], QWidget] = {}
    for one in window.pages[page].findChildren(QWidget):
        takes_tab = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and one.isVisible() and one.isEnabled() and one.window() is window:
            kinds.setdefault((type(one).__name__, one.objectName()), one)
    unseen = []
    for (kind, name), one in kinds.items():
        window.bar.search.setFocus()
        QApplication.processEvents()
        before = one.grab().toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if QApplication.focusWidget() is one and one.grab().toImage() == before:
            unseen.append(f"{kind} {name} {one.accessibleName()}")
    assert unseen == []


SINGLE = {"records", "ledger", "plan"}
"""Pages of one part: a list with its own fields, or nothing but the button that begins."""


@pytest.mark.parametrize("page", PAGES)
def test_f6_walks_every_part_of_a_page_and_shift_f6_back(window, page):
    window.open_page(page)
    settle_plainly(window)
    window.activateWindow()
    shown = window.pages[page]
    parts = [group[0] for group in PaneWalk(shown).panes]
    assert len(parts) > 1 or page in SINGLE
    window.next_pane(1)
    first = window.focusWidget()
    assert shown.isAncestorOf(first)
    visited = [first]
    for _ in range(8):
        window.next_pane(1)
        if window.focusWidget() is first:
            break
        visited.append(window.focusWidget())
    assert len(visited) == len(set(visited))
    assert len(visited) > 1 or page in SINGLE
    for expected in [*reversed(visited[1:]), first]:
        window.next_pane(-1)
        assert window.focusWidget() is expected


def test_f6_reaches_all_the_parts_of_reports_once(window):
    window.open_page("reports")
    settle_plainly(window)
    page = window.pages["reports"]
    page.tree.setFocus()
    places = []
    for _ in range(3):
        window.next_pane(1)
        places.append(
            [page.splitter.widget(n).isAncestorOf(window.focusWidget()) for n in range(3)]
        )
    assert places == [[False, True, False], [False, False, True], [True, False, False]]


FILTERS = {
    "forms": lambda window: window.pages["forms"].units,
    "review": lambda window: window.pages["review"].queue.units,
    "duty": lambda window: window.pages["duty"].roster.search,
    "resources": lambda window: window.pages["resources"].catalogue.search,
}


@pytest.mark.parametrize("page", PAGES)
def test_ctrl_f_leads_to_the_filter_or_looks_through_the_list(window, page):
    window.open_page(page)
    settle_plainly(window)
    window.activateWindow()
    window.find_here()
    focus = window.focusWidget()
    strip = window.find_strip
    lists = [one for one in window.pages[page].findChildren(QAbstractItemView) if one.isVisible()]
    lists = [one for one in lists if not isinstance(one, QHeaderView)]
    if page in FILTERS:
        assert focus is FILTERS[page](window)
    elif page in ("records", "audit", "ledger") and lists:
        assert isinstance(focus, QLineEdit)
        assert window.pages[page].list.isAncestorOf(focus)
    elif lists:
        assert focus is strip.field
    if focus is strip.field:
        strip.leave()
        assert strip.isHidden()
        assert window.focusWidget() in lists
    else:
        assert strip.isHidden()


def test_find_goes_from_place_to_place_and_gives_the_keyboard_back(window, qtbot):
    window.open_page("duty")
    settle_plainly(window)
    window.activateWindow()
    page = window.pages["duty"]
    table, model = page.roster.view, page.roster.view.model()
    page.roster.search.setText("員")
    page.roster.search.clear()
    ranks = [model.index(row, 4).data() for row in range(model.rowCount())]
    wanted = [row for row, rank in enumerate(ranks) if "委任" in rank]
    assert len(wanted) > 1
    table.setFocus()
    strip = window.find_strip
    assert strip.begin(page, table)
    strip.field.setText("委任")
    visited = [table.currentIndex().row()]
    for _ in wanted[1:]:
        qtbot.keyClick(strip.field, Qt.Key.Key_Return)
        visited.append(table.currentIndex().row())
    assert sorted(visited) == wanted
    assert f"共 {len(wanted)} 處" in strip.words.text()
    qtbot.keyClick(strip.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert table.currentIndex().row() == visited[-2]
    strip.field.setText("沒有這個人")
    assert strip.words.text() == "沒有找到"
    qtbot.keyClick(strip.field, Qt.Key.Key_Escape)
    assert strip.isHidden()
    assert window.focusWidget() is table


def test_find_opens_the_branch_where_the_words_stand(window):
    window.open_page("reports")
    settle_plainly(window)
    tree = window.pages["reports"].tree
    tree.collapseAll()
    tree.setFocus()
    window.find_here()
    tree.setCurrentIndex(tree.model().index(0, 0))
    window.find_strip.field.setText("尚缺門數")
    assert "尚缺門數" in tree.currentIndex().data()
    assert tree.isExpanded(tree.currentIndex().parent())
    window.find_strip.leave()


def exported(window: MainWindow, view: QAbstractItemView, path: Path) -> list[list[str]]:
    window.lists.save_to(view, path)
    settle_plainly(window)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_list_in_sight_is_exported_as_it_stands(window, tmp_path):
    window.open_page("duty")
    settle_plainly(window)
    page = window.pages["duty"]
    page.roster.search.setText("委任")
    view = page.roster.view
    view.setColumnHidden(7, True)
    rows = exported(window, view, tmp_path / "名冊.csv")
    assert rows[0] == ["代號", "姓名", "單位", "職稱", "官職等", "人員類別", "班別", "留職停薪"]
    assert len(rows) == 1 + view.model().rowCount() > 2
    assert all("委任" in row[4] for row in rows[1:])
    view.setColumnHidden(7, False)
    page.roster.search.clear()


def test_tree_is_exported_with_the_rows_of_its_branches(window, tmp_path):
    window.open_page("reports")
    settle_plainly(window)
    tree = window.pages["reports"].tree
    rows = exported(window, tree, tmp_path / "欄位.csv")
    tops = tree.model().rowCount()
    assert len(rows) > 1 + tops
    assert any("尚缺門數" in row[0] for row in rows)


def test_export_asks_for_a_file_of_the_lists_name_or_says_that_there_is_none(
    window, monkeypatch, tmp_path
):
    asked = []

    def ask(parent, title, name, formats):
        asked.append((title, name))
        return str(tmp_path / "x.csv"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    window.open_page("duty")
    settle_plainly(window)
    window.export_list()
    settle_plainly(window)
    assert asked == [("匯出職員名冊", "職員名冊.csv")]
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig").startswith("代號,")
    window.open_page("overview")
    settle_plainly(window)
    # A test before this one may have left a plan open, whose sections are a list.
    plan = window.pages["plan"]
    plan.stack.setCurrentWidget(plan.empty)
    window.export_list()
    assert len(asked) == 1
    note = window._notes.itemAt(window._notes.count() - 1).widget()
    assert note.sentence == "這一頁沒有清單，沒有匯出。"
    window.clear_notes()


@pytest.mark.parametrize("words", ["存入這批", "取消這批", "對應欄位…"])
def test_entry_that_has_nothing_to_act_on_says_so(window, words):
    window.open_page("import")
    window.clear_notes()
    action = next(one for one in window._page_actions["import"] if one.text().startswith(words))
    action.trigger()
    note = window._notes.itemAt(0).widget()
    assert note.sentence.startswith("還沒有讀任何檔案")
    window.clear_notes()


def test_pasting_while_another_program_holds_the_clipboard_is_answered(window, monkeypatch):
    class Held:
        def mimeData(self) -> None:
            return None

    monkeypatch.setattr(QGuiApplication, "clipboard", staticmethod(Held))
    window.open_page("import")
    window.clear_notes()
    window.pages["import"].paste()
    assert window._notes.itemAt(0).widget().sentence.startswith("剪貼簿裡沒有可以匯入的內容")
    window.clear_notes()


@pytest.mark.parametrize(
    "words", ["先行補休…", "轉入補休…", "轉出補休…", "補休紀錄卡…", "沖銷選取列…"]
)
def test_entry_of_the_ledger_without_a_person_says_what_to_do(window, words):
    window.open_page("ledger")
    settle_plainly(window)
    window.clear_notes()
    action = next(one for one in window._page_actions["ledger"] if one.text().startswith(words))
    action.trigger()
    assert window._notes.itemAt(0).widget().sentence.startswith("先選一個人")
    window.clear_notes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("薦送…", "這個計畫沒有薦送名單"),
        ("換人遞補…", "這個計畫沒有薦送名單"),
        ("帶入計畫所列的活動", "這個計畫沒有列出還沒帶入的活動"),
        ("新增場次…", "先選一個活動"),
        ("報名…", "先選一個活動"),
        ("重算核對抽獎", "先選一個活動"),
    ],
)
def test_entry_of_programmes_without_a_list_or_activity_says_what_comes_first(window, words, said):
    window.open_page("programmes")
    settle_plainly(window)
    window.clear_notes()
    action = next(one for one in window._page_actions["programmes"] if one.text() == words)
    action.trigger()
    assert window._notes.itemAt(0).widget().sentence.startswith(said)
    window.clear_notes()
