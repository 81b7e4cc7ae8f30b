"""Acts on the leave ledger by hand: uses, advance uses, reversals, transfers, what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.attendance import AttendanceEntry, AttendanceKind
from desktop.domain.changes import Area
from desktop.domain.ledger import AdvanceUse, Use
from desktop.domain.moments import Span
from desktop.services.applications import used_by_person
from desktop.services.ledger_attendance import attendance_uses, record_attendance_uses
from desktop.services.ledger_basics import LedgerRefusedError
from desktop.services.ledger_card_paper import issue_card, preview_card
from desktop.services.ledger_moving import transfer_in, transfer_out
from desktop.services.ledger_register import issue_register
from desktop.services.ledger_reversing import preview_reversal, reverse_entry
from desktop.services.ledger_using import preview_use, record_advance_use, record_use
from desktop.services.ledger_views import expiring, ledger_card, ledger_people, owed_evidence
from desktop.services.office import Office, open_office
from desktop.services.state_export import export_state
from desktop.services.undoing import redo, redo_words, undo, undo_words
from desktop.store.errors import NotStoredError
from tests.unit.services.ledgers import (
    PLAN,
    XU,
    YU,
    SetClock,
    grant,
    last,
    ledger,
    ledger_office,
)
from tests.unit.services.papers import words

TODAY = date(2014, 9, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made, _ = ledger_office(tmp_path, today=TODAY)
    grant(made, day=date(2014, 8, 1), hours=4, expires=date(2014, 9, 30))
    grant(made, day=date(2014, 8, 20), hours=8, expires=date(2015, 2, 28), set_id="side-2")
    yield made
    made.close()


def advanced(office: Office, **changes: Any) -> Any:
    said: dict[str, Any] = {
        "day": date(2014, 9, 3),
        "hours": 2,
        "consented_by": "林主任",
        "consented_on": date(2014, 9, 2),
    } | changes
    day, hours = said.pop("day"), said.pop("hours")
    return record_advance_use(office, PLAN, XU, day, hours, **said)


# ------------------------------------------------------------------------------------------ use


def test_use_takes_the_grant_that_expires_first_and_is_told_in_the_audit_trail(
    office: Office,
) -> None:
    change = record_use(office, YU, date(2014, 9, 5), 6, start=time(9), reason="返鄉")
    assert change.act == "登記使用 6 時"
    assert change.areas == {Area.LEDGER}
    book = ledger(office)
    uses = [entry for entry in book.entries if isinstance(entry, Use)]
    assert [(one.hours, one.grant, one.bundle) for one in uses] == [
        (4, book.grants[0].id, uses[0].id),
        (2, book.grants[1].id, uses[0].id),
    ]
    with office.store.reading() as reader:
        entry = reader.audit_entries(1)[0]
    assert (entry.act, entry.subject, entry.actor) == ("登記使用 6 時", YU, "周雅雯")
    assert [(one["hours"], one["why"]) for one in entry.detail["use"]] == [
        (4, "返鄉"),
        (2, "返鄉"),
    ]


def test_preview_shows_the_draws_and_stores_nothing(office: Office) -> None:
    shown = preview_use(office, YU, date(2014, 9, 5), 6)
    assert [(draw.hours, draw.expiry) for draw in shown.draws] == [
        (4, "103-09-30 到期"),
        (2, "104-02-28 到期"),
    ]
    assert (shown.short, shown.free, shown.after, shown.sentence) == (0, 12, 6, "")
    assert len(ledger(office).entries) == 2


@pytest.mark.parametrize(
    ("day", "hours", "said"),
    [
        (date(2014, 9, 5), 13, "可用的補休是 12 時，不足 13 時，"),
        (
            date(2014, 10, 1),
            9,
            "是 8 時，不足 9 時（103 年度／主餐＋窈窕精緻餐已於 103-09-30 到期）",
        ),
        (
            date(2014, 8, 19),
            5,
            "是 4 時，不足 5 時（103 年度／主餐＋窈窕精緻餐自 103-08-20 起才能用）",
        ),
        (date(2014, 7, 31), 1, "是 0 時，不足 1 時"),
        (date(2015, 3, 1), 1, "是 0 時，不足 1 時"),
        (date(2014, 9, 5), 0, "請填 1 以上的整數"),
    ],
)
def test_use_that_cannot_be_is_refused_with_its_reason(
    office: Office, day: date, hours: int, said: str
) -> None:
    with pytest.raises(LedgerRefusedError, match=said):
        record_use(office, YU, day, hours)
    assert len(ledger(office).entries) == 2


def test_use_of_a_stranger_is_refused(office: Office) -> None:
    with pytest.raises(LedgerRefusedError, match="名冊沒有人員代號「Q1」"):
        record_use(office, "Q1", date(2014, 9, 5), 1)


def test_undone_use_is_reversed_not_taken_out(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 5), 6)
    assert undo_words(office) == "登記使用 6 時"
    change = undo(office)
    assert change is not None
    assert Area.LEDGER in change.areas
    assert ledger(office).balance_on(date(2014, 9, 5)) == 12
    assert [entry.kind.value for entry in ledger(office).entries[2:]] == [
        "use",
        "use",
        "reversal",
        "reversal",
    ]


def test_undo_of_a_use_reversed_by_hand_changes_nothing_more(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 5), 2)
    reverse_entry(office, last(office).id, reason="登錯日期")
    before = ledger(office).entries
    undo(office)
    assert ledger(office).entries == before
    assert undo_words(office) == ""


def test_use_undone_and_done_again_leaves_the_same_state_in_new_lines(office: Office) -> None:
    before = export_state(office)
    record_use(office, YU, date(2014, 9, 5), 6, start=time(9), reason="返鄉")
    after = export_state(office)
    assert before != after
    undo(office)
    assert export_state(office) == before
    assert redo_words(office) == "登記使用 6 時"
    change = redo(office)
    assert change is not None
    assert Area.LEDGER in change.areas
    assert export_state(office) == after
    assert [entry.kind.value for entry in ledger(office).entries[2:]] == [
        *("use", "use", "reversal", "reversal", "use", "use"),
    ]
    assert undo_words(office) == "登記使用 6 時"
    assert redo_words(office) == ""
    undo(office)
    assert export_state(office) == before


def test_use_is_not_booked_again_when_its_hours_went_elsewhere(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 5), 10)
    undo(office)
    transfer_out(office, YU, date(2014, 9, 1), other_agency="鹽埕區公所")
    lines = ledger(office).entries
    with pytest.raises(LedgerRefusedError, match="可用的補休是 0 時，不足 10 時"):
        redo(office)
    assert ledger(office).entries == lines
    assert redo_words(office) == "登記使用 10 時"


def test_use_reversed_by_hand_and_undone_leaves_nothing_to_do_again(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 5), 2)
    reverse_entry(office, last(office).id, reason="登錯日期")
    undo(office)
    assert redo_words(office) == ""


def test_advance_use_done_again_is_paid_for_by_what_paid_before(office: Office) -> None:
    before = export_state(office)
    advanced(office)
    grant(office, employee_id=XU, day=date(2014, 9, 10), first_day=date(2014, 9, 1), hours=5)
    after = export_state(office)
    undo(office)
    assert ledger(office, XU).balance_on(date(2014, 9, 10)) == 5
    redo(office)
    assert export_state(office) == after != before
    book = ledger(office, XU)
    assert book.balance_on(date(2014, 9, 10)) == 3
    assert book.owed() == ()
    assert office.store.verify() == ()


# ------------------------------------------------------------------------------------ reversing


def test_use_from_two_grants_is_reversed_whole(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 5), 6)
    use = last(office)
    shown = preview_reversal(office, use.id)
    assert (shown.words, shown.hours, shown.sentence) == ("09-05 使用 6 時", 6, "")
    reverse_entry(office, use.id, reason="登錯人")
    book = ledger(office)
    assert book.balance_on(date(2014, 9, 5)) == 12
    assert [entry.reason for entry in book.entries[-2:]] == ["登錯人", "登錯人"]
    # The use lies ahead of today: it no longer counts from its own day on.
    assert {entry.day for entry in book.entries[-2:]} == {date(2014, 9, 5)}


def test_reversal_asks_for_a_reason(office: Office) -> None:
    with pytest.raises(LedgerRefusedError, match="請先寫理由"):
        reverse_entry(office, ledger(office).grants[0].id, reason=" ")


def test_grant_that_is_used_is_not_reversed_before_its_uses(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 5), 2)
    first = ledger(office).grants[0]
    sentence = preview_reversal(office, first.id).sentence
    assert "已使用 2 時，沒有沖銷；請先沖銷「09-05 使用 2 時」" in sentence
    with pytest.raises(LedgerRefusedError, match="已使用 2 時"):
        reverse_entry(office, first.id, reason="重核")
    reverse_entry(office, last(office).id, reason="重核")
    reverse_entry(office, first.id, reason="重核")
    assert ledger(office).balance_on(date(2014, 9, 5)) == 8


def test_line_is_not_reversed_twice(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 5), 2)
    use = last(office)
    reverse_entry(office, use.id, reason="登錯")
    with pytest.raises(LedgerRefusedError, match="已經沖銷過"):
        reverse_entry(office, use.id, reason="登錯")
    with pytest.raises(LedgerRefusedError, match="本身是沖銷"):
        reverse_entry(office, last(office).id, reason="登錯")
    with pytest.raises(NotStoredError):
        reverse_entry(office, "none", reason="登錯")


# ---------------------------------------------------------------------------------- advance use


def test_advance_use_owes_evidence_and_is_paid_for_by_the_grant(office: Office) -> None:
    advanced(office)
    (owed,) = owed_evidence(office)
    assert (owed.name, owed.hours, owed.consented_by) == ("許堃明", 2, "林主任")
    assert (owed.evidence_due, owed.days_left) == (date(2014, 10, 3), 32)
    entry = last(office, XU)
    assert isinstance(entry, AdvanceUse)
    assert entry.clause == "附件2 填表注意事項 5"
    grant(office, XU, day=date(2014, 9, 20), hours=4, first_day=date(2014, 9, 1))
    assert owed_evidence(office) == ()
    assert ledger(office, XU).balance_on(date(2014, 9, 20)) == 2
    assert ledger(office, XU).balance_on(date(2014, 9, 19)) == 0
    assert used_by_person(office, PLAN)[XU] == {"side-1": 2}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"consented_by": " "}, "須經單位主管同意"),
        ({"consented_on": date(2014, 9, 4)}, "同意日 103-09-04 晚於補休日 103-09-03"),
        ({"hours": 13}, "超過全年上限 12 時"),
    ],
)
def test_advance_use_without_what_the_plan_asks_is_refused(
    office: Office, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(LedgerRefusedError, match=said):
        advanced(office, **changes)
    assert ledger(office, XU).entries == ()


def test_advance_use_is_refused_while_there_are_hours_to_use(office: Office) -> None:
    grant(office, XU, day=date(2014, 9, 1), hours=1)
    with pytest.raises(LedgerRefusedError, match="還有 1 時可用"):
        advanced(office)


def test_advance_use_under_a_plan_that_does_not_allow_it_is_refused(office: Office) -> None:
    with pytest.raises(LedgerRefusedError, match="沒有先行補休的規定"):
        record_advance_use(
            office,
            "kaohsiung-114",
            XU,
            date(2014, 9, 3),
            1,
            consented_by="林主任",
            consented_on=date(2014, 9, 2),
        )


def test_reversed_advance_use_gives_the_hours_back_to_the_grant(office: Office) -> None:
    advanced(office)
    ahead = last(office, XU)
    grant(office, XU, day=date(2014, 9, 20), hours=4, first_day=date(2014, 9, 1))
    reverse_entry(office, ahead.id, reason="改請事假", day=date(2014, 9, 25))
    assert ledger(office, XU).balance_on(date(2014, 9, 25)) == 4
    assert owed_evidence(office) == ()


# ------------------------------------------------------------------------------------ transfers


def test_transfer_out_takes_everything_left_and_leaves_what_is_entered(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 12), 3)
    change = transfer_out(office, YU, date(2014, 9, 2), other_agency="鹽埕區公所")
    assert change.act == "轉出補休 9 時"
    book = ledger(office)
    assert book.balance_on(date(2014, 9, 2)) == 3
    assert book.balance_on(date(2014, 9, 12)) == 0
    assert book.counted_for_cap(PLAN) == 3
    with pytest.raises(LedgerRefusedError, match="沒有可以帶走的補休"):
        transfer_out(office, YU, date(2014, 9, 3), other_agency="鹽埕區公所")


def came(office: Office, **changes: Any) -> Any:
    said: dict[str, Any] = {
        "title": "103 年度／主餐＋幸福嚴選餐",
        "first_day": date(2014, 5, 11),
        "expires": date(2014, 11, 10),
        "other_agency": "旗津區公所",
        "plan_id": PLAN,
        "used_elsewhere": 3,
    } | changes
    return transfer_in(office, XU, date(2014, 9, 1), 5, **said)


def test_transfer_in_keeps_the_days_and_counts_for_the_cap(office: Office) -> None:
    came(office)
    (held,) = ledger(office, XU).grants
    assert (held.first_day, held.expires) == (date(2014, 5, 11), date(2014, 11, 10))
    assert ledger(office, XU).counted_for_cap(PLAN) == 8
    stored = grant(office, XU, day=date(2014, 9, 1), hours=12, set_id="side-3")
    assert stored is not None
    assert stored.hours == 4


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"used_elsewhere": 8}, "超過全年上限 12 時"),
        ({"expires": date(2014, 8, 31)}, "已於 103-08-31 到期"),
        ({"expires": date(2014, 5, 10)}, "早於起算日"),
        ({"other_agency": " "}, "請填轉自的機關"),
    ],
)
def test_transfer_in_that_does_not_fit_is_refused(
    office: Office, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(LedgerRefusedError, match=said):
        came(office, **changes)
    assert ledger(office, XU).entries == ()


def test_person_who_comes_back_brings_what_was_used_there(office: Office) -> None:
    transfer_out(office, YU, date(2014, 9, 1), other_agency="鹽埕區公所")
    out = last(office)
    transfer_in(
        office,
        YU,
        date(2014, 9, 1),
        10,
        title="103 年度數位學習",
        first_day=date(2014, 8, 1),
        expires=date(2015, 2, 28),
        other_agency="鹽埕區公所",
        plan_id=PLAN,
        used_elsewhere=2,
    )
    assert ledger(office).counted_for_cap(PLAN) == 12
    # Both at once would be twice the right.
    with pytest.raises(
        LedgerRefusedError, match="沖銷轉出後這個計畫共計 24 時，超過全年上限 12 時"
    ):
        reverse_entry(office, out.id, reason="未報到")


# --------------------------------------------------------------------------------------- views


def test_office_list_shows_what_is_left_with_everything_entered_taken_off(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 5), 3)
    yu, xu = ledger_people(office)
    assert (yu.granted, yu.used, yu.expired, yu.remaining) == (12, 3, 0, 9)
    assert (yu.next_expiry, yu.next_hours, yu.days_left) == (date(2014, 9, 30), 1, 29)
    assert (xu.has_lines, xu.remaining, xu.next_expiry) == (False, 0, None)


def test_person_who_left_the_roster_stays_in_the_list(office: Office) -> None:
    with office.store.writing("名冊") as writer:
        writer.replace_roster(writer.people()[1:], None)
    assert [(one.name, one.is_on_roster) for one in ledger_people(office)] == [
        ("許堃明", True),
        ("黃郁婷", False),
    ]


def test_card_tells_the_balance_of_the_day_and_what_is_planned(office: Office) -> None:
    record_use(office, YU, date(2014, 9, 5), 3, start=time(9))
    card = ledger_card(office, YU)
    assert (card.granted, card.used, card.balance, card.planned, card.remaining) == (
        12,
        0,
        12,
        3,
        9,
    )
    assert [line.words for line in card.lines][-1] == "補休假 09:00–12:00"
    later = ledger_card(office, YU, as_of=date(2014, 10, 1))
    assert (later.used, later.expired, later.balance, later.planned) == (3, 1, 8, 0)
    assert [(line.word, line.change, line.balance) for line in later.lines] == [
        ("核給", 4, 4),
        ("核給", 8, 12),
        ("使用", -3, 9),
        ("到期", -1, 8),
    ]


@pytest.mark.parametrize(("within", "hours"), [(28, []), (29, [4]), (60, [4]), (180, [4, 8])])
def test_what_lapses_within_so_many_days(office: Office, within: int, hours: list[int]) -> None:
    assert [line.hours for line in expiring(office, within)] == hours


# ---------------------------------------------------------------------- the attendance system


def attend(office: Office, *entries: tuple[str, str, int, int, int]) -> None:
    with office.store.writing("差勤") as writer:
        writer.add_attendance(
            [
                AttendanceEntry(
                    owner,
                    AttendanceKind.PERSONAL_LEAVE,
                    kind,
                    Span(datetime(2014, 9, day, begin), datetime(2014, 9, day, end)),
                )
                for owner, kind, day, begin, end in entries
            ],
            None,
        )


def test_rows_of_the_export_are_recorded_once_in_order_of_time(office: Office) -> None:
    attend(
        office,
        (YU, "補休假", 10, 13, 17),
        (YU, "補休假", 4, 9, 12),
        (YU, "休假", 5, 8, 12),
        (XU, "公假補休", 5, 8, 9),
    )
    rows = attendance_uses(office)
    assert [(row.name, row.hours, row.state) for row in rows] == [
        ("許堃明", 1, "餘額不足"),
        ("黃郁婷", 3, "可登記"),
        ("黃郁婷", 4, "可登記"),
    ]
    change = record_attendance_uses(office, [row.key for row in rows if row.is_ready])
    assert change.act == "由差勤登記使用 2 筆"
    uses = [entry for entry in ledger(office).entries if isinstance(entry, Use)]
    assert [(use.day.day, use.hours) for use in uses] == [(4, 3), (10, 1), (10, 3)]
    assert {row.state for row in attendance_uses(office)} == {"餘額不足", "已登記"}
    with pytest.raises(LedgerRefusedError, match="已登記過，沒有登記任何一筆"):
        record_attendance_uses(office, [rows[1].key])


def test_rows_of_the_export_are_recorded_all_or_none(office: Office) -> None:
    attend(office, (YU, "補休假", 4, 8, 18), (YU, "補休假", 8, 9, 14))
    rows = attendance_uses(office)
    assert [row.state for row in rows] == ["可登記", "可登記"]
    with pytest.raises(LedgerRefusedError, match="可用的補休是 2 時，不足 5 時"):
        record_attendance_uses(office, [row.key for row in rows])
    assert len(ledger(office).entries) == 2


def test_reversed_row_of_the_export_can_be_recorded_again(office: Office) -> None:
    attend(office, (YU, "補休假", 4, 9, 12))
    (row,) = attendance_uses(office)
    record_attendance_uses(office, [row.key])
    reverse_entry(office, last(office).id, reason="登錯")
    (again,) = attendance_uses(office)
    assert again.state == "可登記"


def test_row_of_part_of_an_hour_is_not_recorded(office: Office) -> None:
    with office.store.writing("差勤") as writer:
        writer.add_attendance(
            [
                AttendanceEntry(
                    YU,
                    AttendanceKind.PERSONAL_LEAVE,
                    "補休假",
                    Span(datetime(2014, 9, 4, 9), datetime(2014, 9, 4, 10, 30)),
                )
            ],
            None,
        )
    (row,) = attendance_uses(office)
    assert row.state == "不是整數時"
    with pytest.raises(LedgerRefusedError, match="不是整數時，沒有登記任何一筆"):
        record_attendance_uses(office, [row.key])


# ---------------------------------------------------------------------------------------- paper


def test_card_is_numbered_once_and_renewed_when_a_line_is_added(tmp_path: Path) -> None:
    office, _ = ledger_office(tmp_path, today=TODAY)
    grant(office, day=date(2014, 8, 1), hours=4, expires=date(2014, 9, 30))
    shown = preview_card(office, PLAN, YU)
    first = issue_card(office, PLAN, YU)
    again = issue_card(office, PLAN, YU)
    assert shown.number == first.number == again.number == "KH-103-000001"
    assert "補印" in words(again.pdf)
    assert "補印" not in words(first.pdf)
    assert "最近到期：103/09/30，4小時。" in words(first.pdf)
    record_use(office, YU, TODAY, 1, start=time(9), document_number="假單0901")
    reverse_entry(office, last(office).id, reason="假單撤回")
    renewed = issue_card(office, PLAN, YU)
    assert renewed.number == "KH-103-000002"
    text = words(renewed.pdf)
    assert "沖銷第2筆：假單撤回" in text
    assert "補休假09:00–10:00" in text
    with office.store.reading() as reader:
        assert reader.document(first.number).cancelled_by == renewed.number
    office.close()


def test_register_lists_the_grants_of_the_days_asked_for(office: Office) -> None:
    files = issue_register(office, PLAN, date(2014, 8, 1), date(2014, 8, 19))
    assert files.csv.decode("utf-8-sig").splitlines() == [
        "人員代號,姓名,單位,假別,時數,起算日,到期日,事由,核給文號",
        "A0137,黃郁婷,民政課,補休假,4,2014-08-01,2014-09-30,利用公餘時間參與數位學習,KH-103-000001",
    ]
    assert "黃郁婷" in words(files.pdf)
    both = issue_register(office, PLAN, date(2014, 8, 1), date(2014, 8, 31))
    assert len(both.csv.splitlines()) == 3
    assert (files.number, both.number) == ("KH-103-000001", "KH-103-000002")
    again = issue_register(office, PLAN, date(2014, 8, 1), date(2014, 8, 19))
    assert again.number == files.number
    with pytest.raises(LedgerRefusedError, match="沒有核給，沒有製作清冊"):
        issue_register(office, PLAN, date(2014, 1, 1), date(2014, 1, 31))


def test_reversed_grant_leaves_the_register_under_a_new_number(office: Office) -> None:
    first = issue_register(office, PLAN, date(2014, 8, 1), date(2014, 8, 31))
    reverse_entry(office, ledger(office).grants[0].id, reason="重核")
    renewed = issue_register(office, PLAN, date(2014, 8, 1), date(2014, 8, 31))
    assert renewed.number != first.number
    assert len(renewed.csv.splitlines()) == 2
    with office.store.reading() as reader:
        assert reader.document(first.number).cancelled_by == renewed.number


def test_clock_that_moves_on_lapses_hours_without_an_act(tmp_path: Path) -> None:
    office, clock = ledger_office(tmp_path, today=TODAY)
    assert isinstance(clock, SetClock)
    grant(office, day=date(2014, 8, 1), hours=4, expires=date(2014, 9, 30))
    assert ledger_people(office)[0].remaining == 4
    clock.now = datetime(2014, 10, 1, 8)
    assert (ledger_people(office)[0].remaining, ledger_people(office)[0].expired) == (0, 4)
    assert len(ledger(office).entries) == 1
    office.close()


def test_two_programs_granting_at_once_stay_under_the_cap(tmp_path: Path) -> None:
    """Each looks at the cap inside its own writing transaction, so the second sees the first."""
    first, _ = ledger_office(tmp_path, today=TODAY)
    second = open_office(tmp_path / "gongyu.db", actor="乙", clock=first.clock)
    with ThreadPoolExecutor(2) as both:
        jobs = [
            both.submit(grant, office, day=TODAY, hours=5, set_id=f"set-{number}", expires=None)
            for number in range(3)
            for office in (first, second)
        ]
    granted = [line.hours for job in jobs if (line := job.result()) is not None]
    assert sorted(granted) == [2, 5, 5]
    assert ledger(second).counted_for_cap(PLAN) == 12
    assert first.store.verify() == ()
    second.close()
    first.close()
