"""Downloads one source package through pip's own finder, without running anything in it.

``pip download`` would run the package's build script to learn its metadata; this does not.

    python download_source.py NAME VERSION TARGET
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def main(arguments: Sequence[str]) -> int:
    """Writes the package to the target; 1 when there is none of that version."""
    from pip._internal.commands import create_command

    name, version, target = arguments
    command: Any = create_command("download")
    options, _ = command.parse_args(["--no-deps", "--no-binary", ":all:", name])
    with command.main_context():
        session = command.get_default_session(options)
        finder = command._build_package_finder(options=options, session=session)
        for candidate in finder.find_all_candidates(name):
            if str(candidate.version) != version or candidate.link.is_wheel:
                continue
            # The bytes as they are: an archive must not be unpacked on the way.
            answer = session.get(
                candidate.link.url_without_fragment, headers={"Accept-Encoding": "identity"}
            )
            answer.raise_for_status()
            Path(target).write_bytes(answer.content)
            return 0
    print(f"no source package {name} {version}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
