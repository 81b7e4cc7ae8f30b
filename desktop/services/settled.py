"""Whether verdicts and steps are kept as they would be found today: then nobody need look again.

Judging tens of thousands of people and comparing what is kept takes seconds. Everything that goes
into it lies in the store, where each change moves the audit trail on, or comes with the program.
"""

from __future__ import annotations

from desktop import __version__
from desktop.domain.plan import Plan
from desktop.rules.fingerprints import fingerprint
from desktop.services.facts import has_quota
from desktop.services.office import Office
from desktop.store.values import StoreHead


def head_of(office: Office) -> StoreHead:
    """How far the store's trail goes now."""
    with office.store.reading() as reader:
        return reader.head()


def mark_of(office: Office, plan_id: str) -> str:
    """What an evaluation under a plan would stand on now, in one word.

    Raises:
        PlanUnknownError: When nobody knows the plan.
        TomlProblemsError: When the plan in force under it has mistakes.
    """
    with office.store.reading() as reader:
        head = reader.head()
        plan = office.plan(reader, plan_id)
        _, agency_version = office.agency(reader)
        _, calendar_version = office.calendar(reader)
    day = office.clock().date() if _moves_with_the_day(plan) else None
    return fingerprint(
        __version__,
        head.store_id,
        head.seq,
        head.hash,
        plan.id,
        plan.version,
        agency_version,
        calendar_version,
        day,
    )


def _moves_with_the_day(plan: Plan) -> bool:
    """Whether the outcome may be another one tomorrow: heads are counted on the day itself."""
    return has_quota(plan) or any(award.headcount_on is None for award in plan.unit_awards)


def settle(office: Office, plan_id: str, *, before: StoreHead, acts: int, waiting: int) -> None:
    """Remember that everything is kept, or that it is not known to be.

    Args:
        office: The open office.
        plan_id: The plan evaluated under.
        before: How far the trail went before the evaluation read anything.
        acts: How many acts keeping its outcome took.
        waiting: How many verdicts would differ and wait for the clerk.
    """
    mark = mark_of(office, plan_id)
    # Anything somebody else wrote meanwhile may or may not have been seen.
    is_alone = head_of(office).seq == before.seq + acts
    if is_alone and not waiting:
        office.settled[plan_id] = mark
    else:
        office.settled.pop(plan_id, None)


def settled_mark(office: Office, plan_id: str) -> str:
    """What is to be remembered until the next start; empty while something waits or is unknown."""
    return office.settled.get(plan_id, "")


def is_settled(office: Office, plan_id: str, mark: str) -> bool:
    """Whether nothing at all has changed since everything was kept.

    Args:
        office: The open office.
        plan_id: The plan.
        mark: As ``settled_mark`` gave it, perhaps long ago; empty is never settled.
    """
    return bool(mark) and mark == mark_of(office, plan_id)
