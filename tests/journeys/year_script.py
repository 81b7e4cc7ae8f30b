"""The year's acts, in order, through the services; what was seen stands beside what the books say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from desktop.domain.accounts import AccountRole
from desktop.domain.case_states import CaseState
from desktop.domain.ledger import Use
from desktop.domain.verdicts import DecisionKind
from desktop.services.accounts import add_account, set_up_sign_in, sign_in
from desktop.services.agency_editing import (
    PatternText,
    erase_closures,
    name_agency,
    paint_closures,
    put_pattern,
)
from desktop.services.case_acts import close_cases
from desktop.services.case_following import follow_cases, keep_stale, keep_verdicts
from desktop.services.case_stamping import mark_stamped
from desktop.services.cases import CaseView, case_list
from desktop.services.deciding import decide
from desktop.services.importing import ImportOutcome, read_batch, store_batch
from desktop.services.issuing import form_candidates, issue_forms
from desktop.services.leaving_out import leave_out
from desktop.services.ledger_attendance import attendance_uses, record_attendance_uses
from desktop.services.ledger_basics import LedgerRefusedError
from desktop.services.ledger_candidates import grant_candidates
from desktop.services.ledger_granting import register_grants
from desktop.services.ledger_ground import lost_ground
from desktop.services.ledger_moving import transfer_in, transfer_out
from desktop.services.ledger_reversing import reverse_entry
from desktop.services.ledger_using import record_use
from desktop.services.ledger_views import ledger_people
from desktop.services.office import Office, open_office
from desktop.services.resubmitting import keep_both, replace_forerunners, resubmissions
from desktop.services.stale_verdicts import stale
from desktop.services.undoing import redo, undo
from desktop.services.verifying import case, evaluate_everybody
from desktop.store import ReadOnlyError
from tests.journeys.year_books import Books, Hour, Known
from tests.journeys.year_data import (
    ACCEPTED,
    APRIL,
    ATTENDANCE,
    CORRECTED,
    EVERYBODY,
    JULY,
    JUNE,
    LEAVE_TAKEN,
    LEAVERS,
    MARCH,
    NEWCOMER,
    PLAN,
    REFUSED,
    REPLACED,
    REVISED_OFF,
    SEPTEMBER,
    TYPHOON_DAY,
    WEEKDAYS_OFF,
    WORKED_SATURDAYS,
    Reading,
    attendance_sheet,
    calendar_sheet,
    code,
    records_sheet,
    roster_sheet,
)

PASSWORD = "公餘學習一一四年"
LEFT_OUT = 5
"""Whom the clerk leaves off the commendation list."""


class SetClock:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Year:
    """The office, its own books, and what was seen beside what they say."""

    folder: Path
    office: Office
    clock: SetClock
    known: Known
    books: Books
    roster: tuple[int, ...]
    seen: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    uses: dict[str, list[Hour]] = field(default_factory=dict)

    # -------------------------------------------------------------------------------- helpers
    def on(self, day: date, hour: int = 9) -> date:
        """Let it be that day."""
        self.clock.now = datetime.combine(day, time(hour))
        return day

    def note(self, what: str, seen: Any, books: Any) -> None:
        """Put what the program says beside what the books say."""
        assert what not in self.seen
        self.seen[what] = (seen, books)

    def bring(self, file_name: str, text: str) -> ImportOutcome:
        """Import one sheet."""
        path = self.folder / file_name
        path.write_text(text, encoding="utf-8")
        return store_batch(self.office, read_batch(self.office, [path]), plan_id=PLAN)

    def bring_records(self, file_name: str, readings: tuple[Reading, ...]) -> None:
        """Import a sheet of readings."""
        outcome = self.bring(file_name, records_sheet(readings))
        self.known.readings += readings
        rows = (outcome.rows_in, outcome.rows_stored, outcome.rows_refused)
        self.note(f"{file_name} 列數", rows, (len(readings), len(readings), 0))

    def change_roster(self, numbers: Iterable[int]) -> None:
        """Import a roster of these people."""
        self.roster = tuple(numbers)
        self.bring(f"名冊{self.clock.now:%m%d}.csv", roster_sheet(self.roster))

    def compare(self, when: str) -> None:
        """Note verdicts, the list of the ledger and the forms, as they stand now."""
        day = self.clock.now.date()
        _, verdicts = evaluate_everybody(self.office, PLAN)
        granted = {
            (v.person.employee_id, g.set_id): (g.hours, g.completed_on, g.first_day, g.expires)
            for v in verdicts
            for g in v.leave.grants
        }
        finished = {
            (code(n), set_id): (
                4,
                done,
                done + timedelta(days=1),
                done.replace(year=done.year + 2),
            )
            for n in self.roster
            for set_id, done in self.known.finished(n).items()
        }
        self.note(f"{when}：完成的套別", granted, finished)
        commended = {v.person.employee_id for v in verdicts if v.commendation.count}
        self.note(
            f"{when}：敘獎", commended, {code(n) for n in self.roster if self.known.is_commended(n)}
        )
        self.compare_ledger(when, day)

    def compare_ledger(self, when: str, day: date) -> None:
        """Note the office's list of the ledger."""
        listed = {
            p.employee_id: (p.granted, p.used, p.expired, p.remaining)
            for p in ledger_people(self.office)
        }
        wanted = {
            code(n): self.books.figures(n, day)
            for n in EVERYBODY
            if n in self.roster or any(h.number == n for h in self.books.hours)
        }
        self.note(f"{when}：補休帳", listed, wanted)

    def use(self, number: int, day: date, hours: int, label: str = "") -> None:
        """Record hours used, here and in the books."""
        record_use(self.office, code(number), day, hours)
        self.uses[label or f"{number} {day}"] = self.books.use(number, day, hours)

    def last_use(self, number: int) -> str:
        """The line of a person's latest use."""
        with self.office.store.reading() as reader:
            lines = [line for line in reader.ledger(code(number)) if isinstance(line, Use)]
        return lines[-1].id

    def grant_of(self, number: int, set_id: str) -> str:
        """The line of a person's latest grant under a set."""
        with self.office.store.reading() as reader:
            lines = reader.ledger(code(number))
        return next(line.id for line in reversed(lines) if getattr(line, "set_id", None) == set_id)

    def case(self, number: int, set_id: str) -> CaseView:
        """One case as lists show it."""
        key = (code(number), set_id)
        return next(view for view in case_list(self.office, PLAN) if view.key == key)

    def register(self, when: str, printed: date, stamped: date, registered: date) -> None:
        """Print what can be printed and was not, have it stamped, enter it into the ledger."""
        self.on(printed)
        waiting = {view.key for view in case_list(self.office, PLAN, CaseState.PRINTABLE)}
        keys = [
            one.key
            for one in form_candidates(self.office, PLAN)
            if one.is_printable and (one.employee_id, one.set_id) in waiting
        ]
        issued = issue_forms(self.office, PLAN, keys, with_stamp=True)
        self.on(stamped)
        outcome = mark_stamped(self.office, PLAN, issued.numbers, on_day=stamped)
        self.note(f"{when}：退件", outcome.refused, ())
        self.note(f"{when}：核章份數", len(outcome.stamped), len(keys))
        self.on(registered)
        ready = [one.key for one in grant_candidates(self.office, PLAN) if one.is_ready]
        entered = register_grants(self.office, PLAN, ready, reason=f"{when}核章回件")
        self.note(
            f"{when}：登錄核給",
            sorted((g.employee_id, g.set_id, g.hours) for g in entered.grants),
            sorted(
                (code(n), set_id, hours)
                for n, set_id, hours in self.books.grant(self.known, self.roster, registered)
            ),
        )
        keep_verdicts(self.office, PLAN)

    def refuses(self, what: str, error: type[Exception], act: Callable[[], object]) -> None:
        """Note that an act is refused, and that it left nothing behind."""
        with self.office.store.reading() as reader:
            before = len(reader.ledger())
        said = "做了"
        try:
            act()
        except error:
            said = "拒絕"
        with self.office.store.reading() as reader:
            after = len(reader.ledger())
        self.note(what, (said, after), ("拒絕", before))


