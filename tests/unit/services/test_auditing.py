"""The audit trail: searched, exported, and the first bad entry named."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.listing import Condition, Holds, ListQuery
from desktop.domain.masking import masked_identity_numbers
from desktop.domain.verdicts import DecisionKind
from desktop.services.auditing import audit_actors, audit_lines, check_audit
from desktop.services.deciding import decide
from desktop.services.issuing import issue_forms
from desktop.services.listing_export import export_list
from desktop.services.long_lists import audit_list
from desktop.services.office import Office
from desktop.services.undoing import undo
from desktop.services.verifying import case

PLAN = "kaohsiung-114"


@pytest.fixture
def decided(sample: Office) -> Office:
    record = next(r for r in case(sample, PLAN, "A0009").verdict.records if r.set_id)
    decide(sample, PLAN, [record.key], kind=DecisionKind.REFUSE, reason="與公假重疊")
    decide(sample, PLAN, [record.key], kind=DecisionKind.ACCEPT, reason="已補證明")
    return sample


def beneath(path: Path, *statements: str) -> None:
    """Change the file as somebody with a database tool would, the guards taken away first."""
    with closing(sqlite3.connect(path)) as connection:
        for name in ("audit_no_update", "audit_no_delete", "audit_no_replace"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_decision_says_who_when_what_before_after_and_why(decided: Office) -> None:
    later, earlier = audit_lines(decided, text="A0009")[:2]
    assert (later.act, later.actor, later.after, later.why) == (
        "採計",
        "周雅雯",
        "採計",
        "已補證明",
    )
    assert "不採計：與公假重疊" in later.before
    assert earlier.before.endswith("程式判定")
    assert later.seq == earlier.seq + 1
    assert later.at.date() == date(2025, 9, 2)


def test_imports_prints_and_undone_steps_say_on_what(decided: Office) -> None:
    undo(decided)
    undone = audit_lines(decided)[0]
    assert (undone.act, undone.before, undone.after) == ("復原：採計", "採計", "已復原")
    issue_forms(decided, PLAN, ["A0011/policy", "A0012/policy"], with_stamp=False)
    assert audit_lines(decided)[0].subject == "KH-114-000001、KH-114-000002"
    imported = [line for line in audit_lines(decided) if line.act.startswith("匯入")]
    assert any("roster.xlsx" in line.more for line in imported)
    # Told by its files; the identifier stays for who needs it.
    assert any("roster.xlsx" in line.subject for line in imported)
    assert all(len(line.subject_id) == 36 for line in imported)


def test_codes_in_an_entry_are_told_by_what_they_stand_for(decided: Office) -> None:
    grant = "01987ec1-63e0-77ef-a7c4-b47fd8435b1f"
    digest = "be7b2ffbfb0c5156f635afeb70d69a289c43e7efd92e8336e959476a9977c9e7"
    (imported,) = [x for x in audit_lines(decided, text="roster.xlsx") if x.act.startswith("匯入")]
    with decided.store.writing("抽獎") as writer:
        writer.audit(
            "抽獎",
            "A0011、A0012",
            {
                "plan": PLAN,
                "winners": ["A0011", "A9999"],
                "batch": imported.subject_id,
                "grant": grant,
                "kind": "advance_use",
                "list": digest,
            },
        )
    line = audit_lines(decided)[0]
    assert line.subject == "林羽達 A0011、林羽達 A0012"
    assert line.subject_id == "A0011、A0012"
    assert line.more == (
        "匯入批次 4 個檔案：roster.xlsx、attendance.xlsx…；核給 …d8435b1f；種類 先行補休；"
        "名單雜湊 be7b2ffb…；計畫 高雄市政府推動數位學習；中獎人 林羽達 A0011；A9999"
    )
    # Nothing is lost: the trail's own codes stand beside the words.
    assert line.codes == f"{imported.subject_id}、{grant}、{digest}"
    # Who is named is found by name, in the window's list as well.
    found = audit_list(decided).find(ListQuery(conditions=(Condition("subject", Holds("林羽達")),)))
    assert found


def test_search_needs_every_word_and_minds_person_and_days(decided: Office) -> None:
    assert [line.why for line in audit_lines(decided, text="A0009 程式判定")] == ["與公假重疊"]
    assert audit_lines(decided, text="A0009 沒有這個字") == ()
    assert audit_lines(decided, text="100%") == ()
    assert audit_actors(decided) == ("周雅雯",)
    assert audit_lines(decided, actor="別人") == ()
    days = [line.at.date() for line in audit_lines(decided)]
    assert set(days) == {date(2025, 9, 1), date(2025, 9, 2)}
    only = audit_lines(decided, first=date(2025, 9, 2), last=date(2025, 9, 2))
    assert len(only) == days.count(date(2025, 9, 2))
    assert len(audit_lines(decided, limit=3)) == 3


def test_exported_trail_holds_what_is_shown_and_the_export_is_itself_an_entry(
    decided: Office, tmp_path: Path
) -> None:
    source = audit_list(decided)
    path = tmp_path / "稽核.csv"
    names = [column.name for column in source.columns]
    numbers = source.find(ListQuery())
    export_list(decided, source, numbers, names, path)
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert rows[0][:4] == ["序號", "時間", "誰", "做了什麼"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in numbers]
    assert rows[1][7] == "已補證明"
    assert any(line.act == "匯出稽核紀錄" for line in audit_lines(decided)[:2])
    assert check_audit(decided) == ()


def test_direct_change_is_refused_by_the_database(decided: Office) -> None:
    with closing(sqlite3.connect(decided.store.path)) as connection:
        for statement in (
            "UPDATE audit SET actor = '別人'",
            "DELETE FROM audit WHERE seq = 2",
            "INSERT OR REPLACE INTO audit SELECT * FROM audit",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="只能新增"):
                connection.execute(statement)
    assert check_audit(decided) == ()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit SET actor = '別人' WHERE seq IN (3, 5)", "第 3 筆被改過"),
        ("UPDATE audit SET detail = '{}' WHERE seq = 4", "第 4 筆被改過"),
        ("DELETE FROM audit WHERE seq = 2", "第 2 筆不見了"),
        (
            "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
            "結尾被刪除或改過",
        ),
    ],
)
def test_file_changed_beneath_is_found_and_the_first_bad_entry_named(
    decided: Office, statement: str, words: str
) -> None:
    beneath(decided.store.path, statement)
    faults = check_audit(decided)
    assert len(faults) == 1
    assert words in faults[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A123456789", "A12345＊＊＊＊"),
        ("身分證 F234567890，人員 A0012", "身分證 F23456＊＊＊＊，人員 A0012"),
        ("AC01234567", "AC0123＊＊＊＊"),
        ("文號 KH-114-000012", "文號 KH-114-000012"),
        ("PCENTER114100556", "PCENTER114100556"),
    ],
)
def test_identity_numbers_alone_are_masked(text: str, shown: str) -> None:
    assert masked_identity_numbers(text) == shown
