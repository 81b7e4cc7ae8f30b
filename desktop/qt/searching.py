"""What the search of the window finds: people, courses, documents of cases, pages and acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction

from desktop.qt.pages.base import Page
from desktop.qt.pages.review_page import ReviewPage
from desktop.qt.widgets.search_box import Hit
from desktop.services.finding import holds

if TYPE_CHECKING:
    from desktop.services.finding import Found

MOST_COURSES = 6
MOST_COMMANDS = 8

OpenPage = Callable[..., None]
"""Shows a page by name, with something for it."""


def office_hits(found: Found, open_page: OpenPage, shown: Iterable[Hit] = ()) -> list[Hit]:
    """Hits for what the office found.

    A person opens in 審核, a course among the learning records, a document on 申請表.

    Args:
        found: People, courses and documents.
        open_page: Shows a page.
        shown: Hits for courses of the person in sight, which stand before the others.
    """
    people = [
        Hit(
            "人員",
            one.name,
            f"{one.employee_id}　{one.unit}",
            partial(open_page, "review", one.employee_id),
        )
        for one in found.people
    ]
    courses = [*shown]
    courses += [
        Hit("課程", one.name, one.set_title, partial(open_page, "records", {"course": one.name}))
        for one in found.courses
    ]
    cases = [
        Hit(
            "案件",
            one.number,
            "　".join(
                words
                for words in (one.kind, one.name, "" if one.is_in_force else "已不生效")
                if words
            ),
            partial(open_page, "forms", one.employee_id or None),
        )
        for one in found.documents
    ]
    return [*people, *courses[:MOST_COURSES], *cases]


def course_hits(words: str, pages: Mapping[str, Page], open_page: OpenPage) -> list[Hit]:
    """Hits for courses of the person that 審核 shows."""
    review = pages.get("review")
    if not isinstance(review, ReviewPage):
        return []
    hits = []
    for index in review.table.courses.record_indexes():
        row = review.table.courses.row(index)
        if row is not None and holds(row.course, words):
            key = row.record.key if row.record is not None else ""
            act = partial(_go_to_course, review, open_page, key)
            hits.append(Hit("課程", row.course, review.person.name.text(), act))
    return hits[: MOST_COURSES // 2]


def _go_to_course(review: ReviewPage, open_page: OpenPage, record_key: str) -> None:
    open_page("review")
    if record_key:
        review.table.go_to(review.table.courses.index_of(record_key))


def command_hits(
    words: str,
    pages: Mapping[str, Page],
    open_page: OpenPage,
    actions: Iterable[QAction] = (),
) -> list[Hit]:
    """Hits for pages and acts, those of the window among them.

    Args:
        words: As typed.
        pages: The window's pages.
        open_page: Shows a page.
        actions: Acts that belong to no page.
    """
    hits = [
        Hit("指令", page.caption, "頁面", partial(open_page, page.name))
        for page in pages.values()
        if holds(page.caption, words)
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
            if holds(command.words, words)
        ]
    captions = {page.caption for page in pages.values()}
    hits += [
        Hit("指令", action.text(), action.shortcut().toString(), action.trigger)
        for action in actions
        if action.isEnabled() and action.text() not in captions and holds(action.text(), words)
    ]
    return hits[:MOST_COMMANDS]


def _run_command(page: Page, open_page: OpenPage, act: Callable[[], None]) -> None:
    open_page(page.name)
    QTimer.singleShot(0, page, act)
