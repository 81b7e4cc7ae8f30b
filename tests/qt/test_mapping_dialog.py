"""對應欄位 in the window: offered, proposed, corrected by keyboard, adopted, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QTableView

from desktop.domain.evidence import EvidenceKind
from desktop.qt.dialogs.mapping import MappingDialog
from desktop.qt.dialogs.profiles import ProfilesDialog
from desktop.qt.models.mapping import FIXED, MappingForm, SheetModel
from desktop.qt.models.roles import Role
from desktop.services.importing import read_batch, store_batch
from desktop.services.mapping import ProposedField, SheetView, profiles
from desktop.services.mapping_nature import Look
from desktop.services.mapping_proposals import MappingProposal
from tests.qt.conftest import settle, settle_delayed
from tests.qt.test_pages import KNOWN, mnemonics

SAMPLE = Path(__file__).parents[1] / "samples" / "sheets" / "attendance_unknown.csv"
ROSTER = (
    "人員代號,姓名,服務單位,職稱\n"
    "A0002,王小明,人事室,科員\nA0003,陳美玲,秘書室,辦事員\nA0006,李大山,會計室,科員\n"
)


# -------------------------------------------------------------------------------------------- models
def field(column: str, title: str = "", *, is_needed: bool = False, instead=()) -> ProposedField:
    return ProposedField(column, is_needed, instead, title, f"標題就是「{title}」" if title else "")


def form() -> MappingForm:
    fields = (
        field("人員代號", "工號", is_needed=True, instead=("姓名",)),
        field("姓名", is_needed=True, instead=("人員代號",)),
        field("類別", is_needed=True),
        field("事由", "說明"),
    )
    looks = tuple(Look(title, ("a", "b"), 2, {}) for title in ("工號", "說明", "假"))
    return MappingForm(MappingProposal(EvidenceKind.ATTENDANCE, fields, looks, ("類別",)))


def test_form_begins_with_what_is_proposed_and_says_what_is_missing():
    one = form()
    assert one.columns == (("人員代號", "工號"), ("事由", "說明"))
    assert [one.is_missing(f) for f in one.fields] == [False, False, True, False]
    assert [one.reason(f) for f in one.fields] == [
        "標題就是「工號」",
        "",
        "必要，請選一個標題",
        "標題就是「說明」",
    ]


def test_heading_chosen_for_another_column_is_taken_from_the_first():
    one = form()
    assert one.choose("類別", "工號") == "人員代號"
    assert one.columns == (("類別", "工號"), ("事由", "說明"))
    assert one.reason(one.fields[0]) == "必要，或選姓名"
    assert one.reason(one.fields[2]) == "您選的"
    assert one.choose("類別", "") == ""
    assert one.is_missing(one.fields[2])


def test_form_takes_a_remembered_mapping_as_far_as_the_kind_has_its_columns():
    one = form()
    one.take((("姓名", "假"), ("金額", "說明")), (("類別", "加班"),))
    assert one.columns == (("姓名", "假"),)
    assert one.fixed == (("類別", "加班"),)


def test_one_value_for_every_row_stands_for_a_heading():
    one = form()
    assert one.choose("類別", FIXED + "加班") == ""
    assert one.fixed == (("類別", "加班"),)
    assert one.columns == (("人員代號", "工號"), ("事由", "說明"))
    assert not one.is_missing(one.fields[2])
    assert one.reason(one.fields[2]) == "您說每一列都是加班"


def test_sheet_model_marks_the_row_of_headings_and_quiets_what_stands_above():
    model = SheetModel()
    rows = (("出勤", ""), ("工號", "假"), ("A1", "病假"))
    model.show_sheet(SheetView("一月", rows, (1, 2, 3), 1, 3), 1)
    assert (model.rowCount(), model.columnCount()) == (3, 3)
    assert [model.index(n, 0).data() for n in range(3)] == ["1", "2", "3"]
    assert [bool(model.index(n, 1).data(Role.STRONG)) for n in range(3)] == [False, True, False]
    assert [bool(model.index(n, 1).data(Role.QUIET)) for n in range(3)] == [True, False, False]
    model.choose_header(2)
    assert model.index(2, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "標題列，第 3 列，A1，病假"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "B"


# -------------------------------------------------------------------------------------------- window
@pytest.fixture
def window(open_window, empty_office, tmp_path, qtbot):
    roster = tmp_path / "名冊.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    store_batch(empty_office, read_batch(empty_office, [roster]))
    window = open_window(empty_office, only=("import",))
    window.open_page("import")
    settle(qtbot, window)
    return window


@pytest.fixture
def page(window, qtbot):
    page = window.pages["import"]
    page.add_paths([SAMPLE])
    settle(qtbot, window)
    return page


@pytest.fixture
def dialog(page, window, qtbot) -> MappingDialog:
    dialog = page.mapping_dialog()
    dialog.open()
    settle(qtbot, window)
    return dialog


def chosen(dialog: MappingDialog) -> dict[str, str]:
    boxes = dialog.findChildren(QComboBox)
    names = {box.accessibleName(): box.currentData() for box in boxes}
    end = "用哪個標題"
    return {n.removesuffix(end): data for n, data in names.items() if n.endswith(end) and data}


def test_refused_sheet_offers_the_mapping_and_others_do_not(page, window, qtbot, tmp_path):
    assert page.map_button.isVisible()
    assert "對應欄位" in page.map_button.text()
    other = tmp_path / "空.csv"
    other.write_text("", encoding="utf-8")
    page.add_paths([other])
    settle(qtbot, window)
    page.file_view.selectRow(1)
    assert not page.map_button.isVisible()
    assert page.mapping_dialog() is None


def test_dialog_proposes_kind_and_columns_and_shows_the_rows(dialog):
    assert dialog.kind_box.currentText() == "差勤紀錄"
    assert chosen(dialog) == {
        "人員代號": "工作證",
        "姓名": "同仁",
        "類別": "差別",
        "起始日期": "何時開始",
        "結束日期": "何時結束",
    }
    assert dialog.sheet_model.header == 1
    assert len(dialog.check_model.rows) == 4
    assert dialog.note.sentence == "5. 核對：讀到 4 列，請看看是不是這個意思。"
    assert dialog.adopt_button.isEnabled()


def test_another_row_of_headings_by_keyboard_is_proposed_for_anew(dialog, window, qtbot):
    dialog.sheet_view.setFocus()
    qtbot.keyClick(dialog.sheet_view, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert dialog.sheet_model.header == 2
    assert not dialog.adopt_button.isEnabled()
    assert "看起來是資料，請改選標題所在的那一列" in dialog.note.sentence
    qtbot.keyClick(dialog.sheet_view, Qt.Key.Key_Up)
    settle(qtbot, window)
    assert dialog.adopt_button.isEnabled()


def test_other_kind_and_other_heading_are_checked_at_once(dialog, window, qtbot):
    box = next(
        one for one in dialog.findChildren(QComboBox) if one.accessibleName() == "類別用哪個標題"
    )
    box.setFocus()
    box.setCurrentIndex(box.findData("共幾時"))
    box.activated.emit(box.currentIndex())
    settle_delayed(qtbot, window)
    assert "類別「2」" in dialog.note.sentence
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(EvidenceKind.ROSTER.value))
    dialog.kind_box.activated.emit(dialog.kind_box.currentIndex())
    settle(qtbot, window)
    assert "服務單位" in chosen(dialog) or "還缺少" in dialog.note.sentence
    assert not dialog.adopt_button.isEnabled()


def test_list_of_nothing_but_overtime_is_mapped_with_one_value(page, window, qtbot, tmp_path):
    path = tmp_path / "加班清冊.csv"
    path.write_text(
        "加班清冊,,\n卡號,從,到\nA0002,1140315 1800,1140315 2000\n合計,,2\n", encoding="utf-8"
    )
    page.add_paths([path])
    settle(qtbot, window)
    page.file_view.selectRow(1)
    dialog = page.mapping_dialog()
    dialog.open()
    settle(qtbot, window)
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(EvidenceKind.ATTENDANCE.value))
    dialog.kind_box.activated.emit(dialog.kind_box.currentIndex())
    settle(qtbot, window)
    for box in dialog.findChildren(QComboBox):
        wanted = {"類別": FIXED + "加班", "起始日期": "從", "結束日期": "到", "人員代號": "卡號"}
        name = box.accessibleName().removesuffix("用哪個標題")
        if name in wanted and box.accessibleName() != name:
            box.setCurrentIndex(box.findData(wanted[name]))
            box.activated.emit(box.currentIndex())
    settle_delayed(qtbot, window)
    assert [row.course for row in dialog.check_model.rows] == [
        "A0002 加班 114-03-15（六） 18:00–20:00"
    ]
    dialog.adopt()
    settle(qtbot, window)
    assert page.file_model.rows[1].kind_words == "差勤紀錄"


def test_adopted_mapping_goes_on_in_the_batch_and_can_be_stored(
    dialog, page, window, qtbot, empty_office
):
    dialog.adopt()
    settle(qtbot, window)
    (file,) = page.file_model.rows
    assert (file.kind_words, file.rows_in) == ("差勤紀錄", 4)
    assert "改對應" in page.map_button.text()
    assert [len(profile.columns) for profile in profiles(empty_office)] == [5]
    assert page.store_button.isEnabled()
    page.store()
    settle(qtbot, window)
    with empty_office.store.reading() as reader:
        assert len(reader.attendance()) == 4


def test_undone_mapping_asks_for_the_file_again(dialog, page, window, qtbot, empty_office):
    dialog.adopt()
    settle(qtbot, window)
    window.undoing.undo()
    settle(qtbot, window)
    (file,) = page.file_model.rows
    assert file.kind is None
    assert profiles(empty_office) == ()
    assert "對應欄位" in page.map_button.text()


def test_controls_of_the_dialogs_have_names_mnemonics_and_no_english(dialog, window, qtbot):
    listed = ProfilesDialog(dialog._services, dialog._operations, parent=window)
    qtbot.addWidget(listed)
    listed.open()
    settle(qtbot, window)
    for one in (dialog, listed):
        letters = mnemonics(one)
        assert len(letters) == len(set(letters))
        for widget in one.findChildren(QComboBox) + one.findChildren(QTableView):
            assert widget.accessibleName()
        for widget in one.findChildren(QAbstractButton) + one.findChildren(QLabel):
            words = KNOWN.sub("", widget.text().replace("&", ""))
            assert not any(c.isascii() and c.isalpha() and c.islower() for c in words), words


def test_dialog_fits_a_small_window(dialog):
    assert dialog.minimumSizeHint().width() <= 1000
    assert dialog.minimumSizeHint().height() <= 600
    dialog.resize(1000, 560)
    QApplication.processEvents()
    assert dialog.adopt_button.geometry().right() <= dialog.adopt_button.parentWidget().width()


def test_profiles_are_listed_exported_forgotten_and_brought_back(
    dialog, page, window, qtbot, empty_office, tmp_path
):
    dialog.adopt()
    settle(qtbot, window)
    listed = ProfilesDialog(page.services, page.operations, parent=window)
    qtbot.addWidget(listed)
    listed.open()
    settle(qtbot, window)
    (shown,) = listed.model.rows
    assert shown.confirmed_by == "周雅雯"
    listed.export(tmp_path / "對應.toml")
    settle(qtbot, window)
    assert "周雅雯" not in (tmp_path / "對應.toml").read_text(encoding="utf-8")
    qtbot.keyClick(listed.view, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert listed.model.rows == ()
    assert profiles(empty_office) == ()
    listed.take(tmp_path / "對應.toml")
    settle(qtbot, window)
    assert len(listed.model.rows) == 1
    (tmp_path / "壞.toml").write_bytes(b"\xff\xfe")
    listed.take(tmp_path / "壞.toml")
    settle(qtbot, window)
    assert "「壞.toml」" in listed.note.sentence
    assert len(profiles(empty_office)) == 1


# --------------------------------------------------------------------------------- the other ways in
def drop(page, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    # Sent through the application it would need a drag that began on a real display.
    assert page.drop.eventFilter(page, event)


def test_dropped_files_and_folders_and_pasted_tables_are_read_by_the_profile(
    dialog, page, window, qtbot, tmp_path
):
    dialog.adopt()
    settle(qtbot, window)
    page.cancel_batch()
    text = SAMPLE.read_bytes().decode("cp950")
    folder = tmp_path / "資料夾" / "裡面"
    folder.mkdir(parents=True)
    for number in range(12):
        one = folder / f"{number}.csv" if number % 2 else tmp_path / f"{number}.csv"
        one.write_text(
            f"{text}\r\nA0002,王小明,加班,11406{number + 10} 1800,11406{number + 10} 2000,2"
        )
    files = sorted(tmp_path.glob("*[0-9].csv"))
    drop(page, [*files, tmp_path / "資料夾"])
    settle(qtbot, window)
    shown = page.file_model.rows
    assert len(shown) == 12
    assert {(file.kind_words, file.rows_in) for file in shown} == {("差勤紀錄", 5)}
    rows = [line.split(",") for line in text.splitlines()[1:]]
    mime = QMimeData()
    mime.setHtml(
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        + "</table>"
    )
    mime.setText("\n".join("\t".join(row) for row in rows))
    QGuiApplication.clipboard().setMimeData(mime)
    page.paste()
    settle(qtbot, window)
    pasted = page.file_model.rows[-1]
    assert (pasted.kind_words, pasted.rows_in) == ("差勤紀錄", 4)
    assert "記住的欄位對應" in pasted.remarks[0]
