"""職名章 in the window: put in, opened for a print, shown in the preview, put away."""

from __future__ import annotations

import pytest

from desktop.qt.dialogs.stamps import PictureFaultError, picture_of
from desktop.services.stamp_pictures import checked_picture, stamp_pictures
from tests.qt.conftest import PLAN, settle
from tests.qt.test_papers_page import grab

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 12" width="30mm" height="12mm">'
    '<rect x="1" y="1" width="28" height="10" fill="none" stroke="#c4161c"/></svg>'
)


def test_stamp_is_put_in_opened_placed_and_put_away(qtbot, open_window, sample, tmp_path) -> None:
    file = tmp_path / "章.svg"
    file.write_text(SVG, encoding="utf-8")
    window = open_window(sample, only=("import", "forms"))
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    forms.stamps_button.click()
    settle(qtbot, window)
    dialog = forms.stamps.dialog
    assert dialog.tabs.currentIndex() == 1
    dialog.title.setText("課員範例承辦人")
    dialog.take_picture(file)
    dialog.first.setText("春眠不覺曉處處聞")
    dialog.second.setText("春眠不覺曉處處問")
    assert dialog.fault.text() == "兩次輸入的密碼不一樣。"
    assert not dialog.add_button.isEnabled()
    dialog.second.setText("春眠不覺曉處處聞")
    grab(dialog, "stamp-add")
    dialog.add_button.click()
    settle(qtbot, window)
    assert dialog.tabs.currentIndex() == 0
    assert dialog.current.title == "課員範例承辦人"
    dialog.password.setText("不是這個密碼喔")
    dialog.use_button.click()
    settle(qtbot, window)
    assert "密碼不對" in dialog.fault.text()
    assert forms.stamps.opened == ()
    dialog.box.setCurrentIndex(dialog.box.findData("人事單位"))
    dialog.password.setText("春眠不覺曉處處聞")
    grab(dialog, "stamp-use")
    dialog.use_button.click()
    settle(qtbot, window)
    assert not dialog.isVisible()
    assert forms.stamp_words.text() == "課員範例承辦人（人事單位）"
    qtbot.waitUntil(lambda: forms.paper.document.pageCount() > 0)
    grab(window, "forms-stamped")
    forms.save_one_to(tmp_path / "蓋章.pdf")
    settle(qtbot, window)
    (info,) = stamp_pictures(sample)
    assert info.uses == len(sample_numbers(sample))
    forms.clear_stamps.click()
    assert forms.stamp_words.text() == "不蓋"


def sample_numbers(office) -> list[str]:
    with office.store.reading() as reader:
        return [document.number for document in reader.documents(PLAN)]


def test_svg_becomes_a_picture_with_a_clear_ground(qapp) -> None:
    checked_picture(picture_of("章.svg", SVG.encode()))


def test_svg_that_cannot_be_drawn_is_told(qapp) -> None:
    with pytest.raises(PictureFaultError, match=r"「章\.svg」的 SVG 畫不出來"):
        picture_of("章.svg", b"<svg><circle")
