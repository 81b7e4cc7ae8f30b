"""Finish an xlsx package: formula values, creation time, and the same bytes for the same content.

openpyxl stores formulas without their values and stamps the current time. Readers that don't
calculate (Excel's protected view, file previews, python-calamine) would show nothing, and two runs
would never agree; both are put right here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape

StoredValue = int | Decimal | str

EARLIEST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time given to every part of a package, so that it doesn't differ from run to run."""

_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v\s*(?:/>|></v>)</c>', re.DOTALL)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def finish_package(
    package: bytes, formula_values: Sequence[Mapping[str, StoredValue]], created: datetime
) -> bytes:
    """Write the package anew with formula values and fixed times.

    Args:
        package: What openpyxl saved.
        formula_values: For each sheet in order, the value of each formula by its cell.
        created: Creation time, naive; becomes the time of the last change too.

    Returns:
        The finished package.

    Raises:
        ValueError: A formula has no value or a value no formula.
    """
    sheets = {
        f"xl/worksheets/sheet{number}.xml": values
        for number, values in enumerate(formula_values, start=1)
    }
    stamp = created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name in sheets:
                data = _with_values(data.decode("utf-8"), sheets[name]).encode("utf-8")
            elif name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            elif name == "docProps/app.xml":
                data = data.replace(b"Microsoft Excel", b"Gongyu")
            write_part(target, name, data)
    return buffer.getvalue()


def write_part(target: zipfile.ZipFile, name: str, data: bytes, *, is_stored: bool = False) -> None:
    """Add a part to a package with the fixed time; `is_stored` leaves it uncompressed."""
    info = zipfile.ZipInfo(name, EARLIEST_ZIP_TIME)
    info.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
    # The system that made the file would differ between Windows and Linux.
    info.create_system = 0
    target.writestr(info, data)


def _with_values(text: str, values: Mapping[str, StoredValue]) -> str:
    filled: set[str] = set()

    def fill(match: re.Match[str]) -> str:
        cell, attributes, formula = match.groups()
        value = values.get(cell)
        if value is None:
            raise ValueError(f"the formula in {cell} has no value")
        filled.add(cell)
        kind = ' t="str"' if isinstance(value, str) else ""
        shown = escape(value) if isinstance(value, str) else _number(value)
        return f'<c r="{cell}"{attributes}{kind}><f>{formula}</f><v>{shown}</v></c>'

    result = _FORMULA.sub(fill, text)
    if filled != set(values):
        raise ValueError(f"values without a formula: {sorted(set(values) - filled)}")
    return result


def _number(value: int | Decimal) -> str:
    # As many digits as a double holds: what a spreadsheet itself would store.
    return repr(float(value)) if value != int(value) else str(int(value))
