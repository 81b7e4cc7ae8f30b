"""設定: everything that is set once, saved as soon as it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontInfo
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.changes import Area, ChangeSet
from desktop.qt.dialogs.data_life import DataLifeDialog
from desktop.qt.dialogs.restoring import RestoreDialog
from desktop.qt.pages.base import Command, Context, Page
from desktop.qt.pages.calibration_desk import open_calibration
from desktop.qt.pages.forms_stamps import StampDesk
from desktop.qt.pages.settings_backups import BackupSection
from desktop.qt.pages.settings_machine import (
    FontSection,
    LookSection,
    PlaceSection,
    PrinterSection,
)
from desktop.qt.pages.settings_office import (
    AccountSection,
    KeepingSection,
    OfficeSection,
    StampSection,
)
from desktop.qt.pages.settings_parts import Section
from desktop.qt.theme import SchemeChoice, ui_font
from desktop.qt.widgets import paint
from desktop.qt.widgets.basics import IconLabel, Splitter, announce, label, pane

if TYPE_CHECKING:
    from desktop.services.safekeeping import BackupContents
    from desktop.services.settings_views import SettingsView

PATTERNS = "patterns"
"""What 人員差勤 is asked for when the clerk wants to the 班別."""

_FOLLOWED = frozenset({Area.AGENCY, Area.SETTINGS, Area.ACCOUNTS, Area.BACKUPS, Area.EVIDENCE})


class SettingsPage(Page):
    """The matters at the left, the chosen one's fields at the right."""

    name = "settings"
    caption = "設定"
    icon = "settings"
    help_words = (
        "左邊選一類，右邊改；改了立刻儲存，上方寫著儲存的時間，機關與承辦人可以用 Ctrl+Z 復原。"
        "還原備份會先讀過備份、說明內容，再問一次；現在的資料會另存，不會不見。"
    )

    def __init__(
        self,
        context: Context,
        *,
        printers: Callable[[], list[str]] = QPrinterInfo.availablePrinterNames,
        open_folder: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        """Make the page.

        Args:
            context: Services, operations, settings.
            printers: Names the printers of this PC; asked off the UI thread.
            open_folder: Shows a folder in the system's own window.
        """
        super().__init__(context)
        self._printers, self._open_folder = printers, open_folder
        self._is_read = False
        self._is_stale = False
        self._view: SettingsView | None = None
        self.stamps = StampDesk(self, self._read_stamps, is_for_print=False)
        self.restore_dialog: RestoreDialog | None = None
        self._build()
        self._connect()

    # ----------------------------------------------------------------- building
    def _build(self) -> None:
        desk = self.context.desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = pane("head")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(label("設定", "title"))
        row.addStretch(1)
        self._saved_icon = IconLabel("checkmark_circle_16_filled", "verdict.pass")
        self._saved_icon.hide()
        self.saved = label("改了立刻儲存", "secondary")
        self.saved.setAccessibleName("儲存的狀態")
        row.addWidget(self._saved_icon)
        row.addWidget(self.saved)
        column.addWidget(head)
        self.office = OfficeSection()
        self.stamp_section = StampSection()
        self.fonts = FontSection(QFontInfo(ui_font("body")).family())
        self.printers = PrinterSection(self.context.settings)
        self.accounts = AccountSection()
        self.keeping = KeepingSection()
        cannot = desk is None or desk.restore is None
        self.backups = BackupSection(
            hindrance="範例、查閱帳號，以及啟用登入後的承辦人不能還原；請主管登入後還原。"
            if cannot
            else ""
        )
        self.place = PlaceSection(is_sample=desk is not None and desk.is_sample)
        self.look = LookSection()
        self.sections: tuple[Section, ...] = (
            self.office,
            self.stamp_section,
            self.fonts,
            self.printers,
            self.accounts,
            self.keeping,
            self.backups,
            self.place,
            self.look,
        )
        self.list = QListWidget()
        self.list.setAccessibleName("設定的類別")
        self.list.setObjectName("sections")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.stack = QStackedWidget()
        for section in self.sections:
            self.list.addItem(section.title)
            self.stack.addWidget(section)
        self.list.setMinimumWidth(150)
        self._fit_rows()
        self.splitter = Splitter(Qt.Orientation.Horizontal, self.list, self.stack)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([208, 1000])
        self.remember("splitter", self.splitter)
        column.addWidget(self.splitter, 1)
        self.list.currentRowChanged.connect(self._show_section)
        self.list.setCurrentRow(0)
        if desk is not None:
            self.look.show_theme(desk.theme)
            desk.theme.changed.connect(self._follow_theme)

    def _fit_rows(self) -> None:
        height = paint.row_height("row_table") + 8
        for number in range(self.list.count()):
            self.list.item(number).setSizeHint(QSize(120, height))

    def _connect(self) -> None:
        self.office.agency_written.connect(self.write_agency)
        self.office.clerk_written.connect(self.write_clerk)
        self.office.patterns_wanted.connect(lambda: self.asked.emit("duty", PATTERNS))
        self.stamp_section.manage.clicked.connect(lambda _=False: self.stamps.open())
        self.printers.calibrate_wanted.connect(self._calibrate)
        self.accounts.accounts.clicked.connect(lambda _=False: self._at_desk("accounts"))
        self.accounts.password.clicked.connect(lambda _=False: self._at_desk("change_password"))
        self.keeping.open.clicked.connect(lambda _=False: self.open_data_life())
        self.backups.made_wanted.connect(self.back_up)
        self.backups.copy_wanted.connect(self._ask_copy)
        self.backups.restore_wanted.connect(self.look_into)
        self.backups.file_wanted.connect(self._ask_file)
        self.place.open_store.clicked.connect(lambda _=False: self._open("store_path"))
        self.place.open_backups.clicked.connect(lambda _=False: self._open("backup_folder"))
        self.look.scheme_chosen.connect(self.choose_scheme)
        self.look.text_chosen.connect(self.choose_text)

    # ------------------------------------------------------------------- reading
    def showEvent(self, event) -> None:
        """Read when the page first comes up, and what changed while it was away."""
        super().showEvent(event)
        if not self._is_read or self._is_stale:
            self.read()

    def read(self) -> None:
        """Read everything the sections show."""
        is_first, self._is_read, self._is_stale = not self._is_read, True, False
        services = self.services
        self.operations.run_read(
            lambda report: (services.settings_view(), services.backups()),
            lambda found: self._show(*found),
            words="讀取設定",
            owner=self,
            latest="settings",
        )
        self._read_stamps()
        if is_first:
            self.operations.run_read(
                lambda report: self._printers(),
                self.printers.show_printers,
                words="找印表機",
                owner=self,
            )

    def _read_stamps(self) -> None:
        services = self.services
        self.operations.run_read(
            lambda report: services.stamp_pictures(),
            self.stamp_section.show_stamps,
            words="讀取職名章",
            owner=self,
            latest="settings-stamps",
        )

    def _show(self, view: SettingsView, backups) -> None:
        self._view = view
        for section in (self.office, self.fonts, self.accounts, self.place):
            section.show_view(view)
        self.backups.show_backups(backups)

    def follow(self, change: ChangeSet) -> None:
        """Read again what an act changed, wherever it was done."""
        if not self._is_read or not change.areas & _FOLLOWED:
            return
        self._is_stale = True
        if self.isVisible():
            self.read()

    def _show_section(self, number: int) -> None:
        self.stack.setCurrentIndex(number)

    def open_section(self, section: Section) -> None:
        """Show one matter."""
        self.list.setCurrentRow(self.sections.index(section))

    # -------------------------------------------------------------------- saving
    def _tell_saved(self, _result: Any = None) -> None:
        self._saved_icon.show()
        self.saved.setText(f"已儲存 {self.services.now():%H:%M:%S}")
        announce(self.saved, self.saved.text())

    def _write(self, work: Callable[[], Any], words: str) -> None:
        self.operations.run_write(
            lambda report: work(),
            self._tell_saved,
            words=words,
            owner=self,
            on_failure=self._refused,
        )

    def _refused(self, sentence: str) -> None:
        self.noted.emit("fail", sentence)
        self.read()

    def write_agency(self, name: str, city: str) -> None:
        """Keep the agency's name and city."""
        services = self.services
        self._write(lambda: services.name_agency(name=name, city=city), "儲存機關名稱")

    def write_clerk(self, name: str) -> None:
        """Keep how paper names the clerk."""
        services = self.services
        self._write(lambda: services.name_clerk(name), "儲存承辦人姓名")

    def choose_scheme(self, choice: SchemeChoice) -> None:
        """Put another look on and remember it."""
        desk = self.context.desk
        if desk is not None:
            self.context.settings.setValue("scheme", choice.value)
            desk.theme.choose(choice)
            self._tell_saved()

    def choose_text(self, percent: int) -> None:
        """Put another size of text on and remember it."""
        desk = self.context.desk
        if desk is not None:
            self.context.settings.setValue("text_percent", percent)
            desk.theme.choose_text(percent)
            self._tell_saved()

    def _follow_theme(self) -> None:
        desk = self.context.desk
        if desk is not None:
            self.look.show_theme(desk.theme)
        self._fit_rows()

    # ---------------------------------------------------------------------- acts
    def _at_desk(self, act: str) -> None:
        desk = self.context.desk
        if desk is not None:
            getattr(desk, act)()
            self.read()

    def open_data_life(self) -> DataLifeDialog:
        """Show how long data is kept and what is past its period."""
        dialog = DataLifeDialog(self.services, self.operations, parent=self)
        dialog.open()
        return dialog

    def _calibrate(self, printer: str) -> None:
        dialog = open_calibration(self, printer)
        if dialog is not None:
            dialog.accepted.connect(self._tell_saved)
            dialog.finished.connect(lambda _: self.printers.show_printers(self.printers.model.rows))

    def _open(self, attribute: str) -> None:
        if self._view is None:
            return
        path: Path = getattr(self._view, attribute)
        folder = path if path.is_dir() else path.parent
        if not self._open_folder(QUrl.fromLocalFile(str(folder))):
            self.noted.emit(
                "info", f"這台電腦沒有開啟資料夾的程式；資料在「{folder}」，請自己到那裡看。"
            )

    def back_up(self) -> None:
        """Make a checked backup now."""
        services = self.services
        self.operations.run_write(
            lambda report: services.back_up_now(), self._tell_saved, words="備份", owner=self
        )

    def _ask_copy(self, backup: Path | None) -> None:
        if backup is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "另存備份", backup.name, "公餘備份 (*.sqlite)")
        if name:
            self.copy_to(backup, Path(name))

    def copy_to(self, backup: Path, target: Path) -> None:
        """Copy a backup elsewhere."""
        services = self.services
        self.operations.run_read(
            lambda report: services.copy_backup(backup, target),
            lambda made: self.noted.emit("pass", f"備份已另存成「{made}」，內容核對過。"),
            words="另存備份",
            owner=self,
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "選備份檔", "", "公餘備份 (*.sqlite *.db)")
        if name:
            self.look_into(Path(name))

    def look_into(self, backup: Path | None) -> None:
        """Read what a backup holds, then ask whether to restore it."""
        if backup is None:
            return
        services = self.services
        self.operations.run_read(
            lambda report: services.look_into_backup(backup),
            self._ask_restore,
            words="讀取備份",
            owner=self,
            latest="settings-backup",
            on_failure=lambda sentence: self.noted.emit("fail", sentence),
        )

    def _ask_restore(self, found: BackupContents) -> None:
        desk = self.context.desk
        if desk is None or desk.restore is None:
            return
        self.restore_dialog = RestoreDialog(found, parent=self)
        self.restore_dialog.accepted.connect(partial(desk.restore, found.path))
        self.restore_dialog.open()

    # ------------------------------------------------------------------ keyboard
    def receive(self, thing: object) -> None:
        """Show the matter another part of the window asked for, by its title."""
        for section in self.sections:
            if section.title == thing:
                self.open_section(section)

    def commands(self) -> tuple[Command, ...]:
        """Every matter, and the backup."""
        return (
            *(
                Command(f"設定：{section.title}", partial(self.open_section, section))
                for section in self.sections
            ),
            Command("備份這個資料庫", self.back_up),
            Command("重新讀取設定", self.read, "F5"),
        )

    def primary_focus(self) -> QWidget | None:
        """The list of matters."""
        return self.list
