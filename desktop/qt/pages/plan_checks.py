"""The right of 計畫: what the checks found, the trial run, and what becomes of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.qt.widgets.basics import (
    announce,
    button,
    label,
    link,
    on_click,
    pane,
    verdict_icon,
)
from desktop.services.plan_document import Path

if TYPE_CHECKING:
    from desktop.services.plan_trial import TrialRun

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A problem as the list shows it.

    Attributes:
        title: The section it is in.
        message: What is wrong and what to do.
        is_error: Else a reminder.
        path: Where.
        unknown: Path of a key that nothing knows and that can be taken out, empty otherwise.
    """

    title: str
    message: str
    is_error: bool
    path: Path
    unknown: Path = ()


class _Entry(QFrame):
    """One problem."""

    def __init__(self, found: Found, go, drop) -> None:
        super().__init__()
        self.setObjectName("paneHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        icon = verdict_icon("fail" if found.is_error else "review")
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(label(found.title, "strong", wraps=True), 1)
        word = "錯誤" if found.is_error else "提醒"
        if found.unknown:
            self.drop = link("刪去這一項")
            self.drop.setAccessibleName(f"刪去{found.title}：{found.message}")
            on_click(self.drop, drop)
            head.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignTop)
        self.go = link("前往")
        self.go.setAccessibleName(f"前往{word}：{found.title}，{found.message}")
        on_click(self.go, go)
        head.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(label(found.message, wraps=True))
        row.addLayout(column, 1)


