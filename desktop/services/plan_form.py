"""The form of a plan laid out: the sections of the tree for the plan at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.domain.findings import USUAL_SEVERITY, ReasonCode, Severity
from desktop.services.plan_document import Path, value_at
from desktop.services.plan_fields import (
    Addition,
    Choices,
    FieldKind,
    Part,
    PlanField,
    Rows,
    Section,
    tables_at,
)
from desktop.services.plan_form_benefits import (
    commendation_section,
    credit_section,
    entitlements_section,
    leave_section,
    unit_awards_section,
)
from desktop.services.plan_form_common import (
    EVIDENCE,
    SEVERITIES,
    clause,
)
from desktop.services.plan_form_sets import sets_section
from desktop.services.plan_form_yearly import yearly_section
from desktop.services.wording import CHIPS

_LAYOUTS = (
    ("general", "通用申請表"),
    ("kaohsiung-114", "高雄市 114 附件2，一套一頁"),
    ("kaohsiung-103", "高雄市 103 附件2，一人一份"),
)
_SEVERITY_VALUES = {Severity.REVIEW: "review", Severity.INFO: "info"}


def sections(values: Mapping[str, Any]) -> tuple[Section, ...]:
    """The tree of the form for a draft's values, top level first.

    Args:
        values: The draft's; anything may be missing or of a wrong kind.
    """
    tree = [
        _general(),
        sets_section(values),
        leave_section(values),
        commendation_section(values),
        entitlements_section(values),
        unit_awards_section(values),
        credit_section(values),
        yearly_section(values),
        _severity(),
        _form(values),
        _clauses(),
        _readings(values),
    ]
    return tuple(tree)


def _general() -> Section:
    plan = Part(
        "plan",
        "計畫",
        (
            PlanField(("title",), "計畫全名", FieldKind.LONG_TEXT, is_needed=True),
            PlanField(("short_title",), "畫面簡稱", is_needed=True),
            PlanField(("agency",), "機關", is_needed=True),
            PlanField(("year",), "年度", FieldKind.WHOLE, is_needed=True, unit="年"),
            PlanField(
                ("id",), "計畫代號", is_needed=True, help="小寫英數字和連字號，例如 kaohsiung-115。"
            ),
            PlanField(
                ("code",), "文件編號", is_needed=True, help="2 到 4 個大寫英文字母，編號的開頭。"
            ),
        ),
    )
    period = Part(
        "period",
        "期程與對象",
        (
            PlanField(("period", "first_day"), "開始日", FieldKind.DAY, is_needed=True),
            PlanField(("period", "last_day"), "結束日", FieldKind.DAY, is_needed=True),
            PlanField(("period", "clause"), "期程依據", FieldKind.CLAUSE, is_needed=True),
            PlanField(
                ("eligibility", "categories"),
                "適用人員",
                FieldKind.LIST,
                help="一行一種人員類別。",
                is_needed=True,
            ),
            PlanField(
                ("eligibility", "excluded"), "不適用", FieldKind.LIST, help="一行一種人員類別。"
            ),
            PlanField(("eligibility", "clause"), "對象依據", FieldKind.CLAUSE, is_needed=True),
        ),
    )
    handling = Part(
        "handling",
        "證明與補正",
        (
            PlanField(
                ("evidence",),
                "接受的證明",
                FieldKind.LIST,
                EVIDENCE,
                "最先勾選的是平常用的那一種。",
                is_needed=True,
            ),
            PlanField(("correction_days",), "補正天數", FieldKind.WHOLE, usual=14, unit="天"),
            PlanField(("notes",), "說明", FieldKind.LIST, help="計畫沒寫清楚的地方，一行一則。"),
            PlanField(
                ("schema",), "檔案格式", FieldKind.WHOLE, usual=1, help="這個版本的程式讀格式 1。"
            ),
        ),
    )
    return Section("general", "基本資料", (), "", (plan, period, handling))


def _severity() -> Section:
    fields = []
    for code in ReasonCode:
        usual = USUAL_SEVERITY[code]
        if usual is not Severity.FAIL:
            fields.append(
                PlanField(
                    ("severity", code.value),
                    CHIPS.get(code, code.value),
                    FieldKind.CHOICE,
                    SEVERITIES,
                    usual=_SEVERITY_VALUES[usual],
                )
            )
    said = "本來就是不符的檢核不能改判；這裡只列可以由計畫決定輕重的。"
    return Section(
        "severity", "檢核項目", (), "輕重", (Part("all", "輕重", tuple(fields), help=said),)
    )


def _form(values: Mapping[str, Any]) -> Section:
    if "form" not in values:
        template = {
            "layout": "general",
            "title": "",
            "seals": ["申請人：", "單位主管：", "人事單位："],
        }
        add = Addition("加申請表(&T)", "加申請表", ("form",), template)
        said = "這個計畫不印申請表。"
        return Section("form", "申請表", ("form",), additions=(add,), help=said)
    note = Rows(
        ("note",),
        "說明",
        (
            PlanField(("label",), "編號", help="印在文字前面，例如「一、」；不填就依序編號。"),
            PlanField(("text",), "文字", FieldKind.LONG_TEXT, is_needed=True),
            PlanField(("level",), "縮排層次", FieldKind.WHOLE, help="0 是最外層。", usual=0),
            PlanField(
                ("underlined",),
                "劃底線",
                FieldKind.CHOICE,
                ((True, "劃底線"), (False, "不劃")),
                usual=False,
            ),
        ),
        {"text": ""},
        help="依序印在申請表下方；{set} 印出來是課程組的名稱。",
    )
    texts = Part(
        "texts",
        "文字",
        (
            PlanField(("title",), "表名", is_needed=True),
            PlanField(
                ("instruction",),
                "表名下的提醒",
                FieldKind.LONG_TEXT,
                help="只有高雄市 103 的版面會印。",
            ),
            PlanField(("set_line",), "組名前文字", FieldKind.LONG_TEXT),
            PlanField(("notes_heading",), "說明標題"),
            PlanField(("seals",), "核章欄", FieldKind.LIST, help="一行一格。", is_needed=True),
            PlanField(("layout",), "版面", FieldKind.CHOICE, _LAYOUTS, is_needed=True),
        ),
    )
    return Section(
        "form",
        "申請表",
        ("form",),
        "紙本",
        (texts, Part("notes", "填表說明", rows=(note,))),
        can_remove=True,
    )


def _clauses() -> Section:
    source = Part(
        "source",
        "計畫文件",
        (
            PlanField(("source", "title"), "文件名稱", FieldKind.LONG_TEXT, is_needed=True),
            PlanField(("source", "document_number"), "文號"),
            PlanField(("source", "dated"), "發文日期", FieldKind.DAY),
            PlanField(
                ("source", "checked_on"),
                "核對日期",
                FieldKind.DAY,
                help="有人拿文件逐條核對過的那一天。",
                is_needed=True,
            ),
        ),
    )
    reasons = Part(
        "reasons",
        "各原因的依據",
        tuple(
            PlanField(("clauses", code.value), CHIPS.get(code, code.value), FieldKind.CLAUSE)
            for code in ReasonCode
        ),
        help="沒有寫依據的原因，畫面和紙本上都標「程式規則」。",
    )
    return Section("clauses", "條文依據", (), "文件與條文", (source, reasons))


def _readings(values: Mapping[str, Any]) -> Section:
    option = Rows(
        ("option",),
        "讀法",
        (
            PlanField(("value",), "設定值", is_needed=True),
            PlanField(("words",), "意思", FieldKind.LONG_TEXT, is_needed=True),
        ),
        {"value": "", "words": ""},
    )
    reading = Rows(
        ("reading",),
        "解讀",
        (
            PlanField(("question",), "疑義", FieldKind.LONG_TEXT, is_needed=True),
            PlanField(
                ("setting",),
                "設定項目",
                is_needed=True,
                help="計畫檔裡的名稱，例如 compensatory_leave.combination。",
            ),
            clause(),
            PlanField(("note",), "採用理由", FieldKind.LONG_TEXT),
        ),
        {"setting": "", "question": "", "option": [{"value": "", "words": ""}] * 2},
        (option,),
        "條文有疑義的地方：問題、各種讀法，和現在採用哪一種。",
    )
    switches = tuple(_switches(values))
    parts = [Part("switches", "採用的讀法", switches)] if switches else []
    parts.append(Part("readings", "疑義與讀法", rows=(reading,)))
    return Section("reading", "解讀", (), "有疑義的條文", tuple(parts))


def _switches(values: Mapping[str, Any]) -> Iterator[PlanField]:
    """One field a reading: the very setting that it is about, chosen among its options."""
    for each in tables_at(values, ("reading",)):
        path = setting_path(values, str(each.get("setting", "")))
        options = tables_at(each, ("option",))
        if not path or not options:
            continue
        choices: Choices = tuple(
            (_truth(one.get("value")), str(one.get("words") or one.get("value"))) for one in options
        )
        helps = (each.get("question"), each.get("note"))
        said = "　".join(str(one) for one in helps if one)
        yield PlanField(path, f"疑義 {_caption(values, each)}", FieldKind.CHOICE, choices, said)


def _caption(values: Mapping[str, Any], each: Mapping[str, Any]) -> str:
    return str(tables_at(values, ("reading",)).index(each) + 1)


def _truth(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def setting_path(values: Mapping[str, Any], setting: str) -> Path:
    """The path of a setting as readings name it; empty when the draft has no such table.

    Args:
        values: The draft's.
        setting: Dotted, lists by the id of their element (``entitlement.draw-1.combination``).
    """
    parts = setting.split(".")
    if len(parts) == 3 and parts[0] in ("entitlement", "unit_award"):
        for index, one in enumerate(tables_at(values, (parts[0],))):
            if one.get("id") == parts[1]:
                return (parts[0], index, parts[2])
        return ()
    if len(parts) == 1 and parts[0] == "shared_courses":
        return ("shared_courses",)
    if len(parts) < 2 or (parts[0] != "severity" and value_at(values, tuple(parts[:-1])) is None):
        return ()
    return tuple(parts)
