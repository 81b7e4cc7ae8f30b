"""The WebHR import file of commendations (CPAA0118B): checked whole before a byte is written.

What the file looks like is data (``WebHrTemplate``, from ``resources/personnel/cpaa0118b.toml``):
it is known from a practitioner's notes, not from an official page. This is the one export with
full identity numbers: they come in with the rows, are written, and are kept nowhere.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LINE_BREAKS = ("\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029")
_LETTER_VALUES = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)


@dataclass(frozen=True, slots=True)
class WebHrColumn:
    """One column: its heading, the row's field that fills it, and whether it may stay blank."""

    title: str
    field: str
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class WebHrCode:
    """A code of the template in words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class WebHrResult:
    """The code of an award: 嘉獎 two times is 4002."""

    code: str
    award: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class WebHrNotice:
    """The code of a 教示條款 and the words in 人員類別 that call for it."""

    code: str
    words: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WebHrTemplate:
    """What the file looks like.

    Attributes:
        name: The template's name.
        encoding: Of the file.
        strict_encoding: What another program may read it as; a character it lacks is a warning.
        has_headings: Whether the headings are the first line.
        longest_reason: Characters of 獎懲事由.
        forbidden: Characters that no text may hold.
        columns: In the template's order.
        results, categories, notices: Codes; the first category is the usual one.
    """

    name: str
    encoding: str
    strict_encoding: str
    has_headings: bool
    longest_reason: int
    forbidden: tuple[str, ...]
    columns: tuple[WebHrColumn, ...]
    results: tuple[WebHrResult, ...]
    categories: tuple[WebHrCode, ...]
    notices: tuple[WebHrNotice, ...]

    def title_of(self, field: str) -> str:
        """The heading of the column that shows a field."""
        return next((c.title.split("(")[0] for c in self.columns if c.field == field), field)


@dataclass(frozen=True, slots=True)
class WebHrRow:
    """One commendation of one person; every field is text as it will be written.

    ``day`` is the day of the award: no column shows it, the system asks for it once a batch.
    """

    name: str
    reason: str
    result_code: str
    category_code: str
    law_name: str
    notice_code: str
    agency_code: str
    day: date
    identity_number: str = ""
    long_reason: str = ""
    other: str = ""
    law_code: str = ""
    article: str = ""
    point: str = ""
    paragraph: str = ""
    subparagraph: str = ""
    item: str = ""

    def __repr__(self) -> str:
        """Show no identity number: this may end up in a log."""
        return f"WebHrRow(name={self.name!r}, result_code={self.result_code!r})"


@dataclass(frozen=True, slots=True)
class WebHrProblem:
    """What would make the system refuse the file, or spoil a character.

    Attributes:
        row: From 1, 0 for the file as a whole.
        column: The column's heading; empty where it is about the row.
        message: One Chinese sentence that names row and person.
        is_warning: Whether the file may be written all the same.
    """

    row: int
    column: str
    message: str
    is_warning: bool = False


class WebHrRefusedError(ValueError):
    """The file was not written, since the system would refuse it."""

    def __init__(self, problems: Sequence[WebHrProblem]) -> None:
        """Name every problem."""
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in problems))


def identity_number_fault(number: str) -> str:
    """Why a text is no identity number of Taiwan, in a few words; empty when it is one.

    Ten characters, a letter of the place, a second one for citizens (1, 2) or residents (8, 9;
    A to D before 110), digits, the last of which checks the others.
    """
    if len(number) != 10:
        return f"應為 10 碼，這裡是 {len(number)} 碼"
    first, second, rest = number[0], number[1], number[2:]
    if first not in _LETTER_VALUES or not (rest.isascii() and rest.isdigit()):
        return "應為 1 個大寫英文字母加 9 個數字"
    if second not in "1289ABCD":
        return "第 2 碼應為 1、2（國民）或 8、9、A–D（居留證）"
    place = _LETTER_VALUES.index(first) + 10
    # The second letter of an old resident's number counts by the last digit of its value.
    digit = second if second.isdigit() else str((_LETTER_VALUES.index(second) + 10) % 10)
    digits = [place // 10, place % 10, int(digit), *(int(one) for one in rest)]
    total = sum(weight * one for weight, one in zip(_WEIGHTS, digits, strict=True))
    return "" if total % 10 == 0 else "檢查碼不符，可能打錯一碼"


def webhr_problems(template: WebHrTemplate, rows: Sequence[WebHrRow]) -> tuple[WebHrProblem, ...]:
    """Everything that stands in the way of the file, row by row, then what repeats."""
    if not rows:
        return (WebHrProblem(0, "", "沒有任何可以匯入 WebHR 的敘獎，沒有產生檔案。"),)
    found: list[WebHrProblem] = []
    for number, row in enumerate(rows, 1):
        found += _row_problems(template, number, row)
    found += _repeated(template, rows)
    return tuple(sorted(found, key=lambda problem: problem.row))


def _row_problems(template: WebHrTemplate, number: int, row: WebHrRow) -> list[WebHrProblem]:
    found: list[WebHrProblem] = []

    def say(column: WebHrColumn, words: str, *, is_warning: bool = False) -> None:
        title = column.title.split("(")[0]
        name = row.name or "未具姓名"
        found.append(
            WebHrProblem(number, title, f"第 {number} 列（{name}）的「{title}」{words}", is_warning)
        )

    for column in template.columns:
        text: str = getattr(row, column.field)
        if not text.strip():
            if column.is_needed:
                say(column, "是空白的，WebHR 會拒收，請補上。")
            continue
        if any(sign in text for sign in LINE_BREAKS):
            say(column, "裡有換行，WebHR 會拒收，請改成一行。")
        for sign in template.forbidden:
            if sign in text:
                say(column, f"裡有 {sign} 這個符號，WebHR 會拒收，請改用全形或刪去。")
        if column.field == "reason" and len(text) > template.longest_reason:
            say(
                column,
                f"有 {len(text)} 個字，最多 {template.longest_reason} 個字，請在計畫裡改短。",
            )
        if column.field == "identity_number":
            fault = identity_number_fault(text)
            if fault:
                say(column, f"不對：{fault}，請核對後重填。")
        if column.field == "agency_code" and not (text.isascii() and text.isalnum()):
            say(column, "只能是英文字母和數字，請填機關代碼。")
        for code_field, known in (
            ("result_code", {result.code for result in template.results}),
            ("category_code", {code.code for code in template.categories}),
            ("notice_code", {notice.code for notice in template.notices}),
        ):
            if column.field == code_field and text not in known:
                say(column, f"的代碼「{text}」不在範本裡，請重新選擇。")
        lacking = _lacking(text, template.encoding)
        if lacking:
            say(column, f"有 Big5 寫不下的字「{lacking}」，請改用通用的字。")
        doubtful = _lacking(text, template.strict_encoding)
        doubtful = "".join(sign for sign in doubtful if sign not in lacking)
        if doubtful:
            say(
                column,
                f"的「{doubtful}」只有 Windows 的 Big5 才有，匯入後請看 WebHR 上的字對不對。",
                is_warning=True,
            )
    return found


def _repeated(template: WebHrTemplate, rows: Sequence[WebHrRow]) -> list[WebHrProblem]:
    """One person twice with the same category, reason and date refuses the whole batch."""
    first: dict[tuple[str, str, str, date], int] = {}
    found = []
    for number, row in enumerate(rows, 1):
        if not row.identity_number:
            continue
        key = (row.identity_number, row.category_code, row.reason, row.day)
        earlier = first.setdefault(key, number)
        if earlier != number:
            found.append(
                WebHrProblem(
                    number,
                    "",
                    f"第 {number} 列（{row.name}）和第 {earlier} 列（{rows[earlier - 1].name}）"
                    "是同一個身分證號、同一獎懲類別、事由和日期，"
                    "WebHR 會整批拒收，請留一列或改事由。",
                )
            )
    return found


def _lacking(text: str, encoding: str) -> str:
    """The characters, each once, that an encoding does not have."""
    lacking: dict[str, None] = {}
    for sign in text:
        if sign in LINE_BREAKS:
            continue  # said already
        try:
            sign.encode(encoding)
        except UnicodeEncodeError:
            lacking[sign] = None
    return "".join(lacking)


def write_webhr(template: WebHrTemplate, rows: Sequence[WebHrRow]) -> bytes:
    """The file's bytes: the template's columns, its encoding, CRLF.

    Raises:
        WebHrRefusedError: When any rule is broken; nothing is written then.
    """
    problems = [problem for problem in webhr_problems(template, rows) if not problem.is_warning]
    if problems:
        raise WebHrRefusedError(problems)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if template.has_headings:
        writer.writerow([column.title for column in template.columns])
    for row in rows:
        writer.writerow([getattr(row, column.field) for column in template.columns])
    return text.getvalue().encode(template.encoding)
