"""人員差勤: the roster, a person's month, closures painted, patterns written."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.qt.main_window import MainWindow
from desktop.qt.pages.duty_page import ATTENDANCE, CALENDAR, PATTERNS, DutyPage
from desktop.qt.pages.duty_patterns import read_bands, read_weekdays
from desktop.qt.services import services_of
from desktop.qt.widgets.timeline_geometry import ItemKind
from tests.qt.conftest import settle


def duty_page(qtbot, window: MainWindow) -> DutyPage:
    window.open_page("duty")
    settle(qtbot, window)
    return window.pages["duty"]


def cells(model, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def centre(page: DutyPage, day: date) -> QPoint:
    return page.calendar.sheet._cell(day).center().toPoint()


def test_roster_lists_everybody_and_what_is_typed_filters(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    page = duty_page(qtbot, window)
    people = services_of(shared_sample).roster()
    assert cells(page.roster.model, 1) == [person.name for person in people]
    page.roster.search.setText(people[3].employee_id)
    assert cells(page.roster.model, 0) == [people[3].employee_id]
    assert page.roster.count.text() == f"1 人，共 {len(people)} 人"
    page.roster.search.setText(people[3].employee_id.lower())
    assert cells(page.roster.model, 0) == [people[3].employee_id]
    page.roster.view.selectRow(0)
    page.roster.search.setText("沒有這個人")
    assert (page.roster.model.rowCount(), page.roster.people) == (0, people)
    page.roster.search.setText("")
    assert cells(page.roster.model, 1) == [person.name for person in people]


def test_roster_stays_with_the_person_while_it_is_filtered_and_sorted(
    qtbot, open_window, shared_sample
):
    window = open_window(shared_sample)
    roster = duty_page(qtbot, window).roster
    ((rank, _),) = Counter(one.rank for one in roster.people).most_common(1)
    person = next(one for one in roster.people if one.rank == rank)
    roster.view.selectRow(roster.people.index(person))
    roster.model.sort_by(1)
    assert roster.model.row(roster.view.currentIndex().row()) == person
    roster.search.setText(rank)
    assert roster.model.row(roster.view.currentIndex().row()) == person
    names = cells(roster.model, 1)
    assert names == sorted(names)
    assert 1 < len(names) < len(roster.people)


def test_enter_on_a_person_opens_that_persons_month(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    page = duty_page(qtbot, window)
    people = services_of(shared_sample).roster()
    page.roster.view.selectRow(2)
    page.roster.view.activated.emit(page.roster.model.index(2, 0))
    settle(qtbot, window)
    assert page.stack.currentIndex() == ATTENDANCE
    assert page.attendance.who.text().startswith(people[2].name)
    first = page.attendance.model.row(0).day
    assert (first.day, page.attendance.model.rowCount()) == (
        1,
        len(services_of(shared_sample).office_month(first.year, first.month).days),
    )
    page.show_other(1)
    settle(qtbot, window)
    assert page.attendance.who.text().startswith(people[3].name)


def test_bar_of_the_timeline_leads_to_its_day(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    window.open_page("review")
    review = window.pages["review"]
    review.receive("A0008")
    settle(qtbot, window)
    strip = review.strip
    kinds = [item.kind for item in strip.items()]
    strip.go_to(kinds.index(ItemKind.DUTY))
    bar = strip.current_item
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    settle(qtbot, window)
    page = window.pages["duty"]
    assert window.current_page is page
    assert page.attendance.employee_id == "A0008"
    row = page.attendance.view.currentIndex().row()
    assert page.attendance.model.row(row).day == bar.moment.date()


def test_dragged_days_are_closed_and_undo_opens_them_again(qtbot, open_window, sample):
    window = open_window(sample)
    page = duty_page(qtbot, window)
    page.tabs.setCurrentIndex(CALENDAR)
    page.calendar.show_month_of(date(2025, 10, 1))
    settle(qtbot, window)
    sheet = page.calendar.sheet
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=centre(page, date(2025, 10, 21)))
    QTest.mouseMove(sheet, centre(page, date(2025, 10, 22)))
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=centre(page, date(2025, 10, 22)))
    if sheet.chosen != (date(2025, 10, 21), date(2025, 10, 22)):
        # The offscreen platform sends no move with a held button; Shift stretches as well.
        QTest.mouseClick(
            sheet,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ShiftModifier,
            centre(page, date(2025, 10, 22)),
        )
    assert sheet.chosen == (date(2025, 10, 21), date(2025, 10, 22))
    page.calendar.reason.setText("颱風")
    page.calendar.paint_button.click()
    settle(qtbot, window)
    days = services_of(sample).office_month(2025, 10).days
    assert [d.day.day for d in days if d.is_closed_whole] == [21, 22]
    assert days[20].notes == ("颱風",)
    assert page.calendar.erase_button.isEnabled()
    window.undoing.undo()
    settle(qtbot, window)
    assert not any(d.closures for d in services_of(sample).office_month(2025, 10).days)
    assert not page.calendar.erase_button.isEnabled()


def test_days_are_walked_and_stretched_by_keys_and_spoken(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    page = duty_page(qtbot, window)
    page.tabs.setCurrentIndex(CALENDAR)
    page.calendar.show_month_of(date(2025, 10, 1))
    settle(qtbot, window)
    sheet = page.calendar.sheet
    sheet.choose(date(2025, 10, 9))
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    assert sheet.chosen == (date(2025, 10, 10),)
    # 10 October is 國慶日 (行政院辦公日曆表).
    assert "114年10月10日星期五，放假，國慶日" in sheet.accessibleDescription()
    QTest.keyClick(sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.chosen[0] == date(2025, 10, 10)
    assert sheet.chosen[-1] == date(2025, 10, 17)
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    settle(qtbot, window)
    assert page.calendar.title.text() == "114 年 11 月"


def test_a_month_without_calendar_says_what_to_do(qtbot, open_window, shared_sample):
    window = open_window(shared_sample)
    page = duty_page(qtbot, window)
    page.tabs.setCurrentIndex(CALENDAR)
    page.calendar.show_month_of(date(2031, 5, 1))
    settle(qtbot, window)
    assert page.calendar.problem.sentence == "沒有 120 年的辦公日曆表，請先匯入該年的日曆表。"
    assert not page.calendar.paint_button.isEnabled()


def test_times_that_run_backwards_are_refused_with_a_sentence(qtbot, open_window, sample):
    window = open_window(sample)
    page = duty_page(qtbot, window)
    page.tabs.setCurrentIndex(CALENDAR)
    settle(qtbot, window)
    said = []
    page.noted.connect(lambda kind, sentence: said.append((kind, sentence)))
    page.calendar.sheet.choose(page.calendar.sheet.chosen[0])
    page.calendar.span.setCurrentIndex(page.calendar.span.count() - 1)
    page.calendar.start.setText("17:00")
    page.calendar.end.setText("08:00")
    page.calendar.paint_button.click()
    settle(qtbot, window)
    assert len(said) == 1
    assert said[0][0] == "fail"
    assert said[0][1].startswith("設定沒有改變：時段要寫成")


def test_a_pattern_is_written_in_words_and_a_contradiction_stays_in_the_form(
    qtbot, open_window, sample
):
    window = open_window(sample)
    page = duty_page(qtbot, window)
    page.tabs.setCurrentIndex(PATTERNS)
    settle(qtbot, window)
    before = page.patterns.model.rowCount()
    dialog = page.patterns.edit(None)
    fields = dialog.fields
    fields["code"].setText("N")
    fields["weekdays"].setText("星期一至五")
    with pytest.raises(ValueError, match="星期看不懂"):
        dialog.read()
    fields["weekdays"].setText("一二三四五")
    fields["segments"].setText("9:00-12:00，13:00～18:00")
    fields["valid_from"].setText("1140901")
    row = dialog.read()
    assert row.segments == (("09:00", "12:00"), ("13:00", "18:00"))
    assert row.valid_from == date(2025, 9, 1)
    dialog._accept()
    settle(qtbot, window)
    assert cells(page.patterns.model, 0)[-1] == "N"
    assert page.patterns.model.rowCount() == before + 1
    again = page.patterns.edit(None)
    for key, field in fields.items():
        again.fields[key].setText(field.text())
    again._accept()
    settle(qtbot, window)
    assert again.isVisible()
    assert page.patterns.model.rowCount() == before + 1
    again.reject()


@pytest.mark.parametrize(
    ("words", "bands"),
    [
        ("08:00–12:00、13:30–17:30", (("08:00", "12:00"), ("13:30", "17:30"))),
        ("8:00 至 12:00", (("08:00", "12:00"),)),
        ("０８：００－１２：００", ()),
        ("08:00–12:00、下午", ()),
        ("", ()),
    ],
)
def test_bands_are_read_in_words_or_not_at_all(words, bands):
    assert read_bands(words) == bands


@pytest.mark.parametrize(
    ("words", "days"),
    [("一二三四五", (1, 2, 3, 4, 5)), ("週六、日", (6, 7)), ("平日", ()), ("", ())],
)
def test_weekdays_are_read_in_words_or_not_at_all(words, days):
    assert read_weekdays(words) == days
