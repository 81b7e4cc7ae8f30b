"""職名章: sealed at rest, opened by a password, placed with a trace by whose it is."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from desktop.services import sealing
from desktop.services.issuing import issue_forms, preview_forms
from desktop.services.office import Office
from desktop.services.stamp_pictures import (
    OpenedStamp,
    StampRefusedError,
    WrongPasswordError,
    add_stamp_picture,
    open_stamp,
    stamp_pictures,
    withdraw_stamp_picture,
)
from desktop.store import NotStoredError

PLAN = "kaohsiung-114"
KEYS = ["A0011/policy", "A0011/city"]
PASSWORD = "春眠不覺曉處處聞啼鳥"
GREEN = (0, 160, 60, 255)


def stamp_png(
    *, size: tuple[int, int] = (300, 120), ground: tuple[int, ...] = (0, 0, 0, 0)
) -> bytes:
    image = Image.new("RGBA", size, ground)
    ImageDraw.Draw(image).rectangle((10, 10, size[0] - 10, size[1] - 10), outline=GREEN, width=8)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def stamped(sample: Office) -> Office:
    add_stamp_picture(sample, title=" 課員  周雅雯 ", picture=stamp_png(), password=PASSWORD)
    return sample


def opened_by(office: Office, **choice: str) -> OpenedStamp:
    (info,) = stamp_pictures(office)
    return open_stamp(office, info.id, **{"password": PASSWORD, "box": "人事單位", **choice})


def green_box(pdf: bytes, page: int = 0) -> tuple[float, float, float, float] | None:
    """Where the green of the stamp stands on a page, in millimetres."""
    image = pypdfium2.PdfDocument(pdf)[page].render(scale=10 * 25.4 / 72).to_pil().convert("RGB")
    red, green, _ = image.split()
    mask = Image.eval(green, lambda tone: 255 if tone > 120 else 0)
    mask = Image.composite(
        mask, Image.new("L", mask.size), Image.eval(red, lambda tone: 255 if tone < 90 else 0)
    )
    box = mask.getbbox()
    return tuple(edge / 10 for edge in box) if box else None


def test_picture_is_kept_encrypted_and_opens_with_the_password(stamped: Office) -> None:
    (info,) = stamp_pictures(stamped)
    assert (info.owner, info.title, info.is_own, info.uses) == ("周雅雯", "課員 周雅雯", True, 0)
    stamp = opened_by(stamped)
    with Image.open(io.BytesIO(stamp.picture)) as image:
        assert image.size == (300, 120)
        assert image.getpixel((150, 12)) == GREEN
    with stamped.store.reading() as reader:
        (kept,) = reader.stamp_pictures()
    folder = stamped.store.path.parent
    on_disk = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert stamp.picture not in on_disk
    assert stamp.picture[40:80] not in on_disk
    assert PASSWORD.encode() not in on_disk
    assert kept.sealed in on_disk
    assert json.loads(kept.derivation) == {
        "lanes": 4,
        "memory_kib": 65536,
        "method": "argon2id",
        "passes": 3,
    }
    assert len(kept.salt) == 16


def test_wrong_password_opens_nothing(stamped: Office) -> None:
    with pytest.raises(WrongPasswordError, match="密碼不對"):
        opened_by(stamped, password="春眠不覺曉處處聞啼雞")


@pytest.mark.parametrize(
    "change", [{"content": b"\x00" * 64}, {"salt": b"\x01" * 16}, {"nonce": b"\x01" * 12}]
)
def test_changed_byte_opens_nothing(change: dict[str, bytes]) -> None:
    sealed = sealing.seal(b"secret", PASSWORD, bound_to="甲")
    assert sealing.opened(sealed, PASSWORD, bound_to="甲") == b"secret"
    with pytest.raises(WrongPasswordError):
        sealing.opened(replace(sealed, **change), PASSWORD, bound_to="甲")
    with pytest.raises(WrongPasswordError):
        sealing.opened(sealed, PASSWORD, bound_to="乙")


def test_same_picture_sealed_twice_is_never_the_same(stamped: Office) -> None:
    one, other = (sealing.seal(b"secret", PASSWORD, bound_to="甲") for _ in range(2))
    assert one.content != other.content
    assert one.salt != other.salt


def test_owner_places_it_in_the_box_and_each_use_is_logged(stamped: Office) -> None:
    stamp = opened_by(stamped)
    shown = preview_forms(stamped, PLAN, KEYS, with_stamp=False, seals=[stamp])
    issued = issue_forms(stamped, PLAN, KEYS, with_stamp=False, seals=[stamp])
    for pdf in (shown.pdf, issued.pdf):
        for page in range(2):
            box = green_box(pdf, page)
            assert box is not None
            # 人事單位核章 is the box at x 136, 54 wide.
            assert 136 < box[0] < box[2] < 190
    assert stamp_pictures(stamped)[0].uses == 2
    with stamped.store.reading() as reader:
        uses = reader.stamp_uses()
        entry = next(e for e in reader.audit_entries(5) if e.act.startswith("蓋用職名章"))
    assert [(u.number, u.box, u.reason, u.actor) for u in uses] == [
        ("KH-114-000001", "人事單位", "", "周雅雯"),
        ("KH-114-000002", "人事單位", "", "周雅雯"),
    ]
    assert entry.act == "蓋用職名章「課員 周雅雯」"
    assert entry.detail["documents"] == ["KH-114-000001", "KH-114-000002"]


def test_preview_alone_is_no_use(stamped: Office) -> None:
    preview_forms(stamped, PLAN, KEYS, with_stamp=False, seals=[opened_by(stamped)])
    assert stamp_pictures(stamped)[0].uses == 0


def test_somebody_else_needs_a_reason_that_is_logged(stamped: Office) -> None:
    other = replace(stamped, actor="林代理", clerk="林代理")
    (info,) = stamp_pictures(other)
    assert not info.is_own
    with pytest.raises(StampRefusedError, match="是周雅雯的章；由別人蓋用須寫明原因"):
        opened_by(other)
    stamp = opened_by(other, reason="周雅雯公假，奉准代蓋")
    issue_forms(other, PLAN, KEYS[:1], with_stamp=False, seals=[stamp])
    with other.store.reading() as reader:
        (use,) = reader.stamp_uses()
        entry = next(e for e in reader.audit_entries(5) if e.act.startswith("蓋用職名章"))
    assert use.reason == "周雅雯公假，奉准代蓋"
    assert (entry.detail["owner"], entry.detail["reason"]) == ("周雅雯", "周雅雯公假，奉准代蓋")


def test_paper_without_the_box_gets_no_picture_and_no_use(stamped: Office) -> None:
    stamp = opened_by(stamped, box="機關首長")
    issued = issue_forms(stamped, PLAN, KEYS[:1], with_stamp=False, seals=[stamp])
    assert green_box(issued.pdf) is None
    assert stamp_pictures(stamped)[0].uses == 0


def test_list_takes_it_beside_the_label_of_its_box(stamped: Office) -> None:
    stamp = opened_by(stamped, box="承辦人")
    issued = issue_forms(
        stamped, PLAN, ["lists"], with_stamp=False, seals=[stamp], paper="commendations"
    )
    pages = len(pypdfium2.PdfDocument(issued.pdf))
    boxes = [box for page in range(pages) if (box := green_box(issued.pdf, page))]
    assert boxes
    assert all(37 < box[0] < box[2] < 106 for box in boxes)


def test_withdrawn_stamp_can_be_opened_and_placed_no_more(stamped: Office) -> None:
    stamp = opened_by(stamped)
    with pytest.raises(StampRefusedError, match="停用職名章的原因"):
        withdraw_stamp_picture(stamped, stamp.stamp_id, reason=" ")
    withdraw_stamp_picture(stamped, stamp.stamp_id, reason="調職")
    assert stamp_pictures(stamped) == ()
    with pytest.raises(StampRefusedError, match="已停用"):
        open_stamp(stamped, stamp.stamp_id, password=PASSWORD, box="人事單位")
    with pytest.raises(StampRefusedError, match="沒有印出任何文件"):
        issue_forms(stamped, PLAN, KEYS, with_stamp=False, seals=[stamp])
    again = issue_forms(stamped, PLAN, KEYS[:1], with_stamp=False)
    assert again.numbers == ("KH-114-000001",)
    with pytest.raises(NotStoredError):
        open_stamp(stamped, "none", password=PASSWORD, box="人事單位")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": " 　"}, "名稱"),
        ({"password": "太短了"}, "密碼至少 8 個字"),
        ({"picture": b"GIF89a"}, "PNG 或 SVG"),
        ({"picture": stamp_png()[:200]}, "損壞"),
        ({"picture": stamp_png(size=(40, 200))}, "長寬"),
        ({"picture": stamp_png(ground=(255, 255, 255, 255))}, "透明"),
    ],
)
def test_picture_that_will_not_do_is_refused_in_a_sentence(
    sample: Office, change: dict[str, object], words: str
) -> None:
    given: dict[str, object] = {"title": "課員", "picture": stamp_png(), "password": PASSWORD}
    with pytest.raises(StampRefusedError, match=words):
        add_stamp_picture(sample, **(given | change))  # type: ignore[arg-type]  # cases as data
    assert stamp_pictures(sample) == ()


def test_opened_stamp_shows_no_picture_when_it_is_written_to_a_log(stamped: Office) -> None:
    assert "PNG" not in repr(opened_by(stamped))
