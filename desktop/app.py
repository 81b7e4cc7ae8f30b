"""Opens the window: look, language, store, log; the composition root of the desktop."""

from __future__ import annotations

import getpass
import logging
import logging.handlers
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QSettings,
    Qt,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

import desktop.qt  # noqa: F401 - first of all: keeps Python alive under the binding
from desktop.domain.accounts import AccountRole
from desktop.domain.masking import masked_personal_data as masked
from desktop.qt.concealing import conceal_identity_numbers
from desktop.qt.dialogs.sign_in import ChangePasswordDialog, SignInDialog
from desktop.qt.failures import sentence_for
from desktop.qt.main_window import MainWindow
from desktop.qt.operations import TURN_SECONDS
from desktop.qt.services import services_of
from desktop.qt.theme import SchemeChoice, Theme
from desktop.qt.widgets.timeline import install_accessibility
from desktop.qt.window_place import fit_screen
from desktop.services import accounts, safekeeping
from desktop.services.data_place import STORE_NAME, DataPlace, PolicyError, this_place
from desktop.services.isolation import OwnProcesses
from desktop.services.office import Office, open_office
from desktop.services.sample_office import open_sample_office
from desktop.services.self_testing import SelfTestError
from desktop.services.shared_agency import apply_shared_agency

log = logging.getLogger("desktop")

_TURNS = 50
"""Turns of the event loop after which a window of the sample office has drawn itself."""
_SMALLEST_SIDE, _FEWEST_COLOURS = 400, 12
_CHINESE_FACES = ("msjh.ttc", "msjhbd.ttc", "mingliu.ttc", "kaiu.ttf")
LOG_BYTES = 1_000_000
LOG_FILES = 3


class _MaskingFormatter(logging.Formatter):
    """Writes no personal data: identifiers, names beside them, mail, telephone."""

    def format(self, record: logging.LogRecord) -> str:
        """One record, masked."""
        return masked(super().format(record))


def start_log(folder: Path) -> None:
    """Write a rotating log into the store's folder, personal data masked."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "gongyu.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(_MaskingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def make_application() -> QApplication:
    """The application: scaling, language, screen readers."""
    running = QApplication.instance()
    if running is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("公餘")
    application.setOrganizationName("Gongyu")
    speak_chinese(application)
    install_accessibility()
    return application


def speak_chinese(application: QApplication) -> None:
    """Give Qt's own dialogs and menus their Traditional Chinese words."""
    taiwan = QLocale(
        QLocale.Language.Chinese, QLocale.Script.TraditionalHanScript, QLocale.Country.Taiwan
    )
    QLocale.setDefault(taiwan)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name in ("qtbase_zh_TW", "qt_zh_TW"):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)


def run_window(store_path: Path | None, *, sample: bool = False) -> int:
    """Open the window and stay until it is closed.

    Args:
        store_path: The store; the user's own when None.
        sample: Open the sample office instead, in a folder that is thrown away.

    Returns:
        The exit code: 0, or 1 when the store could not be opened or the policy not be followed.
    """
    sys.setswitchinterval(TURN_SECONDS)
    application = make_application()
    try:
        place = None if sample or store_path else this_place()
    except PolicyError as error:
        QMessageBox.critical(None, "公餘", str(error))
        return 1
    store_path = place.store_path if place else store_path
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = store_path.parent if store_path and not sample else Path(scratch)
        try:
            start_log(folder)
        except OSError as error:
            QMessageBox.critical(None, "公餘", sentence_for(error, act="開啟資料資料夾"))
            return 1
        sys.excepthook = _hook
        qInstallMessageHandler(_take_qt_message)
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        theme = Theme(application)
        theme.choose(SchemeChoice.of(settings.value("scheme")))
        theme.choose_text(_whole(settings.value("text_percent"), 100))
        notes: list[tuple[str, str]] = []
        while True:
            try:
                office = _open(store_path, folder, sample=sample)
            except Exception as error:
                log.error("cannot open the store", exc_info=error)
                QMessageBox.critical(None, "公餘", sentence_for(error, act="開啟資料庫"))
                return 1
            # Before anybody signs in: who may only read could not take over shared settings.
            notes += [("review", sentence) for sentence in _notes_on_place(office, place)]
            opened = ask_who(office)
            if opened is None:
                office.close()
                close_log()
                return 0
            left = _stay_open(opened, application, settings, theme, notes, is_sample=sample)
            if left.is_signing_out:
                accounts.sign_out(opened)
            path = opened.store.path
            opened.close()
            if sample or (left.restore is None and not left.is_signing_out):
                break
            notes = [restore_over(left.restore, path)] if left.restore is not None else []
        close_log()
    return 0


