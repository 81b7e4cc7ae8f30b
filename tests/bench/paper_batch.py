"""Prints a batch of application forms to a file and says what it took, as JSON.

A process of its own, so that its memory is that of the batch: ``python paper_batch.py 3000 out.pdf``.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from forms.application114 import Application114Form  # noqa: E402
from forms.fonts import FontChain  # noqa: E402
from forms.form import render_to  # noqa: E402
from tests.unit.forms import many_people  # noqa: E402

WARM = 50
"""Forms after which the faces are loaded and memory should stay as it is."""


def peak() -> int:
    """Most bytes of memory the process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def notes() -> tuple[str, ...]:
    """The six notes of the form."""
    text = (ROOT / "tests" / "samples" / "forms" / "annex2-114.txt").read_text("utf-8")
    return tuple(line[3:] for line in text.split("\n\n")[0].split("\n") if line[1:3] == ". ")


def main(count: int, out: Path) -> None:
    """Print the forms; write the figures to standard output."""
    chain = FontChain.bundled(ROOT / "resources" / "fonts")
    form = Application114Form(chain)
    words = notes()
    memory = {}
    start = time.perf_counter()

    def watch(done: int, _: int) -> bool:
        if done == WARM:
            memory["warm"] = peak()
        return True

    with out.open("wb") as file:
        pages = render_to(
            file,
            chain,
            count,
            lambda index: (form, many_people.application(index, words)),
            progress=watch,
        )
    seconds = time.perf_counter() - start
    figures = {
        "forms": count,
        "pages": sum(pages),
        "forms per second": round(count / seconds, 1),
        "bytes per form": round(out.stat().st_size / count),
        "peak after 50 forms, MB": round(memory.get("warm", 0) / 1e6, 1),
        "peak, MB": round(peak() / 1e6, 1),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
