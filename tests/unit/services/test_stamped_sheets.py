"""Sheets that came back: found by their code however they lie, kept, and their cases moved."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from desktop.importers.sheet_codes import SheetCode, read_sheet_codes
from desktop.services.cancelling import cancel_document
from desktop.services.cases import gather_cases
from desktop.services.issuing import issue_forms
from desktop.services.office import Office
from desktop.services.stamped_sheets import attach_sheets, attached_sheets, read_sheets
from desktop.services.undoing import undo

PLAN = "kaohsiung-114"
KEYS = ["A0011/policy", "A0011/city"]


def pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    return [page.render(scale=dpi / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def scanned(page: Image.Image, *, turned: float = 0.0, seed: int = 7) -> Image.Image:
    """A sheet as an office scanner gives it: turned, soft, noisy, greyish, squeezed as JPEG."""
    paper = page.convert("L")
    drawing = ImageDraw.Draw(paper)
    drawing.ellipse((200, paper.height - 400, 420, paper.height - 180), outline=90, width=6)
    paper = paper.rotate(turned, expand=True, fillcolor=255, resample=Image.Resampling.BILINEAR)
    noise = np.random.default_rng(seed).normal(0, 8, (paper.height, paper.width))
    dim = np.clip(np.asarray(paper) * 0.9 + 12 + noise, 0, 255).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(dim).save(buffer, "JPEG", quality=60)
    return Image.open(io.BytesIO(buffer.getvalue()))


def as_file(image: Image.Image, form: str) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


@pytest.fixture
def issued(sample: Office) -> tuple[Office, bytes]:
    return sample, issue_forms(sample, PLAN, KEYS, with_stamp=True).pdf


def state_of(office: Office, key: str) -> str:
    return next(
        one.standing.state.word
        for one in gather_cases(office, PLAN)
        if "/".join(filter(None, one.matter.key)) == key
    )


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("turned", [0, 180, 90, 2, -3, 177, 8])
def test_code_is_found_however_the_sheet_lies(
    issued: tuple[Office, bytes], dpi: int, turned: float
) -> None:
    _, pdf = issued
    image = scanned(pages(pdf, dpi)[0], turned=turned)
    found = read_sheet_codes("回件.jpg", as_file(image, "JPEG"))
    assert found.pages == (SheetCode(1, "KH-114-000001", "A"),)


def test_stack_of_scans_is_kept_tied_to_its_documents_and_moves_the_cases(
    issued: tuple[Office, bytes], tmp_path: Path
) -> None:
    office, pdf = issued
    first, second = (
        scanned(page, turned=turned)
        for page, turned in zip(pages(pdf, 200), (181, -2), strict=True)
    )
    blank = Image.new("L", first.size, 255)
    stack = tmp_path / "回件.pdf"
    first.save(stack, "PDF", save_all=True, append_images=[blank, second])
    assert state_of(office, KEYS[0]) == "可列印"
    found = read_sheets(office, [stack])
    assert [(s.page, s.number, s.name) for s in found] == [
        (1, "KH-114-000001", "林羽達"),
        (2, "", ""),
        (3, "KH-114-000002", "林羽達"),
    ]
    assert "第 2 頁找不到文件的 QR 碼" in found[1].problem
    result = attach_sheets(office, found)
    assert result.attached == ("KH-114-000001", "KH-114-000002")
    assert result.stamped == ("KH-114-000001", "KH-114-000002")
    assert result.remarks == (found[1].problem,)
    assert [state_of(office, key) for key in KEYS] == ["核章", "核章"]
    kept = attached_sheets(office, PLAN)
    assert [(s.number, s.page, s.file_name, s.actor) for s in kept] == [
        ("KH-114-000001", 1, "回件.pdf", "周雅雯"),
        ("KH-114-000002", 3, "回件.pdf", "周雅雯"),
    ]
    with office.store.reading() as reader:
        assert reader.file_bytes(kept[0].digest) == stack.read_bytes()
        entry = reader.audit_entries(1)[0]
    assert entry.act == "歸檔 2 份核章回件"
    assert entry.subject == "KH-114-000001、KH-114-000002"
    assert kept[0].digest == hashlib.sha256(stack.read_bytes()).hexdigest()


def test_undo_takes_the_step_back_and_the_scan_stays(
    issued: tuple[Office, bytes], tmp_path: Path
) -> None:
    office, pdf = issued
    path = tmp_path / "回件.png"
    path.write_bytes(as_file(pages(pdf, 150)[0], "PNG"))
    attach_sheets(office, read_sheets(office, [path]))
    undo(office)
    assert state_of(office, KEYS[0]) == "可列印"
    assert len(attached_sheets(office, PLAN)) == 1


def test_same_scan_again_changes_nothing(issued: tuple[Office, bytes], tmp_path: Path) -> None:
    office, pdf = issued
    path = tmp_path / "回件.png"
    path.write_bytes(as_file(pages(pdf, 150)[0], "PNG"))
    attach_sheets(office, read_sheets(office, [path]))
    again = attach_sheets(office, read_sheets(office, [path]))
    assert (again.attached, again.known, again.stamped) == ((), ("KH-114-000001",), ())
    assert len(attached_sheets(office, PLAN)) == 1
    assert not again.change.areas


def test_cancelled_sheet_is_attached_and_not_marked(
    issued: tuple[Office, bytes], tmp_path: Path
) -> None:
    office, pdf = issued
    cancel_document(office, "KH-114-000001", reason="誤印")
    path = tmp_path / "回件.png"
    path.write_bytes(as_file(pages(pdf, 150)[0], "PNG"))
    result = attach_sheets(office, read_sheets(office, [path]))
    assert (result.attached, result.stamped) == (("KH-114-000001",), ())
    (remark,) = result.remarks
    assert remark.startswith("掃描檔已歸檔，但KH-114-000001 已由 KH-114-000003 取代")


def test_sheet_of_another_office_a_stranger_code_and_a_broken_file_are_told(
    issued: tuple[Office, bytes], tmp_path: Path
) -> None:
    office, pdf = issued
    other = tmp_path / "別的.png"
    with office.store.reading() as reader:
        assert len(reader.documents(PLAN)) == 2
    page = pages(pdf, 150)[0]
    other.write_bytes(as_file(page, "PNG"))
    two = Image.new("L", (page.width * 2, page.height), 255)
    for place, one in enumerate(pages(pdf, 150)):
        two.paste(one, (place * page.width, 0))
    both = tmp_path / "兩份.png"
    both.write_bytes(as_file(two, "PNG"))
    broken = tmp_path / "壞檔.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    text = tmp_path / "文字.png"
    text.write_bytes(b"hello")
    gone = tmp_path / "不在.png"
    found = read_sheets(office, [both, broken, text, gone])
    assert [sheet.is_found for sheet in found] == [False] * 5
    assert "有兩份文件的 QR 碼" in found[0].problem
    assert "「壞檔.pdf」損壞或設有密碼" in found[2].problem
    assert "「文字.png」不是圖片也不是 PDF" in found[3].problem
    assert "「不在.png」打不開" in found[4].problem
    result = attach_sheets(office, found)
    assert (result.attached, result.stamped) == ((), ())
    assert not attached_sheets(office, PLAN)


def test_number_of_no_document_here_is_told(
    issued: tuple[Office, bytes], office: Office, tmp_path: Path
) -> None:
    _, pdf = issued
    path = tmp_path / "回件.png"
    path.write_bytes(as_file(pages(pdf, 150)[0], "PNG"))
    (found,) = read_sheets(office, [path])
    assert "編號 KH-114-000001 不在這個資料庫" in found.problem