@dataclass(frozen=True, slots=True)
class Leaving:
    """How a window was left.

    Attributes:
        restore: The backup to be put in the store's place, if one is wanted.
        is_signing_out: Whether somebody else is to sign in.
    """

    restore: Path | None = None
    is_signing_out: bool = False


def _stay_open(
    office: Office,
    application: QApplication,
    settings: QSettings,
    theme: Theme,
    notes: Sequence[tuple[str, str]],
    *,
    is_sample: bool,
) -> Leaving:
    """Show an office until its window is closed."""
    wanted: list[Path] = []

    def restore(backup: Path) -> None:
        wanted.append(backup)
        application.closeAllWindows()

    needs_head = accounts.is_sign_in_on(office) and office.role is not AccountRole.HEAD
    window = show_office(
        office,
        settings=settings,
        theme=theme,
        is_sample=is_sample,
        restore=None if needs_head else restore,
    )
    for kind, sentence in notes:
        window.note(kind, sentence)
    # A window with the sample may be open beside it.
    window.signed_out.connect(application.closeAllWindows)
    application.exec()
    window.operations.finish()
    window.deleteLater()
    return Leaving(wanted[-1] if wanted else None, window.is_signing_out)


def restore_over(backup: Path, store: Path) -> tuple[str, str]:
    """Put a backup in the place of a store that is closed.

    Args:
        backup: What to restore.
        store: The live file.

    Returns:
        Kind and words of the note that the next window shows; a failure leaves the store as it was.
    """
    try:
        aside = safekeeping.restore(backup, store, actor="", clock=datetime.now)
    except Exception as error:
        log.error("cannot restore", exc_info=error)
        return "fail", sentence_for(error, act="還原備份")
    kept = f"；原來的資料另存成「{aside.name}」，在同一個資料夾" if aside is not None else ""
    return "pass", f"已還原「{backup.name}」{kept}。"


def _whole(kept: object, usual: int) -> int:
    """A whole number as it was kept, the usual one for anything else."""
    words = str(kept)
    return int(words) if words.isascii() and words.isdigit() else usual


def ask_who(office: Office) -> Office | None:
    """The office as opened for who signs in; as it is while nobody has a password.

    Args:
        office: As opened.

    Returns:
        None when nobody signed in.
    """
    if not accounts.is_sign_in_on(office):
        return office
    names = [one.name for one in accounts.accounts(office) if one.is_active]
    dialog = SignInDialog(
        names,
        partial(accounts.sign_in, office),
        recover=partial(accounts.recover, office),
    )
    dialog.exec()
    opened = dialog.opened
    if not isinstance(opened, Office):
        return None
    conceal_identity_numbers(opened.role is AccountRole.READER)
    mine = next(one for one in accounts.accounts(opened) if one.name == opened.actor)
    if mine.must_change:
        change = ChangePasswordDialog(partial(accounts.change_password, opened), must=True)
        if not change.exec():
            return None
    return opened


def close_log() -> None:
    """Let go of the log file, so that its folder can be thrown away."""
    for handler in list(log.handlers):
        handler.close()
        log.removeHandler(handler)


def _open(store_path: Path | None, folder: Path, *, sample: bool) -> Office:
    if sample:
        return open_sample_office(folder, clock=datetime.now)
    folder.mkdir(parents=True, exist_ok=True)
    path = store_path or folder / STORE_NAME
    return open_office(path, actor=getpass.getuser(), clock=datetime.now, isolation=OwnProcesses())


def _notes_on_place(office: Office, place: DataPlace | None) -> list[str]:
    """What the clerk should know of where the data lies and whose settings are in force."""
    sentences = []
    if office.store.is_network:
        sentences.append(
            "資料放在網路磁碟機：同一時間只有一台電腦能寫入，速度也較慢；"
            "請定期把備份複製到本機或其他地方。"
        )
    if place is not None and place.agency_file is not None:
        sentence = apply_shared_agency(office, place.agency_file)
        if sentence is not None:
            sentences.append(sentence)
    return sentences


