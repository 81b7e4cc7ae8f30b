"""What holds on every page: names, mnemonics, focus, no English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from desktop.domain.findings import ReasonCode
from desktop.qt.dialogs.refused import RefusedFilesDialog
from desktop.qt.dialogs.same_reason import SameReasonDialog
from desktop.qt.models.queue import QueueTab
from desktop.qt.models.roles import Role
from desktop.qt.services import services_of
from tests.conftest import PATIENCE_MS
from tests.qt.conftest import PLAN, settle, settle_delayed

MNEMONIC = re.compile(r"&([A-Z])")
# Words of Latin letters that a clerk knows: kinds of files, keys, the platform's own name.
KNOWN = re.compile(
    r"\b(PDF|Ctrl|Alt|Shift|PgUp|PgDn|F\d+|K|Z|A|e|xlsx|xls|ods|csv|QR|AI|ChatGPT|Delete|TOML|Coursera|Word|WebHR|MB|Noto|Sans|CJK|CPAA0118B|Enter)\b"
)
PAGES = (
    "overview",
    "import",
    "review",
    "forms",
    "ledger",
    "commendations",
    "reports",
    "duty",
    "plan",
    "programmes",
    "resources",
    "audit",
    "settings",
    "records",
)


def mnemonics(root: QWidget) -> list[str]:
    texts = [one.text() for one in root.findChildren(QAbstractButton)]
    texts += [one.text() for one in root.findChildren(QLabel) if one.buddy() is not None]
    return [letter for text in texts for letter in MNEMONIC.findall(text)]


@pytest.fixture
def window(open_window, shared_sample):
    """A window of the test's own, to be resized and filtered."""
    return open_window(shared_sample)


# These only look: one window does for them all, a window costs more than all its pages.
def test_mnemonics_of_a_page_are_unique(kept_window):
    shared = {}
    for name in PAGES:
        letters = mnemonics(kept_window.pages[name]) + mnemonics(kept_window.bar)
        shared[name] = {letter for letter in letters if letters.count(letter) > 1}
    # 匯入 asks 「是誰的」 and shows doubtful readings in two places of which only one is ever in
    # sight.
    assert shared.pop("import") <= {"N", "Y", "I", "U"}
    assert shared == {name: set() for name in PAGES if name != "import"}


def test_mnemonics_of_the_first_page_are_unique(kept_window):
    letters = mnemonics(kept_window.welcome)
    assert len(letters) == len(set(letters)) == 5


def test_every_control_has_a_name(kept_window):
    nameless = []
    for one in [
        one
        for root in (kept_window.welcome, *(kept_window.pages[name] for name in PAGES))
        for one in root.findChildren(QWidget)
    ]:
        if isinstance(one, QHeaderView | QScrollBar) or one.objectName().startswith("qt_"):
            continue
        parent = one.parentWidget()
        if isinstance(parent, (QComboBox, QAbstractItemView)):
            continue
        is_control = isinstance(
            one, QAbstractButton | QLineEdit | QComboBox | QAbstractItemView | QGraphicsView
        )
        if not is_control or one.window() is not kept_window:
            continue
        words = one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")
        if not words:
            nameless.append(f"{type(one).__name__} {one.objectName()}")
    assert nameless == []


def test_frame_has_names_and_no_english(kept_window):
    for one in [
        kept_window.rail,
        kept_window.bar.search,
        kept_window.bar.chooser,
        kept_window.bar.menu_button,
    ]:
        assert one.accessibleName()
        assert not re.search(r"[A-Za-z]{2,}", KNOWN.sub("", one.accessibleName()))


def test_no_english_in_the_clerks_face(kept_window, qtbot):
    texts = shown_texts(kept_window, kept_window.welcome)
    for name in PAGES:
        kept_window.open_page(name)
        settle(qtbot, kept_window)
        texts += shown_texts(kept_window, kept_window.pages[name])
    # File names of evidence, course names and where the data lies stand as they are.
    own = [t for t in texts if not re.search(r"\.(pdf|mhtml|html|xlsx|csv)|https://", t)]
    own = [t for t in own if not Path(t).is_absolute()]
    english = [t for t in own if re.search(r"[A-Za-z]{3,}", KNOWN.sub("", t))]
    assert english == []


def shown_texts(window: QWidget, root: QWidget) -> list[str]:
    """What a clerk reads on a page as it stands, with its tooltips and hints."""
    texts = [
        one.text()
        for one in (*root.findChildren(QLabel), *root.findChildren(QAbstractButton))
        if one.window() is window
    ]
    texts += [one.toolTip() for one in root.findChildren(QAbstractButton)]
    texts += [one.placeholderText() for one in root.findChildren(QLineEdit)]
    return texts


