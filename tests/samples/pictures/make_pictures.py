"""Take the small pictures of evidence and write beside each what it truly says.

Run by hand, on purpose, when a picture is to change: ``python make_pictures.py BROWSER [NAME …]``,
BROWSER being the command of a Chromium. People and records are invented. The ``.json`` files come from the
lists in ``../evidence/make_samples.py``, never from the program's own reading.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "evidence"))

from make_samples import (  # noqa: E402
    HEADINGS,
    PORTAL,
    PORTAL_HEADINGS,
    RECORDS,
    record_rows,
    table,
    truth,
)

Pixels = np.ndarray
RULED = "th,td{border:1px solid #999} th{background:#eef5f0}"
ZEBRA = (
    "tr:nth-child(odd) td{background:#f4f4f4} th{background:#336699;color:#fff} td{padding:9px 5px}"
)
BAND = "th,td{border:1px solid #dee2e6;padding:6px 4px} th{background:#2a6496;color:#fff}"
OPEN = "th,td{border-bottom:1px solid #ddd;text-align:left;padding:8px 5px}"
FOOTER = (
    "<p style='font-size:11px;color:#666;margin:4px 5px'>客服專線：02-0000-0000　隱私權政策</p>"
)
DARK = "body{background:#1e1e1e;color:#ddd} th,td{border:1px solid #666}"


def page(body: str, style: str, size: int) -> str:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><style>"
        f"body{{font:{size}px 'Noto Sans CJK TC';margin:14px}} table{{border-collapse:collapse;width:100%}}"
        f"th,td{{padding:4px;text-align:center}} {style}</style></head><body>{body}</body></html>"
    )


def eplus(
    records: list[tuple[str, ...]], name: str | None, style: str = RULED, size: int = 14
) -> str:
    head = f"<h3>學習紀錄</h3><div>姓名：{name}</div>" if name else "<h3>學習紀錄</h3>"
    return page(head + table(HEADINGS, record_rows(records), repeats=True), style, size)


def portal(name: str, style: str = RULED, under: str = "") -> str:
    rows = [
        [course, "1", "公務人力發展學院", f"起:1140101<br>迄:1141231<br>登:{day}", hours,
         "高雄市政府", "約僱人員", "相當委任第5職等", "", "數位", "*"]
        for course, day, hours in PORTAL
    ]  # fmt: skip
    return page(
        f"<h3>學習時數</h3><div>姓名：{name}</div>"
        + table(PORTAL_HEADINGS, rows, repeats=True)
        + under,
        style,
        15,
    )


def portal_truth(name: str) -> list[dict[str, str | None]]:
    return [
        {
            "course": course,
            "completed": f"{1911 + int(day[:3])}-{day[3:5]}-{day[5:]}",
            "hours": hours.removesuffix("小時"),
            "person": name,
        }
        for course, day, hours in PORTAL
    ]


def turned(pixels: Pixels, degrees: float) -> Pixels:
    high, wide = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1)
    return cv2.warpAffine(pixels, matrix, (wide, high), borderValue=(255, 255, 255))


def as_scanned(pixels: Pixels, degrees: float) -> Pixels:
    gray = cv2.cvtColor(turned(pixels, degrees), cv2.COLOR_BGR2GRAY).astype(np.float32)
    noise = np.random.default_rng(5).normal(0, 5, gray.shape)
    return np.clip(cv2.GaussianBlur(gray, (0, 0), 0.5) * 0.93 + 10 + noise, 0, 255).astype(np.uint8)


def as_photographed(pixels: Pixels) -> Pixels:
    high, wide = pixels.shape[:2]
    x, y = np.linspace(0, 1, wide)[None], np.linspace(0, 1, high)[:, None]
    shade = 1 - 0.4 * np.sqrt((x - 0.8) ** 2 + (y - 0.1) ** 2)
    lit = turned(pixels, -1.3).astype(np.float32) * shade[..., None] * [0.93, 0.98, 1.0]
    noise = np.random.default_rng(6).normal(0, 4, pixels.shape[:2])[..., None]
    return np.clip(cv2.GaussianBlur(lit, (0, 0), 0.6) + noise, 0, 255).astype(np.uint8)


def blotted(pixels: Pixels) -> Pixels:
    """The period of the second row washed out; its cell stands where the shares say."""
    high, wide = pixels.shape[:2]
    rows, columns = (
        slice(int(0.51 * high), int(0.635 * high)),
        slice(int(0.316 * wide), int(0.451 * wide)),
    )
    spoiled = pixels.copy()
    spoiled[rows, columns] = cv2.GaussianBlur(pixels[rows, columns], (0, 0), 9)
    return spoiled


def encoded(pixels: Pixels, form: str, **options: object) -> bytes:
    image = Image.fromarray(pixels if pixels.ndim == 2 else pixels[:, :, ::-1])
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def pages(pictures: list[Pixels], form: str, **options: object) -> bytes:
    images = [Image.fromarray(pixels) for pixels in pictures]
    buffer = io.BytesIO()
    images[0].save(buffer, form, save_all=True, append_images=images[1:], **options)
    return buffer.getvalue()


def screen(browser: str, markup: str, wide: int, high: int, scale: float) -> Pixels:
    source, shot = HERE / "x.html", HERE / "x.png"
    source.write_text(markup, encoding="utf-8")
    subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu",
            f"--force-device-scale-factor={scale}", f"--window-size={wide},{high}",
            f"--screenshot={shot}", source.as_uri(),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    pixels = cv2.imread(str(shot), cv2.IMREAD_COLOR)
    source.unlink()
    shot.unlink()
    return pixels


def few(pixels: Pixels) -> bytes:
    """A screenshot as PNG with 64 colours."""
    image = Image.fromarray(pixels[:, :, ::-1]).quantize(64)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main(browser: str, only: list[str]) -> None:
    def shot(markup: str, high: int, scale: float = 1.0) -> Pixels:
        return screen(browser, markup, 1366, high, scale)

    def write(name: str, data: bytes, rows: list[dict[str, str | None]]) -> None:
        (HERE / name).write_bytes(data)
        golden = json.dumps(rows, ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(golden + "\n", encoding="utf-8")

    some = RECORDS[:4]
    makers: dict[str, Callable[[], tuple[bytes, list[dict[str, str | None]]]]] = {
        "screen.png": lambda: (few(shot(eplus(RECORDS[:5], "王小明"), 420)), truth(RECORDS[:5], "王小明")),
        "dark.png": lambda: (few(shot(eplus(some, "陳怡君", DARK), 350)), truth(some, "陳怡君")),
        "zebra.png": lambda: (few(shot(eplus(some, "王小明", ZEBRA), 380)), truth(some, "王小明")),
        "upside_down.jpg": lambda: (
            encoded(cv2.rotate(shot(eplus(some, "王小明"), 350), cv2.ROTATE_180), "JPEG", quality=80),
            truth(some, "王小明"),
        ),
        "photo.jpg": lambda: (
            encoded(as_photographed(shot(eplus(some, "王小明"), 350, 1.5)), "JPEG", quality=70),
            truth(some, "王小明"),
        ),
        "two_pages.tif": lambda: (
            pages(
                [
                    as_scanned(shot(eplus(some, "王小明"), 360, 1.4), 1.5),
                    as_scanned(shot(eplus(RECORDS[5:], "王小明"), 360, 1.4), -1.0),
                ],
                "TIFF", compression="jpeg", quality=70,
            ),
            truth(some + RECORDS[5:], "王小明"),
        ),
        "portal.pdf": lambda: (
            pages([as_scanned(shot(portal("李犇"), 620, 1.4), 2.0)], "PDF", resolution=150, quality=60),
            portal_truth("李犇"),
        ),
        "heading_band.png": lambda: (few(shot(eplus(some, "王小明", BAND), 380)), truth(some, "王小明")),
        "heading_band.jpg": lambda: (
            encoded(as_scanned(shot(portal("李犇", BAND), 620, 1.4), 1.2), "JPEG", quality=70),
            portal_truth("李犇"),
        ),
        "footer.png": lambda: (
            few(shot(portal("李犇", OPEN, FOOTER), 620, 1.4)), portal_truth("李犇"),
        ),
        "blot.png": lambda: (few(blotted(shot(eplus(some, "王小明"), 350))), truth(some, "王小明")),
    }  # fmt: skip
    for name in only or makers:
        write(name, *makers[name]())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
