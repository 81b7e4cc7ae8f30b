"""Compiles the modules below a folder for the product's interpreter, without its standard paths.

    python3.11 compile_ahead.py FOLDER

The compiled files carry no time and are not compared with their sources again; each is made from
its source alone, so that two builds are equal.
"""

from __future__ import annotations

import importlib.util
import marshal
import sys
from collections.abc import Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any


def compiled(source: bytes, shown_path: str) -> bytes:
    """The compiled form of a module: header (PEP 552, unchecked hash), then code.

    Args:
        source: Its bytes.
        shown_path: The file's name in tracebacks.
    """
    code = SourceFileLoader("module", shown_path).source_to_code(source, shown_path)
    pack: Any = importlib.util
    header = bytes(pack.MAGIC_NUMBER) + (0b01).to_bytes(4, "little")
    # Marshalled twice: what is shared with the rest of this process is marked as a reference the
    # first time and depends on what was compiled before.
    body = marshal.dumps(marshal.loads(marshal.dumps(code)))
    return header + importlib.util.source_hash(source) + body


def main(arguments: Sequence[str]) -> int:
    """Compiles everything below the folder; a module with mistakes is left as it is."""
    root = Path(arguments[0])
    for path in sorted(root.rglob("*.py")):
        source = path.read_bytes()
        try:
            data = compiled(source, path.relative_to(root).as_posix())
        except (SyntaxError, ValueError):
            continue  # templates, and samples of other Python versions
        place = path.parent / "__pycache__" / f"{path.stem}.cpython-311.pyc"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