def render_off_screen(office: Office) -> str:
    """The window of an office, drawn without a screen and looked at.

    Args:
        office: An office with data in it.

    Returns:
        What was seen, in words.

    Raises:
        SelfTestError: When the picture is empty or Chinese has no face.
    """
    # Only where no application runs yet; the product's own start has none at that point.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    if QGuiApplication.platformName() == "offscreen":
        _lend_fonts(Path(os.environ.get("WINDIR", "")) / "Fonts")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        settings = QSettings(str(Path(scratch) / "window.ini"), QSettings.Format.IniFormat)
        window = show_office(office, settings=settings, theme=Theme(application))
        window.resize(1366, 768)
        for _ in range(_TURNS):
            application.processEvents()
        picture = window.grab().toImage()
        has_chinese = window.fontMetrics().inFontUcs4(ord("餘"))
        window.operations.finish()
        window.close()
        window.deleteLater()
        application.processEvents()
    size = (picture.width(), picture.height())
    colours = {picture.pixel(x, y) for x in range(0, size[0], 7) for y in range(0, size[1], 7)}
    if min(size) < _SMALLEST_SIDE or len(colours) < _FEWEST_COLOURS:
        raise SelfTestError(f"視窗畫出來是空的（{size[0]}×{size[1]}，{len(colours)} 色）。")
    if not has_chinese:
        raise SelfTestError("視窗的字型沒有中文字，畫面會是方框；請安裝中文字型。")
    platform_name = QGuiApplication.platformName()
    return (
        f"視窗 {size[0]}×{size[1]} 已畫出（{len(colours)} 色，平台 {platform_name}），字型有中文。"
    )


def _summary_of(report: str) -> str:
    """The report's second paragraph: result, version, system."""
    parts = report.split("\n\n")
    return parts[1] if len(parts) > 1 else report


def _lend_fonts(folder: Path) -> None:
    """Give Qt the PC's own Chinese faces: drawing off screen, it does not ask Windows for them."""
    for name in _CHINESE_FACES:
        if (folder / name).is_file():
            QFontDatabase.addApplicationFont(str(folder / name))


def show_self_test(text: str, path: Path) -> None:
    """Show the self-test's report and where it was written."""
    application = make_application()
    box = QMessageBox(QMessageBox.Icon.Information, "公餘 自我測試", _summary_of(text))
    box.setInformativeText(f"報告在「{path}」，可以寄給資訊人員。")
    box.setDetailedText(text)
    box.exec()
    application.processEvents()


def show_office(
    office: Office,
    *,
    settings: QSettings,
    theme: Theme,
    is_sample: bool = False,
    open_sample: Callable[[], None] | None = None,
    restore: Callable[[Path], None] | None = None,
) -> MainWindow:
    """The window of an open office, shown.

    Args:
        office: The open office.
        settings: What is remembered of windows and columns.
        theme: The look.
        is_sample: Whether this is the sample office.
        open_sample: Opens the sample office; one of its own in another window unless given.
        restore: Puts a backup in the office's place; None where nobody may.
    """
    samples: list[tuple[MainWindow, tempfile.TemporaryDirectory[str]]] = []

    def open_another() -> None:
        scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        folder = Path(scratch.name)

        def opened(sample: Office) -> None:
            kept = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
            other = show_office(sample, settings=kept, theme=theme, is_sample=True)
            samples.append((other, scratch))

        window.operations.run_write(
            lambda report: open_sample_office(folder, clock=datetime.now, progress=report),
            opened,
            words="準備範例",
            owner=window,
            can_cancel=True,
        )

    window = MainWindow(
        services_of(office),
        settings=settings,
        theme=theme,
        actor=office.actor,
        role=office.role,
        is_sample=is_sample,
        restore=restore,
        open_sample=open_sample or (None if is_sample else open_another),
    )
    window.setWindowIcon(QIcon())
    fit_screen(window, window.screen().availableGeometry())
    window.show()
    return window


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody caught: a sentence for the clerk, the rest for the log."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    log.critical("uncaught", exc_info=(kind, error, trace))
    window = QApplication.activeWindow()
    sentence = sentence_for(error, act="這個動作")
    if isinstance(window, MainWindow):
        window.note("fail", sentence)
    else:
        QMessageBox.critical(window, "公餘", sentence)


def _take_qt_message(kind: QtMsgType, context: object, words: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    log.log(level, "Qt: %s", words)
