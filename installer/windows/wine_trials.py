"""What is tried under Wine: install, compare, run, upgrade, refuse, remove; each form in turn."""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from windows import manifest
from windows.msi import DATA_WORDS
from windows.product import (
    CONSOLE_LAUNCHER,
    FOLDER,
    GUI_LAUNCHER,
    HERE,
    NAME,
    ROOT,
    VENDOR,
    BuildError,
)
from windows.signing import Signer
from windows.tools import run
from windows.wine import USER, Outcome, on_drive_z
from windows.wine_checks import LOCAL, Artefacts, CheckError, Checks

UNINSTALLER = "uninstall.exe"
STALE = "app/program/desktop/left_from_former.py"
"""A file that only the former version has: an upgrade must remove it."""

_NEWER_THERE, _IS_RUNNING = 3, 4  # exit codes of the setup program; see setup.nsi
_UNTIL_STARTED = 5.0  # seconds after which a program runs and its self-test is not at its end
_UNINSTALL_KEY = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{FOLDER}"
_LIST_FOR_ALL = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"
_ROAMING = rf"C:\users\{USER}\AppData\Roaming"
_FOR_ALL = r"C:\ProgramData"
_ENTRIES = {NAME, f"{NAME} 自我測試"}


def try_folder(checks: Checks, stage: Path) -> None:
    """The quick form: the assembled folder itself, laid where a user might."""
    folder = r"C:\公餘 試用（第 1 份）"

    def lay() -> str:
        shutil.copytree(stage, checks.wine.path(folder))
        return checks.is_as_staged(folder)

    checks.tried("產品資料夾放進有中文與空白的路徑", lay)
    report = rf"C:\users\{USER}\文件 夾\自我測試 報告.txt"
    checks.tried("自我測試", lambda: checks.self_test(folder, report=report))
    checks.tried("執行後程式資料夾沒有變動", lambda: checks.is_as_staged(folder))


def try_setup(checks: Checks, artefacts: Artefacts, former: Artefacts) -> None:
    """The per-user setup program from the former version to its removal."""
    folder = rf"{LOCAL}\Programs\{FOLDER}"
    wine = checks.wine

    def install(setup: Path, version: str) -> str:
        outcome = wine.run(setup, "/S")
        shown = checks.registry(_UNINSTALL_KEY, "DisplayVersion")
        if outcome.code != 0 or shown != version:
            raise CheckError(f"結束碼 {outcome.code}，登錄的版本 {shown}：{outcome.said[-800:]}")
        return f"靜默安裝完成，登錄的版本 {shown}"

    def refuse() -> str:
        outcome = wine.run(former.setup, "/S")
        if outcome.code != _NEWER_THERE:
            raise CheckError(f"結束碼 {outcome.code}，應為 {_NEWER_THERE}")
        return f"結束碼 {outcome.code}；{checks.is_as_staged(folder, besides=(UNINSTALLER,))}"

    def refuse_while_running() -> str:
        report = rf"C:\users\{USER}\視窗程式 報告.txt"
        with ThreadPoolExecutor(1) as pool:
            test = pool.submit(checks.self_test, folder, report=report, launcher=GUI_LAUNCHER)
            time.sleep(_UNTIL_STARTED)
            outcome = wine.run(artefacts.setup, "/S")
            is_running = not test.done()
            words = test.result()
        if not is_running:
            raise CheckError("自我測試已經結束，沒有試到執行中的安裝")
        if outcome.code != _IS_RUNNING:
            raise CheckError(f"程式執行中，安裝的結束碼 {outcome.code}，應為 {_IS_RUNNING}")
        return f"{words}；其間安裝的結束碼 {outcome.code}，檔案沒有變動"

    def upgrade() -> str:
        words = install(artefacts.setup, str(checks.product.version))
        entries = checks.menu(_ROAMING)
        if entries != _ENTRIES:
            raise CheckError(f"開始功能表有 {sorted(entries)}，應為 {sorted(_ENTRIES)}")
        return f"{words}；{checks.is_as_staged(folder, besides=(UNINSTALLER,))}；開始功能表兩項"

    def remove() -> str:
        words = checks.registry(_UNINSTALL_KEY, "Comments") or ""
        if "資料" not in words and "data" not in words:
            raise CheckError(f"解除安裝前沒有說明資料會留下：{words!r}")
        wine.run(wine.path(folder) / UNINSTALLER, "/S")
        for _ in range(60):  # it copies itself away and returns at once
            if not wine.path(folder).exists():
                break
            time.sleep(0.5)
        else:
            left = sorted(manifest.digests_below(wine.path(folder)))[:5]
            raise CheckError(f"程式資料夾還在：{left}")
        if checks.registry(_UNINSTALL_KEY, "DisplayVersion") is not None:
            raise CheckError("登錄項目還在")
        if checks.menu(_ROAMING):
            raise CheckError("開始功能表的項目還在")
        return "程式資料夾、登錄與開始功能表都移除了，登錄的說明寫明資料會留下"

    checks.tried("安裝程式：安裝前一版", lambda: install(former.setup, "0.0.1"))
    checks.tried("安裝程式：以前一版建立資料", lambda: checks.fill_data(folder))
    before = checks.data_files()
    checks.tried("安裝程式：升級，檔案與產品相同", upgrade)
    checks.tried("安裝程式：升級後資料保留", lambda: checks.is_kept(before))
    checks.tried("安裝程式：升級後打開資料", lambda: checks.opens(folder))
    checks.tried("安裝程式：自我測試，同時拒絕重新安裝", refuse_while_running)
    after_test = checks.data_files()
    checks.tried("安裝程式：拒絕降級", refuse)
    checks.tried("安裝程式：解除安裝", remove)
    checks.tried("安裝程式：解除安裝後資料保留", lambda: checks.is_kept(after_test))


