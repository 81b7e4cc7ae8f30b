"""A character that no face can print: the paper that is left out is told, with field and character."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.rules.plan_loading import parse_plan

PLAN = Path(__file__).parents[2] / "resources" / "plans" / "kaohsiung-114.toml"
ROSTER = """人員代號,姓名,服務單位,職稱,官職等,人員類別,班別
A1,王\ue123明,秘書室,科員,薦任第7職等,編制內公務人員,A
A2,李小華,秘書室,科員,薦任第7職等,編制內公務人員,A
"""
AGENCY = """[agency]
name = "測試機關"
city = "高雄市"
[[work_pattern]]
code = "A"
name = "標準班"
weekdays = [1, 2, 3, 4, 5]
segments = [["08:00", "12:00"], ["13:30", "17:30"]]
"""


def records() -> list[list[str]]:
    """Every course of the plan, one an evening, for both people."""
    plan = parse_plan(PLAN.read_text(encoding="utf-8"), name=PLAN.name)
    rows = [["人員代號", "課程名稱", "上課期間", "閱讀時數", "通過狀態", "認證時數"]]
    day = date(2025, 3, 3)
    for course in (course for each in plan.sets for course in each.courses):
        start = datetime.combine(day, time(19))
        period = f"{start:%Y-%m-%d %H:%M:%S}~ {start + timedelta(hours=3):%Y-%m-%d %H:%M:%S}"
        for who in ("A1", "A2"):
            rows.append([who, course.name, period, "00:40:00", "已通過", str(course.hours)])
        day += timedelta(days=1)
    return rows


def check(folder: Path, *extra: str) -> int:
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "agency.toml").write_text(AGENCY, encoding="utf-8")
    with (folder / "records.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(records())
    given = {"roster": "roster.csv", "agency": "agency.toml", "records": "records.csv"}
    options = [part for key, name in given.items() for part in (f"--{key}", str(folder / name))]
    out = str(folder / "out")
    return main(["check", "--plan", "kaohsiung-114", *options, "--out", out, "--forms", *extra])


def test_application_that_cannot_be_printed_is_told_with_field_and_character(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "沒有列印" in line]
    assert len(told) == 3  # one a set
    assert all(line.startswith("A1 王\ue123明的") for line in told)
    assert all("姓名「王\ue123明」的「\ue123」（U+E123）沒有字型可印" in line for line in told)
    assert all(line.endswith("。") and line.count("。") == 1 for line in told)
    assert (tmp_path / "out" / "application-forms.pdf").exists()


def test_list_that_shows_a_substitute_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(tmp_path)
    told = [line for line in capsys.readouterr().out.splitlines() if "以〓代替" in line]
    assert len(told) == 1
    assert "姓名「王\ue123明」的「\ue123」（U+E123）" in told[0]


def test_json_on_standard_output_stays_json_and_the_remark_goes_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(tmp_path, "--json")
    said = capsys.readouterr()
    assert said.out.startswith("{")
    assert said.out.rstrip().endswith("}")
    assert said.err.count("沒有列印") == 3
