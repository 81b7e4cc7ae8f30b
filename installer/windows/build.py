"""Makes the Windows product and tries it: the one command.

python3 installer/windows/build.py            three artefacts, every check, installer/REPORT.md
python3 installer/windows/build.py --quick    the folder alone, and its self-test under Wine
python3 installer/windows/build.py --pack     three artefacts, nothing tried
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bootstrap import SetupError, ensure_environment, say, speak_utf8
from windows import (
    assemble,
    manifest,
    msi,
    portable,
    runtime,
    setup_exe,
    signing,
    wine_checks,
    wine_trials,
)
from windows.keep_rule import NotVouchedForError
from windows.product import (
    BUILD,
    CONSOLE_LAUNCHER,
    DIST,
    GUI_LAUNCHER,
    ROOT,
    BuildError,
    OutOfReachError,
    Product,
    Version,
    is_clean,
    this_product,
)
from windows.report import Facts, as_markdown
from windows.tools import (
    ASSEMBLE_PACKAGES,
    PACK_PACKAGES,
    TRY_PACKAGES,
    ensure_packages,
    matching_python,
)
from windows.wine import Wine, can_cut_off
from windows.wine_checks import Artefacts, Checks

FORMER = Version(0, 0, 1)
REPORT = ROOT / "installer" / "REPORT.md"
SUMS = "SHA256SUMS"
PROCESSORS = Path("/sys/devices/system/cpu")
"""Where Wine counts them; the reader of pictures asks for their number."""


def main() -> int:
    """Builds and tries what was asked for.

    Returns:
        0 when everything went as it must, 1 when a check did not, 2 when nothing could be built, 3
        when what it is built from can't be had on this machine.
    """
    speak_utf8()
    options = _parser().parse_args()
    try:
        return _run(options)
    except OutOfReachError as fault:
        say(str(fault))
        return 3
    except (BuildError, NotVouchedForError, SetupError) as fault:
        say(str(fault))
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="製作並試用公餘的 Windows 產品。")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--quick", action="store_true", help="只組成產品資料夾並在 Wine 自我測試")
    which.add_argument("--pack", action="store_true", help="只製作三種安裝檔，不試用")
    which.add_argument(
        "--renew-runtime-list", action="store_true", help="重新驗證執行環境並改寫檔案清單"
    )
    parser.add_argument("--fast", action="store_true", help="壓縮求快不求小")
    parser.add_argument("--twice", action="store_true", help="再做一次，比較每個位元組")
    parser.add_argument("--runtime-zip", type=Path, metavar="檔案", help="改用這個 Windows CPython")
    parser.add_argument("--runtime-sha256", metavar="雜湊", help="--runtime-zip 的 SHA-256")
    return parser


def _run(options: argparse.Namespace) -> int:
    if bool(options.runtime_zip) != bool(options.runtime_sha256):
        raise BuildError("--runtime-zip 與 --runtime-sha256 要一起給。")
    is_tried = not options.pack and not options.renew_runtime_list
    if not options.runtime_zip or sys.platform.startswith("linux"):
        packages = list(ASSEMBLE_PACKAGES)
        if not options.quick:
            packages += PACK_PACKAGES
        if is_tried or matching_python() is None:
            packages += TRY_PACKAGES
        ensure_packages(packages)
    if is_tried and not PROCESSORS.is_dir():
        raise OutOfReachError(
            f"這台電腦看不到 {PROCESSORS}，無法試用圖片辨識；掛載 /sys 後再執行。"
        )
    python = ensure_environment()
    BUILD.mkdir(parents=True, exist_ok=True)
    if options.renew_runtime_list:
        for reason, count in runtime.write_lists(python, BUILD / "cache").items():
            say(f"{count} 個檔案：{reason.value}")
        return 0
    product = this_product()
    say(f"公餘 {product.version}（{product.commit}）")
    other = (options.runtime_zip, options.runtime_sha256) if options.runtime_zip else None
    stage = assemble.assemble(product, python=python, runtime_archive=other)
    say(f"產品資料夾 {stage.size / 1e6:.1f} MB，{len(stage.digests)} 個檔案")
    if options.quick:
        return _quick(product, stage, python)
    signer = signing.configured_signer()
    if signer is not None and options.twice:
        raise BuildError("簽章帶有時間，每次不同；--twice 請在沒有設定簽章憑證時使用。")
    if signer is None:
        say("沒有設定簽章憑證，安裝檔不簽章。")
    else:
        stage = _signed(stage, signer)
    artefacts, seconds = pack(product, stage, DIST, is_fast=options.fast, signer=signer)
    write_sums(artefacts)
    facts = None if options.pack else _full(product, stage, artefacts, python, seconds)
    code = int(facts is not None and not all(check.is_passed for check in facts.checks))
    if not options.twice:
        return code
    same = _same_again(product, python, stage, artefacts, options)
    if facts is not None:
        REPORT.write_text(as_markdown(replace(facts, same=same)), encoding="utf-8")
    return code if all(same.values()) else 1


def pack(
    product: Product,
    stage: assemble.Stage,
    folder: Path,
    *,
    is_fast: bool,
    signer: signing.Signer | None,
) -> tuple[Artefacts, dict[str, float]]:
    """Makes the three artefacts.

    Returns:
        The files, and how many seconds each took, all three side by side.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = Artefacts(
        msi=folder / f"{product.stem}.msi",
        setup=folder / f"{product.stem}-setup.exe",
        portable=folder / f"{product.stem}-portable.zip",
    )
    seconds = {}

    def timed(name: str, make: Callable[[], Path], is_signed: bool) -> None:
        started = time.monotonic()
        path = make()
        if signer is not None and is_signed:
            signer.sign(path)
        seconds[name] = time.monotonic() - started

    makers: dict[str, tuple[Callable[[], Path], bool]] = {
        "msi": (lambda: msi.build_msi(product, stage.folder, stage.digests, made.msi), True),
        "setup": (
            lambda: setup_exe.build_setup(
                product, stage.folder, made.setup, size=stage.size, is_fast=is_fast, signer=signer
            ),
            True,
        ),
        "portable": (
            lambda: portable.build_zip(
                product, stage.folder, made.portable, level=1 if is_fast else 9
            ),
            False,
        ),
    }
    with ThreadPoolExecutor(len(makers)) as pool:
        for task in [pool.submit(timed, name, *how) for name, how in makers.items()]:
            task.result()
    for path in (made.msi, made.setup, made.portable):
        say(f"{path.name}：{path.stat().st_size / 1e6:.1f} MB")
    return made, {name: seconds[name] for name in makers}


