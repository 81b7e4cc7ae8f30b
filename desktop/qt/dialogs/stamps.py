"""職名章: open one for this print, put one's own in, stop the use of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.dialogs.dialog import Dialog
from desktop.qt.widgets.basics import Note, announce, button, label, on_click
from desktop.qt.widgets.plan_editors import WheelFreeBox

if TYPE_CHECKING:
    from desktop.services.stamp_pictures import StampInfo

SVG_WIDTH = 1200


class PictureFaultError(ValueError):
    """A file cannot be taken as a picture; the text is a sentence."""


def picture_of(name: str, content: bytes) -> bytes:
    """The PNG of a stamp: a PNG as it is, an SVG drawn on nothing.

    Args:
        name: The file's name, for the message.
        content: Its bytes.

    Raises:
        PictureFaultError: When an SVG cannot be drawn.
    """
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<svg", b"<?xml")):
        return content
    renderer = QSvgRenderer(QByteArray(content))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.isEmpty():
        raise PictureFaultError(f"「{name}」的 SVG 畫不出來，沒有放入，請另存成 PNG 再放。")
    image = QImage(
        QSize(SVG_WIDTH, max(1, round(SVG_WIDTH * size.height() / size.width()))),
        QImage.Format.Format_ARGB32,
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


@dataclass(frozen=True)
class StampActs:
    """What the dialog asks of the page.

    Attributes:
        use: Opens a stamp: id, password, box, reason; None where nothing is printed.
        add: Puts one's own in: title, PNG, password.
        withdraw: Stops the use of one: id, reason.
    """

    use: Callable[[str, str, str, str], None] | None
    add: Callable[[str, bytes, str], None]
    withdraw: Callable[[str, str], None]


class StampDialog(Dialog):
    """Opens stamps and takes them in."""

    def __init__(
        self,
        stamps: Sequence[StampInfo],
        *,
        boxes: Sequence[str],
        acts: StampActs,
        parent: QWidget | None,
    ) -> None:
        """Make the dialog.

        Args:
            stamps: Those that may be used, one's own first.
            boxes: Seal boxes that forms have.
            acts: What it asks of the page.
            parent: The page.
        """
        super().__init__(parent)
        self._acts = acts
        self._picture = b""
        self.setWindowTitle("職名章")
        self.setModal(True)
        self.resize(520, 400)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._make_use(boxes), "蓋用" if acts.use else "停用")
        self.tabs.addTab(self._make_add(), "放入我的章")
        self.tabs.currentChanged.connect(lambda _: self._say_default())
        column.addWidget(self.tabs, 1)
        self.fault = label("", wraps=True)
        self.fault.setAccessibleName("沒有完成的原因")
        column.addWidget(self.fault)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        close = button("關閉")
        on_click(close, self.reject)
        row.addWidget(close)
        column.addWidget(foot)
        self.take(stamps)

    # ----------------------------------------------------------------- building
    def _password(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(name)
        line.textChanged.connect(lambda _: self._say())
        return line

    def _make_use(self, boxes: Sequence[str]) -> QWidget:
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.setSpacing(10)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self.stamp, self.box = WheelFreeBox(), WheelFreeBox()
        self.stamp.setAccessibleName("職名章")
        self.box.setAccessibleName("蓋在哪一格")
        for box in boxes:
            self.box.addItem(f"{box}的核章欄", box)
        self.password = self._password("密碼")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("代蓋或停用的原因")
        self.reason.textChanged.connect(lambda _: self._say())
        form.addRow("職名章(&M)", self.stamp)
        if self._acts.use is not None:
            form.addRow("蓋在(&B)", self.box)
            form.addRow("密碼(&P)", self.password)
        form.addRow("原因(&R)", self.reason)
        column.addLayout(form)
        self.remark = label("", "secondary", wraps=True)
        column.addWidget(self.remark)
        column.addStretch(1)
        row = QHBoxLayout()
        self.withdraw_button = button("停用這個章(&X)")
        self.use_button = button("蓋在這次列印(&K)", is_accent=True)
        on_click(self.withdraw_button, self._withdraw)
        on_click(self.use_button, self._use)
        row.addWidget(self.withdraw_button)
        row.addStretch(1)
        if self._acts.use is not None:
            row.addWidget(self.use_button)
        column.addLayout(row)
        self.stamp.currentIndexChanged.connect(lambda _: self._say())
        return tab

    def _make_add(self) -> QWidget:
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.setSpacing(10)
        column.addWidget(
            Note(
                "info",
                "印模加密存放，用的時候才用您的密碼打開；密碼不存，忘了就重新放入。",
                can_close=False,
            )
        )
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self.title = QLineEdit()
        self.title.setAccessibleName("名稱")
        self.title.setPlaceholderText("例如：課員周雅雯")
        self.title.textChanged.connect(lambda _: self._say())
        file = QHBoxLayout()
        self.picture = label("還沒有選圖檔", "secondary")
        self.picture.setAccessibleName("印模")
        self.picture.setMinimumHeight(40)
        choose = button("選圖檔…(&F)")
        choose.setToolTip("PNG 或 SVG，底是透明的")
        on_click(choose, self._choose)
        file.addWidget(self.picture, 1)
        file.addWidget(choose)
        self.first, self.second = self._password("新密碼"), self._password("再輸入一次密碼")
        form.addRow("名稱(&T)", self.title)
        form.addRow("印模", file)
        form.addRow("密碼(&W)", self.first)
        form.addRow("再一次(&A)", self.second)
        column.addLayout(form)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.add_button = button("放入(&I)", is_accent=True)
        on_click(self.add_button, self._add)
        row.addWidget(self.add_button)
        column.addLayout(row)
        return tab

    def _say_default(self) -> None:
        (self.add_button if self.tabs.currentIndex() else self.use_button).setDefault(True)

    # ------------------------------------------------------------------ showing
    def take(self, stamps: Sequence[StampInfo]) -> None:
        """Offer other stamps."""
        self._stamps = {one.id: one for one in stamps}
        self.stamp.clear()
        for one in stamps:
            owner = "我的" if one.is_own else one.owner
            self.stamp.addItem(f"{one.title}（{owner}，用過 {one.uses} 次）", one.id)
        self.password.clear()
        if not stamps:
            self.tabs.setCurrentIndex(1)
        self._say()
        self._say_default()

    def _show_fault(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def say_fault(self, sentence: str) -> None:
        """Say why an act was refused; what was typed stays."""
        self._show_fault(sentence)
        self.password.selectAll()

    @property
    def current(self) -> StampInfo | None:
        """The stamp chosen."""
        return self._stamps.get(str(self.stamp.currentData()))

    def _say(self) -> None:
        one = self.current
        self._show_fault("")
        if one is None:
            self.remark.setText("還沒有職名章；請到「放入我的章」。")
        elif one.is_own:
            self.remark.setText("這是您的章；每次蓋用都記在稽核紀錄。停用時要寫原因。")
        else:
            self.remark.setText(f"這是{one.owner}的章；代蓋須寫明原因，會記在稽核紀錄。")
        has_reason = bool(self.reason.text().strip())
        needs_reason = one is not None and not one.is_own
        self.use_button.setEnabled(
            one is not None and bool(self.password.text()) and (has_reason or not needs_reason)
        )
        self.withdraw_button.setEnabled(one is not None and has_reason)
        if self.tabs.count() < 2:
            return
        passwords = self.first.text(), self.second.text()
        self.add_button.setEnabled(
            bool(self.title.text().strip()) and bool(self._picture) and all(passwords)
        )
        if all(passwords) and passwords[0] != passwords[1]:
            self._show_fault("兩次輸入的密碼不一樣。")
            self.add_button.setEnabled(False)

    # ------------------------------------------------------------------- acting
    def _use(self) -> None:
        one = self.current
        if one is not None and self._acts.use is not None:
            self._acts.use(
                one.id, self.password.text(), str(self.box.currentData()), self.reason.text()
            )

    def _withdraw(self) -> None:
        one = self.current
        if one is not None:
            self._acts.withdraw(one.id, self.reason.text())

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "印模圖檔", "", "圖檔 (*.png *.svg)")
        if name:
            self.take_picture(Path(name))

    def take_picture(self, path: Path) -> None:
        """Take a picture file and show it."""
        try:
            self._picture = picture_of(path.name, path.read_bytes())
        except OSError:
            self.say_fault(f"「{path.name}」打不開，請確認檔案還在。")
            return
        except PictureFaultError as error:
            self.say_fault(str(error))
            return
        shown = QPixmap()
        if shown.loadFromData(self._picture):
            self.picture.setPixmap(
                shown.scaledToHeight(40, Qt.TransformationMode.SmoothTransformation)
            )
        self.picture.setAccessibleDescription(path.name)
        self._say()

    def _add(self) -> None:
        self._acts.add(self.title.text(), self._picture, self.first.text())
        self.first.clear()
        self.second.clear()
