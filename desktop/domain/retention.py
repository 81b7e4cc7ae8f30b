"""How long which kind of record is kept, and from which day on one may be deleted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

PERIODS = (1, 3, 5, 10, 15, 20, 25, 30)
"""Years that may be chosen, those of 機關檔案保存年限及銷毀辦法 第4條; none chosen is 永久."""


class RecordKind(StrEnum):
    """Kinds of record that have a period of their own."""

    EVIDENCE = "evidence"
    DUTY = "duty"
    LISTS = "lists"
    ROSTERS = "rosters"
    CASES = "cases"
    PAPERS = "papers"
    LEDGER = "ledger"
    LOGBOOK = "logbook"
    PEOPLE = "people"
    AUDIT = "audit"

    @property
    def word(self) -> str:
        """Its name on screen."""
        return _WORDS[self][0]

    @property
    def counts_from(self) -> str:
        """What the period is counted from, in words."""
        return _WORDS[self][1]


_WORDS = {
    RecordKind.EVIDENCE: ("學習紀錄與原始檔", "匯入日，或檔內最後一門課結束日，取較晚者"),
    RecordKind.DUTY: ("差勤、輪值與刷卡", "匯入日，或檔內最後一天，取較晚者"),
    RecordKind.LISTS: ("收件、薦送與歷年核給名單", "匯入日"),
    RecordKind.ROSTERS: ("舊名冊", "匯入日"),
    RecordKind.CASES: ("判定、決定與案件步驟", "同一人同一計畫的最後一筆"),
    RecordKind.PAPERS: ("已印文件、列印紀錄與回件", "最後一次印出或附回"),
    RecordKind.LEDGER: ("補休帳", "同一筆核給的最後一筆帳或到期日，取較晚者"),
    RecordKind.LOGBOOK: ("專班與活動登記", "同一活動或同一計畫的最後一筆"),
    RecordKind.PEOPLE: ("離開名冊的人", "離職日；沒有離職日的，最後一次換名冊"),
    RecordKind.AUDIT: ("稽核紀錄", "同一年的最後一筆"),
}


@dataclass(frozen=True, slots=True)
class DeletionUnit:
    """What is deleted together or not at all.

    Attributes:
        key: Names it; the same at every look.
        kind: Which period counts.
        words: What it is, for the list.
        day: The day its period is counted from.
        people: Employee ids of those concerned.
        rows: How many rows it holds.
        held: Why it may not go, whatever its age; empty mostly.
        needs: Keys of units that must go before or with it.
    """

    key: str
    kind: RecordKind
    words: str
    day: date
    people: frozenset[str] = frozenset()
    rows: int = 0
    held: str = ""
    needs: frozenset[str] = field(default=frozenset())


def kept_until(day: date, years: int) -> date:
    """The last day on which a record of ``day`` is kept.

    29 February counts as 1 March in a common year: a period is never cut short.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28) + timedelta(days=1)


def is_past(unit: DeletionUnit, years: int | None, on_day: date) -> bool:
    """Whether a unit's period is over; never where no period is set.

    Args:
        unit: What is asked about.
        years: The period of its kind, None where it is kept for good.
        on_day: The day asked for.
    """
    return years is not None and kept_until(unit.day, years) < on_day


def free_to_go(chosen: dict[str, DeletionUnit]) -> frozenset[str]:
    """Of chosen units the keys of those that nothing left behind stands on.

    Args:
        chosen: Units past their period, by key. What one of them needs must be chosen as well;
            units that are not there any more need not.
    """
    going = {key for key, unit in chosen.items() if not unit.held}
    while True:
        stuck = {key for key in going if not chosen[key].needs <= going}
        if not stuck:
            return frozenset(going)
        going -= stuck
