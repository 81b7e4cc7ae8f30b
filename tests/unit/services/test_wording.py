"""Sentences say what the plan says, and nothing of another plan."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.findings import End, Finding, ReasonCode, Severity, WithoutPayFact
from desktop.domain.people import LeaveWithoutPay
from desktop.services.wording import explain_finding


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (True, "起 114-03-13 在留職停薪 113-10-01 至 114-12-31 期間，不給補休，嘉獎不受影響。"),
        (False, "起 114-03-13 在留職停薪 113-10-01 至 114-12-31 期間，不給補休。"),
    ],
)
def test_commendation_is_named_only_where_the_plan_counts_it(counts: bool, sentence: str) -> None:
    spell = LeaveWithoutPay(date(2024, 10, 1), date(2025, 12, 31))
    fact = WithoutPayFact(End.START, date(2025, 3, 13), spell, counts)
    code = ReasonCode.DURING_LEAVE_WITHOUT_PAY
    finding = Finding(code, Severity.FAIL, (fact,), None, ())
    assert explain_finding(finding).sentence == sentence
