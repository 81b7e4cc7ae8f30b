"""A practice store: it stays one, and every page it draws says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest

from desktop.services.cancelling import cancel_document
from desktop.services.issuing import issue_forms, preview_forms
from desktop.services.office import open_office, status

PLAN = "kaohsiung-114"
MARK = "練習，不是正式文件"
NOW = datetime(2025, 9, 1, 9)


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_practice_store_stays_one_however_it_is_opened(tmp_path):
    path = tmp_path / "practice.db"
    open_office(path, actor="周雅雯", clock=lambda: NOW, is_practice=True).close()
    again = open_office(path, actor="周雅雯", clock=lambda: NOW)
    assert again.is_practice
    assert status(again).is_practice
    again.close()


def test_ordinary_store_is_none(office):
    assert not office.is_practice


@pytest.mark.parametrize("is_practice", [False, True])
def test_every_page_of_a_practice_store_says_so_and_no_other_does(sample, is_practice):
    office = replace(sample, is_practice=is_practice)
    shown = pages(preview_forms(office, PLAN, ["A0011/policy"], with_stamp=False).pdf)
    assert shown
    assert all((MARK in page) is is_practice for page in shown)


def test_printed_papers_and_slips_are_marked_and_their_contents_kept_unmarked(sample):
    office = replace(sample, is_practice=True)
    issued = issue_forms(office, PLAN, ["A0011/policy"], with_stamp=False)
    assert all(MARK in page for page in pages(issued.pdf))
    number = issued.numbers[0]
    slip = cancel_document(office, number, reason="試試看")
    assert all(MARK in page for page in pages(slip.pdf))
    real = issue_forms(sample, PLAN, ["A0011/policy"], with_stamp=False)
    assert not any(MARK in page for page in pages(real.pdf))
