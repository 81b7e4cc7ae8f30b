"""A plan as people read it: everything it asks and gives, each number with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.domain.conditions import Audience, Minimum, RecordConditions
from desktop.domain.entitlements import ClauseReading
from desktop.domain.evidence import KIND_WORDS, EvidenceKind
from desktop.domain.findings import ReasonCode, Severity
from desktop.domain.moments import roc_date
from desktop.domain.people import RankTier
from desktop.domain.plan import CourseSet, Plan, SharedCourses
from desktop.services.plan_benefit_words import benefit_lines, by_clause
from desktop.services.wording import CHIPS, hours_words

TIER_WORDS = {
    RankTier.SENIOR: "簡任",
    RankTier.JUNIOR: "薦任",
    RankTier.ELEMENTARY: "委任",
}
_SEVERITY_WORDS = {
    Severity.FAIL: "不符",
    Severity.REVIEW: "待確認",
    Severity.INFO: "只註記",
}


def describe_plan(plan: Plan) -> tuple[str, ...]:
    """A plan in words, line by line; what belongs to a line above is indented."""
    return (
        *_head(plan),
        *(line for course_set in plan.sets for line in _set_lines(course_set)),
        *benefit_lines(plan),
        *_programme_lines(plan),
        *_yearly_lines(plan),
        *_check_lines(plan),
        *_form_lines(plan),
        *(line for reading in plan.readings for line in _reading_lines(reading)),
        *(f"註　{note}" for note in plan.notes),
    )


def _head(plan: Plan) -> Iterator[str]:
    yield f"{plan.id}　{plan.title}"
    yield (
        f"依據　{plan.source.document_number or plan.source.title}，"
        f"{roc_date(plan.source.checked_on)} 核對"
    )
    period = f"{roc_date(plan.first_day)} 至 {roc_date(plan.last_day)}"
    yield f"期間　{period}{by_clause(plan.period_clause)}"
    named = (plan.eligibility.categories, plan.eligibility.excluded)
    categories = "；不適用　".join("、".join(words) for words in named if words)
    yield f"適用　{categories}{by_clause(plan.eligibility.clause)}"
    yield f"證明　{'、'.join(KIND_WORDS[EvidenceKind(kind)] for kind in plan.evidence)}"
    yield f"補正　{plan.correction_days} 日內；文件編號以 {plan.code} 開頭"
    if plan.shared_courses is SharedCourses.ONCE:
        yield "一門課列在幾套裡，只採計計畫裡最先列出的一套"


def _set_lines(course_set: CourseSet) -> Iterator[str]:
    what = f"{len(course_set.courses)} 門 {hours_words(course_set.hours)} 時"
    if course_set.is_open:
        what = "自由選課，沒有課程清單"
    yield f"{course_set.id}　{course_set.title}　{what}{by_clause(course_set.clause)}"
    if course_set.group:
        tier = f"，{TIER_WORDS[course_set.for_tier]}選讀" if course_set.for_tier else ""
        yield f"    共同名稱　{course_set.group}{tier}"
    if course_set.audience is not None:
        yield f"    對象　{_audience_words(course_set.audience)}"
    if course_set.minimums:
        yield from (f"    最低　{_minimum_words(each)}" for each in course_set.minimums)
    elif not course_set.is_open:
        yield "    每一門都要完成"
    if course_set.conditions is not None:
        yield from (f"    每筆紀錄　{words}" for words in _condition_words(course_set.conditions))
    for course in course_set.courses:
        category = f"（{course.category}）" if course.category else ""
        yield f"    {hours_words(course.hours)} 時　{course.name}{category}"


def _audience_words(audience: Audience) -> str:
    asked = [
        "、".join(TIER_WORDS[tier] for tier in audience.tiers),
        "、".join(audience.categories),
        "、".join(audience.titles),
    ]
    if audience.is_supervisor is not None:
        asked.append("主管" if audience.is_supervisor else "非主管")
    return "；".join(words for words in asked if words) + by_clause(audience.clause)


def _minimum_words(minimum: Minimum) -> str:
    amount = f"{hours_words(minimum.hours)} 時"
    if minimum.courses is not None:
        amount = f"{minimum.courses} 門"
    filters = [
        f"課程項目 {'、'.join(minimum.categories)}" if minimum.categories else "",
        f"學習類別 {'、'.join(minimum.learning_types)}" if minimum.learning_types else "",
    ]
    if minimum.is_business_related is not None:
        filters.append("業務相關" if minimum.is_business_related else "非業務相關")
    of_what = "；".join(words for words in filters if words)
    return f"{amount}以上{'，只計' if of_what else ''}{of_what}{by_clause(minimum.clause)}"


def _condition_words(asked: RecordConditions) -> Iterator[str]:
    if asked.minimum_score is not None:
        yield f"測驗 {_plain(asked.minimum_score)} 分以上{by_clause(asked.score_clause)}"
    if asked.needs_questionnaire:
        yield f"要填問卷{by_clause(asked.questionnaire_clause)}"
    if asked.needs_uploaded_hours:
        yield f"時數要上傳終身學習{by_clause(asked.upload_clause)}"
    if asked.enrolled_from is not None:
        yield f"{roc_date(asked.enrolled_from)} 以後才選讀{by_clause(asked.enrolled_clause)}"
    for what, refused in (("語言", asked.languages), ("國家或地區", asked.regions)):
        if refused is not None:
            yield f"不採認的{what} {'、'.join(refused.words)}{by_clause(refused.clause)}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _programme_lines(plan: Plan) -> Iterator[str]:
    """Credit, nomination and official leave of a nominated programme, each where it is named."""
    credit, nomination, official_leave = plan.credit, plan.nomination, plan.official_leave
    if credit is not None:
        least = hours_words(credit.minimum_hours)
        yield f"時數登錄　自由選課，採認滿 {least} 時{by_clause(credit.minimum_clause)}"
        yield f"    期限 {roc_date(credit.deadline)}{by_clause(credit.deadline_clause)}"
        if credit.report_by is not None:
            day = roc_date(credit.report_by)
            yield f"    研習報告 {day} 前繳交{by_clause(credit.report_clause)}"
        for what, refused in (("語言", credit.languages), ("國家或地區", credit.regions)):
            if refused is not None:
                yield f"    不採認的{what}　{'、'.join(refused.words)}{by_clause(refused.clause)}"
        yield f"    條件都符合才登錄{by_clause(credit.clause)}"
    if nomination is not None:
        yield f"薦送　{roc_date(nomination.register_by)} 前報名{by_clause(nomination.clause)}"
        if nomination.quota:
            yield f"    名額　{nomination.quota}"
        yield from (f"    優先　{words}" for words in nomination.priority)
        yield from (f"    不得薦送　{words}" for words in nomination.excluded)
    if official_leave is not None:
        yield f"公假　每人至多 {official_leave.most_hours} 時{by_clause(official_leave.clause)}"


def _yearly_lines(plan: Plan) -> Iterator[str]:
    """The hours everybody must complete in the year, line by line."""
    yearly = plan.yearly_requirement
    if yearly is None:
        return
    yield f"{yearly.title}　{hours_words(yearly.hours)} 時{by_clause(yearly.clause)}"
    for line in yearly.lines:
        yield f"    {hours_words(line.hours)} 時　{line.title}{by_clause(line.clause)}"


def _check_lines(plan: Plan) -> Iterator[str]:
    """The checks that the plan sets otherwise, or names a clause for."""
    for code in ReasonCode:
        if code in plan.severities or code in plan.clauses:
            severity = plan.severities.get(code)
            weight = f"列為{_SEVERITY_WORDS[severity]}" if severity is not None else ""
            yield f"檢核　{CHIPS[code]}{weight}{by_clause(plan.clauses.get(code))}"


def _form_lines(plan: Plan) -> Iterator[str]:
    if plan.form is not None:
        notes = f"說明 {len(plan.form.notes)} 點" if plan.form.notes else "沒有說明"
        seals = "、".join(seal.rstrip("：") for seal in plan.form.seals)
        yield f"申請表　{plan.form.title}，{notes}，{seals}"


def plan_notes(plan: Plan) -> tuple[str, ...]:
    """How unclear clauses are read and what else the plan's notes say, a sentence each."""
    readings = []
    for reading in plan.readings:
        chosen = [option.words for option in reading.options if option.value == reading.chosen]
        question = f"{reading.question}{by_clause(reading.clause)}"
        readings.append(f"{question}本表採用：{'、'.join(chosen)}。")
    return (*readings, *plan.notes)


def _reading_lines(reading: ClauseReading) -> Iterator[str]:
    """How an unclear clause is read: the reading in force, then the others."""
    yield f"解讀　{reading.question}{by_clause(reading.clause)}"
    for is_chosen, word in ((True, "採用"), (False, "也可改為")):
        for option in reading.options:
            if (option.value == reading.chosen) is is_chosen:
                yield f"    {word}　{option.words}"
    if reading.note:
        yield f"    理由　{reading.note}"
