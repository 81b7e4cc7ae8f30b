"""設定: agency and clerk, stamps, passwords and accounts, how long data is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QTableView

from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.pages.settings_parts import Section, value
from desktop.qt.widgets.basics import button, label
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.settings_views import SettingsView


class OfficeSection(Section):
    """The agency's name and city, the clerk's name on paper.

    Attributes:
        agency_written: Name and city as they stand now.
        clerk_written: The clerk's name as it stands now.
        patterns_wanted: The clerk wants to the 班別.
    """

    agency_written = Signal(str, str)
    clerk_written = Signal(str)
    patterns_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(
            "機關與承辦人",
            "機關名稱印在每一份文件上；縣市決定停止上班適用哪裡的公告。改了會立刻儲存，可以復原。",
        )
        form = self.add_form()
        self.name, self.city, self.clerk = QLineEdit(), QLineEdit(), QLineEdit()
        for caption, field, name, hint in (
            ("機關全銜(&N)", self.name, "機關全銜", "例如 高雄市政府"),
            ("縣市(&Y)", self.city, "縣市", "例如 高雄市；停止上班以這裡的公告為準"),
            ("承辦人姓名(&L)", self.clerk, "承辦人姓名", "印在文件上的姓名"),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
            form.addRow(caption, field)
        self.actor = value("稽核紀錄中的名稱")
        form.addRow("稽核紀錄中的名稱", self.actor)
        self.patterns = value("班別")
        row = QHBoxLayout()
        row.addWidget(self.patterns, 1)
        self.patterns_button = button("到班別(&W)")
        row.addWidget(self.patterns_button)
        form.addRow("班別", row)
        self.end()
        self._agency, self._clerk = ("", ""), ""
        for field in (self.name, self.city):
            field.editingFinished.connect(self._tell_agency)
        self.clerk.editingFinished.connect(self._tell_clerk)
        self.patterns_button.clicked.connect(self.patterns_wanted)

    def show_view(self, view: SettingsView) -> None:
        """Show what is stored; a field the clerk is in the middle of stays as typed."""
        former = (*self._agency, self._clerk)
        self._agency, self._clerk = (view.agency_name, view.city), view.clerk
        for field, before, now in zip(
            (self.name, self.city, self.clerk), former, (*self._agency, self._clerk), strict=True
        ):
            if not field.hasFocus() or field.text().strip() in (before, ""):
                field.setText(now)
        self.actor.setText(view.actor)
        self.patterns.setText(
            f"{view.patterns} 種，在「人員差勤」的「班別」裡寫。"
            if view.patterns
            else "還沒有班別；沒有班別就不知道誰何時上班，請先寫。"
        )

    def _tell_agency(self) -> None:
        wanted = (self.name.text().strip(), self.city.text().strip())
        if wanted != self._agency and wanted[0]:
            self._agency = wanted
            self.agency_written.emit(*wanted)
        elif not wanted[0]:
            self.name.setText(self._agency[0])

    def _tell_clerk(self) -> None:
        wanted = self.clerk.text().strip()
        if wanted != self._clerk:
            self._clerk = wanted
            self.clerk_written.emit(wanted)


class StampSection(Section):
    """The stamp pictures there are, and the way to their dialog."""

    def __init__(self) -> None:
        super().__init__(
            "職名章",
            "印模加密存放，列印時由本人輸入密碼才會蓋上，每次都記在稽核紀錄。",
        )
        self.model: TableModel = TableModel(
            [
                TableColumn("名稱", lambda r: r.title),
                TableColumn("誰的", lambda r: "我的" if r.is_own else r.owner),
                TableColumn("用過", lambda r: f"{r.uses} 次", is_number=True),
            ],
            parent=self,
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        prepare_table(self.view)
        self.view.setAccessibleName("職名章")
        self.view.setMinimumHeight(160)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.column.addWidget(self.view, 1)
        self.count = label("", "secondary")
        self.column.addWidget(self.count)
        self.manage = button("放入或停用職名章…(&M)")
        self.add_acts(self.manage)

    def show_stamps(self, stamps) -> None:
        """List other stamps."""
        self.model.show_rows(stamps)
        self.count.setText(f"{len(stamps)} 個職名章" if stamps else "還沒有職名章，可以不用。")


class AccountSection(Section):
    """Passwords: whether they are asked for, and the two dialogs."""

    def __init__(self) -> None:
        super().__init__(
            "登入與帳號",
            "啟用登入之後，開啟公餘要選姓名、輸入密碼；主管、承辦、查閱各有權限。"
            "忘記密碼可用啟用時印出的救援碼。",
        )
        form = self.add_form()
        self.state = value("登入")
        form.addRow("登入", self.state)
        self.accounts = button("啟用登入…(&A)")
        self.password = button("變更密碼…(&P)")
        self.add_acts(self.accounts, self.password)
        self.end()

    def show_view(self, view: SettingsView) -> None:
        """Say whether passwords are asked for."""
        is_on = view.is_sign_in_on
        self.state.setText("已啟用，開啟時要輸入密碼。" if is_on else "沒有啟用，任何人都能開啟。")
        self.accounts.setText("帳號…(&A)" if is_on else "啟用登入…(&A)")
        self.password.setEnabled(is_on)
        self.password.setToolTip("" if is_on else "啟用登入以後才有密碼可以變更")


class KeepingSection(Section):
    """How long data is kept, and the way to the dialog that says so."""

    def __init__(self) -> None:
        super().__init__(
            "資料保存",
            "資料平常永久保存；訂了保存年限，到期的會列出來，由主管核准後才刪除。"
            "一個人的全部資料也可以從那裡匯出。",
        )
        self.open = button("保存年限與到期資料…(&D)")
        self.add_acts(self.open)
        self.end()
