"""The form of what a plan gives: leave, commendation, entitlements, unit awards, credit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.services.plan_fields import (
    Addition,
    FieldKind,
    Part,
    PlanField,
    Rows,
    Section,
    tables_at,
)
from desktop.services.plan_form_common import (
    AWARDS,
    PLACES,
    benefit_condition_fields,
    clause,
    combination,
    not_recognised_fields,
    off_duty_fields,
    set_choices,
    sets_field,
    threshold_fields,
    without_pay,
)

_ENTITLEMENTS = (
    ("official_leave", "公假"),
    ("draw", "抽獎機會"),
    ("voucher", "禮券"),
    ("cash", "獎金"),
)
_UNIT_KINDS = (
    ("commendation", "敘獎"),
    ("draw", "抽獎機會"),
    ("voucher", "禮券"),
    ("cash", "獎金"),
)
_MEASURES = (
    ("completion_rate", "完成的比率"),
    ("people", "完成的人數"),
    ("everybody", "全部的人都完成"),
)


def _deadline(*, is_needed: bool = True) -> tuple[PlanField, ...]:
    return (
        PlanField(
            ("deadline",),
            "完成期限",
            FieldKind.DAY,
            help="課程最晚在這一天讀完。",
            is_needed=is_needed,
        ),
        clause("deadline_clause", "期限依據", is_needed=is_needed),
    )


def _conditions() -> Part:
    return Part("conditions", "收件與條件", benefit_condition_fields())


def leave_section(values: Mapping[str, Any]) -> Section:
    """補休."""
    path = ("compensatory_leave",)
    title = "補休"
    if path[0] not in values:
        template = {
            "off_duty_check": "start_and_end",
            "combination": "sum",
            "rule": [{"sets": []}],
        }
        add = Addition("加補休規定(&T)", "加補休規定", path, template)
        return Section(path[0], title, path, additions=(add,), help="這個計畫沒有補休。")
    rule = Rows(
        ("rule",),
        "規則",
        (
            sets_field(values),
            PlanField(("hours",), "補休時數", FieldKind.WHOLE, is_needed=True, unit="時"),
            PlanField(
                ("grant_set",),
                "記在哪一組",
                FieldKind.CHOICE,
                set_choices(values),
                "補休記在哪一組名下；不選就是最後一組。",
            ),
            *threshold_fields(),
            clause(),
        ),
        {"sets": []},
    )
    general = Part(
        "general",
        "一般",
        (
            *_deadline(),
            *off_duty_fields(usual=None),
            combination(usual="sum"),
            without_pay(usual=False),
            PlanField(("cap_hours",), "全年上限", FieldKind.WHOLE, unit="時"),
            clause("cap_clause", "上限依據", is_needed=False),
            PlanField(("registered_as",), "差勤假別", help="在差勤系統登錄的假別。"),
            PlanField(("registered_reason",), "差勤事由", help="在差勤系統登錄的事由。"),
        ),
    )
    said = "年數、月數、到某日、到年底四種只填一種；都不填就沒有使用期限。"
    validity = Part(
        "validity",
        "使用期限",
        (
            PlanField(("validity", "years"), "年數", FieldKind.WHOLE, help=said, unit="年"),
            PlanField(("validity", "months"), "月數", FieldKind.WHOLE, help=said, unit="個月"),
            PlanField(
                ("validity", "starts"),
                "從何時起算",
                FieldKind.CHOICE,
                (("next_day", "完成次日"), ("same_day", "完成當日")),
                "只和年數、月數一起用。",
                usual="next_day",
            ),
            PlanField(("validity", "until"), "到某日", FieldKind.DAY, help=said),
            PlanField(
                ("validity", "to_year_end"),
                "到年底",
                FieldKind.CHOICE,
                ((True, "完成當年 12 月 31 日止"), (False, "不用這一種")),
                said,
                usual=False,
            ),
            PlanField(("validity", "clause"), "依據", FieldKind.CLAUSE),
        ),
        help=said,
    )
    advance = Part(
        "advance",
        "先行補休",
        (
            PlanField(
                ("advance", "evidence_days"),
                "補證明期限",
                FieldKind.WHOLE,
                help="補休後幾日內要補送時數證明。",
                unit="日",
            ),
            PlanField(("advance", "clause"), "依據", FieldKind.CLAUSE),
        ),
        help="計畫准許取得時數證明前先補休才填；兩項要一起填。",
    )
    parts = (general, Part("rules", "規則", rows=(rule,)), validity, advance, _conditions())
    return Section(path[0], title, path, "獎勵", parts, can_remove=True)


def commendation_section(values: Mapping[str, Any]) -> Section:
    """敘獎."""
    path, title = ("commendation",), "敘獎"
    if path[0] not in values:
        template = {"combination": "best", "rule": [{"sets": [], "award": "嘉獎", "count": 1}]}
        add = Addition("加敘獎規定(&T)", "加敘獎規定", path, template)
        return Section(path[0], title, path, additions=(add,), help="這個計畫沒有敘獎。")
    rule = Rows(
        ("rule",),
        "規則",
        (
            sets_field(values),
            PlanField(("award",), "獎勵", FieldKind.CHOICE, AWARDS, is_needed=True),
            PlanField(("count",), "次數", FieldKind.WHOLE, is_needed=True, unit="次"),
            *threshold_fields(),
            clause(),
        ),
        {"sets": [], "award": "嘉獎", "count": 1},
    )
    general = Part(
        "general",
        "一般",
        (
            *_deadline(),
            *off_duty_fields(usual="none"),
            combination(usual="best"),
            without_pay(usual=True),
            PlanField(
                ("cap_count",),
                "全年上限",
                FieldKind.WHOLE,
                help="只在各條累加時有用。",
                unit="次",
            ),
            clause("cap_clause", "上限依據", is_needed=False),
            PlanField(("reason",), "獎懲事由", FieldKind.LONG_TEXT),
            PlanField(("legal_basis",), "法令依據", FieldKind.LONG_TEXT),
        ),
    )
    said = "百分比和人數只填一種；都不填就沒有名額限制。"
    quota = Part(
        "quota",
        "名額",
        (
            PlanField(("quota", "percent"), "百分比", FieldKind.AMOUNT, help=said, unit="%"),
            PlanField(("quota", "people"), "人數", FieldKind.WHOLE, help=said, unit="人"),
            PlanField(("quota", "per"), "計算範圍", FieldKind.CHOICE, PLACES, usual="unit"),
            PlanField(
                ("quota", "order"),
                "先後順序",
                FieldKind.LIST,
                (("hours", "採認時數多的先"), ("completed_on", "完成日早的先")),
                "依勾選的先後比較；到名額還分不出先後的，由人事人員決定。",
            ),
            PlanField(("quota", "clause"), "依據", FieldKind.CLAUSE),
        ),
        help=said,
    )
    parts = (general, Part("rules", "規則", rows=(rule,)), quota, _conditions())
    return Section(path[0], title, path, "獎勵", parts, can_remove=True)


def entitlements_section(values: Mapping[str, Any]) -> Section:
    """其他獎勵: official leave, draws, vouchers, cash."""
    path = ("entitlement",)
    listed = tables_at(values, path)
    rule = Rows(
        ("rule",),
        "規則",
        (
            sets_field(values),
            PlanField(("amount",), "數量", FieldKind.WHOLE, is_needed=True, help="時、次或元。"),
            PlanField(
                ("per",),
                "給法",
                FieldKind.CHOICE,
                (("rule", "達到就給一次"), ("course", "每一門課都給")),
                usual="rule",
            ),
            *threshold_fields(),
            clause(),
        ),
        {"sets": []},
    )
    general = Part(
        "general",
        "一般",
        (
            PlanField(("title",), "名稱", is_needed=True),
            PlanField(("id",), "代號", is_needed=True, help="小寫英數字和連字號。"),
            PlanField(("kind",), "種類", FieldKind.CHOICE, _ENTITLEMENTS, is_needed=True),
            *_deadline(),
            *off_duty_fields(usual="none"),
            combination(usual="sum"),
            without_pay(usual=True),
            PlanField(("cap",), "全年上限", FieldKind.WHOLE),
            clause("cap_clause", "上限依據", is_needed=False),
        ),
    )
    parts = (general, Part("rules", "規則", rows=(rule,)), _conditions())
    children = tuple(
        Section(
            f"entitlement/{index}",
            str(one.get("title") or one.get("id") or f"第 {index + 1} 項"),
            (*path, index),
            "其他獎勵",
            parts,
            can_remove=True,
            position=(index, len(listed)),
        )
        for index, one in enumerate(listed)
    )
    template = {
        "id": f"benefit-{len(listed) + 1}",
        "kind": "draw",
        "title": "",
        "rule": [{"sets": []}],
    }
    add = Addition("加一項獎勵(&T)", "加其他獎勵", path, template, is_list=True)
    said = "公假、抽獎機會、禮券、獎金：達到的人列成清單。"
    return Section("entitlement", "其他獎勵", (), "", (), children, (add,), said)


def unit_awards_section(values: Mapping[str, Any]) -> Section:
    """單位獎勵."""
    path = ("unit_award",)
    listed = tables_at(values, path)
    recipient = Rows(
        ("recipient",),
        "得獎人",
        (
            PlanField(("role",), "誰", is_needed=True, help="例如單位主管、承辦人。"),
            PlanField(("people",), "人數", FieldKind.WHOLE, is_needed=True, unit="人"),
            PlanField(("award",), "獎勵", FieldKind.CHOICE, AWARDS, is_needed=True),
            PlanField(("count",), "次數", FieldKind.WHOLE, is_needed=True, unit="次"),
        ),
        {"role": "", "people": 1, "award": "嘉獎", "count": 1},
    )
    band = Rows(
        ("band",),
        "級距",
        (
            PlanField(("at_least_percent",), "完成率", FieldKind.AMOUNT, unit="% 以上"),
            PlanField(("at_least_people",), "完成人數", FieldKind.WHOLE, unit="人以上"),
            PlanField(("headcount_from",), "單位人數從", FieldKind.WHOLE, unit="人"),
            PlanField(("headcount_to",), "單位人數到", FieldKind.WHOLE, unit="人"),
            PlanField(("amount",), "數量", FieldKind.WHOLE, help="敘獎不填，其他填次或元。"),
            clause(),
        ),
        {},
        (recipient,),
        "由好到差排；符合的第一個級距算數。",
    )
    general = Part(
        "general",
        "一般",
        (
            PlanField(("title",), "名稱", is_needed=True),
            PlanField(("id",), "代號", is_needed=True, help="小寫英數字和連字號。"),
            PlanField(("kind",), "種類", FieldKind.CHOICE, _UNIT_KINDS, is_needed=True),
            PlanField(("measure",), "衡量", FieldKind.CHOICE, _MEASURES, is_needed=True),
            sets_field(values),
            *threshold_fields(),
            PlanField(("completed_by",), "完成期限", FieldKind.DAY, is_needed=True),
            clause("completed_clause", "期限依據"),
            PlanField(("headcount_on",), "人數基準日", FieldKind.DAY),
            clause("headcount_clause", "基準依據", is_needed=False),
            PlanField(("per",), "計算範圍", FieldKind.CHOICE, PLACES, usual="unit"),
            off_duty_fields(usual="none")[0],
            without_pay(usual=True),
        ),
    )
    parts = (general, Part("bands", "級距", rows=(band,)))
    children = tuple(
        Section(
            f"unit_award/{index}",
            str(one.get("title") or one.get("id") or f"第 {index + 1} 項"),
            (*path, index),
            "單位獎勵",
            parts,
            can_remove=True,
            position=(index, len(listed)),
        )
        for index, one in enumerate(listed)
    )
    template = {
        "id": f"unit-{len(listed) + 1}",
        "kind": "commendation",
        "title": "",
        "measure": "completion_rate",
        "sets": [],
        "band": [{"recipient": [{"role": "", "people": 1, "award": "嘉獎", "count": 1}]}],
    }
    add = Addition("加一項單位獎勵(&T)", "加單位獎勵", path, template, is_list=True)
    said = "依單位的完成率、完成人數，給單位或單位裡的人。"
    return Section("unit_award", "單位獎勵", (), "", (), children, (add,), said)


def credit_section(values: Mapping[str, Any]) -> Section:
    """時數登錄: a nominated programme of free choice, with nomination and official leave."""
    title, path = "時數登錄", ("credit",)
    wished = ("nomination", "official_leave")
    if not any(key in values for key in (*path, *wished)):
        add = Addition("加時數登錄(&T)", "加時數登錄", path, {"minimum_hours": 18})
        said = "薦送研習：自由選課，條件都符合才登錄時數。這樣的計畫沒有課程組、補休和敘獎。"
        return Section(path[0], title, path, additions=(add,), help=said)
    credit = Part(
        "credit",
        "登錄條件",
        (
            PlanField(
                ("credit", "minimum_hours"), "最低時數", FieldKind.AMOUNT, is_needed=True, unit="時"
            ),
            PlanField(("credit", "minimum_clause"), "最低依據", FieldKind.CLAUSE, is_needed=True),
            PlanField(
                ("credit", "deadline"), "完成期限", FieldKind.DAY, help="不填就是計畫的最後一天。"
            ),
            PlanField(("credit", "deadline_clause"), "期限依據", FieldKind.CLAUSE),
            PlanField(("credit", "report_by"), "報告期限", FieldKind.DAY),
            PlanField(("credit", "report_clause"), "報告依據", FieldKind.CLAUSE),
            PlanField(("credit", "clause"), "登錄依據", FieldKind.CLAUSE, is_needed=True),
            *not_recognised_fields(("credit",)),
        ),
    )
    nomination = Part(
        "nomination",
        "薦送",
        (
            PlanField(("nomination", "register_by"), "報名期限", FieldKind.DAY),
            PlanField(("nomination", "clause"), "依據", FieldKind.CLAUSE),
            PlanField(("nomination", "quota"), "名額", FieldKind.LONG_TEXT),
            PlanField(("nomination", "priority"), "優先", FieldKind.LIST, help="一行一項。"),
            PlanField(("nomination", "excluded"), "不得薦送", FieldKind.LIST, help="一行一項。"),
        ),
    )
    leave = Part(
        "official_leave",
        "公假",
        (
            PlanField(("official_leave", "most_hours"), "每人至多", FieldKind.WHOLE, unit="時"),
            PlanField(("official_leave", "clause"), "依據", FieldKind.CLAUSE),
        ),
    )
    return Section(path[0], title, (), "登錄", (credit, nomination, leave))
