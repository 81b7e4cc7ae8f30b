"""Two readings of one course in 審核: told, asked, answered, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.qt.dialogs.correcting import CorrectingDialog
from desktop.services.importing import read_batch, store_batch
from desktop.services.plan_document import with_value
from desktop.services.plan_drafts import PlanDraft, open_draft
from desktop.services.plan_versions import put_in_force
from desktop.services.stale_verdicts import store_verdicts
from desktop.services.undoing import undo
from desktop.services.verifying import case
from tests.qt.conftest import settle

PLAN = "kaohsiung-114"
ROSTER = (
    "人員代號,姓名,服務單位,職稱,官職等,人員類別,班別\n"
    "A1,王小明,民政課,課員,薦任第6職等,編制內公務人員,A\n"
)
HEAD = "人員代號,姓名,課程名稱,上課期間,閱讀時數,通過狀態,認證時數\n"
ROW = "A1,王小明,失智友善好厝邊,2025-03-15 10:00:00~ 2025-03-15 11:00:00,00:40:00,已通過,1.0\n"


@pytest.fixture
def page(empty_office, tmp_path, open_window, qtbot):
    later = ROW.replace("10:00:00", "12:00:00").replace("11:00:00", "13:00:00")
    for name, text in (("名冊.csv", ROSTER), ("甲.csv", HEAD + ROW), ("乙.csv", HEAD + later)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        store_batch(empty_office, read_batch(empty_office, [path]))
    window = open_window(empty_office, only=("import", "review"))
    window.open_page("review")
    page = window.pages["review"]
    settle(qtbot, window)
    page.table.go_to(record_of(page, "乙.csv"))
    settle(qtbot, window)
    return page


def record_of(page, name):
    courses = page.table.courses
    found = [(i, courses.row(i)) for i in courses.record_indexes()]
    return next(i for i, row in found if row.record and row.record.row.place.file_name == name)


def reasons(page):
    return [(one.chip, one.sentence) for one in page.facts.reasons.model().reasons]


def test_other_reading_is_told_asked_and_answered(page, empty_office, qtbot):
    window = page.window()
    chip, sentence = reasons(page)[0]
    assert chip == "另有一份"
    assert "「甲.csv」第 2 列 114-03-15 10:00:00" in sentence
    dialog = page.correcting_dialog()
    assert isinstance(dialog, CorrectingDialog)
    dialog.open()
    assert dialog.former.text().startswith("甲　「甲.csv」")
    assert dialog.latter.text().startswith("乙　「乙.csv」")
    assert not dialog.latter_button.isEnabled()
    dialog.reason.setText("補正後重新列印")
    assert dialog.latter_button.isEnabled()
    dialog.latter_button.click()
    settle(qtbot, window)
    (record,) = [r for r in case(empty_office, PLAN, "A1").verdict.records if r.is_in_plan]
    assert record.row.place.file_name == "乙.csv"
    page.table.go_to(record_of(page, "乙.csv"))
    settle(qtbot, window)
    words = [sentence for chip, sentence in reasons(page) if chip == "更正"]
    assert len(words) == 1
    assert "這一列更正了先前的「甲.csv」" in words[0]
    assert "補正後重新列印" in words[0]
    (reason,) = [one for one in page.facts.reasons.model().reasons if one.chip == "更正"]
    page.facts.clause_wanted.emit(reason)
    settle(qtbot, window)
    assert page.evidence._name.text() == "甲.csv"
    undo(empty_office)
    assert len([r for r in case(empty_office, PLAN, "A1").verdict.records if r.is_in_plan]) == 2


def test_both_stand_and_nothing_is_asked_any_more(page, empty_office, qtbot):
    dialog = page.correcting_dialog()
    dialog.open()
    dialog.reason.setText("上了兩次")
    dialog.both_button.click()
    settle(qtbot, page.window())
    assert case(empty_office, PLAN, "A1").questions == ()
    assert page.correcting_dialog() is None


def test_a_record_that_passed_under_another_plan_says_so(
    empty_office, tmp_path, open_window, qtbot
):
    settings = Path("resources/sample/agency.toml").read_text(encoding="utf-8")
    for name, text in (("名冊.csv", ROSTER), ("agency.toml", settings), ("甲.csv", HEAD + ROW)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        store_batch(empty_office, read_batch(empty_office, [path]))
    values = open_draft(empty_office, PLAN).values
    for key, words in (("id", "extra-114"), ("code", "KX"), ("short_title", "另一個計畫")):
        values = with_value(values, (key,), words)
    put_in_force(empty_office, PlanDraft("extra-114", values))
    store_verdicts(empty_office, "extra-114")
    window = open_window(empty_office, only=("import", "review"))
    window.choose_plan(PLAN)
    window.open_page("review")
    page = window.pages["review"]
    settle(qtbot, window)
    page.table.go_to(record_of(page, "甲.csv"))
    settle(qtbot, window)
    words = "這一列在「114 年 另一個計畫」也通過，兩個計畫都會用到，請留意。"
    assert reasons(page)[-1] == ("他計畫", words)
