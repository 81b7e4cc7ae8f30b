"""審核 under a plan with a yearly requirement, and what it says where nothing is off duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.plan import OffDutyCheck
from desktop.qt.pages.review_facts import fine_words
from desktop.qt.pages.review_yearly import YearlyStrip, hours_of
from desktop.qt.services import services_of
from desktop.services.importing import read_batch, store_batch
from desktop.services.office import Office
from desktop.services.verifying import case
from tests.qt.conftest import OpenWindow, settle

PLAN = "hsinchu-109"
INPUT = Path(__file__).parents[1] / "samples" / PLAN / "input"


@pytest.fixture
def portal(empty_office: Office) -> Office:
    paths = [INPUT / "roster.xlsx", INPUT / "applications.xlsx", INPUT / "records"]
    store_batch(empty_office, read_batch(empty_office, paths))
    return empty_office


def shown(strip: YearlyStrip) -> list[tuple[str, str]]:
    texts = [cell.text() for cell in strip._cells]
    return list(zip(texts[::2], texts[1::2], strict=True))


def test_person_and_organisation_are_in_sight_in_the_window(
    qtbot, open_window: OpenWindow, portal: Office
) -> None:
    window = open_window(portal)
    window.choose_plan(PLAN)
    settle(qtbot, window)
    window.open_page("review", "H0002")
    settle(qtbot, window)
    page = window.pages["review"]
    assert page.yearly.isVisible()
    assert shown(page.yearly)[:4] == [
        ("年度必修", "6／10 時，未達，尚缺 4 時"),
        ("當前政府重大政策", "頁面 0、紀錄 1／1"),
        ("環境教育", "頁面 2、紀錄 4／4"),
        ("性別主流", "2／1 達成"),
    ]
    assert "兩者不符，請核對" in page.yearly.toolTip()
    assert page.queue.completion.text() == "完成率 43%"
    assert "年度必修 10 小時：0／7 人" in page.queue.completion.toolTip()
    window.open_page("review", "H0006")
    settle(qtbot, window)
    assert [words for _, words in shown(page.yearly)] == [
        "未知／10 時", "未知／1", "未知／4", "未知／1", "未知／4"
    ]  # fmt: skip
    window.choose_plan("kaohsiung-114")
    settle(qtbot, window)
    assert page.yearly.isHidden()


@pytest.mark.parametrize(
    ("who", "line", "words"),
    [
        ("H0003", 1, "至少 4／4 達成"),
        ("H0003", 3, "至少 3／4"),
        ("H0008", 3, "2／4 缺 2"),
        ("H0004", 1, "4／4 達成"),
    ],
)
def test_a_line_in_short(portal: Office, who: str, line: int, words: str) -> None:
    view = case(portal, PLAN, who).yearly
    assert view is not None
    assert hours_of(view.lines[line]) == words


@pytest.mark.parametrize(
    ("check", "timed", "dated"),
    [
        (OffDutyCheck.START_AND_END, "起迄都在公餘，合於規定。", "沒有不符的地方，合於規定。"),
        (OffDutyCheck.COMPLETION, "完成時間在公餘，合於規定。", "沒有不符的地方，合於規定。"),
        (OffDutyCheck.NONE, "沒有不符的地方，合於規定。", "沒有不符的地方，合於規定。"),
    ],
)
def test_off_duty_is_claimed_only_where_it_was_checked(
    portal: Office, check: OffDutyCheck, timed: str, dated: str
) -> None:
    found = case(portal, PLAN, "H0002")
    plan, record = found.plan, found.verdict.records[0]
    assert plan.compensatory_leave is not None
    plan = replace(plan, compensatory_leave=replace(plan.compensatory_leave, off_duty_check=check))
    moment = datetime(2020, 5, 2, 20)
    with_times = replace(record, row=replace(record.row, start=moment, end=moment))
    assert fine_words(with_times, plan) == timed
    assert fine_words(record, plan) == dated


def test_nominees_imported_in_the_window_are_for_the_programme_in_force(
    qtbot, open_window: OpenWindow, portal: Office, tmp_path: Path
) -> None:
    sheet = tmp_path / "薦送名冊.csv"
    sheet.write_text(
        "人員代號,姓名,聯絡電話,人事單位電子信箱,優先條件,遞補\nH0002,洪婉慈,0912,hr@example.tw,,\n",
        encoding="utf-8",
    )
    window = open_window(portal, services_of(portal))
    window.choose_plan("taipei-coursera-113")
    settle(qtbot, window)
    window.open_page("import")
    page = window.pages["import"]
    page.add_paths([sheet])
    settle(qtbot, window)
    page.store()
    settle(qtbot, window)
    with portal.store.reading() as reader:
        assert [nominee.plan for nominee in reader.nominees()] == ["taipei-coursera-113"]
