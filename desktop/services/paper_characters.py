"""Characters of a paper that need the clerk before it prints: whose, in which field, and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.services.paper_drafts import Part
from forms.fonts import FontChain, UnprintableReason
from forms.form import PrintedForm

BIG5 = "cp950"
"""Big5 as Windows writes it: what a file for other systems can hold."""
_PERSONAL = {"name": "姓名", "unit": "單位", "job_title": "職稱", "rank": "官職等"}
_UNLABELLED = "內文"
_KINDS = {
    UnprintableReason.PRIVATE_USE: "（造字）",
    UnprintableReason.CONTROL: "（看不見的控制字元）",
    UnprintableReason.NO_GLYPH: "",
}


@dataclass(frozen=True, slots=True)
class CharacterNotes:
    """What is to be known of a paper's characters, one sentence each.

    Attributes:
        missing: Private-use characters, and such as no face can print.
        outside_big5: Characters of a person's own data that print, but not go into a Big5 file.
    """

    missing: tuple[str, ...]
    outside_big5: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One text of a content: the field it stands in, and whose it is."""

    label: str
    owner: str
    text: str


def character_notes(fonts: FontChain, parts: Sequence[Part]) -> CharacterNotes:
    """Examine the documents of a draft.

    Args:
        fonts: The faces to print with.
        parts: The documents.
    """
    missing: dict[str, None] = {}
    outside: dict[str, None] = {}
    for part in parts:
        form = part.form(fonts)
        leaves: list[_Leaf] | None = None
        for text, found in form.unprintable(part.content):
            leaves = leaves if leaves is not None else list(_leaves(form, part.content))
            where = _where(leaves, text, is_of_list=_is_of_list(part.content))
            what = f"「{text}」的「{found.character}」（{found.code}）沒有字型可印"
            missing[f"{where}{what}{_KINDS[found.reason]}"] = None
        for leaf in _personal_leaves(part.content):
            lacking = "".join(dict.fromkeys(c for c in leaf.text if not _fits_big5(c)))
            if lacking:
                is_own_name = leaf.text == leaf.owner
                owner = "" if is_own_name else f"{leaf.owner}的"
                outside[f"{owner}{leaf.label}「{leaf.text}」的「{lacking}」大五碼沒有"] = None
    return CharacterNotes(tuple(missing), tuple(outside))


def _where(leaves: Sequence[_Leaf], text: str, *, is_of_list: bool) -> str:
    leaf = next((leaf for leaf in leaves if leaf.text == text), None)
    if leaf is None:
        return _UNLABELLED
    is_own_name = leaf.text == leaf.owner
    return f"{leaf.owner}的{leaf.label}" if is_of_list and not is_own_name else leaf.label


def _is_of_list(content: Any) -> bool:
    """Whether the content is of many people, so that a note has to name one."""
    return not hasattr(content, "name")


def _leaves(form: PrintedForm[Any], content: Any) -> Iterator[_Leaf]:
    labels = {field.name: field.label for field in form.fields}

    def walk(value: Any, path: tuple[str, ...], owner: str) -> Iterator[_Leaf]:
        if isinstance(value, str):
            yield _Leaf(_label(labels, path), owner, value)
        elif isinstance(value, tuple):
            for item in value:
                yield from walk(item, path, owner)
        elif dataclasses.is_dataclass(value):
            mine = str(getattr(value, "name", "")) if _is_person(value) else owner
            for field in dataclasses.fields(value):
                yield from walk(getattr(value, field.name), (*path, field.name), mine)

    yield from walk(content, (), "")


def _label(labels: dict[str, str], path: tuple[str, ...]) -> str:
    """The label of a field, or of what it is a part of."""
    for length in range(len(path), 0, -1):
        for name in (".".join(path[:length]), ".".join(path[:1] + path[length - 1 : length])):
            if name in labels:
                return labels[name]
    return _PERSONAL.get(path[-1], _UNLABELLED) if path else _UNLABELLED


def _is_person(value: Any) -> bool:
    return hasattr(value, "name") and hasattr(value, "unit")


def _personal_leaves(content: Any) -> Iterator[_Leaf]:
    """A person's own data, wherever in a content it stands."""
    if isinstance(content, tuple):
        for item in content:
            yield from _personal_leaves(item)
    elif dataclasses.is_dataclass(content):
        if _is_person(content):
            name = str(getattr(content, "name", ""))
            for attribute, label in _PERSONAL.items():
                text = getattr(content, attribute, "")
                if text:
                    yield _Leaf(label, name, text)
        for field in dataclasses.fields(content):
            value = getattr(content, field.name)
            if isinstance(value, tuple):
                yield from _personal_leaves(value)


def _fits_big5(character: str) -> bool:
    try:
        character.encode(BIG5)
    except UnicodeEncodeError:
        return False
    return True