class ChecksPane(QFrame):
    """檢查, 試算, and the buttons.

    Attributes:
        went: The cursor is wanted at a path.
        dropped: An unknown key is to be taken out.
        trial_wanted, list_wanted: Run the trial; show who changes.
        discarded, saved, enacted: A button was pressed.
    """

    went = Signal(object)
    dropped = Signal(object)
    trial_wanted = Signal()
    list_wanted = Signal()
    discarded = Signal()
    saved = Signal()
    enacted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: tuple[Found, ...] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("錯誤和提醒")
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        area.setWidget(inside)
        column.addWidget(area, 1)
        column.addWidget(self._make_trial())
        column.addWidget(self._make_foot())

    def _make_head(self) -> QWidget:
        head = pane("paneHead")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(label("檢查", "subtitle"))
        self.errors = _Count("fail", "錯誤")
        self.reminders = _Count("review", "提醒")
        row.addWidget(self.errors)
        row.addWidget(self.reminders)
        row.addStretch(1)
        self.state = label("邊打邊查", "secondary")
        row.addWidget(self.state)
        return head

    def _make_trial(self) -> QWidget:
        box = pane("foot")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label("試算", "strong"))
        head.addStretch(1)
        self.trial_button = button("試算(&R)")
        on_click(self.trial_button, self.trial_wanted.emit)
        head.addWidget(self.trial_button)
        column.addLayout(head)
        self.trial_words = label("", "secondary", wraps=True)
        column.addWidget(self.trial_words)
        row = QHBoxLayout()
        self._trial_counts = label("", wraps=True)
        row.addWidget(self._trial_counts, 1)
        self.trial_link = link("0 人")
        self.trial_link.setAccessibleName("看結果會變的人")
        on_click(self.trial_link, self.list_wanted.emit)
        row.addWidget(self.trial_link)
        column.addLayout(row)
        self.forget_trial()
        return box

    def _make_foot(self) -> QWidget:
        foot = pane("foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        self.saved_words = label("", "caption", wraps=True)
        column.addWidget(self.saved_words)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.discard_button = button("捨棄草稿(&D)")
        self.save_button = button("存草稿(&S)")
        self.enact_button = button("啟用(&A)", is_accent=True)
        on_click(self.discard_button, self.discarded.emit)
        on_click(self.save_button, self.saved.emit)
        on_click(self.enact_button, self.enacted.emit)
        row.addWidget(self.discard_button)
        row.addStretch(1)
        row.addWidget(self.save_button)
        row.addWidget(self.enact_button)
        column.addLayout(row)
        return foot

    # ------------------------------------------------------------------- checks
    def say_checking(self) -> None:
        """Say that what stands here is being looked at again."""
        self.state.setText("檢查中…")

    def show_found(self, found: Sequence[Found], *, checked: int) -> None:
        """Show what the checks found.

        Args:
            found: Mistakes first.
            checked: How many entries were looked at.
        """
        self.state.setText("邊打邊查")
        errors = sum(one.is_error for one in found)
        before = self.errors.count
        self.errors.show_count(errors)
        self.reminders.show_count(len(found) - errors)
        if errors != before:
            announce(self, f"檢查：錯誤 {errors}，提醒 {len(found) - errors}")
        rest = max(checked - len({one.path for one in found}), 0)
        self._fine = f"其餘 {rest} 項都對" if found else f"{rest} 項都對"
        if self._shown != tuple(found):
            self._shown = tuple(found)
            self._fill()
        elif self._list.count() > 1:
            last = self._list.itemAt(self._list.count() - 2).widget()
            if isinstance(last, _Fine):
                last.say(self._fine)

    def _fill(self) -> None:
        while self._list.count() > 1:
            widget = self._list.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        shown = self._shown or ()
        for one in shown[:MOST_SHOWN]:
            entry = _Entry(
                one,
                lambda path=one.path: self.went.emit(path),
                lambda path=one.unknown: self.dropped.emit(path),
            )
            self._list.insertWidget(self._list.count() - 1, entry)
        fine = self._fine
        if len(shown) > MOST_SHOWN:
            fine = f"另有 {len(shown) - MOST_SHOWN} 項，改正前面的就會列出；{fine}"
        self._list.insertWidget(self._list.count() - 1, _Fine(fine))

    def entries(self) -> tuple[_Entry, ...]:
        """What is listed."""
        widgets = (self._list.itemAt(n).widget() for n in range(self._list.count() - 1))
        return tuple(one for one in widgets if isinstance(one, _Entry))

    def focus_first(self) -> None:
        """Put the cursor on the first 前往, or the first button that can be pressed."""
        listed = self.entries()
        buttons = (self.trial_button, self.enact_button, self.save_button)
        rest = next((one for one in buttons if one.isEnabled()), self.trial_button)
        (listed[0].go if listed else rest).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -------------------------------------------------------------------- trial
    def forget_trial(self, words: str = "拿資料庫裡的人套用這份草稿，看誰的結果會變。") -> None:
        """Show no result."""
        self.trial_words.setText(words)
        self._trial_counts.hide()
        self.trial_link.hide()
        self.trial_button.setText("試算(&R)")

    def say_trying(self) -> None:
        """Say that the trial runs."""
        self.trial_button.setText("試算中…")
        self.trial_button.setEnabled(False)

    def show_trial(self, trial: TrialRun) -> None:
        """Show a trial's result."""
        self.trial_button.setText("再試算(&R)")
        self.trial_words.setText(f"{trial.basis.rstrip('。')}，共 {trial.people} 人。")
        counts = {one.effect.word: 0 for one in trial.changed}
        for one in trial.changed:
            counts[one.effect.word] += 1
        parts = "、".join(f"{words} {count}" for words, count in counts.items())
        self._trial_counts.setText(
            f"結果會變的人（{parts}）" if parts else "每個人的結果都和原來一樣。"
        )
        self._trial_counts.show()
        self.trial_link.setVisible(bool(trial.changed))
        self.trial_link.setText(f"{len(trial.changed)} 人")
        self.trial_link.setAccessibleName(f"看結果會變的 {len(trial.changed)} 人")
        announce(self, f"試算完成，{len(trial.changed)} 人的結果會變")

    # ------------------------------------------------------------------ buttons
    def allow(self, *, errors: int | None, is_draft: bool, is_changed: bool) -> None:
        """Enable what can be done now, and say why the rest cannot.

        Args:
            errors: Mistakes, None while they are being looked for.
            is_draft: Whether a draft is kept or being written.
            is_changed: Whether something is not saved yet.
        """
        self.discard_button.setEnabled(is_draft)
        self.discard_button.setToolTip("" if is_draft else "沒有草稿")
        self.save_button.setEnabled(is_changed)
        self.save_button.setToolTip("" if is_changed else "都存好了")
        if not is_draft:
            why = "這份計畫沒有改過"
        elif errors is None:
            why = "正在檢查"
        else:
            why = f"還有 {errors} 個錯誤" if errors else ""
        self.enact_button.setEnabled(not why)
        said = "成為這個計畫的新版本；以前的判定仍照原來的版本，等您同意才更新"
        self.enact_button.setToolTip(f"啟用：{why}" if why else said)
        self.enact_button.setAccessibleDescription(why or said)
        can_try = errors == 0
        self.trial_button.setEnabled(can_try)
        self.trial_button.setToolTip("" if can_try else "錯誤改正後才能試算")

    def say_saved(self, saved_at: datetime | None, *, is_changed: bool) -> None:
        """Say when the draft was kept."""
        if is_changed:
            self.saved_words.setText("有修改還沒存，幾秒後自動存成草稿。")
        elif saved_at is not None:
            self.saved_words.setText(
                f"草稿已存 {saved_at:%H:%M:%S}。啟用會成為新的版本，以前的判定不變。"
            )
        else:
            self.saved_words.setText("改了就會存成草稿；啟用前照原來的計畫。")


class _Count(QFrame):
    """A chip: icon, word, number."""

    def __init__(self, state: str, words: str) -> None:
        super().__init__()
        self.setObjectName("note")
        self.setProperty("kind", state)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.count = 0
        self._words = words
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 1, 8, 1)
        row.setSpacing(4)
        row.addWidget(verdict_icon(state))
        self._label = QLabel()
        row.addWidget(self._label)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show another number; nothing for zero."""
        self.count = count
        self._label.setText(f"{self._words} {count}")
        self.setAccessibleName(f"{self._words} {count}")
        self.setVisible(count > 0)


class _Fine(QWidget):
    """How many entries are right."""

    def __init__(self, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(verdict_icon("pass"), 0, Qt.AlignmentFlag.AlignTop)
        self._label = label(words, "secondary", wraps=True)
        row.addWidget(self._label, 1)

    def say(self, words: str) -> None:
        """Say another number."""
        self._label.setText(words)
