"""理由範本 in the window."""

from __future__ import annotations

from tests.qt.conftest import settle


def test_template_is_kept_offered_and_taken_away(open_window, sample, qtbot):
    window = open_window(sample, only=("import", "review"))
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
