"""Sentences say what the plan says, and nothing of another plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.findings import (
    ConditionFact,
    ConditionKind,
    End,
    Fact,
    Finding,
    LimitFact,
    ReasonCode,
    ScoreFact,
    Severity,
    SpellFact,
    WithoutPayFact,
)
from desktop.domain.people import LeaveWithoutPay
from desktop.services.wording import CHIPS, explain_finding


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


SPELL = LeaveWithoutPay(date(2024, 10, 1), None)


@pytest.mark.parametrize(
    ("code", "facts", "sentence"),
    [
        (
            ReasonCode.SCORE_TOO_LOW,
            [ScoreFact(Decimal("59.5"), Decimal(60))],
            "測驗 59.5 分，計畫要 60 分，少 0.5 分。",
        ),
        (
            ReasonCode.QUESTIONNAIRE_NOT_DONE,
            [ConditionFact(ConditionKind.QUESTIONNAIRE)],
            "證明上問卷還沒填，填完再送新的學習紀錄。",
        ),
        (
            ReasonCode.HOURS_NOT_UPLOADED,
            [ConditionFact(ConditionKind.UPLOAD)],
            "證明上時數還沒上傳終身學習入口網站，上傳後再送新的學習紀錄。",
        ),
        (
            ReasonCode.ENROLLED_TOO_EARLY,
            [LimitFact(End.START, date(2025, 1, 31), None, date(2025, 2, 1), 1)],
            "起 114-01-31 早於可採計的選讀日 114-02-01，早 1 天。",
        ),
        (
            ReasonCode.CONDITION_NOT_SHOWN,
            [ConditionFact(ConditionKind.SCORE), ConditionFact(ConditionKind.ENROLMENT)],
            "計畫要看測驗成績，證明上沒有，請確認。計畫要看開始日期，證明上沒有，請確認。",
        ),
        (
            ReasonCode.DURING_LEAVE_WITHOUT_PAY,
            [SpellFact(End.END, date(2025, 3, 13), SPELL)],
            "迄 114-03-13 在留職停薪 113-10-01 起期間，不採計。",
        ),
    ],
    ids=lambda value: value.value if isinstance(value, ReasonCode) else "",
)
def test_condition_that_is_not_met_says_what_is_missing(
    code: ReasonCode, facts: list[Fact], sentence: str
) -> None:
    finding = Finding(code, Severity.FAIL, tuple(facts), None, ())
    assert explain_finding(finding).sentence == sentence


def test_every_reason_has_a_chip_of_its_own() -> None:
    assert set(CHIPS) == set(ReasonCode)
    assert len(set(CHIPS.values())) == len(CHIPS)
