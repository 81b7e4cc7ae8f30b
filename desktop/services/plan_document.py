"""A plan being written: its values as TOML has them, changed without touching what was before."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, InlineTable, Table

Path = tuple[str | int, ...]
"""Where a value stands: ``("set", 0, "course", 3, "hours")``."""

Values = Mapping[str, Any]
"""A plan file's tables, lists and scalars as ``tomllib`` gives them."""

_CLAUSE_KEYS = frozenset({"point", "quotation"})
_LINE_WIDTH = 100
_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class PlanTextError(ValueError):
    """A text that is no TOML at all; the message says where."""

    def __init__(self, name: str, line: int) -> None:
        """Name the file and the line.

        Args:
            name: The file's name.
            line: The line from 1.
        """
        self.line = line
        super().__init__(
            f"{name} 第 {line} 行不符合 TOML 寫法，沒有匯入；請檢查那一行的引號、等號和括號。"
        )


def from_toml(text: str, *, name: str = "計畫檔") -> dict[str, Any]:
    """The values of a TOML text.

    Args:
        text: The file's text.
        name: The file's name, for the message.

    Raises:
        PlanTextError: When the text is no TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise PlanTextError(name, int(found.group(1)) if found else 1) from error


def to_toml(values: Values) -> str:
    """The TOML text of a plan's values, clauses in one line, long lists over several.

    Args:
        values: As ``from_toml`` gives them; ``Decimal`` counts as a number.
    """
    document = tomlkit.document()
    _fill(document, values)
    return tomlkit.dumps(document).lstrip("\n")


def path_of_key(key: str) -> Path:
    """The path of a key as problems name it (``set[1].course[2].hours``, counted from 1)."""
    parts: list[str | int] = []
    for name, index in _PART.findall(key):
        parts.append(int(index) - 1 if index else name)
    return tuple(parts) if key != "（全檔）" else ()


def value_at(values: Any, path: Path, default: Any = None) -> Any:
    """The value at a path, ``default`` when any part of it is missing."""
    found = values
    for part in path:
        if isinstance(part, int):
            if not isinstance(found, list) or not 0 <= part < len(found):
                return default
            found = found[part]
        elif isinstance(found, Mapping) and part in found:
            found = found[part]
        else:
            return default
    return found


def with_value(values: Any, path: Path, value: Any) -> Any:
    """The values with one of them set anew; None takes the key away.

    Tables on the way that are missing are made; one left empty is taken away.

    Args:
        values: What it was; left as it is.
        path: Where.
        value: The new value.

    Raises:
        IndexError: When the path names a list element that is not there.
    """
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(head, int):
        elements = list(values)
        elements[head] = with_value(elements[head], rest, value)
        return elements
    table = dict(values or {})
    inner = with_value(
        table.get(head, [] if rest and isinstance(rest[0], int) else {}), rest, value
    )
    if inner is None or (rest and inner == {}):
        table.pop(head, None)
    else:
        table[head] = inner
    return table


def with_inserted(values: Any, path: Path, index: int, item: Any) -> Any:
    """The values with an item put into the list at ``path``; a missing list is made."""
    elements = list(value_at(values, path, []))
    elements.insert(index, item)
    return with_value(values, path, elements)


def without_item(values: Any, path: Path, index: int) -> Any:
    """The values without one item of the list at ``path``; a list left empty goes."""
    elements = list(value_at(values, path, []))
    del elements[index]
    return with_value(values, path, elements or None)


def with_moved(values: Any, path: Path, index: int, to: int) -> Any:
    """The values with one item of the list at ``path`` moved to another place."""
    elements = list(value_at(values, path, []))
    elements.insert(to, elements.pop(index))
    return with_value(values, path, elements)


def _fill(table: Any, values: Values) -> None:
    """Put scalars first, tables after: a key below a header would belong to that table."""
    for key, value in values.items():
        if not _is_table(value):
            table.add(key, _scalar(value))
    for key, value in values.items():
        if not _is_table(value):
            continue
        if isinstance(value, list):
            table.add(key, _tables(value))
        else:
            inner: Table = tomlkit.table()
            _fill(inner, value)
            table.add(key, inner)


def _is_table(value: Any) -> bool:
    if isinstance(value, Mapping):
        return not _is_clause(value)
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _is_clause(value: Mapping[str, Any]) -> bool:
    return bool(value) and set(value) <= _CLAUSE_KEYS


def _tables(elements: Sequence[Values]) -> AoT:
    tables: AoT = tomlkit.aot()
    for element in elements:
        table: Table = tomlkit.table()
        _fill(table, element)
        tables.append(table)
    return tables


def _scalar(value: Any) -> Any:
    if isinstance(value, Mapping):
        inline: InlineTable = tomlkit.inline_table()
        inline.update(value)
        return inline
    if isinstance(value, list):
        array: Array = tomlkit.array()
        array.extend(_scalar(element) for element in value)
        if len(array.as_string()) > _LINE_WIDTH:
            array.multiline(True)
        return array
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | time | str | int | float | bool):
        return value
    raise TypeError(f"no TOML value: {type(value).__name__}")
