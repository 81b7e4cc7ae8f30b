"""Looking whether a store is sound; findings in Chinese, none when it is."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from desktop.store.audit import chain_faults
from desktop.store.deleting import deletion_faults
from desktop.store.ledger_chain import ledger_faults
from desktop.store.tables import deleted_row, issued_document, number_series, source_file


def findings(connection: Connection) -> Iterator[str]:
    """Everything wrong with the store: pages, references, kept bytes, numbers, audit chain.

    Args:
        connection: In a reading transaction.
    """
    for (message,) in connection.exec_driver_sql("PRAGMA integrity_check").all():
        if message != "ok":
            yield f"資料檔的內部結構有錯誤：{message}。"
    for table, row_id, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield f"資料表 {table} 第 {row_id} 列指向 {parent} 中不存在的資料。"
    yield from _changed_files(connection)
    yield from _changed_documents(connection)
    yield from _numbers_out_of_order(connection)
    yield from chain_findings(connection)


def chain_findings(connection: Connection) -> Iterator[str]:
    """What is wrong with the trail and the ledger, and rows gone that no deletion accounts for."""
    yield from chain_faults(connection)
    yield from ledger_faults(connection)
    yield from deletion_faults(connection)


def _changed_files(connection: Connection) -> Iterator[str]:
    # One file at a time: together they may be larger than the memory.
    for digest in connection.execute(select(source_file.c.digest)).scalars().all():
        row = connection.execute(
            select(source_file.c.content, source_file.c.first_name).where(
                source_file.c.digest == digest
            )
        ).one()
        if _sha256(row.content) != digest:
            yield f"保存的原始檔 {digest[:12]}… 內容與指紋不符，已被改過。"


def _changed_documents(connection: Connection) -> Iterator[str]:
    numbers = connection.execute(
        select(issued_document.c.number).order_by(issued_document.c.seq)
    ).scalars()
    for number in numbers.all():
        row = connection.execute(
            select(issued_document.c.frozen, issued_document.c.frozen_digest).where(
                issued_document.c.number == number
            )
        ).one()
        if _sha256(row.frozen) != row.frozen_digest:
            yield f"已印文件 {number} 的內容與指紋不符，已被改過。"


def _numbers_out_of_order(connection: Connection) -> Iterator[str]:
    issued = (
        select(
            issued_document.c.code,
            issued_document.c.roc_year,
            func.count().label("documents"),
        )
        .group_by(issued_document.c.code, issued_document.c.roc_year)
        .subquery()
    )
    query = select(number_series, func.coalesce(issued.c.documents, 0).label("documents")).join(
        issued,
        (issued.c.code == number_series.c.code) & (issued.c.roc_year == number_series.c.roc_year),
        isouter=True,
    )
    gone = Counter(
        number.rsplit("-", 1)[0]
        for number in connection.execute(
            select(deleted_row.c.row_key).where(deleted_row.c.table_name == issued_document.name)
        ).scalars()
    )
    # Serials are unique and start at one: as many documents as the last serial is no gap.
    for row in connection.execute(query):
        if row.documents + gone[f"{row.code}-{row.roc_year}"] != row.last_serial:
            yield (
                f"文件編號 {row.code}-{row.roc_year} 用到第 {row.last_serial} 號，"
                f"但只有 {row.documents} 份文件。"
            )


def _sha256(content: Any) -> str:
    return hashlib.sha256(content).hexdigest()
