"""核章回件 in the window: scans shown with what they are, put to their cases, told."""

from __future__ import annotations

import pypdfium2
from PIL import Image

from desktop.services.issuing import issue_forms
from tests.qt.conftest import PLAN, settle
from tests.qt.test_papers_page import grab

KEYS = ("A0011/policy", "A0011/city")


def test_scans_are_shown_and_put_to_their_cases(qtbot, open_window, sample, tmp_path) -> None:
    pdf = issue_forms(sample, PLAN, KEYS, with_stamp=False).pdf
    pictures = [page.render(scale=200 / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    stack, blank = tmp_path / "回件.pdf", tmp_path / "白紙.png"
    pictures[0].rotate(180).save(stack, "PDF", save_all=True, append_images=pictures[1:])
    Image.new("L", (800, 1100), 255).save(blank)
    window = open_window(sample, only=("import", "forms"))
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    said: list[tuple[str, str]] = []
    forms.noted.connect(lambda kind, sentence: said.append((kind, sentence)))
    forms.returned.read([stack, blank])
    settle(qtbot, window)
    dialog = forms.returned.dialog
    assert dialog.windowTitle() == "核章回件：2 頁找到案件，1 頁沒有"
    assert [(s.number, s.page) for s in dialog.table.rows] == [
        ("KH-114-000001", 1),
        ("KH-114-000002", 2),
        ("", 1),
    ]
    assert "找不到文件的 QR 碼" in dialog.words.text()
    grab(dialog, "returned")
    dialog.attach_button.click()
    settle(qtbot, window)
    assert said[0] == ("review", "已歸檔 2 份，2 件登記為核章。")
    assert "「白紙.png」第 1 頁找不到" in said[1][1]
    forms.show_issued()
    settle(qtbot, window)
    assert [e.scans for e in forms.issued_dialog.table.rows] == [1, 1]
    grab(window, "forms-with-buttons")
    forms.issued_dialog.accept()
    grab(window, "forms-page")


def test_nothing_found_can_not_be_attached(qtbot, open_window, sample, tmp_path) -> None:
    blank = tmp_path / "白紙.png"
    Image.new("L", (800, 1100), 255).save(blank)
    window = open_window(sample, only=("import", "forms"))
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    forms.returned.read([blank])
    settle(qtbot, window)
    assert not forms.returned.dialog.attach_button.isEnabled()
    forms.returned.dialog.reject()
