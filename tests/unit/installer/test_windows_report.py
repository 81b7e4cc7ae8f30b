"""The report of a build, and what README and workflow say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from installer.bootstrap import ROOT
from windows.assemble import Stage
from windows.keep_rule import Reason
from windows.product import Product, Version
from windows.report import Facts, as_markdown
from windows.wine_checks import Check, Checks

FACTS = Facts(
    product=Product(Version(1, 2, 3), "abcdef123456", 0),
    is_clean=True,
    at=datetime(2026, 3, 4, 15, 6, tzinfo=UTC),
    stage=Stage(Path("s"), {"a": "0" * 64}, 199_900_000, {Reason.SIGNED: 24}, ("lxml-6.1.3",)),
    sizes={"a.msi": 88_600_000, "a-setup.exe": 56_200_000},
    pack_seconds={"msi": 20.4, "setup": 400.0},
    start_seconds={
        "wine cold": 9.25,
        "wine warm": 4.0,
        "linux cold": 2.0,
        "linux warm": 1.04,
        "cache emptied": 1.0,
        "load": 0.44,
        "cores": 2.0,
    },
    same=None,
    is_cut_off=True,
    checks=(Check("一", True, "好", 1.0), Check("二", False, "壞 | 了\n第二行", 2.0)),
    tools={"Debian": "12.11", "wine": "wine-8.0"},
)


def test_report_tells_version_date_sizes_and_times() -> None:
    text = as_markdown(FACTS)
    assert "* Version 1.2.3, commit `abcdef123456`, 2026-03-04 15:06 UTC." in text
    assert "Debian 12.11, wine wine-8.0." in text
    assert "| installed | 199.9 MB, 1 files | |" in text
    assert "| `a.msi` | 88.6 MB | 20 s |" in text
    assert "| `a-setup.exe` | 56.2 MB | 400 s |" in text
    assert "| Wine, the product | 9.2 s | 4.0 s |" in text
    assert "| Linux, the checkout | 2.0 s | 1.0 s |" in text
    assert "24 signed by the publisher" in text
    assert "file cache emptied before. Load average before: 0.4 on 2 cores." in text


def test_failed_check_stands_out_in_one_row() -> None:
    text = as_markdown(FACTS)
    assert "* 1 of 2 checks passed" in text
    assert "| 一 | 通過 | 好 | 1.0 |" in text
    assert "| 二 | **不通過** | 壞 ／ 了 第二行 | 2.0 |" in text


def test_what_is_not_so_is_not_told() -> None:
    facts = replace(
        FACTS,
        is_clean=False,
        is_cut_off=False,
        same={"folder": True, "a.msi": False},
        start_seconds={**FACTS.start_seconds, "cache emptied": 0.0},
    )
    text = as_markdown(facts)
    assert "with uncommitted changes" in text
    assert "allows no namespace" in text
    assert "could not be emptied" in text
    assert "folder the same bytes, a.msi other bytes." in text


def test_checks_pass_only_when_there_are_any_and_all_do() -> None:
    checks = Checks(wine=None, product=FACTS.product, digests={}, expected={})  # type: ignore[arg-type]
    assert not checks.are_passed
    checks.done.append(FACTS.checks[0])
    assert checks.are_passed
    checks.done.append(FACTS.checks[1])
    assert not checks.are_passed


def test_modules_that_the_readme_names_are_there() -> None:
    text = (ROOT / "installer" / "README.md").read_text(encoding="utf-8")
    modules = sorted((ROOT / "installer" / "windows").glob("*.py"))
    told = {path.name for path in modules if path.name in text}
    untold = {path.name for path in modules} - told
    helpers = {"__init__.py", "catalogue.py", "compile_ahead.py", "download_source.py"}
    helpers |= {"first_window.py", "manifest.py", "pe.py", "product.py", "report.py", "tools.py"}
    assert untold == helpers | {"sign_file.py", "windows_lock.py"}


def test_workflow_says_that_nobody_has_run_it_and_calls_what_is_there() -> None:
    text = (ROOT / ".github" / "workflows" / "windows-product.yml").read_text(encoding="utf-8")
    assert text.startswith("# Not yet executed")
    assert "python3 installer/windows/build.py --twice" in text
    assert (ROOT / "installer" / "windows" / "build.py").is_file()
