"""The command line (cli.md): parse, build, start; the services do the work.

Exit codes: 0 done, 1 finished but some input was refused, 2 could not start.
"""

from __future__ import annotations

import argparse
import gc
import logging
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from desktop.domain.calendar import CalendarYearMissingError
from desktop.rules.toml_table import TomlProblemsError
from desktop.services.checking import CannotStartError, CheckRequest, CheckResult, run_check
from desktop.services.data_place import DataPlace, PolicyError, this_place
from desktop.services.faults import fault_words
from desktop.services.isolation import OwnProcesses
from desktop.services.library import PlanUnknownError
from desktop.services.office import Office, open_office
from desktop.services.output_folder import OutputFolderError
from desktop.services.plans import plan_lines, plan_list_lines, validate_plan_file
from desktop.services.safekeeping import back_up, restore, verify_store
from desktop.services.self_testing import run_self_test
from desktop.store import StoreError

DONE, REFUSED, NOT_STARTED = 0, 1, 2
_ACTOR = "命令列"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one Chinese line."""

    def error(self, message: str) -> NoReturn:
        self.exit(NOT_STARTED, f"參數有誤：{_in_chinese(message)}，請看 {self.prog} --help。\n")


_ARGUMENT_FAULTS = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不認得 \1"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 不夠明確，可能是 \2"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 後面沒有給值"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 後面不能給值 \2"),
    (r"argument .+?: invalid choice: (.+?) \(choose from (.+)\)", r"沒有 \1，可用的有 \2"),
    (r"argument (.+?): (.*)", r"\1 \2"),
)
"""What argparse says of wrong arguments, as patterns, and how a clerk reads it."""


def _in_chinese(message: str) -> str:
    for pattern, words in _ARGUMENT_FAULTS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return found.expand(words)
    return message


def main(arguments: Sequence[str]) -> int:
    """Run a command; without one, open the window.

    Args:
        arguments: What follows ``python -m desktop``.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    logging.basicConfig(level=logging.CRITICAL)
    # The old habit of a switch works too: --self-test.
    given = ["self-test", *arguments[1:]] if arguments[:1] == ["--self-test"] else arguments
    options = _parser().parse_args(given)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except (
        CannotStartError,
        CalendarYearMissingError,
        OutputFolderError,
        PlanUnknownError,
        PolicyError,
        TomlProblemsError,
        StoreError,
    ) as error:
        return _stop(str(error))
    except FileNotFoundError as error:
        return _stop(f"找不到「{error.filename}」，請確認路徑。")
    except PermissionError as error:
        return _stop(f"沒有權限讀寫「{error.filename}」，請確認沒有被其他程式開啟或限制權限。")
    except OSError as error:
        return _stop(f"無法讀寫「{error.filename or ''}」（{fault_words(error)}），請確認路徑。")
    except UnicodeDecodeError:
        return _stop("設定檔或計畫檔不是 UTF-8 編碼，請另存成 UTF-8 後再試。")
    except KeyboardInterrupt:
        return _stop("已取消。")


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return NOT_STARTED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m desktop", description="公餘：公餘時間學習查核")
    parser.set_defaults(run=_window, store=None)
    commands = parser.add_subparsers(title="指令", parser_class=_Parser)
    demo = commands.add_parser("demo", help="用範例資料開啟視窗，關閉後不留資料")
    demo.set_defaults(run=_demo)
    _add_check(commands)
    _add_plans(commands)
    _add_self_test(commands)
    for name, run, words in (
        ("backup", _backup, "備份資料庫"),
        ("restore", _restore, "還原資料庫"),
        ("verify-store", _verify, "檢查資料庫是否完好"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("--store", type=Path, required=True, metavar="檔案", help="資料庫檔")
        if name != "verify-store":
            is_needed = name == "restore"
            command.add_argument(
                "--backup", type=Path, required=is_needed, metavar="檔案", help="備份檔"
            )
        command.set_defaults(run=run)
    return parser


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    check = commands.add_parser("check", help="查核學習紀錄，寫出判定、彙總表和表單")
    check.add_argument("--plan", required=True, metavar="計畫", help="計畫代號或計畫檔")
    check.add_argument("--roster", required=True, type=Path, metavar="檔案", help="職員名冊")
    check.add_argument("--agency", type=Path, metavar="檔案", help="機關設定 agency.toml")
    for name, words in (
        ("--calendar", "政府行政機關辦公日曆表"),
        ("--attendance", "差勤紀錄"),
        ("--shifts", "輪值表"),
        ("--punches", "刷卡紀錄"),
    ):
        check.add_argument(
            name, type=Path, nargs="+", action="extend", default=[], metavar="檔案", help=words
        )
    check.add_argument("--applications", help="收件登記", type=Path, metavar="檔案")
    check.add_argument("--nominations", help="薦送名冊", type=Path, metavar="檔案")
    check.add_argument("--history", help="歷年核給紀錄", type=Path, metavar="檔案")
    check.add_argument("--profiles", help="欄位對應檔", type=Path, metavar="檔案")
    check.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="判定基準日，預設今天")
    check.add_argument(
        "--records",
        required=True,
        type=Path,
        nargs="+",
        action="extend",
        metavar="路徑",
        help="學習紀錄的檔案或資料夾",
    )
    check.add_argument("--out", required=True, type=Path, metavar="資料夾", help="輸出資料夾")
    check.add_argument("--store", type=Path, metavar="檔案", help="資料庫檔；不給則用完即棄")
    check.add_argument("--forms", action="store_true", help="同時產生申請表、敘獎名冊、補正通知")
    check.add_argument("--json", action="store_true", help="把 verdicts.json 印到標準輸出")
    check.set_defaults(run=_check)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"「{text}」不是 2025-08-31 這樣的日期"
        raise argparse.ArgumentTypeError(message) from None


def _add_plans(commands: argparse._SubParsersAction[_Parser]) -> None:
    plans = commands.add_parser("plans", help="列出計畫")
    plans.set_defaults(run=_list_plans)
    inner = plans.add_subparsers(title="計畫指令", parser_class=_Parser)
    inner.add_parser("list", help="列出計畫").set_defaults(run=_list_plans)
    show = inner.add_parser("show", help="顯示一個計畫")
    show.add_argument("plan", metavar="計畫代號")
    show.set_defaults(run=_show_plan)
    validate = inner.add_parser("validate", help="檢查計畫檔")
    validate.add_argument("file", type=Path, metavar="計畫檔")
    validate.set_defaults(run=_validate_plan)


def _add_self_test(commands: argparse._SubParsersAction[_Parser]) -> None:
    test = commands.add_parser("self-test", help="用範例資料在暫存資料夾試一遍，寫出報告")
    test.add_argument("--report", type=Path, metavar="檔案", help="報告檔；不給則寫在資料資料夾")
    test.add_argument("--no-window", action="store_true", help="不試視窗")
    test.add_argument("--show", action="store_true", help="做完以視窗顯示結果")
    test.set_defaults(run=_self_test)


def _office(store: Path | None, stack: ExitStack) -> Office:
    if store is None:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gongyu-")))
        store = folder / "gongyu.db"
    office = open_office(
        store, actor=_ACTOR, clock=datetime.now, clerk="", isolation=OwnProcesses()
    )
    stack.callback(office.close)
    return office


def _check(options: argparse.Namespace) -> int:
    missing = [
        path
        for path in (
            options.roster,
            options.agency,
            *options.calendar,
            *options.attendance,
            *options.shifts,
            *options.punches,
            options.applications,
            options.nominations,
            options.history,
            options.profiles,
            *options.records,
        )
        if path is not None and not path.exists()
    ]
    if missing:
        return _stop(f"找不到「{missing[0]}」，請確認路徑。")
    request = CheckRequest(
        plan=options.plan,
        roster=options.roster,
        agency=options.agency,
        calendars=tuple(options.calendar),
        attendance=tuple(options.attendance),
        shifts=tuple(options.shifts),
        punches=tuple(options.punches),
        applications=options.applications,
        nominations=options.nominations,
        history=options.history,
        records=tuple(options.records),
        out=options.out,
        as_of=options.as_of or datetime.now().date(),
        with_forms=options.forms,
        profiles=options.profiles,
    )
    with ExitStack() as stack:
        result = run_check(_office(options.store, stack), request)
    _report(result, as_json=options.json)
    return REFUSED if result.refused else DONE


def _report(result: CheckResult, *, as_json: bool) -> None:
    # What could not be printed stands beside the files written, where standard output lists them.
    told_below = () if as_json else result.unprinted
    for remark in result.remarks:
        if remark not in told_below:
            print(f"提示：{remark}", file=sys.stderr)
    for refusal in result.refused:
        print(f"未採用：{refusal.message}", file=sys.stderr)
    if as_json:
        path = next(path for path in result.written if path.name == "verdicts.json")
        print(path.read_text(encoding="utf-8"), end="")
        return
    print(
        f"{result.plan.short_title} {result.plan.year} 年：{len(result.verdicts)} 人，"
        f"讀入 {result.rows_in} 列＝採用 {result.rows_stored} 列＋未採用 {result.rows_refused} 列。"
    )
    for sentence in result.completion:
        print(sentence)
    for sentence in result.unprinted:
        print(sentence)
    for path in result.written:
        print(f"  {path}")


def _list_plans(options: argparse.Namespace) -> int:
    with ExitStack() as stack:
        for line in plan_list_lines(_office(None, stack)):
            print(line)
    return DONE


def _show_plan(options: argparse.Namespace) -> int:
    with ExitStack() as stack:
        for line in plan_lines(_office(None, stack), options.plan):
            print(line)
    return DONE


def _validate_plan(options: argparse.Namespace) -> int:
    report = validate_plan_file(options.file)
    for problem in report.problems:
        print(f"{options.file.name} {problem.sentence}", file=sys.stderr)
    for remark in report.remarks:
        print(f"提示：{options.file.name} {remark}", file=sys.stderr)
    if report.problems:
        return REFUSED
    print(f"{options.file.name}：沒有問題。")
    return DONE


def _backup(options: argparse.Namespace) -> int:
    print(f"已備份到 {back_up(options.store, options.backup, actor=_ACTOR, clock=datetime.now)}")
    return DONE


def _restore(options: argparse.Namespace) -> int:
    restore(options.backup, options.store, actor=_ACTOR, clock=datetime.now)
    print(f"已由 {options.backup} 還原 {options.store}。")
    return DONE


def _verify(options: argparse.Namespace) -> int:
    findings = verify_store(options.store, actor=_ACTOR, clock=datetime.now)
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        return REFUSED
    print(f"{options.store} 完好。")
    return DONE


def _self_test(options: argparse.Namespace) -> int:
    now = datetime.now()
    try:
        place: DataPlace | None = this_place()
        words = place.kind.value if place is not None else ""
    except PolicyError as error:
        place, words = None, f"機關統一設定有問題：{error}"
    path: Path = options.report or _report_folder(place) / f"公餘自我測試_{now:%Y%m%d_%H%M}.txt"
    if options.show:
        return _show_self_test(path, with_window=not options.no_window)
    render = None
    if not options.no_window:
        # Imported late, as the window itself: see `_run_window`.
        from desktop.app import render_off_screen

        render = render_off_screen
    with tempfile.TemporaryDirectory(prefix="gongyu-", ignore_cleanup_errors=True) as scratch:
        report = run_self_test(
            Path(scratch),
            now=now,
            render_window=render,
            place_words=words,
            isolation=OwnProcesses(),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    # Notepad of older Windows wants both: the mark at the beginning and CRLF.
    path.write_text(report.text(), encoding="utf-8-sig", newline="\r\n")
    print(report.text())
    print(f"報告：{path}")
    return DONE if report.is_passed else REFUSED


def _report_folder(place: DataPlace | None) -> Path:
    """Beside the data, or in the temporary folder where the data's own cannot be written.

    That is when a report is needed most.
    """
    if place is not None:
        with suppress(OSError):
            place.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=place.folder):
                return place.folder
    return Path(tempfile.gettempdir())


def _show_self_test(path: Path, *, with_window: bool) -> int:
    """Run the test in a process of its own, which draws off screen, and show its report here."""
    from desktop.app import show_self_test

    arguments = ["self-test", "--report", str(path), *([] if with_window else ["--no-window"])]
    code = subprocess.run(
        [sys.executable, "-X", "utf8", "-B", "-m", "desktop", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else "自我測試沒有寫出報告。"
    show_self_test(text, path)
    return code


def _window(options: argparse.Namespace) -> int:
    return _run_window(sample=False)


def _demo(options: argparse.Namespace) -> int:
    return _run_window(sample=True)


def _run_window(*, sample: bool) -> int:
    # What importing makes stays: going over it three times took 0.2 s of the start. The window's
    # own collector takes over.
    gc.disable()
    # Imported late: the command line must work where no display library is installed.
    from desktop.app import run_window

    return run_window(None, sample=sample)
