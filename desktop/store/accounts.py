"""Accounts and settings of the office."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from desktop.domain.accounts import Account, AccountRole
from desktop.store.codes import canonical_json, moment_text, to_moment
from desktop.store.errors import NotStoredError
from desktop.store.reading import Reading
from desktop.store.tables import account, office_setting
from desktop.store.writing import Writing


class AccountsReading(Reading):
    """Who may sign in; what the office set."""

    def accounts(self) -> tuple[Account, ...]:
        """Every account by name, those that may not sign in among them."""
        query = select(account).order_by(account.c.name)
        return tuple(_account(row) for row in self._connection.execute(query))

    def account(self, name: str) -> Account | None:
        """One account by its name, None when there is none."""
        row = self._connection.execute(select(account).where(account.c.name == name)).first()
        return _account(row) if row is not None else None

    def password_hash(self, account_id: str) -> str:
        """What a password is compared with; empty when none was set."""
        query = select(account.c.password_hash).where(account.c.id == account_id)
        return self._connection.execute(query).scalar() or ""

    def office_setting(self, key: str) -> Any:
        """What was set under a key, None when nothing was."""
        query = select(office_setting.c.value).where(office_setting.c.key == key)
        value = self._connection.execute(query).scalar()
        return json.loads(value) if value is not None else None


class AccountsWriting(Writing, AccountsReading):
    """Makes and changes accounts and settings."""

    def add_account(
        self, name: str, role: AccountRole, *, password_hash: str, must_change: bool
    ) -> Account:
        """Make an account.

        Args:
            name: Unique; the schema refuses blank ones.
            role: What it may do.
            password_hash: Argon2's text.
            must_change: Whether its owner has to choose another password.
        """
        self._connection.execute(
            insert(account).values(
                id=self._identifier(),
                name=name,
                role=role.value,
                password_hash=password_hash,
                must_change=must_change,
                is_active=True,
                failures=0,
                made_at=self._now_text,
                changed_at=self._now_text,
            )
        )
        self._touch(account)
        row = self._connection.execute(select(account).where(account.c.name == name)).one()
        return _account(row)

    def set_password(self, account_id: str, password_hash: str, *, must_change: bool) -> None:
        """Set a password anew; wrong tries are forgotten."""
        self._change(
            account_id,
            password_hash=password_hash,
            must_change=must_change,
            failures=0,
            locked_until=None,
        )

    def set_role(self, account_id: str, role: AccountRole, *, is_active: bool) -> None:
        """Say what an account may do, and whether it may sign in at all."""
        self._change(account_id, role=role.value, is_active=is_active)

    def note_failures(
        self, account_id: str, failures: int, *, locked_until: datetime | None = None
    ) -> None:
        """Count wrong passwords in a row; 0 after the right one."""
        self._change(account_id, failures=failures, locked_until=moment_text(locked_until))

    def _change(self, account_id: str, **values: object) -> None:
        done = self._connection.execute(
            update(account)
            .where(account.c.id == account_id)
            .values(**values, changed_at=self._now_text, row_version=account.c.row_version + 1)
        )
        if not done.rowcount:
            raise NotStoredError("找不到這個帳號，可能資料已經還原過；請重新整理清單。")
        self._touch(account)

    def set_office_setting(self, key: str, value: Any) -> None:
        """Set a value under a key; ready for JSON."""
        text = canonical_json(value)
        known = select(office_setting.c.key).where(office_setting.c.key == key)
        values = {"value": text, "actor": self._actor, "changed_at": self._now_text}
        if self._connection.execute(known).first() is None:
            self._connection.execute(insert(office_setting).values(key=key, **values))
        else:
            self._connection.execute(
                update(office_setting)
                .where(office_setting.c.key == key)
                .values(**values, row_version=office_setting.c.row_version + 1)
            )
        self._touch(office_setting)


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        role=AccountRole(row.role),
        must_change=row.must_change,
        is_active=row.is_active,
        failures=row.failures,
        locked_until=to_moment(row.locked_until),
    )
