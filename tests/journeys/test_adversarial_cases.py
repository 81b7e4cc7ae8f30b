"""Cases at the edges of the rules through the command line; expected verdicts written by hand.

Every record stands beside what it has to become and why, so that a clerk can check the table.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main

ROSTER = """人員代號,姓名,服務單位,職稱,官職等,人員類別,班別,到職日,離職日,留職停薪起,留職停薪迄
A1,王標準,秘書室,科員,薦任第7職等,編制內公務人員,Ａ,,,,
F1,李彈性,人事室,科員,薦任第7職等,約聘,F,,,,
S1,陳週六,社會局,科員,委任第5職等,約僱,S,,,,
N1,林夜班,消防局,科員,委任第5職等,編制內公務人員,A,,,,
T1,張出勤,工務局,科員,委任第5職等,編制內公務人員,A,,,114/06/01,
D1,高峯瑜,文化局,科員,委任第5職等,編制內公務人員,A,,,,
D2,吳同名,文化局,科員,委任第5職等,編制內公務人員,A,,,,
D3,吳同名,地政局,科員,委任第5職等,編制內公務人員,A,,,,
"""
AGENCY = """[agency]
name = "測試機關"
city = "高雄市"
makeup_as = 3
[[work_pattern]]
code = "A"
name = "標準班"
weekdays = [1, 2, 3, 4, 5]
segments = [["08:00", "12:00"], ["13:30", "17:30"]]
[[work_pattern]]
code = "F"
name = "彈性班"
weekdays = [1, 2, 3, 4]
segments = [["08:00", "12:00"], ["13:30", "17:30"]]
arrival = ["07:30", "09:00"]
departure = ["17:00", "18:30"]
[[work_pattern]]
code = "F"
name = "彈性班週五"
weekdays = [5]
segments = [["08:00", "12:30"], ["13:30", "17:00"]]
arrival = ["07:00", "08:30"]
departure = ["16:00", "17:30"]
[[work_pattern]]
code = "S"
name = "輪週六"
weekdays = [1, 2, 3, 4, 5]
segments = [["08:30", "17:00"]]
[[work_pattern]]
code = "S"
name = "輪週六"
weekdays = [6]
segments = [["08:00", "11:00"]]
[[closure]]
date = 2025-07-29
from = "14:00"
to = "24:00"
note = "豪雨停止上班"
"""
SHIFTS = """人員代號,日期,上班,下班
N1,114/07/29,22:00,06:00
N1,114/08/09,20:00,08:00
"""
PUNCHES = """人員代號,日期,上班刷卡,下班刷卡
F1,2025-05-13,08:10:30,
F1,2025-05-14,06:45,19:20
"""
ATTENDANCE = """姓名,類別,起始日期,起始時間,結束日期,結束時間
張出勤,出差,114/03/01,全日,114/03/01,全日
張出勤,值日,114/03/08,08:00,114/03/08,24:00
張出勤,特休,114/03/12,08:00,114/03/12,17:30
張出勤,公假補休,114/03/13,08:00,114/03/13,12:00
張出勤,公出,114/03/15,09:00,114/03/16,12:00
"""
PASS, REVIEW, FAIL = "pass", "review", "fail"
NET, SEX_A, SEX_B = (
    "雙軸轉型淨零港都",
    "性騷擾調查實務探討(A)-接獲性騷擾申訴應變作為",
    "性騷擾調查實務探討(B)-性平三法適用範圍",
)
CARE, ETHNIC, LAW, ENGLISH, ZERO = (
    "失智友善好厝邊",
    "族群關係與族群主流化",
    "公務員法律責任個案檢討及防弊作為",
    "高雄情境英文-公務接待",
    "零廢時尚：不可不知道的永續時尚趨勢",
)
# (whose, course, start, end, verdict, reasons): the comment says why.
CASES = [
    # 2025-02-08 is a makeup Saturday: Wednesday's row, for the agency sets makeup_as = 3.
    ("A1", NET, "2025-02-08 12:00:00", "2025-02-08 13:30:00", PASS, []),
    ("D1", SEX_A, "2025-02-08 11:59:59", "2025-02-08 13:30:01", FAIL, ["end_on_duty", "start_on_duty"]),
    # The closure begins at 14:00.
    ("A1", SEX_B, "2025-07-29 14:00:00", "2025-07-29 15:10:00", PASS, []),
    ("A1", CARE, "2025-07-29 13:59:59", "2025-07-29 13:59:59", FAIL, ["end_on_duty", "reading_exceeds_span", "start_on_duty"]),
    # The deadline's last second and the one after it; the first second of the period.
    ("A1", ETHNIC, "2025-08-31 22:30:00", "2025-08-31 23:59:59", PASS, []),
    ("A1", LAW, "2025-08-31 22:30:00", "2025-09-01 00:00:00", FAIL, ["after_deadline"]),
    ("A1", ENGLISH, "2024-12-31 23:59:59", "2025-01-01 01:00:00", FAIL, ["before_period"]),
    # 2025-09-29 is a day off in the revised calendar only: late, but not on duty.
    ("A1", ZERO, "2025-09-29 09:00:00", "2025-09-29 10:30:00", FAIL, ["after_deadline"]),
    # Wednesday's row is a flexible one: 10:00 is certain duty, 12:30 is lunch.
    ("F1", NET, "2025-02-08 10:00:00", "2025-02-08 12:30:00", FAIL, ["start_on_duty"]),
    # Friday has bands of its own: 16:00 is where certain duty ends, 17:00 on other days.
    ("F1", SEX_A, "2025-05-16 16:00:00", "2025-05-16 17:31:00", REVIEW, ["flex_uncertain"]),
    ("F1", SEX_B, "2025-05-15 16:59:59", "2025-05-15 18:31:00", FAIL, ["start_on_duty"]),
    # 12:00-12:30 is duty on Fridays.
    ("F1", CARE, "2025-05-16 12:29:59", "2025-05-16 13:30:00", FAIL, ["start_on_duty"]),
    # Punched in at 08:10:30, no punch out: the morning is known, the evening is not.
    ("F1", ETHNIC, "2025-05-13 06:50:00", "2025-05-13 08:10:30", PASS, []),
    ("F1", LAW, "2025-05-13 18:29:59", "2025-05-13 19:40:00", REVIEW, ["flex_uncertain"]),
    # 06:45-19:20 is cut to the bands' outer limits 07:30-18:30.
    ("F1", ENGLISH, "2025-05-14 06:10:00", "2025-05-14 07:30:00", PASS, []),
    ("F1", ZERO, "2025-05-14 18:29:59", "2025-05-14 19:40:00", FAIL, ["start_on_duty"]),
    # A Saturday row of its own is used on the makeup Saturday, and on no other.
    ("S1", NET, "2025-02-08 11:00:00", "2025-02-08 12:10:00", PASS, []),
    ("S1", SEX_A, "2025-02-08 07:10:00", "2025-02-08 08:00:01", FAIL, ["end_on_duty"]),
    ("S1", SEX_B, "2025-02-15 09:00:00", "2025-02-15 10:10:00", PASS, []),
    # A shift counts after midnight, on a Saturday, and through a closure.
    ("N1", NET, "2025-07-29 21:10:00", "2025-07-29 22:00:01", FAIL, ["end_on_duty"]),
    ("N1", SEX_A, "2025-07-30 06:00:00", "2025-07-30 07:00:00", PASS, []),
    ("N1", SEX_B, "2025-08-10 07:00:00", "2025-08-10 08:00:01", FAIL, ["start_on_duty"]),
    # A shift replaces the pattern on its date: 09:00 on the day before the night shift is free.
    ("N1", CARE, "2025-07-29 09:00:00", "2025-07-29 10:10:00", PASS, []),
    # The kinds of entries, by a name alone.
    ("T1", NET, "2025-03-01 22:00:00", "2025-03-01 23:10:00", FAIL, ["overlaps_business_trip"]),
    ("T1", SEX_A, "2025-03-08 23:00:00", "2025-03-09 00:00:00", FAIL, ["overlaps_on_call"]),
    ("T1", SEX_B, "2025-03-12 09:00:00", "2025-03-12 10:10:00", REVIEW, ["on_personal_leave"]),
    ("T1", CARE, "2025-03-13 11:00:00", "2025-03-13 14:00:00", FAIL, ["end_on_duty", "on_personal_leave"]),
    ("T1", ETHNIC, "2025-03-14 20:00:00", "2025-03-16 13:00:00", REVIEW, ["attendance_inside_span"]),
    ("T1", LAW, "2025-03-14 20:00:00", "2025-03-16 12:00:00", FAIL, ["overlaps_business_trip"]),
    # Leave without pay has no end yet.
    ("T1", ENGLISH, "2025-08-15 09:00:00", "2025-08-15 10:10:00", FAIL, ["during_leave_without_pay"]),
    # 峰 is how the platform writes 峯.
    ("高峰瑜", NET, "2025-03-01 22:00:00", "2025-03-01 23:10:00", PASS, []),
]  # fmt: skip


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def records(rows: list[tuple[Any, ...]]) -> str:
    lines = ["人員代號,姓名,課程名稱,上課期間,閱讀時數,通過狀態,認證時數"]
    for who, course, start, end, *_ in rows:
        person = f"{who}," if who.isascii() else f",{who}"
        lines.append(f'{person},"{course}",{start}~ {end},00:40:00,已通過,1.0')
    return "\n".join(lines) + "\n"


def check(folder: Path) -> tuple[int, dict[str, Any]]:
    options = ["check", "--plan", "kaohsiung-114", "--records", str(folder / "records")]
    for option, name in (
        ("--roster", "roster.csv"),
        ("--agency", "agency.toml"),
        ("--shifts", "shifts.csv"),
        ("--punches", "punches.csv"),
        ("--attendance", "attendance.csv"),
    ):
        if (folder / name).exists():
            options += [option, str(folder / name)]
    code = main([*options, "--out", str(folder / "out")])
    path = folder / "out" / "verdicts.json"
    return code, json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    folder = tmp_path_factory.mktemp("cases")
    for name, text in (
        ("roster.csv", ROSTER),
        ("agency.toml", AGENCY),
        ("shifts.csv", SHIFTS),
        ("punches.csv", PUNCHES),
        ("attendance.csv", ATTENDANCE),
        ("records/紀錄.csv", records(CASES)),
    ):
        write(folder, name, text)
    code, content = check(folder)
    assert code == 0
    return {
        (person["employee_id"], record["course"]): record
        for person in content["people"]
        for record in person["records"]
    }


@pytest.mark.parametrize("case", CASES, ids=[f"{who}-{start[5:]}" for who, _, start, *_ in CASES])
def test_record_at_an_edge_of_the_rules_gets_its_verdict(case, judged) -> None:
    who, course, start, end, verdict, reasons = case
    record = judged["D1" if who == "高峰瑜" else who, course]
    assert (record["start"], record["end"]) == (start.replace(" ", "T"), end.replace(" ", "T"))
    assert (record["verdict"], record["reasons"]) == (verdict, reasons)


GOOD = ("A1", NET, "2025-03-01 22:00:00", "2025-03-01 23:10:00")


def test_bad_files_are_each_refused_and_the_good_one_is_judged(tmp_path: Path) -> None:
    write(tmp_path, "roster.csv", ROSTER)
    write(tmp_path, "agency.toml", AGENCY)
    good = records([GOOD])
    files = {
        "好的.csv": good,
        "又一份/好的.csv": good,
        "輪值.csv": "人員代號,日期,上班,下班\n",
        "加班.csv": ATTENDANCE,
        "公式.csv": good.replace("00:40:00", "=cmd|'/C calc'!A0"),
        "斷碼.csv": good.replace("22:00:00", "22:0"),
        "同名.csv": good.replace("A1,", ",吳同名"),
        "別人.csv": good.replace("A1,,", "A1,李大同,"),
        "Thumbs.db": "x",
        "desktop.ini": "x",
    }
    for name, text in files.items():
        write(tmp_path, f"records/{name}", text)
    (tmp_path / "records" / "空").mkdir()
    code, content = check(tmp_path)
    assert code == 1
    assert {entry["file"]: entry["reason"] for entry in content["refused"]} == {
        "輪值.csv": "not_recognised",
        "加班.csv": "not_recognised",
        "公式.csv": "hostile",
        "斷碼.csv": "bad_date",
        "同名.csv": "person_ambiguous",
        "別人.csv": "person_ambiguous",
    }
    listed = [record for person in content["people"] for record in person["records"]]
    assert [(record["course"], record["verdict"]) for record in listed] == [(NET, PASS)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_pipe_and_name_that_is_no_text_stop_nobody(tmp_path: Path) -> None:
    write(tmp_path, "roster.csv", ROSTER)
    write(tmp_path, "records/好的.csv", records([GOOD]))
    os.mkfifo(tmp_path / "records" / "管線.csv")
    (tmp_path / "records" / "a\udce4b.csv").write_bytes(b"x")
    code, content = check(tmp_path)
    assert code == 1
    assert {entry["file"]: entry["reason"] for entry in content["refused"]} == {
        "管線.csv": "unreadable",
        "a\ufffdb.csv": "not_recognised",
    }
    assert sum(len(person["records"]) for person in content["people"]) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("agency.toml", "[[work_pattern]\n"), "agency.toml"),
        (("roster.csv", ROSTER + "A1,趙別人,,,,,A,,,,\n"), "A1"),
        (("punches.csv", "人員代號,日期,上班刷卡,下班刷卡\nF1,2025-02-30,08:00,17:00\n"), "2025-02-30"),
        (("attendance.csv", ATTENDANCE.replace("特休", "不明")), "不明"),
    ],
)  # fmt: skip
def test_broken_reference_data_starts_nothing_and_says_one_line(
    change, words, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "roster.csv", ROSTER)
    write(tmp_path, "agency.toml", AGENCY)
    write(tmp_path, "records/好的.csv", records([GOOD]))
    write(tmp_path, *change)
    code, content = check(tmp_path)
    error = capsys.readouterr().err
    assert (code, content) == (2, {})
    assert words in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_pattern_the_settings_do_not_know_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "roster.csv", ROSTER.replace(",Ａ,", ",夜間班,"))
    write(tmp_path, "agency.toml", AGENCY)
    write(
        tmp_path,
        "records/好的.csv",
        records([("A1", NET, "2025-03-04 22:00:00", "2025-03-04 23:10:00")]),
    )
    code, content = check(tmp_path)
    assert code == 0
    assert "班別「夜間班」" in capsys.readouterr().err
    (record,) = next(p for p in content["people"] if p["employee_id"] == "A1")["records"]
    assert (record["verdict"], record["reasons"]) == (REVIEW, ["flex_uncertain"])


def test_course_outside_the_plan_twice_in_other_brackets_is_listed_once(tmp_path: Path) -> None:
    write(tmp_path, "roster.csv", ROSTER)
    times = ("2025-03-01 22:00:00", "2025-03-01 23:10:00")
    for number, name in enumerate(("採購法概論(第三版)", "採購法 概論（第三版）")):
        write(tmp_path, f"records/{number}.csv", records([("A1", name, *times)]))
    code, content = check(tmp_path)
    assert code == 0
    (record,) = next(p for p in content["people"] if p["employee_id"] == "A1")["records"]
    assert (record["set"], record["verdict"]) == (None, None)
    assert record["reasons"] == ["duplicate_record", "not_in_plan"]


def test_plan_year_without_calendar_is_named_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = Path(__file__).parents[2] / "resources" / "plans" / "kaohsiung-114.toml"
    text = shipped.read_text(encoding="utf-8").replace("2025-", "2041-")
    plan = write(tmp_path, "130.toml", text.replace("year = 114", "year = 130"))
    roster = write(tmp_path, "roster.csv", ROSTER)
    rows = write(tmp_path, "records/好的.csv", records([GOOD]))
    store, out = tmp_path / "gongyu.db", tmp_path / "out"
    options = ["--plan", str(plan), "--roster", str(roster), "--records", str(rows)]
    assert main(["check", *options, "--out", str(out), "--store", str(store)]) == 2
    assert "130 年" in capsys.readouterr().err
    assert not out.exists()
    again = ["--plan", "kaohsiung-114", "--roster", str(roster), "--records", str(rows)]
    assert main(["check", *again, "--out", str(out), "--store", str(store)]) == 0
    assert "先前已匯入" not in capsys.readouterr().err


def test_end_in_a_far_year_is_late_and_stops_nobody(tmp_path: Path) -> None:
    write(tmp_path, "roster.csv", ROSTER)
    write(tmp_path, "agency.toml", AGENCY)
    far = ("A1", NET, "2025-03-01 22:00:00", "2105-03-01 23:10:00")
    write(tmp_path, "records/打錯年.csv", records([far, ("A1", CARE, *GOOD[2:])]))
    code, content = check(tmp_path)
    assert code == 0
    person = next(p for p in content["people"] if p["employee_id"] == "A1")
    assert {record["course"]: record["reasons"] for record in person["records"]} == {
        NET: ["after_deadline"],
        CARE: [],
    }
