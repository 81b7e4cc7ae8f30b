"""Line numbers for the keys of a TOML text, so that a problem can be named with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]  # contradictions: where one stands, and what to do

PLAIN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[A-Za-z0-9_.-]+)\s*=""")
_STRINGS = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')


def key_lines(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table header and key of a TOML text.

    Arrays of tables are counted from 0: ``("set", 0, "course", 2, "name")``. Keys inside inline
    tables and multi-line arrays get the line of the key they belong to.

    Args:
        text: A TOML text that ``tomllib`` accepts, or nearly so.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if depth == 0:
            header = _HEADER.match(line)
            if header is not None:
                table = _open_table(header, counts)
                lines.setdefault(table, number)
                continue
            key = _KEY.match(line)
            if key is not None:
                lines.setdefault((*table, key.group(1).strip("\"'")), number)
        bare = _STRINGS.sub("", line).split("#", 1)[0]
        depth = max(
            0, depth + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
        )
    return lines


def _open_table(header: re.Match[str], counts: dict[Path, int]) -> Path:
    """The path a table header opens, arrays indexed by the latest element."""
    parts = [part.strip().strip("\"'") for part in header.group(2).split(".")]
    path: Path = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if header.group(1) == "[[" and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
            path = (*path, counts[path])
        elif path in counts:
            path = (*path, counts[path])
    return path


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of ``path``, or of the nearest table around it; 1 when nothing is known.

    A table that was written as an array of tables stands where its first element does.
    """
    while path:
        for found in (path, (*path, 0)):
            if found in lines:
                return lines[found]
        path = path[:-1]
    return 1
