"""Dialogs of 國際資源: a resource, the effective day, a stage, a measure, a contact, the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from desktop.domain.promotion import Contact, MeasureState
from desktop.domain.resources import Recognition, Resource
from desktop.qt.dialogs.fields_dialog import FieldsDialog
from desktop.qt.dialogs.paper_dialog import PaperDialog
from desktop.qt.models.resources import RECOMMENDED
from desktop.qt.widgets.basics import button, label, on_click
from desktop.qt.widgets.plan_editors import WheelFreeBox

if TYPE_CHECKING:
    from desktop.services.promotion import MeasureView, StageView

_FIELDS = (
    ("name", "名稱(&N)", "名稱", ""),
    ("kind", "類別(&K)", "類別", "平臺、課程、訓練與學習資訊"),
    ("provider", "提供者(&P)", "提供者", ""),
    ("country", "國家地區(&C)", "國家地區", ""),
    ("language", "語言(&L)", "語言", ""),
    ("link", "網址(&U)", "網址", "https://"),
    ("hours", "時數(&H)", "時數", ""),
    ("licence", "授權分享(&G)", "授權分享", "能不能分享、什麼條件"),
    ("reason", "推薦理由(&R)", "推薦理由", "推薦或不推薦都要寫"),
    ("recognised_note", "認證說明(&M)", "認證說明", ""),
    ("source", "資料來源(&O)", "資料來源", "必填，文號或網站"),
)


def _box(name: str, choices: tuple[tuple[str, str], ...], current: str) -> WheelFreeBox:
    box = WheelFreeBox()
    box.setAccessibleName(name)
    for key, words in choices:
        box.addItem(words, key)
    box.setCurrentIndex(max(box.findData(current), 0))
    return box


class ResourceDialog(FieldsDialog):
    """A resource is entered or changed."""

    def __init__(self, resource: Resource | None, *, parent: QWidget | None) -> None:
        super().__init__(
            "修改資源" if resource else "新增資源",
            "只填查得到的；沒有的留空，不要猜。",
            "儲存(&S)",
            parent=parent,
        )
        self.setMinimumWidth(520)
        self._former = resource or Resource("", "")
        self.fields = {key: self._line(name, hint) for key, _, name, hint in _FIELDS}
        said = self._former.is_recommended
        self.recommended = _box(
            "推薦與否",
            (("open", "未評"), *RECOMMENDED[1:3]),
            "open" if said is None else "yes" if said else "no",
        )
        self.recognised = _box(
            "終身學習時數",
            tuple((one.value, one.word) for one in Recognition),
            self._former.recognised.value,
        )
        for key, caption, _, _ in _FIELDS:
            if key == "reason":
                self.form.addRow("推薦與否(&J)", self.recommended)
            if key == "recognised_note":
                self.form.addRow("終身學習時數(&T)", self.recognised)
            self.form.addRow(caption, self.fields[key])
        for key, field in self.fields.items():
            field.setText(getattr(self._former, key))
        self.recommended.currentIndexChanged.connect(lambda _: self._say())
        self._say()

    def values(self) -> dict[str, Any] | None:
        """The resource."""
        texts = {key: field.text().strip() for key, field in self.fields.items()}
        said = {"yes": True, "no": False}.get(self.recommended.currentData())
        if not texts["name"] or not texts["source"] or (said is not None and not texts["reason"]):
            return None
        recognised = Recognition(self.recognised.currentData())
        return {
            "resource": replace(self._former, is_recommended=said, recognised=recognised, **texts)
        }


class EffectiveDialog(FieldsDialog):
    """The day the plan came into force."""

    def __init__(self, day: date | None, *, parent: QWidget | None) -> None:
        super().__init__(
            "計畫生效日",
            "各階段由生效日推算：前置期 6 個月、近程 6 個月、中程 1 年，遠程沒有訖日；"
            "已調整的階段不動。",
            "登記(&S)",
            parent=parent,
        )
        self.day = self._day("生效日", day)
        self.reason = self._line("依據", "文號，必填")
        self.form.addRow("生效日(&D)", self.day)
        self.form.addRow("依據(&R)", self.reason)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Day and source."""
        if self.day.day is None or not self.reason.text().strip():
            return None
        return {"day": self.day.day, "reason": self.reason.text().strip()}


class StageDialog(FieldsDialog):
    """A stage's days are set by a person."""

    def __init__(self, stage: StageView, *, parent: QWidget | None) -> None:
        super().__init__(
            f"調整期程：{stage.stage.name}",
            f"{stage.stage.condition.strip('()')}。後面沒有調整過的階段會跟著動。",
            "調整(&S)",
            parent=parent,
        )
        self._has_end = stage.stage.months is not None
        self.first = self._day("起日", stage.days.first_day)
        self.last = self._day("訖日", stage.days.last_day)
        self.reason = self._line("理由", "必填")
        self.form.addRow("起日(&F)", self.first)
        self.form.addRow("訖日(&L)", self.last)
        self.form.addRow("理由(&R)", self.reason)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """Days and reason."""
        first, last = self.first.day, self.last.day
        if first is None or not self.last.is_sound or not self.reason.text().strip():
            return None
        if last is None and self._has_end:
            return None
        return {"first_day": first, "last_day": last, "reason": self.reason.text().strip()}


