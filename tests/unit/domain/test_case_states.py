"""The way of a case: which steps there are, and where a case stands."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop.domain.case_states import (
    ALLOWED_STEPS,
    CaseFacts,
    CaseState,
    CaseStep,
    StepKind,
    StepRefusedError,
    allowed_step,
    derived_state,
    standing,
)

R, V, C, P = CaseState.RECEIVED, CaseState.REVIEW, CaseState.CORRECTION, CaseState.PRINTABLE
S, G, X = CaseState.STAMPED, CaseState.REGISTERED, CaseState.CLOSED
MONDAY, TUESDAY = datetime(2025, 5, 5, 9), datetime(2025, 5, 6, 9)


def facts(**changes: object) -> CaseFacts:
    values: dict[str, object] = {
        "is_ready": False,
        "is_hopeless": False,
        "open_items": 0,
        "asked_at": None,
        "evidence_at": MONDAY,
        "basis": "b1",
        "words": "事由",
    }
    return CaseFacts(**(values | changes))  # type: ignore[arg-type]


def step(number: int, state: CaseState, **changes: object) -> CaseStep:
    values: dict[str, object] = {
        "id": f"s{number}",
        "employee_id": "A0012",
        "set_id": "policy",
        "former": P,
        "state": state,
        "is_confirmed": True,
        "on_day": date(2025, 5, 6),
        "document": "KH-114-000001",
        "basis": "b1",
        "reason": "",
        "actor": "周雅雯",
        "at": TUESDAY,
        "reverses": None,
    }
    return CaseStep(**(values | changes))  # type: ignore[arg-type]


def test_words_follow_the_way_of_a_case() -> None:
    assert [state.word for state in CaseState] == [
        "收件",
        "審核",
        "補正",
        "可列印",
        "核章",
        "登錄",
        "結案",
    ]


def test_every_step_back_needs_a_reason() -> None:
    assert all(step.needs_reason for step in ALLOWED_STEPS if step.is_back)
    assert any(step.is_back for step in ALLOWED_STEPS)


@pytest.mark.parametrize(
    ("former", "state"),
    [(None, S), (R, S), (V, S), (C, S), (X, S), (P, G), (V, G), (G, S)],
)
def test_stamp_and_registration_need_what_comes_before(
    former: CaseState | None, state: CaseState
) -> None:
    reason = "" if (former, state) in {(X, S), (G, S)} else "有理由"
    with pytest.raises(StepRefusedError):
        allowed_step(former, state, StepKind.CONFIRMED, reason=reason)


@pytest.mark.parametrize(("former", "state"), [(P, S), (S, G), (G, X)])
def test_way_forward_needs_no_reason(former: CaseState, state: CaseState) -> None:
    assert allowed_step(former, state, StepKind.CONFIRMED, reason="").state is state


def test_closing_early_without_a_reason_is_refused_in_words() -> None:
    with pytest.raises(StepRefusedError, match="改為「結案」要寫理由"):
        allowed_step(V, X, StepKind.CONFIRMED, reason="  ")


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (facts(), R),
        (facts(open_items=2), V),
        (facts(open_items=2, asked_at=TUESDAY), C),
        # Evidence that came in after the request is its answer.
        (facts(open_items=2, asked_at=MONDAY, evidence_at=TUESDAY), V),
        (facts(is_ready=True, open_items=1), P),
        (facts(is_hopeless=True, open_items=1), X),
    ],
)
def test_facts_alone_put_a_case_somewhere(found: CaseFacts, state: CaseState) -> None:
    assert derived_state(found) is state


def test_stamp_holds_while_what_it_confirmed_is_the_same() -> None:
    assert standing(facts(is_ready=True), [step(1, S)], "變了").state is S


def test_stamp_on_other_facts_leads_back_with_its_reason() -> None:
    found = standing(facts(is_ready=True, basis="b2"), [step(1, S)], "變了")
    assert (found.state, found.reason) == (P, "變了")
    found = standing(facts(open_items=1, basis="b2"), [step(1, S)], "變了")
    assert (found.state, found.reason) == (V, "事由")


def test_registration_holds_though_facts_move() -> None:
    steps = [step(1, S), step(2, G, former=S)]
    assert standing(facts(open_items=1, basis="b2"), steps, "變了").state is G


def test_form_used_again_begins_anew_when_more_can_be_granted() -> None:
    steps = [step(1, S, set_id=""), step(2, G, former=S, set_id="")]
    assert standing(facts(is_ready=True, basis="b2"), steps, "變了").state is P
    assert standing(facts(is_ready=True), steps, "變了").state is G


def test_step_taken_back_gives_way_to_the_one_before() -> None:
    steps = [step(1, S), step(2, G, former=S), step(3, S, former=G, reverses="s2")]
    assert standing(facts(is_ready=True), steps, "變了").state is S
    steps.append(step(4, P, former=S, reverses="s1"))
    assert standing(facts(is_ready=True), steps, "變了").state is P


def test_kept_derived_steps_decide_nothing() -> None:
    steps = [step(1, V, is_confirmed=False)]
    assert standing(facts(is_ready=True), steps, "變了").state is P