def begin(folder: Path) -> Year:
    """January: accounts, settings, roster, the calendar typed by hand."""
    clock = SetClock(datetime(2025, 1, 6, 9))
    plain = open_office(folder / "gongyu.db", actor="安裝", clock=clock)
    set_up_sign_in(plain, "林主任", PASSWORD)
    head = sign_in(plain, "林主任", PASSWORD)
    add_account(head, "周雅雯", AccountRole.CLERK, PASSWORD)
    add_account(head, "陳稽核", AccountRole.READER, PASSWORD)
    clerk = sign_in(plain, "周雅雯", PASSWORD)
    year = Year(folder, clerk, clock, Known(off=WEEKDAYS_OFF), Books(), ())
    name_agency(clerk, name="高雄市政府測試處", city="高雄市")
    put_pattern(
        clerk,
        PatternText("A", "標準班", (1, 2, 3, 4, 5), (("08:00", "12:00"), ("13:30", "17:30"))),
    )
    year.change_roster(n for n in EVERYBODY if n != NEWCOMER)
    year.bring("114年辦公日曆表.csv", calendar_sheet(WEEKDAYS_OFF, frozenset()))
    return year


def spring(year: Year) -> None:
    """March and April: the first printouts, decisions, requests, corrections, the first grants."""
    year.on(date(2025, 3, 12))
    year.bring("差勤0312.csv", attendance_sheet(ATTENDANCE))
    year.bring_records("學習紀錄0312.csv", MARCH)
    keep_verdicts(year.office, PLAN)
    year.compare("三月")

    year.on(date(2025, 3, 13))
    # Last year's sheet by mistake, taken back, done again and taken back for good.
    stray = MARCH[0].line.replace("2025-", "2024-")
    year.bring("去年.csv", records_sheet(()) + stray)
    undo(year.office)
    redo(year.office)
    undo(year.office)
    year.compare("誤匯入收回後")

    year.on(date(2025, 3, 14))
    for numbers, kind in ((ACCEPTED, DecisionKind.ACCEPT), (REFUSED, DecisionKind.REFUSE)):
        keys = [
            record.key
            for n in numbers
            for record in case(year.office, PLAN, code(n)).verdict.records
            if record.verdict == "review"
        ]
        decide(year.office, PLAN, keys, kind=kind, reason="休假當日在家學習，經單位主管說明")
        for reading in year.known.readings:
            if reading.number in numbers and year.known.judge(reading) == "review":
                year.known.said[reading] = kind is DecisionKind.ACCEPT
    keep_verdicts(year.office, PLAN)

    year.on(date(2025, 3, 17))
    asked = [
        one.key
        for one in form_candidates(year.office, PLAN, paper="corrections")
        if one.is_printable
    ]
    owing = sorted(
        {code(r.number) for r in year.known.readings if year.known.judge(r) != "pass"}
        & {code(n) for n in (*range(37, 50),)}
    )
    year.note("三月：補正通知", sorted(key.rstrip("/") for key in asked), owing)
    issue_forms(year.office, PLAN, asked, with_stamp=False, paper="corrections")
    keep_verdicts(year.office, PLAN)

    year.on(date(2025, 4, 1))
    late = {v.employee_id for v in case_list(year.office, PLAN) if v.is_overdue}
    # Due on 03-31, a Monday; what the clerk refused is settled and owes nothing.
    year.note("四月：補正逾期", late, {code(n) for n in (*range(37, 42), 45, 46, 47, 49)})

    year.on(date(2025, 4, 7))
    year.bring_records("補件0407.csv", APRIL)
    questions = resubmissions(year.office, PLAN)
    year.note(
        "四月：更正的問句",
        sorted(q.employee_id for q in questions),
        [code(n) for n in (*range(37, 41), 46, 47, 48)],
    )
    replaced = [q for q in questions if q.employee_id in [code(n) for n in REPLACED]]
    others = [q for q in questions if q not in replaced]
    replace_forerunners(year.office, replaced, reason="原件讀錯，以補件為準")
    keep_both(year.office, others, reason="重修一次")
    corrected = {r.number: r for r in CORRECTED}
    year.known.replaced |= {
        r
        for r in year.known.readings
        if r.number in REPLACED
        and r.course == corrected[r.number].course
        and r != corrected[r.number]
    }
    keep_stale(year.office, PLAN)
    year.compare("四月")
    year.register("第一次", date(2025, 4, 8), date(2025, 4, 14), date(2025, 4, 15))
    year.compare("第一次登錄後")


