"""What a sound plan may still have wrong: things only somebody with the document can tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.text import matching_key
from desktop.services.plan_document import Path, Values, value_at
from desktop.services.plan_years import names_year


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to think of: where, and a sentence."""

    path: Path
    message: str


def reminders(values: Values, base: Values | None) -> tuple[Reminder, ...]:
    """What to think of before a draft is put in force.

    Args:
        values: The draft's.
        base: Those of last year's plan, None when there is none.
    """
    found = [*_texts(values, base)]
    if base is not None:
        found.extend(_source(values, base))
        found.extend(_hours(values, base))
    return tuple(found)


def _source(values: Values, base: Values) -> Iterator[Reminder]:
    if value_at(values, ("year",)) == value_at(base, ("year",)):
        return
    number = value_at(values, ("source", "document_number"))
    if number and number == value_at(base, ("source", "document_number")):
        yield Reminder(
            ("source", "document_number"),
            f"文號仍是去年的「{number}」，收到今年的函後請更新，並核對各條依據的引文。",
        )
    elif value_at(values, ("source", "checked_on")) == value_at(base, ("source", "checked_on")):
        yield Reminder(
            ("source", "checked_on"), "核對日期仍是去年的，和今年的計畫核對過後請改成那一天。"
        )


def _hours(values: Values, base: Values) -> Iterator[Reminder]:
    """Courses whose hours differ from the year before."""
    former: dict[tuple[str, str], object] = {}
    for course_set in value_at(base, ("set",), []):
        for course in course_set.get("course", []):
            key = (str(course_set.get("id")), matching_key(str(course.get("name", ""))))
            former[key] = course.get("hours")
    for index, course_set in enumerate(value_at(values, ("set",), [])):
        for position, course in enumerate(course_set.get("course", [])):
            key = (str(course_set.get("id")), matching_key(str(course.get("name", ""))))
            before, now = former.get(key), course.get("hours")
            if before is not None and before != now:
                yield Reminder(
                    ("set", index, "course", position, "hours"),
                    f"「{course.get('name')}」去年是 {before} 時，現在是 {now} 時，"
                    "請確認今年是否改了。",
                )


def _texts(values: Values, base: Values | None) -> Iterator[Reminder]:
    """Texts on paper that still name another year than the plan's."""
    year = value_at(values, ("year",))
    if not isinstance(year, int):
        return
    former = value_at(base, ("year",)) if base is not None else None
    others = {year - 1, *([former] if isinstance(former, int) else [])} - {year}
    paths: list[Path] = [
        ("title",),
        ("form", "title"),
        ("form", "set_line"),
        ("commendation", "reason"),
    ]
    paths += [
        ("form", "note", i, "text") for i in range(len(value_at(values, ("form", "note"), [])))
    ]
    paths += [("set", i, "title") for i in range(len(value_at(values, ("set",), [])))]
    for path in paths:
        words = value_at(values, path)
        if isinstance(words, str):
            for other in sorted(others):
                if names_year(words, other):
                    yield Reminder(path, f"文字裡還有「{other} 年」，請確認要不要改成 {year} 年。")
