from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.linebreak import break_lines, pieces


def broken(text: str, limit: float) -> list[str]:
    """Break with Han one wide and everything else half."""
    widths = [0.5 if c.isascii() else 1.0 for c in text]
    return [text[a:b] for a, b in break_lines(text, widths, limit)]


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("", 4, [""]),
        ("甲乙丙丁", 4, ["甲乙丙丁"]),
        ("甲乙丙丁戊", 4, ["甲乙丙丁", "戊"]),
        # no closing sign begins a line: the character before it comes along
        ("甲乙丙丁，戊", 4, ["甲乙丙", "丁，戊"]),
        ("甲乙丙丁。", 4, ["甲乙丙", "丁。"]),
        ("甲乙丙丁、戊", 4, ["甲乙丙", "丁、戊"]),
        ("甲乙丙丁；戊", 4, ["甲乙丙", "丁；戊"]),
        ("甲乙丙丁：戊", 4, ["甲乙丙", "丁：戊"]),
        ("甲乙丙丁？戊", 4, ["甲乙丙", "丁？戊"]),
        ("甲乙丙丁！戊", 4, ["甲乙丙", "丁！戊"]),
        ("甲乙丙丁）戊", 4, ["甲乙丙", "丁）戊"]),
        ("甲乙丙丁」戊", 4, ["甲乙丙", "丁」戊"]),
        ("甲乙丙丁』戊", 4, ["甲乙丙", "丁』戊"]),
        ("甲乙丙丁】戊", 4, ["甲乙丙", "丁】戊"]),
        ("甲乙丙丁％戊", 4, ["甲乙丙", "丁％戊"]),
        ("甲乙丙丁」。戊", 4, ["甲乙丙", "丁」。戊"]),
        # no opening sign ends one
        ("甲乙丙（丁", 4, ["甲乙丙", "（丁"]),
        ("甲乙丙「丁", 4, ["甲乙丙", "「丁"]),
        ("甲乙丙『丁", 4, ["甲乙丙", "『丁"]),
        ("甲乙丙【丁", 4, ["甲乙丙", "【丁"]),
        ("甲乙丙(丁", 3.5, ["甲乙丙", "(丁"]),
        # words and numbers stay whole
        ("甲乙ChatGPT丙", 4, ["甲乙", "ChatGPT", "丙"]),
        ("甲乙丙114年", 4, ["甲乙丙", "114年"]),
        ("甲乙 COVID-19 丙", 5, ["甲乙", "COVID-19", "丙"]),
        ("甲乙丙07:58:10–17:36:20", 9, ["甲乙丙", "07:58:10–17:36:20"]),
        ("甲乙丙100%丁", 4, ["甲乙丙", "100%丁"]),
        # a document number may end a line at its hyphens
        ("見 KH-114-000123", 4, ["見 KH-", "114-", "000123"]),
        # spaces at a break disappear, others don't
        ("甲乙 丙丁", 2, ["甲乙", "丙丁"]),
        ("甲 乙", 3, ["甲 乙"]),
        # a line feed always ends a line
        ("甲\n乙", 9, ["甲", "乙"]),
        ("甲\n\n乙", 9, ["甲", "", "乙"]),
        # what is wider than a line is broken all the same: nothing leaves the box
        ("ABCDEFGHIJ", 2, ["ABCD", "EFGH", "IJ"]),
        ("「「「「甲", 2, ["「「", "「「", "甲"]),
    ],
)
def test_text_in_a_width_breaks_where_the_rules_allow(
    text: str, limit: float, lines: list[str]
) -> None:
    assert broken(text, limit) == lines


def test_shorter_first_line_breaks_earlier() -> None:
    text = "甲乙丙丁戊"
    spans = break_lines(text, [1.0] * 5, 4, first_limit=2)

    assert [text[a:b] for a, b in spans] == ["甲乙", "丙丁戊"]


@given(st.text(alphabet="甲乙，。（）「」 aB9-:.％\n", max_size=60), st.integers(2, 12))
def test_any_text_loses_nothing_but_spaces_and_stays_within_the_width(
    text: str, limit: int
) -> None:
    lines = broken(text, limit)

    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert sum(0.5 if c.isascii() else 1.0 for c in line) <= limit


@given(st.text(alphabet="甲乙，（」aB9- \n", max_size=40))
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