def may(year: Year) -> None:
    """May: uses by hand and from the attendance system, then the revised calendar."""
    year.on(date(2025, 5, 5))
    year.use(1, date(2025, 5, 6), 3)
    year.use(2, date(2025, 5, 7), 5)  # out of two grants
    year.use(19, date(2025, 5, 8), 2, "before the revision")
    year.refuses(
        "用得比餘額多",
        LedgerRefusedError,
        lambda: record_use(year.office, code(3), date(2025, 5, 9), 9),
    )
    year.use(4, date(2025, 5, 12), 1, "slip")
    undo(year.office)
    year.books.give_back(year.uses["slip"], date(2025, 5, 12))
    year.on(date(2025, 5, 20))
    leave = tuple((n, "公假補休", start, end) for n, start, end, _ in LEAVE_TAKEN)
    year.bring("差勤0520.csv", attendance_sheet(leave))
    rows = attendance_uses(year.office)
    ready = [row for row in rows if row.is_ready]
    year.note(
        "五月：差勤可登記",
        sorted((row.entry.employee_id, row.hours) for row in ready),
        [(code(n), hours) for n, _, _, hours in LEAVE_TAKEN[:2]],
    )
    record_attendance_uses(year.office, [row.key for row in ready])
    for n, start, _, hours in LEAVE_TAKEN[:2]:
        year.books.use(n, start.date(), hours)
    keep_verdicts(year.office, PLAN)
    year.compare("五月")

    year.on(date(2025, 5, 28))
    before = {n: year.known.finished(n) for n in year.roster}
    year.bring("114年辦公日曆表（修正版）.csv", calendar_sheet(REVISED_OFF, WORKED_SATURDAYS))
    year.known.off, year.known.worked = REVISED_OFF, WORKED_SATURDAYS
    moved = {code(n) for n in year.roster if year.known.finished(n) != before[n]}
    year.note("修正日曆：結果將不同", {one.employee_id for one in stale(year.office, PLAN)}, moved)
    keep_stale(year.office, PLAN)
    # An older file that comes again changes nothing.
    year.bring("114年辦公日曆表.csv", calendar_sheet(WEEKDAYS_OFF, frozenset()) + "\n")
    year.note("舊日曆再匯入", stale(year.office, PLAN), ())

    year.on(date(2025, 5, 29))
    lost = range(19, 25)
    year.note(
        "修正日曆：失去依據的核給",
        [(one.key, one.lost.hours_over) for one in lost_ground(year.office, PLAN)],
        [(f"{code(n)}/policy", 4) for n in lost],
    )
    year.refuses(
        "沖銷已使用的核給",
        LedgerRefusedError,
        lambda: reverse_entry(year.office, year.grant_of(19, "policy"), reason="日曆修正"),
    )
    reverse_entry(year.office, year.last_use(19), reason="核給撤銷，改由另一筆支應")
    year.books.give_back(year.uses["before the revision"], date(2025, 5, 29))
    for n in lost:
        reverse_entry(year.office, year.grant_of(n, "policy"), reason="日曆修正，2 月 8 日補班")
        year.books.void(n, "policy", date(2025, 5, 29))
    year.use(19, date(2025, 5, 8), 2, "after the revision")
    follow_cases(year.office, PLAN)
    year.note(
        "撤銷後的案件",
        {year.case(n, "policy").state for n in lost} & {CaseState.REGISTERED},
        set(),
    )
    year.note("修正日曆：沖銷後", lost_ground(year.office, PLAN), ())
    year.compare("修正日曆後")


