"""The yearly requirement from the imported pages to the clerk's words, and the organisation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.services.import_preview import preview
from desktop.services.importing import (
    assign_pending,
    pending,
    read_batch,
    store_batch,
    take_back,
)
from desktop.services.office import Office
from desktop.services.summary_yearly import completion
from desktop.services.verifying import case
from desktop.services.yearly_hours import YearlyLine, YearlyView

PLAN = "hsinchu-109"
INPUT = Path(__file__).parents[2] / "samples" / PLAN / "input"
RECORDS = INPUT / "records"
GREEN, OTHERS = 1, 3


@pytest.fixture
def portal(office: Office) -> Office:
    """An office that has imported the sample of the plan."""
    paths = [INPUT / "roster.xlsx", INPUT / "applications.xlsx", RECORDS]
    store_batch(office, read_batch(office, paths))
    return office


def view(office: Office, employee_id: str) -> YearlyView:
    found = case(office, PLAN, employee_id).yearly
    assert found is not None
    return found


def shown(line: YearlyLine) -> tuple[str, ...]:
    return (line.needs, line.stated, line.counted, line.short, line.state_words)


def changed_page(folder: Path, name: str, before: str, after: str) -> Path:
    """A sample's page with something else in its summary block."""
    text = (RECORDS / name).read_text(encoding="utf-8")
    assert before in text
    path = folder / name
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path


def test_page_and_records_of_a_person_stand_side_by_side(portal: Office) -> None:
    found = view(portal, "H0002")
    assert [shown(line) for line in found.lines] == [
        ("1", "0", "1", "1", "不一致"),
        ("4", "2", "4", "2", "不一致"),
        ("1", "2", "2", "0", "達成"),
        ("4", "3", "3", "1", "未達"),
    ]
    assert shown(found.total) == ("10", "6", "9", "4", "未達")
    assert found.headline == "6／10 時，未達，尚缺 4 時"
    assert found.notes[:3] == (
        "入口網頁面的時數取自 H0002_洪婉慈.pdf 第 1 頁。",
        "「當前政府重大政策」入口網頁面是 0 時，依學習紀錄計算是 1 時，兩者不符，請核對。",
        "「環境教育」入口網頁面是 2 時，依學習紀錄計算是 4 時，兩者不符，請核對。",
    )


def test_records_without_a_page_are_counted_and_what_is_open_is_said(portal: Office) -> None:
    found = view(portal, "H0003")
    assert shown(found.lines[GREEN]) == ("4", "未知", "至少 4", "0", "達成")
    assert shown(found.lines[OTHERS]) == ("4", "未知", "至少 3", "未知", "未知")
    assert found.headline == "至少 9／10 時，未知"
    assert found.notes == (
        "沒有 109 年度的入口網時數摘要，只依學習紀錄計算。",
        "另有 3 時的課程看不出類別，沒有算進任何一項。",
    )


def test_a_person_without_any_evidence_is_unknown(portal: Office) -> None:
    found = view(portal, "H0006")
    assert found.headline == "未知／10 時"
    assert {line.has for line in found.lines} == {"未知"}
    assert found.notes == ("沒有 109 年度的入口網學習時數頁面，也沒有該年度的學習紀錄，時數未知。",)


def test_two_people_of_one_name_keep_their_own_pages(portal: Office) -> None:
    assert view(portal, "H0007").total.stated == "9"
    assert view(portal, "H0008").total.stated == "8"


def test_a_plan_without_a_requirement_shows_none(portal: Office) -> None:
    assert case(portal, "kaohsiung-114", "H0002").yearly is None


