"""匯出問題回報檔 in the window: looked at first, then saved."""

from __future__ import annotations

import zipfile

from tests.qt.conftest import settle
from tests.qt.test_pages import mnemonics


def test_bundle_is_shown_before_it_is_saved(qtbot, open_window, shared_sample, tmp_path):
    window = open_window(shared_sample)
    window.support.open(with_self_test=False)
    settle(qtbot, window)
    dialog = window.support.dialog
    assert dialog.isVisible()
    assert dialog.isModal()
    assert dialog.names.count() >= 5
    bundle = dialog._bundle
    for row, member in enumerate(bundle.members):
        dialog.names.setCurrentRow(row)
        assert dialog.names.currentItem().text() == member.name
        assert dialog.text.toPlainText() == member.text
    assert dialog.names.accessibleName()
    assert dialog.text.accessibleName()
    assert len(mnemonics(dialog)) == len(set(mnemonics(dialog)))

    target = tmp_path / "回報.zip"
    window.support.save_to(bundle, target)
    settle(qtbot, window)
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == [member.name for member in bundle.members]
    assert window.support.dialog is None
    assert any(action.text() == "匯出問題回報檔…" for action in window.actions())