def test_tab_key_reaches_the_controls_of_a_page(kept_window, qtbot):
    for name in PAGES:
        kept_window.open_page(name)
        settle(qtbot, kept_window)
        page = kept_window.pages[name]
        seen = set()
        one = page
        for _ in range(10_000):  # the chain goes through the whole window
            one = one.nextInFocusChain()
            if page.isAncestorOf(one) and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                seen.add(one)
            if one is page:
                break
        wanted = {
            one
            for one in page.findChildren(QAbstractButton)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        assert wanted <= seen, name
        assert page.primary_focus() is not None, name


def test_every_act_of_a_page_has_a_menu_entry_and_shortcuts_do_not_collide(kept_window):
    for name, page in kept_window.pages.items():
        actions = list(kept_window._page_actions[name])
        assert [a.text().partition("\t")[0] for a in actions] == [c.words for c in page.commands()]
        keys = [a.shortcut().toString() for a in kept_window.actions() if a.shortcut().toString()]
        own = [a.shortcut().toString() for a in actions if a.shortcut().toString()]
        others = [
            k
            for n, acts in kept_window._page_actions.items()
            if n != name
            for a in acts
            if (k := a.shortcut().toString())
        ]
        always = list(keys)
        for key in [*own, *others]:
            always.remove(key)
        assert len(own) == len(set(own))
        assert set(own) & set(always) == set()


def test_no_shortcut_belongs_to_the_input_methods(kept_window):
    taken = {"Ctrl+Space", "Shift+Space", "Ctrl+Shift", "Alt+Shift", "Meta+Space"}
    for action in kept_window.actions():
        key = action.shortcut().toString()
        assert key not in taken
        assert not key.startswith("Ctrl+Alt+")
        assert not re.fullmatch(r"[A-Z0-9]|Shift\+[A-Z0-9]|Ctrl\+[,.;'\[\]/\\-]", key)


def test_views_without_text_leave_the_input_method_alone(window):
    for name in PAGES:
        for view in window.pages[name].findChildren(QAbstractItemView):
            if view.parentWidget() is not None and isinstance(
                view.parentWidget().parentWidget(), QComboBox
            ):
                continue
            if view.window() is window and not isinstance(view, QHeaderView):
                assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), view


def test_dialog_of_one_reason_needs_rows_and_words(qtbot, window, shared_sample):
    services = services_of(shared_sample)
    review = window.pages["review"]
    window.open_page("review", "A0008")
    settle(qtbot, window)
    code = review.same.code
    rows = services.same_reason_rows(PLAN, code)
    dialog = SameReasonDialog("起在上班", rows, recent=("已查出勤",), parent=window)
    qtbot.addWidget(dialog)
    letters = mnemonics(dialog)
    assert len(letters) == len(set(letters))
    assert not dialog.accept_button.isEnabled()
    dialog.reason.setEditText("已查出勤紀錄")
    assert dialog.accept_button.isEnabled()
    with qtbot.waitSignal(dialog.decided) as decided:
        dialog.accept_button.click()
    assert decided.args[1] == tuple(row.record_key for row in rows)
    assert decided.args[2] == "已查出勤紀錄"


def test_refused_dialog_says_what_was_kept_and_lists_each_file(
    qtbot, theme, empty_office, tmp_path
):
    (tmp_path / "便當訂購.csv").write_text("品項,數量\n雞腿,3\n", encoding="utf-8")
    (tmp_path / "空.pdf").write_bytes(b"")
    services = services_of(empty_office)
    draft = services.read_batch([tmp_path / "便當訂購.csv", tmp_path / "空.pdf"])
    files = [file for file in services.preview(draft).files if file.refusals]
    dialog = RefusedFilesDialog(files, rows_stored=1291, waiting=3, parent=None)
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "2 個檔案沒有存入"
    words = "\n".join(one.text() for one in dialog.findChildren(QLabel))
    assert "1,291 列已存入" in words
    assert "3 個檔案等您指定人員" in words
    for file in files:
        assert file.name in dialog.text()
        assert file.refusals[0].message in words
    assert isinstance(dialog, QDialog)
    assert dialog.isModal()
    assert dialog.folder_button.isHidden()  # nobody said where they came from


