"""The leave ledger as the window shows it: the office's list, a person's card, what lapses."""

from __future__ import annotations

from datetime import date

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
from desktop.domain.moments import Span, roc_date
from desktop.domain.people import Person
from desktop.rules.ledger import PersonLedger
from desktop.rules.ledger_lines import CardLine, card_lines
from desktop.services.amount_words import span_words
from desktop.services.ledger_basics import USUAL_KIND, person_in, validity_words
from desktop.services.ledger_used import ledgers_of
from desktop.services.ledger_using import booked_balance
from desktop.services.ledger_view_values import (
    ExpiringLine,
    GrantView,
    LedgerCard,
    LedgerPerson,
    LineView,
    OwedView,
)
from desktop.services.office import Office
from desktop.store import Reader

LAPSED = "到期"


def ledger_people(office: Office, *, as_of: date | None = None) -> tuple[LedgerPerson, ...]:
    """Everybody on the roster and everybody with a line, in roster order, those gone last."""
    day = as_of or office.clock().date()
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
        people = reader.people()
        on_roster = {person.employee_id for person in people}
        gone = [
            person
            for owner in sorted(ledgers.keys() - on_roster)
            if (person := reader.person(owner)) is not None
        ]
    return tuple(
        _listed(
            person,
            ledgers.get(person.employee_id, PersonLedger(())),
            day,
            is_on_roster=person.employee_id in on_roster,
        )
        for person in (*people, *gone)
    )


def _listed(person: Person, ledger: PersonLedger, day: date, *, is_on_roster: bool) -> LedgerPerson:
    views = [_grant_view(ledger, grant, day, 0) for grant in ledger.by_expiry]
    standing = [view for view in views if not view.is_reversed]
    expiry, hours = next_expiry(ledger, day)
    owed = ledger.owed()
    return LedgerPerson(
        employee_id=person.employee_id,
        name=person.name,
        unit=person.unit,
        title=person.title,
        granted=sum(view.granted for view in standing),
        used=sum(view.used for view in standing),
        expired=sum(view.expired for view in standing),
        remaining=booked_balance(ledger, day),
        next_expiry=expiry,
        next_hours=hours,
        days_left=None if expiry is None else (expiry - day).days,
        owed_hours=sum(left for _, left in owed),
        owed_by=min((advance.evidence_due for advance, _ in owed), default=None),
        has_lines=bool(ledger.entries),
        is_on_roster=is_on_roster,
    )


def next_expiry(ledger: PersonLedger, day: date) -> tuple[date | None, int]:
    """The day on which hours lapse next, and how many, everything entered taken off."""
    lapsing: dict[date, int] = {}
    for grant in ledger.grants:
        if grant.expires is None or grant.has_expired_on(day):
            continue
        left = ledger.unspoken_of(grant, max(day, grant.day))
        if left > 0:
            lapsing[grant.expires] = lapsing.get(grant.expires, 0) + left
    if not lapsing:
        return None, 0
    first = min(lapsing)
    return first, lapsing[first]


def ledger_card(office: Office, employee_id: str, *, as_of: date | None = None) -> LedgerCard:
    """One person's card on a day; today unless given.

    Raises:
        LedgerRefusedError: When nobody has that id.
    """
    day = as_of or office.clock().date()
    with office.store.reading() as reader:
        person = person_in(reader, employee_id)
        ledger = PersonLedger(reader.ledger(employee_id))
        kind = registered_kind(office, reader)
    standings = [(grant, ledger.standing(grant, day)) for grant in ledger.grants]
    numbers = grant_numbers(ledger)
    expiry, hours = next_expiry(ledger, day)
    balance = ledger.balance_on(day)
    return LedgerCard(
        person=person,
        as_of=day,
        granted=sum(s.granted for _, s in standings),
        used=sum(s.used + s.settled + s.moved_out for _, s in standings),
        expired=sum(s.expired for _, s in standings),
        balance=balance,
        planned=balance
        - sum(
            ledger.unspoken_of(grant, day)
            for grant in ledger.grants
            if grant.day <= day and not grant.has_expired_on(day)
        ),
        next_expiry=expiry,
        next_hours=hours,
        days_left=None if expiry is None else (expiry - day).days,
        grants=tuple(_grant_view(ledger, g, day, numbers[g.id]) for g in ledger.by_expiry),
        lines=tuple(
            _line_view(ledger, line, numbers, kind) for line in card_lines(ledger, lapsed_by=day)
        ),
        owed=owed_views(person, ledger, day),
    )


def registered_kind(office: Office, reader: Reader) -> dict[str, str]:
    """What the attendance system calls each plan's leave, by plan id."""
    return {
        plan.id: plan.compensatory_leave.registered_as or USUAL_KIND
        for plan in office.all_plans(reader)
        if plan.compensatory_leave is not None
    }


def grant_numbers(ledger: PersonLedger) -> dict[str, int]:
    """The number of each grant on the card: its place in the order entered."""
    return {grant.id: number for number, grant in enumerate(ledger.grants, start=1)}


