"""What prints is what was shown; ranges, copies, sides, a printer put right, documents cancelled."""

from __future__ import annotations

from datetime import datetime

import pypdfium2
import pytest
from PIL import Image, ImageChops
from PySide6.QtPrintSupport import QPrinter

from desktop.qt.dialogs.issued import IssuedDialog
from desktop.qt.dialogs.printing import CalibrationDialog, PrintDialog
from desktop.qt.printing import Offset, PrintJob, keep_offset, offset_of, print_pages
from desktop.services.cancelling import IssuedEntry
from desktop.services.issuing import preview_forms
from tests.qt.conftest import PLAN, settle
from tests.qt.test_papers_page import grab

KEYS = ("A0011/policy", "A0011/city", "A0011/common")


def printer_to(path, resolution: int = 150) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(resolution)
    printer.setOutputFileName(str(path))
    return printer


def pictures(pdf: bytes, *, scale: float = 150 / 72) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=scale).to_pil().convert("L") for page in document]


def dark_box(picture: Image.Image) -> tuple[int, int, int, int]:
    return picture.point(lambda tone: 255 if tone < 128 else 0).getbbox()


def test_printed_sides_are_the_pages_of_the_preview(qapp, sample, tmp_path) -> None:
    previewed = preview_forms(sample, PLAN, KEYS, with_stamp=True)
    path = tmp_path / "印出.pdf"
    assert print_pages(previewed.pdf, printer_to(path)) == len(previewed.keys)
    shown, printed = pictures(previewed.pdf), pictures(path.read_bytes())
    assert len(shown) == len(printed)
    for one, other in zip(shown, printed, strict=True):
        other = other.resize(one.size)
        assert dark_box(one) == pytest.approx(dark_box(other), abs=2)
        # Blurred by a step, edges drawn twice differ little; a missing word would not.
        small = (one.width // 6, one.height // 6)
        difference = ImageChops.difference(one.resize(small), other.resize(small))
        assert difference.getextrema()[1] < 90


def test_pages_come_in_the_order_of_the_run_with_blank_sides(qapp, sample, tmp_path) -> None:
    previewed = preview_forms(sample, PLAN, KEYS[:2], with_stamp=False)
    path = tmp_path / "印出.pdf"
    assert print_pages(previewed.pdf, printer_to(path), run=(1, None, 0, None)) == 4
    shown, printed = pictures(previewed.pdf), pictures(path.read_bytes())
    assert [page.getextrema()[0] > 250 for page in printed] == [False, True, False, True]
    for at, page in ((0, 1), (2, 0)):
        difference = ImageChops.difference(
            shown[page].resize((200, 280)), printed[at].resize((200, 280))
        )
        assert difference.getextrema()[1] < 90


def test_offset_moves_every_page_by_millimetres(qapp, sample, tmp_path) -> None:
    sheet = preview_forms(sample, PLAN, KEYS[:1], with_stamp=False).pdf
    plain, moved = tmp_path / "原.pdf", tmp_path / "移.pdf"
    print_pages(sheet, printer_to(plain))
    print_pages(sheet, printer_to(moved), offset=Offset(right=2.0, down=-1.0))
    before = dark_box(pictures(plain.read_bytes())[0])
    after = dark_box(pictures(moved.read_bytes())[0])
    dots = 150 / 25.4
    assert after[0] - before[0] == pytest.approx(2.0 * dots, abs=1.5)
    assert after[1] - before[1] == pytest.approx(-1.0 * dots, abs=1.5)


def test_offset_is_remembered_for_each_printer(settings) -> None:
    keep_offset(settings, "甲 印表機", Offset(0.5, -1.0))
    assert offset_of(settings, "甲 印表機") == Offset(0.5, -1.0)
    assert offset_of(settings, "乙") == Offset()
    assert Offset(0.5, -1.0).words == "往右 0.5、往上 1.0 公釐"


def test_dialog_gathers_printer_pages_copies_and_sides(qtbot, settings, theme) -> None:
    keep_offset(settings, "乙印表機", Offset(0.5, 0.0))
    dialog = PrintDialog(
        "列印 3 份申請表",
        settings=settings,
        pages=3,
        calibrate=lambda name, over: None,
        printers=("甲印表機", "乙印表機"),
        parent=None,
    )
    qtbot.addWidget(dialog)
    dialog.check_pages_by(lambda words: "沒有第 9 頁" if words == "9" else "")
    dialog.printer.setCurrentIndex(1)
    assert dialog.offset.text() == "往右 0.5、往下 0.0 公釐"
    dialog.pages.setText("9")
    assert not dialog.accept_button.isEnabled()
    assert dialog.remark.text() == "沒有第 9 頁"
    dialog.pages.setText("1-2")
    dialog.copies.setValue(2)
    dialog.sides.setCurrentIndex(1)
    assert "每份文件都從新的一張紙開始" in dialog.remark.text()
    dialog.show()
    grab(dialog, "print")
    dialog.accept_button.click()
    job = dialog.job
    assert (job.pages, job.copies, job.is_duplex, job.is_collated) == ("1-2", 2, True, True)
    assert job.offset == Offset(0.5, 0.0)
    assert dialog.sides.currentData() == QPrinter.DuplexMode.DuplexLongSide
    assert settings.value("printers/last") == "乙印表機"


def test_pc_without_a_printer_says_what_to_do(qtbot, settings, theme) -> None:
    dialog = PrintDialog(
        "列印", settings=settings, pages=0, calibrate=lambda *_: None, printers=(), parent=None
    )
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    assert "存成一個 PDF" in dialog.remark.text()


def test_calibration_keeps_what_the_ruler_asks_for(qtbot, settings, theme) -> None:
    keep_offset(settings, "甲印表機", Offset(0.5, 0.0))
    printed = []
    dialog = CalibrationDialog(
        "甲印表機",
        settings=settings,
        print_sheet=printed.append,
        corrected=lambda left, top, now: (now.right + 20 - left, now.down + 20 - top),
        parent=None,
    )
    qtbot.addWidget(dialog)
    dialog._print_sheet(dialog.now)
    assert printed == [Offset(0.5, 0.0)]
    dialog.left.setValue(19.5)
    dialog.top.setValue(21.0)
    assert dialog.outcome.text() == "之後的每一頁：往右 1.0、往上 1.0 公釐"
    dialog.show()
    grab(dialog, "calibration")
    dialog.accept_button.click()
    assert offset_of(settings, "甲印表機") == Offset(1.0, -1.0)


def test_only_documents_with_a_page_among_those_chosen_are_numbered(
    qtbot, open_window, sample, tmp_path
) -> None:
    window = open_window(sample)
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    forms.table.tick(KEYS)
    settle(qtbot, window)
    path = tmp_path / "印出.pdf"
    forms._choose_printer = lambda parent, title: PrintJob(
        printer_to(path), pages="2", copies=2, is_duplex=True
    )
    forms.print_button.click()
    settle(qtbot, window)
    numbered = {c.key for c in forms._all if c.number}
    ticked_in_order = [c.key for c in forms._all if c.key in KEYS]
    assert numbered == {ticked_in_order[1]}
    assert len(pictures(path.read_bytes(), scale=0.2)) == 4


def test_list_of_documents_says_what_to_do_while_it_is_empty_and_when_nothing_fits(
    qtbot, theme
) -> None:
    dialog = IssuedDialog((), cancel=lambda number, reason: None, parent=None)
    qtbot.addWidget(dialog)
    assert dialog.stack.currentWidget() is dialog.none_yet
    assert "列印" in dialog.none_yet.accessibleName()
    assert not dialog.filter.isEnabled()
    assert dialog.cancel_button.toolTip() == "還沒有發出任何文件"
    moment = datetime(2025, 8, 6, 9, 41)
    entry = IssuedEntry(
        "KH-114-000001", "申請表", "A0011", "周雅雯", moment, "林小如", 1, "", "", False, False
    )
    dialog.take([entry])
    assert dialog.stack.currentWidget() is dialog.view
    dialog.filter.setText("沒有這個人")
    assert dialog.stack.currentWidget() is dialog.none_fits
    assert dialog.cancel_button.toolTip() == "沒有符合的文件"
    dialog.clear_button.click()
    assert dialog.stack.currentWidget() is dialog.view
    assert dialog.current == entry


def test_document_is_cancelled_with_a_reason_and_its_slip_printed(
    qtbot, open_window, sample, tmp_path
) -> None:
    window = open_window(sample)
    window.open_page("forms")
    forms = window.pages["forms"]
    settle(qtbot, window)
    forms.table.tick(KEYS[:2])
    forms.save_one_to(tmp_path / "申請表.pdf")
    settle(qtbot, window)
    forms.show_issued()
    settle(qtbot, window)
    dialog = forms.issued_dialog
    assert [e.number for e in dialog.table.rows] == ["KH-114-000002", "KH-114-000001"]
    assert not dialog.cancel_button.isEnabled()
    dialog.filter.setText("000001")
    dialog.reason.setText("當事人撤回申請")
    assert dialog.cancel_button.isEnabled()
    path = tmp_path / "註銷單.pdf"
    forms._choose_printer = lambda parent, title: PrintJob(printer_to(path))
    dialog.cancel_button.click()
    settle(qtbot, window)
    dialog.filter.setText("")
    assert [(e.number, e.state) for e in dialog.table.rows] == [
        ("KH-114-000003", "註銷單"),
        ("KH-114-000002", "有效"),
        ("KH-114-000001", "已註銷"),
    ]
    assert len(pictures(path.read_bytes(), scale=0.2)) == 1
    grab(dialog, "issued")
    dialog.accept()
