"""The main job from files on disk to verdicts, workbooks and forms, through the command line."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import load_workbook

from desktop.cli import main

SAMPLES = Path(__file__).parents[1] / "samples"

_spec = importlib.util.spec_from_file_location("truth", Path(__file__).with_name("truth.py"))
assert _spec is not None
assert _spec.loader is not None
truth = importlib.util.module_from_spec(_spec)
sys.modules["truth"] = truth
_spec.loader.exec_module(truth)


def arguments(sample: Path, out: Path, *extra: str) -> list[str]:
    given = sample / "input"
    options = [
        "check",
        "--plan",
        "kaohsiung-114",
        "--roster",
        str(given / "roster.xlsx"),
        "--agency",
        str(given / "agency.toml"),
    ]
    for name in ("attendance.xlsx", "shifts.xlsx", "punches.csv"):
        if (given / name).exists():
            options += [f"--{name.split('.')[0]}", str(given / name)]
    return [*options, "--records", str(given / "records"), "--out", str(out), *extra]


@pytest.fixture(scope="module", params=["kaohsiung-114", "bad-input"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    sample = SAMPLES / request.param
    out = tmp_path_factory.mktemp(request.param) / "輸出 資料夾"
    code = main(arguments(sample, out, "--forms"))
    return sample, out, code


def test_sample_office_agrees_with_its_truth_in_every_field(run) -> None:
    sample, out, _ = run
    got = truth.load(out / "verdicts.json")
    assert truth.differences(got, truth.load(sample / "truth.json")) == []


def test_refused_input_gives_exit_code_one(run) -> None:
    _, out, code = run
    assert truth.load(out / "verdicts.json")["refused"]
    assert code == 1


def test_every_refusal_is_one_chinese_sentence_that_names_the_file(run) -> None:
    _, out, _ = run
    for entry in truth.load(out / "verdicts.json")["refused"]:
        message = entry["message"]
        assert Path(entry["file"]).name in message
        assert message.endswith("。")
        assert message.count("。") == 1
        assert "\n" not in message


def test_keys_stand_in_the_documented_order(run) -> None:
    _, out, _ = run
    content = json.loads((out / "verdicts.json").read_text(encoding="utf-8"))
    assert list(content) == ["schema", "plan", "people", "refused"]
    person = content["people"][0]
    assert list(person) == [
        "employee_id",
        "name",
        "unit",
        "eligible",
        "records",
        "sets",
        "compensatory_leave",
        "commendation",
    ]
    records = [record for each in content["people"] for record in each["records"]]
    assert list(records[0]) == [
        "course",
        "set",
        "start",
        "end",
        "hours",
        "verdict",
        "reasons",
        "source",
    ]
    ids = [each["employee_id"] for each in content["people"]]
    assert ids == sorted(ids)


def test_a_form_is_printed_for_each_set_that_passes_and_no_other(run) -> None:
    _, out, _ = run
    content = truth.load(out / "verdicts.json")
    granted = [
        (person["name"], grant["set"])
        for person in content["people"]
        for grant in person["compensatory_leave"]["grants"]
    ]
    document = pypdfium2.PdfDocument(out / "application-forms.pdf")
    pages = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    assert len(pages) == len(granted)
    for name in {name for name, _ in granted}:
        expected = sum(1 for each, _ in granted if each == name)
        assert sum(1 for page in pages if name in page.replace(" ", "")) == expected


def test_rows_read_are_rows_stored_and_rows_refused(run, capsys, tmp_path) -> None:
    sample, _, _ = run
    main(arguments(sample, tmp_path / "out"))
    line = capsys.readouterr().out.splitlines()[0]
    numbers = [
        int(word) for word in line.replace("＝", " ").replace("＋", " ").split() if word.isdigit()
    ]
    rows_in, stored, refused = numbers[-3:]
    assert rows_in == stored + refused
    content = truth.load(tmp_path / "out" / "verdicts.json")
    listed = sum(len(person["records"]) for person in content["people"])
    copies = sum(
        "duplicate_record" in record["reasons"]
        for person in content["people"]
        for record in person["records"]
    )
    assert stored == listed + copies


def test_summary_workbook_lists_everybody(run) -> None:
    _, out, _ = run
    content = truth.load(out / "verdicts.json")
    for name in ("summary.xlsx", "summary.ods"):
        book = load_workbook(str(out / name))
        cells = {cell for row in book.get_sheet_by_name("明細").to_python() for cell in row}
        assert {person["employee_id"] for person in content["people"]} <= cells


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda a: [*a[:2], "no-such-plan", *a[3:]], "no-such-plan"),
        (lambda a: [*a[:4], "不存在.xlsx", *a[5:]], "不存在.xlsx"),
        (lambda a: [*a, "--as-of", "114/1/1"], "參數有誤"),
        (lambda a: a[:3], "參數有誤"),
    ],
)
def test_what_cannot_start_says_one_line_and_writes_nothing(
    change, words, tmp_path, capsys
) -> None:
    out = tmp_path / "out"
    given = change(arguments(SAMPLES / "kaohsiung-114", out))
    try:
        code = main(given)
    except SystemExit as stop:
        code = stop.code
    error = capsys.readouterr().err
    assert code == 2
    assert words in error
    assert error.count("\n") == 1
    assert not out.exists()


def test_broken_attendance_sheet_stops_the_run(tmp_path, capsys) -> None:
    sheet = tmp_path / "attendance.csv"
    sheet.write_text(
        "人員代號,姓名,類別,起始日期,起始時間,結束日期,結束時間\n"
        "A0008,郭欣君,加班,114/02/30,18:00,114/02/30,20:00\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    given = [*arguments(SAMPLES / "kaohsiung-114", out), "--attendance", str(sheet)]
    assert main(given) == 2
    assert "attendance.csv" in capsys.readouterr().err
    assert not out.exists()


def test_attendance_with_somebody_elses_name_stops_the_run(tmp_path, capsys) -> None:
    sheet = tmp_path / "加班.csv"
    sheet.write_text(
        "人員代號,姓名,類別,起始日期,起始時間,結束日期,結束時間\n"
        "A0008,賴玉毅,加班,114/02/20,18:00,114/02/20,20:00\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    given = [*arguments(SAMPLES / "kaohsiung-114", out), "--attendance", str(sheet)]
    assert main(given) == 2
    assert "郭欣君" in capsys.readouterr().err
    assert not out.exists()


def test_plans_are_listed_shown_and_validated(tmp_path, capsys) -> None:
    assert main(["plans"]) == 0
    assert "kaohsiung-114" in capsys.readouterr().out
    assert main(["plans", "show", "kaohsiung-114"]) == 0
    assert "雙軸轉型淨零港都" in capsys.readouterr().out
    broken = tmp_path / "明年.toml"
    broken.write_text('schema = 1\nid = "x"\nunknown = 3\n', encoding="utf-8")
    assert main(["plans", "validate", str(broken)]) == 1
    assert "第 3 行 unknown" in capsys.readouterr().err


def test_store_is_kept_backed_up_verified_and_restored(tmp_path, capsys) -> None:
    store = tmp_path / "公所 資料" / "gongyu.db"
    given = arguments(SAMPLES / "bad-input", tmp_path / "out", "--store", str(store))
    assert main(given) == 1
    assert main(["verify-store", "--store", str(store)]) == 0
    copy = tmp_path / "備份.db"
    assert main(["backup", "--store", str(store), "--backup", str(copy)]) == 0
    store.write_bytes(b"\x00" * 4096)
    assert main(["verify-store", "--store", str(store)]) == 2
    capsys.readouterr()
    assert main(["restore", "--store", str(store), "--backup", str(copy)]) == 0
    assert main(["verify-store", "--store", str(store)]) == 0


def test_the_same_files_twice_change_nothing(tmp_path) -> None:
    store = tmp_path / "gongyu.db"
    first, second = tmp_path / "1", tmp_path / "2"
    for out in (first, second):
        main(arguments(SAMPLES / "kaohsiung-114", out, "--store", str(store)))
    assert (
        truth.load(first / "verdicts.json")["people"]
        == truth.load(second / "verdicts.json")["people"]
    )


def test_verdict_that_differs_from_the_stored_one_is_said(tmp_path, capsys) -> None:
    store = tmp_path / "gongyu.db"
    sample = SAMPLES / "kaohsiung-114"
    given = arguments(sample, tmp_path / "1", "--store", str(store))
    main(given)
    capsys.readouterr()
    overtime = tmp_path / "加班.csv"
    overtime.write_text(
        "人員代號,姓名,類別,起始日期,起始時間,結束日期,結束時間\n"
        "A0003,宋冠珍,加班,114/07/19,15:00,114/07/19,17:00\n",
        encoding="utf-8",
    )
    main([*given, "--attendance", str(overtime)])
    said = [line for line in capsys.readouterr().err.splitlines() if "結果與上次不同" in line]
    assert len(said) == 1
    assert "A0003" in said[0]
    assert "補休 8 時" in said[0]
    assert "補休 4 時" in said[0]


def test_forms_printed_again_unchanged_keep_their_numbers(tmp_path) -> None:
    store = tmp_path / "gongyu.db"
    sample = SAMPLES / "kaohsiung-114"
    numbers = []
    for run_name in ("1", "2"):
        main(arguments(sample, tmp_path / run_name, "--store", str(store), "--forms"))
        found = []
        for name in (
            "application-forms",
            "commendation-list",
            "not-commended-list",
            "correction-requests",
        ):
            document = pypdfium2.PdfDocument(tmp_path / run_name / f"{name}.pdf")
            for page in document:
                text = page.get_textpage().get_text_bounded()
                found.extend(re.findall(r"KH-114-\d{6}", text))
                assert ("補印" in text) is (run_name == "2")
        numbers.append(found)
    assert numbers[0] == numbers[1]
    assert len(set(numbers[0])) == max(int(number[-6:]) for number in numbers[0])
