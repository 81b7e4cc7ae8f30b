"""帳號: who may sign in; add one, change a role, reset a password."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
)

from desktop.domain.accounts import Account, AccountRole
from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.dialogs.sign_in import FormDialog, password_field
from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.widgets.basics import button, label, pane
from desktop.qt.widgets.table_basics import prepare_table


def role_box() -> QComboBox:
    """A choice of roles."""
    box = QComboBox()
    for role in AccountRole:
        box.addItem(role.word, role)
    box.setAccessibleName("角色")
    return box


class NewAccountDialog(FormDialog):
    """A new account with a first password."""

    def __init__(self, add: Callable[[str, AccountRole, str], object], parent=None) -> None:
        super().__init__("新增帳號", "第一次登入後，本人要換掉這裡設的密碼。", "新增(&A)", parent)
        self._add = add
        self.name = QLineEdit()
        self.name.setAccessibleName("名稱")
        self.role = role_box()
        self.password = password_field("第一個密碼")
        self.form.addRow("名稱(&N)", self.name)
        self.form.addRow("角色(&R)", self.role)
        self.form.addRow("第一個密碼(&W)", self.password)

    def act(self) -> None:
        """Make it."""
        self._add(self.name.text(), self.role.currentData(), self.password.text())


class ResetPasswordDialog(FormDialog):
    """Somebody's password, set anew by a head."""

    def __init__(self, name: str, reset: Callable[[str, str], object], parent=None) -> None:
        super().__init__(
            f"重設「{name}」的密碼", "下次登入後，本人要再換一個。", "重設(&R)", parent
        )
        self._name, self._reset = name, reset
        self.password = password_field("新密碼")
        self.form.addRow("新密碼(&W)", self.password)

    def act(self) -> None:
        """Set it."""
        self._reset(self._name, self.password.text())


class AccountsDialog(Dialog):
    """Every account; only a head comes here."""

    def __init__(self, services, parent=None) -> None:
        """Make the dialog.

        Args:
            services: ``accounts``, ``add_account``, ``reset_password``, ``change_account``.
            parent: The window.
        """
        super().__init__(parent)
        self._services = services
        self.setModal(True)
        self.setWindowTitle("帳號")
        self.resize(640, 380)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = label(
            "承辦人可以辦所有業務，主管另外管理帳號，查閱只能看，身分證號末四碼會遮住。", wraps=True
        )
        words.setContentsMargins(16, 12, 16, 8)
        column.addWidget(words)
        self.model: TableModel = TableModel(
            [
                TableColumn("名稱", lambda one: one.name),
                TableColumn("角色", lambda one: one.role.word),
                TableColumn("狀態", _state_words),
            ],
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setAccessibleName("帳號")
        self.view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.view, 1)
        self.sentence = label("", wraps=True)
        self.sentence.setProperty("verdictColour", "fail")
        self.sentence.setContentsMargins(16, 4, 16, 4)
        self.sentence.hide()
        column.addWidget(self.sentence)
        foot = pane("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        self.add_button = button("新增…(&A)")
        self.reset_button = button("重設密碼…(&P)")
        self.role = role_box()
        self.role_button = button("改角色(&R)")
        self.active_button = button("停用(&S)")
        close = button("關閉")
        self.add_button.clicked.connect(self.add)
        self.reset_button.clicked.connect(self.reset)
        self.role_button.clicked.connect(lambda: self._change(self.role.currentData()))
        self.active_button.clicked.connect(lambda: self._change(None))
        close.clicked.connect(self.reject)
        for one in (self.add_button, self.reset_button, self.role, self.role_button):
            row.addWidget(one)
        row.addWidget(self.active_button)
        row.addStretch()
        row.addWidget(close)
        column.addWidget(foot)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._current_changed())
        self.show_accounts(services.accounts())

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Show other accounts."""
        row = max(self.view.currentIndex().row(), 0)
        self.model.show_rows(accounts)
        if accounts:
            self.view.selectRow(min(row, len(accounts) - 1))
        self._current_changed()

    def _current(self) -> Account | None:
        return self.model.row(self.view.currentIndex().row())

    def _current_changed(self) -> None:
        one = self._current()
        for control in (self.reset_button, self.role_button, self.active_button):
            control.setEnabled(one is not None)
        if one is not None:
            self.role.setCurrentIndex(list(AccountRole).index(one.role))
            self.active_button.setText("停用(&S)" if one.is_active else "恢復(&S)")

    def add(self) -> None:
        """Make an account."""
        NewAccountDialog(self._services.add_account, self).exec()
        self.show_accounts(self._services.accounts())

    def reset(self) -> None:
        """Set the current account's password anew."""
        one = self._current()
        if one is not None:
            ResetPasswordDialog(one.name, self._services.reset_password, self).exec()

    def _change(self, role: AccountRole | None) -> None:
        one = self._current()
        if one is None:
            return
        is_active = one.is_active if role is not None else not one.is_active
        try:
            self._services.change_account(one.name, role or one.role, is_active=is_active)
        except ValueError as error:
            self.sentence.setText(str(error))
            self.sentence.show()
            return
        self.sentence.hide()
        self.show_accounts(self._services.accounts())


def _state_words(one: Account) -> str:
    if not one.is_active:
        return "停用"
    return "要換密碼" if one.must_change else "可以登入"
