"""設定: the faces of paper, printers, where the data lies, the look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.qt.models.tables import TableColumn, TableModel
from desktop.qt.pages.settings_parts import Section, value
from desktop.qt.printing import offset_of
from desktop.qt.theme import TEXT_PERCENTS, SchemeChoice, Theme
from desktop.qt.widgets.basics import button, label
from desktop.qt.widgets.plan_editors import WheelFreeBox
from desktop.qt.widgets.table_basics import prepare_table

if TYPE_CHECKING:
    from desktop.services.settings_views import SettingsView

SCHEMES = (
    (SchemeChoice.SYSTEM, "跟隨系統（淺色、深色、高對比）"),
    (SchemeChoice.LIGHT, "淺色"),
    (SchemeChoice.DARK, "深色"),
    (SchemeChoice.CONTRAST, "高對比"),
)


def table(model: TableModel, name: str, *, stretched: int, least: int = 170) -> QTableView:
    """A table of a section.

    Args:
        model: Its rows.
        name: For screen readers.
        stretched: The column that takes what is left.
        least: Its height in px, at least.
    """
    view = QTableView()
    view.setModel(model)
    prepare_table(view)
    view.setAccessibleName(name)
    view.setMinimumHeight(least)
    view.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    return view


class FontSection(Section):
    """Which faces print which characters."""

    def __init__(self, screen_face: str) -> None:
        """Make the section.

        Args:
            screen_face: The face of the window itself.
        """
        super().__init__(
            "字型",
            "文件用楷體列印，由上往下問：前一種沒有的字才用下一種；全部都沒有的字列印前會指出是誰的哪一欄。",
        )
        self.model: TableModel = TableModel(
            [
                TableColumn("字型", lambda r: r.words),
                TableColumn("字體", lambda r: "楷體" if r.is_kai else "明體、宋體"),
                TableColumn("來源", lambda r: "程式內附" if r.is_bundled else "這台電腦"),
                TableColumn("檔案", lambda r: r.path.name),
            ],
            parent=self,
        )
        self.view = table(self.model, "列印用的字型", stretched=0, least=260)
        for column, width in ((1, 96), (2, 96), (3, 210)):
            self.view.horizontalHeader().resizeSection(column, width)
        self.column.addWidget(self.view, 1)
        self.first = label("", "secondary", wraps=True)
        self.column.addWidget(self.first)
        self.column.addWidget(label(f"畫面用的字型：{screen_face}", "secondary"))

    def show_view(self, view: SettingsView) -> None:
        """List the faces."""
        self.model.show_rows(view.faces)
        kai = next((face for face in view.faces if face.is_kai), None)
        if kai is None:
            self.first.setText("找不到楷體，文件會用明體列印；請重新安裝公餘。")
        else:
            source = "程式內附" if kai.is_bundled else "這台電腦的"
            self.first.setText(f"內文用{source}「{kai.words}」。")


class PrinterSection(Section):
    """The printers of this PC with what their pages are moved by.

    Attributes:
        calibrate_wanted: A printer is to be calibrated, by name.
    """

    calibrate_wanted = Signal(str)

    def __init__(self, settings: QSettings) -> None:
        """Make the section.

        Args:
            settings: Where offsets are remembered.
        """
        super().__init__(
            "印表機",
            "每台印表機印出來的位置略有不同；印一張校正頁、用尺量兩個數字，之後的每一頁就會對準表格。",
        )
        self._settings = settings
        self.model: TableModel = TableModel(
            [
                TableColumn("印表機", lambda name: name),
                TableColumn("校正", lambda name: offset_of(settings, name).words),
            ],
            parent=self,
        )
        self.view = table(self.model, "印表機", stretched=0)
        self.view.horizontalHeader().resizeSection(1, 240)
        self.view.activated.connect(lambda _: self._ask())
        self.column.addWidget(self.view, 1)
        self.count = label("", "secondary", wraps=True)
        self.column.addWidget(self.count)
        self.calibrate = button("校正選取的印表機…(&G)")
        self.calibrate.clicked.connect(lambda _=False: self._ask())
        self.add_acts(self.calibrate)
        self.show_printers(())

    def show_printers(self, names) -> None:
        """List other printers."""
        self.model.show_rows(names)
        if names:
            self.view.selectRow(0)
        self.calibrate.setEnabled(bool(names))
        self.count.setText(
            f"{len(names)} 台印表機" if names else "這台電腦沒有印表機；文件可以先存成 PDF。"
        )

    def _ask(self) -> None:
        name = self.model.row(self.view.currentIndex().row())
        if name:
            self.calibrate_wanted.emit(name)


class PlaceSection(Section):
    """Where the data lies."""

    def __init__(self, *, is_sample: bool) -> None:
        """Make the section.

        Args:
            is_sample: Whether this is the sample office.
        """
        super().__init__(
            "資料位置",
            "這是練習用的資料，關閉視窗就會刪除。"
            if is_sample
            else "所有資料都在一個資料庫檔裡，本程式不連線；換電腦時帶走備份再還原即可。",
        )
        form = self.add_form()
        self.store, self.weight = value("資料庫"), value("大小")
        self.backups, self.drive = value("備份資料夾"), value("磁碟機")
        form.addRow("資料庫", self.store)
        form.addRow("大小", self.weight)
        form.addRow("備份資料夾", self.backups)
        form.addRow("磁碟機", self.drive)
        self.open_store = button("開啟資料夾(&F)", icon_name="folder_open_16_regular")
        self.open_backups = button("開啟備份資料夾(&K)", icon_name="folder_open_16_regular")
        self.add_acts(self.open_store, self.open_backups)
        self.end()

    def show_view(self, view: SettingsView) -> None:
        """Show the paths."""
        self.store.setText(str(view.store_path))
        self.weight.setText(f"{view.store_bytes / 1_000_000:,.1f} MB")
        self.backups.setText(str(view.backup_folder))
        self.drive.setText(
            "網路磁碟機：同一時間只有一台電腦能寫入，請定期把備份複製到別處。"
            if view.is_network
            else "這台電腦的磁碟機"
        )
        self.open_backups.setEnabled(view.backup_folder.is_dir())
        self.open_backups.setToolTip("" if view.backup_folder.is_dir() else "還沒有備份")


class LookSection(Section):
    """Light, dark, high contrast; size of text.

    Attributes:
        scheme_chosen: Another look.
        text_chosen: Another size of text, in percent of the system's.
    """

    scheme_chosen = Signal(object)
    text_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(
            "畫面",
            "平常跟隨系統的設定；高對比用最強的黑白對比和較少的顏色。選了立刻生效，只影響這台電腦。",
        )
        form = self.add_form()
        self.scheme, self.text = WheelFreeBox(), WheelFreeBox()
        self.scheme.setAccessibleName("顏色")
        self.text.setAccessibleName("文字大小")
        for choice, words in SCHEMES:
            self.scheme.addItem(words, choice.value)
        for percent in TEXT_PERCENTS:
            words = "跟隨系統" if percent == 100 else f"系統的 {percent} %"
            self.text.addItem(words, percent)
        form.addRow("顏色(&C)", self.scheme)
        form.addRow("文字大小(&T)", self.text)
        self.end()
        self.scheme.activated.connect(
            lambda _: self.scheme_chosen.emit(SchemeChoice.of(self.scheme.currentData()))
        )
        self.text.activated.connect(lambda _: self.text_chosen.emit(self.text.currentData()))

    def show_theme(self, theme: Theme) -> None:
        """Show what is chosen."""
        self.scheme.setCurrentIndex(self.scheme.findData(theme.choice.value))
        self.text.setCurrentIndex(max(self.text.findData(theme.text_percent), 0))