def _grant_view(ledger: PersonLedger, grant: LeaveGrant, day: date, number: int) -> GrantView:
    is_reversed = ledger.is_reversed(grant)
    has_expired = grant.has_expired_on(day)
    left = 0 if is_reversed else ledger.unspoken_of(grant, max(day, grant.day))
    return GrantView(
        entry_id=grant.id,
        number=number,
        title=grant.title,
        granted=grant.hours,
        used=0 if is_reversed else grant.hours - left,
        expired=left if has_expired else 0,
        balance=0 if has_expired else left,
        expires=grant.expires,
        validity=validity_words(grant),
        is_reversed=is_reversed,
    )


def _line_view(
    ledger: PersonLedger, line: CardLine, numbers: dict[str, int], kinds: dict[str, str]
) -> LineView:
    entry = line.entry
    number = str(numbers[line.grant.id]) if line.grant is not None else ""
    if entry is None:
        title = line.grant.title if line.grant is not None else ""
        return LineView(
            entry_id="",
            kind="lapsed",
            word=LAPSED,
            day=line.day,
            words=f"{title}{'未用完' if line.change < 0 else '核給沖銷，不計到期'}",
            change=line.change,
            hours=abs(line.change),
            balance=line.balance,
            document_number="",
            grant_number=number,
            is_reversed=False,
            can_be_reversed=False,
            recorded="",
        )
    is_reversed = ledger.is_reversed(entry)
    return LineView(
        entry_id=entry.id,
        kind=entry.kind.value,
        word=entry.kind.word,
        day=line.day,
        words=line_words(ledger, entry, kinds),
        change=line.change,
        hours=entry.hours,
        balance=line.balance,
        document_number=entry.document_number,
        grant_number=number,
        is_reversed=is_reversed,
        can_be_reversed=not is_reversed and not isinstance(entry, Reversal | Settlement),
        recorded=f"{roc_date(entry.recorded_at.date())} {entry.recorded_at:%H:%M} "
        f"{entry.recorded_by} 登錄",
    )


def line_words(ledger: PersonLedger, entry: Entry, kinds: dict[str, str]) -> str:
    """What a line was, in words.

    Args:
        ledger: The person's lines.
        entry: One of them.
        kinds: What the attendance system calls each plan's leave.
    """
    match entry:
        case TransferIn():
            return f"{entry.title}，自{entry.other_agency}轉入"
        case LeaveGrant():
            done = f"，{entry.completed_on:%m-%d} 完成" if entry.completed_on is not None else ""
            return f"{entry.title}{done}"
        case Use():
            grant = ledger.by_id[entry.grant]
            plan_id = grant.plan_id if isinstance(grant, LeaveGrant) else ""
            times = ""
            if entry.start is not None and entry.end is not None:
                times = f" {span_words(Span(entry.start, entry.end), beside=entry.day)}"
            said = f"：{entry.reason}" if entry.reason else ""
            return f"{kinds.get(plan_id, USUAL_KIND)}{times}{said}"
        case Settlement():
            return entry.reason
        case TransferOut():
            return f"轉出至{entry.other_agency}"
        case AdvanceUse():
            return f"{entry.consented_by}同意，{roc_date(entry.evidence_due)} 前補證明"
        case Reversal():
            before = ledger.by_id[entry.reverses]
            return f"沖銷 {before.day:%m-%d} {before.kind.word} {before.hours} 時：{entry.reason}"


def owed_views(person: Person, ledger: PersonLedger, day: date) -> tuple[OwedView, ...]:
    """What one person used in advance and no grant has paid for."""
    return tuple(
        OwedView(
            entry_id=advance.id,
            employee_id=person.employee_id,
            name=person.name,
            unit=person.unit,
            day=advance.day,
            hours=left,
            consented_by=advance.consented_by,
            evidence_due=advance.evidence_due,
            days_left=(advance.evidence_due - day).days,
        )
        for advance, left in ledger.owed()
    )


def owed_evidence(office: Office, *, as_of: date | None = None) -> tuple[OwedView, ...]:
    """Every advance use whose evidence is owed, the earliest day first."""
    day = as_of or office.clock().date()
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
        people = [(person_in(reader, owner), ledger) for owner, ledger in ledgers.items()]
    found = [view for person, ledger in people for view in owed_views(person, ledger, day)]
    return tuple(sorted(found, key=lambda view: (view.evidence_due, view.employee_id)))


def expiring(
    office: Office, within_days: int, *, as_of: date | None = None
) -> tuple[ExpiringLine, ...]:
    """Hours that lapse within so many days, the first to lapse first.

    Args:
        office: The open office.
        within_days: 30, 60, 90 …
        as_of: From which day on; today unless given.
    """
    day = as_of or office.clock().date()
    with office.store.reading() as reader:
        ledgers = ledgers_of(reader.ledger())
        people = {owner: person_in(reader, owner) for owner in ledgers}
    found = []
    for owner, ledger in ledgers.items():
        for grant in ledger.by_expiry:
            if grant.expires is None or not day <= grant.expires:
                continue
            left = ledger.unspoken_of(grant, max(day, grant.day))
            days_left = (grant.expires - day).days
            if left > 0 and days_left <= within_days:
                person = people[owner]
                found.append(
                    ExpiringLine(
                        owner,
                        person.name,
                        person.unit,
                        grant.title,
                        left,
                        grant.expires,
                        days_left,
                    )
                )
    return tuple(sorted(found, key=lambda line: (line.expires, line.unit, line.employee_id)))