def summer(year: Year) -> None:
    """June to September: a newcomer, the rest of the printouts, the typhoon, two more rounds."""
    year.on(date(2025, 6, 16))
    year.change_roster(EVERYBODY)
    transfer_in(
        year.office,
        code(NEWCOMER),
        date(2025, 6, 16),
        6,
        title="114 年度／數位學習（原機關核給）",
        first_day=date(2025, 5, 1),
        expires=date(2027, 4, 30),
        other_agency="旗津區公所",
        plan_id=PLAN,
        used_elsewhere=2,
    )
    year.books.bring(NEWCOMER, date(2025, 6, 16), 6, date(2025, 5, 1), date(2027, 4, 30))
    year.books.used_elsewhere[NEWCOMER] = 2
    year.on(date(2025, 6, 20))
    year.bring_records("學習紀錄0620.csv", JUNE)
    keep_stale(year.office, PLAN)
    year.register("第二次", date(2025, 6, 23), date(2025, 6, 27), date(2025, 6, 30))
    year.compare("第二次登錄後")

    year.on(date(2025, 7, 8))
    year.bring_records("學習紀錄0708.csv", JULY)
    keep_stale(year.office, PLAN)
    year.compare("颱風假登記前")
    year.on(date(2025, 7, 10))
    before = {n: year.known.finished(n) for n in year.roster}
    paint_closures(year.office, [TYPHOON_DAY], note="丹娜絲颱風")
    year.known.closed.add(TYPHOON_DAY)
    moved = {code(n) for n in year.roster if year.known.finished(n) != before[n]}
    year.note("颱風：結果將不同", {one.employee_id for one in stale(year.office, PLAN)}, moved)
    undo(year.office)
    year.note("颱風假復原", stale(year.office, PLAN), ())
    redo(year.office)
    # A day painted by mistake, and erased.
    paint_closures(year.office, [date(2025, 2, 12)], note="登錯")
    erase_closures(year.office, [date(2025, 2, 12)])
    keep_stale(year.office, PLAN)
    year.compare("颱風假登記後")

    year.on(date(2025, 9, 4))
    year.bring_records("學習紀錄0904.csv", SEPTEMBER)
    keep_stale(year.office, PLAN)
    year.register("第三次", date(2025, 9, 5), date(2025, 9, 10), date(2025, 9, 12))
    year.compare("第三次登錄後")