def test_a_later_page_counts_until_it_is_taken_back(portal: Office, tmp_path: Path) -> None:
    page = changed_page(
        tmp_path,
        "H0008_李犇.html",
        "公民參與(4小時)</td><td>2小時",
        "公民參與(4小時)</td><td>4小時",
    )
    later = store_batch(portal, read_batch(portal, [page]))
    found = view(portal, "H0008")
    assert found.lines[OTHERS].stated == "4"
    assert any("較早匯入的頁面（H0008_李犇.html）" in note for note in found.notes)
    take_back(portal, later.batch_id)
    again = view(portal, "H0008")
    assert again.lines[OTHERS].stated == "2"
    assert not any("較早" in note for note in again.notes)


def test_the_same_page_again_changes_nothing(portal: Office) -> None:
    before = view(portal, "H0008")
    store_batch(portal, read_batch(portal, [RECORDS / "H0008_李犇.html"]))
    assert view(portal, "H0008") == before


def test_a_page_that_asks_for_other_hours_is_told(portal: Office, tmp_path: Path) -> None:
    page = changed_page(tmp_path, "H0008_李犇.html", "環境教育(4小時)", "環境教育(3小時)")
    store_batch(portal, read_batch(portal, [page]))
    found = view(portal, "H0008")
    assert found.lines[GREEN].needs == "4"
    assert "「環境教育」頁面寫應完成 3 時，計畫是 4 時，以計畫為準。" in found.notes


def test_a_page_of_nobody_waits_for_its_person(office: Office, tmp_path: Path) -> None:
    store_batch(office, read_batch(office, [INPUT / "roster.xlsx"]))
    nameless = tmp_path / "列印.pdf"
    shutil.copyfile(RECORDS / "H0002_洪婉慈.pdf", nameless)
    store_batch(office, read_batch(office, [nameless]))
    assert view(office, "H0002").total.stated == "未知"
    (waiting,) = pending(office)
    assign_pending(office, waiting.file_id, "H0002")
    assert view(office, "H0002").total.stated == "6"


EMPTY_YEAR = """<html><head><meta charset="utf-8"></head><body><div>年度：109　查詢</div><table>
<tr><td>通過總學習時數</td><td>3小時</td></tr>
<tr><td>每年必須完成之課程總學習時數(10小時)</td><td>3小時</td></tr>
<tr><td>當前政府重大政策(1小時)</td><td>1小時</td></tr><tr><td>環境教育(4小時)</td><td>2小時</td></tr>
</table><p>查無資料</p></body></html>"""


def test_a_page_without_courses_is_stored_shown_and_taken_back(
    office: Office, tmp_path: Path
) -> None:
    store_batch(office, read_batch(office, [INPUT / "roster.xlsx"]))
    page = tmp_path / "H0003.html"
    page.write_text(EMPTY_YEAR.replace("<body>", "<body><div>人員代號：H0003</div>"), "utf-8")
    draft = read_batch(office, [page])
    (shown_file,) = preview(office, draft).files
    assert (shown_file.rows_in, shown_file.pages, shown_file.question) == (0, 1, "")
    outcome = store_batch(office, draft)
    assert (outcome.rows_in, outcome.rows_stored, outcome.refusals) == (0, 0, ())
    assert view(office, "H0003").total.stated == "3"
    assert view(office, "H0003").lines[GREEN].stated == "2"
    assert preview(office, read_batch(office, [page])).files[0].pages == 0
    assert store_batch(office, read_batch(office, [page])).batch_id == ""
    assert outcome.change.undo_token is not None
    take_back(office, outcome.batch_id)
    assert view(office, "H0003").total.stated == "未知"


def test_a_page_without_courses_and_without_a_name_waits_for_its_person(
    office: Office, tmp_path: Path
) -> None:
    store_batch(office, read_batch(office, [INPUT / "roster.xlsx"]))
    page = tmp_path / "列印.html"
    page.write_text(EMPTY_YEAR, "utf-8")
    draft = read_batch(office, [page])
    assert preview(office, draft).files[0].question == "這份檔案沒有姓名，是誰的？"
    outcome = store_batch(office, draft)
    assert [refusal.reason.value for refusal in outcome.waiting] == ["person_unknown"]
    (waiting,) = pending(office)
    assert waiting.rows == 0
    assign_pending(office, waiting.file_id, "H0004", shown=waiting.shown)
    assert view(office, "H0004").total.stated == "3"
    assert pending(office) == ()


