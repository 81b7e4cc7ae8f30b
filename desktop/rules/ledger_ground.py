"""Whether what the ledger granted still stands on a verdict, after facts moved under it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.ledger import LeaveGrant, TransferIn
from desktop.domain.plan import Combination, Plan
from desktop.domain.verdicts import Grant, PersonVerdict
from desktop.rules.ledger import PersonLedger


@dataclass(frozen=True, slots=True)
class LostGround:
    """Grants of one person and set that the verdict of today does not carry.

    Attributes:
        set_id: The set they are booked under.
        lines: The grants that stand, as entered.
        verdict_hours: What the verdict comes to for the set.
        hours_over: Hours granted beyond that; 0 where only the days of use differ.
        grant: What the verdict grants for the set, None for nothing.
    """

    set_id: str
    lines: tuple[LeaveGrant, ...]
    verdict_hours: int
    hours_over: int
    grant: Grant | None

    @property
    def held(self) -> int:
        """Hours granted here and not reversed."""
        return sum(line.hours for line in self.lines)


def lost_grounds(
    plan: Plan, verdict: PersonVerdict, ledger: PersonLedger
) -> tuple[LostGround, ...]:
    """What the ledger granted under a plan and the verdict no longer gives, in the order entered.

    Only what this office granted: for hours brought along another office's verdict answers. Where
    the best of several rules counts, or the cap is reached, a grant under another set than today's
    is no loss as long as the whole comes to the same.

    Args:
        plan: The plan.
        verdict: The person's, of today.
        ledger: The person's lines.
    """
    leave = plan.compensatory_leave
    if leave is None:
        return ()
    held: dict[str, list[LeaveGrant]] = {}
    for line in ledger.grants:
        is_own = line.plan_id == plan.id and not isinstance(line, TransferIn)
        if is_own and not ledger.is_reversed(line):
            held.setdefault(line.set_id, []).append(line)
    given = verdict.leave.hours
    whole = sum(line.hours for lines in held.values() for line in lines) - given
    is_shifted = leave.combination is Combination.BEST or (
        leave.cap_hours is not None and given >= leave.cap_hours
    )
    found = []
    for set_id, lines in held.items():
        mine = [grant for grant in verdict.leave.grants if grant.set_id == set_id]
        hours = sum(grant.hours for grant in mine)
        over = sum(line.hours for line in lines) - hours
        loss = min(over, whole) if is_shifted else over
        if loss > 0 or (mine and over == 0 and not _share_days(lines, mine)):
            last = max(mine, key=lambda grant: grant.completed_on, default=None)
            found.append(LostGround(set_id, tuple(lines), hours, max(loss, 0), last))
    return tuple(found)


def _share_days(lines: list[LeaveGrant], grants: list[Grant]) -> bool:
    """Whether any line may be used between the days of a grant.

    One is enough: a tier that was reached later moves the days of the whole grant, and leaves
    those of what was entered before.
    """
    days = {(grant.first_day, grant.expires) for grant in grants}
    return any((line.first_day, line.expires) in days for line in lines)
