"""Signing in: accounts with a password, a role, and a way back when a password is forgotten."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.domain.accounts import Account, AccountRole
from desktop.domain.changes import Area, ChangeSet
from desktop.services.office import Office
from desktop.services.passwords import hashed, is_right
from desktop.store import Writer

LEAST_LETTERS = 8
MOST_FAILURES = 5
LOCK_MINUTES = 5
RECOVERY_KEY = "accounts.recovery"
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_GROUPS, _CODE_GROUP = 5, 4
_AREAS = frozenset({Area.ACCOUNTS})


class AccountRefusedError(ValueError):
    """Something about accounts that may not be; its words are the clerk's."""


class SignInRefusedError(AccountRefusedError):
    """A name and password that do not open the office."""


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """The first account: sign-in is on from now.

    Attributes:
        change: What changed.
        recovery_code: To be written down and locked away; it is shown once.
    """

    change: ChangeSet
    recovery_code: str


def is_sign_in_on(office: Office) -> bool:
    """Whether a password is asked for: from the first account on."""
    with office.store.reading() as reader:
        return bool(reader.accounts())


def accounts(office: Office) -> tuple[Account, ...]:
    """Every account by name."""
    with office.store.reading() as reader:
        return reader.accounts()


def set_up_sign_in(office: Office, name: str, password: str) -> FirstAccount:
    """Make the first account, a head's; from now on the office asks for a password.

    Args:
        office: The open office.
        name: The head's name.
        password: At least eight characters.

    Raises:
        AccountRefusedError: When there is an account already, or name or password will not do.
    """
    _check(name, password)
    if is_sign_in_on(office):
        raise AccountRefusedError("已經有帳號了，沒有更動；請由主管新增帳號。")
    code = _new_code()
    with office.store.writing("啟用登入") as writer:
        writer.add_account(
            name.strip(), AccountRole.HEAD, password_hash=hashed(password), must_change=False
        )
        writer.set_office_setting(RECOVERY_KEY, hashed(code))
        writer.describe(name.strip(), {"after": AccountRole.HEAD.word})
    return FirstAccount(ChangeSet("啟用登入", _AREAS), code)


def sign_in(office: Office, name: str, password: str) -> Office:
    """Open the office for somebody: the same store under their name and role.

    Wrong passwords are counted and written down; after five in a row none is heard for five
    minutes.

    Args:
        office: The office as opened.
        name: The account's name.
        password: As typed.

    Raises:
        SignInRefusedError: When they do not fit, or the account is locked or closed.
    """
    now = office.clock()
    with office.store.reading() as reader:
        found = reader.account(name.strip())
        known = reader.password_hash(found.id) if found is not None else ""
    if found is not None and found.locked_until is not None and now < found.locked_until:
        until = f"{found.locked_until:%H:%M}"
        raise SignInRefusedError(f"密碼錯太多次，{until} 以後才能再試；忘記密碼請主管重設。")
    fits = is_right(known, password)
    if found is None or not fits or not found.is_active:
        if found is not None:
            failures = found.failures + 1
            is_locked = failures >= MOST_FAILURES
            with office.store.writing("登入失敗") as writer:
                writer.describe(found.name, {"failures": failures})
                writer.note_failures(
                    found.id,
                    0 if is_locked else failures,
                    locked_until=now + timedelta(minutes=LOCK_MINUTES) if is_locked else None,
                )
        raise SignInRefusedError("名稱或密碼不對，沒有登入；請再試一次，忘記密碼請主管重設。")
    office.store.work_as(found.name, may_write=True)
    with office.store.writing("登入") as writer:
        writer.describe(found.name, {"role": found.role.word})
        writer.note_failures(found.id, 0)
    office.store.work_as(found.name, may_write=found.role.may_change)
    return replace(office, actor=found.name, clerk=found.name, role=found.role)


def sign_out(office: Office) -> None:
    """Let nobody be at work any more; the trail says so. Somebody signs in next.

    Args:
        office: As opened for who signs out. What they undid cannot be done again by the next.
    """
    office.store.work_as(office.actor, may_write=True)
    with office.store.writing("登出") as writer:
        writer.audit("登出", office.actor, {})
    office.redo_steps.clear()


def add_account(office: Office, name: str, role: AccountRole, password: str) -> ChangeSet:
    """Make an account; its owner chooses another password at the first sign-in.

    Raises:
        AccountRefusedError: When a head is not at work, the name is taken, or it will not do.
    """
    _ask_head(office)
    _check(name, password)
    if any(one.name == name.strip() for one in accounts(office)):
        raise AccountRefusedError(f"已經有「{name.strip()}」這個帳號，沒有新增。")
    with office.store.writing("新增帳號") as writer:
        writer.add_account(name.strip(), role, password_hash=hashed(password), must_change=True)
        writer.describe(name.strip(), {"after": role.word})
    return ChangeSet("新增帳號", _AREAS)


