"""稽核 in the window; signing in; what a reader sees."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop.app import Leaving, _stay_open, ask_who
from desktop.domain.accounts import AccountRole
from desktop.domain.moments import roc_date_with_weekday
from desktop.qt.concealing import conceal_identity_numbers, shown
from desktop.qt.dialogs.accounts import AccountsDialog
from desktop.qt.dialogs.sign_in import ChangePasswordDialog, SetUpDialog, SignInDialog
from desktop.qt.main_window import MainWindow
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.services import services_of
from desktop.services import accounts
from desktop.services.overview import back_up_now
from tests.qt.conftest import settle, settle_delayed

GOOD = "正確的密碼1234"


@pytest.fixture
def page(open_window, sample, qtbot):
    back_up_now(sample)
    window = open_window(sample, only=("import", "audit"))
    window.open_page("audit")
    settle(qtbot, window)
    return window, window.pages["audit"]


def acts_of(audit) -> list[str]:
    rows = audit.list.source.rows(audit.list.model.numbers)
    return [row.subject.act for row in rows]


def test_trail_is_listed_newest_first_and_searched(page, qtbot):
    window, audit = page
    seqs = list(audit.list.model.numbers)
    assert seqs == sorted(seqs, reverse=True)
    audit.words.setText("審核")
    qtbot.waitUntil(lambda: set(acts_of(audit)) == {"審核"})
    settle(qtbot, window)
    assert "審核" in audit.detail.toPlainText()
    audit.words.setText("沒有這個字")
    qtbot.waitUntil(lambda: not audit.list.model.numbers)
    settle(qtbot, window)
    assert audit.detail.toPlainText() == "沒有符合的紀錄。"
    assert not audit.list.export_button.isEnabled()


def test_trail_is_narrowed_to_a_person(page, qtbot):
    window, audit = page
    everything = len(audit.list.model.numbers)
    audit.actors.setCurrentIndex(1)
    settle_delayed(qtbot, window)
    assert 0 < len(audit.list.model.numbers) <= everything
    assert audit.actors.currentText() == audit.list.current_row().subject.actor


def test_period_is_asked_for_in_dates_of_the_republic(page, qtbot):
    window, audit = page
    everything = len(audit.list.model.numbers)
    assert audit.last.text() == roc_date_with_weekday(audit.list.current_row().subject.at.date())
    audit.by_day.setChecked(True)
    audit.first.setText("1140807")
    qtbot.waitUntil(lambda: not audit.list.model.numbers)
    audit.first.setText("114/13/1")
    qtbot.waitUntil(lambda: "看不懂" in audit.list.count.text())
    audit.first.setText("114/8/6")
    qtbot.waitUntil(lambda: len(audit.list.model.numbers) == everything)
    audit.first.editingFinished.emit()
    assert audit.first.text() == "114-08-06（三）"
    settle(qtbot, window)


def test_check_says_that_the_chain_is_whole(page, qtbot):
    window, audit = page
    audit.check()
    settle(qtbot, window)
    assert "沒有被改過" in audit.notes.itemAt(0).widget().sentence


def test_export_writes_what_is_shown(page, qtbot, tmp_path):
    window, audit = page
    count = len(audit.list.model.numbers)
    path = tmp_path / "稽核.csv"
    audit.list.save_to(path)
    settle(qtbot, window)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == count + 1


def test_first_account_is_made_in_the_dialog_and_asks_from_then_on(empty_office, qtbot, theme):
    services = services_of(empty_office)
    dialog = SetUpDialog("林主任", services.set_up_sign_in)
    qtbot.addWidget(dialog)
    dialog.password.setText(GOOD)
    dialog.again.setText("不一樣的密碼")
    dialog.try_act()
    assert "不一樣" in dialog.sentence.text()
    dialog.again.setText(GOOD)
    dialog.try_act()
    assert len(dialog.first.recovery_code) == 24
    assert services.is_sign_in_on()


def test_wrong_password_keeps_the_dialog_open_and_says_so(empty_office, qtbot, theme):
    accounts.set_up_sign_in(empty_office, "林主任", GOOD)
    dialog = SignInDialog(["林主任"], lambda n, p: accounts.sign_in(empty_office, n, p))
    qtbot.addWidget(dialog)
    dialog.password.setText("錯的密碼啊啊")
    dialog.try_act()
    assert dialog.opened is None
    assert "名稱或密碼不對" in dialog.sentence.text()
    assert dialog.password.text() == ""
    dialog.password.setText(GOOD)
    dialog.try_act()
    assert dialog.opened.actor == "林主任"


def test_nobody_is_asked_while_there_is_no_account(empty_office):
    assert ask_who(empty_office) is empty_office


class Turns:
    """Stands for the application: what is done in the window before it closes, turn by turn."""

    def __init__(self, *turns) -> None:
        self.turns = list(turns)
        self.seen = []
        self.closed = 0

    def closeAllWindows(self) -> None:
        self.closed += 1

    def exec(self) -> int:
        window = next(
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, MainWindow) and one.isVisible()
        )
        self.seen.append(window)
        self.turns.pop(0)(window)
        return 0


def test_window_is_for_who_signs_in_and_signing_out_asks_again(
    empty_office, qtbot, theme, tmp_path, monkeypatch
):
    accounts.set_up_sign_in(empty_office, "林主任", GOOD)
    head = accounts.sign_in(empty_office, "林主任", GOOD)
    accounts.add_account(head, "訪客", AccountRole.READER, "第二個密碼456")
    monkeypatch.setattr(ChangePasswordDialog, "exec", lambda dialog: True)
    people = [("訪客", "第二個密碼456"), ("林主任", GOOD)]

    def typed(dialog):
        name, password = people.pop(0)
        dialog.opened = accounts.sign_in(empty_office, name, password)

    monkeypatch.setattr(SignInDialog, "exec", typed)
    turns = Turns(MainWindow.sign_out, MainWindow.close)
    settings = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)
    left = []
    while (opened := ask_who(empty_office)) is not None:
        left.append(_stay_open(opened, turns, settings, theme, [], is_sample=False))
        if not left[-1].is_signing_out:
            break
        accounts.sign_out(opened)
    assert left == [Leaving(None, is_signing_out=True), Leaving()]
    assert [(one._role, one._actor) for one in (w.accounts for w in turns.seen)] == [
        (AccountRole.READER, "訪客"),
        (AccountRole.HEAD, "林主任"),
    ]
    assert (people, turns.closed) == ([], 1)
    with empty_office.store.reading() as reader:
        acts = [(one.act, one.actor) for one in reader.audit_entries(20)]
    came_and_went = [one for one in acts if one[0] in ("登入", "登出")]
    assert came_and_went[:3] == [("登入", "林主任"), ("登出", "訪客"), ("登入", "訪客")]
    conceal_identity_numbers(False)


def test_nobody_signs_out_where_nobody_signs_in(open_window, empty_office, qtbot):
    window = open_window(empty_office)
    window.sign_out()
    settle(qtbot, window)
    assert window.isVisible()
    assert not window.is_signing_out


def test_accounts_are_added_and_changed_in_the_dialog(empty_office, qtbot, theme):
    accounts.set_up_sign_in(empty_office, "林主任", GOOD)
    head = accounts.sign_in(empty_office, "林主任", GOOD)
    services = services_of(head)
    services.add_account("周雅雯", AccountRole.CLERK, "第一個密碼123")
    dialog = AccountsDialog(services)
    qtbot.addWidget(dialog)
    names = [one.name for one in dialog.model.rows]
    assert sorted(names) == ["周雅雯", "林主任"]
    dialog.view.selectRow(names.index("林主任"))
    dialog.active_button.click()
    assert "至少要有一位主管" in dialog.sentence.text()
    dialog.view.selectRow(names.index("周雅雯"))
    dialog.active_button.click()
    assert {one.name: one.is_active for one in dialog.model.rows} == {
        "林主任": True,
        "周雅雯": False,
    }


def test_own_password_is_changed_only_when_both_entries_agree(empty_office, qtbot, theme):
    accounts.set_up_sign_in(empty_office, "林主任", GOOD)
    head = accounts.sign_in(empty_office, "林主任", GOOD)
    dialog = ChangePasswordDialog(services_of(head).change_password)
    qtbot.addWidget(dialog)
    dialog.former.setText(GOOD)
    dialog.password.setText("新的密碼1234")
    dialog.again.setText("新的密碼1235")
    dialog.try_act()
    assert "不一樣" in dialog.sentence.text()
    dialog.again.setText("新的密碼1234")
    dialog.try_act()
    assert accounts.sign_in(empty_office, "林主任", "新的密碼1234").actor == "林主任"


def test_reader_sees_masked_numbers_in_every_table(qapp):
    model: TableModel = TableModel([TableColumn("身分證號", lambda row: row)])
    model.show_rows(["A123456789"])
    conceal_identity_numbers(True)
    try:
        assert model.index(0, 0).data() == "A12345＊＊＊＊"
        assert shown("F234567890") == "F23456＊＊＊＊"
    finally:
        conceal_identity_numbers(False)
    assert model.index(0, 0).data() == "A123456789"


def test_reader_at_work_is_told_why_nothing_changes(open_window, sample, qtbot):
    accounts.set_up_sign_in(sample, "林主任", GOOD)
    head = accounts.sign_in(sample, "林主任", GOOD)
    accounts.add_account(head, "稽核員", AccountRole.READER, "第一個密碼123")
    reader = accounts.sign_in(sample, "稽核員", "第一個密碼123")
    window = open_window(reader)
    window.open_page("overview")
    settle(qtbot, window)
    overview = window.pages["overview"]
    overview.open_step("waiting")
    overview.cases.reason.setEditText("試試看")
    overview.cases.close_ticked()
    settle(qtbot, window)
    sentences = [window._notes.itemAt(n).widget().sentence for n in range(window._notes.count())]
    assert any("「查閱」的帳號不能更改資料" in words for words in sentences)
