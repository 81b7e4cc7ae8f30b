"""An office with two people and a ledger, and a clock that can be set."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from desktop.domain.ledger import Entry, LeaveGrant
from desktop.domain.people import Person
from desktop.rules.ledger import PersonLedger
from desktop.services.ledger_granting import enter_grant
from desktop.services.office import Office, open_office

PLAN = "kaohsiung-103"
CAP = 12
PEOPLE = (
    Person(
        "A0137", "黃郁婷", "民政課", title="課員", rank="薦任第6職等", category="編制內公務人員"
    ),
    Person(
        "A0102",
        "許堃明",
        "社會課",
        title="辦事員",
        rank="委任第5職等",
        category="編制內公務人員",
        roster_position=1,
    ),
)
YU, XU = "A0137", "A0102"


class SetClock:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def ledger_office(folder: Path, *, today: date = date(2014, 9, 1)) -> tuple[Office, SetClock]:
    clock = SetClock(datetime(today.year, today.month, today.day, 9))
    office = open_office(folder / "gongyu.db", actor="周雅雯", clock=clock)
    with office.store.writing("名冊") as writer:
        writer.replace_roster(PEOPLE, None)
    return office, clock


def grant(
    office: Office,
    employee_id: str = YU,
    *,
    day: date,
    hours: int = 4,
    expires: date | None = date(2015, 3, 15),
    first_day: date | None = None,
    set_id: str = "side-1",
    plan_id: str = PLAN,
    title: str = "103 年度／主餐＋窈窕精緻餐",
    cap: int | None = CAP,
) -> LeaveGrant | None:
    line = LeaveGrant(
        employee_id=employee_id,
        day=day,
        hours=hours,
        title=title,
        first_day=first_day or day,
        expires=expires,
        plan_id=plan_id,
        set_id=set_id,
        completed_on=first_day or day,
        clause="陸、六（四）2（1）",
        document_number="KH-103-000001",
    )
    with office.store.writing("登錄補休核給") as writer:
        stored, _ = enter_grant(writer, line, cap)
    return stored


def ledger(office: Office, employee_id: str = YU) -> PersonLedger:
    with office.store.reading() as reader:
        return PersonLedger(reader.ledger(employee_id))


def last(office: Office, employee_id: str = YU) -> Entry:
    return ledger(office, employee_id).entries[-1]
