"""Writing the leave ledger: lines are only ever added, each chained to the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import insert

from desktop.domain.ledger import Entry
from desktop.store.ledger_chain import ANCHOR, last_line, line_hash
from desktop.store.ledger_codes import line_cells
from desktop.store.ledger_reading import LedgerReading
from desktop.store.tables import ledger_entry
from desktop.store.tables_ledger import LEDGER_COLUMNS
from desktop.store.writing import Writing

_Line = TypeVar("_Line", bound=Entry)


class LedgerWriting(Writing, LedgerReading):
    """Takes in lines of the ledger. What a line may hold is the caller's to decide.

    The caller decides on lines read in the same transaction: the write lock keeps others out, so
    that a balance or a cap cannot move between the look and the line. What no line may ever do
    (draw more than its grant holds, outside its days) the database refuses as well.
    """

    def add_to_ledger(self, line: _Line, *, bundle: str = "") -> _Line:
        """Add one line and return it as stored.

        Args:
            line: Without identifier.
            bundle: Identifier of what it belongs to together with others; its own when empty.
        """
        seq, previous_hash = last_line(self._connection)
        line_id = self._identifier()
        stored = replace(
            line,
            id=line_id,
            seq=seq + 1,
            bundle=bundle or line_id,
            recorded_at=self._now,
            recorded_by=self._actor,
        )
        cells = dict.fromkeys(LEDGER_COLUMNS) | line_cells(stored)
        cells |= {
            "id": stored.id,
            "seq": stored.seq,
            "bundle": stored.bundle,
            "recorded_at": self._now_text,
            "actor": self._actor,
            "previous_hash": previous_hash,
        }
        cells["hash"] = line_hash(cells)
        self._connection.execute(insert(ledger_entry).values(**cells))
        self._touch(ledger_entry)
        self._detail[ANCHOR] = [stored.seq, cells["hash"]]
        return stored

    def add_bundle(self, lines: Sequence[_Line]) -> tuple[_Line, ...]:
        """Add lines that one act makes together."""
        stored: list[_Line] = []
        for line in lines:
            stored.append(self.add_to_ledger(line, bundle=stored[0].bundle if stored else ""))
        return tuple(stored)