@pytest.mark.parametrize("opens", [True, False])
def test_refused_dialog_opens_the_folders_of_the_files(qtbot, theme, empty_office, tmp_path, opens):
    one, other = tmp_path / "一", tmp_path / "二"
    (other / "內").mkdir(parents=True)
    one.mkdir()
    (one / "空.pdf").write_bytes(b"")
    (one / "好.csv").write_text("品項\n雞腿\n", encoding="utf-8")
    (other / "內" / "也空.pdf").write_bytes(b"")
    services = services_of(empty_office)
    brought = [one / "空.pdf", other]
    files = [f for f in services.preview(services.read_batch(brought)).files if f.refusals]
    asked: list[Path] = []

    def open_url(url: QUrl) -> bool:
        asked.append(Path(url.toLocalFile()))
        return opens

    dialog = RefusedFilesDialog(
        files, rows_stored=0, waiting=0, parent=None, brought=brought, open_url=open_url
    )
    qtbot.addWidget(dialog)
    for _ in range(2):
        dialog.folder_button.click()
    assert asked[:2] == asked[2:]
    assert asked[:2] == [one, other / "內"]
    told = [
        label.text() for label in dialog.findChildren(QLabel) if "請自己到那裡看" in label.text()
    ]
    assert bool(told) is not opens


@pytest.mark.parametrize(
    ("width", "queue_in_window", "original_is_tab"),
    [(1366, True, False), (1280, True, False), (1150, True, True), (1020, False, True)],
)
def test_panes_give_way_to_the_width(window, qtbot, width, queue_in_window, original_is_tab):
    window.open_page("review")
    window.resize(width, 640)
    settle(qtbot, window)
    review = window.pages["review"]
    assert (review.queue.window() is window) == queue_in_window
    assert review.tabs.isVisible() == original_is_tab
    assert (review.evidence.parentWidget() is review.below) == original_is_tab
    assert review.person.queue_button.isVisible() != queue_in_window


def test_queue_finds_a_person_hidden_by_a_filter(window, qtbot):
    review = window.pages["review"]
    window.open_page("review")
    review.queue.show_tab(QueueTab.PASS)
    settle(qtbot, window)
    window.open_page("review", "A0004")
    settle(qtbot, window)
    assert review.person.name.text() == "莊慧娟"


def test_empty_office_offers_the_first_steps(open_window, empty_office):
    window = open_window(empty_office)
    assert window.stack.currentWidget() is window.welcome
    assert window.bar.chooser.accessibleName().startswith("計畫：114 年")
    assert window.rail.current_name == "overview"


def test_start_page_of_a_new_office_is_found_again_and_papers_say_what_comes_first(
    open_window, empty_office, qtbot
):
    window = open_window(empty_office)
    forms = window.pages["forms"]
    window.open_page("forms")
    settle_delayed(qtbot, window)
    assert forms.middle.currentWidget() is forms.nothing
    assert "先匯入學習紀錄" in forms.nothing.advice.text()
    assert not any("印得出來" in one.text() for one in forms.findChildren(QLabel))
    window.rail.chosen.emit("overview")
    assert window.stack.currentWidget() is window.welcome


def test_cell_that_decides_is_framed_and_in_sight_in_an_original_table(window, qtbot):
    window.open_page("review", "A0008")
    settle_delayed(qtbot, window)
    review = window.pages["review"]
    record = review.table.current_record()
    assert ReasonCode.START_ON_DUTY in record.reasons
    said = review.strip.accessibleName()
    assert said.startswith("時間軸，114年")
    assert said.endswith(record.course)
    sheet = review.evidence.sheet
    assert review.evidence.stack.currentWidget() is sheet
    model, row = sheet.model(), sheet.currentIndex().row()
    held = [
        number
        for number in range(model.columnCount())
        if model.index(row, number).data(Role.IS_DECIDING)
    ]
    assert [
        f"{record.row.start:%H:%M:%S}" in model.index(row, number).data() for number in held
    ] == [True]
    qtbot.waitUntil(
        lambda: sheet.viewport().rect().contains(sheet.visualRect(model.index(row, held[0]))),
        timeout=PATIENCE_MS,
    )


def test_papers_of_a_person_are_found_before_the_list_was_ever_read(open_window, sample, qtbot):
    window = open_window(sample)
    forms = window.pages["forms"]
    assert not forms.table.rows
    window.open_page("forms", "A0010")
    settle(qtbot, window)
    assert forms.table.row(forms.view.currentIndex().row()).employee_id == "A0010"
    forms.units.choose(["交通局"])
    window.open_page("forms", "A0005")
    settle(qtbot, window)
    assert forms.table.row(forms.view.currentIndex().row()).employee_id == "A0005"