def try_msi(checks: Checks, artefacts: Artefacts, former: Artefacts) -> None:
    """The per-machine MSI from the former version to its removal."""
    folder = rf"C:\Program Files\{FOLDER}"
    wine = checks.wine

    def msiexec(switch: str, msi: Path) -> Outcome:
        # An administrator's path, in Chinese and with a blank.
        place = wine.path(r"C:\部署 檔案") / msi.name
        place.parent.mkdir(exist_ok=True)
        if not place.exists():
            shutil.copyfile(msi, place)
        return wine.run("msiexec", switch, rf"C:\部署 檔案\{msi.name}", "/qn", "/norestart")

    def install(msi: Path, version: str) -> str:
        outcome = msiexec("/i", msi)
        shown = checks.registry(rf"HKLM\Software\{FOLDER}", "Version")
        if outcome.code != 0 or shown != version:
            raise CheckError(f"結束碼 {outcome.code}，登錄的版本 {shown}：{outcome.said[-800:]}")
        return f"靜默安裝完成，登錄的版本 {shown}"

    def upgrade() -> str:
        words = install(artefacts.msi, str(checks.product.version))
        entries = checks.registry_below(_LIST_FOR_ALL).count(f'"Publisher"="{VENDOR}"')
        if entries != 1:
            raise CheckError(f"程式清單有 {entries} 項，應為 1 項")
        return f"{words}；{checks.is_as_staged(folder)}；程式清單 1 項；{menu_words()}"

    def menu_words() -> str:
        # Windows puts the entries into everybody's menu, Wine 8 into the user's own.
        found = checks.menu(_FOR_ALL) | checks.menu(_ROAMING)
        if found != _ENTRIES:
            raise CheckError(f"開始功能表有 {sorted(found)}，應為 {sorted(_ENTRIES)}")
        return "開始功能表兩項"

    def refuse() -> str:
        outcome = msiexec("/i", former.msi)
        if outcome.code == 0:
            raise CheckError("舊版竟然裝上了")
        shown = checks.registry(rf"HKLM\Software\{FOLDER}", "Version")
        if shown != str(checks.product.version):
            raise CheckError(f"登錄的版本變成 {shown}")
        # Of Windows Installer's 1603 only the last eight bits arrive here: 67.
        return f"msiexec 失敗（{outcome.code}）；{checks.is_as_staged(folder)}"

    def remove() -> str:
        if DATA_WORDS not in checks.registry_below(_LIST_FOR_ALL):
            raise CheckError("解除安裝前沒有說明資料會留下")
        outcome = msiexec("/x", artefacts.msi)
        left = wine.path(folder)
        if outcome.code != 0 or left.exists():
            raise CheckError(
                f"結束碼 {outcome.code}，程式資料夾{'還在' if left.exists() else '已移除'}"
            )
        if checks.menu(_FOR_ALL) | checks.menu(_ROAMING):
            raise CheckError("開始功能表的項目還在")
        return "程式資料夾與開始功能表都移除了，程式清單的說明寫明資料會留下"

    checks.tried("MSI：安裝前一版", lambda: install(former.msi, "0.0.1"))
    checks.tried("MSI：以前一版在資料裡工作", lambda: checks.fill_data(folder))
    before = checks.data_files()
    checks.tried("MSI：升級，檔案與產品相同", upgrade)
    checks.tried("MSI：升級後資料保留", lambda: checks.is_kept(before))
    checks.tried("MSI：升級後打開資料", lambda: checks.opens(folder))
    checks.tried("MSI：自我測試", lambda: checks.self_test(folder))
    after_test = checks.data_files()
    checks.tried("MSI：拒絕降級", refuse)
    checks.tried("MSI：解除安裝", remove)
    checks.tried("MSI：解除安裝後資料保留", lambda: checks.is_kept(after_test))


