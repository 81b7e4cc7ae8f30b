"""Grants and forms whose ground has gone: shown as such, never silently kept or newly booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop.domain.ledger import LeaveGrant, TransferIn
from desktop.domain.plan import Combination, Plan
from desktop.domain.verdicts import BenefitState, Grant, LeaveVerdict, PersonVerdict
from desktop.rules.ledger import PersonLedger
from desktop.rules.ledger_ground import lost_grounds
from desktop.services.case_following import keep_stale, keep_verdicts
from desktop.services.case_stamping import mark_stamped
from desktop.services.issuing import issue_forms
from desktop.services.ledger_basics import LedgerRefusedError
from desktop.services.ledger_candidates import grant_candidates
from desktop.services.ledger_granting import register_grants
from desktop.services.ledger_ground import lost_ground
from desktop.services.ledger_reversing import reverse_entry
from desktop.services.office import Office
from desktop.services.overview import LOST, NextThing, overview
from desktop.services.stale_verdicts import stale
from desktop.services.verifying import evaluate_everybody
from tests.unit.services.ledgers import last, ledger
from tests.unit.services.test_cases import make_day_off

PLAN = "kaohsiung-114"
WHO = "A0011"
SATURDAY = date(2025, 3, 15)  # 雙軸轉型 was taken then


def registered(office: Office, *sets: str) -> list[str]:
    keep_verdicts(office, PLAN)
    keys = [f"{WHO}/{set_id}" for set_id in sets]
    numbers = issue_forms(office, PLAN, keys, with_stamp=False).numbers
    mark_stamped(office, PLAN, numbers)
    register_grants(office, PLAN, keys)
    return list(numbers)


def states(office: Office) -> dict[str, str]:
    return {one.key: one.state for one in grant_candidates(office, PLAN)}


def change_unit(office: Office) -> None:
    with office.store.writing("改單位") as writer:
        people = [
            replace(person, unit="秘書室") if person.employee_id == WHO else person
            for person in writer.people()
        ]
        writer.replace_roster(people, None)


def next_about(office: Office, words: str) -> NextThing | None:
    return next((t for t in overview(office, PLAN).next_things if words in t.title), None)


# ------------------------------------------------------------------------------------- grants
def test_grant_whose_whole_ground_is_gone_is_listed_as_more_than_the_verdict(
    sample: Office,
) -> None:
    registered(sample, "policy")
    assert lost_ground(sample, PLAN) == ()
    make_day_off(sample, SATURDAY, is_off=False)
    keep_stale(sample, PLAN)
    assert ledger(sample, WHO).granted_for(PLAN, "policy") == 4
    (candidate,) = [one for one in grant_candidates(sample, PLAN) if one.key == f"{WHO}/policy"]
    assert (candidate.state, candidate.is_ready) == ("帳上較多", False)
    assert (candidate.verdict_hours, candidate.registered_hours) == (0, 4)
    (view,) = lost_ground(sample, PLAN)
    assert (view.employee_id, view.lost.hours_over) == (WHO, 4)
    assert "「114 年度／政策能力訓練」已登錄 4 時" in view.sentence
    assert "現在的判定是 0 時" in view.sentence


def test_overview_names_the_grant_until_it_is_reversed(sample: Office) -> None:
    registered(sample, "policy")
    assert next_about(sample, "已登錄的補休") is None
    make_day_off(sample, SATURDAY, is_off=False)
    told = next_about(sample, "已登錄的補休")
    assert told is not None
    assert (told.title, told.page, told.thing) == ("1 人已登錄的補休和判定不同", "ledger", LOST)
    assert told.detail.startswith("多出 4 時")
    reverse_entry(sample, last(sample, WHO).id, reason="日曆修正")
    assert next_about(sample, "已登錄的補休") is None
    assert lost_ground(sample, PLAN) == ()


def test_ground_that_comes_back_is_told_no_longer(sample: Office) -> None:
    registered(sample, "policy")
    make_day_off(sample, SATURDAY, is_off=False)
    assert len(lost_ground(sample, PLAN)) == 1
    make_day_off(sample, SATURDAY)
    assert lost_ground(sample, PLAN) == ()
    assert states(sample)[f"{WHO}/policy"] == "已登錄"


def test_lost_grant_keeps_its_room_until_it_is_reversed(sample: Office) -> None:
    registered(sample, "policy")
    rest = [f"{WHO}/city", f"{WHO}/common"]
    mark_stamped(sample, PLAN, issue_forms(sample, PLAN, rest, with_stamp=False).numbers)
    make_day_off(sample, SATURDAY, is_off=False)
    register_grants(sample, PLAN, rest[:1])
    assert states(sample)[rest[1]] == "先更正帳上"
    with pytest.raises(LedgerRefusedError):
        register_grants(sample, PLAN, rest[1:])
    assert ledger(sample, WHO).granted_for(PLAN) == 8  # as the verdict has it
    lost = ledger(sample, WHO).grants[0]
    reverse_entry(sample, lost.id, reason="日曆修正")
    assert states(sample)[rest[1]] == "可登錄"
    register_grants(sample, PLAN, rest[1:])
    assert ledger(sample, WHO).granted_for(PLAN) == 8
    assert ledger(sample, WHO).granted_for(PLAN, "policy") == 0


def test_what_stands_on_a_verdict_is_told_before_it_is_agreed_to(sample: Office) -> None:
    registered(sample, "policy")
    city = issue_forms(sample, PLAN, [f"{WHO}/city"], with_stamp=False).numbers[0]
    make_day_off(sample, SATURDAY, is_off=False)
    rows = {row.employee_id: row.standing for row in stale(sample, PLAN)}
    assert rows.pop(WHO) == ("補休帳「114 年度／政策能力訓練」已登錄 4 時，現在判定 0 時",)
    assert set(rows.values()) == {()}
    assert city not in str(rows)


def test_printed_form_is_told_before_its_loss_is_agreed_to(sample: Office) -> None:
    keep_verdicts(sample, PLAN)
    number = issue_forms(sample, PLAN, [f"{WHO}/policy"], with_stamp=False).numbers[0]
    make_day_off(sample, SATURDAY, is_off=False)
    rows = {row.employee_id: row.standing for row in stale(sample, PLAN)}
    assert rows[WHO] == (f"申請表 {number} 已印出",)


# -------------------------------------------------------------------------------------- forms
def test_form_outdated_since_its_print_is_no_ground_for_a_grant(sample: Office) -> None:
    number = issue_forms(sample, PLAN, [f"{WHO}/policy"], with_stamp=False).numbers[0]
    assert states(sample)[f"{WHO}/policy"] == "可登錄"
    change_unit(sample)
    assert mark_stamped(sample, PLAN, [number]).stamped == ()
    assert states(sample)[f"{WHO}/policy"] == "申請表要重印"
    with pytest.raises(LedgerRefusedError, match="重印"):
        register_grants(sample, PLAN, [f"{WHO}/policy"])
    assert ledger(sample, WHO).entries == ()
    told = next_about(sample, "印出的申請表")
    assert told is not None
    assert (told.title, told.page) == ("1 份印出的申請表和判定不同", "forms")
    issue_forms(sample, PLAN, [f"{WHO}/policy"], with_stamp=False)
    assert states(sample)[f"{WHO}/policy"] == "可登錄"
    assert next_about(sample, "印出的申請表") is None


def test_form_stamped_before_the_unit_changed_is_ground_for_its_grant(sample: Office) -> None:
    number = issue_forms(sample, PLAN, [f"{WHO}/policy"], with_stamp=False).numbers[0]
    mark_stamped(sample, PLAN, [number])
    change_unit(sample)
    assert states(sample)[f"{WHO}/policy"] == "可登錄"
    assert len(register_grants(sample, PLAN, [f"{WHO}/policy"]).grants) == 1


def test_form_that_lost_its_ground_is_told_though_nothing_can_be_printed(sample: Office) -> None:
    issue_forms(sample, PLAN, [f"{WHO}/policy"], with_stamp=False)
    assert next_about(sample, "印出的申請表") is None
    make_day_off(sample, SATURDAY, is_off=False)
    told = next_about(sample, "印出的申請表")
    assert told is not None
    assert "依據已不足" in told.detail


# ----------------------------------------------------------------------- what counts as a loss
def line(set_id: str, hours: int, *, first: date = date(2025, 4, 1), seq: int = 1) -> LeaveGrant:
    return LeaveGrant(
        id=f"line-{seq}",
        seq=seq,
        employee_id=WHO,
        day=date(2025, 6, 1),
        hours=hours,
        title=set_id,
        first_day=first,
        expires=date(2027, 3, 31),
        plan_id=PLAN,
        set_id=set_id,
    )


def given(set_id: str, hours: int, *, first: date = date(2025, 4, 1)) -> Grant:
    return Grant(set_id, hours, first, first, date(2027, 3, 31))


BROUGHT = TransferIn(
    id="brought",
    employee_id=WHO,
    day=date(2025, 6, 1),
    hours=4,
    title="policy",
    first_day=date(2025, 4, 1),
    expires=None,
    plan_id=PLAN,
    set_id="policy",
    recorded_at=datetime(2025, 6, 1),
    other_agency="鹽埕區公所",
)
LATER = date(2025, 5, 1)


@pytest.mark.parametrize(
    ("rule", "lines", "grants", "lost"),
    [
        ("sum", [line("policy", 4)], [given("policy", 4)], []),
        ("sum", [line("policy", 4)], [], [("policy", 4)]),
        ("sum", [line("policy", 4)], [given("policy", 2)], [("policy", 2)]),
        ("sum", [line("policy", 2)], [given("policy", 4)], []),
        # The total is the same, yet one grant stands on nothing.
        ("sum", [line("policy", 4)], [given("city", 4)], [("policy", 4)]),
        ("best", [line("policy", 4)], [given("city", 4)], []),
        ("best", [line("policy", 4)], [given("city", 2)], [("policy", 2)]),
        # The cap cuts the last rule of the plan, whichever was granted first.
        ("sum", [line("common", 12)], [given("policy", 8), given("city", 4)], []),
        # The days of use moved.
        ("sum", [line("policy", 4)], [given("policy", 4, first=LATER)], [("policy", 0)]),
        (
            "sum",
            [line("policy", 4)],
            [given("policy", 4, first=LATER), given("city", 8)],
            [("policy", 0)],
        ),
        (
            "sum",
            [line("policy", 2), line("policy", 2, first=LATER, seq=2)],
            [given("policy", 4, first=LATER)],
            [],
        ),
        ("sum", [BROUGHT], [], []),
    ],
)
def test_loss_is_what_was_granted_beyond_the_verdict(
    sample: Office,
    rule: str,
    lines: list[LeaveGrant | TransferIn],
    grants: list[Grant],
    lost: list[tuple[str, int]],
) -> None:
    basis, verdicts = evaluate_everybody(sample, PLAN)
    plan = with_combination(basis.plan, Combination(rule))
    hours = sum(grant.hours for grant in grants)
    leave = LeaveVerdict(BenefitState.GRANTED, hours, hours, tuple(grants))
    verdict: PersonVerdict = replace(verdicts[0], leave=leave)
    found = lost_grounds(plan, verdict, PersonLedger(tuple(lines)))
    assert [(one.set_id, one.hours_over) for one in found] == lost


def with_combination(plan: Plan, combination: Combination) -> Plan:
    assert plan.compensatory_leave is not None
    assert plan.compensatory_leave.cap_hours == 12
    return replace(
        plan, compensatory_leave=replace(plan.compensatory_leave, combination=combination)
    )
