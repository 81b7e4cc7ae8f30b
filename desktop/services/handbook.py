"""The handbook inside the program: its chapters, their sections, and the search over all of them.

A chapter is one HTML file in ``resources/handbook``; a heading with an ``id`` begins a section that
F1 and links can open. A place is written ``chapter`` or ``chapter#section``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from desktop.domain.text import matching_key

HANDBOOK = Path(__file__).resolve().parents[2] / "resources" / "handbook"
CONTENTS_FILE = "contents.toml"
_HEADINGS = frozenset({"h1", "h2", "h3", "dt"})
_BLOCKS = frozenset({"p", "li", "tr", "td", "th", "dd", "div", "br", "table", "ul", "ol"})
_EXCERPT_BEFORE, _EXCERPT = 12, 60
MOST_HITS = 40


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        chapter: The chapter's name, as its file is called.
        anchor: The heading's id; empty for a chapter's beginning without one.
        title: The heading.
        text: The words under it.
        level: 1 for a chapter's own heading, 2 and 3 below.
    """

    chapter: str
    anchor: str
    title: str
    text: str
    level: int

    @property
    def place(self) -> str:
        """How links name it."""
        return f"{self.chapter}#{self.anchor}" if self.anchor else self.chapter

    @cached_property
    def title_key(self) -> str:
        """The heading folded for the search."""
        return matching_key(self.title)

    @cached_property
    def key(self) -> str:
        """Heading and text folded for the search."""
        return matching_key(f"{self.title} {self.text}")


@dataclass(frozen=True)
class Chapter:
    """One file of the handbook.

    Attributes:
        name: The file's name without ending.
        title: Its first heading.
        sections: Its sections, in order.
        links: Where it points, as written.
        pictures: The pictures it shows, as written, each with its words.
    """

    name: str
    title: str
    sections: tuple[Section, ...]
    links: tuple[str, ...]
    pictures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Chapters that stand together in the table of contents."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class HelpHit:
    """What a search found: the section and a piece of its text."""

    section: Section
    chapter_title: str
    excerpt: str


@dataclass(frozen=True)
class Handbook:
    """Every chapter, in the order of the table of contents."""

    groups: tuple[Group, ...]

    @property
    def chapters(self) -> Iterator[Chapter]:
        """The chapters in reading order."""
        return (chapter for group in self.groups for chapter in group.chapters)

    @cached_property
    def places(self) -> frozenset[str]:
        """Every place that can be opened."""
        names = {chapter.name for chapter in self.chapters}
        sections = {one.place for chapter in self.chapters for one in chapter.sections}
        return frozenset(names | sections)

    def find(self, words: str, *, limit: int = MOST_HITS) -> tuple[HelpHit, ...]:
        """Sections that hold every word, those with it in their heading first.

        Variant characters, widths and case make no difference.

        Args:
            words: What the clerk looks for, words parted by spaces.
            limit: At most so many.
        """
        keys = [key for word in words.split() if (key := matching_key(word))]
        if not keys:
            return ()
        found: list[tuple[int, HelpHit]] = []
        for chapter in self.chapters:
            for section in chapter.sections:
                if all(key in section.key for key in keys):
                    rank = sum(key not in section.title_key for key in keys)
                    hit = HelpHit(section, chapter.title, _excerpt(section.text, keys[0]))
                    found.append((rank, hit))
        found.sort(key=lambda one: one[0])
        return tuple(hit for _, hit in found[:limit])


def read_handbook(folder: Path = HANDBOOK) -> Handbook:
    """Read every chapter that the table of contents names.

    Args:
        folder: Where the chapters lie.

    Raises:
        OSError: When a file is missing.
        ValueError: When the table of contents or a chapter is not as it must be.
    """
    data = tomllib.loads((folder / CONTENTS_FILE).read_text(encoding="utf-8"))
    return Handbook(
        tuple(
            Group(
                str(group["title"]),
                tuple(_chapter(folder / f"{name}.html") for name in group["chapters"]),
            )
            for group in data["group"]
        )
    )


def _chapter(path: Path) -> Chapter:
    parser = _ChapterParser(path.stem)
    parser.feed(path.read_text(encoding="utf-8"))
    parser.close()
    parser.end_section()
    if not parser.sections:
        raise ValueError(f"「{path.name}」沒有標題，不是手冊的一章。")
    return Chapter(
        path.stem,
        parser.sections[0].title,
        tuple(parser.sections),
        tuple(parser.links),
        tuple(parser.pictures),
    )


class _ChapterParser(HTMLParser):
    """Collects sections, links and pictures of one chapter."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._name = name
        self.sections: list[Section] = []
        self.links: list[str] = []
        self.pictures: list[tuple[str, str]] = []
        self._anchor = ""
        self._level = 0
        self._title: list[str] = []
        self._text: list[str] = []
        self._is_in_heading = False
        self._is_in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {key: value or "" for key, value in attrs}
        if tag == "body":
            self._is_in_body = True
        elif tag in _HEADINGS and (tag == "h1" or known.get("id")):
            self.end_section()
            self._anchor = known.get("id", "")
            self._level = 3 if tag == "dt" else int(tag[1])
            self._is_in_heading = True
        elif tag == "a" and known.get("href"):
            self.links.append(known["href"])
        elif tag == "img":
            self.pictures.append((known.get("src", ""), known.get("alt", "")))
        if tag in _BLOCKS:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._is_in_heading = False

    def handle_data(self, data: str) -> None:
        if self._is_in_body:
            (self._title if self._is_in_heading else self._text).append(data)

    def end_section(self) -> None:
        """Keep the section read so far."""
        if self._level:
            title, text = _plain(self._title), _plain(self._text)
            self.sections.append(Section(self._name, self._anchor, title, text, self._level))
        self._anchor, self._level = "", 0
        self._title, self._text = [], []


def _plain(parts: list[str]) -> str:
    """The words without the breaks of the source; Chinese lines join without a space."""
    words = re.sub(r"\s*\n\s*", "\n", "".join(parts).strip())
    words = re.sub(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])", "", words)
    return re.sub(r"\s+", " ", words)


def _excerpt(text: str, key: str) -> str:
    """A piece of the text around what was found; its beginning where only the heading has it."""
    for start in range(len(text)):
        if matching_key(text[start : start + len(key) + 4]).startswith(key):
            begin = max(0, start - _EXCERPT_BEFORE)
            head = "…" if begin else ""
            tail = "…" if begin + _EXCERPT < len(text) else ""
            return f"{head}{text[begin : begin + _EXCERPT]}{tail}"
    return text[:_EXCERPT] + ("…" if len(text) > _EXCERPT else "")