def try_portable(checks: Checks, artefacts: Artefacts) -> None:
    """The portable form, and the policy file beside a program."""
    top = r"C:\公餘 可攜版"
    folder = rf"{top}\{FOLDER}-{checks.product.version}"
    wine = checks.wine
    own = ("portable.ini",)

    def unpack() -> str:
        with zipfile.ZipFile(artefacts.portable) as archive:
            archive.extractall(wine.path(top))
        return checks.is_as_staged(folder, besides=own)

    def keep_beside() -> str:
        before = checks.data_files()
        words = checks.self_test(folder)
        reports = sorted(wine.path(rf"{folder}\data").glob("*.txt"))
        if not reports or manifest.compare(before, checks.data_files()):
            raise CheckError("資料沒有放在程式旁邊的 data 資料夾")
        return f"{words}；報告寫在旁邊的 data，使用者的資料夾沒有變動"

    def follow_policy() -> str:
        wine.path(rf"{folder}\policy.toml").write_text(
            "data_folder = 'C:\\機關 資料\\%USERNAME%'\n", encoding="utf-8"
        )
        words = checks.self_test(folder)
        if not list(wine.path(rf"C:\機關 資料\{USER}").glob("*.txt")):
            raise CheckError("資料沒有放在統一設定指定的資料夾")
        return f"{words}；資料放在 C:\\機關 資料\\{USER}"

    def follow_registry() -> str:
        named = r"C:\機關 設定\統一 設定.toml"
        wine.path(named).parent.mkdir()
        wine.path(named).write_text("data_folder = 'C:\\群組原則 資料'\n", encoding="utf-8")
        key = rf"HKLM\Software\Policies\{FOLDER}"
        wine.run("reg", "add", key, "/v", "PolicyFile", "/d", named, "/f")
        try:
            words = checks.self_test(folder)
        finally:
            wine.run("reg", "delete", key, "/f")
        if not list(wine.path(r"C:\群組原則 資料").glob("*.txt")):
            raise CheckError("資料沒有放在群組原則指定的資料夾")
        return f"{words}；資料放在群組原則指出的設定檔所說的資料夾"

    def refuse_inside() -> str:
        wine.path(rf"{folder}\policy.toml").write_text(
            f"data_folder = '{folder}\\app'\n", encoding="utf-8"
        )
        outcome = wine.run(wine.path(folder) / CONSOLE_LAUNCHER, "self-test", "--no-window")
        if "在程式資料夾裡" not in outcome.said:
            raise CheckError(f"沒有說明資料資料夾不能在程式裡：{outcome.said[-800:]}")
        wine.path(rf"{folder}\policy.toml").unlink()
        return "指到程式資料夾裡的統一設定不採用，並說明原因"

    checks.tried("可攜版：解開，檔案與產品相同", unpack)
    checks.tried("可攜版：資料在程式旁邊", keep_beside)
    checks.tried("統一設定：程式旁邊的 policy.toml", follow_policy)
    checks.tried("統一設定：群組原則指出的檔案", follow_registry)
    checks.tried("統一設定：不許指到程式資料夾", refuse_inside)


