"""The year's main line in the window: the same sixty people, and the same hand-kept books."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.case_states import CaseState
from desktop.qt.dialogs.ledger_acts import ReverseDialog, TransferOutDialog
from desktop.qt.dialogs.ledger_lists import GrantsDialog
from desktop.qt.dialogs.stale import StaleDialog
from desktop.qt.main_window import MainWindow
from desktop.qt.pages.duty_page import CALENDAR
from desktop.qt.services import services_of
from desktop.services.office import open_office
from tests.journeys.year_books import Books, Known
from tests.journeys.year_data import (
    ACCEPTED,
    ATTENDANCE,
    EVERYBODY,
    JULY,
    MARCH,
    NEWCOMER,
    PLAN,
    REVISED_OFF,
    TYPHOON_DAY,
    WEEKDAYS_OFF,
    WORKED_SATURDAYS,
    attendance_sheet,
    calendar_sheet,
    code,
    records_sheet,
    roster_sheet,
)
from tests.journeys.year_script import SetClock
from tests.qt.conftest import CALM_LOOKS

AGENCY = """
[agency]
name = "高雄市政府測試處"
city = "高雄市"
[[work_pattern]]
code = "A"
name = "標準班"
weekdays = [1, 2, 3, 4, 5]
segments = [["08:00", "12:00"], ["13:30", "17:30"]]
"""


class Desk:
    """A clerk at the window, with the books beside it."""

    def __init__(self, qtbot, window: MainWindow, office, clock: SetClock, folder: Path) -> None:
        self.qtbot, self.window, self.clock, self.folder = qtbot, window, clock, folder
        self.services = services_of(office)
        self.known, self.books = Known(off=WEEKDAYS_OFF), Books()
        self.roster = tuple(n for n in EVERYBODY if n != NEWCOMER)

    def calm(self) -> None:
        """Wait until nothing is being read or written."""
        quiet = 0

        def is_calm() -> bool:
            nonlocal quiet
            quiet = 0 if self.window.operations.jobs else quiet + 1
            return quiet > CALM_LOOKS

        self.qtbot.waitUntil(is_calm, timeout=120_000)

    def on(self, day: date) -> None:
        self.clock.now = datetime.combine(day, time(9))

    def page(self, name: str, thing: object = None):
        self.window.open_page(name, thing)
        self.calm()
        page = self.window.pages[name]
        if name == "ledger":
            page.reload()  # it keeps the day on which it was last read
            self.calm()
        return page

    def bring(self, **sheets: str) -> None:
        """Drop sheets on 匯入 and store them."""
        paths = []
        for name, text in sheets.items():
            path = self.folder / name.replace("__", ".")
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        page = self.page("import")
        page.add_paths(paths)
        self.calm()
        assert page.store_button.isEnabled()
        page.store_button.click()
        self.calm()

    def dialog(self, kind: type):
        return next(
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, kind) and one.isVisible()
        )

    def click(self, button) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.calm()

    def agree_to_what_differs(self) -> set[str]:
        """Open 結果將不同 on 審核, agree, and say who stood there."""
        review = self.page("review")
        rows = self.services.stale(PLAN)
        assert review.stale.notes.count() == 1
        review.stale.open_list(rows)
        self.click(self.dialog(StaleDialog).accept_button)
        assert self.services.stale(PLAN) == ()
        return {row.employee_id for row in rows}

    def print_stamp_and_grant(self, day: date) -> None:
        """Print what is ready, mark it stamped on 總覽, enter it on 補休帳."""
        forms = self.page("forms")
        waiting = {view.key for view in self.services.overview(PLAN).cases if is_new(view)}
        keys = [
            c.key for c in forms._all if c.is_printable and (c.employee_id, c.set_id) in waiting
        ]
        forms.table.tick(keys)
        self.calm()
        forms.save_one_to(self.folder / f"申請表{day}.pdf")
        self.calm()
        overview = self.page("overview")
        overview.open_step("printable")
        out = ["/".join(view.key) for view in overview.cases.model.rows if view.is_out]
        assert sorted(out) == sorted(keys)
        overview.cases.model.tick(out)
        self.click(overview.cases.stamp_button)
        ledger = self.page("ledger")
        ledger.register_grants()
        self.calm()
        dialog = ledger.dialog
        assert isinstance(dialog, GrantsDialog)
        booked = self.books.grant(self.known, self.roster, day)
        hours = sum(count for _, _, count in booked)
        assert f"登錄 {len(booked)} 筆 {hours} 時" in dialog.accept_button.text()
        self.click(dialog.accept_button)

    def card_of(self, number: int):
        ledger = self.page("ledger")
        ledger.show_person(code(number))
        self.calm()
        return ledger

    def reverse(self, number: int, place: int, reason: str) -> None:
        """Reverse the line at a place of a person's card."""
        ledger = self.card_of(number)
        ledger.lines.selectRow(place)
        self.click(ledger.use.reverse_button)
        dialog = ledger.dialog
        assert isinstance(dialog, ReverseDialog)
        dialog.reason.setEditText(reason)
        self.click(dialog.accept_button)

    def use(self, number: int, day: date, hours: int):
        """Record hours used on the card; returns the hours of the books."""
        ledger = self.card_of(number)
        ledger.use.day.show_day(day)
        ledger.use.hours.setText(str(hours))
        self.calm()
        self.click(ledger.use.record_button)
        return self.books.use(number, day, hours)

    def agree(self) -> None:
        """The page's list holds what the books hold."""
        ledger = self.page("ledger")
        day = self.clock.now.date()
        shown = {
            p.employee_id: (p.granted, p.used, p.expired, p.remaining)
            for p in ledger.list.source.items
        }
        assert shown == {code(n): self.books.figures(n, day) for n in self.roster}
        left = sum(self.books.figures(n, day)[3] for n in self.roster)
        assert ledger.list.count.text().endswith(f"剩餘共 {left} 時")


