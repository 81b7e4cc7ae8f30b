"""Drive LibreOffice without a window: what it reads, calculates and prints of our workbooks."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

# Always calculate: without this LibreOffice may show the stored values and prove nothing.
ALWAYS_CALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class LibreOffice:
    """LibreOffice with a profile of its own, so that it disturbs no other one."""

    def __init__(self, folder: Path) -> None:
        self._profile = folder / "profile"
        self._output = folder / "converted"
        self._input = folder / "files"
        (self._profile / "user").mkdir(parents=True)
        self._input.mkdir()
        settings = self._profile / "user" / "registrymodifications.xcu"
        settings.write_text(ALWAYS_CALCULATE, encoding="utf-8")

    def convert(self, files: dict[str, bytes], target: str) -> dict[str, bytes]:
        """Convert files by name; the answers stand under the same names without their ending."""
        program = shutil.which("soffice")
        assert program, "LibreOffice (soffice) is not on the path; the test set-up installs it"
        for name, data in files.items():
            (self._input / name).write_bytes(data)
        output = self._output / target
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={self._profile.as_uri()}",
                "--headless",
                "--convert-to",
                target,
                "--outdir",
                str(output),
                *(str(self._input / name) for name in files),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return {
            Path(name).stem: (output / name).with_suffix(f".{target}").read_bytes()
            for name in files
        }


def with_wrong_stored_values(package: bytes) -> bytes:
    """Replace the stored value of every formula by nonsense, so that only calculating gets it right."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>-7</v>", data)
            elif info.filename == "content.xml":
                data = re.sub(
                    rb'(table:formula="[^"]*" office:value-type="(?:float|percentage)" office:value=")[^"]*',
                    rb"\g<1>-7",
                    data,
                )
                data = re.sub(
                    rb'(table:formula="[^"]*" office:value-type="string"><text:p>)[^<]*',
                    rb"\g<1>nonsense",
                    data,
                )
            target.writestr(info, data)
    return buffer.getvalue()
