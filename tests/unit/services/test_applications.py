"""Application forms of 103 and 109: whose, which courses, what was granted so far."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop.domain.verdicts import DecisionKind
from desktop.services.applications import application103, leave_words
from desktop.services.deciding import decide
from desktop.services.importing import read_batch, store_batch
from desktop.services.issuing import form_candidates, issue_forms, issue_forms_each, preview_forms
from desktop.services.office import Office
from desktop.services.verifying import case
from forms.application_contents import Application103
from forms.document import Issue
from tests.unit.services.papers import SAMPLES, fill, texts, words

P103, P109 = "kaohsiung-103", "hsinchu-109"


@pytest.fixture
def kaohsiung(office: Office) -> Office:
    return fill(office, P103)


@pytest.fixture
def hsinchu(office: Office) -> Office:
    return fill(office, P109)


def content(office: Office, employee_id: str, **used: int) -> Application103:
    found = case(office, P103, employee_id)
    return application103(
        found.plan,
        found.verdict,
        issue=Issue(issued_at=datetime(2014, 10, 1, 9)),
        agency="高雄市政府",
        used={key.replace("_", "-"): hours for key, hours in used.items()},
    )


# ------------------------------------------------------------------------------------------- 103


def test_one_form_a_person_whatever_was_granted(kaohsiung: Office) -> None:
    found = {c.key: (c.state, c.set_title) for c in form_candidates(kaohsiung, P103)}
    assert found == {
        "K0001/": ("不適用", "尚無核給"),
        "K0002/": ("待確認", "尚無核給"),
        "K0003/": ("可列印", "副餐2（8 時）"),
        "K0004/": ("未完成", "尚無核給"),
        "K0005/": ("未完成", "尚無核給"),
        "K0006/": ("未完成", "尚無核給"),
        "K0007/": ("可列印", "副餐1（4 時）、副餐3（8 時）"),
    }


def test_blocks_are_those_of_the_granted_sets_each_course_once(kaohsiung: Office) -> None:
    # 薦任主餐 6 courses, 副餐1 5, 副餐3 16, of which four stand in 副餐1 too.
    form = content(kaohsiung, "K0007")
    names = [block.name for block in form.courses]
    assert len(names) == 6 + 5 + 16 - 4
    assert len(set(names)) == len(names)
    assert names[:6] == [
        "執行力-策略規劃與執行",
        "單車遊前鎮-溝通服務案例",
        "岡山羊肉文化節-活動溝通的藝術",
        "企劃力與創意訓練",
        "問題解決案例解析",
        "顧客關係管理",
    ]
    assert names[6:11] == [
        "【守護正義的防線】霸凌不要來",
        "公務員廉政倫理規範",
        "行政中立理論與實務",
        "低碳城市綠色生活",
        "全民國防教育學堂",
    ]
    assert [block.number for block in form.courses] == [str(n) for n in range(1, 24)]
    assert form.courses[0].completed == datetime(2014, 4, 16, 18, 40)


def test_granted_so_far_stands_with_its_last_day_and_what_is_left_of_the_year(
    kaohsiung: Office,
) -> None:
    ledger = content(kaohsiung, "K0007").ledger
    assert ledger is not None
    assert ledger.title == "103年度補休核給及使用情形（上限12小時）"
    assert [(r.combination, r.granted, r.used, r.balance, r.expires) for r in ledger.rows] == [
        ("薦任主餐＋副餐1-窈窕精緻餐", "4", "0", "4", date(2015, 3, 27)),
        ("薦任主餐＋副餐3-豪華主廚餐", "8", "0", "8", date(2015, 3, 27)),
    ]
    assert (ledger.granted, ledger.used, ledger.balance, ledger.grantable) == ("12", "0", "12", "0")
    partly = content(kaohsiung, "K0003").ledger
    assert partly is not None
    assert (partly.granted, partly.grantable) == ("8", "4")
    assert partly.rows[0].expires == date(2015, 2, 28)


def test_uses_of_a_ledger_are_shown_by_grant(kaohsiung: Office) -> None:
    ledger = content(kaohsiung, "K0007", side_1=3).ledger
    assert ledger is not None
    assert [(r.used, r.balance) for r in ledger.rows] == [("3", "1"), ("0", "8")]
    assert (ledger.used, ledger.balance, ledger.grantable) == ("3", "9", "0")


def test_printed_form_holds_every_word_of_annex_2_below_the_blocks(kaohsiung: Office) -> None:
    annex = (SAMPLES / "forms" / "annex2-103.txt").read_text(encoding="utf-8")
    above, below = annex.split("課程1名稱：")[0], annex.split("以下請視需要自行增列表格")[1]
    printed = words(issue_forms(kaohsiung, P103, ["K0003/"], with_stamp=False).pdf)
    for line in above.split("\n"):
        assert "".join(line.split()) in printed
    position = printed.index("填表注意事項：")
    for line in below.split("\n"):
        position = printed.index("".join(line.split()), position)


def test_form_is_numbered_printed_again_and_cancelled_by_a_new_grant(kaohsiung: Office) -> None:
    first = issue_forms(kaohsiung, P103, ["K0007/", "K0003/"], with_stamp=False)
    assert first.numbers == ("KH-103-000001", "KH-103-000002")
    again = issue_forms(kaohsiung, P103, ["K0007/"], with_stamp=True)
    assert again.numbers == ("KH-103-000002",)
    assert all("補印" in page for page in texts(again.pdf))
    assert "公餘時間查核" in words(again.pdf)
    records = case(kaohsiung, P103, "K0007").verdict.records
    lost = next(r for r in records if r.set_id == "side-1")
    decide(kaohsiung, P103, [lost.key], kind=DecisionKind.REFUSE, reason="證明有誤")
    files, _ = issue_forms_each(kaohsiung, P103, ["K0003/", "K0007/"], with_stamp=False)
    assert [name for name, _ in files] == [
        "K0003_張峯源_kaohsiung-103_000001.pdf",
        "K0007_胡秀芬_kaohsiung-103_000003.pdf",
    ]
    with kaohsiung.store.reading() as reader:
        documents = {document.number: document for document in reader.documents(P103)}
    assert documents["KH-103-000002"].cancelled_by == "KH-103-000003"
    assert not documents["KH-103-000001"].is_cancelled


def test_preview_tells_whose_each_page_is(kaohsiung: Office) -> None:
    shown = preview_forms(kaohsiung, P103, ["K0003/", "K0007/"], with_stamp=False)
    assert shown.keys == ("K0003/",) * 3 + ("K0007/",) * 3
    assert len(texts(shown.pdf)) == 6


# ------------------------------------------------------------------------------------------- 109


def test_general_form_says_what_the_plan_says(hsinchu: Office) -> None:
    keys = [c.key for c in form_candidates(hsinchu, P109) if c.is_printable]
    assert keys == ["H0002/assembled", "H0005/assembled"]
    issued = issue_forms(hsinchu, P109, keys, with_stamp=True)
    assert issued.numbers == ("HC-109-000001", "HC-109-000002")
    first, second = texts(issued.pdf)
    printed = "".join(first.split())
    for part in (
        "新竹市政府109年度推動數位學習實施計畫數位學習補休申請表",
        "職稱：技士",
        "姓名：洪婉慈",
        "組裝課程名稱：新竹市政府109年度數位學習組裝課程（20門，30小時）",
        "申請依據：新竹市政府109年度推動數位學習實施計畫伍、四",
        "申請補休：1天（8小時）",
        "2.完成本府數位學習組裝課程，並於109年9月30日前檢附學習紀錄至本府人事處或所屬機關學校人事單位者，核給補休1天(8小時)。",
        "人事單位收件日期：109年9月14日",
        "收件期限：109年9月30日",
        "學習時數查核",
    ):
        assert part in printed
    assert "人事單位收件日期：109年9月30日" in "".join(second.split())


def test_state_says_what_an_application_waits_for(hsinchu: Office) -> None:
    states = {c.employee_id: c.state for c in form_candidates(hsinchu, P109)}
    assert states == {
        "H0001": "不適用",
        "H0002": "可列印",
        "H0003": "未完成",
        "H0004": "逾期收件",
        "H0005": "可列印",
        "H0007": "待確認",
        "H0008": "待確認",
    }


def test_evidence_not_received_at_all_is_said(office: Office) -> None:
    given = SAMPLES / P109 / "input"
    store_batch(office, read_batch(office, [given / "roster.xlsx", given / "agency.toml"]))
    store_batch(office, read_batch(office, [given / "records"]))
    states = {c.employee_id: c.state for c in form_candidates(office, P109)}
    assert states["H0002"] == "未收件"


@pytest.mark.parametrize(
    ("hours", "said"),
    [(8, "1 天（8 小時）"), (16, "2 天（16 小時）"), (4, "4 小時"), (12, "12 小時")],
)
def test_whole_days_are_said_as_days(hours: int, said: str) -> None:
    assert leave_words(hours) == said
