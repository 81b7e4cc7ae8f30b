"""Four plans written from the vocabulary alone, from files to verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.verdicts import Verdict
from desktop.services.checking import CheckRequest, CheckResult, run_check
from desktop.services.correction_papers import correction_notice
from desktop.services.office import Office
from desktop.services.units import unit_standings
from desktop.services.verifying import queue
from forms.document import Issue

PLANS = Path(__file__).parents[2] / "cases" / "plans-of-other-cities"
WIDER = Path(__file__).parents[2] / "samples" / "wider-benefits"
PEOPLE = 16
AGENCY_LIST = "員工代號,姓名,服務機關,課程名稱,期別,學習機關(構),上課期間,時數,學習類別,業務相關"


def name_of(number: int) -> str:
    surnames = "王李張劉陳楊趙黃周吳徐孫馬朱胡林"
    return f"{surnames[number]}{'甲乙丙丁'[number % 4]}文"


def write(path: Path, heading: str, lines: Iterable[str]) -> Path:
    path.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Sixteen people of one unit."""
    return write(
        tmp_path / "名冊.csv",
        "人員代號,姓名,服務單位,職稱,官職等,人員類別,班別",
        (
            f"A{number:02d},{name_of(number)},民政處,科員,薦任第7職等,編制內公務人員,H"
            for number in range(PEOPLE)
        ),
    )


def check(
    office: Office, plan_id: str, roster: Path, records: Path, *, agency: Path | None = None
) -> CheckResult:
    return run_check(
        office,
        CheckRequest(
            plan=str(PLANS / f"{plan_id}.toml"),
            roster=roster,
            agency=agency,
            calendars=(),
            attendance=(),
            shifts=(),
            punches=(),
            applications=None,
            nominations=None,
            history=None,
            records=(records,),
            out=roster.parent / "out",
            as_of=date(2025, 12, 1),
            with_forms=False,
        ),
    )


def listed(number: int, course: str, day: str, hours: str, kind: str, mark: str) -> str:
    period = f"起:1000101 迄:1001231 登:{day}"
    return (
        f"A{number:02d},{name_of(number)},測試機關,{course},1,學院,{period},{hours},{kind},{mark}"
    )


def test_hualien_gives_tiers_by_hours_and_measures_the_unit(
    office: Office, roster: Path, tmp_path: Path
) -> None:
    courses = [
        ("環境教育法與公務實務", "6"),
        ("性別主流化初階", "6"),
        ("人權大步走", "6"),
        ("公文寫作進階", "12"),
        ("為民服務與溝通", "10"),
        ("個資保護實務", "8"),
    ]
    # All but two complete 48 hours, one stops at 30, one began too late.
    lines = []
    for number in range(PEOPLE):
        for course, hours in courses[: 4 if number == 14 else 6]:
            day = "1001201" if number == 15 else "1000930"
            lines.append(listed(number, course, day, hours, "數位", ""))
    sheet = write(tmp_path / "同仁學習狀況明細.csv", AGENCY_LIST, lines)
    result = check(office, "hualien-100", roster, sheet)
    assert (result.rows_in, result.rows_refused) == (PEOPLE * 6 - 2, 0)
    awards = [[(a.name, a.count) for a in v.commendation.awards] for v in result.verdicts]
    assert awards == [[("記功", 1)]] * 14 + [[("嘉獎", 1)], []]
    (unit,) = unit_standings(office, "hualien-100")
    assert (unit.completed, unit.headcount, unit.lacking) == (14, 16, ("A14", "A15"))
    assert unit.band is not None
    assert [(r.role, r.people, r.award, r.count) for r in unit.band.recipients] == [
        ("主辦人員", 1, "嘉獎", 1)
    ]


@pytest.mark.parametrize(("last_mark", "state"), [("*", "granted"), ("", "none")])
def test_taichung_asks_everybody_for_all_three_minimums(
    office: Office, roster: Path, tmp_path: Path, last_mark: str, state: str
) -> None:
    lines = []
    for number in range(PEOPLE):
        for course in range(10):
            kind = "數位" if course < 2 else "實體"
            mark = "*" if course < 5 else ""
            # The last one's fifth business-related course decides about everybody.
            if (number, course) == (PEOPLE - 1, 4):
                mark = last_mark
            lines.append(listed(number, f"課程之{course}", "1000930", "4", kind, mark))
    sheet = write(tmp_path / "同仁學習狀況明細.csv", AGENCY_LIST, lines)
    result = check(office, "taichung-100", roster, sheet)
    first = result.verdicts[0].sets[0]
    assert [int(minimum.sure) for minimum in first.minimums] == [40, 8, 20]
    (unit,) = unit_standings(office, "taichung-100")
    assert unit.state.value == state
    if unit.band is not None:
        assert [(r.award, r.count) for r in unit.band.recipients] == [("嘉獎", 2)]


