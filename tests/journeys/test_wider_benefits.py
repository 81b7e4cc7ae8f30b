"""A plan with vouchers, kinds of awards, units and conditions: files in, verdicts and lists out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import load_workbook

from desktop.cli import main

SAMPLE = Path(__file__).parents[1] / "samples" / "wider-benefits"


def _check(out: Path, *, with_history: bool = True, history: Path | None = None) -> dict:
    arguments = ["check", "--plan", str(SAMPLE / "plan.toml"), "--as-of", "2025-12-31"]
    for option in ("roster", "applications", "records"):
        arguments += [f"--{option}", str(SAMPLE / f"{option}.csv")]
    if with_history:
        arguments += ["--history", str(history or SAMPLE / "history.csv")]
    assert main([*arguments, "--out", str(out), "--forms"]) == 0
    return json.loads((out / "verdicts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wider")
    _check(folder)
    return folder


@pytest.fixture(scope="module")
def people(out: Path) -> dict[str, dict]:
    found = json.loads((out / "verdicts.json").read_text(encoding="utf-8"))
    return {person["employee_id"]: person for person in found["people"]}


@pytest.mark.parametrize(
    ("who", "leave", "awards", "voucher"),
    [
        ("M01", ("granted", 4), [("記功", 1), ("嘉獎", 1)], ("granted", 500)),  # capped
        ("M02", ("granted", 4), [], ("granted", 400)),  # had 嘉獎 before
        ("M03", ("none", 0), [("嘉獎", 1)], ("review", 200)),  # no report
        ("M04", ("none", 0), [("嘉獎", 1)], ("none", 0)),  # left
        ("M05", ("granted", 4), [("嘉獎", 1)], ("review", 0)),  # scores not shown
        ("M06", ("none", 0), [], ("granted", 200)),
    ],
)
def test_each_person_gets_what_the_plan_says(people, who, leave, awards, voucher) -> None:
    person = people[who]
    given = person["compensatory_leave"]
    assert (given["verdict"], given["hours"]) == leave
    found = [(award["award"], award["count"]) for award in person["commendation"]["awards"]]
    assert found == awards
    (benefit,) = person["benefits"]
    assert (benefit["verdict"], benefit["amount"]) == voucher


@pytest.mark.parametrize(
    ("who", "where", "codes"),
    [
        ("M02", "commendation", ["had_before"]),
        ("M03", "compensatory_leave", ["report_missing"]),
        ("M04", "compensatory_leave", ["not_in_post"]),
        ("M01", "commendation", []),
    ],
)
def test_what_stands_in_the_way_is_said(people, who, where, codes) -> None:
    assert [hindrance["code"] for hindrance in people[who][where]["hindrances"]] == codes


def test_units_are_measured_and_their_places_listed(out: Path) -> None:
    found = json.loads((out / "verdicts.json").read_text(encoding="utf-8"))["units"]
    assert [(u["unit"], u["headcount"], u["completed"], u["band"]) for u in found] == [
        ("資訊處", 3, 3, "八（二）"),
        ("漁業處", 2, 1, "八（三）"),
    ]
    rows = load_workbook(out / "summary.xlsx").get_sheet_by_name("單位獎勵").to_python()
    places = [(row[1], row[2], row[3]) for row in rows if row[4] == 1 and row[2] != 3]
    assert ("資訊處", "單位主管", "記功1次") in places
    assert places.count(("資訊處", "承辦人員", "嘉獎1次")) == 2
    assert any("M06 黃俊傑" in str(cell) for row in rows for cell in row)


def test_workbook_lists_vouchers_reasons_and_kinds_of_awards(out: Path) -> None:
    book = load_workbook(out / "summary.xlsx")
    lines = [row[1:7] for row in book.get_sheet_by_name("核給名單").to_python()]
    assert ["學習禮券", "資訊處", "處長", "M01", "王小明", 500] in lines
    open_ones = [str(row[5]) for row in book.get_sheet_by_name("未完成").to_python()]
    assert any("以第一次為限" in words for words in open_ones)
    assert any("12 時：已 4 時，待確認 4 時，還差 8 時" in words for words in open_ones)
    waiting = [str(row[9]) for row in book.get_sheet_by_name("待確認").to_python()]
    assert any("學習禮券可再增加 500 元" in words for words in waiting)
    details = book.get_sheet_by_name("明細").to_python()
    heads = next(row for row in details if "確定敘獎" in row)
    one = next(row for row in details if row[0] == "M01")
    assert one[heads.index("確定敘獎")] == "記功1次、嘉獎1次"
    assert one[heads.index("學習禮券確定（元）")] == 500


def test_without_a_list_of_former_awards_nothing_is_sure(tmp_path: Path, capsys) -> None:
    for person in _check(tmp_path, with_history=False)["people"]:
        assert person["commendation"]["count"] == 0
    found = json.loads((tmp_path / "verdicts.json").read_text(encoding="utf-8"))
    first = found["people"][0]["commendation"]
    assert [hindrance["code"] for hindrance in first["hindrances"]] == ["history_unknown"]
    assert "還沒有歷年核給紀錄" in capsys.readouterr().err


def test_empty_list_of_former_awards_hinders_nobody(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("人員代號,年度,計畫,項目,次數\n", encoding="utf-8")
    found = _check(tmp_path / "out", history=empty)["people"]
    assert found[1]["commendation"]["count"] == 2
    assert found[1]["commendation"]["hindrances"] == []


def test_check_of_a_list_that_cannot_be_read_does_not_start(tmp_path: Path, capsys) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("人員代號,年度,計畫,項目,次數\nM01,前年,,嘉獎,1\n", encoding="utf-8")
    arguments = ["check", "--plan", str(SAMPLE / "plan.toml"), "--out", str(tmp_path / "out")]
    arguments += ["--roster", str(SAMPLE / "roster.csv"), "--records", str(SAMPLE / "records.csv")]
    assert main([*arguments, "--history", str(bad)]) == 2
    assert "年度「前年」讀不出來" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
