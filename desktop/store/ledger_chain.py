"""The chain over the leave ledger: each line holds the hash of the line before.

The ledger has a chain of its own, so that a check names the very line that somebody edited; each
act's audit entry holds the ledger's head, so that a cut or newly hashed tail shows as well: the
audit chain's own head lies apart. One anchor serves both, and no second head can be forgotten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from desktop.store.codes import canonical_json, to_mapping
from desktop.store.deleted_places import deleted_places
from desktop.store.tables import audit, ledger_entry
from desktop.store.tables_ledger import LEDGER_COLUMNS

FIRST_HASH = "0" * 64
ANCHOR = "ledger_head"
"""Where an audit entry's detail holds the head: ``[seq, hash]``."""


def line_hash(cells: Mapping[str, Any]) -> str:
    """SHA-256 over every column of a line but the hash itself, in hexadecimal."""
    fields = canonical_json([cells[name] for name in LEDGER_COLUMNS if name != "hash"])
    return hashlib.sha256(fields.encode("utf-8")).hexdigest()


def last_line(connection: Connection) -> tuple[int, str]:
    """Place and hash of the ledger's end, deleted lines among them; 0 where it is empty."""
    row = connection.execute(
        select(ledger_entry.c.seq, ledger_entry.c.hash).order_by(ledger_entry.c.seq.desc()).limit(1)
    ).first()
    seq, found = (row.seq, row.hash) if row is not None else (0, FIRST_HASH)
    deleted = deleted_places(connection, ledger_entry)
    last = max(deleted, default=0)
    return (last, deleted[last][1]) if last > seq else (seq, found)


def ledger_faults(connection: Connection) -> Iterable[str]:
    """Chinese findings on the ledger: the first bad line, and heads that do not fit."""
    hashes: dict[int, str] = {}
    seq, previous = 0, FIRST_HASH
    deleted = deleted_places(connection, ledger_entry)

    def over(seq: int, previous: str) -> tuple[int, str]:
        while (found := deleted.get(seq + 1)) is not None and found[0] == previous:
            seq, previous = seq + 1, found[1]
            hashes[seq] = previous
        return seq, previous

    for row in connection.execute(select(ledger_entry).order_by(ledger_entry.c.seq)):
        seq, previous = over(seq, previous)
        if row.seq != seq + 1:
            yield f"補休帳第 {seq + 1} 筆不見了（下一筆是第 {row.seq} 筆）。"
            return
        if row.previous_hash != previous or row.hash != line_hash(dict(row._mapping)):
            yield f"補休帳第 {row.seq} 筆（{row.employee_id}，{row.day}）被改過，與雜湊鏈不符。"
            return
        seq, previous = row.seq, row.hash
        hashes[seq] = previous
    seq, previous = over(seq, previous)
    last = 0
    anchored = (
        select(audit.c.seq, audit.c.detail)
        .where(audit.c.detail.contains(f'"{ANCHOR}"', autoescape=True))
        .order_by(audit.c.seq)
    )
    for entry in connection.execute(anchored):
        last, expected = to_mapping(entry.detail)[ANCHOR]
        if last > seq:
            yield f"補休帳應到第 {last} 筆，實際只到第 {seq} 筆，結尾被刪除。"
            return
        if hashes[last] != expected:
            yield f"補休帳第 {last} 筆與稽核紀錄第 {entry.seq} 筆所記的不同，被改過。"
            return
    if last != seq:
        yield f"補休帳第 {last + 1} 筆起沒有稽核紀錄，不是由本程式登錄的。"
