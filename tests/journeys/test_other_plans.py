"""Evidence in, verdicts out, for every shipped plan but the one of the main journey."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import load_workbook

from desktop.cli import main

SAMPLES = Path(__file__).parents[1] / "samples"
PLANS = ("kaohsiung-103", "hsinchu-109", "taipei-coursera-113")

_spec = importlib.util.spec_from_file_location("truth", Path(__file__).with_name("truth.py"))
assert _spec is not None
assert _spec.loader is not None
truth = importlib.util.module_from_spec(_spec)
sys.modules["truth"] = truth
_spec.loader.exec_module(truth)


def _arguments(plan: str, out: Path, *extra: str) -> list[str]:
    given = SAMPLES / plan / "input"
    options = ["check", "--plan", plan, "--roster", str(given / "roster.xlsx")]
    options += ["--agency", str(given / "agency.toml")]
    for calendar in sorted((given / "calendar").iterdir()):
        options += ["--calendar", str(calendar)]
    for name in ("attendance", "applications"):
        if (given / f"{name}.xlsx").exists():
            options += [f"--{name}", str(given / f"{name}.xlsx")]
    return [*options, "--records", str(given / "records"), "--out", str(out), *extra]


@pytest.mark.parametrize("plan", PLANS)
def test_sample_of_a_plan_agrees_with_its_truth(plan: str, tmp_path: Path) -> None:
    assert main(_arguments(plan, tmp_path / "out", "--forms")) == 0
    got = truth.load(tmp_path / "out" / "verdicts.json")
    assert truth.differences(got, truth.load(SAMPLES / plan / "truth.json")) == []


FILES = {
    "kaohsiung-103": {
        "application-forms.pdf",
        "commendation-list.pdf",
        "commendation-list.xlsx",
        "not-commended-list.pdf",
        "correction-requests.pdf",
    },
    "hsinchu-109": {"application-forms.pdf", "correction-requests.pdf"},
    "taipei-coursera-113": {
        "nomination-list.pdf",
        "credit-list.pdf",
        "credit-list.xlsx",
        "below-minimum-list.pdf",
        "report-reminders.pdf",
    },
}


@pytest.mark.parametrize("plan", PLANS)
def test_papers_of_a_plan_are_written_and_numbered_in_one_run(plan: str, tmp_path: Path) -> None:
    extra = []
    if plan == "taipei-coursera-113":
        nominees = _nominations(
            tmp_path,
            "T0002,彭育珍,0912,hr@example.tw,辦理涉外業務,",
            "T0005,孫佳廷,0915,hr@example.tw,,是",
            "T0006,郭佩瑋,0916,hr@example.tw,,",
        )
        extra = ["--nominations", nominees]
    out = tmp_path / "out"
    assert main(_arguments(plan, out, "--forms", *extra)) == 0
    always = {"verdicts.json", "summary.xlsx", "summary.ods"}
    assert {path.name for path in out.iterdir()} == always | FILES[plan]
    found: set[str] = set()
    for path in sorted(out.glob("*.pdf")):
        for page in pypdfium2.PdfDocument(path.read_bytes()):
            text = page.get_textpage().get_text_range().replace("\ufffe", "-").replace("\x02", "-")
            found.update(re.findall(r"編號 ?([A-Z]{2}-\d{3}-\d{6})", text))
    serials = sorted(int(number[-6:]) for number in found)
    assert serials == list(range(1, len(serials) + 1))
    assert {number[:7] for number in found} == {
        {"kaohsiung-103": "KH-103-", "hsinchu-109": "HC-109-"}.get(plan, "TC-113-")
    }


def test_a_second_run_on_the_same_store_finds_nothing_changed(tmp_path, capsys) -> None:
    store = str(tmp_path / "office.db")
    for plan in (*PLANS, "taipei-coursera-113"):
        if plan == "hsinchu-109":
            continue  # another office's roster would take the place of this one's
        assert main(_arguments(plan, tmp_path / "out", "--store", store)) == 0
    assert "結果與上次不同" not in capsys.readouterr().err
    got = truth.load(tmp_path / "out" / "verdicts.json")
    assert truth.differences(got, truth.load(SAMPLES / "taipei-coursera-113" / "truth.json")) == []


def test_people_of_a_programme_carry_credit_in_place_of_the_benefits(tmp_path) -> None:
    main(_arguments("taipei-coursera-113", tmp_path))
    for person in truth.load(tmp_path / "verdicts.json")["people"]:
        assert list(person)[4:] == ["records", "sets", "credit"]
        assert list(person["credit"]) == ["verdict", "hours", "recognised_hours"]


def test_workbook_of_a_programme_shows_credit_and_who_is_short(tmp_path) -> None:
    main(_arguments("taipei-coursera-113", tmp_path))
    for name in ("summary.xlsx", "summary.ods"):
        book = load_workbook(str(tmp_path / name))
        people = book.get_sheet_by_name("明細").to_python()
        heading = next(row for row in people if "登錄時數" in row)
        assert "補休" not in heading
        by_id = {row[0]: row for row in people}
        assert by_id["T0002"][heading.index("時數登錄")] == "登錄"
        assert by_id["T0002"][heading.index("登錄時數")] == 27
        assert by_id["T0005"][heading.index("時數登錄")] == "未依限繳交研習報告"
        short = {row[0] for row in book.get_sheet_by_name("未完成").to_python()}
        assert {"T0005", "T0006"} <= short
        assert not {"T0001", "T0002"} & short


def test_check_shows_the_yearly_hours_and_the_organisations_rate(tmp_path, capsys) -> None:
    assert main(_arguments("hsinchu-109", tmp_path)) == 0
    said = capsys.readouterr().out
    assert "全部完成：3／7 人（43%），待確認或未知 2 人" in said
    assert "年度必修 10 小時：0／7 人（0%），待確認或未知 3 人" in said
    for name in ("summary.xlsx", "summary.ods"):
        book = load_workbook(str(tmp_path / name))
        rows = [row for row in book.get_sheet_by_name("年度必修").to_python() if row[0] == "H0002"]
        assert [row[5:10] for row in rows] == [
            [1, 0, 1, 1, "不一致"],
            [4, 2, 4, 2, "不一致"],
            [1, 2, 2, 0, "達成"],
            [4, 3, 3, 1, "未達"],
            [10, 6, 9, 4, "未達"],
        ]
        assert rows[0][11:13] == ["H0002_洪婉慈.pdf", 1]
        units = book.get_sheet_by_name("總表").to_python()
        total = next(row for row in units if row[0] == "合計")
        office = next(row for row in units if row[0] == "全部完成")
        assert [total[2], total[5], total[6]] == [office[1], office[2], office[5]] == [7, 3, 3 / 7]


def _nominations(folder: Path, *rows: str) -> str:
    sheet = folder / "薦送名冊.csv"
    heading = "人員代號,姓名,聯絡電話,人事單位電子信箱,優先條件,遞補\n"
    sheet.write_text(heading + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return str(sheet)


def test_only_people_on_the_list_are_nominees(tmp_path, capsys) -> None:
    sheet = _nominations(
        tmp_path,
        "T0002,彭育珍,0912,hr@example.tw,涉外業務,",
        ",林𡘙廷,0913,hr@example.tw,,是",
        "T0001,賴怡廷,0914,hr@example.tw,,",
        "T0099,王離職,0915,hr@example.tw,,",
    )
    assert main(_arguments("taipei-coursera-113", tmp_path, "--nominations", sheet)) == 0
    states = {
        person["employee_id"]: person["credit"]["verdict"]
        for person in truth.load(tmp_path / "verdicts.json")["people"]
    }
    assert states == {
        "T0001": "not_nominated",  # a teacher, though on the list
        "T0002": "credited",
        "T0003": "credited",
        "T0004": "not_nominated",
        "T0005": "not_nominated",
        "T0006": "not_nominated",
        "T0007": "not_nominated",
        "T0008": "not_nominated",
    }
    assert "T0099" in capsys.readouterr().err


def test_two_nominees_of_one_name_need_their_ids(tmp_path, capsys) -> None:
    sheet = _nominations(tmp_path, ",彭建,0912,hr@example.tw,,")
    out = tmp_path / "out"
    assert main(_arguments("taipei-coursera-113", out, "--nominations", sheet)) == 2
    assert "彭建" in capsys.readouterr().err
    assert not out.exists()


def test_a_yearly_requirement_is_shown_with_its_clauses(capsys) -> None:
    assert main(["plans", "show", "hsinchu-109"]) == 0
    shown = capsys.readouterr().out
    assert "每年必須完成之課程總學習時數　10 時（附件 3、四）" in shown
    assert "4 時　環境教育（附件 3、四）" in shown


def test_a_programme_is_shown_with_its_conditions(capsys) -> None:
    assert main(["plans", "show", "taipei-coursera-113"]) == 0
    shown = capsys.readouterr().out
    for words in (
        "採認滿 18 時（三、（四）4（1））",
        "研習報告 113-07-14 前繳交（三、（四）5）",
        "不採認的語言　中文",
        "薦送　112-11-27 前報名（三、（三）1）",
        "公假　每人至多 18 時（三、（四）8）",
    ):
        assert words in shown