def is_new(view) -> bool:
    """Whether a case waits for its form."""
    return view.state is CaseState.PRINTABLE


def test_main_line_of_the_year_in_the_window(qtbot, open_window, offices, tmp_path):
    clock = SetClock(datetime(2025, 3, 12, 9))
    offices.append(open_office(tmp_path / "year.db", actor="周雅雯", clock=clock))
    desk = Desk(qtbot, open_window(offices[-1]), offices[-1], clock, tmp_path)

    # March: everything comes in.
    desk.bring(
        名冊__csv=roster_sheet(desk.roster),
        agency__toml=AGENCY,
        辦公日曆表__csv=calendar_sheet(WEEKDAYS_OFF, frozenset()),
        差勤__csv=attendance_sheet(ATTENDANCE),
        學習紀錄__csv=records_sheet(MARCH),
    )
    desk.known.readings += MARCH
    assert desk.services.status().rows == len(MARCH)
    desk.page("review")

    # One course on 休假 is accepted with its reason.
    review = desk.page("review", code(ACCEPTED[0]))
    review.decisions.accept_button.click()
    review.decisions.reason.setEditText("休假當日在家學習")
    review.decisions.accept_button.click()
    desk.calm()
    for reading in MARCH:
        if reading.number == ACCEPTED[0] and desk.known.judge(reading) == "review":
            desk.known.said[reading] = True

    # April: printed, stamped, granted.
    desk.on(date(2025, 4, 15))
    desk.print_stamp_and_grant(date(2025, 4, 15))
    desk.agree()

    # May: used, then the calendar is revised and takes the ground of six grants.
    desk.on(date(2025, 5, 8))
    desk.use(1, date(2025, 5, 6), 5)
    used = desk.use(19, date(2025, 5, 8), 2)
    desk.agree()
    desk.on(date(2025, 5, 28))
    desk.page("review")
    desk.bring(辦公日曆表修正版__csv=calendar_sheet(REVISED_OFF, WORKED_SATURDAYS))
    before = {n: desk.known.finished(n) for n in desk.roster}
    desk.known.off, desk.known.worked = REVISED_OFF, WORKED_SATURDAYS
    moved = {code(n) for n in desk.roster if desk.known.finished(n) != before[n]}
    assert desk.agree_to_what_differs() == moved
    lost = {code(n) for n in range(19, 25)}
    desk.page("ledger", "lost")
    card = desk.card_of(19)
    assert set(card._lost) == lost
    assert "「114 年度／政策能力訓練」已登錄 4 時" in card.card.warning.sentence
    place = [line.kind for line in card.lines_model.rows].index("use")
    desk.reverse(19, place, "核給撤銷")
    desk.books.give_back(used, date(2025, 5, 28))
    for n in range(19, 25):
        rows = desk.card_of(n).lines_model.rows
        place = next(at for at, line in enumerate(rows) if "政策能力訓練" in line.words)
        desk.reverse(n, place, "日曆修正，2 月 8 日補班")
        desk.books.void(n, "policy", date(2025, 5, 28))
    desk.use(19, date(2025, 5, 8), 2)
    assert desk.page("ledger")._lost == {}
    desk.agree()

    # July: the typhoon's day is painted; a set taken that morning counts.
    desk.on(date(2025, 7, 8))
    desk.bring(學習紀錄七月__csv=records_sheet(JULY))
    desk.known.readings += JULY
    desk.page("review")
    duty = desk.page("duty")
    duty.tabs.setCurrentIndex(CALENDAR)
    duty.calendar.show_month_of(TYPHOON_DAY)
    desk.calm()
    duty.calendar.sheet.choose(TYPHOON_DAY)
    duty.calendar.reason.setText("丹娜絲颱風")
    desk.click(duty.calendar.paint_button)
    before = {n: desk.known.finished(n) for n in desk.roster}
    desk.known.closed.add(TYPHOON_DAY)
    moved = {code(n) for n in desk.roster if desk.known.finished(n) != before[n]}
    assert {row.employee_id for row in desk.services.stale(PLAN)} >= moved
    desk.agree_to_what_differs()
    desk.on(date(2025, 9, 12))
    desk.print_stamp_and_grant(date(2025, 9, 12))
    desk.agree()

    # October: one goes to another office, and takes along what is left.
    desk.on(date(2025, 10, 1))
    ledger = desk.card_of(57)
    ledger.transfer_out()
    dialog = ledger.dialog
    assert isinstance(dialog, TransferOutDialog)
    dialog.agency.setText("鹽埕區公所")
    desk.click(dialog.accept_button)
    desk.books.move_out(57, date(2025, 10, 1))

    # The end of the year: ledger, list, overview say the same.
    desk.on(date(2025, 12, 31))
    desk.agree()
    overview = desk.page("overview")
    overview.show_glance()
    overview.read()
    desk.calm()
    held = {h.number for h in desk.books.hours if h.state() != "void"}
    registered = next(s for s in desk.services.overview(PLAN).steps if s.key == "registered")
    assert registered.people == len(held)
    assert f"登錄 {len(held)} 人" in overview.tiles["registered"].accessibleName()
    assert offices[-1].store.verify() == ()

    # Two years on: some of it has lapsed, the rest has not.
    desk.on(date(2027, 2, 20))
    desk.agree()
