"""Characters of a paper that no face can print, in words: which field, which character."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from forms.form import PrintedForm

_FIELDS = {
    "unit": "服務單位",
    "job_title": "職稱",
    "rank": "官職等",
    "agency": "機關名稱",
    "set_title": "套裝名稱",
    "plan": "計畫名稱",
}
_PERSON_NAME, _COURSE_NAME = "姓名", "課程名稱"


def unprintable_words(form: PrintedForm[Any], content: Any) -> tuple[str, ...]:
    """A phrase on each: ``姓名「王□」的「□」（U+E123）沒有字型可印``; empty when there is none.

    Args:
        form: The form that would print it.
        content: What would be printed.
    """
    fields = dict(_fields(content))
    return tuple(
        f"{fields.get(text, '')}「{text}」的「{found.character}」（{found.code}）沒有字型可印"
        for text, found in form.unprintable(content)
    )


def _fields(content: Any) -> Iterator[tuple[str, str]]:
    """Each text of a document with its field's name; rows of courses and of people within."""
    is_course = {"number", "hours"} <= {field.name for field in dataclasses.fields(content)}
    for field in dataclasses.fields(content):
        value = getattr(content, field.name)
        if isinstance(value, str) and field.name == "name":
            yield value, _COURSE_NAME if is_course else _PERSON_NAME
        elif isinstance(value, str) and field.name in _FIELDS:
            yield value, _FIELDS[field.name]
        elif isinstance(value, tuple):
            for one in value:
                if dataclasses.is_dataclass(one):
                    yield from _fields(one)
