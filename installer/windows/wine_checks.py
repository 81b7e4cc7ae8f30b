"""What an installed product is asked under Wine, and what was seen of it."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from windows import manifest
from windows.product import (
    CONSOLE_LAUNCHER,
    FOLDER,
    NAME,
    ROOT,
    BuildError,
    Product,
)
from windows.tools import say
from windows.wine import USER, Outcome, Wine

LOCAL = rf"C:\users\{USER}\AppData\Local"
_DIGEST = re.compile(r"^\s+(\S+)：([0-9a-f]{64})$", re.MULTILINE)


class CheckError(Exception):
    """A check did not see what it must; the message says what it saw."""


@dataclass(frozen=True)
class Check:
    """One thing that was tried.

    Attributes:
        name: What.
        is_passed: Whether it went as it must.
        words: What was seen.
        seconds: How long it took.
    """

    name: str
    is_passed: bool
    words: str
    seconds: float


@dataclass(frozen=True)
class Artefacts:
    """The packed product.

    Attributes:
        msi, setup, portable: The files.
    """

    msi: Path
    setup: Path
    portable: Path


@dataclass
class Checks:
    """Runs checks one after the other and keeps what each saw.

    Attributes:
        wine: The prefix they run in.
        product: What is tried.
        digests: SHA-256 by path of the product's folder.
        expected: Digests of the self-test's results on this machine, without Wine.
        done: What was seen so far.
    """

    wine: Wine
    product: Product
    digests: Mapping[str, str]
    expected: Mapping[str, str]
    done: list[Check] = field(default_factory=list)

    @property
    def are_passed(self) -> bool:
        """Whether all of them went as they must."""
        return bool(self.done) and all(check.is_passed for check in self.done)

    def tried(self, name: str, act: Callable[[], str]) -> None:
        """Runs one check; one that fails does not stop the others."""
        started = time.monotonic()
        try:
            words, is_passed = act(), True
        except (CheckError, BuildError, OSError) as error:
            words, is_passed = str(error), False
        check = Check(name, is_passed, words, time.monotonic() - started)
        self.done.append(check)
        say(f"{'通過　' if is_passed else '不通過'} {name}：{words}（{check.seconds:.1f} 秒）")

    # --------------------------------------------------------------------------- what is asked

    def is_as_staged(self, folder: str, *, besides: tuple[str, ...] = ()) -> str:
        """Every file below a folder is the product's own, and none is missing or added."""
        found = manifest.digests_below(self.wine.path(folder))
        for name in besides:
            found.pop(name, None)
        difference = manifest.compare(self.digests, found)
        if difference:
            raise CheckError(f"與產品資料夾不同：{difference}")
        return f"{len(found)} 個檔案的 SHA-256 全部與產品資料夾相同"

    def self_test(
        self, folder: str, *, report: str | None = None, launcher: str = CONSOLE_LAUNCHER
    ) -> str:
        """The product's own test, all green, with the same results as on Linux."""
        arguments = ["self-test", *(["--report", report] if report else [])]
        outcome = self.wine.run(self.wine.path(folder) / launcher, *arguments)
        if outcome.code != 0:
            raise CheckError(f"結束碼 {outcome.code}：{outcome.said[-1500:]}")
        said = outcome.said
        if report is not None:
            written = self.wine.path(report)
            if not written.is_file():
                raise CheckError(f"沒有寫出報告「{report}」")
            text = written.read_text(encoding="utf-8-sig")
            if USER in text:
                raise CheckError("報告裡有使用者名稱")
            said = text
        results = dict(_DIGEST.findall(said))
        if results != self.expected:
            raise CheckError(f"結果與 Linux 不同：{results}，應為 {dict(self.expected)}")
        steps = said.count("通過　 ")
        return f"{steps} 項全部通過，{len(results)} 個結果摘要與 Linux 相同"

    def data_files(self) -> dict[str, str]:
        """SHA-256 of everything in the user's data folder."""
        return manifest.digests_below(self.wine.path(rf"{LOCAL}\{FOLDER}"))

    def fill_data(self, folder: str) -> str:
        """A real store in the user's data folder, made by an installed product."""
        store = rf"{LOCAL}\{FOLDER}\gongyu.db"
        outcome = self.check_sample(folder, store=store, out=r"C:\輸出 資料夾")
        if not self.wine.path(store).is_file():
            raise CheckError(f"沒有建立資料庫：{outcome.said[-800:]}")
        return f"以範例建立 {self.wine.path(store).stat().st_size // 1024} KB 的資料庫"

    def check_sample(self, folder: str, *, store: str, out: str) -> Outcome:
        """The check command on the sample office, with its data in a given store."""
        sample = rf"{folder}\app\program\resources\sample"
        outcome = self.wine.run(
            self.wine.path(folder) / CONSOLE_LAUNCHER,
            *("check", "--plan", "kaohsiung-114", "--roster", rf"{sample}\roster.xlsx"),
            *("--agency", rf"{sample}\agency.toml", "--records", rf"{sample}\records"),
            *("--out", out, "--store", store, "--forms"),
        )
        if outcome.code not in (0, 1):
            raise CheckError(f"結束碼 {outcome.code}：{outcome.said[-1500:]}")
        return outcome

    def is_kept(self, before: Mapping[str, str]) -> str:
        """Nothing in the user's data folder has changed."""
        difference = manifest.compare(before, self.data_files())
        if difference:
            raise CheckError(f"資料有變動：{difference}")
        if not before:
            raise CheckError("沒有資料可以比較")
        return f"資料資料夾的 {len(before)} 個檔案原封不動"

    def opens(self, folder: str) -> str:
        """The user's store is whole in the eyes of an installed product."""
        store = rf"{LOCAL}\{FOLDER}\gongyu.db"
        program = self.wine.path(folder) / CONSOLE_LAUNCHER
        outcome = self.wine.run(program, "verify-store", "--store", store)
        if outcome.code != 0:
            raise CheckError(f"結束碼 {outcome.code}：{outcome.said[-800:]}")
        return "升級後的程式打開資料庫，檢查完好"

    def menu(self, folder: str) -> set[str]:
        """The program's own entries in a start menu."""
        found = self.wine.path(rf"{folder}\Microsoft\Windows\Start Menu\Programs").rglob("*.lnk")
        return {path.stem for path in found if NAME in path.stem}

    def registry(self, key: str, value: str) -> str | None:
        """A text in the prefix's registry, None when it is not there."""
        outcome = self.wine.run("reg", "query", key, "/v", value)
        found = re.search(rf"{re.escape(value)}\s+REG_\w+\s+(.+)", outcome.said)
        return found[1].strip() if found else None

    def registry_below(self, key: str) -> str:
        """Everything below a key as ``reg export`` writes it; what is printed loses its Chinese."""
        place = r"C:\exported.reg"
        outcome = self.wine.run("reg", "export", key, place, "/y")
        if outcome.code != 0:
            raise CheckError(f"登錄讀不到（{key}）：{outcome.said[-800:]}")
        return self.wine.path(place).read_text(encoding="utf-16").replace("\\\\", "\\")


def native_digests(python: Path) -> dict[str, str]:
    """The digests of the self-test's results on this machine.

    Raises:
        BuildError: When it fails here already.
    """
    done = subprocess.run(
        [str(python), "-X", "utf8", "-m", "desktop", "self-test", "--report", "/dev/null"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise BuildError(f"自我測試在這台電腦就沒有通過：\n{done.stdout[-3000:]}")
    return dict(_DIGEST.findall(done.stdout))
