"""補休帳 in the window: grant, use, reverse, print the card; lists, filters, the other acts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView

from desktop.domain.attendance import AttendanceEntry, AttendanceKind
from desktop.domain.ledger import LeaveGrant, Use
from desktop.domain.moments import Span
from desktop.qt.dialogs.ledger_acts import (
    AdvanceDialog,
    ReverseDialog,
    TransferInDialog,
    TransferOutDialog,
)
from desktop.qt.dialogs.ledger_lists import (
    AttendanceDialog,
    ExpiringDialog,
    GrantsDialog,
    OwedDialog,
)
from desktop.qt.dialogs.ledger_papers import CardDialog, RegisterDialog
from desktop.qt.main_window import MainWindow
from desktop.qt.models.roles import Role
from desktop.qt.pages.ledger_page import LedgerPage
from desktop.qt.pages.ledger_people import PeoplePane
from desktop.qt.widgets.basics import FilterBox
from desktop.services.issuing import issue_forms
from desktop.services.ledger_granting import register_grants
from desktop.services.office import Office
from tests.qt.conftest import PLAN, settle

ME, OTHER = "A0011", "A0012"
DONE = "A0003"
"""Whose two sets were complete before the test's day."""
UNDONE = "A0004"
"""Whom the printouts give nothing."""


def granted(
    office: Office,
    employee_id: str = ME,
    *,
    hours: int = 4,
    expires: date | None = date(2027, 3, 28),
    day: date = date(2025, 4, 11),
) -> LeaveGrant:
    with office.store.writing("登錄補休核給") as writer:
        return writer.add_to_ledger(
            LeaveGrant(
                employee_id=employee_id,
                day=day,
                hours=hours,
                title="114 年度／市政議題訓練",
                first_day=day,
                expires=expires,
                plan_id=PLAN,
                set_id="city",
                document_number="KH-114-000137",
            )
        )


@pytest.fixture
def ledger_page(qtbot, sample: Office, open_window):
    """Opens 補休帳 of a sample office."""

    def open_() -> tuple[MainWindow, LedgerPage]:
        window = open_window(sample, only=("import", "ledger"))
        window.open_page("ledger")
        settle(qtbot, window)
        page = window.pages["ledger"]
        assert isinstance(page, LedgerPage)
        return window, page

    return open_


def shown(page: LedgerPage) -> list[str]:
    people = [page.list.source.item(number) for number in page.list.model.numbers]
    return [person.employee_id for person in people]


def column_of(page: LedgerPage, name: str) -> int:
    return next(n for n, one in enumerate(page.list.source.columns) if one.name == name)


def balances(page: LedgerPage) -> list[tuple[str, int, int]]:
    return [(line.word, line.change, line.balance) for line in page.lines_model.rows]


def fill_use(page: LedgerPage, day: date, hours: str, start: str = "") -> None:
    page.use.day.show_day(day)
    page.use.start.setText(start)
    page.use.hours.setText(hours)


def test_empty_ledger_says_what_to_do_first(ledger_page) -> None:
    _, page = ledger_page()
    assert page.stack.currentWidget() is page.empty
    assert "登錄核給" in page.empty.accessibleName()


