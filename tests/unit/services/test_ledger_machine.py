"""Any sequence of acts on the ledger against a naive replay, hour by hour and day by day."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from desktop.domain.ledger import TransferOut, Use
from desktop.services.ledger_basics import LedgerRefusedError
from desktop.services.ledger_moving import transfer_in, transfer_out
from desktop.services.ledger_reversing import reverse_entry
from desktop.services.ledger_using import preview_use, record_advance_use, record_use
from desktop.services.ledger_views import ledger_card
from desktop.services.office import Office
from desktop.services.state_export import export_state
from desktop.services.undoing import redo, undo
from tests.unit.services.ledgers import CAP, PLAN, YU, SetClock, grant, ledger, ledger_office

FIRST = date(2014, 1, 1)
SPAN = 420
HORIZON = SPAN + 40


@dataclass
class Held:
    """A grant of the replay: what is left of it on every day, written out."""

    place: int
    hours: int
    starts: int
    usable: int
    expires: int
    left: list[int]
    is_gone: bool = False
    used_elsewhere: int = 0
    id: str = ""


@dataclass
class Act:
    """An act of the replay that can be taken back."""

    kind: str
    day: int
    parts: list[tuple[Held, int]]
    entry_id: str
    is_back: bool = False
    settled: list[tuple[Held, int, int]] = field(default_factory=list)
    hours: int = 0


def take(held: Held, hours: int, day: int) -> None:
    for one in range(max(day, 0), HORIZON):
        held.left[one] -= hours


DAYS = st.integers(0, SPAN - 1)
HOURS = st.integers(1, 6)
THEN = st.sampled_from(("", "", "back", "and again"))


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ledger-"))
        self.office: Office
        self.clock: SetClock
        self.held: list[Held] = []
        self.acts: list[Act] = []
        self.undone: list[tuple[Act, list[tuple[Held, int, int]]]] = []

    @initialize()
    def open(self) -> None:
        self.office, self.clock = ledger_office(self.folder)
        # Everything may be entered: the last day of the play is today.
        self.clock.now = datetime.combine(FIRST + timedelta(days=SPAN), datetime.min.time())

    def teardown(self) -> None:
        try:
            assert self.office.store.verify() == ()
        finally:
            self.office.close()
            shutil.rmtree(self.folder)

    @staticmethod
    def day(number: int) -> date:
        return FIRST + timedelta(days=number)

    # ------------------------------------------------------------------------------ replay
    def counted(self) -> int:
        total = 0
        for held in self.held:
            if not held.is_gone:
                total += held.hours + held.used_elsewhere
        for act in self.acts:
            if act.is_back:
                continue
            if act.kind == "out":
                total -= sum(hours for held, hours in act.parts)
            if act.kind == "advance":
                total += act.hours - sum(hours for _, hours, _ in act.settled)
        return total

    def offered(self, day: int) -> list[tuple[Held, int]]:
        found = []
        for held in sorted(self.held, key=lambda h: (h.expires, h.starts, h.place)):
            if held.usable <= day <= held.expires:
                found.append((held, min(held.left[day:])))
        return found

    # ------------------------------------------------------------------------------- rules
    @rule(day=DAYS, hours=HOURS, lag=st.integers(0, 20), length=st.integers(0, 200))
    def granting(self, day: int, hours: int, lag: int, length: int) -> None:
        first, expires = max(day - lag, 0), max(day - lag, 0) + length
        payable: list[tuple[Act, int]] = []
        left = hours
        owing = [a for a in self.acts if a.kind == "advance" and not a.is_back]
        for act in sorted(owing, key=lambda a: a.day):
            owed = act.hours - sum(h for _, h, _ in act.settled)
            paid = min(owed, left) if first <= act.day <= expires else 0
            if paid:
                payable.append((act, paid))
                left -= paid
        fits = min(hours, CAP - self.counted() + sum(paid for _, paid in payable))
        stored = grant(
            self.office,
            day=self.day(day),
            first_day=self.day(first),
            hours=hours,
            expires=self.day(expires),
        )
        assert (stored.hours if stored is not None else 0) == max(fits, 0)
        if stored is None:
            return
        held = Held(
            len(self.held),
            fits,
            first,
            max(day, first),
            expires,
            [fits if one >= day else 0 for one in range(HORIZON)],
            id=stored.id,
        )
        self.held.append(held)
        self.acts.append(Act("grant", day, [(held, fits)], stored.id))
        left = fits
        for act, paid in payable:
            paid = min(paid, left)
            if paid:
                left -= paid
                take(held, paid, day)
                act.settled.append((held, paid, day))

    @rule(day=DAYS, hours=HOURS, near=st.integers(0, 10_000), then=THEN)
    def using(self, day: int, hours: int, near: int, then: str) -> None:
        if self.held and near % 3:
            # A day on which a grant may be used; any day at all hardly ever is one.
            granted = self.held[near % len(self.held)]
            day = min(granted.usable + near % 40, max(granted.expires, granted.usable), SPAN - 1)
        offered = self.offered(day)
        free = sum(hours for _, hours in offered)
        shown = preview_use(self.office, YU, self.day(day), hours)
        assert shown.free == free
        assert shown.short == max(hours - free, 0)
        if free < hours:
            try:
                record_use(self.office, YU, self.day(day), hours)
            except LedgerRefusedError:
                return
            raise AssertionError("used what was not there")
        record_use(self.office, YU, self.day(day), hours)
        parts, missing = [], hours
        for held, there in offered:
            taken = min(there, missing)
            if taken:
                parts.append((held, taken))
                take(held, taken, day)
                missing -= taken
        entries = ledger(self.office).entries[-len(parts) :]
        # Each used hour points at its grant, the first to expire first.
        assert [(e.grant, e.hours) for e in entries if isinstance(e, Use)] == [
            (held.id, taken) for held, taken in parts
        ]
        self.acts.append(Act("use", day, parts, entries[0].id))
        self.go_on(then)

    @rule(day=DAYS, hours=HOURS, then=THEN)
    def using_in_advance(self, day: int, hours: int, then: str) -> None:
        is_refused = (
            sum(there for _, there in self.offered(day)) > 0 or self.counted() + hours > CAP
        )
        try:
            record_advance_use(
                self.office,
                PLAN,
                YU,
                self.day(day),
                hours,
                consented_by="林主任",
                consented_on=self.day(day),
            )
        except LedgerRefusedError:
            assert is_refused
            return
        assert not is_refused
        entry = ledger(self.office).entries[-1]
        self.acts.append(Act("advance", day, [], entry.id, hours=hours))
        self.go_on(then)

    def go_on(self, then: str) -> None:
        """Undo and redo at once: by rules of their own they would hardly ever come together."""
        self.undone.clear()
        state = export_state(self.office)
        if then:
            self.go_back()
        if then == "and again":
            self.doing_again()
            assert export_state(self.office) == state

    @rule(day=DAYS)
    def moving_away(self, day: int) -> None:
        parts = [
            (held, min(held.left[day:]))
            for held in sorted(self.held, key=lambda h: (h.expires, h.starts, h.place))
            if held.expires >= day and held.left[day] > 0 and min(held.left[day:]) > 0
        ]
        try:
            transfer_out(self.office, YU, self.day(day), other_agency="鹽埕區公所")
        except LedgerRefusedError:
            assert not parts
            return
        assert parts
        entries = ledger(self.office).entries[-len(parts) :]
        assert [e.hours for e in entries if isinstance(e, TransferOut)] == [h for _, h in parts]
        for held, hours in parts:
            take(held, hours, day)
        self.acts.append(Act("out", day, parts, entries[0].id))

    @rule(day=DAYS, hours=HOURS, used=st.integers(0, 3), length=st.integers(0, 200))
    def moving_in(self, day: int, hours: int, used: int, length: int) -> None:
        first, expires = max(day - 30, 0), day + length
        is_refused = self.counted() + hours + used > CAP
        try:
            transfer_in(
                self.office,
                YU,
                self.day(day),
                hours,
                title="103 年度／主餐＋幸福嚴選餐",
                first_day=self.day(first),
                expires=self.day(expires),
                other_agency="旗津區公所",
                plan_id=PLAN,
                used_elsewhere=used,
            )
        except LedgerRefusedError:
            assert is_refused
            return
        assert not is_refused
        entry = ledger(self.office).entries[-1]
        held = Held(
            len(self.held),
            hours,
            first,
            day,
            expires,
            [hours if one >= day else 0 for one in range(HORIZON)],
            used_elsewhere=used,
            id=entry.id,
        )
        self.held.append(held)
        self.acts.append(Act("grant", day, [(held, hours)], entry.id))

    @precondition(lambda self: self.acts)
    @rule(choice=st.integers(0, 10_000), day=DAYS)
    def reversing(self, choice: int, day: int) -> None:
        act = self.acts[choice % len(self.acts)]
        is_refused = act.is_back
        if act.kind == "grant":
            (granted, _) = act.parts[0]
            is_refused |= any(
                not one.is_back and one.kind in ("use", "out") and held is granted
                for one in self.acts
                for held, _ in one.parts
            )
        if act.kind == "out" and not act.is_back:
            is_refused = self.counted() + sum(h for _, h in act.parts) > CAP
        try:
            reverse_entry(self.office, act.entry_id, reason="登錯", day=self.day(day))
        except LedgerRefusedError:
            assert is_refused
            return
        assert not is_refused
        self.take_back(act, day)

    def take_back(self, act: Act, day: int) -> None:
        act.is_back = True
        if act.kind in ("use", "out"):
            for held, hours in act.parts:
                take(held, -hours, max(day, act.day))
        elif act.kind == "advance":
            back = max([day, act.day, *(on for _, _, on in act.settled)])
            for held, hours, _ in act.settled:
                take(held, -hours, back)
            act.settled = []
        else:
            (held, _) = act.parts[0]
            held.is_gone = True
            for one in self.acts:
                one.settled = [paid for paid in one.settled if paid[0] is not held]
            # Whatever was left from the reversal on is gone; before it stays as it was.
            reversal = ledger(self.office).reversals[act.entry_id]
            begin = (reversal.day - FIRST).days
            assert begin >= max(day, act.day)
            for one_day in range(begin, HORIZON):
                held.left[one_day] = 0

    @precondition(
        lambda self: any(a.kind in ("use", "advance") and not a.is_back for a in self.acts)
    )
    @rule()
    def undoing(self) -> None:
        self.go_back()

    def go_back(self) -> None:
        change = undo(self.office)
        if change is None:
            return
        steps = [act for act in self.acts if act.kind in ("use", "advance")]
        undone = [act for act in steps if act.entry_id in ledger(self.office).reversals]
        for act in undone:
            if not act.is_back:
                self.undone.append((act, list(act.settled)))
                self.take_back(act, act.day)

    @precondition(lambda self: self.office.redo_steps)
    @rule()
    def doing_again_later(self) -> None:
        self.doing_again()

    def doing_again(self) -> None:
        act, settled = self.undone[-1]
        if act.kind == "use":
            parts, missing = [], sum(h for _, h in act.parts)
            for held, there in self.offered(act.day):
                taken = min(there, missing)
                if taken:
                    parts.append((held, taken))
                    missing -= taken
            is_refused = missing > 0
        else:
            parts = []
            settled = [one for one in settled if not one[0].is_gone]
            paid = sum(hours for _, hours, _ in settled)
            is_refused = (
                sum(there for _, there in self.offered(act.day)) > paid
                or self.counted() - paid + act.hours > CAP
                or any(min(held.left[day:]) < hours for held, hours, day in settled)
            )
        before = len(ledger(self.office).entries)
        try:
            redo(self.office)
        except LedgerRefusedError:
            assert is_refused
            assert len(ledger(self.office).entries) == before
            return
        assert not is_refused
        self.undone.pop()
        again = Act(
            act.kind, act.day, parts, ledger(self.office).entries[before].id, hours=act.hours
        )
        for held, hours in parts:
            take(held, hours, act.day)
        if act.kind == "advance":
            for held, hours, day in settled:
                take(held, hours, day)
            again.settled = settled
        self.acts.append(again)

    @invariant()
    def what_can_be_done_again_is_known(self) -> None:
        if not self.office.redo_steps:
            self.undone.clear()
        assert len(self.office.redo_steps) == len(self.undone)

    # -------------------------------------------------------------------------- invariants
    @invariant()
    def balances_are_those_of_the_replay(self) -> None:
        book = ledger(self.office)
        for number in range(0, HORIZON, 7):
            day = self.day(number)
            expected = sum(h.left[number] for h in self.held if h.expires >= number)
            lapsed = sum(h.left[number] for h in self.held if h.expires < number)
            assert book.balance_on(day) == expected
            assert book.expired_on(day) == lapsed
            assert expected >= 0
            assert lapsed >= 0

    @invariant()
    def no_day_of_any_grant_is_overdrawn(self) -> None:
        assert all(0 <= left <= h.hours for h in self.held for left in h.left)

    @invariant()
    def cap_holds(self) -> None:
        book = ledger(self.office)
        assert book.counted_for_cap(PLAN) == self.counted() <= CAP

    @invariant()
    def card_ends_with_the_balance(self) -> None:
        day = self.day(SPAN)
        card = ledger_card(self.office, YU, as_of=day)
        assert all(line.balance >= 0 for line in card.lines)
        assert card.granted == card.used + card.expired + card.balance
        if card.lines:
            assert card.lines[-1].balance == card.remaining


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(
    max_examples=20,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
