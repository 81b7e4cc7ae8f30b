"""Next year's plan, from last year's to one in force, as a clerk makes it in the window."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from desktop.qt.dialogs.plan_copy import CopyPlanDialog
from desktop.qt.dialogs.plan_paste import PasteCoursesDialog
from desktop.qt.dialogs.plan_trial import TrialDialog
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.plan_page import PlanPage
from desktop.qt.services import services_of
from desktop.services.plan_document import value_at
from tests.qt.conftest import PLAN, settle

NEXT = "kaohsiung-115"
# As copied from a sheet: the second course has an hour less than last year.
COURSES = """課程項目\t課程名稱\t時數
當前政府重大政策\t雙軸轉型淨零港都\t1
環境教育\t全球淨零趨勢帶給高雄的挑戰與機會\t1
環境教育\t零廢時尚：不可不知道的永續時尚趨勢\t1
環境教育\t從農田到餐桌的減碳策略：再生農法與永續食材\t1
人工智慧\t生成式 AI 帶來智能服務的全新體驗\t1
人工智慧\t智在高雄~智慧城市任你行\t1
性別平等\t哭泣中的樹與花-從日常中聽見伴侶心底話\t1
性別平等\t性騷擾調查實務探討(A)-接獲性騷擾申訴應變作為\t1
性別平等\t性騷擾調查實務探討(B)-性平三法適用範圍\t1
合計\t\t9
"""


def dialog_of(kind: type[QDialog]) -> QDialog:
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    )


def wait(qtbot, window: MainWindow) -> None:
    page = window.pages["plan"]
    qtbot.waitUntil(lambda: page.desk.examination is not None)
    settle(qtbot, window)


def write(qtbot, page: PlanPage, path: tuple, words: str) -> None:
    page.go_to(path)
    line = page.view.form.boxes[path].editor.focus_target
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, words)


def messages(page: PlanPage) -> list[str]:
    return [one.message for one in page.desk.examination.problems]


def test_next_years_plan_is_copied_mended_tried_and_put_in_force(
    qtbot, open_window, sample, empty_office, tmp_path: Path
):
    window = open_window(sample)
    window.open_page("plan")
    settle(qtbot, window)
    page = window.pages["plan"]

    # Copied: the dates are next year's, the document is still last year's.
    page.primary_focus().click()
    dialog = dialog_of(CopyPlanDialog)
    dialog.accept_button.click()
    wait(qtbot, window)
    assert page.left.chooser.currentText() == "115 年（草稿）"
    assert page.editing.value(("compensatory_leave", "deadline")) == date(2026, 8, 31)
    assert page.desk.errors == 0
    assert any("文號仍是去年的" in message for message in messages(page))
    assert {d.item for d in page.desk.comparison.changed} >= {"基本資料　年度", "補休　完成期限"}

    # This year's courses, pasted over last year's.
    page.left.mark_section("set/0")
    QGuiApplication.clipboard().setText(COURSES)
    page.view.paste.click()
    settle(qtbot, window)
    dialog = dialog_of(PasteCoursesDialog)
    assert len(dialog.understood.rows) == 9
    assert [one.reason for one in dialog.refused.rows] == ["這一行是欄名", "這一行是合計"]
    dialog.replaces.setChecked(True)
    dialog.accept_button.click()
    wait(qtbot, window)
    assert page.desk.errors == 1
    assert any("各課程合計 9 時" in message for message in messages(page))
    assert any("去年是 2 時，現在是 1 時" in message for message in messages(page))
    assert not page.checks.enact_button.isEnabled()

    # What the checks say is mended at the fields they lead to.
    write(qtbot, page, ("set", 0, "hours"), "9")
    write(qtbot, page, ("source", "document_number"), "11530200000")
    write(qtbot, page, ("source", "checked_on"), "115-02-26")
    wait(qtbot, window)
    assert page.desk.errors == 0
    assert not any("文號仍是去年的" in message for message in messages(page))

    # Tried on the people of the sample office: four hours become two.
    write(qtbot, page, ("compensatory_leave", "rule", 0, "hours"), "2")
    wait(qtbot, window)
    page.checks.trial_button.click()
    settle(qtbot, window)
    assert "12 人" in page.checks.trial_words.text()
    page.checks.trial_link.click()
    dialog = dialog_of(TrialDialog)
    losing = [one for one in dialog.table.rows if one.effect.value == "loses"]
    # The second course now differs from everybody's certified hours: its set is for a person to see.
    lost = ("補休 12 時、嘉獎 1 次", "補休 8 時（最多 10 時）、敘獎（可能更高）")
    assert lost in {(one.before, one.after) for one in losing}
    dialog.accept()
    write(qtbot, page, ("compensatory_leave", "rule", 0, "hours"), "4")
    assert page.checks.trial_link.isHidden()
    wait(qtbot, window)

    # Exported, then put in force.
    path = tmp_path / "計畫.toml"
    page.acts.export_to(path)
    settle(qtbot, window)
    exported = tomllib.loads(path.read_text(encoding="utf-8"))
    assert exported == page.editing.values
    services = services_of(sample)
    verdicts = services.queue(PLAN)
    page.checks.enact_button.click()
    wait(qtbot, window)
    assert page.left.chooser.currentText() == "115 年（使用中）"
    assert not page.checks.enact_button.isEnabled()
    assert NEXT in {choice.id for choice in services.plan_choices()}
    assert services.queue(PLAN) == verdicts
    listed = [action.text() for action in window.bar._menu.actions()]
    assert any(words.startswith("115 年") for words in listed)
    window.choose_plan(NEXT)
    settle(qtbot, window)
    assert window.bar.chooser.accessibleName().startswith("計畫：115 年")

    # Taken back with one key: a draft again; and once more in force.
    window.undoing.undo_action.trigger()
    wait(qtbot, window)
    assert NEXT not in {choice.id for choice in services.plan_choices()}
    assert page.left.chooser.currentText() == "115 年（草稿）"
    window.undoing.redo_action.trigger()
    wait(qtbot, window)
    assert NEXT in {choice.id for choice in services.plan_choices()}

    # The file opens in another office as the same plan.
    other = open_window(empty_office)
    other.open_page("plan")
    settle(qtbot, other)
    second = other.pages["plan"]
    second.acts.import_from(path)
    wait(qtbot, other)
    assert second.desk.plan_id == NEXT
    assert second.editing.values == exported
    assert second.desk.errors == 0
    kept = services_of(empty_office).open_plan_draft(NEXT)
    assert value_at(kept.values, ("set", 0, "hours")) == 9


def test_plan_in_force_is_changed_in_a_draft_of_its_own(qtbot, open_window, sample):
    """Editing makes a new version; until then nothing that was judged moves."""
    services = services_of(sample)
    before = services.queue(PLAN)
    window = open_window(sample)
    window.open_page("plan")
    settle(qtbot, window)
    page = window.pages["plan"]
    page._look_at_shipped()
    wait(qtbot, window)
    assert page.desk.plan_id == PLAN
    write(qtbot, page, ("compensatory_leave", "cap_hours"), "8")
    wait(qtbot, window)
    page.keep()
    settle(qtbot, window)
    assert page.left.chooser.currentText() == "114 年（草稿）"
    assert services.queue(PLAN) == before
    assert services.stale(PLAN) == ()
    page.checks.enact_button.click()
    wait(qtbot, window)
    assert page.left.chooser.currentText() == "114 年（使用中）"
    assert services.stale(PLAN) != ()