def reset_password(office: Office, name: str, password: str) -> ChangeSet:
    """Set somebody's password anew; they choose another at the next sign-in.

    Raises:
        AccountRefusedError: When a head is not at work, or there is no such account.
    """
    _ask_head(office)
    _check(name, password)
    found = _known(office, name)
    with office.store.writing("重設密碼") as writer:
        writer.set_password(found.id, hashed(password), must_change=True)
        writer.describe(found.name, {})
    return ChangeSet("重設密碼", _AREAS)


def change_password(office: Office, former: str, password: str) -> ChangeSet:
    """Choose another password for oneself; readers may, too.

    Raises:
        AccountRefusedError: When the former one is wrong or the new one will not do.
    """
    _check(office.actor, password)
    found = _known(office, office.actor)
    with office.store.reading() as reader:
        known = reader.password_hash(found.id)
    if not is_right(known, former):
        raise AccountRefusedError("目前的密碼不對，密碼沒有更動。")
    office.store.work_as(office.actor, may_write=True)
    try:
        with office.store.writing("變更密碼") as writer:
            writer.set_password(found.id, hashed(password), must_change=False)
            writer.describe(found.name, {})
    finally:
        office.store.work_as(office.actor, may_write=office.role.may_change)
    return ChangeSet("變更密碼", _AREAS)


def change_account(office: Office, name: str, role: AccountRole, *, is_active: bool) -> ChangeSet:
    """Say what an account may do, and whether it may sign in.

    Raises:
        AccountRefusedError: When a head is not at work, or nobody could look after accounts then.
    """
    _ask_head(office)
    found = _known(office, name)
    others = [
        one
        for one in accounts(office)
        if one.id != found.id and one.is_active and one.role is AccountRole.HEAD
    ]
    if not others and (role is not AccountRole.HEAD or not is_active):
        raise AccountRefusedError("至少要有一位主管可以登入，帳號沒有更動；請先新增另一位主管。")
    with office.store.writing("變更帳號") as writer:
        writer.set_role(found.id, role, is_active=is_active)
        writer.describe(
            found.name,
            {
                "before": _account_words(found.role, is_active=found.is_active),
                "after": _account_words(role, is_active=is_active),
            },
        )
    return ChangeSet("變更帳號", _AREAS)


def recover(office: Office, code: str, name: str, password: str) -> str:
    """Set a head's password with the recovery code, and return the next code.

    Raises:
        AccountRefusedError: When the code is wrong or the account is no head's.
    """
    _check(name, password)
    found = _known(office, name)
    with office.store.reading() as reader:
        known = reader.office_setting(RECOVERY_KEY) or ""
    if found.role is not AccountRole.HEAD or not is_right(known, _plain_code(code)):
        with office.store.writing("救援碼錯誤") as writer:
            writer.describe(found.name, {})
            writer.note_failures(found.id, found.failures)
        raise AccountRefusedError("救援碼不對，或這個帳號不是主管，密碼沒有更動。")
    following = _new_code()
    with office.store.writing("以救援碼重設密碼") as writer:
        _recover(writer, found, password, following)
    return following


def _recover(writer: Writer, found: Account, password: str, following: str) -> None:
    writer.set_role(found.id, AccountRole.HEAD, is_active=True)
    writer.set_password(found.id, hashed(password), must_change=False)
    writer.set_office_setting(RECOVERY_KEY, hashed(following))
    writer.describe(found.name, {})


# ------------------------------------------------------------------------------------------ parts
def _ask_head(office: Office) -> None:
    if office.role is not AccountRole.HEAD:
        raise AccountRefusedError("帳號只有主管能管理，資料沒有更動；請主管登入後再試。")


def _known(office: Office, name: str) -> Account:
    with office.store.reading() as reader:
        found = reader.account(name.strip())
    if found is None:
        raise AccountRefusedError(f"沒有「{name.strip()}」這個帳號，資料沒有更動。")
    return found


def _check(name: str, password: str) -> None:
    if not name.strip():
        raise AccountRefusedError("請填名稱。")
    if len(password) < LEAST_LETTERS:
        raise AccountRefusedError(f"密碼至少要 {LEAST_LETTERS} 個字，沒有更動；請換一個長一點的。")
    if password.strip().casefold() == name.strip().casefold():
        raise AccountRefusedError("密碼不能和名稱一樣，沒有更動；請換一個。")


def _new_code() -> str:
    letters = [secrets.choice(_CODE_LETTERS) for _ in range(_CODE_GROUPS * _CODE_GROUP)]
    groups = (letters[i : i + _CODE_GROUP] for i in range(0, len(letters), _CODE_GROUP))
    return "-".join("".join(group) for group in groups)


def _plain_code(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter in _CODE_LETTERS)
    groups = (letters[i : i + _CODE_GROUP] for i in range(0, len(letters), _CODE_GROUP))
    return "-".join(groups)


def _account_words(role: AccountRole, *, is_active: bool) -> str:
    return role.word if is_active else f"{role.word}（停用）"