# ----------------------------------------------------------------------------- the organisation
def test_the_organisation_is_counted_over_those_who_may_apply(portal: Office) -> None:
    found = completion(portal, PLAN)
    assert [(r.item, r.eligible, r.completed, r.waiting) for r in found.rates] == [
        ("全部完成", 7, 3, 2),
        ("年度必修 10 小時", 7, 0, 3),
    ]
    assert found.headline == "完成率 43%"
    assert found.sentences == (
        "全部完成：3／7 人（43%），待確認或未知 2 人",
        "年度必修 10 小時：0／7 人（0%），待確認或未知 3 人",
    )


def test_sets_of_a_rank_are_counted_over_the_people_of_that_rank(office: Office) -> None:
    folder = INPUT.parents[1] / "kaohsiung-103" / "input"
    store_batch(office, read_batch(office, [folder]))
    found = completion(office, "kaohsiung-103")
    assert found.in_short == ("全部完成：0／7 人（0%）",)
    # Counted by hand from the sample's truth: one 職工, two 簡任, one 薦任, four others.
    assert [(r.item, r.eligible, r.completed, r.waiting) for r in found.rates] == [
        ("全部完成", 7, 0, 0),
        ("完成一套以上", 7, 5, 0),
        ("完成：簡任主餐", 2, 0, 0),
        ("完成：薦任主餐", 1, 1, 0),
        ("完成：委任主餐", 4, 2, 0),
        ("完成：副餐1-窈窕精緻餐", 7, 1, 1),
        ("完成：副餐2-幸福嚴選餐", 7, 3, 1),
        ("完成：副餐3-豪華主廚餐", 7, 1, 0),
    ]


def test_a_programme_counts_who_was_credited_and_who_reached_the_minimum(office: Office) -> None:
    folder = INPUT.parents[1] / "taipei-coursera-113" / "input"
    paths = [folder / "roster.xlsx", folder / "applications.xlsx", folder / "records"]
    store_batch(office, read_batch(office, paths))
    found = completion(office, "taipei-coursera-113")
    assert [rate.item for rate in found.rates] == ["時數已登錄", "達最低時數"]
    credited, reached = found.rates
    assert credited.completed < reached.completed  # T0005 handed in no report in time
    assert credited.eligible == reached.eligible


def test_nobody_to_apply_to_has_no_rate(office: Office) -> None:
    found = completion(office, PLAN)
    assert found.headline == "沒有適用對象"
    assert found.sentences[0] == "全部完成：沒有適用對象"


# ------------------------------------------------------------------------------------- nominees
def _nominations(folder: Path) -> Path:
    sheet = folder / "薦送名冊.csv"
    heading = "人員代號,姓名,聯絡電話,人事單位電子信箱,優先條件,遞補\n"
    sheet.write_text(f"{heading}H0002,洪婉慈,0912,hr@example.tw,,\n", encoding="utf-8")
    return sheet


@pytest.mark.parametrize(
    ("plan_id", "named", "words"),
    [
        ("taipei-coursera-113", "taipei-coursera-113", "113 年的薦送名冊"),
        (PLAN, "", "沒有指明計畫"),
        ("", "", "沒有指明計畫"),
    ],
)
def test_a_list_of_nominees_is_for_the_programme_in_force(
    portal: Office, tmp_path: Path, plan_id: str, named: str, words: str
) -> None:
    draft = read_batch(portal, [_nominations(tmp_path)])
    outcome = store_batch(portal, draft, plan_id=plan_id)
    with portal.store.reading() as reader:
        assert [nominee.plan for nominee in reader.nominees()] == [named]
    assert any(words in remark for remark in outcome.remarks)
