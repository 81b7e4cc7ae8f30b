"""One learning record, two plans or two years: marked and linked, never dropped, never judged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from desktop.services.import_preview import preview
from desktop.services.importing import read_batch, store_batch
from desktop.services.office import Office, open_office
from desktop.services.plan_document import with_value
from desktop.services.plan_drafts import PlanDraft, open_draft
from desktop.services.plan_versions import put_in_force
from desktop.services.stale_verdicts import store_verdicts
from desktop.services.verifying import case
from tests.unit.services.test_importing import HEAD, ROSTER, ROW, write

PLAN, OTHER = "kaohsiung-114", "kaohsiung-114-extra"
ON_DUTY = ROW.replace("2025-03-15 10:00:00", "2025-03-14 10:00:00").replace(
    "2025-03-15 11:00:00", "2025-03-14 11:00:00"
)


def put_other_plan(office: Office) -> None:
    draft = open_draft(office, PLAN)
    values = with_value(draft.values, ("id",), OTHER)
    values = with_value(values, ("code",), "KX")
    put_in_force(office, PlanDraft(OTHER, with_value(values, ("short_title",), "另一個計畫")))


@pytest.fixture
def staffed(office: Office, tmp_path: Path) -> Office:
    people = "A1,王小明,民政課,課員,薦任第6職等,編制內公務人員,A\n"
    store_batch(office, read_batch(office, [write(tmp_path, "名冊.csv", ROSTER + people)]))
    settings = Path("resources/sample/agency.toml").read_text(encoding="utf-8")
    store_batch(office, read_batch(office, [write(tmp_path, "agency.toml", settings)]))
    return office


def bring(office: Office, folder: Path, name: str, row: str) -> None:
    store_batch(office, read_batch(office, [write(folder, name, HEAD + row)]))


def marked(office: Office, plan_id: str = PLAN) -> list[tuple[str, ...]]:
    return list(case(office, plan_id, "A1").elsewhere.values())


def test_a_record_that_passed_under_another_plan_is_marked_with_that_plan(
    staffed: Office, tmp_path: Path
) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    put_other_plan(staffed)
    assert marked(staffed) == []
    store_verdicts(staffed, OTHER)
    words = "這一列在「114 年 另一個計畫」也通過，兩個計畫都會用到，請留意。"
    assert marked(staffed) == [(words,)]
    # It is told and not judged: no clause forbids it.
    (record,) = (r for r in case(staffed, PLAN, "A1").verdict.records if r.is_in_plan)
    assert record.verdict is not None
    assert record.verdict.value == "pass"


def test_a_record_that_failed_under_the_other_plan_is_not_marked(
    staffed: Office, tmp_path: Path
) -> None:
    bring(staffed, tmp_path, "甲.csv", ON_DUTY)
    put_other_plan(staffed)
    store_verdicts(staffed, OTHER)
    assert marked(staffed) == []


def test_another_reading_of_the_course_is_not_the_same_record(
    staffed: Office, tmp_path: Path
) -> None:
    bring(staffed, tmp_path, "甲.csv", ROW)
    put_other_plan(staffed)
    store_verdicts(staffed, OTHER)
    later = ROW.replace("2025-03-15 11:00:00", "2025-03-15 11:00:01")
    bring(staffed, tmp_path, "乙.csv", later)
    marks = case(staffed, PLAN, "A1").elsewhere
    records = [r for r in case(staffed, PLAN, "A1").verdict.records if r.is_in_plan]
    assert len(records) == 2
    assert [r.row.end for r in records if r.key in marks] == [datetime(2025, 3, 15, 11)]


def test_the_same_printout_handed_in_a_year_later_is_linked_to_the_first(tmp_path: Path) -> None:
    now = [datetime(2025, 9, 1, 9)]
    office = open_office(tmp_path / "years.db", actor="周雅雯", clock=lambda: now[0])
    people = "A1,王小明,民政課,課員,薦任第6職等,編制內公務人員,A\n"
    store_batch(office, read_batch(office, [write(tmp_path, "名冊.csv", ROSTER + people)]))
    bring(office, tmp_path, "114年.csv", ROW)
    now[0] = datetime(2026, 9, 1, 9)
    path = write(tmp_path, "115年.csv", HEAD + ROW.rstrip("\n") + "\n\n")
    (file,) = preview(office, read_batch(office, [path])).files
    assert "與先前匯入的一列相同" in file.rows[0].note
    store_batch(office, read_batch(office, [path]))
    (record,) = (r for r in case(office, PLAN, "A1").verdict.records if r.is_in_plan)
    assert [row.place.file_name for row in (record.row, *record.copies)] == [
        "114年.csv",
        "115年.csv",
    ]
    office.store.close()
