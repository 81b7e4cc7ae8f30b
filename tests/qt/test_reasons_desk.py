"""敘獎列名 and 理由範本 in the window."""

from __future__ import annotations

from tests.qt.conftest import settle


def test_somebody_is_left_out_in_the_dialog_and_put_back_by_undo(open_window, sample, qtbot):
    window = open_window(sample)
    window.open_page("forms")
    settle(qtbot, window)
    desk = window.pages["forms"].commended
    desk.open()
    settle(qtbot, window)
    dialog = desk.dialog
    dialog.model.tick(["A0011"])
    assert not dialog.out_button.isEnabled()  # no reason yet
    dialog.reason.setEditText("另案已敘獎")
    dialog.out_button.click()
    settle(qtbot, window)
    rows = {row.employee_id: row for row in dialog.model.rows}
    assert (rows["A0011"].reason, rows["A0011"].is_listed) == ("另案已敘獎", False)
    assert "1 人不列名" in dialog.windowTitle()
    dialog.reject()
    assert window.bar.undo.text().strip() == "復原：敘獎不列名"
    window.undo()
    settle(qtbot, window)


def test_template_is_kept_offered_and_taken_away(open_window, sample, qtbot):
    window = open_window(sample)
    window.open_page("review")
    settle(qtbot, window)
    review = window.pages["review"]
    review.templates.open()
    settle(qtbot, window)
    dialog = review.templates.dialog
    dialog.words.setText("已補出勤證明")
    dialog.add_button.click()
    settle(qtbot, window)
    assert [one.words for one in dialog.model.rows] == ["已補出勤證明"]
    box = review.decisions.reason
    assert "已補出勤證明" in [box.itemText(n) for n in range(box.count())]
    dialog.drop_button.click()
    settle(qtbot, window)
    assert not dialog.model.rows
    dialog.reject()
