"""A program of its own that imports the sample office and waits at a given step to be killed.

Run as ``python tests/faults/importing_office.py STORE STEP``; it prints the step's words when it
is there, and never goes on.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

from desktop.services.importing import read_batch, store_batch
from desktop.services.office import open_office

SAMPLE = Path(__file__).parents[1] / "samples" / "kaohsiung-114" / "input"


def main(store: Path, step: str) -> None:
    office = open_office(store, actor="乙", clock=lambda: datetime(2025, 9, 1, 9))
    roster = read_batch(office, [SAMPLE / "roster.xlsx"])
    evidence = read_batch(office, [SAMPLE / "records"])
    draft = type(roster)((*roster.files, *evidence.files))

    def progress(done: int, total: int, words: str) -> bool:
        if words.startswith(step) and (done >= total // 2 or step != "存入"):
            print(words, flush=True)
            time.sleep(600)
        return True

    store_batch(office, draft, progress=progress)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
