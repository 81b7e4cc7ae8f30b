"""Pages, copies and sides: which page goes where."""

from __future__ import annotations

import pytest

from desktop.services.issuing import PreviewedForms
from desktop.services.print_runs import (
    PageRangeError,
    chosen_pages,
    pages_fault,
    parse_pages,
    print_run,
)


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("", (0, 1, 2, 3, 4)),
        ("2", (1,)),
        ("1-3", (0, 1, 2)),
        ("1-3、5", (0, 1, 2, 4)),
        ("4-", (3, 4)),
        ("-2", (0, 1)),
        ("3,1,1", (0, 2)),
        ("１－２，５", (0, 1, 4)),
        (" 2 ~ 3 ", (1, 2)),
    ],
)
def test_pages_as_written_are_understood(words: str, pages: tuple[int, ...]) -> None:
    assert parse_pages(words, 5) == pages


@pytest.mark.parametrize("words", ["0", "6", "3-2", "2-9", "一", "1-2-3", "-", "1,,2", "a"])
def test_pages_that_are_none_of_these_are_refused_in_a_sentence(words: str) -> None:
    with pytest.raises(PageRangeError, match="頁碼"):
        parse_pages(words, 5)
    assert pages_fault(words, 5)


def test_number_of_pages_unknown_finds_no_fault_in_any_page() -> None:
    assert pages_fault("3-40", 0) == ""


@pytest.mark.parametrize(
    ("choice", "run"),
    [
        ({}, (0, 1, 2, 3)),
        ({"copies": 2}, (0, 1, 2, 3, 0, 1, 2, 3)),
        ({"copies": 2, "is_collated": False}, (0, 0, 1, 1, 2, 2, 3, 3)),
        ({"pages": (0, 2)}, (0, 2)),
        ({"is_duplex": True}, (0, None, 1, 2, 3, None)),
        ({"is_duplex": True, "pages": (1, 3)}, (1, None, 3, None)),
        ({"is_duplex": True, "copies": 2}, (0, None, 1, 2, 3, None) * 2),
        (
            {"is_duplex": True, "copies": 2, "is_collated": False},
            (0, None, 0, None, 1, 2, 1, 2, 3, None, 3, None),
        ),
    ],
)
def test_documents_of_one_two_and_one_page_go_out_in_this_order(
    choice: dict[str, object], run: tuple[int | None, ...]
) -> None:
    assert print_run((1, 2, 1), **choice) == run  # type: ignore[arg-type]  # cases as data


def test_pages_chosen_name_the_papers_that_have_them() -> None:
    previewed = PreviewedForms(b"", ("a", "b", "b", "c"), (1, 2, 1))
    assert chosen_pages("3", previewed) == (("b",), (1,))
    assert chosen_pages("1、3-4", previewed) == (("a", "b", "c"), (0, 2, 3))
