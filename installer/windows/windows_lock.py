"""Writes the lock file as it reads for the product's Python on Windows: its conditions settled.

pip asks a condition (``sys_platform == 'win32'``) of the machine that it runs on, whatever platform
it downloads for. Run by an interpreter with pip, whose own reader of conditions is used:

    python windows_lock.py LOCK TARGET [PACKAGE LEFT OUT ...]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

PRODUCT = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
_CONDITION = re.compile(
    r"^(?P<package>[A-Za-z0-9][^;\s]*)\s*;\s*(?P<condition>.+?)(?P<more>\s*\\)?$"
)


def settled(
    lock: str, is_true: Callable[[str], bool], *, left_out: Collection[str] = frozenset()
) -> str:
    """The lock's text without conditions, and without the packages whose condition is false.

    Args:
        lock: A file of requirements with hashes: a package a line, its hashes indented below it.
        is_true: Whether a condition holds where the product runs.
        left_out: Names of packages that the product goes without.

    Raises:
        ValueError: When a package to leave out is not in the lock: then its rule is out of date.
    """
    lines = []
    unseen = set(left_out)
    is_wanted = True
    for line in lock.splitlines():
        if line[:1] not in (" ", "\t", "#", ""):
            found = _CONDITION.match(line)
            name = line.partition("==")[0].strip()
            unseen.discard(name)
            is_wanted = name not in left_out and (found is None or is_true(found["condition"]))
            if found is not None:
                line = found["package"] + (found["more"] or "")
        if is_wanted:
            lines.append(line)
    if unseen:
        raise ValueError(f"not in the lock: {', '.join(sorted(unseen))}")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Settles a lock file."""
    from pip._vendor.packaging.markers import Marker

    lock, target = map(Path, arguments[:2])
    text = settled(
        lock.read_text(encoding="utf-8"),
        lambda condition: bool(Marker(condition).evaluate(dict(PRODUCT))),
        left_out=arguments[2:],
    )
    target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
