"""The audit chain: each entry holds the hash of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from desktop.store.codes import canonical_json, moment_text, to_mapping
from desktop.store.deleted_places import deleted_places, over_deleted
from desktop.store.tables import audit, store_info
from desktop.store.values import AuditEntry

FIRST_HASH = "0" * 64


def entry_hash(
    *, seq: int, at: str, actor: str, act: str, subject: str, detail: str, previous_hash: str
) -> str:
    """SHA-256 over every field of an entry as it is stored, in hexadecimal."""
    fields = canonical_json([seq, at, actor, act, subject, detail, previous_hash])
    return hashlib.sha256(fields.encode("utf-8")).hexdigest()


def append(
    connection: Connection,
    *,
    at: datetime,
    actor: str,
    act: str,
    subject: str,
    detail: Mapping[str, Any],
) -> None:
    """Add one entry at the end of the chain and move the head to it."""
    info = connection.execute(select(store_info)).one()
    seq = info.audit_seq + 1
    fields = {
        "seq": seq,
        "at": moment_text(at) or "",
        "actor": actor,
        "act": act,
        "subject": subject,
        "detail": canonical_json(dict(detail)),
        "previous_hash": info.audit_hash,
    }
    digest = entry_hash(**fields)
    connection.execute(insert(audit).values(**fields, hash=digest))
    connection.execute(
        update(store_info).values(
            audit_seq=seq, audit_hash=digest, row_version=store_info.c.row_version + 1
        )
    )


def to_entry(row: Row[Any]) -> AuditEntry:
    """The entry as a value."""
    return AuditEntry(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        actor=row.actor,
        act=row.act,
        subject=row.subject,
        detail=to_mapping(row.detail),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def chain_faults(connection: Connection) -> Iterable[str]:
    """Chinese findings on the chain: the first bad entry, and a head that does not fit."""
    seq, previous = 0, FIRST_HASH
    deleted = deleted_places(connection, audit)
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        seq, previous = over_deleted(deleted, seq, previous)
        if row.seq != seq + 1:
            yield f"稽核紀錄第 {seq + 1} 筆不見了（下一筆是第 {row.seq} 筆）。"
            return
        expected = entry_hash(
            seq=row.seq,
            at=row.at,
            actor=row.actor,
            act=row.act,
            subject=row.subject,
            detail=row.detail,
            previous_hash=row.previous_hash,
        )
        if row.previous_hash != previous or row.hash != expected:
            yield f"稽核紀錄第 {row.seq} 筆被改過，與雜湊鏈不符。"
            return
        seq, previous = row.seq, row.hash
    seq, previous = over_deleted(deleted, seq, previous)
    info = connection.execute(select(store_info)).one()
    if (info.audit_seq, info.audit_hash) != (seq, previous):
        yield f"稽核紀錄應到第 {info.audit_seq} 筆，實際只到第 {seq} 筆，結尾被刪除或改過。"
