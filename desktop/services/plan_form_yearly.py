"""The form of the hours that everybody must complete in the year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.services.plan_fields import Addition, FieldKind, Part, PlanField, Rows, Section
from desktop.services.plan_form_common import clause

_TITLE = "年度必修"
_PATH = ("yearly_requirement",)


def yearly_section(values: Mapping[str, Any]) -> Section:
    """年度必修: the portal's total and its lines, each with its hours."""
    if _PATH[0] not in values:
        template = {
            "title": "每年必須完成之課程總學習時數",
            "hours": 10,
            "line": [{"title": "", "hours": 10}],
        }
        add = Addition("加年度必修(&Y)", "加年度必修", _PATH, template)
        said = "每人每年必須完成的時數，和入口網頁面、學習紀錄對照；不影響補休和敘獎。"
        return Section(_PATH[0], _TITLE, _PATH, additions=(add,), help=said)
    hours = PlanField(("hours",), "時數", FieldKind.AMOUNT, is_needed=True, unit="時")
    as_shown = "照入口網頁面的寫法，不含括號裡的時數。"
    line = Rows(
        ("line",),
        "項目",
        (
            PlanField(("title",), "名稱", is_needed=True, help=as_shown),
            hours,
            PlanField(("categories",), "類別", FieldKind.LIST, help="名稱以外也算的課程類別。"),
            clause(),
        ),
        {"title": "", "hours": 1},
        help="各項時數加起來要等於總時數。",
    )
    total = PlanField(("title",), "總計名稱", is_needed=True, help=as_shown)
    part = Part("yearly", "必修時數", (total, hours, clause()), (line,))
    return Section(_PATH[0], _TITLE, _PATH, _TITLE, (part,), can_remove=True)
