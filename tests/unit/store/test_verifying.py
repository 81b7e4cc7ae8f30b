from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store import Store
from desktop.store.audit import entry_hash
from tests.unit.store.making import DIGEST, fill, issue, open_store


def spoil(path: Path, *statements: str) -> None:
    """Edit the file beneath the store as somebody with tools could: guards taken off first."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


CASES = {
    "an entry's act edited": (
        "UPDATE audit SET act = '別的' WHERE seq = 2",
        "稽核紀錄第 2 筆被改過",
    ),
    "an entry's detail edited": (
        "UPDATE audit SET detail = '{}' WHERE seq = 3",
        "稽核紀錄第 3 筆被改過",
    ),
    "an entry's actor edited": (
        "UPDATE audit SET actor = '乙' WHERE seq = 1",
        "稽核紀錄第 1 筆被改過",
    ),
    "an entry taken out": ("DELETE FROM audit WHERE seq = 2", "稽核紀錄第 2 筆不見了"),
    "the tail cut": ("DELETE FROM audit WHERE seq >= 3", "應到第 3 筆，實際只到第 2 筆"),
    "the head moved back": (
        "UPDATE store_info SET audit_seq = 2",
        "應到第 2 筆，實際只到第 3 筆",
    ),
    "a kept file edited": (
        f"UPDATE source_file SET content = x'00', size = 1 WHERE digest = '{DIGEST}'",
        f"原始檔 {DIGEST[:12]}… 內容與指紋不符",
    ),
    "an issued document edited": (
        "UPDATE issued_document SET frozen = x'00'",
        "已印文件 KH-114-000001 的內容與指紋不符",
    ),
    "an issued document taken out": (
        "DELETE FROM issued_document",
        "文件編號 KH-114 用到第 1 號，但只有 0 份文件",
    ),
    "a person taken out": (
        "DELETE FROM person WHERE employee_id = 'A0012'",
        "指向 person 中不存在的資料",
    ),
}


@pytest.mark.parametrize(("statement", "finding"), CASES.values(), ids=CASES.keys())
def test_edit_beneath_the_store_is_found(
    store: Store, path: Path, statement: str, finding: str
) -> None:
    fill(store)
    with store.writing("列印") as writer:
        issue(writer)
    assert store.verify() == ()
    store.close()
    spoil(path, statement)
    edited = open_store(path)
    findings = edited.verify()
    edited.close()
    assert any(finding in found for found in findings), findings


def test_rewritten_entry_with_a_fitting_hash_breaks_the_chain_behind_it(
    store: Store, path: Path
) -> None:
    fill(store)
    with store.writing("列印") as writer:
        issue(writer)
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM audit WHERE seq = 2").fetchone())
    del row["hash"]
    forged = entry_hash(**{**row, "actor": "乙"})
    spoil(path, f"UPDATE audit SET actor = '乙', hash = '{forged}' WHERE seq = 2")
    edited = open_store(path)
    assert edited.verify() == ("稽核紀錄第 3 筆被改過，與雜湊鏈不符。",)
    edited.close()
