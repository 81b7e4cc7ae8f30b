"""WebHR 匯入檔 in the window: from 敘獎名冊, numbers from a sheet, checked while typing, saved."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.qt.models.webhr import HEADINGS, NAME, NOTICE, NUMBER
from desktop.qt.pages.forms_files import AGENCY_CODE
from tests.qt.conftest import settle
from tests.qt.test_papers_page import choose, fill, grab, open_papers

EDIT = Qt.ItemDataRole.EditRole


def test_file_is_completed_checked_and_saved(
    qtbot, open_window, empty_office, tmp_path, settings
) -> None:
    office = fill(empty_office, "kaohsiung-103")
    window, forms = open_papers(qtbot, open_window, office, "kaohsiung-103")
    assert not forms.webhr_button.isVisible()
    choose(qtbot, window, forms, "commendations")
    assert forms.webhr_button.isVisible()
    forms.webhr_button.click()
    settle(qtbot, window)
    dialog = forms.webhr.dialog
    assert dialog.isVisible()
    assert not dialog.save_button.isEnabled()
    assert "第 1 列（陳堃霖）的「身分證號」是空白的" in dialog.findings.text()
    grab(dialog, "webhr-open")
    sheet = tmp_path / "號碼.csv"
    entries = dialog.model.entries
    sheet.write_text(
        "人員代號,姓名,身分證號\n"
        + "".join(
            f"{entry.employee_id},{entry.name},{number}\n"
            for entry, number in zip(entries, ("A123456789", "B234567894", ""), strict=True)
        ),
        encoding="utf-8",
    )
    forms.webhr._read_numbers(sheet, dialog.take_numbers)
    settle(qtbot, window)
    model = dialog.model
    assert model.index(0, NUMBER).data() == "A123456789"
    model.setData(model.index(2, NUMBER), " c123456781", EDIT)
    model.setData(model.index(0, NAME), "陳坤霖", EDIT)
    model.setData(model.index(1, NAME), "張峰源", EDIT)
    for row in range(3):
        model.setData(model.index(row, NOTICE), "1", EDIT)
    dialog.agency_code.setText("397000000A")
    dialog.day.setText("103/9/31")
    dialog.check()
    assert "看不懂" in dialog.findings.text()
    dialog.day.setText("103/9/10")
    dialog.check()
    assert dialog.findings.text().startswith("3 列都通過檢查")
    assert dialog.save_button.isEnabled()
    grab(dialog, "webhr-ready")
    path = tmp_path / "CPAA0118B.csv"
    dialog.save_to(path)
    settle(qtbot, window)
    text = path.read_bytes().decode("big5")
    assert "C123456781,林國娟,397000000A" in text
    assert text.count("\r\n") == 4
    assert settings.value(AGENCY_CODE) == "397000000A"


def test_every_cell_of_the_table_can_be_heard(qtbot, open_window, empty_office) -> None:
    office = fill(empty_office, "kaohsiung-103")
    window, forms = open_papers(qtbot, open_window, office, "kaohsiung-103")
    forms.webhr.open()
    settle(qtbot, window)
    model = forms.webhr.dialog.model
    heard = [
        model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for column in range(len(HEADINGS))
    ]
    assert [words.split("：")[0] for words in heard] == list(HEADINGS)
    assert "身分證號：空白" in heard[NUMBER]
    assert "第 1 列（陳堃霖）" in heard[0]
    forms.webhr.dialog.reject()


def test_plan_without_sure_commendations_says_so(qtbot, open_window, empty_office) -> None:
    window, forms = open_papers(qtbot, open_window, empty_office, "kaohsiung-114")
    said: list[str] = []
    forms.noted.connect(lambda kind, sentence: said.append(sentence))
    forms.webhr.open()
    settle(qtbot, window)
    assert said == ["這個計畫目前沒有確定的敘獎，沒有可以匯入 WebHR 的資料。"]
