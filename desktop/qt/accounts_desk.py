"""Accounts in the window's menu: turn sign-in on, look after accounts, change one's password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.accounts import AccountRole
from desktop.qt.dialogs.accounts import AccountsDialog
from desktop.qt.dialogs.sign_in import ChangePasswordDialog, SetUpDialog, ShownCodeDialog
from desktop.qt.services import Services


class AccountsDesk:
    """Serves one window."""

    def __init__(
        self,
        services: Services,
        window: QWidget,
        *,
        actor: str,
        role: AccountRole,
        note: Callable[[str, str], None],
    ) -> None:
        """Serve a window.

        Args:
            services: The office's services.
            window: Whose dialogs these are.
            actor: Who is at work.
            role: What they may do.
            note: Shows a note: kind and sentence.
        """
        self._services, self._window = services, window
        self._actor, self._role, self._note = actor, role, note

    def open(self) -> None:
        """Turn sign-in on, or look after accounts."""
        if not self._services.is_sign_in_on():
            self.set_up()
        elif self._role is AccountRole.HEAD:
            AccountsDialog(self._services, self._window).exec()
        else:
            self._note("info", "帳號由主管管理；剛啟用登入的話，請選「登出」後重新登入。")

    def set_up(self) -> None:
        """Make the first account and show the recovery code."""
        dialog = SetUpDialog(self._actor, self._services.set_up_sign_in, self._window)
        dialog.exec()
        if dialog.first is not None:
            ShownCodeDialog(dialog.first.recovery_code, self._window).exec()
            self._note(
                "pass",
                "已啟用登入；請選「登出」再登入，然後新增其他人的帳號。",
            )

    def may_sign_out(self) -> bool:
        """Whether there is anybody to sign out; says so where nobody signs in."""
        if self._services.is_sign_in_on():
            return True
        self._note("info", "還沒有啟用登入，不必登出；要啟用請選「登入與帳號…」。")
        return False

    def change_password(self) -> None:
        """Choose another password for oneself."""
        if not self._services.is_sign_in_on():
            self._note("info", "還沒有啟用登入，沒有密碼可以變更。")
            return
        dialog = ChangePasswordDialog(self._services.change_password, parent=self._window)
        if dialog.exec():
            self._note("pass", "密碼已變更。")