@pytest.mark.parametrize(
    ("fifteenth", "state"), [("90", "granted"), ("89", "none"), ("", "review")]
)
def test_csptc_draws_among_units_with_fifteen_good_scores(
    office: Office, roster: Path, tmp_path: Path, fifteenth: str, state: str
) -> None:
    scores = ["95"] * 14 + [fifteenth]
    sheet = write(
        tmp_path / "完成清冊.csv",
        "人員代號,姓名,課程名稱,時數,完成日期,完成時間,測驗",
        (
            f"A{number:02d},{name_of(number)},公務倫理與核心價值,1,111/05/02,20:00:00,{score}"
            for number, score in enumerate(scores)
        ),
    )
    result = check(office, "csptc-111", roster, sheet)
    draws = [verdict.entitlements[0].state.value for verdict in result.verdicts]
    assert draws == ["granted"] * 14 + [state, "none"]
    (unit,) = unit_standings(office, "csptc-111")
    assert (unit.state.value, unit.headcount) == (state, PEOPLE)


def test_hsinchu_city_knows_the_longer_friday(office: Office, roster: Path, tmp_path: Path) -> None:
    thursday, friday = "114/03/13", "114/03/14"
    sheet = write(
        tmp_path / "王甲文 學習紀錄.csv",
        "人員代號,姓名,課程名稱,上課期間,閱讀時數,通過狀態,認證時數",
        (
            f"A00,{name_of(0)},{course},{day} 16:30:00~{day} 19:00:00,00:30:00,已通過,1"
            for course, day in (("智慧城市入門", thursday), ("風城文化資產導覽", friday))
        ),
    )
    agency = PLANS / "hsinchu-city-114-agency.toml"
    result = check(office, "hsinchu-city-114", roster, sheet, agency=agency)
    found = {record.course: record for record in result.verdicts[0].records}
    assert [code.value for code in found["智慧城市入門"].reasons] == ["start_on_duty"]
    assert [code.value for code in found["風城文化資產導覽"].reasons] == ["flex_uncertain"]


def test_a_freely_chosen_course_that_does_not_count_is_asked_to_be_corrected(
    office: Office, roster: Path, tmp_path: Path
) -> None:
    lines = [listed(0, f"課程之{n}", "1000930", "4", "數位", "*") for n in range(9)]
    lines.append(listed(0, "太晚的課", "1001201", "4", "數位", "*"))
    sheet = write(tmp_path / "同仁學習狀況明細.csv", AGENCY_LIST, lines)
    verdict = check(office, "taichung-100", roster, sheet).verdicts[0]
    with office.store.reading() as reader:
        plan = office.plan(reader, "taichung-100")
        calendar, _ = office.calendar(reader)
    notice = correction_notice(
        plan,
        verdict,
        issue=Issue(issued_at=office.clock()),
        agency="臺中市政府",
        clerk="",
        calendar=calendar,
    )
    assert notice is not None
    assert [(row.number, row.name) for row in notice.rows] == [("1", "太晚的課")]
    assert "補休" not in notice.lead


def test_who_waits_for_the_list_of_former_awards_stands_among_those_to_be_confirmed(
    office: Office, tmp_path: Path
) -> None:
    result = run_check(
        office,
        CheckRequest(
            plan=str(WIDER / "plan.toml"),
            roster=WIDER / "roster.csv",
            agency=None,
            calendars=(),
            attendance=(),
            shifts=(),
            punches=(),
            applications=WIDER / "applications.csv",
            nominations=None,
            history=None,
            records=(WIDER / "records.csv",),
            out=tmp_path / "out",
            as_of=date(2025, 12, 31),
            with_forms=False,
        ),
    )
    first = result.verdicts[0]
    assert {record.verdict for record in first.records if record.is_in_plan} == {Verdict.PASS}
    states = {entry.employee_id: entry.state for entry in queue(office, "hai-yang-114")}
    assert states["M01"] == "review"
