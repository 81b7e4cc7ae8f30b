"""The order of the attendance system's screen, for the key-in worksheet: data, not code."""

from __future__ import annotations

import tomllib
from pathlib import Path

from desktop.exports import GrantRegisterEntry, KeyInField

FILE_NAME = "attendance-screen.toml"
SPELLINGS = frozenset({"text", "hours", "roc_digits", "roc_slashes", "iso", "iso_digits"})


class ScreenFaultError(ValueError):
    """The file says something that the worksheet cannot show; its text is a sentence."""


def load_attendance_screen(resources: Path) -> tuple[KeyInField, ...]:
    """The screen's fields in their order.

    Args:
        resources: The program's ``resources`` folder.

    Raises:
        ScreenFaultError: When the file is wrong: which field, and what may stand there.
    """
    path = resources / "personnel" / FILE_NAME
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ScreenFaultError(
            f"「{path.name}」不符合 TOML 寫法，沒有做出補休登錄工作表，請檢查引號、等號和括號。"
        ) from error
    fields = []
    for number, one in enumerate(values.get("field", ()), 1):
        found = KeyInField(
            str(one.get("title", "")), str(one.get("field", "")), str(one.get("spelling", "text"))
        )
        if not found.title or found.field not in GrantRegisterEntry.__dataclass_fields__:
            raise ScreenFaultError(
                f"「{path.name}」第 {number} 個欄位的 title 或 field 不對，沒有做出補休登錄工作表，"
                "請照檔案開頭的說明改正。"
            )
        if found.spelling not in SPELLINGS:
            raise ScreenFaultError(
                f"「{path.name}」的「{found.title}」spelling「{found.spelling}」不認得，"
                "沒有做出補休登錄工作表，請照檔案開頭的說明改正。"
            )
        fields.append(found)
    return tuple(fields)