class MeasureDialog(FieldsDialog):
    """How far a measure is."""

    def __init__(self, view: MeasureView, *, parent: QWidget | None) -> None:
        super().__init__(
            "辦理情形",
            f"{view.measure.label}{view.measure.text}（主辦：{view.measure.lead}）",
            "登記(&S)",
            parent=parent,
        )
        self.state = _box(
            "辦理情形",
            tuple((one.value, one.word) for one in MeasureState),
            view.state.value,
        )
        self.due = self._day("期限", view.due if view.is_own_due else None)
        self.due.setPlaceholderText("留空就是階段的訖日")
        self.note = self._line("說明", "調整期程或停止辦理時必填")
        self.state.currentIndexChanged.connect(lambda _: self._say())
        self.form.addRow("辦理情形(&A)", self.state)
        self.form.addRow("期限(&D)", self.due)
        self.form.addRow("說明(&R)", self.note)
        self._say()

    def values(self) -> dict[str, Any] | None:
        """State, day and note."""
        state = MeasureState(self.state.currentData())
        needs_note = state in (MeasureState.MOVED, MeasureState.STOPPED)
        if not self.due.is_sound or (needs_note and not self.note.text().strip()):
            return None
        return {"state": state, "due": self.due.day, "note": self.note.text().strip()}


class ContactDialog(FieldsDialog):
    """A contact is entered or changed."""

    def __init__(self, contact: Contact | None, *, parent: QWidget | None) -> None:
        super().__init__(
            "修改聯絡窗口" if contact else "新增聯絡窗口",
            "單一窗口：各措施辦理機關聯繫交流、彙整資料的人。",
            "儲存(&S)",
            parent=parent,
        )
        self._former = contact or Contact("", "", "")
        names = (
            ("agency", "機關(&A)", "機關"),
            ("name", "聯絡人(&N)", "聯絡人"),
            ("telephone", "電話(&T)", "電話"),
            ("email", "電子信箱(&E)", "電子信箱"),
            ("note", "備註(&R)", "備註"),
        )
        self.fields = {key: self._line(words) for key, _, words in names}
        for key, caption, _ in names:
            self.form.addRow(caption, self.fields[key])
        for key, field in self.fields.items():
            field.setText(getattr(self._former, key))
        self._say()

    def values(self) -> dict[str, Any] | None:
        """The contact."""
        texts = {key: field.text().strip() for key, field in self.fields.items()}
        if not texts["agency"] or not texts["name"]:
            return None
        return {"contact": replace(self._former, **texts)}


class ScheduleDialog(PaperDialog):
    """辦理期程及分工表 as it prints.

    Attributes:
        print_wanted: It shall be printed; whether with states.
        save_wanted: It shall be saved; whether with states, and where.
    """

    print_wanted = Signal(bool)
    save_wanted = Signal(bool, object)

    def __init__(
        self, *, read: Callable[[bool, Callable[[Any], None]], None], parent: QWidget | None
    ) -> None:
        """Show the paper.

        Args:
            read: Reads it, with states or without, and hands it to the callback.
            parent: The page.
        """
        super().__init__("辦理期程及分工表", parent=parent)
        self._read = read
        self.states = QCheckBox("印辦理情形(&D)")
        self.states.setChecked(True)
        self.states.toggled.connect(lambda _: self.read())
        self.number = label("", "secondary")
        self.head.addWidget(self.states)
        self.head.addWidget(self.number, 1)
        self.save_button = button("存成 PDF…(&F)", icon_name="document_pdf_16_regular")
        self.print_button = button("列印(&P)", icon_name="print_16_regular", is_accent=True)
        close = button("關閉")
        on_click(self.save_button, self._save)
        on_click(self.print_button, lambda: self.print_wanted.emit(self.states.isChecked()))
        on_click(close, self.reject)
        self.foot.addStretch()
        for one in (close, self.save_button, self.print_button):
            self.foot.addWidget(one)
        self.read()

    def read(self) -> None:
        """Read the paper."""
        self._read(self.states.isChecked(), self.show_paper)

    def show_paper(self, paper: Any) -> None:
        """Show the pages."""
        self.number.setText(f"編號 {paper.number}（列印或儲存時才編入）")
        self.paper.show_pdf(paper.pdf, unit="頁")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "把期程表存成 PDF", "辦理期程及分工表.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_wanted.emit(self.states.isChecked(), Path(name))