def autumn(year: Year) -> None:
    """October to December: two people leave, the list of commendations, the end of the year."""
    year.on(date(2025, 9, 15))
    year.use(58, date(2025, 9, 15), 2)
    year.on(date(2025, 10, 1))
    for n in LEAVERS:
        transfer_out(year.office, code(n), date(2025, 10, 1), other_agency="鹽埕區公所")
        year.books.move_out(n, date(2025, 10, 1))
    year.refuses(
        "轉出後再用",
        LedgerRefusedError,
        lambda: record_use(year.office, code(57), date(2025, 10, 2), 1),
    )
    year.on(date(2025, 10, 2))
    year.change_roster(n for n in EVERYBODY if n not in LEAVERS)
    keep_stale(year.office, PLAN)
    year.compare("轉出後")

    year.on(date(2025, 10, 20))
    leave_out(year.office, PLAN, [code(LEFT_OUT)], reason="年度內受申誡處分")
    issue_forms(year.office, PLAN, ["lists"], with_stamp=False, paper="commendations")

    year.on(date(2025, 12, 1))
    reader = sign_in(year.office, "陳稽核", PASSWORD)
    year.refuses(
        "唯讀的人登記使用",
        ReadOnlyError,
        lambda: record_use(reader, code(1), date(2025, 12, 2), 1),
    )
    year.office = sign_in(year.office, "周雅雯", PASSWORD)
    year.use(1, date(2025, 12, 2), 4, "over two grants")
    year.use(NEWCOMER, date(2025, 12, 3), 7)

    year.on(date(2025, 12, 31))
    registered = [view.key for view in case_list(year.office, PLAN, CaseState.REGISTERED)]
    close_cases(year.office, PLAN, registered, reason="")
    keep_verdicts(year.office, PLAN)
    year.compare("年終")


def whole_year(folder: Path) -> Year:
    """Everything, from January to the last day of December."""
    year = begin(folder)
    spring(year)
    may(year)
    summer(year)
    autumn(year)
    return year
