"""Balances for any day, what a use is taken from, what stands in the way of a reversal."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.findings import Clause
from desktop.domain.ledger import (
    AdvanceUse,
    Entry,
    LeaveGrant,
    Reversal,
    Settlement,
    TransferIn,
    TransferOut,
    Use,
)
from desktop.domain.plan import Validity
from desktop.rules.expiry import first_day_of_use, last_day_of_use
from desktop.rules.ledger import PersonLedger
from desktop.rules.ledger_lines import card_lines
from desktop.rules.ledger_reversing import ReversalHindrance, reversal_of
from tests.unit.rules.offices import CASES

ME = "A0137"
PLAN = "kaohsiung-114"
CLAUSE = Clause("附件2", "")


def book(*entries: Entry) -> PersonLedger:
    """The lines in the order given, as the store would number them."""
    return PersonLedger(
        tuple(replace(entry, seq=place) for place, entry in enumerate(entries, start=1))
    )


def grant(
    name: str,
    day: date,
    hours: int = 4,
    *,
    expires: date | None,
    first_day: date | None = None,
    plan_id: str = PLAN,
) -> LeaveGrant:
    return LeaveGrant(
        id=name,
        employee_id=ME,
        day=day,
        hours=hours,
        title=name,
        first_day=first_day or day,
        expires=expires,
        plan_id=plan_id,
        set_id=name,
    )


def use(name: str, day: date, hours: int, of: str) -> Use:
    return Use(id=name, employee_id=ME, day=day, hours=hours, grant=of)


def back(name: str, day: date, hours: int, of: str) -> Reversal:
    return Reversal(id=name, employee_id=ME, day=day, hours=hours, reverses=of, reason="登錯")


def advance(name: str, day: date, hours: int) -> AdvanceUse:
    return AdvanceUse(
        id=name,
        employee_id=ME,
        day=day,
        hours=hours,
        plan_id=PLAN,
        consented_by="林主任",
        consented_on=day,
        evidence_due=day + timedelta(days=30),
    )


# --------------------------------------------------------------------------------------- expiry


def _cases() -> Sequence[dict[str, Any]]:
    text = (CASES / "ledger-expiry.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["case"]
    return found


def _validity(said: dict[str, Any]) -> Validity:
    return Validity(
        months=said.get("months"),
        clause=CLAUSE,
        until=said.get("until"),
        is_to_year_end=said.get("year_end", False),
        begins_on_the_day=said.get("same_day", False),
    )


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["name"])
def test_hours_are_there_on_the_last_day_and_lapsed_on_the_next(case: dict[str, Any]) -> None:
    completed, validity = case["completed"], _validity(case["validity"])
    granted = grant(
        "g",
        completed,
        first_day=first_day_of_use(completed, validity),
        expires=last_day_of_use(completed, validity),
    )
    first, last, lapsed = case["first"], case["last"], case["lapsed"]
    ledger = book(granted, use("u", first, 1, "g"))
    assert (granted.first_day, granted.expires) == (first, last)
    assert (ledger.balance_on(last), ledger.expired_on(last)) == (3, 0)
    assert (ledger.balance_on(lapsed), ledger.expired_on(lapsed)) == (0, 3)
    assert ledger.free_on(last) == 3
    assert ledger.free_on(lapsed) == 0
    assert book(granted).free_on(first) == 4
    assert book(granted).free_on(first - timedelta(days=1)) == 0


def test_grant_without_a_limit_never_lapses_and_is_used_last() -> None:
    endless = grant("endless", date(2025, 1, 1), expires=None)
    ending = grant("ending", date(2025, 1, 1), expires=date(2030, 12, 31))
    ledger = book(endless, ending)
    assert ledger.balance_on(date(2099, 1, 1)) == 4
    allocation = ledger.allocate_use(date(2025, 6, 1), 5)
    assert [(g.id, hours) for g, hours in allocation.draws] == [("ending", 4), ("endless", 1)]


# ---------------------------------------------------------------------------------- allocation

MARCH = grant("113", date(2024, 7, 1), 8, expires=date(2026, 6, 20), first_day=date(2024, 6, 21))
CITY = grant("市政", date(2025, 4, 11), expires=date(2027, 3, 28), first_day=date(2025, 3, 29))
COMMON = grant("共通", date(2025, 4, 11), expires=date(2027, 4, 8), first_day=date(2025, 4, 9))
DESIGN = book(
    MARCH,
    use("3", date(2024, 9, 18), 3, "113"),
    CITY,
    COMMON,
    use("4", date(2025, 5, 2), 2, "113"),
    back("5", date(2025, 5, 5), 2, "4"),
    use("6", date(2025, 5, 6), 3, "113"),
    use("7", date(2025, 7, 24), 1, "113"),
)
TODAY = date(2025, 8, 6)


def test_card_of_the_design_comes_to_its_figures() -> None:
    standings = [DESIGN.standing(g, TODAY) for g in DESIGN.grants]
    assert [(s.granted, s.used, s.balance) for s in standings] == [(8, 7, 1), (4, 0, 4), (4, 0, 4)]
    assert DESIGN.balance_on(TODAY) == 9
    assert [line.balance for line in card_lines(DESIGN, lapsed_by=TODAY)] == [
        8, 5, 9, 13, 11, 13, 10, 9,
    ]  # fmt: skip


def test_two_hours_are_taken_from_the_grant_that_expires_first_then_from_the_next() -> None:
    allocation = DESIGN.allocate_use(date(2025, 8, 8), 2)
    assert [(g.id, hours) for g, hours in allocation.draws] == [("113", 1), ("市政", 1)]
    assert allocation.short == 0


def test_more_than_there_is_says_how_much_is_missing() -> None:
    assert DESIGN.allocate_use(date(2025, 8, 8), 10).short == 1


def test_nothing_is_used_before_the_day_of_the_grant_though_its_time_has_begun() -> None:
    ledger = book(CITY)
    assert ledger.allocate_use(date(2025, 4, 10), 1).short == 1
    assert ledger.allocate_use(date(2025, 4, 11), 1).short == 0


def test_hours_entered_for_a_later_day_are_spoken_for() -> None:
    ledger = book(CITY, use("u", date(2025, 9, 1), 3, "市政"))
    assert ledger.balance_on(date(2025, 8, 6)) == 4
    assert ledger.free_on(date(2025, 8, 6)) == 1


def test_balance_of_a_day_before_the_reversal_still_counts_the_use() -> None:
    assert DESIGN.balance_on(date(2025, 5, 4)) == 11
    assert DESIGN.balance_on(date(2025, 5, 5)) == 13


def test_hours_that_come_back_after_the_last_day_lapse_at_once() -> None:
    ledger = book(
        grant("g", date(2025, 1, 1), expires=date(2025, 6, 30)),
        use("u", date(2025, 6, 1), 3, "g"),
        back("r", date(2025, 7, 10), 3, "u"),
    )
    assert [ledger.balance_on(date(2025, 7, day)) for day in (1, 9, 10, 31)] == [0, 0, 0, 0]
    assert [ledger.expired_on(date(2025, 7, day)) for day in (1, 9, 10, 31)] == [1, 1, 4, 4]
    lines = card_lines(ledger, lapsed_by=date(2025, 8, 1))
    assert [(line.day, line.change, line.balance) for line in lines] == [
        (date(2025, 1, 1), 4, 4),
        (date(2025, 6, 1), -3, 1),
        (date(2025, 7, 1), -1, 0),
        (date(2025, 7, 10), 3, 3),
        (date(2025, 7, 10), -3, 0),
    ]


def test_use_entered_late_for_a_day_in_time_stands_before_what_lapsed() -> None:
    ledger = book(
        grant("g", date(2025, 1, 1), expires=date(2025, 6, 30)),
        grant("h", date(2025, 8, 1), expires=date(2026, 6, 30)),
        use("u", date(2025, 6, 20), 3, "g"),
    )
    lines = card_lines(ledger, lapsed_by=date(2025, 9, 1))
    assert [(line.entry.id if line.entry else "lapsed", line.balance) for line in lines] == [
        ("g", 4),
        ("h", 8),
        ("u", 5),
        ("lapsed", 4),
    ]


def test_grant_reversed_after_it_lapsed_lapses_no_hours() -> None:
    ledger = book(
        grant("g", date(2025, 1, 1), expires=date(2025, 6, 30)),
        back("r", date(2025, 7, 10), 4, "g"),
    )
    lines = card_lines(ledger, lapsed_by=date(2025, 8, 1))
    assert [(line.change, line.balance) for line in lines] == [(4, 4), (-4, 0), (4, 4), (-4, 0)]
    assert ledger.expired_on(date(2025, 7, 9)) == 4
    assert ledger.expired_on(date(2025, 7, 10)) == 0


def test_card_up_to_a_day_leaves_out_later_lines() -> None:
    lines = card_lines(DESIGN, lapsed_by=date(2025, 5, 2), up_to=date(2025, 5, 2))
    assert lines[-1].balance == DESIGN.balance_on(date(2025, 5, 2)) == 11


# ----------------------------------------------------------------------------------- yearly cap


def test_grant_is_cut_to_what_the_cap_leaves() -> None:
    ledger = book(
        grant("a", date(2025, 4, 1), 8, expires=None), grant("b", date(2025, 4, 1), 2, expires=None)
    )
    wished = grant("c", date(2025, 5, 1), 4, expires=None)
    assert ledger.most_grantable(wished, 12) == 2
    assert ledger.most_grantable(wished, None) == 4
    assert ledger.most_grantable(replace(wished, plan_id="hsinchu-109"), 12) == 4
    assert book(*ledger.entries, replace(wished, hours=2)).most_grantable(wished, 12) == 0


def test_cap_counts_what_was_used_elsewhere_and_not_what_was_taken_along() -> None:
    came = TransferIn(
        id="in",
        employee_id=ME,
        day=date(2025, 5, 1),
        hours=3,
        title="轉入",
        first_day=date(2025, 4, 1),
        expires=None,
        plan_id=PLAN,
        other_agency="旗津區公所",
        used_elsewhere=5,
    )
    assert book(came).counted_for_cap(PLAN) == 8
    gone = TransferOut(
        id="out", employee_id=ME, day=date(2025, 6, 1), hours=2, grant="in", other_agency="鹽埕"
    )
    assert book(came, gone).counted_for_cap(PLAN) == 6
    assert book(came, gone, back("r", date(2025, 6, 2), 2, "out")).counted_for_cap(PLAN) == 8


def test_advance_use_counts_for_the_cap_until_a_grant_pays_for_it() -> None:
    ahead = advance("ahead", date(2025, 3, 20), 3)
    ledger = book(grant("a", date(2025, 3, 1), 8, expires=None), ahead)
    assert ledger.counted_for_cap(PLAN) == 11
    paying = grant("b", date(2025, 4, 10), 4, expires=None, first_day=date(2025, 3, 10))
    assert ledger.payable(paying) == ((ledger.entries[1], 3),)
    assert ledger.most_grantable(paying, 12) == 4
    paid = Settlement(
        id="s", employee_id=ME, day=date(2025, 4, 10), hours=3, grant="b", advance="ahead"
    )
    after = book(*ledger.entries, paying, paid)
    assert after.counted_for_cap(PLAN) == 12
    assert after.owed() == ()
    assert after.owed(date(2025, 4, 9)) == ((after.entries[1], 3),)
    assert after.balance_on(date(2025, 4, 10)) == 8 + 1


@pytest.mark.parametrize(
    ("first_day", "expires", "plan_id", "paid"),
    [
        (date(2025, 3, 20), date(2025, 9, 19), PLAN, 3),
        (date(2025, 3, 21), date(2025, 9, 20), PLAN, 0),
        (date(2024, 9, 21), date(2025, 3, 20), PLAN, 3),
        (date(2024, 9, 20), date(2025, 3, 19), PLAN, 0),
        (date(2025, 3, 20), date(2025, 9, 19), "hsinchu-109", 0),
    ],
    ids=["first day", "begins later", "last day", "ended before", "another plan"],
)
def test_grant_pays_only_for_what_was_used_in_its_time(
    first_day: date, expires: date, plan_id: str, paid: int
) -> None:
    ledger = book(advance("ahead", date(2025, 3, 20), 3))
    later = grant("g", date(2025, 4, 1), expires=expires, first_day=first_day, plan_id=plan_id)
    assert sum(hours for _, hours in ledger.payable(later)) == paid


# ------------------------------------------------------------------------------------ reversing


@pytest.mark.parametrize(
    ("name", "hindrance"),
    [
        ("5", ReversalHindrance.IS_REVERSAL),
        ("4", ReversalHindrance.REVERSED_BEFORE),
        ("113", ReversalHindrance.STILL_DRAWN),
        ("7", None),
        ("市政", None),
    ],
)
def test_what_can_be_reversed(name: str, hindrance: ReversalHindrance | None) -> None:
    assert reversal_of(DESIGN, DESIGN.by_id[name], TODAY).hindrance is hindrance


def test_reversal_never_counts_from_a_day_before_the_line() -> None:
    ledger = book(CITY, use("u", date(2025, 9, 1), 3, "市政"))
    assert reversal_of(ledger, ledger.by_id["u"], TODAY).day == date(2025, 9, 1)


def test_grant_goes_no_earlier_than_what_was_drawn_of_it_came_back() -> None:
    ledger = book(CITY, use("u", date(2025, 5, 6), 3, "市政"), back("r", date(2025, 5, 10), 3, "u"))
    outcome = reversal_of(ledger, ledger.by_id["市政"], date(2025, 5, 1))
    assert outcome.day == date(2025, 5, 10)
    reversed_too = book(*ledger.entries, back("x", outcome.day, 4, "市政"))
    days = [date(2025, 5, day) for day in range(1, 20)]
    assert min(reversed_too.balance_on(day) for day in days) == 0


def test_grant_takes_what_it_paid_for_with_it_and_that_is_owed_again() -> None:
    ledger = book(
        advance("ahead", date(2025, 4, 1), 2),
        CITY,
        Settlement(
            id="s", employee_id=ME, day=date(2025, 4, 11), hours=2, grant="市政", advance="ahead"
        ),
    )
    outcome = reversal_of(ledger, ledger.by_id["市政"], TODAY)
    assert [entry.id for entry in outcome.entries] == ["s", "市政"]
    settled = reversal_of(ledger, ledger.by_id["s"], TODAY)
    assert settled.hindrance is ReversalHindrance.IS_SETTLEMENT
    after = book(*ledger.entries, back("r", TODAY, 2, "s"), back("q", TODAY, 4, "市政"))
    assert [(entry.id, hours) for entry, hours in after.owed()] == [("ahead", 2)]
