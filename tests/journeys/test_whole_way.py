"""The whole way of fifty people's printouts, and how many acts of the clerk it takes.

Dropped, reviewed, printed, stamped, registered: at most ten acts (clicks, keys, choices) beside
the decisions themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desktop.domain.verdicts import DecisionKind
from desktop.qt.printing import PrintJob
from desktop.services.importing import read_batch, store_batch
from desktop.services.office import Office
from tests.journeys.test_window_journey import drop
from tests.qt.conftest import PLAN, settle

PEOPLE = 50
DOUBTFUL = 5
"""How many of them need a decision: their printout shows one course that was read during leave."""
MOST_ACTS = 10
TENS, ONES = "金木水火土", "甲乙丙丁戊己庚辛壬癸"
AGENCY = """
[agency]
name = "高雄市政府測試處"
city = "高雄市"
[[work_pattern]]
code = "A"
name = "標準班"
weekdays = [1, 2, 3, 4, 5]
segments = [["08:00", "12:00"], ["13:30", "17:30"]]
"""
HEADINGS = (
    *("No.", "課程類型", "課程名稱", "上課期間", "閱讀時數", "測驗", "問卷", "通過條件"),
    *("通過狀態", "認證時數", "終身學習時數上傳狀態", "終身學習時數上傳時間"),
)


class Clerk:
    """Counts what the clerk does; what they decide is counted apart."""

    def __init__(self, wait: Callable[[], None]) -> None:
        self._wait = wait
        self.acts: list[str] = []
        self.decisions: list[str] = []

    def does(self, words: str, act: Callable[[], object]) -> None:
        """One click, key or choice."""
        self.acts.append(words)
        act()
        self._wait()

    def decides(self, words: str, act: Callable[[], object]) -> None:
        """One decision with its reason."""
        self.decisions.append(words)
        act()
        self._wait()


def name_of(number: int) -> str:
    return f"測{TENS[number // 10]}{ONES[number % 10]}"


def write_office(folder: Path, courses: list[tuple[str, float]]) -> tuple[list[Path], Path]:
    """Roster, settings, attendance; and the folder of printouts."""
    records = folder / "printouts"
    records.mkdir()
    roster = ["人員代號,姓名,服務單位,職稱,官職等,人員類別,班別"]
    attendance = ["人員代號,姓名,假別,開始日期,開始時間,結束日期,結束時間"]
    for number in range(PEOPLE):
        code, name = f"P{number:04d}", name_of(number)
        roster.append(f"{code},{name},民政課,課員,薦任第6職等,編制內公務人員,A")
        rows = []
        for place, (course, hours) in enumerate(courses):
            # Monday evenings, a week apart.
            start = datetime(2025, 2, 3, 18, 10, 5) + timedelta(days=7 * place, minutes=number)
            if number < DOUBTFUL and not place:
                start = start.replace(hour=9)
                day = f"{start.year - 1911}/{start:%m/%d}"
                attendance.append(f"{code},{name},休假,{day},08:00,{day},12:00")
            end = start + timedelta(hours=hours, minutes=20)
            cells = (
                str(place + 1),
                "開放式",
                f"{course} (PKCG1141{place:05d})",
                f"{start:%Y-%m-%d %H:%M:%S}~ {end:%Y-%m-%d %H:%M:%S}",
                "00:45:00",
                "100",
                "已填",
                "課程測驗：75 分(含)以上 需填問卷：是",
                "已通過",
                f"{hours:.1f}",
                "成功",
                f"{end + timedelta(days=1):%Y-%m-%d} 12:00:00",
            )
            rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        head = "".join(f"<th>{one}</th>" for one in HEADINGS)
        page = (
            '<!DOCTYPE html><html><head><meta charset="utf-8"><title>學習紀錄 - e等公務園⁺學習平臺'
            f"</title></head><body><h2>學習紀錄</h2><div>姓名：{name}</div><table><thead><tr>{head}"
            f"</tr></thead><tbody>{''.join(rows)}</tbody></table></body></html>"
        )
        (records / f"{code}_{name}.html").write_text(page, encoding="utf-8")
    given = []
    for file, text in (
        ("agency.toml", AGENCY),
        ("名冊.csv", "\n".join(roster)),
        ("差勤.csv", "\n".join(attendance)),
    ):
        (folder / file).write_text(text + "\n", encoding="utf-8")
        given.append(folder / file)
    return given, records


def fill(office: Office, folder: Path) -> Path:
    """What the office has before the printouts come; returns their folder."""
    with office.store.reading() as reader:
        plan = office.plan(reader, PLAN)
    city = plan.course_set("city")
    given, records = write_office(folder, [(c.name, float(c.hours)) for c in city.courses])
    store_batch(office, read_batch(office, given))
    return records


def test_whole_way_of_fifty_people_takes_ten_acts(qtbot, open_window, empty_office, tmp_path):
    records = fill(empty_office, tmp_path)
    window = open_window(empty_office)
    clerk = Clerk(lambda: settle(qtbot, window))
    pages = window.pages

    clerk.does("拖入五十人的學習紀錄", lambda: drop(window, records))
    assert window.current_page is pages["import"]
    assert len(pages["import"].file_model.rows) == PEOPLE
    clerk.does("存入", pages["import"].store_button.click)

    clerk.does("到審核", lambda: window.open_page("review"))
    review = pages["review"]
    waiting = [e for e in pages["review"].services.queue(PLAN) if e.undecided]
    assert len(waiting) == DOUBTFUL
    for _ in waiting:
        record = review.table.current_record()
        clerk.decides(
            f"採計 {record.course}",
            lambda: review.decisions.decided.emit(DecisionKind.ACCEPT, "休假屬公餘，依函釋採計"),
        )
    assert not [e for e in review.services.queue(PLAN) if e.undecided]

    clerk.does("到申請表", lambda: window.open_page("forms"))
    forms = pages["forms"]
    assert len(forms.table.ticked) == PEOPLE  # what was never printed is ticked
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printed = tmp_path / "printed.pdf"
    printer.setOutputFileName(str(printed))

    def answered(parent, title) -> PrintJob:
        clerk.acts.append("列印視窗按列印")
        return PrintJob(printer)

    forms._choose_printer = answered
    clerk.does("列印", forms.print_button.click)
    assert printed.stat().st_size > 10_000

    # The stack comes back with its seals and goes through the scanner as one file.
    scan = tmp_path / "掃描.pdf"
    printed.rename(scan)
    clerk.does("拖入核章回件的掃描檔", lambda: drop(forms, scan))
    dialog = forms.returned.dialog
    assert sum(sheet.is_found for sheet in dialog.table.rows) == PEOPLE
    clerk.does("歸檔", dialog.attach_button.click)

    note = window._notes.itemAt(window._notes.count() - 1).widget()
    assert note.act_button.text() == "登錄核給…"
    clerk.does("登錄核給", note.act_button.click)
    ledger = pages["ledger"]
    assert window.current_page is ledger
    clerk.does("登錄", ledger.dialog.accept_button.click)

    with empty_office.store.reading() as reader:
        entries = reader.ledger()
    assert len({entry.employee_id for entry in entries}) == PEOPLE
    assert len(clerk.decisions) == DOUBTFUL
    assert len(clerk.acts) <= MOST_ACTS, clerk.acts
