"""What the workbook tests share: the sample workbooks, and what LibreOffice makes of them."""

from __future__ import annotations

import pytest

from desktop.exports import (
    write_commendation_list_ods,
    write_commendation_list_xlsx,
    write_summary_ods,
    write_summary_xlsx,
)
from tests.unit.exports.libreoffice import LibreOffice, with_wrong_stored_values
from tests.unit.exports.sample_content import commendation_list_content, summary_content


@pytest.fixture(scope="session")
def sample_files() -> dict[str, bytes]:
    """Every kind of file the floor writes, of the sample office, by a name to save it under."""
    return {
        "summary-from-xlsx.xlsx": write_summary_xlsx(summary_content()),
        "summary-from-ods.ods": write_summary_ods(summary_content()),
        "list-from-xlsx.xlsx": write_commendation_list_xlsx(commendation_list_content()),
        "list-from-ods.ods": write_commendation_list_ods(commendation_list_content()),
    }


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(scope="session")
def recalculated(libreoffice: LibreOffice, sample_files: dict[str, bytes]) -> dict[str, bytes]:
    """The sample files with nonsense for values, calculated and saved as xlsx by LibreOffice."""
    files = {name: with_wrong_stored_values(data) for name, data in sample_files.items()}
    return libreoffice.convert(files, "xlsx")


@pytest.fixture(scope="session")
def printed(libreoffice: LibreOffice, sample_files: dict[str, bytes]) -> dict[str, bytes]:
    """The sample files as LibreOffice prints them, in PDF."""
    return libreoffice.convert(sample_files, "pdf")