def try_network_drive(checks: Checks) -> None:
    """A store on a network drive gets a rollback journal and a lock file."""
    folder = rf"C:\公餘 可攜版\{FOLDER}-{checks.product.version}"
    wine = checks.wine
    share = wine.folder / "share 共用"

    def keep() -> str:
        share.mkdir()
        link = wine.folder / "dosdevices" / "n:"
        link.symlink_to(share)
        wine.run("reg", "add", r"HKLM\Software\Wine\Drives", "/v", "N:", "/d", "network", "/f")
        wine.stop()  # drives are read when Wine starts
        store = r"N:\人事 資料\gongyu.db"
        checks.check_sample(folder, store=store, out=r"C:\輸出 網路")
        names = {path.name for path in (share / "人事 資料").iterdir()}
        if "gongyu.db.lock" not in names or any("-wal" in name for name in names):
            raise CheckError(f"網路磁碟機上的資料庫沒有用鎖定檔與還原日誌：{sorted(names)}")
        header = (share / "人事 資料" / "gongyu.db").read_bytes()[18:20]
        if header != b"\x01\x01":  # SQLite file format, bytes 18 and 19: 1 is a rollback journal
            raise CheckError("網路磁碟機上的資料庫用了 WAL")
        return "用還原日誌（不用 WAL）與鎖定檔"

    checks.tried("資料在網路磁碟機", keep)


def try_signing(checks: Checks, files: Sequence[Path], scratch: Path) -> None:
    """Signs copies with a certificate made for the moment, as a configured one would.

    Args:
        checks: Keeps what was seen.
        files: A program, a setup program, an MSI.
        scratch: Folder for the copies, thrown away.
    """

    def sign() -> str:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        certificate, key = scratch / "certificate.pem", scratch / "key.pem"
        run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-subj", "/CN=Gongyu trial", "-addext", "extendedKeyUsage=codeSigning"),
                *("-keyout", key, "-out", certificate),
            ]
        )
        signer = Signer(str(certificate), str(key))
        for path in files:
            copy = scratch / path.name
            shutil.copyfile(path, copy)
            signer.sign(copy)
            run(["osslsigncode", "verify", "-CAfile", certificate, "-in", copy])
        shutil.rmtree(scratch)
        return f"{'、'.join(path.name for path in files)} 簽章後驗證無誤（臨時憑證）"

    checks.tried("簽章", sign)


def start_times(
    checks: Checks, folder: str, *, python: Path, cold: Callable[[], bool]
) -> dict[str, float]:
    """Seconds from the start to the first drawn window and end, cold and warm, here and under Wine.

    Args:
        checks: For the prefix.
        folder: Where the product lies in it.
        python: The checkout's interpreter.
        cold: Empties the machine's file cache and says whether it could.
    """
    runtime = checks.wine.path(folder) / "app" / "runtime" / "python.exe"
    script = HERE / "first_window.py"
    times = {"load": os.getloadavg()[0], "cores": float(os.cpu_count() or 1)}
    is_cold = cold()
    checks.wine.stop()
    for name in ("cold", "warm"):
        outcome = checks.wine.run(runtime, "-X", "utf8", "-B", on_drive_z(script))
        if outcome.code != 0:
            raise BuildError(f"量測起動時間沒有成功：{outcome.said[-800:]}")
        times[f"wine {name}"] = outcome.seconds
    is_cold = cold() and is_cold
    for name in ("cold", "warm"):
        started = time.monotonic()
        run([python, "-X", "utf8", script], folder=ROOT)
        times[f"linux {name}"] = time.monotonic() - started
    times["cache emptied"] = float(is_cold)
    return times
