"""Draws: an order that anybody can work out again, one prize a person, doubtful records apart."""

from __future__ import annotations

import hashlib
import random
from datetime import date, datetime

import pytest

from desktop.domain.activities import Chance
from desktop.domain.evidence import EvidenceKind, LearningRow
from desktop.domain.provenance import SourcePlace
from desktop.rules.drawing import Doubt, course_chances, drawn, list_digest

CHANCES = [
    Chance("A1", "課一"),
    Chance("A1", "課二"),
    Chance("A2", "課一"),
    Chance("A3", "課一"),
    Chance("A4", "課三"),
]


def test_order_is_that_of_sha256_of_seed_person_and_course() -> None:
    by_hand = sorted(
        hashlib.sha256(f"2014|{c.employee_id}|{c.why}".encode()).hexdigest() for c in CHANCES
    )
    assert [one.digest for one in drawn("2014", CHANCES, 2)] == by_hand


def test_order_of_the_list_plays_no_part_and_another_seed_draws_otherwise() -> None:
    shuffled = CHANCES[:]
    random.Random(7).shuffle(shuffled)
    assert drawn("2014", CHANCES, 2) == drawn("2014", shuffled, 2)
    assert drawn("2014", CHANCES, 2) != drawn("2015", CHANCES, 2)
    assert list_digest(CHANCES) == list_digest(shuffled)
    assert list_digest(CHANCES) != list_digest(CHANCES[1:])


@pytest.mark.parametrize(("prizes", "winners"), [(0, 0), (1, 1), (3, 3), (9, 4)])
def test_each_person_wins_once_and_never_more_than_there_are_prizes(
    prizes: int, winners: int
) -> None:
    won = [one for one in drawn("seed", CHANCES, prizes) if one.rank]
    assert sorted(one.rank for one in won) == list(range(1, winners + 1))
    assert len({one.chance.employee_id for one in won}) == winners


def row(name: str, **changes: object) -> LearningRow:
    fields: dict[str, object] = {
        "place": SourcePlace("0" * 64, "a.csv", row=1),
        "kind": EvidenceKind.EPLUS_RECORD,
        "course_name": name,
        "end": datetime(2014, 3, 2, 20),
        "pass_status": "已通過",
    }
    return LearningRow(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "chance"),
        ({"course_name": "環境 教育（一）"}, "chance"),
        ({"pass_status": "未通過"}, "none"),
        ({"end": datetime(2014, 6, 1, 9)}, "none"),
        ({"course_name": "別的課"}, "none"),
        ({"pass_status": None}, "沒有通過狀態"),
        ({"end": None}, "沒有完成日期"),
        ({"doubtful_fields": ("end",)}, "辨識存疑"),
        ({"times_are_impossible": True}, "日期有誤"),
    ],
)
def test_course_is_a_chance_none_or_a_doubt(changes: dict[str, object], expected: str) -> None:
    chances, doubts = course_chances(
        {"A1": [row("環境教育（一）", **changes)]},
        ["環境教育（一）"],
        first_day=date(2014, 3, 1),
        last_day=date(2014, 5, 31),
    )
    assert chances == ((Chance("A1", "環境教育（一）"),) if expected == "chance" else ())
    is_doubt = expected not in ("chance", "none")
    assert doubts == ((Doubt("A1", "環境教育（一）", expected),) if is_doubt else ())


def test_same_course_twice_is_one_chance_and_a_sure_record_settles_a_doubtful_one() -> None:
    rows = [row("課一", doubtful_fields=("end",)), row("課一"), row("課一")]
    assert course_chances({"A1": rows}, ["課一"], first_day=None, last_day=None) == (
        (Chance("A1", "課一"),),
        (),
    )
