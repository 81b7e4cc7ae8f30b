"""What the tests of the printed forms share: faces, invented content, a reader of PDFs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from forms.application_contents import Application103, GeneralApplication, OutlineNote
from forms.contents import (
    Application114,
    CommendationList,
    CommendationRow,
    CorrectionNotice,
    CorrectionRow,
    CourseRow,
    NotCommendedList,
    Note,
)
from forms.document import Issue
from forms.fonts import FontChain
from tests.unit.forms.makers import make_application103, make_general, make_not_commended

ROOT = Path(__file__).resolve().parents[3]
FONTS = ROOT / "resources" / "fonts"
SAMPLES = ROOT / "tests" / "samples" / "forms"
MM = 25.4 / 72


@dataclass(frozen=True)
class Box:
    """Millimetres from the upper left corner of the sheet."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""


@dataclass(frozen=True)
class ReadPage:
    """A page read back by another library than the one that wrote it."""

    text: str
    characters: tuple[Box, ...]
    shapes: tuple[Box, ...]
    """Rules and boxes."""
    width: float
    height: float

    @property
    def words(self) -> str:
        """The text without any white space."""
        return "".join(self.text.split())


def read_pages(pdf: bytes) -> list[ReadPage]:
    document = pypdfium2.PdfDocument(pdf)
    return [read_page(page) for page in document]


def read_page(page: Any) -> ReadPage:
    height = page.get_height()

    def box(left: float, bottom: float, right: float, top: float, text: str = "") -> Box:
        return Box(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM, text)

    textpage = page.get_textpage()
    # pdfium takes a hyphen at the end of a line for a word cut in two and marks it.
    text = textpage.get_text_range().replace("\ufffe", "-").replace("\x02", "-")
    characters = []
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        character = "-" if code in (0x02, 0xFFFE) else chr(code)
        if character.isspace() or code == 0:
            continue
        characters.append(box(*textpage.get_charbox(index), character))
    shapes = [
        box(*shape.get_bounds()) for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
    ]
    return ReadPage(text, tuple(characters), tuple(shapes), page.get_width() * MM, height * MM)


@pytest.fixture(scope="session")
def chain() -> FontChain:
    """The faces that come with the program: the same on every machine."""
    return FontChain.bundled(FONTS)


@pytest.fixture(scope="session")
def pages() -> Callable[[bytes], list[ReadPage]]:
    return read_pages


@dataclass(frozen=True)
class Annex:
    """One form of the source document."""

    words: str
    """All of it in order, without white space."""
    set_title: str
    courses: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


@pytest.fixture(scope="session")
def annexes() -> tuple[Annex, ...]:
    """The three forms of annex 2, as written down from the source document."""
    parts = (SAMPLES / "annex2-114.txt").read_text("utf-8").strip().split("\n\n")
    result = []
    for part in parts:
        lines = part.split("\n")
        result.append(
            Annex(
                words="".join(part.split()),
                set_title=lines[3].removeprefix("組裝課程名稱："),
                courses=tuple(
                    (cells[0], cells[1], cells[2])
                    for cells in (line.split("\t") for line in lines)
                    if len(cells) == 5
                ),
                notes=tuple(line[3:] for line in lines if line[1:3] == ". "),
            )
        )
    return tuple(result)


@pytest.fixture
def application(annexes: tuple[Annex, ...]) -> Callable[..., Application114]:
    """Makes filled forms of one person; whatever is named replaces the usual content."""
    annex = annexes[0]
    first = dt.datetime(2025, 3, 15, 9, 2, 59)

    def make(*, count: int = 9, **changes: Any) -> Application114:
        usual = Application114(
            issue=Issue(issued_at=dt.datetime(2025, 5, 2, 14, 5), number="KH-114-000123"),
            author="高雄市港濱區公所",
            unit="民政課",
            name="李焱堃",
            set_title=annex.set_title,
            set_title_bold="政策能力訓練",
            year=114,
            courses=tuple(
                CourseRow(
                    number=str(i + 1),
                    name=annex.courses[i % 9][1],
                    hours=annex.courses[i % 9][2],
                    start=first + dt.timedelta(days=i),
                    end=first + dt.timedelta(days=i, minutes=56),
                )
                for i in range(count)
            ),
            notes=tuple(
                Note(text=text, is_underlined=i == 4) for i, text in enumerate(annex.notes)
            ),
        )
        return replace(usual, **changes)

    return make


