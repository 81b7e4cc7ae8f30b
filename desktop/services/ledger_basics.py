"""What the acts on the leave ledger share: refusals, people, words, dates."""

from __future__ import annotations

from datetime import date, datetime, time

from desktop.domain.changes import Area
from desktop.domain.ledger import LeaveGrant
from desktop.domain.moments import roc_date, roc_year
from desktop.domain.people import Person
from desktop.domain.plan import CompensatoryLeave, Plan
from desktop.rules.ledger import PersonLedger
from desktop.store import Reader

LEDGER_AREAS = frozenset({Area.LEDGER})
USUAL_KIND = "公假補休"
USUAL_REASON = "利用公餘時間參與數位學習"


class LedgerRefusedError(ValueError):
    """An act on the ledger cannot be; its text is for the clerk, and nothing was entered."""


def ledger_of(reader: Reader, employee_id: str) -> PersonLedger:
    """The lines of one person, good in the reader's transaction."""
    return PersonLedger(reader.ledger(employee_id))


def person_in(reader: Reader, employee_id: str) -> Person:
    """A person known to the office, though no longer on the roster.

    Raises:
        LedgerRefusedError: When nobody has that id.
    """
    person = reader.person(employee_id)
    if person is None:
        raise LedgerRefusedError(
            f"名冊沒有人員代號「{employee_id}」，沒有登錄；請先匯入有這個人的名冊。"
        )
    return person


def leave_of(plan: Plan) -> CompensatoryLeave:
    """The leave a plan gives.

    Raises:
        LedgerRefusedError: When it gives none.
    """
    if plan.compensatory_leave is None:
        raise LedgerRefusedError(f"計畫「{plan.short_title}」沒有補休，沒有登錄；請改選別的計畫。")
    return plan.compensatory_leave


def whole_hours(hours: int) -> int:
    """The hours, when they are at least one.

    Raises:
        LedgerRefusedError: When they are not.
    """
    if hours < 1:
        raise LedgerRefusedError(f"時數「{hours}」不對，沒有登錄；請填 1 以上的整數。")
    return hours


def reason_words(reason: str) -> str:
    """A reason without blanks around it.

    Raises:
        LedgerRefusedError: When there is none.
    """
    words = reason.strip()
    if not words:
        raise LedgerRefusedError("請先寫理由，沒有登錄；理由會記在補休帳和稽核紀錄。")
    return words


def validity_words(grant: LeaveGrant) -> str:
    """When a grant may be used: ``114-03-29 至 116-03-28``."""
    last = f" 至 {roc_date(grant.expires)}" if grant.expires is not None else " 起，無期限"
    return f"{roc_date(grant.first_day)}{last}"


def expiry_words(expires: date | None) -> str:
    """A last day of use: ``116-03-28 到期`` or ``無期限``."""
    return f"{roc_date(expires)} 到期" if expires is not None else "無期限"


def grant_title(year: int, title: str) -> str:
    """What a grant is called on screen and paper: ``114 年度／政策能力訓練``."""
    return f"{year} 年度／{title}"


def year_of(day: date) -> int:
    """The ROC year of a day."""
    return roc_year(day)


def moment_on(day: date, at: time | None) -> datetime | None:
    """A time of day on a date, None without a time."""
    return None if at is None else datetime.combine(day, at)
