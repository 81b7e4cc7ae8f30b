"""Signing in: passwords, roles, locks, and the way back when one is forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from desktop.domain.accounts import AccountRole
from desktop.domain.verdicts import DecisionKind
from desktop.services.accounts import (
    AccountRefusedError,
    SignInRefusedError,
    accounts,
    add_account,
    change_account,
    change_password,
    is_sign_in_on,
    recover,
    reset_password,
    set_up_sign_in,
    sign_in,
)
from desktop.services.auditing import audit_lines
from desktop.services.case_following import keep_verdicts
from desktop.services.deciding import decide
from desktop.services.office import Office
from desktop.services.verifying import case
from desktop.store import ReadOnlyError
from tests.unit.services.conftest import Clock

PLAN = "kaohsiung-114"
GOOD = "正確的密碼1234"
OTHER = "另一個密碼5678"


@pytest.fixture
def head(office: Office) -> Office:
    """An office with sign-in on, its head at work."""
    set_up_sign_in(office, "林主任", GOOD)
    return sign_in(office, "林主任", GOOD)


def test_nobody_is_asked_before_the_first_password(office: Office) -> None:
    assert not is_sign_in_on(office)
    assert office.role is AccountRole.CLERK
    set_up_sign_in(office, "林主任", GOOD)
    assert is_sign_in_on(office)
    with pytest.raises(AccountRefusedError, match="已經有帳號"):
        set_up_sign_in(office, "別人", GOOD)


def test_password_is_kept_as_argon2_and_nowhere_else(head: Office) -> None:
    with closing(sqlite3.connect(head.store.path)) as connection:
        (kept,) = connection.execute("SELECT password_hash FROM account").fetchone()
    assert kept.startswith("$argon2id$")
    assert GOOD.encode() not in head.store.path.read_bytes()


def test_who_signed_in_stands_on_what_is_written(head: Office) -> None:
    add_account(head, "周雅雯", AccountRole.CLERK, OTHER)
    clerk = sign_in(head, "周雅雯", OTHER)
    assert (clerk.actor, clerk.clerk, clerk.role) == ("周雅雯", "周雅雯", AccountRole.CLERK)
    with clerk.store.writing("改設定") as writer:
        writer.set_office_setting("x", 1)
    latest = audit_lines(clerk)[0]
    assert (latest.actor, latest.act) == ("周雅雯", "改設定")


@pytest.mark.parametrize(("name", "password"), [("林主任", "錯的密碼啊啊"), ("沒有人", GOOD)])
def test_wrong_name_or_password_says_the_same(head: Office, name: str, password: str) -> None:
    with pytest.raises(SignInRefusedError, match="名稱或密碼不對"):
        sign_in(head, name, password)


def test_five_wrong_passwords_lock_the_account_for_five_minutes(head: Office) -> None:
    assert isinstance(head.clock, Clock)
    for _ in range(5):
        with pytest.raises(SignInRefusedError, match="不對"):
            sign_in(head, "林主任", "錯的密碼啊啊")
    with pytest.raises(SignInRefusedError, match="以後才能再試"):
        sign_in(head, "林主任", GOOD)
    head.clock.now = datetime(2025, 9, 1, 9, 30)
    assert sign_in(head, "林主任", GOOD).actor == "林主任"
    assert [line.act for line in audit_lines(head, text="登入失敗")] == ["登入失敗"] * 5


def test_reader_changes_nothing_and_says_why(sample: Office) -> None:
    set_up_sign_in(sample, "林主任", GOOD)
    head = sign_in(sample, "林主任", GOOD)
    add_account(head, "稽核員", AccountRole.READER, OTHER)
    reader = sign_in(sample, "稽核員", OTHER)
    record = case(reader, PLAN, "A0009").verdict.records[0]
    with pytest.raises(ReadOnlyError, match="「查閱」的帳號不能更改資料"):
        decide(reader, PLAN, [record.key], kind=DecisionKind.REFUSE, reason="試")
    assert not keep_verdicts(reader, PLAN).changed_anything
    with pytest.raises(AccountRefusedError, match="只有主管"):
        add_account(reader, "自己", AccountRole.HEAD, GOOD)
    # But the reader may choose another password.
    change_password(reader, OTHER, "讀者的新密碼77")
    assert sign_in(sample, "稽核員", "讀者的新密碼77").role is AccountRole.READER


def test_reader_sees_identity_numbers_masked(head: Office) -> None:
    with head.store.writing("匯入") as writer:
        writer.describe("A123456789", {"before": "A800000014 B223456789", "why": "更正"})
        writer.set_office_setting("x", 1)
    add_account(head, "稽核員", AccountRole.READER, OTHER)
    (seen,) = audit_lines(head, text="更正")
    assert (seen.subject, seen.before) == ("A123456789", "A800000014 B223456789")
    (masked,) = audit_lines(sign_in(head, "稽核員", OTHER), text="更正")
    assert (masked.subject, masked.before) == ("A12345＊＊＊＊", "A80000＊＊＊＊ B22345＊＊＊＊")


def test_forgotten_password_is_set_anew_by_the_head(head: Office) -> None:
    add_account(head, "周雅雯", AccountRole.CLERK, OTHER)
    reset_password(head, "周雅雯", "主管給的密碼99")
    with pytest.raises(SignInRefusedError):
        sign_in(head, "周雅雯", OTHER)
    clerk = sign_in(head, "周雅雯", "主管給的密碼99")
    assert {one.name: one.must_change for one in accounts(clerk)}["周雅雯"]
    with pytest.raises(AccountRefusedError, match="目前的密碼不對"):
        change_password(clerk, OTHER, "自己選的密碼88")
    change_password(clerk, "主管給的密碼99", "自己選的密碼88")
    assert not {one.name: one.must_change for one in accounts(clerk)}["周雅雯"]


def test_heads_own_forgotten_password_is_set_with_the_recovery_code(office: Office) -> None:
    first = set_up_sign_in(office, "林主任", GOOD)
    with pytest.raises(AccountRefusedError, match="救援碼不對"):
        recover(office, "AAAA-AAAA-AAAA-AAAA-AAAA", "林主任", OTHER)
    following = recover(office, first.recovery_code.lower().replace("-", " "), "林主任", OTHER)
    assert sign_in(office, "林主任", OTHER).role is AccountRole.HEAD
    # A code serves once.
    with pytest.raises(AccountRefusedError):
        recover(office, first.recovery_code, "林主任", GOOD)
    assert following != first.recovery_code


def test_last_head_stays(head: Office) -> None:
    with pytest.raises(AccountRefusedError, match="至少要有一位主管"):
        change_account(head, "林主任", AccountRole.CLERK, is_active=True)
    with pytest.raises(AccountRefusedError, match="至少要有一位主管"):
        change_account(head, "林主任", AccountRole.HEAD, is_active=False)
    add_account(head, "陳主任", AccountRole.HEAD, OTHER)
    change_account(head, "林主任", AccountRole.CLERK, is_active=False)
    with pytest.raises(SignInRefusedError):
        sign_in(head, "林主任", GOOD)


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        (" ", GOOD, "請填名稱"),
        ("林主任", "短密碼", "至少要 8 個字"),
        ("linzhuren", "LinZhuRen", "不能和名稱一樣"),
    ],
)
def test_name_and_password_that_will_not_do(
    office: Office, name: str, password: str, words: str
) -> None:
    with pytest.raises(AccountRefusedError, match=words):
        set_up_sign_in(office, name, password)
    assert not is_sign_in_on(office)
