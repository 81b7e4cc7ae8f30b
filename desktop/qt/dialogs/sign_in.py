"""Signing in before the office opens; the way back with the recovery code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import announce, button, label


def password_field(name: str) -> QLineEdit:
    """A field whose letters nobody sees."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


class FormDialog(Dialog):
    """A few fields, one sentence under them, and the act; a refusal keeps it open."""

    def __init__(self, title: str, intro: str, act: str, parent=None) -> None:
        """Make the dialog.

        Args:
            title: Its matter in words.
            intro: What it is for.
            act: The accent button's words.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(420)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(10)
        self.column.addWidget(label(title, "subtitle"))
        self.column.addWidget(label(intro, "secondary", wraps=True))
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self.column.addLayout(self.form)
        self.sentence = label("", wraps=True)
        self.sentence.setProperty("verdictColour", "fail")
        self.sentence.hide()
        self.column.addWidget(self.sentence)
        foot = QWidget()
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(0, 0, 0, 0)
        self.foot.setSpacing(8)
        self.foot.addStretch()
        self.act_button = button(act, is_accent=True)
        self.act_button.setDefault(True)
        self.cancel_button = button("取消")
        self.cancel_button.clicked.connect(self.reject)
        self.act_button.clicked.connect(self.try_act)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.act_button)
        self.column.addWidget(foot)

    def say(self, words: str) -> None:
        """Show a refusal under the fields."""
        self.sentence.setText(words)
        self.sentence.setVisible(bool(words))
        announce(self, words)

    def try_act(self) -> None:
        """Do it; the fields stay when it is refused."""
        try:
            self.act()
        except ValueError as error:
            self.say(str(error))
            return
        self.accept()

    def act(self) -> None:
        """What the accent button does; a ``ValueError`` is shown."""


class SignInDialog(FormDialog):
    """Name and password.

    Attributes:
        opened: The office as it is opened for who signed in, None before.
    """

    def __init__(
        self,
        names: Sequence[str],
        sign_in: Callable[[str, str], object],
        *,
        recover: Callable[[str, str, str], str] | None = None,
        parent=None,
    ) -> None:
        """Make the dialog.

        Args:
            names: Accounts to choose from.
            sign_in: Takes name and password, gives the opened office or raises.
            recover: Takes recovery code, name and new password, gives the next code.
            parent: None before the window is there.
        """
        super().__init__("登入公餘", "選您的名稱，輸入密碼。", "登入(&L)", parent)
        self._sign_in, self._recover = sign_in, recover
        self.opened: object | None = None
        self.name = QComboBox()
        self.name.addItems(list(names))
        self.name.setAccessibleName("名稱")
        self.password = password_field("密碼")
        self.form.addRow("名稱(&N)", self.name)
        self.form.addRow("密碼(&W)", self.password)
        self.recover_button = button("忘記密碼…(&F)")
        self.recover_button.setVisible(recover is not None)
        self.recover_button.clicked.connect(self.open_recovery)
        self.foot.insertWidget(0, self.recover_button)
        self.password.setFocus()

    def act(self) -> None:
        """Sign in."""
        password = self.password.text()
        self.password.clear()
        self.opened = self._sign_in(self.name.currentText(), password)

    def open_recovery(self) -> None:
        """Offer the recovery code's way."""
        if self._recover is None:
            return
        dialog = RecoveryDialog(self.name.currentText(), self._recover, self)
        dialog.exec()
        if dialog.next_code:
            ShownCodeDialog(dialog.next_code, self).exec()


class RecoveryDialog(FormDialog):
    """The recovery code sets a head's password anew; other accounts a head resets."""

    def __init__(self, name: str, recover: Callable[[str, str, str], str], parent=None) -> None:
        super().__init__(
            "忘記密碼",
            "承辦人與查閱的密碼請主管登入後重設。主管自己忘了，用啟用登入時抄下的救援碼。",
            "重設密碼(&R)",
            parent,
        )
        self._recover, self._name = recover, name
        self.next_code = ""
        self.code = QLineEdit()
        self.code.setAccessibleName("救援碼")
        self.password = password_field("新密碼")
        self.form.addRow("名稱", label(name, "strong"))
        self.form.addRow("救援碼(&C)", self.code)
        self.form.addRow("新密碼(&W)", self.password)

    def act(self) -> None:
        """Set the password."""
        self.next_code = self._recover(self.code.text(), self._name, self.password.text())


class ShownCodeDialog(FormDialog):
    """The recovery code, shown once."""

    def __init__(self, code: str, parent=None) -> None:
        super().__init__(
            "請抄下救援碼",
            "主管忘記密碼時，只有這組救援碼能重設。抄在紙上鎖好，它只顯示這一次；用過之後會換一組。",
            "抄好了(&D)",
            parent,
        )
        self.code = label(code, "title")
        self.code.setAccessibleName(f"救援碼 {code}")
        self.form.addRow(self.code)
        self.cancel_button.hide()


class ChangePasswordDialog(FormDialog):
    """One's own password, chosen anew."""

    def __init__(self, change: Callable[[str, str], object], *, must: bool = False, parent=None):
        intro = "密碼是主管設的，請換成只有您知道的。" if must else "密碼至少要 8 個字。"
        super().__init__("變更密碼", intro, "變更(&C)", parent)
        self._change = change
        self.former = password_field("目前的密碼")
        self.password = password_field("新密碼")
        self.again = password_field("再輸入一次")
        self.form.addRow("目前的密碼(&O)", self.former)
        self.form.addRow("新密碼(&W)", self.password)
        self.form.addRow("再輸入一次(&A)", self.again)

    def act(self) -> None:
        """Change it."""
        if self.password.text() != self.again.text():
            raise ValueError("兩次輸入的新密碼不一樣，密碼沒有更動。")
        self._change(self.former.text(), self.password.text())


class SetUpDialog(FormDialog):
    """The first account turns sign-in on.

    Attributes:
        first: What was made, with the recovery code; None before.
    """

    def __init__(self, name: str, set_up: Callable[[str, str], Any], parent=None) -> None:
        super().__init__(
            "啟用登入",
            "設第一個帳號（主管）以後，開啟公餘都要輸入密碼，稽核紀錄會寫登入的人。",
            "啟用(&E)",
            parent,
        )
        self._set_up = set_up
        self.first: Any = None
        self.name = QLineEdit(name)
        self.name.setAccessibleName("名稱")
        self.password, self.again = password_field("密碼"), password_field("再輸入一次")
        self.form.addRow("名稱(&N)", self.name)
        self.form.addRow("密碼(&W)", self.password)
        self.form.addRow("再輸入一次(&A)", self.again)

    def act(self) -> None:
        """Turn it on."""
        if self.password.text() != self.again.text():
            raise ValueError("兩次輸入的密碼不一樣，沒有啟用。")
        self.first = self._set_up(self.name.text(), self.password.text())
