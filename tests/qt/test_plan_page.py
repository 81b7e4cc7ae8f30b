"""計畫: what is written is checked, kept, undone and put in force."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from desktop.qt.dialogs.plan_blank import BlankPlanDialog
from desktop.qt.dialogs.plan_versions import PlanVersionsDialog
from desktop.qt.main_window import MainWindow
from desktop.qt.models.plan_courses import HOURS, NAME
from desktop.qt.pages.plan_page import PlanPage
from desktop.qt.services import services_of
from desktop.services.plan_document import value_at, with_value
from tests.qt.conftest import settle

NEXT = "kaohsiung-115"
ONLY = ("import", "plan")
HOURS_OF_SECOND = ("set", 0, "course", 1, "hours")


def wait(qtbot, window: MainWindow) -> None:
    """Until what was typed is examined and kept."""
    page = window.pages["plan"]
    qtbot.waitUntil(lambda: page.desk.examination is not None)
    settle(qtbot, window)


def plan_page(qtbot, window: MainWindow, *, copied: bool = True) -> PlanPage:
    window.open_page("plan")
    settle(qtbot, window)
    page = window.pages["plan"]
    if copied:
        page.acts._copy("kaohsiung-114", 1)
        settle(qtbot, window)
        wait(qtbot, window)
    return page


def write(qtbot, line: QLineEdit, words: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, words)


def field(page: PlanPage, *path) -> QLineEdit:
    return page.view.form.boxes[path].editor.focus_target


def titles(page: PlanPage) -> list[str]:
    return [found.title for found in page.checks._shown]


# ----------------------------------------------------------------------------------- coming to it
def test_office_without_a_plan_of_its_own_is_offered_a_copy(qtbot, open_window, shared_sample):
    window = open_window(shared_sample, only=ONLY)
    page = plan_page(qtbot, window, copied=False)
    assert page.stack.currentWidget() is page.empty
    assert window.focusWidget() is page.primary_focus() or not window.isActiveWindow()
    texts = {one.text() for one in page.empty.findChildren(QLabel)}
    assert "還沒有自己的計畫" in texts


def test_shipped_plan_can_be_read_and_nothing_is_kept_of_that(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window, copied=False)
    page._look_at_shipped()
    wait(qtbot, window)
    assert page.stack.currentWidget() is page.splitter
    assert page.left.chooser.currentText() == "114 年（內建）"
    assert page.desk.errors == 0
    assert not page.checks.enact_button.isEnabled()
    assert page.checks.enact_button.toolTip() == "啟用：這份計畫沒有改過"
    page.keep()
    settle(qtbot, window)
    states = {one.state.value for one in services_of(sample).plan_entries()}
    assert states == {"shipped"}


def test_every_shipped_plan_opens_section_by_section(qtbot, open_window, shared_sample):
    window = open_window(shared_sample, only=ONLY)
    page = plan_page(qtbot, window, copied=False)
    page._look_at_shipped()
    for plan_id in ("kaohsiung-103", "hsinchu-109", "taipei-coursera-113"):
        page.desk.open(plan_id)
        settle(qtbot, window)
        wait(qtbot, window)
        assert page.desk.plan_id == plan_id
        assert page.desk.errors == 0
        for section in page._every_section():
            page.left.mark_section(section.id)
            assert page.view.section.id == section.id
            for number in range(page.view.tabs.count()):
                page.view.tabs.setCurrentIndex(number)
                assert page.view.part_id == section.parts[number].id


def test_bars_chooser_ends_with_the_copy(qtbot, open_window, shared_sample):
    window = open_window(shared_sample, only=ONLY)
    actions = window.bar._menu.actions()
    assert actions[-1].text() == "複製去年的計畫…"
    actions[-1].trigger()
    settle(qtbot, window)
    dialog = next(
        one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isModal()
    )
    assert dialog.windowTitle() == "複製去年的計畫"
    boxes = dialog.findChildren(QComboBox)
    assert [box.currentText() for box in boxes][1] == "1 年"
    assert dialog.outcome.text() == "114 年 → 115 年（草稿）"
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept_button.click()
    assert chosen.args == ["kaohsiung-114", 1]
    settle(qtbot, window)


def test_plan_chosen_in_the_bar_is_opened_unless_a_draft_is_written(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window, copied=False)
    page._look_at_shipped()
    wait(qtbot, window)
    window.choose_plan("hsinchu-109")
    wait(qtbot, window)
    assert page.desk.plan_id == "hsinchu-109"
    page.acts._copy("kaohsiung-114", 1)
    settle(qtbot, window)
    wait(qtbot, window)
    assert page.left.tree.hasFocus() or not window.isActiveWindow()
    window.choose_plan("kaohsiung-103")
    settle(qtbot, window)
    assert page.desk.plan_id == NEXT


# ------------------------------------------------------------------------------------- the checks
def test_mistake_is_shown_at_field_tree_and_list_and_goes_when_mended(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("set/0")
    write(qtbot, field(page, "set", 0, "hours"), "12")
    wait(qtbot, window)
    assert page.checks.errors.count == 1
    assert "政策能力訓練　時數合計" in titles(page)
    box = page.view.form.boxes[("set", 0, "hours")]
    assert box.editor.focus_target.property("error") is True
    assert "各課程合計 10 時" in box._words.text()
    index = page.left.tree_model.index_of("set/0")
    assert page.left.tree_model.data(index, Qt.ItemDataRole.ToolTipRole) == "政策能力訓練，錯誤 1"
    assert page.checks.enact_button.toolTip() == "啟用：還有 1 個錯誤"
    assert not page.checks.enact_button.isEnabled()
    assert not page.checks.trial_button.isEnabled()
    write(qtbot, field(page, "set", 0, "hours"), "10")
    wait(qtbot, window)
    assert page.checks.errors.count == 0
    assert box.editor.focus_target.property("error") is False
    assert page.checks.enact_button.isEnabled()


def test_go_to_puts_the_cursor_into_the_field_of_another_section(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    window.activateWindow()
    page = plan_page(qtbot, window)
    page.left.mark_section("set/2")
    page.editing.put(("compensatory_leave", "cap_clause"), None, words="改上限依據", at=("year",))
    wait(qtbot, window)
    page.left.mark_section("set/2")
    entry = next(one for one in page.checks.entries() if "補休" in one.go.accessibleName())
    entry.go.click()
    assert page.left.current_id == "compensatory_leave"
    assert page.view.part_id == "general"
    assert page.view.form.focused_path() == ("compensatory_leave", "cap_clause")


def test_course_cell_with_a_mistake_is_where_go_to_leads(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("set/0")
    model = page.view.courses.model
    model.setData(model.index(1, HOURS), "兩時")
    wait(qtbot, window)
    page.left.mark_section("form")
    page.go_to(HOURS_OF_SECOND)
    assert page.left.current_id == "set/0"
    assert page.view.courses.view.currentIndex() == model.index(1, HOURS)
    assert page.editing.value(HOURS_OF_SECOND) == "兩時"


def test_unknown_key_of_a_file_can_be_taken_out(qtbot, open_window, sample, tmp_path):
    text = sample.library.plan_texts["kaohsiung-114"]
    path = tmp_path / "計畫.toml"
    path.write_text(text.replace('code = "KH"', 'code = "KH"\ncolour = "red"'), encoding="utf-8")
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window, copied=False)
    page.acts.import_from(path)
    settle(qtbot, window)
    wait(qtbot, window)
    assert page.desk.errors == 1
    entry = page.checks.entries()[0]
    entry.drop.click()
    wait(qtbot, window)
    assert page.desk.errors == 0
    assert page.editing.value(("colour",)) is None


def test_file_that_is_no_toml_changes_nothing_and_says_where(qtbot, open_window, sample, tmp_path):
    path = tmp_path / "壞掉.toml"
    path.write_text('id = "甲"\nyear = = 114\n', encoding="utf-8")
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    before = page.editing.values
    with qtbot.waitSignal(page.noted) as noted:
        page.acts.import_from(path)
    settle(qtbot, window)
    assert noted.args[0] == "fail"
    assert "壞掉.toml 第 2 行" in noted.args[1]
    assert page.editing.values is before


# ------------------------------------------------------------------------------ undo and keeping
def test_undo_of_the_page_names_the_step_and_is_the_drafts_own(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("compensatory_leave")
    office_words = window.undoing.undo_action.text()
    write(qtbot, field(page, "compensatory_leave", "cap_hours"), "8")
    assert window.bar.undo.text() == "復原：改全年上限"
    assert window.undoing.undo_action.text() == "復原：改全年上限"
    window.undoing.undo_action.trigger()
    assert page.editing.value(("compensatory_leave", "cap_hours")) == 12
    assert field(page, "compensatory_leave", "cap_hours").text() == "12"
    assert window.bar.redo.text() == "重做：改全年上限"
    window.undoing.redo_action.trigger()
    assert page.editing.value(("compensatory_leave", "cap_hours")) == 8
    window.open_page("import")
    assert window.undoing.undo_action.text() == office_words
    window.open_page("plan")
    assert window.undoing.undo_action.text() == "復原：改全年上限"
    wait(qtbot, window)


def test_undo_key_in_a_field_reaches_the_draft(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("set/1")
    line = field(page, "set", 1, "title")
    window.activateWindow()
    write(qtbot, line, "city")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.editing.value(("set", 1, "title")) == "市政議題訓練"
    wait(qtbot, window)


def test_leaving_the_page_keeps_what_was_written(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("commendation")
    write(qtbot, field(page, "commendation", "deadline"), "115-09-30")
    assert page.desk.is_changed
    assert page.checks.saved_words.text().startswith("有修改還沒存")
    window.open_page("import")
    settle(qtbot, window)
    kept = services_of(sample).open_plan_draft(NEXT)
    assert str(value_at(kept.values, ("commendation", "deadline"))) == "2026-09-30"
    assert page.checks.saved_words.text().startswith("草稿已存 09:41:00")
    assert not page.desk.is_changed


def test_window_that_closes_keeps_a_cell_being_written(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("set/0")
    courses = page.view.courses
    window.activateWindow()
    courses.go_to(0)
    courses.view.edit(courses.model.index(0, NAME))
    editor = courses.view.focusWidget()
    editor.setText("新的第一門")
    window.close()
    kept = services_of(sample).open_plan_draft(NEXT)
    assert value_at(kept.values, ("set", 0, "course", 0, "name")) == "新的第一門"


def test_words_that_are_no_number_are_kept_as_typed(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("compensatory_leave")
    write(qtbot, field(page, "compensatory_leave", "cap_hours"), "12a")
    wait(qtbot, window)
    page.keep()
    settle(qtbot, window)
    assert page.desk.errors == 1
    kept = services_of(sample).open_plan_draft(NEXT)
    assert value_at(kept.values, ("compensatory_leave", "cap_hours")) == "12a"


def test_discarded_draft_comes_back_with_undo(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("compensatory_leave")
    write(qtbot, field(page, "compensatory_leave", "cap_hours"), "8")
    page.checks.discard_button.click()
    settle(qtbot, window)
    assert NEXT not in {one.id for one in page.desk.entries}
    assert page.desk.plan_id == "kaohsiung-114"
    window.undoing.undo_action.trigger()
    settle(qtbot, window)
    assert NEXT in {one.id for one in page.desk.entries}
    kept = services_of(sample).open_plan_draft(NEXT)
    assert value_at(kept.values, ("compensatory_leave", "cap_hours")) == 8


# ------------------------------------------------------------------------------------ the courses
def test_courses_are_added_moved_and_deleted_by_keyboard(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("set/0")
    window.activateWindow()
    courses = page.view.courses
    names = [one["name"] for one in courses.model.courses]
    courses.go_to(2)
    page.view.add_course.click()
    editor = courses.view.focusWidget()
    assert editor.objectName() == "cellEditor"
    qtbot.keyClicks(editor, "new course")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    path = ("set", 0, "course", 3, "name")
    qtbot.waitUntil(lambda: page.editing.value(path) == "new course")
    courses.go_to(3)
    qtbot.keyClick(courses.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.editing.value(("set", 0, "course", 2, "name")) == "new course"
    assert courses.current_row == 2
    qtbot.keyClick(courses.view, Qt.Key.Key_Delete)
    assert [one["name"] for one in courses.model.courses] == names
    assert page.editing.undo_words == "刪除課程"
    wait(qtbot, window)


def test_spelling_on_the_form_is_written_under_the_table(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("set/0")
    page.view.courses.go_to(1)
    write(qtbot, page.view.courses.printed, "on paper")
    assert page.editing.value(("set", 0, "course", 1, "printed_name")) == "on paper"
    page.view.courses.go_to(2)
    assert page.view.courses.printed.text() == ""
    wait(qtbot, window)


def paste(qtbot, window, page, text: str):
    QGuiApplication.clipboard().setText(text)
    page.view.paste.click()
    settle(qtbot, window)
    return next(one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isModal())


def test_pasted_list_shows_what_was_understood_and_what_was_not(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("set/1")
    before = len(page.view.courses.model.courses)
    text = "課程名稱\t時數\n永續飲食\t2\n備註：以上\n人工智慧入門\t1.5\n"
    dialog = paste(qtbot, window, page, text)
    assert [(one.name, str(one.hours)) for one in dialog.understood.rows] == [
        ("永續飲食", "2"),
        ("人工智慧入門", "1.5"),
    ]
    lines = {one.line for one in dialog.understood.rows} | {one.line for one in dialog.refused.rows}
    assert lines == {1, 2, 3, 4}
    assert dialog.accept_button.text().strip() == "加入 2 門(&K)"
    dialog.accept_button.click()
    listed = page.editing.value(("set", 1, "course"))
    assert [one["name"] for one in listed[before:]] == ["永續飲食", "人工智慧入門"]
    assert [one["hours"] for one in listed[before:]] == [2, 1.5]
    assert page.editing.undo_words == "貼上 2 門課程"
    page.editing.undo()
    assert len(page.editing.value(("set", 1, "course"))) == before
    wait(qtbot, window)


def test_pasted_text_can_be_mended_before_it_is_taken(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("set/1")
    dialog = paste(qtbot, window, page, "永續飲食\t兩\n")
    assert not dialog.accept_button.isEnabled()
    dialog.text.setPlainText("永續飲食\t2\n")
    qtbot.waitUntil(lambda: len(dialog.understood.rows) == 1)
    dialog.replaces.setChecked(True)
    assert dialog.accept_button.text().strip() == "取代成 1 門(&K)"
    dialog.accept_button.click()
    assert page.editing.value(("set", 1, "course")) == [{"name": "永續飲食", "hours": 2}]
    wait(qtbot, window)


# -------------------------------------------------------------------------- sections and choices
def test_benefit_is_begun_and_taken_out(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.left.mark_section("entitlement")
    page.view._nothing.add.click()
    assert page.left.current_id == "entitlement/0"
    assert page.view.section.kind == "其他獎勵"
    wait(qtbot, window)
    assert page.desk.errors > 0
    page.view.drop.click()
    wait(qtbot, window)
    assert page.editing.value(("entitlement",)) is None
    assert page.desk.errors == 0


def test_open_choice_takes_the_course_table_away(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    page.editing.put(("set", 1, "course"), None, words="刪課程", at=("set", 1, "title"))
    page.left.mark_section("set/1")
    assert not page.view.courses.isHidden()
    page.view.tabs.setCurrentIndex(1)
    box = page.view.form.boxes[("set", 1, "open")].editor.box
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert page.editing.value(("set", 1, "open")) is True
    page.view.tabs.setCurrentIndex(0)
    assert page.view.courses.isHidden()
    wait(qtbot, window)


def test_list_rows_are_added_and_moved_as_cards(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    path = ("compensatory_leave", "rule")
    count = len(page.editing.value(path))
    page.go_to((*path, 0, "hours"))
    add = next(
        one for one in page.view.form.findChildren(type(page.view.paste)) if "加規則" in one.text()
    )
    add.click()
    assert len(page.editing.value(path)) == count + 1
    assert page.view.part_id == "rules"
    page.editing.move(path, count, 0, words="移動規則")
    assert page.editing.value((*path, 0)) == {"sets": []}
    wait(qtbot, window)
    assert page.desk.errors > 0


@pytest.mark.parametrize(("width", "columns"), [(1366, 2), (1000, 1)])
def test_fields_stand_in_as_many_columns_as_there_is_room(
    qtbot, open_window, sample, width, columns
):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window)
    window.resize(width, 600)
    settle(qtbot, window)
    page.left.mark_section("compensatory_leave")
    settle(qtbot, window)
    assert page.view._columns == columns
    form = page.view.form
    for box in form.boxes.values():
        right = box.mapTo(form, box.rect().topRight()).x()
        assert right <= page.view._area.viewport().width()


def test_panes_follow_f6_and_mistakes_follow_f8(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    window.activateWindow()
    page = plan_page(qtbot, window)
    page.left.mark_section("set/0")
    page.left.tree.setFocus()
    seen = []
    for _ in range(4):
        page.next_pane(1)
        focus = page.focusWidget()
        panes = (page.left, page.view, page.comparison, page.checks)
        seen.append(next(n for n, one in enumerate(panes) if one.isAncestorOf(focus)))
    assert seen == [1, 2, 3, 0]
    page._next_problem(1)
    assert page.left.current_id == "clauses"
    assert page.view.form.focused_path() == ("source", "document_number")


# ------------------------------------------------------------------------ from nothing, and versions
def test_plan_begun_from_nothing_is_a_draft_that_names_what_it_lacks(qtbot, open_window, sample):
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window, copied=False)
    page.acts.begin_blank()
    qtbot.waitUntil(lambda: page.findChild(BlankPlanDialog) is not None)
    dialog = page.findChild(BlankPlanDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.agency.setText("花蓮縣政府")
    dialog.year.setCurrentIndex(dialog.year.findData(116))
    dialog.accept_button.click()
    settle(qtbot, window)
    wait(qtbot, window)
    assert page.stack.currentWidget() is page.splitter
    assert page.desk.is_draft
    assert page.desk.errors > 0
    assert value_at(page.editing.values, ("agency",)) == "花蓮縣政府"
    assert value_at(page.editing.values, ("year",)) == 116
    assert not page.checks.enact_button.isEnabled()


def test_versions_are_listed_and_an_earlier_one_comes_back_as_a_draft(
    qtbot, open_window, sample, tmp_path
):
    services = services_of(sample)
    first = services.copy_plan("kaohsiung-114")
    services.put_plan_in_force(first)
    services.put_plan_in_force(changed_title(first, "第二版的計畫"))
    window = open_window(sample, only=ONLY)
    page = plan_page(qtbot, window, copied=False)
    page.desk.open(NEXT)
    wait(qtbot, window)
    page.left.versions.click()
    qtbot.waitUntil(lambda: page.findChild(PlanVersionsDialog) is not None)
    dialog = page.findChild(PlanVersionsDialog)
    shown = [dialog.table.index(row, 0).data() for row in range(dialog.table.rowCount())]
    assert shown == ["第 2 版", "第 1 版"]
    assert [dialog.table.index(row, 2).data() for row in (0, 1)] == ["使用中", "以前的版本"]
    dialog.view.selectRow(1)
    page.acts.export_version_to(tmp_path / "old.toml", NEXT, dialog.current)
    settle(qtbot, window)
    assert (tmp_path / "old.toml").read_bytes() == services.export_plan(first)
    dialog.draft_button.click()
    settle(qtbot, window)
    wait(qtbot, window)
    assert page.desk.is_draft
    assert value_at(page.editing.values, ("short_title",)) == value_at(
        first.values, ("short_title",)
    )


def changed_title(draft, words: str):
    return replace(draft, values=with_value(draft.values, ("short_title",), words))
