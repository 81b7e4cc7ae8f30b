"""Lines of the ledger for the store's tests."""

from __future__ import annotations

from datetime import date, datetime

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
from desktop.store import Writer

OWNER = "A0012"
GRANTED = date(2025, 4, 11)
FIRST_DAY = date(2025, 3, 29)
EXPIRES = date(2027, 3, 28)


def a_grant(*, hours: int = 4, employee_id: str = OWNER) -> LeaveGrant:
    return LeaveGrant(
        employee_id=employee_id,
        day=GRANTED,
        hours=hours,
        title="114 年度／市政議題訓練",
        plan_id="kaohsiung-114",
        set_id="city",
        completed_on=date(2025, 3, 28),
        first_day=FIRST_DAY,
        expires=EXPIRES,
        clause="陸、五",
        document_number="KH-114-000137",
    )


def a_use(grant: str, *, hours: int = 2, day: date = date(2025, 5, 2)) -> Use:
    return Use(
        employee_id=OWNER,
        day=day,
        hours=hours,
        grant=grant,
        start=datetime(2025, 5, 2, 13, 30),
        end=datetime(2025, 5, 2, 15, 30),
        reason="返鄉",
        document_number="假單 0502",
        source="A0012|personal_leave|公假補休",
    )


def one_of_each(writer: Writer) -> tuple[Entry, ...]:
    """A line of every kind, in the order entered."""
    granted = writer.add_to_ledger(a_grant())
    used = writer.add_to_ledger(a_use(granted.id))
    back = writer.add_to_ledger(
        Reversal(
            employee_id=OWNER, day=date(2025, 5, 5), hours=2, reverses=used.id, reason="登錯人"
        )
    )
    advance = writer.add_to_ledger(
        AdvanceUse(
            employee_id=OWNER,
            day=date(2025, 4, 1),
            hours=1,
            plan_id="kaohsiung-114",
            consented_by="林主任",
            consented_on=date(2025, 3, 31),
            evidence_due=date(2025, 5, 1),
            clause="附件2 注意事項 5",
        )
    )
    paid = writer.add_to_ledger(
        Settlement(
            employee_id=OWNER,
            day=GRANTED,
            hours=1,
            grant=granted.id,
            advance=advance.id,
            reason="抵充 114-04-01 先行補休",
        ),
        bundle=granted.bundle,
    )
    moved = writer.add_to_ledger(
        TransferOut(
            employee_id=OWNER,
            day=date(2025, 6, 1),
            hours=3,
            grant=granted.id,
            other_agency="鹽埕區公所",
        )
    )
    came = writer.add_to_ledger(
        TransferIn(
            employee_id="A0007",
            day=date(2025, 6, 2),
            hours=5,
            title="113 年度數位學習",
            first_day=date(2024, 6, 21),
            expires=None,
            other_agency="旗津區公所",
            used_elsewhere=3,
        )
    )
    return (granted, used, back, advance, paid, moved, came)
