"""Whether a plan that reads also makes sense: sums, dates, names and rules that refer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from desktop.domain.moments import roc_date, roc_year
from desktop.domain.plan import Plan
from desktop.rules.benefit_validation import benefit_problems
from desktop.rules.eligibility import is_same_category
from desktop.rules.rule_order_validation import order_problems
from desktop.rules.rule_validation import rule_problems
from desktop.rules.set_validation import set_problems
from desktop.rules.toml_lines import PLAIN_ID, Found, Path, line_of
from desktop.rules.toml_table import TomlProblem, dotted
from desktop.rules.unit_award_validation import unit_award_problems
from desktop.rules.yearly_requirement_loading import requirement_problems

_CODE = re.compile(r"[A-Z]{2,4}")


def sense_problems(plan: Plan, lines: Mapping[Path, int]) -> tuple[TomlProblem, ...]:
    """Every contradiction in a plan, with the line it stands at.

    Args:
        plan: A plan read without problems of form.
        lines: Lines of the file's keys.
    """
    found = (
        *_names(plan),
        *_period(plan),
        *set_problems(plan),
        *rule_problems(plan),
        *order_problems(plan),
        *benefit_problems(plan),
        *unit_award_problems(plan),
        *_programme(plan),
        *requirement_problems(plan),
    )
    places = [(_written(path, lines), message) for path, message in found]
    return tuple(TomlProblem(line_of(lines, path), dotted(path), words) for path, words in places)


def _written(path: Path, lines: Mapping[Path, int]) -> Path:
    """Where it is written: conditions of a set without its own stand in the plan's."""
    if path[:1] == ("set",) and path[2:3] == ("conditions",) and path[:3] not in lines:
        return path[2:]
    return path


def _names(plan: Plan) -> Found:
    if not PLAIN_ID.fullmatch(plan.id):
        yield ("id",), "計畫代號只能用小寫英數字和連字號，例如 kaohsiung-114。"
    if not _CODE.fullmatch(plan.code):
        yield ("code",), "文件編號代碼要填 2 到 4 個大寫英文字母，例如 KH。"
    overlap = [
        word
        for word in plan.eligibility.excluded
        if any(is_same_category(word, known) for known in plan.eligibility.categories)
    ]
    if overlap:
        words = "、".join(overlap)
        yield ("eligibility", "excluded"), f"「{words}」同時列為適用和不適用，請刪去一邊。"


def _period(plan: Plan) -> Found:
    if plan.last_day < plan.first_day:
        yield (
            ("period", "last_day"),
            f"結束日 {roc_date(plan.last_day)} 早於開始日 {roc_date(plan.first_day)}，請改正日期。",
        )
    elif not roc_year(plan.first_day) <= plan.year <= roc_year(plan.last_day):
        yield ("year",), "年度不在辦理期程內，請核對年度和日期。"


def _programme(plan: Plan) -> Found:
    """What a nominated programme may not say beside its credit, and its dates in order."""
    credit, nomination = plan.credit, plan.nomination
    if credit is None:
        if nomination is not None:
            yield (
                ("nomination",),
                "薦送（nomination）要和時數登錄（credit）一起寫，請補 [credit] 或刪去這一段。",
            )
        return
    for path in _beside_credit(plan):
        yield (
            path,
            (
                "自由選課登錄時數（credit）的計畫沒有套別、補休、敘獎和其他獎勵，請刪去這一段，"
                "或拆成另一個計畫。"
            ),
        )
    is_period_sound = plan.first_day <= plan.last_day
    if is_period_sound and not plan.first_day <= credit.deadline <= plan.last_day:
        yield (
            ("credit", "deadline"),
            (
                f"期限 {roc_date(credit.deadline)} 不在辦理期程 {roc_date(plan.first_day)} 至 "
                f"{roc_date(plan.last_day)} 內，請改正日期。"
            ),
        )
    if credit.report_by is not None and credit.report_by < plan.first_day:
        yield (
            ("credit", "report_by"),
            (
                f"報告期限 {roc_date(credit.report_by)} 早於開始日 {roc_date(plan.first_day)}，"
                "請改正日期。"
            ),
        )
    if nomination is not None and nomination.register_by > plan.last_day:
        yield (
            ("nomination", "register_by"),
            (
                f"報名期限 {roc_date(nomination.register_by)} 晚於結束日 "
                f"{roc_date(plan.last_day)}，請改正日期。"
            ),
        )


def _beside_credit(plan: Plan) -> Iterator[Path]:
    """Tables that a nominated programme has none of."""
    if plan.sets:
        yield ("set", 0)
    if plan.compensatory_leave is not None:
        yield ("compensatory_leave",)
    if plan.commendation is not None:
        yield ("commendation",)
    if plan.entitlements:
        yield ("entitlement", 0)
    if plan.unit_awards:
        yield ("unit_award", 0)
