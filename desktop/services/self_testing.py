"""The self-test: the whole main job in a temporary folder, and a report that a clerk can send."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import platform
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pypdfium2

from desktop import __version__
from desktop.domain.evidence import LearningRow
from desktop.domain.verdicts import PersonVerdict
from desktop.importers.document import Source
from desktop.importers.readers.sheets import read_sheets
from desktop.importers.sheet_codes import read_sheet_codes
from desktop.services.applications import application_drafts
from desktop.services.draft import DraftFile, ImportDraft
from desktop.services.facts import Basis
from desktop.services.importing import read_batch
from desktop.services.isolation import Isolation, SameProcess
from desktop.services.issuing import form_candidates, issue_forms
from desktop.services.network_watch import NetworkWatch
from desktop.services.office import Office, open_office
from desktop.services.sample_office import SAMPLE_PLAN, fill_with_sample
from desktop.services.self_test_report import SelfTestReport, Step
from desktop.services.summarising import RunFacts, files_read, write_summaries
from desktop.services.verdict_json import document
from desktop.services.verifying import evaluate_everybody
from forms.document import Issue

log = logging.getLogger("desktop.services.self_testing")

RARE_NAME = "𡘙喆堃𠮷峯㛢"
"""A name with characters outside the common fonts, two of them beyond the basic plane."""

_MOMENT = datetime(2025, 9, 1, 9)
"""The sample office's own now: what the test makes does not depend on the day it is run."""

_ACTOR = "自我測試"
PRINTOUT = "莊慧娟 學習紀錄.pdf"
"""The sample's printout whose first rows are also read as a picture."""
_PICTURED_ROWS = 4
_PICTURED_FACTS = ("start", "end", "reading_time", "pass_status", "certified_hours")
_BELOW_POINTS = 3
"""Points below a row that its lower rule needs."""
RenderWindow = Callable[[Office], str]
"""Shows the window of an office off screen, looks at it, and says what it saw."""


class SelfTestError(Exception):
    """A step did not give what it must; the message is one Chinese sentence."""


