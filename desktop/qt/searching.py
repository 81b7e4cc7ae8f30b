"""What the search of the window finds: people, courses of the person in sight, pages and acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from desktop.qt.pages.base import Page
from desktop.qt.pages.review_page import ReviewPage
from desktop.qt.widgets.frame import Hit

MOST_COURSES = 6
MOST_COMMANDS = 8

OpenPage = Callable[..., None]
"""Shows a page by name, with something for it."""


def people_hits(people: Sequence[Any], open_page: OpenPage) -> list[Hit]:
    """Hits for people, each opening its case in 審核."""
    return [
        Hit(
            "人員",
            one.name,
            f"{one.employee_id}　{one.unit}",
            partial(open_page, "review", one.employee_id),
        )
        for one in people
    ]


def course_hits(words: str, pages: Mapping[str, Page], open_page: OpenPage) -> list[Hit]:
    """Hits for courses of the person that 審核 shows."""
    review = pages.get("review")
    if not isinstance(review, ReviewPage):
        return []
    hits = []
    for index in review.table.courses.record_indexes():
        row = review.table.courses.row(index)
        if row is not None and words in row.course:
            key = row.record.key if row.record is not None else ""
            act = partial(_go_to_course, review, open_page, key)
            hits.append(Hit("課程", row.course, review.person.name.text(), act))
    return hits[:MOST_COURSES]


def _go_to_course(review: ReviewPage, open_page: OpenPage, record_key: str) -> None:
    open_page("review")
    if record_key:
        review.table.go_to(review.table.courses.index_of(record_key))


def command_hits(words: str, pages: Mapping[str, Page], open_page: OpenPage) -> list[Hit]:
    """Hits for pages and their acts."""
    hits = [
        Hit("指令", page.caption, "頁面", partial(open_page, page.name))
        for page in pages.values()
        if words in page.caption
    ]
    for page in pages.values():
        hits += [
            Hit(
                "指令",
                command.words,
                f"{page.caption}　{command.shortcut}".strip(),
                partial(_run_command, page, open_page, command.act),
            )
            for command in page.commands()
            if words in command.words
        ]
    return hits[:MOST_COMMANDS]


def _run_command(page: Page, open_page: OpenPage, act: Callable[[], None]) -> None:
    open_page(page.name)
    QTimer.singleShot(0, page, act)