def write_sums(artefacts: Artefacts) -> Path:
    """Writes the list of hashes beside the artefacts."""
    files = (artefacts.msi, artefacts.setup, artefacts.portable)
    sums = files[0].parent / SUMS
    sums.write_text(manifest.to_text({path.name: manifest.digest_of(path) for path in files}))
    return sums


def _signed(stage: assemble.Stage, signer: signing.Signer) -> assemble.Stage:
    """The same product with its launchers signed, before they are packed."""
    for name in (GUI_LAUNCHER, CONSOLE_LAUNCHER):
        signer.sign(stage.folder / name)
    return replace(stage, digests=manifest.digests_below(stage.folder))


def _same_again(
    product: Product,
    python: Path,
    stage: assemble.Stage,
    artefacts: Artefacts,
    options: argparse.Namespace,
) -> dict[str, bool]:
    """Builds everything once more and says which files came out the same."""
    say("再做一次，比較位元組……")
    first = manifest.digests_below(DIST)
    other = (options.runtime_zip, options.runtime_sha256) if options.runtime_zip else None
    again = assemble.assemble(product, python=python, runtime_archive=other)
    difference = manifest.compare(stage.digests, again.digests)
    if difference:
        say(f"產品資料夾不同：{difference}")
    folder = BUILD / "again"
    made, _ = pack(product, again, folder, is_fast=options.fast, signer=None)
    same = {"folder": not difference}
    for path in (made.msi, made.setup, made.portable):
        same[path.name] = manifest.digest_of(path) == first.get(path.name)
        say(f"{path.name}：{'每個位元組都相同' if same[path.name] else '不同'}")
        path.unlink()
    return same


