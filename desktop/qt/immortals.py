"""Keeps Python alive under a Qt binding that miscounts ``None``.

PySide6 6.12.0 is built for Pythons in which ``None`` and the truth values are immortal (3.12 and
later). On 3.11 each call of a Qt method without a result takes one reference to ``None`` away,
until the interpreter stops with "deallocating None". Giving these objects more references than
any run can take away makes them what 3.12 makes them.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 40


def keep_singletons() -> None:
    """Make ``None``, ``True``, ``False`` and ``NotImplemented`` immortal where they are not."""
    if sys.version_info >= (3, 12) or sys.maxsize < _PLENTY:
        return
    for thing in (None, True, False, NotImplemented):
        if sys.getrefcount(thing) < _PLENTY:
            ctypes.c_ssize_t.from_address(id(thing)).value += _PLENTY
