"""Plans in words: the whole vocabulary, and what the shipped ones say of unclear clauses."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from desktop.rules.plan_loading import parse_plan
from desktop.services.plan_words import describe_plan, plan_notes

ROOT = Path(__file__).parents[3]
WHOLE = ROOT / "tests" / "cases" / "plans" / "whole-vocabulary.toml"
SHIPPED = ROOT / "resources" / "plans"


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return describe_plan(parse_plan(path.read_text(encoding="utf-8"), name=path.name))


def _below(lines: tuple[str, ...], head: str) -> list[str]:
    """The indented lines below the one that begins with ``head``, stripped."""
    start = next(n for n, line in enumerate(lines) if line.startswith(head))
    found = []
    for line in lines[start + 1 :]:
        if not line.startswith("    "):
            break
        found.append(line.strip())
    return found


def test_the_head_says_whose_plan_it_is_and_what_it_accepts() -> None:
    assert _lines(WHOLE)[:7] == (
        "whole-vocabulary　測試縣政府 114 年度終身學習獎勵計畫",
        "依據　測府人考字第1140000001號函，115-11-21 核對",
        "期間　114-01-01 至 114-12-31（二）",
        "適用　編制內公務人員、約聘、約僱；不適用　教師（三）",
        "證明　入口網 學習時數、學習紀錄（e⁺）、Coursera 完課清冊",
        "補正　10 日內；文件編號以 WV 開頭",
        "一門課列在幾套裡，只採計計畫裡最先列出的一套",
    )


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (
            "law　法治與環境　3 門 6.5 時（五（一））",
            [
                "最低　3.5 時以上，只計課程項目 法治教育（五（一）1）",
                "最低　2 門以上（五（一）2）",
                "每筆紀錄　測驗 60 分以上（四（一））",
                "每筆紀錄　時數要上傳終身學習（四（二））",
                "2 時　行政程序法概要（法治教育）",
                "1.5 時　公務員懲戒案例（法治教育）",
                "3 時　河川與海岸（環境教育）",
            ],
        ),
        (
            "main-staff　同仁核心課程　1 門 1 時（五（二））",
            [
                "共同名稱　main",
                "對象　薦任、委任；編制內公務人員、約聘；非主管（五（二）2）",
                "每一門都要完成",
                "每筆紀錄　測驗 60 分以上（四（一））",
                "每筆紀錄　時數要上傳終身學習（四（二））",
                "1 時　公文寫作",
            ],
        ),
        (
            "free　全年學習時數　自由選課，沒有課程清單（五（四））",
            [
                "最低　40 時以上（五（四）1）",
                "最低　5 時以上，只計學習類別 數位、混成（五（四）2）",
                "最低　20 時以上，只計業務相關（五（四）3）",
                "最低　1 門以上，只計課程項目 環境教育；非業務相關（五（四）4）",
                "每筆紀錄　測驗 90.5 分以上（六（一））",
                "每筆紀錄　要填問卷（六（二））",
                "每筆紀錄　時數要上傳終身學習（六（三））",
                "每筆紀錄　114-02-01 以後才選讀（六（四））",
                "每筆紀錄　不採認的語言 中文、Chinese（六（五））",
                "每筆紀錄　不採認的國家或地區 香港、Hong Kong（六（六））",
            ],
        ),
        (
            "補休　期限 114-09-30（七（二）），上限 16 時（七（三））",
            [
                "law、free 合計 10.5 時以上　4 時（七（九）1）",
                "law、main、rank 任 2 套　8 時（七（九）2）",
                "main、law 合計 4 門以上　12 時（七（九）3）",
                "free　16 時（七（九）4）",
                "符合幾條時　只給最好的一條",
                "公餘　開始和完成都要在公餘（七（一））",
                "留職停薪期間的學習照常採計",
                "申請或證明最晚 114-10-15 送達（七（四））",
                "研習報告最晚 114-10-31 送達（七（五））",
                "114-12-01 仍須在職（七（六））",
                "每年以一次為限（七（七））",
                "已有較高等次者不再給（七（八））",
                "完成當日起 6 個月內使用（七（十））",
                "可先行補休，30 日內補證明（附件2 注意事項 5）",
                "假別　補休，事由　終身學習",
            ],
        ),
        (
            "敘獎　期限 114-11-30（八（二）），上限 3 次（八（三））",
            [
                "law　嘉獎 2 次（八（七）1）",
                "free　記功 1 次（八（七）2）",
                "law＋main＋free　記大功 1 次（八（七）3）",
                "符合幾條時　累加",
                "公餘　完成的時刻要在公餘（八（一））",
                "留職停薪期間的學習不採計",
                "研習報告最晚 114-12-05 送達（八（五））",
                "以第一次為限（八（四））",
                "名額　全機關至多適用人員的 12.5%（八（六）），採認時數多的、先完成的優先",
                "事由　終身學習成績優良",
                "法令依據　本計畫八",
            ],
        ),
        (
            "抽獎機會　年終抽獎　期限 114-12-31（十（一））",
            ["law　每門 1 次（十（二））", "公餘　不檢核", "留職停薪期間的學習照常採計"],
        ),
        (
            "單位獎勵　績優單位　敘獎，依各單位完成率",
            [
                "law、main、rank 任 2 套　最晚 114-10-31 完成（十三（一））",
                "人數以 114-07-01 為準（十三（二））",
                "公餘　完成的時刻要在公餘",
                "留職停薪期間的學習不採計",
                (
                    "第 1 級　60 人以上的單位，完成率 95% 以上　"
                    "主管至多 1 人各記功 1 次、承辦人至多 2 人各嘉獎 2 次（十三（三）1）"
                ),
                (
                    "第 2 級　10 至 59 人的單位，完成率 90.5% 以上　"
                    "承辦人至多 1 人各嘉獎 1 次（十三（三）2）"
                ),
            ],
        ),
        (
            "單位獎勵　全員完成獎金　獎金，依全機關全員完成",
            [
                "law 合計 2 門以上　最晚 114-12-31 完成（十五（一））",
                "公餘　不檢核",
                "留職停薪期間的學習照常採計",
                "第 1 級　500 人以下的單位，全員完成　30,000 元（十五（二））",
            ],
        ),
        (
            "解讀　完成兩項以上時，補休累加還是擇優？（七（九））",
            [
                "採用　擇優，只給最多的一項",
                "也可改為　累加到上限",
                "理由　各項時數成級距，所以擇優。",
            ],
        ),
    ],
)
def test_each_part_is_told_with_its_clauses(head: str, words: list[str]) -> None:
    assert _below(_lines(WHOLE), head) == words


def test_checks_that_the_plan_sets_otherwise_are_told() -> None:
    checks = [line for line in _lines(WHOLE) if line.startswith("檢核")]
    assert checks == ["檢核　尚未通過（四）", "檢核　請假中列為只註記"]


def test_a_nominated_programme_is_told_whole() -> None:
    lines = _lines(SHIPPED / "taipei-coursera-113.toml")
    assert _below(lines, "時數登錄　自由選課，採認滿 18 時（三、（四）4（1））")[:2] == [
        "期限 113-06-30（三、（四）6）",
        "研習報告 113-07-14 前繳交（三、（四）5）",
    ]
    assert "公假　每人至多 18 時（三、（四）8）" in lines


def test_the_form_is_told_in_a_line() -> None:
    assert (
        "申請表　公餘時間完成數位學習補休申請表，說明 6 點，申請人核章、單位主管核章、人事單位核章"
    ) in _lines(SHIPPED / "kaohsiung-114.toml")


def test_the_reading_in_force_is_told_before_the_notes() -> None:
    path = SHIPPED / "kaohsiung-103.toml"
    plan = parse_plan(path.read_text(encoding="utf-8"), name=path.name)
    notes = plan_notes(plan)
    assert notes[0] == (
        "幾項副餐都完成時，各項的補休時數累加，還是只給最多的一項？（陸、六（四）2（4））"
        "本表採用：依副餐 1、2、3 的順序累加，合計最多 12 小時，最後一項減到剩餘時數。"
    )
    assert notes[-2] == "計畫未定補正期限，程式預設 14 日，遇放假日順延至次一工作日。"
    assert len(notes) == len(plan.readings) + len(plan.notes)
