"""Hindrances, minimums, awards and bands in words; the further keys of verdicts.json."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.conditions import Minimum
from desktop.domain.entitlements import Recipient, UnitAwardKind, UnitBand
from desktop.domain.findings import Clause
from desktop.domain.people import Person
from desktop.domain.plan import Plan
from desktop.domain.verdicts import (
    Award,
    BenefitState,
    CommendationVerdict,
    Hindrance,
    HindranceCode,
    LeaveVerdict,
    MinimumStanding,
    PersonVerdict,
    UnitStanding,
)
from desktop.rules.plan_loading import parse_plan
from desktop.services import benefit_words as words
from desktop.services.library import own_library
from desktop.services.verdict_json import document, person_entry

CLAUSE = Clause("五（二）")
SAMPLE = Path(__file__).parents[2] / "samples" / "wider-benefits"
WIDER = parse_plan((SAMPLE / "plan.toml").read_text(encoding="utf-8"), name="plan.toml")
SHIPPED = {plan.id: plan for plan in own_library().plans}
DAY = date(2025, 11, 15)
HAD = "112 年獲嘉獎 2 次"


@pytest.mark.parametrize("code", list(HindranceCode))
@pytest.mark.parametrize("is_certain", [True, False])
def test_every_hindrance_is_one_sentence(code: HindranceCode, is_certain: bool) -> None:
    sentence = words.hindrance_words(Hindrance(code, is_certain, CLAUSE, DAY, "某事"))
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert code.value not in sentence


@pytest.mark.parametrize(
    ("hindrance", "sentence"),
    [
        (Hindrance(HindranceCode.NOT_RECEIVED, True, CLAUSE, DAY), "未在 114-11-15 前收件。"),
        (
            Hindrance(HindranceCode.REPORT_MISSING, True, CLAUSE, DAY),
            "未在 114-11-15 前收到研習報告。",
        ),
        (
            Hindrance(HindranceCode.HAD_BEFORE, True, CLAUSE, words=HAD),
            "已於 112 年獲嘉獎 2 次，以第一次為限。",
        ),
        (
            Hindrance(HindranceCode.HAD_THIS_YEAR, False, CLAUSE, words=HAD),
            "已於 112 年獲嘉獎 2 次，沒有註明計畫，不知是否就是本計畫核給的。",
        ),
        (Hindrance(HindranceCode.QUOTA_EXHAUSTED, True, CLAUSE), "名額已滿。"),
    ],
)
def test_hindrance_says_day_and_former_award(hindrance: Hindrance, sentence: str) -> None:
    assert words.hindrance_words(hindrance) == sentence
    assert words.reason_words(hindrance) == f"{sentence}〔五（二）〕"


@pytest.mark.parametrize(
    ("minimum", "sure", "possible", "expected"),
    [
        (Minimum(CLAUSE, hours=Decimal(40)), 37, 37, "40 時：已 37 時，還差 3 時"),
        (Minimum(CLAUSE, hours=Decimal(40)), 37, 45, "40 時：已 37 時，待確認 3 時，還差 3 時"),
        (Minimum(CLAUSE, hours=Decimal(5), learning_types=("數位",)), 6, 6, "數位 5 時：已 6 時，已達成"),
        (Minimum(CLAUSE, hours=Decimal(2), is_business_related=False), 0, 1, "非業務相關 2 時：已 0 時，待確認 1 時，還差 2 時"),
        (Minimum(CLAUSE, courses=2, categories=("環境", "性別")), 1, 1, "環境、性別 2 門：已 1 門，還差 1 門"),
    ],
)  # fmt: skip
def test_minimum_says_how_far_it_is_reached(
    minimum: Minimum, sure: int, possible: int, expected: str
) -> None:
    standing = MinimumStanding(minimum, Decimal(sure), Decimal(possible))
    assert words.minimum_words(standing) == expected


def test_several_minimums_in_one_line_name_the_first_that_is_short() -> None:
    hours = Minimum(CLAUSE, hours=Decimal(4))
    done, short = (
        MinimumStanding(hours, Decimal(4), Decimal(4)),
        MinimumStanding(hours, Decimal(1), Decimal(1)),
    )
    assert words.minimums_words((done, done)) == "最低要求都已達成"
    assert words.minimums_words((done,)) == "4 時：已 4 時，已達成"
    assert words.minimums_words((done, short, short)) == "4 時：已 1 時，還差 3 時，另 1 項未達"


def test_band_says_who_gets_what() -> None:
    recipients = (Recipient("機關首長", 1, "記功", 1), Recipient("主辦人員", 2, "嘉獎", 1))
    band = UnitBand(CLAUSE, recipients=recipients)
    expected = "機關首長1人記功1次、主辦人員2人嘉獎1次"
    assert words.band_words(UnitAwardKind.COMMENDATION, band) == expected
    assert words.band_words(UnitAwardKind.DRAW, UnitBand(CLAUSE, amount=3)) == "抽獎機會 3 次"
    assert words.band_words(UnitAwardKind.CASH, UnitBand(CLAUSE, amount=2000)) == "獎金 2000 元"
    assert words.band_words(UnitAwardKind.CASH, None) == ""


def test_commendation_of_several_kinds_is_named_by_kind() -> None:
    sure, more = Award("嘉獎", 1), Award("記功", 1)
    given = CommendationVerdict(
        BenefitState.REVIEW, 1, 2, "嘉獎", (sure,), possible_awards=(more, sure)
    )
    assert words.commendation_words(WIDER, given) == "確定嘉獎1次，可能記功1次、嘉獎1次"
    assert words.commendation_words(SHIPPED["kaohsiung-114"], given) == "確定 1 次，可能 2 次"
    assert words.commendation_title(WIDER) == "敘獎"
    assert words.commendation_title(SHIPPED["kaohsiung-114"]) == "嘉獎"


def _verdict(hindrances: tuple[Hindrance, ...] = ()) -> PersonVerdict:
    return PersonVerdict(
        person=Person("A1", "王小明", "人事處"),
        is_eligible=True,
        records=(),
        sets=(),
        commendation_sets=(),
        leave=LeaveVerdict(BenefitState.NONE, 0, 0, (), hindrances),
        commendation=CommendationVerdict(BenefitState.NONE, 0, 0),
    )


@pytest.mark.parametrize("plan", SHIPPED.values(), ids=SHIPPED)
def test_entries_of_shipped_plans_have_the_usual_keys_only(plan: Plan) -> None:
    hindered = _verdict((Hindrance(HindranceCode.NOT_RECEIVED, True, CLAUSE, DAY),))
    entry = person_entry(plan, hindered)
    usual = ["employee_id", "name", "unit", "eligible", "records", "sets"]
    assert list(entry) == [*usual, "compensatory_leave", "commendation"]
    assert list(entry["compensatory_leave"]) == ["verdict", "hours", "possible_hours", "grants"]
    assert list(entry["commendation"]) == ["verdict", "count", "possible_count"]
    assert list(document(plan, [hindered], [])) == ["schema", "plan", "people", "refused"]


def test_entry_of_a_wider_plan_says_why() -> None:
    hindered = _verdict((Hindrance(HindranceCode.NOT_RECEIVED, True, CLAUSE, DAY),))
    entry = person_entry(WIDER, hindered)
    assert entry["compensatory_leave"]["hindrances"] == [
        {
            "code": "not_received",
            "certain": True,
            "clause": "五（二）",
            "message": "未在 114-11-15 前收件。",
        }
    ]
    assert entry["commendation"]["awards"] == []
    assert (entry["benefits"], entry["unit_awards"]) == ([], [])


def test_units_stand_in_the_document_with_who_is_lacking() -> None:
    band = UnitBand(CLAUSE, recipients=(Recipient("單位主管", 1, "記功", 1),))
    standing = UnitStanding(
        "units", "資訊處", 4, 3, 4, BenefitState.GRANTED, band, band, ("B2", "A1")
    )
    (unit,) = document(WIDER, [], [], [standing])["units"]
    assert unit == {
        "award": "units",
        "unit": "資訊處",
        "headcount": 4,
        "completed": 3,
        "possible": 4,
        "verdict": "granted",
        "band": "五（二）",
        "possible_band": "五（二）",
        "amount": None,
        "recipients": [{"role": "單位主管", "people": 1, "award": "記功", "count": 1}],
        "lacking": ["A1", "B2"],
    }
