"""From a screenshot, a photo and a scan to verdicts: right, or handed to a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.domain.text import matching_key

SAMPLE = Path(__file__).parents[1] / "samples" / "kaohsiung-114-images"
LEAST_RIGHT = 0.97
DOUBTS = {"low_confidence", "name_uncertain"}


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    out = tmp_path_factory.mktemp("pictures")
    given = SAMPLE / "input"
    code = main(
        [
            "check", "--plan", "kaohsiung-114", "--roster", str(given / "roster.xlsx"),
            "--agency", str(given / "agency.toml"), "--records", str(given / "records"),
            "--out", str(out),
        ]
    )  # fmt: skip
    assert code == 0
    got = json.loads((out / "verdicts.json").read_text(encoding="utf-8"))
    want = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))
    found = {
        (person["employee_id"], matching_key(record["course"])): record
        for person in got["people"]
        for record in person["records"]
    }
    wanted = [
        ((person["employee_id"], matching_key(record["course"])), record)
        for person in want["people"]
        for record in person["records"]
    ]
    assert {key for key, _ in wanted} == set(found)
    return [(found[key], record) for key, record in wanted]


def same(got: dict[str, Any], want: dict[str, Any]) -> bool:
    return (
        all(got[key] == want[key] for key in ("start", "end", "verdict"))
        and float(got["hours"] or 0) == float(want["hours"])
        and set(got["reasons"]) - {"name_approximate"}
        == set(want["reasons"]) - {"name_approximate"}
    )


def test_no_record_differs_from_its_truth_in_silence(pairs) -> None:
    for got, want in pairs:
        doubted = got["verdict"] == "review" and DOUBTS & set(got["reasons"])
        assert same(got, want) or doubted, (got, want)


def test_nearly_all_records_are_right_without_help(pairs) -> None:
    clear = [(got, want) for got, want in pairs if not want.get("smudged")]
    right = sum(same(got, want) for got, want in clear)
    assert right >= LEAST_RIGHT * len(clear)


def test_smudged_time_is_handed_to_a_person(pairs) -> None:
    smudged = [got for got, want in pairs if want.get("smudged")]
    assert [got["verdict"] for got in smudged] == ["review"]
    assert "low_confidence" in smudged[0]["reasons"]
