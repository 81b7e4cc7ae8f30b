from __future__ import annotations

import pytest

from desktop.cli import main

NEEDED = ["check", "--plan", "x", "--roster", "r.csv", "--records", "w", "--out", "o"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frob"], "沒有 'frob'，可用的有 "),
        (["check"], "缺少 --plan, --roster, --records, --out"),
        (["check", "--plan"], "--plan 後面沒有給值"),
        (["check", "--p", "x"], "--p 不夠明確，可能是 --plan, --punches"),
        (["check", "--forms=3"], "--forms 後面不能給值 '3'"),
        ([*NEEDED, "--frob"], "不認得 --frob"),
        ([*NEEDED, "--as-of", "2025-02-30"], "「2025-02-30」"),
        (["plans", "show"], "缺少 計畫代號"),
    ],
)
def test_wrong_arguments_are_named_in_one_chinese_line(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    error = capsys.readouterr().err
    assert stop.value.code == 2
    assert words in error
    assert error.startswith("參數有誤：")
    assert error.count("\n") == 1
    assert "argument" not in error