@pytest.fixture
def commendation() -> Callable[..., CommendationList]:
    """Makes lists of so many people in units of so many."""

    def make(*, units: tuple[tuple[str, int], ...], **changes: Any) -> CommendationList:
        rows = tuple(
            CommendationRow(
                unit=unit,
                job_title="課員",
                name=f"王{chr(0x5000 + 7 * i)}",
                rank="薦任第七職等",
                reason="完成本府114年度數位學習組裝課程三套共30小時，訓練進修績優。",
                award="嘉獎1次",
                basis="本府114年度推動數位學習實施計畫陸、六",
            )
            for unit, count in units
            for i in range(count)
        )
        usual = CommendationList(
            issue=Issue(issued_at=dt.datetime(2025, 9, 8, 10, 20), number="KH-114-000301"),
            agency="高雄市港濱區公所",
            plan="高雄市政府 114 年度推動數位學習－「知識啟航·e 展雄才」實施計畫",
            day=dt.date(2025, 8, 31),
            rows=rows,
            awards=("嘉獎1次", "嘉獎2次"),
            not_commended_number="KH-114-000302",
        )
        return replace(usual, **changes)

    return make


@pytest.fixture
def notice() -> Callable[..., CorrectionNotice]:
    """Makes notices of so many courses."""

    def make(*, count: int = 3, **changes: Any) -> CorrectionNotice:
        usual = CorrectionNotice(
            issue=Issue(issued_at=dt.datetime(2025, 5, 6, 15, 32), number="KH-114-000131"),
            office="高雄市港濱區公所人事室",
            unit="民政課",
            job_title="里幹事",
            name="陳犇",
            day=dt.date(2025, 5, 6),
            deadline=dt.date(2025, 5, 20),
            matter="公餘時間完成數位學習補休",
            set_title="高雄市政府 114 年度數位學習組裝課程－政策能力訓練",
            lead=f"臺端申請上開補休，經查所附學習紀錄計有 {count} 門課程與規定不符或尚待確認，請依下列事項補正。",
            rows=tuple(
                CorrectionRow(
                    number=str(i + 1),
                    name="性騷擾調查實務探討(B)-性平三法適用範圍",
                    start=dt.datetime(2025, 3, 25, 17, 20, i),
                    end=dt.datetime(2025, 3, 25, 18, 25, 14),
                    problem="起始時間在上班時間內（當日刷卡 07:58:10–17:36:20）",
                    basis="填表說明 2",
                    remedy="於公餘時間重新選讀後，補送學習紀錄",
                )
                for i in range(count)
            ),
            paragraphs=(
                "依據：高雄市政府 114 年度推動數位學習實施計畫（114 年 2 月 26 日高市府人考字第 11430193600 號函訂）陸、五。",
                "補正方式：請將補正資料連同本通知單下聯送交人事室。",
                "對查核結果有疑義者，得於補正期限內向承辦人說明，並提供出勤或學習紀錄佐證。",
            ),
            clerk="游珏羣",
            clerk_title="課員",
            telephone="（07）000-0000 分機 12",
        )
        return replace(usual, **changes)

    return make


@dataclass(frozen=True)
class Annex103:
    """The form of annex 2 of the 103 plan."""

    words: str
    """All of it in order, without white space."""
    notes: tuple[OutlineNote, ...]


@pytest.fixture(scope="session")
def annex103() -> Annex103:
    """The form as written down from the source document."""
    text = (SAMPLES / "annex2-103.txt").read_text("utf-8")
    notes = []
    for line in text.split("填表注意事項：\n")[1].strip().split("\n"):
        label, words = line.split(" ", 1)
        level = 0 if label[0].isdigit() else 1 if label[0] == "（" else 2
        notes.append(OutlineNote(label=label, text=words, level=level))
    return Annex103("".join(text.split()), tuple(notes))


@pytest.fixture
def application103(annex103: Annex103) -> Callable[..., Application103]:
    """Makes 103 forms of one person; whatever is named replaces the usual content."""

    def make(**changes: Any) -> Application103:
        return make_application103(changes.pop("notes", annex103.notes), **changes)

    return make


@pytest.fixture
def general() -> Callable[..., GeneralApplication]:
    """Makes general forms of one person."""
    return make_general


@pytest.fixture
def not_commended() -> Callable[..., NotCommendedList]:
    """Makes lists of so many people who did not qualify."""
    return make_not_commended
