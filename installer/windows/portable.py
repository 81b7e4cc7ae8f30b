"""The portable zip: the product's folder with the marker that keeps data beside the program."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

from windows.product import FOLDER, Product

MARKER = "portable.ini"
MARKER_TEXT = (
    "; 有這個檔案時，公餘把資料放在旁邊的 data 資料夾，不放在使用者的資料夾。\r\n"
    "; 整個資料夾可以一起搬到別處；不要只搬程式。\r\n"
    "[portable]\r\n"
)
_FIRST_DOS_YEAR = 1980


def build_zip(product: Product, stage: Path, target: Path, *, level: int = 9) -> Path:
    """Packs the product's folder, the same bytes every time.

    Args:
        product: What is packed.
        stage: The product's folder.
        target: The zip to write.
        level: 1 quick to 9 small.
    """
    moment = time.gmtime(product.epoch)[:6]
    date = moment if moment[0] >= _FIRST_DOS_YEAR else (_FIRST_DOS_YEAR, 1, 1, 0, 0, 0)
    top = f"{FOLDER}-{product.version}"
    target.unlink(missing_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:

        def add(name: str, data: bytes) -> None:
            entry = zipfile.ZipInfo(f"{top}/{name}", date_time=date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)

        files = sorted(path for path in stage.rglob("*") if path.is_file())
        for path in files:
            add(path.relative_to(stage).as_posix(), path.read_bytes())
        add(MARKER, MARKER_TEXT.encode("utf-8-sig"))
    return target
