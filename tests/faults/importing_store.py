"""A program of its own that imports into a store and waits at a given point to be killed.

Run as ``python tests/faults/importing_store.py STORE POINT wal|delete``; it prints the point's
name when it is there, and never goes on.
"""

from __future__ import annotations

import hashlib
import sys
import time
from datetime import datetime
from pathlib import Path

from desktop.domain.evidence import EvidenceKind, LearningRow, Refusal, RefusalReason
from desktop.domain.people import Person
from desktop.domain.provenance import SourcePlace
from desktop.store import Store

# Larger than the page cache, so that uncommitted pages are on disk when the end comes.
CONTENT = b"\x5a" * 4_000_000
ROWS = 12_000
POINTS = ("begun", "file kept", "rows stored", "numbered", "last line", "committed")


def main(path: Path, point: str, *, is_network: bool) -> None:
    """Import, and stop for good at ``point``."""

    def stop_at(here: str) -> None:
        if here == point:
            print(here, flush=True)
            time.sleep(600)

    store = Store.open(
        path,
        actor="乙",
        clock=lambda: datetime(2025, 5, 3, 9),
        on_network=lambda _: is_network,
    )
    digest = hashlib.sha256(CONTENT).hexdigest()
    with store.writing("匯入") as writer:
        stop_at("begun")
        batch_id = writer.add_batch("會被中斷的匯入")
        writer.keep_file(digest, CONTENT, "大檔.pdf")
        stop_at("file kept")
        file_id = writer.add_batch_file(
            batch_id,
            digest=digest,
            name="大檔.pdf",
            kind=EvidenceKind.EPLUS_RECORD,
            rows_in=ROWS + 1,
            rows_stored=ROWS,
            rows_known=0,
            rows_refused=1,
        )
        place = SourcePlace(digest, "大檔.pdf", page=1, row=1)
        row = LearningRow(place, EvidenceKind.EPLUS_RECORD, "課程", raw={"課程名稱": "課程"})
        writer.add_learning_rows(
            file_id, ((row, "A0012", None, f"A0012|{number}") for number in range(ROWS))
        )
        writer.add_refusals(file_id, [Refusal(place, RefusalReason.BAD_DATE, "日期錯誤。", 1)])
        stop_at("rows stored")
        writer.replace_roster([Person("A0012", "王小明", "主計室")], file_id)
        number = writer.next_number("kaohsiung-114", "KH", 114)
        writer.add_document(
            number=number,
            plan_id="kaohsiung-114",
            kind="A",
            employee_id="A0012",
            set_id="set-1",
            content_digest=digest,
            frozen=CONTENT,
        )
        stop_at("numbered")
        writer.log_print(number, "print")
        stop_at("last line")
    stop_at("committed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], is_network=sys.argv[3] == "delete")
