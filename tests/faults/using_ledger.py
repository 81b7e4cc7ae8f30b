"""A program of its own that writes into the ledger and waits at a given point to be killed.

Run as ``python -m tests.faults.using_ledger STORE POINT wal|delete``; it prints the point's name
when it is there, and never goes on.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.store import Store
from tests.unit.store.ledgers import a_grant, a_use

POINTS = ("begun", "granted", "used", "committed")


def main(path: Path, point: str, *, is_network: bool) -> None:
    """Grant and use, and stop for good at ``point``."""

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
    with store.writing("登錄") as writer:
        stop_at("begun")
        granted = writer.add_to_ledger(a_grant())
        stop_at("granted")
        # A long reason: pages that are not committed are on disk when the end comes.
        writer.add_to_ledger(replace(a_use(granted.id), reason="事由" * 2_000_000))
        stop_at("used")
    stop_at("committed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], is_network=sys.argv[3] == "delete")