def test_grant_use_reverse_and_print_the_card(
    qtbot, ledger_page, sample: Office, tmp_path: Path
) -> None:
    issue_forms(sample, PLAN, [f"{DONE}/city", f"{DONE}/common"], with_stamp=False)
    window, page = ledger_page()
    # Grant what was stamped.
    page.register_grants()
    settle(qtbot, window)
    dialog = page.dialog
    assert isinstance(dialog, GrantsDialog)
    assert set(dialog.model.ticked) == {f"{DONE}/city", f"{DONE}/common"}
    assert "登錄 2 筆 8 時" in dialog.accept_button.text()
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.stack.currentWidget() is page.splitter
    assert shown(page) == [DONE]
    page.people.selectRow(0)
    settle(qtbot, window)
    assert page.tiles["剩餘"].figure.text() == "8 時"
    # Use three hours: first shown, then recorded.
    fill_use(page, date(2025, 8, 8), "5", "09:00")
    settle(qtbot, window)
    assert "會先扣" in page.use._heading.text()
    assert page.use.after.text() == "3 時"
    assert "登記 5 時" in page.use.record_button.text()
    qtbot.mouseClick(page.use.record_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert [line[0] for line in balances(page)] == ["核給", "核給", "使用", "使用"]
    assert balances(page)[-1][2] == 3
    assert page.use.hours.text() == ""
    # Reverse it, with a reason.
    page.lines.selectRow(3)
    assert page.use.reverse_button.isEnabled()
    qtbot.mouseClick(page.use.reverse_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    reverse = page.dialog
    assert isinstance(reverse, ReverseDialog)
    assert not reverse.accept_button.isEnabled()
    reverse.reason.setEditText("登錯人")
    assert "沖銷 5 時" in reverse.accept_button.text()
    qtbot.mouseClick(reverse.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert balances(page)[-1][2] == 8
    assert [line.is_reversed for line in page.lines_model.rows] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]
    # The card is printed as a PDF.
    page.show_card_paper()
    settle(qtbot, window)
    card = page.dialog
    assert isinstance(card, CardDialog)
    assert "KH-114-000003" in card.number.text()
    assert card.paper.content.startswith(b"%PDF")
    path = tmp_path / "card.pdf"
    card.save_wanted.emit(date(2025, 8, 31), path)
    settle(qtbot, window)
    assert path.read_bytes().startswith(b"%PDF")
    with sample.store.reading() as reader:
        assert reader.document("KH-114-000003").kind == "L"
        assert sum(isinstance(line, Use) for line in reader.ledger(DONE)) == 2
    assert sample.store.verify() == ()


def test_undo_of_a_use_shows_it_reversed(qtbot, ledger_page, sample: Office) -> None:
    granted(sample)
    window, page = ledger_page()
    fill_use(page, date(2025, 8, 8), "2")
    settle(qtbot, window)
    qtbot.keyClick(page.use.hours, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert balances(page)[-1] == ("使用", -2, 2)
    window.undoing.undo()
    settle(qtbot, window)
    assert balances(page)[-1] == ("沖銷", 2, 4)


@pytest.mark.parametrize(
    ("day", "hours", "said"),
    [
        (date(2025, 8, 8), "5", "不足 5 時"),
        (date(2025, 4, 10), "1", "自 114-04-11 起才能用"),
        (date(2027, 3, 29), "1", "已於 116-03-28 到期"),
    ],
)
def test_use_that_cannot_be_is_explained_and_not_offered(
    qtbot, ledger_page, sample: Office, day: date, hours: str, said: str
) -> None:
    granted(sample)
    window, page = ledger_page()
    fill_use(page, day, hours)
    settle(qtbot, window)
    assert said in page.use._said.text()
    assert not page.use.record_button.isEnabled()


@pytest.mark.parametrize(
    ("day", "start", "hours", "is_sound"),
    [
        ("1140808", "1330", "2", True),
        ("114/8/8", "", "2", True),
        ("114-02-30", "", "2", False),
        ("114-08-08", "25:00", "2", False),
        ("114-08-08", "", "1.5", False),
        ("114-08-08", "", "0", False),
    ],
)
def test_fields_take_what_clerks_write(
    qtbot, ledger_page, sample: Office, day: str, start: str, hours: str, is_sound: bool
) -> None:
    granted(sample)
    window, page = ledger_page()
    page.use.day.setText(day)
    page.use.start.setText(start)
    page.use.hours.setText(hours)
    settle(qtbot, window)
    assert page.use.record_button.isEnabled() is is_sound


def test_list_is_filtered_and_sorted(qtbot, ledger_page, sample: Office) -> None:
    granted(sample, ME, hours=4, expires=date(2027, 3, 28))
    granted(sample, OTHER, hours=2, expires=date(2025, 9, 2))
    window, page = ledger_page()
    hours = column_of(page, "remaining")

    def after(act) -> list[str]:
        act()
        settle(qtbot, window)
        return shown(page)

    assert shown(page) == [OTHER, ME]
    assert after(lambda: page.list.sort_by(hours)) == [OTHER, ME]
    assert after(lambda: page.list.sort_by(hours)) == [ME, OTHER]
    assert after(lambda: page.people_pane.show_state("30")) == [OTHER]
    assert page.list.count.text() == "1 人，剩餘共 2 時"
    assert after(lambda: page.people_pane.show_state("owed")) == []
    assert page.list.count.text() == "沒有符合的人"
    assert len(after(lambda: page.people_pane.show_state("all"))) > 2


def test_several_keys_put_the_list_in_order(qtbot, ledger_page, sample: Office) -> None:
    granted(sample, ME, hours=4)
    granted(sample, OTHER, hours=4)
    granted(sample, DONE, hours=2)
    window, page = ledger_page()
    page.list.sort_by(column_of(page, "remaining"), descends=True)
    page.list.sort_by(column_of(page, "employee_id"), adds=True, descends=True)
    settle(qtbot, window)
    assert shown(page) == [OTHER, ME, DONE]
    assert page.list.model.headerData(2, Qt.Orientation.Horizontal) == "剩餘時 ▼1"


def test_words_under_a_heading_narrow_the_list_and_the_card_stays(
    qtbot, ledger_page, sample: Office
) -> None:
    granted(sample, ME, hours=4)
    granted(sample, OTHER, hours=2)
    window, page = ledger_page()
    page.show_person(ME)
    settle(qtbot, window)
    page.list.header.type_in({"remaining": "<=2"})
    page.list.read()
    settle(qtbot, window)
    assert shown(page) == [OTHER]
    assert page._card.person.employee_id == ME
    assert not page.people.currentIndex().isValid()
    page.people.setCurrentIndex(page.list.model.index(0, 0))
    settle(qtbot, window)
    assert page._card.person.employee_id == OTHER


def test_selection_is_copied_and_summed_and_what_is_shown_is_exported(
    qtbot, ledger_page, sample: Office, tmp_path: Path
) -> None:
    granted(sample, ME, hours=4, expires=date(2027, 3, 28))
    granted(sample, OTHER, hours=2, expires=date(2025, 9, 2))
    window, page = ledger_page()
    said: list[str] = []
    page.told.connect(said.append)
    page.people.selectAll()
    page.copy()
    settle(qtbot, window)
    lines = QGuiApplication.clipboard().text().split("\r\n")
    assert [line.split("\t")[1:] for line in lines[:2]] == [
        [OTHER, "2", "2025-09-02"],
        [ME, "4", "2027-03-28"],
    ]
    qtbot.waitUntil(lambda: any("剩餘時 合計 6" in words for words in said), timeout=10_000)
    page.list.show_column(column_of(page, "unit"), True)
    page.list.save_to(tmp_path / "帳.csv")
    settle(qtbot, window)
    written = (tmp_path / "帳.csv").read_text("utf-8-sig").splitlines()
    assert written[0].split(",") == ["姓名", "代號", "剩餘時", "下次到期", "單位"]
    assert len(written) == 3


def test_columns_order_and_widths_are_there_again(qtbot, ledger_page, sample: Office) -> None:
    granted(sample)
    window, page = ledger_page()
    page.list.show_column(column_of(page, "unit"), True)
    page.list.show_column(column_of(page, "employee_id"), False)
    page.list.header.resizeSection(column_of(page, "name"), 131)
    page.list.sort_by(column_of(page, "name"), descends=True)
    settle(qtbot, window)
    page.save_state()
    again = PeoplePane(page.context)
    assert again.list.layout_now() == page.list.layout_now()
    assert again.list.header.sectionSize(column_of(page, "name")) == 131
    again.deleteLater()


def test_filters_are_asked_once_however_long_the_list_is(
    qtbot, ledger_page, sample: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for employee_id in (ME, OTHER):
        granted(sample, employee_id)
    _, page = ledger_page()
    assert {ME, OTHER} <= set(shown(page))
    asked = []
    chosen = FilterBox.chosen
    monkeypatch.setattr(
        FilterBox, "chosen", property(lambda box: asked.append(box) or chosen.fget(box))
    )
    page.people_pane.show_state("30")
    assert asked == [page.people_pane.units]


def test_grant_that_no_verdict_carries_is_marked_explained_and_filtered(
    qtbot, ledger_page, sample: Office
) -> None:
    granted(sample, UNDONE)
    issue_forms(sample, PLAN, [f"{DONE}/city"], with_stamp=False)
    register_grants(sample, PLAN, [f"{DONE}/city"])
    window, page = ledger_page()
    page.show_person(DONE)
    settle(qtbot, window)
    assert page.card.warning is None
    window.open_page("ledger", "lost")
    settle(qtbot, window)
    assert shown(page) == [UNDONE]
    page.show_person(UNDONE)
    settle(qtbot, window)
    assert page.card.warning is not None
    assert "現在的判定是 0 時" in page.card.warning.accessibleName()
    qtbot.waitUntil(lambda: page.list.model.index(0, 0).data(Role.STATE) == "fail", timeout=10_000)
    page.register_grants()
    settle(qtbot, window)
    dialog = page.dialog
    assert isinstance(dialog, GrantsDialog)
    told = {one.key: one.state for one in dialog.model.rows}
    assert told[f"{UNDONE}/city"] == "帳上較多"
    assert f"{UNDONE}/city" not in dialog.model.ticked
    dialog.reject()
    page.lines.selectRow(0)
    page.reverse_line()
    settle(qtbot, window)
    assert isinstance(page.dialog, ReverseDialog)
    page.dialog.reason.setEditText("沒有依據")
    qtbot.mouseClick(page.dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.card.warning is None
    assert shown(page) == []


def test_reversed_line_and_reversal_are_not_reversed_again(
    qtbot, ledger_page, sample: Office
) -> None:
    granted(sample)
    window, page = ledger_page()
    page.lines.selectRow(0)
    page.reverse_line()
    settle(qtbot, window)
    assert isinstance(page.dialog, ReverseDialog)
    page.dialog.reason.setEditText("重核")
    qtbot.mouseClick(page.dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.tiles["核給"].figure.text() == "0 時"
    for row in (0, 1):
        page.lines.selectRow(row)
        assert not page.use.reverse_button.isEnabled()
        assert page.use.reverse_button.toolTip()


def test_used_grant_says_what_must_be_reversed_first(qtbot, ledger_page, sample: Office) -> None:
    granted(sample)
    window, page = ledger_page()
    fill_use(page, date(2025, 8, 8), "2")
    settle(qtbot, window)
    page.use._record()
    settle(qtbot, window)
    sentences: list[str] = []
    page.noted.connect(lambda kind, sentence: sentences.append(sentence))
    page.lines.selectRow(0)
    page.reverse_line()
    settle(qtbot, window)
    assert any("已使用 2 時，沒有沖銷" in sentence for sentence in sentences)


def test_what_lapses_soon_leads_to_the_card(qtbot, ledger_page, sample: Office) -> None:
    granted(sample, ME, expires=date(2027, 3, 28))
    granted(sample, OTHER, hours=2, expires=date(2025, 9, 2))
    window, page = ledger_page()
    page.show_expiring()
    settle(qtbot, window)
    dialog = page.dialog
    assert isinstance(dialog, ExpiringDialog)
    assert [line.employee_id for line in dialog.model.rows] == [OTHER]
    assert dialog.count.text() == "1 人、2 時"
    dialog.days.setCurrentIndex(0)
    settle(qtbot, window)
    assert dialog.count.text() == "1 人、2 時"
    dialog.view.selectRow(0)
    dialog._choose()
    settle(qtbot, window)
    assert page._card is not None
    assert page._card.person.employee_id == OTHER


def test_uses_are_recorded_from_the_attendance_export(qtbot, ledger_page, sample: Office) -> None:
    granted(sample)
    with sample.store.writing("差勤") as writer:
        writer.add_attendance(
            [
                AttendanceEntry(
                    ME,
                    AttendanceKind.PERSONAL_LEAVE,
                    "公假補休",
                    Span(datetime(2025, 7, 24, 9), datetime(2025, 7, 24, 11)),
                )
            ],
            None,
        )
    window, page = ledger_page()
    page.record_from_attendance()
    settle(qtbot, window)
    dialog = page.dialog
    assert isinstance(dialog, AttendanceDialog)
    assert len(dialog.model.ticked) == 1
    assert "登記 1 筆 2 時" in dialog.accept_button.text()
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert balances(page)[-1] == ("使用", -2, 2)


def test_person_moves_out_and_in(qtbot, ledger_page, sample: Office) -> None:
    granted(sample)
    window, page = ledger_page()
    page.transfer_out()
    out = page.dialog
    assert isinstance(out, TransferOutDialog)
    assert not out.accept_button.isEnabled()
    out.agency.setText("鹽埕區公所")
    qtbot.mouseClick(out.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert balances(page)[-1] == ("轉出", -4, 0)
    page.transfer_in()
    into = page.dialog
    assert isinstance(into, TransferInDialog)
    for field, words in (
        (into.agency, "鹽埕區公所"),
        (into.title, "114 年度／市政議題訓練"),
        (into.hours, "3"),
        (into.used, "1"),
        (into.expires, "116-03-28"),
        (into.first, "114-04-11"),
    ):
        assert not into.accept_button.isEnabled()
        field.setText(words)
    qtbot.mouseClick(into.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert balances(page)[-1] == ("轉入", 3, 3)


def test_plan_without_advance_use_says_so(qtbot, ledger_page, sample: Office) -> None:
    granted(sample)
    window, page = ledger_page()
    sentences: list[str] = []
    page.noted.connect(lambda kind, sentence: sentences.append(sentence))
    page.use_in_advance()
    dialog = page.dialog
    assert isinstance(dialog, AdvanceDialog)
    dialog.hours.setText("2")
    assert not dialog.accept_button.isEnabled()
    dialog.head.setText("林主任")
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert any("沒有先行補休的規定" in sentence for sentence in sentences)


def test_advance_use_is_listed_until_it_is_granted(qtbot, ledger_page, sample: Office) -> None:
    granted(sample)
    window, page = ledger_page()
    window.choose_plan("kaohsiung-103")
    settle(qtbot, window)
    page.show_person(OTHER)
    settle(qtbot, window)
    page.use_in_advance()
    dialog = page.dialog
    assert isinstance(dialog, AdvanceDialog)
    dialog.hours.setText("2")
    dialog.head.setText("林主任")
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.tiles["剩餘"].detail.text() == "另先行補休 2 時"
    page.show_owed()
    settle(qtbot, window)
    owed = page.dialog
    assert isinstance(owed, OwedDialog)
    assert [line.employee_id for line in owed.model.rows] == [OTHER]


def test_register_is_shown_and_saved(qtbot, ledger_page, sample: Office, tmp_path: Path) -> None:
    granted(sample)
    window, page = ledger_page()
    page.show_register()
    settle(qtbot, window)
    dialog = page.dialog
    assert isinstance(dialog, RegisterDialog)
    assert dialog.paper.content.startswith(b"%PDF")
    assert dialog.kinds == ("pdf", "csv")
    dialog.first.setText("114-05-01")
    dialog.read()
    settle(qtbot, window)
    assert "沒有核給" in dialog.message.text()
    assert not dialog.save_button.isEnabled()
    dialog.save_wanted.emit(date(2025, 4, 1), date(2025, 4, 30), dialog.kinds, tmp_path)
    settle(qtbot, window)
    assert sorted(one.name for one in tmp_path.iterdir() if "清冊" in one.name) == [
        "補休核給清冊.csv",
        "補休核給清冊.pdf",
    ]


def test_every_control_has_a_name_and_the_header_sorts(ledger_page, sample: Office) -> None:
    granted(sample)
    _, page = ledger_page()
    office = page.people_pane
    for control in (page.people, page.lines, page.grants, office.units, office.states):
        assert control.accessibleName()
    for field in (page.use.day, page.use.start, page.use.hours, page.use.slip):
        assert field.accessibleName()
    assert page.people.horizontalHeader().sectionsClickable()
    assert page.lines.horizontalHeader().sectionResizeMode(2) == QHeaderView.ResizeMode.Stretch
