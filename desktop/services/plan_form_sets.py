"""The form of a plan's course sets: courses, what completes them, whom they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.services.plan_document import Path
from desktop.services.plan_fields import (
    Addition,
    FieldKind,
    Part,
    PlanField,
    Rows,
    Section,
    tables_at,
)
from desktop.services.plan_form_common import TIERS, clause, record_condition_fields

COURSE_FIELDS = (
    PlanField(("category",), "課程項目"),
    PlanField(("name",), "課程名稱", is_needed=True),
    PlanField(("hours",), "時數", FieldKind.AMOUNT, is_needed=True, unit="時"),
    PlanField(
        ("printed_name",), "申請表上的寫法", help="只在申請表要用另一種寫法時填；不填就用課程名稱。"
    ),
)


def sets_section(values: Mapping[str, Any]) -> Section:
    """課程組: what all sets share, and each set below it."""
    listed = tables_at(values, ("set",))
    shared = Part(
        "shared",
        "共同規定",
        (
            PlanField(
                ("shared_courses",),
                "重複的課程",
                FieldKind.CHOICE,
                (("each", "每一組都算"), ("once", "只算在最前面那一組")),
                "同一門課列在幾組裡的時候。",
                usual="each",
            ),
        ),
    )
    conditions = Part(
        "conditions",
        "紀錄條件",
        record_condition_fields(),
        help="每一筆學習紀錄都要有的；某一組另有規定時寫在那一組。",
    )
    children = tuple(_set(values, index, one, len(listed)) for index, one in enumerate(listed))
    template = {"id": _free_id(listed), "title": "", "course": [{"name": ""}]}
    add = Addition("加課程組(&T)", "加課程組", ("set",), template, is_list=True)
    return Section("set", "課程組", (), "", (shared, conditions), children, (add,))


def _free_id(listed: tuple[Mapping[str, Any], ...]) -> str:
    taken = {one.get("id") for one in listed}
    number = len(listed) + 1
    while f"set-{number}" in taken:
        number += 1
    return f"set-{number}"


def _set(values: Mapping[str, Any], index: int, one: Mapping[str, Any], count: int) -> Section:
    is_open = one.get("open") is True
    least = Rows(
        ("minimum",),
        "最低要求",
        (
            PlanField(
                ("hours",), "至少時數", FieldKind.AMOUNT, help="時數和門數只填一種。", unit="時"
            ),
            PlanField(
                ("courses",), "至少門數", FieldKind.WHOLE, help="時數和門數只填一種。", unit="門"
            ),
            PlanField(
                ("categories",),
                "限課程項目",
                FieldKind.LIST,
                help="一行一個；不填就是全部的課程。",
            ),
            PlanField(("learning_types",), "限學習類別", FieldKind.LIST, help="例如數位、實體。"),
            PlanField(
                ("business_related",),
                "限業務相關",
                FieldKind.CHOICE,
                ((True, "只算業務相關"), (False, "只算業務相關以外")),
            ),
            clause(),
        ),
        help="有最低要求的課程組，每一條都達到才算完成；沒有的，每一門都要通過。",
    )
    courses = Part(
        "courses",
        "課程",
        (
            PlanField(("title",), "名稱", is_needed=True),
            PlanField(
                ("hours",),
                "時數合計",
                FieldKind.AMOUNT,
                help="自由選課不填。",
                is_needed=not is_open and "minimum" not in one,
                unit="時",
            ),
        ),
        has_courses=not is_open or "course" in one,
    )
    completion = Part(
        "completion",
        "完成條件",
        (
            PlanField(
                ("open",),
                "課程範圍",
                FieldKind.CHOICE,
                ((False, "照課程清單"), (True, "自由選課，不列清單")),
                usual=False,
            ),
            PlanField(("id",), "代號", is_needed=True, help="規則用的名字，小寫英數字和連字號。"),
            clause(),
        ),
        (least,),
    )
    audience = Part(
        "audience",
        "適用對象",
        (
            PlanField(
                ("group",), "共同名稱", help="幾組只做其中一組時取同一個名稱，規則就寫這個名稱。"
            ),
            PlanField(("for_tier",), "限官等", FieldKind.CHOICE, TIERS),
            PlanField(("audience", "tiers"), "官等", FieldKind.LIST, TIERS),
            PlanField(("audience", "categories"), "人員類別", FieldKind.LIST, help="一行一種。"),
            PlanField(("audience", "titles"), "職稱", FieldKind.LIST, help="一行一個。"),
            PlanField(
                ("audience", "supervisor"),
                "主管",
                FieldKind.CHOICE,
                ((True, "只給主管"), (False, "只給非主管")),
            ),
            PlanField(("audience", "clause"), "對象依據", FieldKind.CLAUSE),
        ),
        help="都不填就是每個人都適用。",
    )
    conditions = Part(
        "conditions",
        "紀錄條件",
        record_condition_fields(),
        help="這一組的每一筆學習紀錄都要有的；填了就不用「課程組」的共同條件。",
    )
    used = _used_for(values, one)
    return Section(
        f"set/{index}",
        str(one.get("title") or one.get("id") or f"第 {index + 1} 組"),
        ("set", index),
        f"課程組　用於{'、'.join(used)}" if used else "課程組　還沒有規則用到",
        (courses, completion, audience, conditions),
        can_remove=True,
        position=(index, count),
    )


def _used_for(values: Mapping[str, Any], one: Mapping[str, Any]) -> list[str]:
    names = {one.get("id"), one.get("group")} - {None, ""}
    found = []
    tables: list[tuple[str, Path]] = [
        ("補休", ("compensatory_leave", "rule")),
        ("敘獎", ("commendation", "rule")),
    ]
    tables += [
        (str(each.get("title") or "其他獎勵"), ("entitlement", index, "rule"))
        for index, each in enumerate(tables_at(values, ("entitlement",)))
    ]
    for words, path in tables:
        if any(names & _names(rule.get("sets")) for rule in tables_at(values, path)):
            found.append(words)
    for award in tables_at(values, ("unit_award",)):
        if names & _names(award.get("sets")):
            found.append(str(award.get("title") or "單位獎勵"))
    return list(dict.fromkeys(found))


def _names(value: Any) -> set[str]:
    return {one for one in value if isinstance(one, str)} if isinstance(value, list) else set()
