"""Which words get which colours; the word always stands there too, colour alone says nothing.

Colours are sRGB without "#", text on ground at 4.5:1 or better.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tone:
    """Colours for a group of words that mean the same to the reader."""

    name: str
    text: str
    ground: str
    words: tuple[str, ...]


TONES = (
    Tone(
        "Good", "186437", "E2F2E7", ("通過", "相符", "完成", "核給", "敘獎", "適用", "登錄", "達成")
    ),
    Tone("Waiting", "845000", "FCEFD3", ("待確認", "不一致", "未知")),
    Tone(
        "Bad",
        "AE1F1A",
        "FBE5E3",
        ("不符", "未完成", "未達", "拒收", "未達最低時數", "未依限繳交研習報告"),
    ),
    Tone(
        "Plain",
        "4F5761",
        "EBEDF0",
        ("不適用", "不核給", "不敘獎", "提示", "未修", "計畫外", "不是薦送人員"),
    ),
)
"""Every word with a colour; another word is written without one."""