@dataclass
class _Run:
    """What later steps need of earlier ones."""

    folder: Path
    render_window: RenderWindow | None
    isolation: Isolation
    closing: ExitStack
    office: Office | None = None
    draft: ImportDraft | None = None
    basis: Basis | None = None
    verdicts: tuple[PersonVerdict, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def opened(self) -> Office:
        if self.office is None:
            raise SelfTestError("資料庫沒有打開，這一步沒有試。")
        return self.office

    @property
    def checked(self) -> Basis:
        if self.basis is None:
            raise SelfTestError("前面的查核沒有完成，這一步沒有試。")
        return self.basis


def run_self_test(
    folder: Path,
    *,
    now: datetime,
    render_window: RenderWindow | None,
    place_words: str = "",
    isolation: Isolation | None = None,
) -> SelfTestReport:
    """Goes through the main job on the sample office; a step that fails does not stop the others.

    Args:
        folder: An empty folder for the store; the caller throws it away.
        now: When the test is run, for the report.
        render_window: Shows the window; None leaves that step out.
        place_words: Where an office's data would lie on this PC, in words without a path.
        isolation: Where the sample's files are parsed; in this process unless given.
    """
    steps: list[Step] = []
    with ExitStack() as closing, NetworkWatch() as watch:
        run = _Run(folder, render_window, isolation or SameProcess(), closing)
        for name, act in _STEPS:
            if act is _window and render_window is None:
                continue
            steps.append(_tried(name, act, run))
        steps.append(_no_network(watch.seen))
    return SelfTestReport(
        program=__version__,
        at=now,
        system=f"{platform.system()} {platform.release()}（{platform.version()}）",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        place_words=place_words,
        steps=tuple(steps),
        digests=tuple(run.digests.items()),
    )


def _tried(name: str, act: Callable[[_Run], str], run: _Run) -> Step:
    started = time.perf_counter()
    try:
        words, is_passed = act(run), True
    except SelfTestError as fault:
        words, is_passed = str(fault), False
    except Exception as error:
        log.error("self-test: %s", name, exc_info=error)
        words, is_passed = f"發生錯誤：{type(error).__name__}：{error}", False
    return Step(name, is_passed, words, time.perf_counter() - started)


def _open_store(run: _Run) -> str:
    path = run.folder / "自我測試 資料庫.db"
    office = open_office(path, actor=_ACTOR, clock=lambda: _MOMENT, isolation=run.isolation)
    run.office = office
    run.closing.callback(office.close)
    findings = office.store.verify()
    if findings:
        raise SelfTestError(f"新建的資料庫檢查出問題：{findings[0]}")
    return "已在暫存資料夾新建資料庫、升級到目前格式並檢查完好。"


def _fill(run: _Run) -> str:
    fill_with_sample(run.opened)
    with run.opened.store.reading() as reader:
        counts = reader.counts()
    if not counts.people or not counts.learning_rows:
        raise SelfTestError("範例沒有匯入任何人員或學習紀錄。")
    return f"範例機關 {counts.people} 人、學習紀錄 {counts.learning_rows} 列已存入。"


def _read_kinds(run: _Run) -> str:
    """Each file of the sample gives rows or a reason; PDF and sheets give rows."""
    records = run.opened.library.sample_folder / "records"
    run.draft = read_batch(run.opened, [records])
    rows: dict[str, int] = {}
    for file in run.draft.files:
        found = len(file.extraction.rows)
        if not found and not file.extraction.refusals:
            raise SelfTestError(f"範例檔案「{file.name}」沒有讀出任何一列，也沒有說明原因。")
        kind = file.name.rsplit(".", 1)[-1].lower()
        rows[kind] = rows.get(kind, 0) + found
    missing = [kind for kind in ("pdf", "xlsx", "ods", "csv", "html") if not rows.get(kind)]
    if missing:
        raise SelfTestError(f"這些種類的範例一列都讀不出來：{'、'.join(missing)}。")
    return "、".join(f"{kind} {count} 列" for kind, count in sorted(rows.items())) + "。"


def _read_picture(run: _Run) -> str:
    """A screenshot of printed rows gives the same rows, and nothing wrong that is not doubted."""
    printout = run.opened.library.sample_folder / "records" / PRINTOUT
    printed = _rows(read_batch(run.opened, [printout]).files)[:_PICTURED_ROWS]
    if len(printed) < _PICTURED_ROWS:
        raise SelfTestError(f"範例「{PRINTOUT}」少了要拍成圖片的列。")
    picture = run.folder / f"{printout.stem}.png"
    _photograph(printout, printed[-1], picture)
    files = read_batch(run.opened, [picture]).files
    seen = {row.course_code: row for row in _rows(files)}
    why = "".join(refusal.message for file in files for refusal in file.extraction.refusals)
    sure = 0
    for row in printed:
        found = seen.get(row.course_code)
        if found is None:
            raise SelfTestError(f"圖片裡的課程「{row.course_code}」沒有讀出來。{why}")
        for name in _PICTURED_FACTS:
            if name in found.doubtful_fields:
                continue
            if getattr(found, name) != getattr(row, name):
                raise SelfTestError(f"圖片裡課程「{row.course_code}」的 {name} 讀錯而沒有存疑。")
            sure += 1
    facts = len(printed) * len(_PICTURED_FACTS)
    if sure * 2 < facts:
        raise SelfTestError(f"圖片的 {facts} 個欄位只有 {sure} 個讀得確定。")
    return f"圖片 {len(printed)} 列都讀出，{facts} 個欄位中 {sure} 個確定且正確，其餘存疑。"


def _rows(files: Sequence[DraftFile]) -> list[LearningRow]:
    rows = [row for file in files for row in file.extraction.rows]
    return [row for row in rows if isinstance(row, LearningRow)]


def _photograph(printout: Path, last: LearningRow, picture: Path) -> None:
    """The first page of a printout down to a row, as a screenshot has it."""
    pdf = pypdfium2.PdfDocument(printout)
    try:
        _, box = last.place.boxes[0]
        below = pdf[0].get_height() * (1 - box.bottom) - _BELOW_POINTS
        pdf[0].render(scale=2.0, crop=(0, below, 0, 0)).to_pil().save(picture, "PNG")
    finally:
        pdf.close()


def _check(run: _Run) -> str:
    run.basis, run.verdicts = evaluate_everybody(run.opened, SAMPLE_PLAN)
    entries = document(run.basis.plan, run.verdicts, ())
    if not run.verdicts:
        raise SelfTestError("查核沒有得出任何人的判定。")
    text = json.dumps(entries, ensure_ascii=False, sort_keys=True)
    run.digests["判定"] = _digest(text.encode())
    records = [record for verdict in run.verdicts for record in verdict.records]
    return f"{len(run.verdicts)} 人、{len(records)} 筆紀錄都有判定。"


def _print_forms(run: _Run) -> str:
    office, basis = run.opened, run.checked
    keys = [item.key for item in form_candidates(office, SAMPLE_PLAN) if item.is_printable]
    if not keys:
        raise SelfTestError("範例裡沒有可以列印的申請表。")
    issued = issue_forms(office, SAMPLE_PLAN, keys, with_stamp=False)
    text = _pdf_text(issued.pdf)
    names = {item.name for item in form_candidates(office, SAMPLE_PLAN) if item.key in keys}
    missing = [name for name in names if name not in text]
    if missing:
        raise SelfTestError(f"印出的申請表讀不回 {len(missing)} 個姓名。")
    run.digests["申請表"] = _digest(text.encode())
    codes = office.isolation.call(read_sheet_codes, "申請表.pdf", issued.pdf)
    unread = set(issued.numbers) - {page.number for page in codes.pages}
    if unread:
        raise SelfTestError(f"{len(unread)} 份申請表的條碼讀不回來。{codes.problem}")
    rare = _pdf_text(_rare_form(office, basis, run.verdicts))
    lost = [letter for letter in RARE_NAME if letter not in rare]
    if lost:
        points = "、".join(f"U+{ord(letter):04X}" for letter in lost)
        raise SelfTestError(f"罕用字印出後讀不回來：{points}。")
    return (
        f"印了 {len(issued.numbers)} 份申請表，文字與條碼都讀得回來；"
        f"罕用字「{RARE_NAME}」印出後讀得回來。"
    )


def _rare_form(office: Office, basis: Basis, verdicts: Sequence[PersonVerdict]) -> bytes:
    for draft in application_drafts(office, basis, verdicts):
        if draft.is_ready:
            part = draft.parts[0]
            rare = replace(part.content, name=RARE_NAME, issue=Issue(issued_at=_MOMENT))
            return part.form(office.fonts).render([rare])
    raise SelfTestError("範例裡沒有可以列印的申請表。")


def _write_workbook(run: _Run) -> str:
    draft = run.draft or ImportDraft(())
    facts = RunFacts(
        as_of=_MOMENT.date(),
        refused=(),
        files=files_read(draft.files, ()),
        rows_in=0,
        rows_stored=0,
        rows_refused=0,
    )
    books = write_summaries(run.opened, run.checked, run.verdicts, facts)
    for name, data in books.items():
        (run.folder / name).write_bytes(data)
        found = read_sheets(Source(_digest(data), name), (run.folder / name).read_bytes())
        rows = [[str(cell) for cell in row.cells] for table in found.tables for row in table.rows]
        cells = {cell for row in rows for cell in row}
        absent = [
            verdict.person.employee_id
            for verdict in run.verdicts
            if verdict.person.employee_id not in cells
        ]
        if absent:
            raise SelfTestError(f"「{name}」讀回時少了 {len(absent)} 個人。")
        values = "\n".join("\t".join(row) for row in rows)
        run.digests[name] = _digest(values.encode())
    return f"{'、'.join(books)} 寫出後讀回，{len(run.verdicts)} 人都在。"


def _safekeeping(run: _Run) -> str:
    office = run.opened
    made = office.store.backup("自我測試")
    findings = office.store.verify()
    if findings or not made.is_file():
        raise SelfTestError(f"備份或檢查有問題：{findings[0] if findings else '沒有備份檔'}")
    return "已備份，資料庫與稽核鏈檢查完好。"


def _window(run: _Run) -> str:
    if run.render_window is None:
        raise SelfTestError("沒有視窗可以試。")
    return run.render_window(run.opened)


def _no_network(seen: Sequence[str]) -> Step:
    name = "沒有連線網路"
    if seen:
        return Step(name, False, f"程式嘗試連線：{'、'.join(seen[:5])}。", 0.0)
    if "PySide6.QtNetwork" in sys.modules:
        return Step(name, False, "程式載入了 Qt 的網路模組。", 0.0)
    return Step(name, True, "整個測試期間沒有任何網路連線或查詢。", 0.0)


_STEPS: tuple[tuple[str, Callable[[_Run], str]], ...] = (
    ("開啟資料庫", _open_store),
    ("匯入範例機關", _fill),
    ("讀取 PDF、網頁與試算表", _read_kinds),
    ("讀取圖片", _read_picture),
    ("查核", _check),
    ("列印申請表", _print_forms),
    ("寫出活頁簿", _write_workbook),
    ("備份與檢查", _safekeeping),
    ("顯示視窗", _window),
)


def _pdf_text(pdf: bytes) -> str:
    document_read = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document_read)
    finally:
        document_read.close()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
