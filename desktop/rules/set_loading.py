"""Course sets of a plan file: lists, minimums, audiences, conditions of records."""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.conditions import Audience, Minimum, NotRecognised, RecordConditions
from desktop.domain.people import RankTier
from desktop.domain.plan import Course, CourseSet
from desktop.domain.text import matching_key
from desktop.rules.toml_table import TableReader

TIERS = {tier.value: tier for tier in RankTier}


def read_sets(root: TableReader, *, are_needed: bool) -> tuple[CourseSet, ...]:
    """Every ``[[set]]``, those without conditions of their own with the plan's ``[conditions]``.

    Args:
        root: The whole file.
        are_needed: Whether a plan without sets is a problem.
    """
    table = root.table("conditions", needed=False)
    shared = read_conditions(table) if table else None
    sets = tuple(_course_set(each, shared) for each in root.tables("set", needed=are_needed))
    is_used = any(course_set.conditions is shared for course_set in sets)
    if table and not is_used and (sets or not are_needed):
        table.problem("", "沒有一套用到這一段（各套另寫的 [set.conditions] 優先），請刪去。")
    return sets


def _course_set(table: TableReader, shared: RecordConditions | None) -> CourseSet:
    minimums = tuple(_minimum(each) for each in table.tables("minimum", needed=False))
    is_open = table.truth("open", usual=False)
    courses = _courses(table, is_open=is_open)
    audience = table.table("audience", needed=False)
    conditions = table.table("conditions", needed=False)
    if is_open and not minimums:
        table.problem("open", "自由選課的套要寫最低要求，請補 [[set.minimum]]。")
    course_set = CourseSet(
        id=table.text("id"),
        title=table.text("title"),
        hours=_hours(table, courses, is_open=is_open, has_minimums=bool(minimums)),
        courses=courses,
        clause=table.needed_clause(),
        group=table.text("group", needed=False),
        for_tier=table.choice("for_tier", TIERS) if table.has("for_tier") else None,
        audience=_audience(audience) if audience else None,
        minimums=minimums,
        is_open=is_open,
        conditions=read_conditions(conditions) if conditions else shared,
    )
    table.close()
    return course_set


def _courses(table: TableReader, *, is_open: bool) -> tuple[Course, ...]:
    if is_open and table.has("course"):
        table.any("course")
        table.problem(
            "course", "自由選課（open = true）的套不列課程，請刪去課程，或刪去 open 這一項。"
        )
        return ()
    courses = []
    for row in table.tables("course", needed=table.values.get("open", False) is False):
        courses.append(
            Course(
                name=row.text("name"),
                hours=row.amount("hours"),
                category=row.text("category", needed=False),
                printed_name=row.text("printed_name", needed=False),
            )
        )
        row.close()
    return tuple(courses)


def _hours(
    table: TableReader, courses: tuple[Course, ...], *, is_open: bool, has_minimums: bool
) -> Decimal:
    """The hours written, or the courses' sum where minimums say what completes the set."""
    if is_open and table.has("hours"):
        table.any("hours")
        table.problem("hours", "自由選課的套沒有總時數，請改寫在 [[set.minimum]] 的 hours。")
        return Decimal(0)
    if is_open or (has_minimums and not table.has("hours")):
        return sum((course.hours for course in courses), Decimal(0))
    return table.amount("hours")


def _minimum(table: TableReader) -> Minimum:
    hours = table.optional_amount("hours")
    courses = table.integer("courses", least=1, needed=False)
    if table.has("hours") == table.has("courses"):
        table.problem("", "最低要求請填 hours（時數）或 courses（門數）其中一個。")
    minimum = Minimum(
        clause=table.needed_clause(),
        hours=hours,
        courses=courses,
        categories=read_words(table, "categories"),
        learning_types=read_words(table, "learning_types"),
        is_business_related=_truth_or_none(table, "business_related"),
    )
    table.close()
    return minimum


def _audience(table: TableReader) -> Audience:
    tiers = []
    for word in read_words(table, "tiers"):
        if word in TIERS:
            tiers.append(TIERS[word])
        else:
            table.problem("tiers", f"不認得官等「{word}」，只能填 {'、'.join(TIERS)}。")
    asked = ("tiers", "categories", "titles", "supervisor")
    if not any(table.has(key) for key in asked):
        table.problem("", f"沒有寫這一套是給誰的，請填 {'、'.join(asked)}，或刪去這一段。")
    audience = Audience(
        clause=table.needed_clause(),
        tiers=tuple(tiers),
        categories=read_words(table, "categories"),
        titles=read_words(table, "titles"),
        is_supervisor=_truth_or_none(table, "supervisor"),
    )
    table.close()
    return audience


def _truth_or_none(table: TableReader, key: str) -> bool | None:
    return table.truth(key, usual=False) if table.has(key) else None


def read_conditions(table: TableReader) -> RecordConditions:
    """``[conditions]`` or ``[set.conditions]``: what each record must show."""
    conditions = RecordConditions(
        minimum_score=table.share("minimum_score", zero_is_one=True),
        score_clause=table.clause_of("minimum_score", "score_clause"),
        needs_questionnaire=table.truth("questionnaire", usual=False),
        questionnaire_clause=table.clause_of("questionnaire", "questionnaire_clause"),
        needs_uploaded_hours=table.truth("uploaded_hours", usual=False),
        upload_clause=table.clause_of("uploaded_hours", "upload_clause"),
        enrolled_from=table.day("enrolled_from", needed=False),
        enrolled_clause=table.clause_of("enrolled_from", "enrolled_clause"),
        languages=read_not_recognised(table, "languages_not_recognised"),
        regions=read_not_recognised(table, "regions_not_recognised"),
    )
    table.close()
    return conditions


def read_not_recognised(parent: TableReader, key: str) -> NotRecognised | None:
    """The table of a language or region that is not recognised, None without one."""
    table = parent.table(key, needed=False)
    if table is None:
        return None
    words = table.texts("words")
    _check_words(table, "words", words, what="語言或地區的名稱")
    refused = NotRecognised(words, table.needed_clause())
    table.close()
    return refused


def read_words(table: TableReader, key: str) -> tuple[str, ...]:
    """A list of words that may be missing but not empty, each once however it is written."""
    if not table.has(key):
        return ()
    words = table.texts(key)
    _check_words(table, key, words, what="文字")
    return words


def _check_words(table: TableReader, key: str, words: tuple[str, ...], *, what: str) -> None:
    seen: dict[str, str] = {}
    for word in words:
        folded = matching_key(word)
        if not folded:
            table.problem(key, f"「{word}」只有標點，請改成{what}。")
        elif folded in seen:
            table.problem(key, f"「{word}」和「{seen[folded]}」是同一個詞，請刪去一個。")
        seen.setdefault(folded, word)
