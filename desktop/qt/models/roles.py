"""Roles by which models tell delegates what a cell is, beside its text."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt

_USER = int(Qt.ItemDataRole.UserRole)


class Role(IntEnum):
    """Custom roles of every model of the window."""

    STATE = _USER + 1  # verdict name (pass, review, fail, info, missing, decided): icon and colour
    CHIPS = _USER + 2  # ((verdict name, words), …)
    ICON = _USER + 3  # icon name, drawn before the text
    QUIET = _USER + 4  # True: secondary text
    STRONG = _USER + 5  # True: strong text
    VALUE = _USER + 6  # the value behind the row
    COUNTS = _USER + 7  # ((verdict name, count), …)
    IS_GROUP = _USER + 8  # True: a set row, spanned
    TRAILING = _USER + 9  # words at the right end of a set row
    WARN = _USER + 10  # verdict name whose colour the text takes
    WRAPS = _USER + 11  # True: the text may take several lines
    CHIP_ICONS = _USER + 12  # True: chips carry the icon of their verdict
    IS_DECIDING = _USER + 14  # True: the cell of an original that decides
    CUT = _USER + 13  # a picture shown instead of the text, or None
