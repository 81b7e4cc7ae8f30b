"""報表 from the store: every row accounted for, units chosen, choices kept, files whole."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from desktop.services.importing import pending
from desktop.services.office import Office
from desktop.services.output_folder import OutputFolderError
from desktop.services.progress import CancelledError
from desktop.services.report_choices import (
    EVERYTHING,
    NameMissingError,
    ReportChoice,
    drop_report_choice,
    keep_report_choice,
    report_choices,
)
from desktop.services.reporting import Report, report, save_report, write_report
from desktop.services.undoing import redo, undo
from desktop.services.verifying import evaluate_everybody

PLAN = "kaohsiung-114"


def table(made: Report, title: str) -> list[dict[str, str]]:
    sheet = next(one for one in made.sheets if one.title == title)
    first = sheet.tables[0]
    heads = [column.title for column in first.columns]
    return [dict(zip(heads, row, strict=True)) for row in first.rows]


def test_report_holds_everybody_and_every_row_read(sample: Office) -> None:
    made = report(sample, PLAN)
    _, verdicts = evaluate_everybody(sample, PLAN)
    people = table(made, "明細")
    assert [row["人員代號"] for row in people[:-1]] == [v.person.employee_id for v in verdicts]
    assert people[-1]["姓名"] == f"{len(verdicts)}人"
    assert made.people == len(verdicts)
    assert made.chosen_units == ()
    files = next(
        one for sheet in made.sheets for one in sheet.tables if one.caption == "三、讀入的檔案"
    )
    with sample.store.reading() as reader:
        read = sum(
            file.rows_in
            for batch in reader.batches()
            for file in reader.batch_files(batch.id)
            if file.kind is None or file.kind.is_learning_evidence
        )
    total = files.rows[-1]
    assert int(total[2]) == read == int(total[3]) + int(total[4])
    refused = table(made, "拒收")
    waiting = sum(one.rows for one in pending(sample))
    assert waiting > 0
    assert int(refused[-1]["列數"]) == int(total[4])
    assert sum("等您到「匯入」指定人員" in row["說明"] for row in refused) == len(pending(sample))


def test_report_of_one_unit_tells_of_its_people_only(sample: Office) -> None:
    everybody = report(sample, PLAN)
    unit = everybody.units[0]
    made = report(sample, PLAN, units=[unit, "沒有這個單位"])
    assert made.chosen_units == (unit,)
    assert {row["單位"] for row in table(made, "明細")[:-1]} == {unit}
    assert {row["單位"] for row in table(made, "課程明細")} == {unit}
    assert [row["單位"] for row in table(made, "總表")] == [unit, "合計"]
    facts = dict(
        row
        for sheet in made.sheets
        for one in sheet.tables
        if one.caption == "一、基本資料"
        for row in one.rows
    )
    assert facts["單位"] == unit
    captions = [one.caption for one in made.sheets[0].tables]
    assert "所選單位完成率" in captions


def test_report_is_written_without_what_is_not_wanted_and_logged(
    sample: Office, tmp_path: Path
) -> None:
    made = report(sample, PLAN)
    choice = ReportChoice(
        left_out_sheets=("拒收",),
        left_out_columns=(("People", "title"),),
        kinds=("xlsx", "ods"),
    )
    files = write_report(made, choice, choice.kinds)
    folder = tmp_path / "out"
    folder.mkdir()
    paths, _ = save_report(sample, PLAN, folder / "月報.xlsx", files, choice)
    assert [path.name for path in paths] == ["月報.xlsx", "月報.ods"]
    assert sorted(one.name for one in folder.iterdir()) == ["月報.ods", "月報.xlsx"]
    book = openpyxl.load_workbook(BytesIO((folder / "月報.xlsx").read_bytes()))
    assert "拒收" not in book.sheetnames
    heads = [cell.value for row in book["明細"].iter_rows(max_row=6) for cell in row]
    assert "姓名" in heads
    assert "職稱" not in heads
    with sample.store.reading() as reader:
        told = [one.detail for one in reader.audit_entries(2) if "files" in one.detail]
    assert told[0]["files"] == "月報.xlsx、月報.ods"
    assert told[0]["left_out"] == "拒收"


def test_report_that_is_stopped_or_cannot_be_kept_leaves_nothing(
    sample: Office, tmp_path: Path
) -> None:
    made = report(sample, PLAN)
    with pytest.raises(CancelledError):
        write_report(made, EVERYTHING, ("xlsx",), progress=lambda done, total, words: False)
    with pytest.raises(CancelledError):
        report(sample, PLAN, progress=lambda done, total, words: False)
    missing = tmp_path / "沒有" / "月報.xlsx"
    with pytest.raises(OutputFolderError):
        save_report(sample, PLAN, missing, {"xlsx": b"x"}, EVERYTHING)
    assert not missing.parent.exists()


def test_choice_is_kept_replaced_undone_and_dropped(sample: Office) -> None:
    monthly = ReportChoice(units=("民政課",), left_out_columns=(("People", "rank"),))
    keep_report_choice(sample, " 月報 ", monthly)
    assert report_choices(sample) == {"月報": monthly}
    other = ReportChoice(left_out_sheets=("說明",), kinds=("ods",))
    keep_report_choice(sample, "月報", other)
    assert report_choices(sample) == {"月報": other}
    undo(sample)
    assert report_choices(sample) == {"月報": monthly}
    redo(sample)
    assert report_choices(sample) == {"月報": other}
    drop_report_choice(sample, "月報")
    assert report_choices(sample) == {}
    with pytest.raises(LookupError, match="月報"):
        drop_report_choice(sample, "月報")
    with pytest.raises(NameMissingError):
        keep_report_choice(sample, "  ", monthly)


def test_report_of_a_nominated_programme_has_its_own_columns(sample: Office) -> None:
    made = report(sample, "taipei-coursera-113")
    assert "登錄時數" in [column.title for column in made.sheets[0].tables[0].columns]
