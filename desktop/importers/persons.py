"""Whose evidence it is, as far as the page or the file's name says; never a guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from desktop.domain.text import matching_key, normalise_digits
from desktop.domain.written_dates import WrittenDateError, parse_date

_LABEL = re.compile(r"(?<!\w)(?:(?:學員|人員|員工)?姓\s*名|學員)\s*[::]\s*")
_BRACKETED_ID = re.compile(r"[(（]\s*([A-Za-z]{1,4}-?\d{2,10})\s*[)）]")
_ID_LABEL = re.compile(
    r"(?:人員代號|員工編號|員工代號|人員編號|職員編號|員工代碼)\s*[::]\s*([A-Za-z0-9][A-Za-z0-9\-]{1,19})"
)
_UNIT_LABEL = re.compile(
    r"(?<!\w)(?:(?:服務|所屬|任職)單位|單位(?:名稱)?|服務機關|科室|部門)\s*[::]\s*"
    r"([^\s::,，;；()（）]{2,30})(?!\S*[::])"
)
_NEXT_LABEL = re.compile(r"\s*[^\s::]{1,12}\s*[::]")
# Characters of a name: letters but no Latin ones; radicals that a PDF wrote for common characters;
# private use, where an office has its own characters.
_HAN = r"(?:[^\W\d_a-zA-Z]|[\u2e80-\u2fdf\ue000-\uf8ff\U000f0000-\U0010fffd])"
_DOT = "[·‧・．•]"
_NAME = re.compile(f"{_HAN}(?:{_HAN}|{_DOT}){{1,14}}")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z.'\-]*(?:,? [A-Za-z][A-Za-z.'\-]*){0,5}")
_SPACED_NAME = re.compile(f"{_HAN}(?:[ \u3000]{_HAN}){{1,3}}")
_EMPLOYEE_ID = re.compile(r"[A-Za-z]{1,4}-?\d{2,10}")
_NUMBER_ID = re.compile(r"\d{4,10}")
_TOKENS = re.compile(
    r"[A-Za-z]{1,4}-?\d{2,10}(?![A-Za-z0-9])|[A-Za-z]+|\d+|" + f"{_HAN}+(?:{_DOT}{_HAN}+)*"
)
_NOISE = re.compile(
    r"學習|紀錄|記錄|時數|補件|補正|副本|複本|清冊|名冊|明細|狀況|同仁|完成|課程|證明|列印|掃描|檔案|更新|"
    r"修正|最新|公務園|入口網|終身|新增|匯出|下載|報表|查詢|年度?$|月$|版$|^(?:上|下)半年$|畫面|截圖|螢幕|"
    r"計畫|高雄市|附件|資料|平[台臺]|人事|辦公|申請|補休|認證|數位|網頁|^第|頁$|^共|^等$|全部|合併|原始"
)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as named somewhere: 人員代號, 姓名 and 服務單位, each None when not said."""

    employee_id: str | None = None
    name: str | None = None
    unit: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether anybody is named; a unit alone names nobody."""
        return self.employee_id is not None or self.name is not None


NOBODY = NamedPerson()


def person_in_text(text: str) -> NamedPerson:
    """The person that a line of a page names (``姓名：王小明``), NOBODY when it names none.

    Args:
        text: A line or a few; the last name in them counts.
    """
    employee_id = None
    for found in _ID_LABEL.finditer(normalise_digits(text)):
        employee_id = found[1]
    name = None
    plain = text.replace("：", ":")
    for found in _LABEL.finditer(plain):
        rest = plain[found.end() :].split("\n", 1)[0]
        name = _leading_name(rest) or name
        if employee_id is None and (bracketed := _BRACKETED_ID.search(normalise_digits(rest))):
            employee_id = bracketed[1]
    units = _UNIT_LABEL.findall(plain)
    return NamedPerson(employee_id, name, units[-1] if units else None)


def _leading_name(rest: str) -> str | None:
    rest = rest.strip(" \u3000\t")
    spaced = _SPACED_NAME.match(rest)
    if spaced is not None:
        after = rest[spaced.end() :]
        if not after.strip() or after[0] in "(（,，;；/|｜" or after[:2].isspace():
            return spaced[0]
    found = _NAME.match(rest) or _LATIN_NAME.match(rest)
    if found is None:
        return rest[0] if re.match(_HAN, rest) else None
    name = found[0]
    # ``姓名:單位:`` has a label where the name should be.
    return None if rest[found.end() : found.end() + 2].lstrip().startswith((":", "：")) else name


def person_in_file_name(file_name: str) -> NamedPerson:
    """The person that a file's name gives: ``A0012_王小明.pdf``, ``王小明 學習紀錄.pdf``.

    Args:
        file_name: The name within the batch; folders and the ending don't count.
    """
    stem = PurePosixPath(file_name.replace("\\", "/")).stem
    stem = normalise_digits(unicodedata.normalize("NFC", stem))
    ids: list[str] = []
    names: list[str] = []
    tokens = _TOKENS.findall(stem)
    # A number alone is somebody's only where no other words make it a picture's or a page's.
    has_words = any(token.isascii() and token.isalpha() for token in tokens)
    for token in tokens:
        if _EMPLOYEE_ID.fullmatch(token):
            ids.append(token)
        elif _NUMBER_ID.fullmatch(token):
            if not has_words and not _is_year_or_date(token):
                ids.append(token)
        elif not token.isascii():
            name = _AROUND.sub("", token)
            if 2 <= len(name) <= 15 and not _NOISE.search(name):
                names.append(name)
    return NamedPerson(ids[0] if len(ids) == 1 else None, names[0] if len(names) == 1 else None)


_AROUND = re.compile(
    r"^(?:學?年度?)|(?:個人|的)?(?:學習紀錄|學習記錄|學習時數|學習歷程)(?:[表檔單])?|補件|補正|列印|掃描檔?|^第|的$"
)


def _is_year_or_date(digits: str) -> bool:
    if len(digits) == 4:
        return digits[:2] in ("19", "20")
    try:
        parse_date(digits)
    except WrittenDateError:
        return False
    return True


def nearly_same_name(read: NamedPerson, typed: NamedPerson) -> bool:
    """Whether a name read from a picture is a typed one but for its rare characters.

    A character that the common ones (Big5) don't hold is read as one of those that looks like it.

    Args:
        read: From the picture.
        typed: From the file's name.
    """
    if not read.name or not typed.name or len(read.name) != len(typed.name):
        return False
    pairs = list(zip(read.name, typed.name, strict=True))
    unlike = [theirs for mine, theirs in pairs if mine != theirs]
    return 0 < len(unlike) < len(pairs) and not any(map(_is_common, unlike))


def _is_common(letter: str) -> bool:
    try:
        letter.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def same_person(one: NamedPerson, other: NamedPerson) -> bool:
    """Whether both may be the same: no name and no number of theirs disagrees."""
    if one.name and other.name and matching_key(one.name) != matching_key(other.name):
        return False
    return not (
        one.employee_id
        and other.employee_id
        and matching_key(one.employee_id) != matching_key(other.employee_id)
    )
