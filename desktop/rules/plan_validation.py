"""Whether a plan that reads also makes sense: sums, dates, names and rules that refer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from desktop.domain.moments import roc_date, roc_year
from desktop.domain.plan import Plan
from desktop.domain.text import matching_key
from desktop.rules.toml_lines import Path, line_of
from desktop.rules.toml_table import TomlProblem

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{2,4}")


def sense_problems(plan: Plan, lines: Mapping[Path, int]) -> tuple[TomlProblem, ...]:
    """Every contradiction in a plan, with the line it stands at.

    Args:
        plan: A plan read without problems of form.
        lines: Lines of the file's keys.
    """
    return tuple(
        TomlProblem(line_of(lines, path), key, message)
        for path, key, message in (
            *_names(plan),
            *_dates(plan),
            *_sets(plan),
            *_rules(plan),
            *_programme(plan),
        )
    )


_Found = Iterator[tuple[Path, str, str]]


def _names(plan: Plan) -> _Found:
    if not _ID.fullmatch(plan.id):
        yield ("id",), "id", "計畫代號只能用小寫英數字和連字號，例如 kaohsiung-114。"
    if not _CODE.fullmatch(plan.code):
        yield ("code",), "code", "文件編號代碼要填 2 到 4 個大寫英文字母，例如 KH。"
    overlap = set(plan.eligibility.categories) & set(plan.eligibility.excluded)
    if overlap:
        words = "、".join(sorted(overlap))
        yield (
            ("eligibility", "excluded"),
            "eligibility.excluded",
            f"「{words}」同時列為適用和不適用，請刪去一邊。",
        )


def _dates(plan: Plan) -> _Found:
    if plan.last_day < plan.first_day:
        yield (
            ("period", "last_day"),
            "period.last_day",
            f"結束日 {roc_date(plan.last_day)} 早於開始日 {roc_date(plan.first_day)}，請改正日期。",
        )
    if not roc_year(plan.first_day) <= plan.year <= roc_year(plan.last_day):
        yield ("year",), "year", "年度不在辦理期程內，請核對年度和日期。"
    leave, commendation = plan.compensatory_leave, plan.commendation
    received_by = leave.conditions.received_by if leave is not None else None
    if received_by is not None and received_by < plan.first_day:
        yield (
            ("compensatory_leave", "received_by"),
            "compensatory_leave.received_by",
            (
                f"收件期限 {roc_date(received_by)} 早於開始日 {roc_date(plan.first_day)}，"
                "請改正日期。"
            ),
        )
    if (
        leave is not None
        and leave.validity is not None
        and leave.validity.until is not None
        and leave.validity.until <= leave.deadline
    ):
        yield (
            ("compensatory_leave", "validity", "until"),
            "compensatory_leave.validity.until",
            (
                f"補休使用期限 {roc_date(leave.validity.until)} 不晚於課程期限 "
                f"{roc_date(leave.deadline)}，最後完成的人沒有日子可用，請改正日期。"
            ),
        )
    deadlines = []
    if leave is not None:
        deadlines.append(("compensatory_leave", leave.deadline))
    if commendation is not None:
        deadlines.append(("commendation", commendation.deadline))
    for table, deadline in deadlines:
        if not plan.first_day <= deadline <= plan.last_day:
            yield (
                (table, "deadline"),
                f"{table}.deadline",
                (
                    f"期限 {roc_date(deadline)} 不在辦理期程 {roc_date(plan.first_day)} 至 "
                    f"{roc_date(plan.last_day)} 內，請改正日期。"
                ),
            )


def _sets(plan: Plan) -> _Found:
    seen: set[str] = set()
    ids = {course_set.id for course_set in plan.sets}
    for index, course_set in enumerate(plan.sets):
        where = ("set", index)
        if course_set.id in seen:
            yield (*where, "id"), f"set[{index + 1}].id", f"「{course_set.id}」用了兩次，請改名。"
        seen.add(course_set.id)
        if not _ID.fullmatch(course_set.id):
            yield (
                (*where, "id"),
                f"set[{index + 1}].id",
                "套的代號只能用小寫英數字和連字號，例如 side-1。",
            )
        if course_set.group in ids:
            yield (
                (*where, "group"),
                f"set[{index + 1}].group",
                f"「{course_set.group}」已經是一套的代號，請把共同名稱改成別的。",
            )
        total = sum(course.hours for course in course_set.courses)
        if total != course_set.hours:
            yield (
                (*where, "hours"),
                f"set[{index + 1}].hours",
                (
                    f"「{course_set.title}」各課程合計 {total} 時，與本套 {course_set.hours} 時"
                    "不符，請核對課程時數。"
                ),
            )
        names: set[str] = set()
        for position, course in enumerate(course_set.courses):
            key = matching_key(course.name)
            if key in names:
                yield (
                    (*where, "course", position, "name"),
                    f"set[{index + 1}].course[{position + 1}].name",
                    f"「{course.name}」在同一套列了兩次，請刪去一個。",
                )
            names.add(key)
        if course_set.for_tier is not None and not course_set.group:
            yield (
                (*where, "for_tier"),
                f"set[{index + 1}].for_tier",
                "依官等選讀的套要用 group 取一個共同名稱。",
            )


def _rules(plan: Plan) -> _Found:
    known = {course_set.id for course_set in plan.sets}
    groups = {course_set.group for course_set in plan.sets if course_set.group}
    used: set[str] = set()
    benefits: list[tuple[str, int, tuple[str, ...]]] = []
    if plan.compensatory_leave is not None:
        for index, rule in enumerate(plan.compensatory_leave.rules):
            benefits.append(("compensatory_leave", index, rule.set_ids))
            is_unknown_set = rule.grant_set in rule.set_ids and rule.grant_set not in groups
            if rule.grant_set not in known and not is_unknown_set:  # told once, at the sets
                yield (
                    ("compensatory_leave", "rule", index, "grant_set"),
                    f"compensatory_leave.rule[{index + 1}].grant_set",
                    f"沒有「{rule.grant_set}」這一套，請改成計畫裡的套名代號。",
                )
    if plan.commendation is not None:
        for index, award in enumerate(plan.commendation.rules):
            benefits.append(("commendation", index, award.set_ids))
    for entitlement in plan.entitlements:
        for each in entitlement.rules:
            used.update(each.set_ids)
    for unit_award in plan.unit_awards:
        used.update(unit_award.set_ids)
    is_without = not (benefits or plan.entitlements or plan.unit_awards)
    if is_without and plan.credit is None:
        yield (), "（全檔）", "計畫沒有任何補休或敘獎規定，請至少寫一條。"
    for table, index, set_ids in benefits:
        for set_id in sorted({name for name in set_ids if set_ids.count(name) > 1}):
            yield (
                (table, "rule", index, "sets"),
                f"{table}.rule[{index + 1}].sets",
                f"「{set_id}」在同一條規定寫了兩次，請刪去一個。",
            )
        for set_id in set_ids:
            if set_id not in known | groups:
                yield (
                    (table, "rule", index, "sets"),
                    f"{table}.rule[{index + 1}].sets",
                    f"沒有「{set_id}」這一套，請改成計畫裡的套名代號。",
                )
            used.add(set_id)
    for index, course_set in enumerate(plan.sets):
        if course_set.id not in used and course_set.group not in used:
            yield (
                ("set", index, "id"),
                f"set[{index + 1}].id",
                f"「{course_set.title}」沒有任何補休或敘獎規定用到，請補規定或刪去本套。",
            )


def _programme(plan: Plan) -> _Found:
    """What a nominated programme may not say beside its credit, and its dates in order."""
    credit, nomination = plan.credit, plan.nomination
    if credit is None:
        if nomination is not None:
            yield (
                ("nomination",),
                "nomination",
                "薦送（nomination）要和時數登錄（credit）一起寫，請補 [credit] 或刪去這一段。",
            )
        return
    for table, is_there in (
        ("set", bool(plan.sets)),
        ("compensatory_leave", plan.compensatory_leave is not None),
        ("commendation", plan.commendation is not None),
    ):
        if is_there:
            path: Path = ("set", 0) if table == "set" else (table,)
            yield (
                path,
                "set[1]" if table == "set" else table,
                (
                    "自由選課登錄時數（credit）的計畫沒有套別、補休和敘獎，請刪去這一段，"
                    "或拆成另一個計畫。"
                ),
            )
    if not plan.first_day <= credit.deadline <= plan.last_day:
        yield (
            ("credit", "deadline"),
            "credit.deadline",
            (
                f"期限 {roc_date(credit.deadline)} 不在辦理期程 {roc_date(plan.first_day)} 至 "
                f"{roc_date(plan.last_day)} 內，請改正日期。"
            ),
        )
    if credit.report_by is not None and credit.report_by < plan.first_day:
        yield (
            ("credit", "report_by"),
            "credit.report_by",
            (
                f"報告期限 {roc_date(credit.report_by)} 早於開始日 {roc_date(plan.first_day)}，"
                "請改正日期。"
            ),
        )
    if nomination is not None and nomination.register_by > plan.last_day:
        yield (
            ("nomination", "register_by"),
            "nomination.register_by",
            (
                f"報名期限 {roc_date(nomination.register_by)} 晚於結束日 "
                f"{roc_date(plan.last_day)}，請改正日期。"
            ),
        )
