"""問題回報檔: what helps to find a fault, without anybody's data, shown before it is saved."""

from __future__ import annotations

import io
import platform
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from desktop import __version__
from desktop.services.office import Office
from desktop.services.people_mask import PeopleMask
from desktop.services.progress import Progress, silent, step
from desktop.services.self_test_report import personal_words, without_user
from desktop.services.self_testing import run_self_test

LOG_NAME = "gongyu.log"
MOST_LOG_BYTES = 400_000
"""Of each log file its end is taken: what went wrong stands there."""
_PACKAGES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "openpyxl",
    "reportlab",
    "pypdfium2",
    "python-calamine",
    "lxml",
    "pillow",
    "rapidfuzz",
    "onnxruntime",
    "opencv-python-headless",
    "cryptography",
)
_PLAIN = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class BundleMember:
    """One text of the bundle.

    Attributes:
        name: Its name in the zip.
        text: What stands in it, masked.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SupportBundle:
    """Everything that would be saved, for the clerk to look at first."""

    members: tuple[BundleMember, ...]

    def zipped(self) -> bytes:
        """The members as a zip."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in self.members:
                # Notepad of older Windows wants both: the mark at the beginning and CRLF.
                text = member.text.replace("\r\n", "\n").replace("\n", "\r\n")
                archive.writestr(member.name, text.encode("utf-8-sig"))
        return out.getvalue()


def support_bundle(
    office: Office,
    *,
    settings: Mapping[str, object],
    with_self_test: bool = True,
    progress: Progress = silent,
) -> SupportBundle:
    """Gather what helps to find a fault; nothing is written.

    Args:
        office: The open office.
        settings: What the window remembers, by key.
        with_self_test: Whether to go through the program's own test; it takes a while.
        progress: Told which part is gathered.

    Raises:
        CancelledError: When the clerk stopped it.
    """
    mask = _mask_of(office)
    parts: tuple[tuple[str, str, Callable[[], str]], ...] = (
        ("2-版本.txt", "收集版本", _versions),
        ("3-設定.txt", "收集設定", lambda: _settings(office, settings)),
        ("4-資料庫統計.txt", "統計資料庫", lambda: _statistics(office)),
        ("5-檢查結果.txt", "檢查稽核鏈與資料庫", lambda: _checks(office)),
        ("6-自我測試.txt", "自我測試", lambda: _self_test(office)),
    )
    members: list[BundleMember] = []
    for number, (name, words, gather) in enumerate(parts):
        step(progress, number, len(parts), words)
        if gather is parts[-1][2] and not with_self_test:
            continue
        members.append(BundleMember(name, _masked(gather(), mask)))
    logs = [
        BundleMember(f"7-紀錄/{path.name}.txt", _masked(_end_of(path), mask))
        for path in sorted(office.store.path.parent.glob(f"{LOG_NAME}*"))
    ]
    contents = _contents(office.clock(), [*members, *logs])
    return SupportBundle((BundleMember("1-說明.txt", contents), *members, *logs))


def _masked(text: str, mask: PeopleMask) -> str:
    return without_user(mask.masked(text), personal_words())


def _mask_of(office: Office) -> PeopleMask:
    with office.store.reading() as reader:
        names, codes = reader.personal_words()
        agency, _ = office.agency(reader)
    return PeopleMask(
        names={*names, office.actor, office.clerk} - {""},
        codes=codes,
        agencies={agency.name} - {""},
    )


def _contents(now: datetime, members: Sequence[BundleMember]) -> str:
    lines = [
        "公餘 問題回報檔",
        "",
        f"產生時間：{now:%Y-%m-%d %H:%M}",
        "",
        "內容：",
        *(f"　{member.name}（{len(member.text):,} 字）" for member in members),
        "",
        "姓名、人員代號、身分證號、電話、信箱、機關名稱、檔名與個人路徑都已遮住。",
        "不含學習紀錄、名冊、差勤、原件、文件與資料庫本身。",
    ]
    return "\n".join(lines) + "\n"


def _versions() -> str:
    lines = [
        f"公餘 {__version__}",
        f"{platform.python_implementation()} {platform.python_version()}",
        f"{platform.system()} {platform.release()}（{platform.version()}），{platform.machine()}",
        f"編碼 {sys.getfilesystemencoding()}",
        "",
    ]
    for name in _PACKAGES:
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            version = "沒有安裝"
        lines.append(f"{name} {version}")
    return "\n".join(lines) + "\n"


def _settings(office: Office, settings: Mapping[str, object]) -> str:
    with office.store.reading() as reader:
        agency, version = office.agency(reader)
        plans = [f"{plan.id}（{plan.year} 年）" for plan in office.all_plans(reader)]
        own = {stored.plan_id for stored in reader.plan_texts()}
        accounts = len(reader.accounts())
    lines = [
        f"機關設定：{'有' if version else '沒有'}",
        f"機關名稱：{'有填' if agency.name else '沒有填'}",
        f"班別：{len(agency.patterns)} 種",
        f"停止上班：{len(agency.closures)} 筆",
        f"計畫：{'、'.join(plans)}",
        f"自己改過的計畫：{len(own)} 個",
        f"帳號：{accounts} 個",
        f"目前身分：{office.role.word}",
        "",
        "視窗：",
    ]
    # States of windows and columns are bytes that tell nobody anything.
    lines += [
        f"　{key} = {value}"
        for key, value in sorted(settings.items())
        if isinstance(value, _PLAIN) and len(str(value)) <= 120
    ]
    return "\n".join(lines) + "\n"


def _statistics(office: Office) -> str:
    with office.store.reading() as reader:
        sizes = reader.table_sizes()
        counts = reader.counts()
    path = office.store.path
    backups = office.store.backups()
    lines = [
        f"資料庫檔：{path.stat().st_size:,} 位元組",
        f"網路磁碟機：{'是' if office.store.is_network else '否'}",
        f"備份：{len(backups)} 份",
    ]
    if backups:
        latest = max(backup.made_at for backup in backups)
        lines.append(f"最近備份：{latest:%Y-%m-%d %H:%M}")
    lines += [
        f"名冊 {counts.people:,} 人",
        f"學習紀錄 {counts.learning_rows:,} 列",
        f"待處理 {counts.pending_files:,} 檔",
        "",
        "各表的筆數：",
        *(f"　{name} {size:,}" for name, size in sizes.items()),
    ]
    return "\n".join(lines) + "\n"


def _checks(office: Office) -> str:
    chain, store = office.store.check_chain(), office.store.verify()
    lines = ["稽核鏈：完整" if not chain else "稽核鏈有問題："]
    lines += [f"　{words}" for words in chain]
    lines.append("資料庫：完好" if not store else "資料庫有問題：")
    lines += [f"　{words}" for words in store]
    return "\n".join(lines) + "\n"


def _self_test(office: Office) -> str:
    return office.isolation.call(self_test_text, office.clock())


def self_test_text(now: datetime) -> str:
    """The self-test's report, made in a folder that is thrown away.

    Args:
        now: When it is run.
    """
    with tempfile.TemporaryDirectory(prefix="gongyu-", ignore_cleanup_errors=True) as scratch:
        return run_self_test(Path(scratch), now=now, render_window=None).text()


def _end_of(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        file.seek(max(0, file.tell() - MOST_LOG_BYTES))
        return file.read().decode("utf-8", errors="replace")