def _quick(product: Product, stage: assemble.Stage, python: Path) -> int:
    expected = wine_checks.native_digests(python)
    with Wine(BUILD / "prefix-quick", is_cut_off=can_cut_off()) as prefix:
        say("準備 Wine……")
        prefix.prepare()
        checks = Checks(prefix, product, stage.digests, expected)
        wine_trials.try_folder(checks, stage.folder)
    return 0 if checks.are_passed else 1


def _full(
    product: Product,
    stage: assemble.Stage,
    artefacts: Artefacts,
    python: Path,
    seconds: dict[str, float],
) -> Facts:
    expected = wine_checks.native_digests(python)
    former = _former(product, stage)
    former_launcher = BUILD / "former" / "stage" / GUI_LAUNCHER
    is_cut_off = can_cut_off()
    with Wine(BUILD / "prefix", is_cut_off=is_cut_off, patience=1500) as prefix:
        say("準備 Wine……")
        prefix.prepare()
        checks = Checks(prefix, product, stage.digests, expected)
        wine_trials.try_folder(checks, stage.folder)
        wine_trials.try_setup(checks, artefacts, former)
        wine_trials.try_msi(checks, artefacts, former)
        wine_trials.try_portable(checks, artefacts)
        wine_trials.try_network_drive(checks)
        files = (former_launcher, former.setup, former.msi)
        wine_trials.try_signing(checks, files, BUILD / "signed")
        say("量測起動時間……")
        times = wine_trials.start_times(
            checks, r"C:\公餘 試用（第 1 份）", python=python, cold=_empty_file_cache
        )
    facts = Facts(
        product=product,
        is_clean=is_clean(),
        at=datetime.now().astimezone(),
        stage=stage,
        sizes={
            path.name: path.stat().st_size
            for path in (artefacts.msi, artefacts.setup, artefacts.portable)
        },
        pack_seconds=seconds,
        start_seconds=times,
        same=None,
        is_cut_off=is_cut_off,
        checks=tuple(checks.done),
        tools=_tools(),
    )
    REPORT.write_text(as_markdown(facts), encoding="utf-8")
    failed = [check.name for check in checks.done if not check.is_passed]
    say(f"\n{len(checks.done) - len(failed)} 項通過，{len(failed)} 項不通過；報告：{REPORT}")
    return facts


def _former(product: Product, stage: assemble.Stage) -> Artefacts:
    """A former version to upgrade from: the same program, an older number, one file more."""
    say("製作前一版（供升級試用）……")
    former = replace(product, version=FORMER)
    folder = BUILD / "former"
    target = folder / "stage"
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(stage.folder, target)
    assemble.build_launchers(target, former)
    shutil.copytree(BUILD / "launcher", folder / "launcher")
    (target / "app" / "product.toml").write_text(assemble.product_text(former), encoding="utf-8")
    (target / wine_trials.STALE).write_text("# only the former version has this file\n")
    assemble.settle_times(target, product.epoch)
    old = replace(stage, folder=target, digests=manifest.digests_below(target))
    made, _ = pack(former, old, folder, is_fast=True, signer=None)
    return made


def _empty_file_cache() -> bool:
    """Empties the machine's file cache, so that the next start reads from the disk."""
    subprocess.run(["sync"], check=False)
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3\n")
    except OSError:
        return False
    return True


def _tools() -> dict[str, str]:
    """What the product was made and tried with."""

    def first_line(*command: str) -> str:
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return "—"
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        return lines[0].strip().removesuffix(", using:") if lines else "—"

    debian = Path("/etc/debian_version")
    return {
        "Debian": debian.read_text().strip() if debian.is_file() else platform.platform(),
        "Python": platform.python_version(),
        "wine": first_line("wine", "--version"),
        "wixl": first_line("wixl", "--version"),
        "makensis": first_line("makensis", "-VERSION"),
        "osslsigncode": first_line("osslsigncode", "--version"),
        "mingw gcc": first_line("x86_64-w64-mingw32-gcc", "--version"),
    }


if __name__ == "__main__":
    sys.exit(main())
