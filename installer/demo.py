"""The main job on the sample office: check its printouts, show the outcome, open the window.

python3 installer/demo.py [--no-window]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bootstrap import ROOT, SetupError, child_environment, ensure_environment, say, speak_utf8

SAMPLE = ROOT / "resources" / "sample"
PLAN = "kaohsiung-114"
OUTPUT = ROOT / "demo-output"

# Each sheet of the sample office is named after the option that takes it; absent ones are left out.
SHEETS = ("roster", "agency", "attendance", "shifts", "punches", "applications", "nominations")
DONE, DONE_WITH_REFUSALS = 0, 1
VERDICTS = (("pass", "通過"), ("review", "待審"), ("fail", "不符"))


def check_arguments(sample: Path, output: Path) -> list[str]:
    """The arguments of the check command for a folder of sample files.

    Args:
        sample: Holds ``roster.*`` and its like, ``calendar/`` if need be, and ``records/``.
        output: Where the verdicts, workbooks and forms are to be written.
    """
    arguments = ["check", "--plan", PLAN]
    for option in SHEETS:
        for file in sorted(sample.glob(f"{option}.*"))[:1]:
            arguments += [f"--{option}", str(file)]
    calendars = [str(file) for file in sorted(sample.glob("calendar/*.csv"))]
    if calendars:
        arguments += ["--calendar", *calendars]
    return [*arguments, "--records", str(sample / "records"), "--out", str(output), "--forms"]


def summary(verdicts: Mapping[str, Any]) -> list[str]:
    """The main counts of a verdicts file, a sentence each."""
    people = verdicts["people"]
    records = [record for person in people for record in person["records"]]
    counts = Counter(record["verdict"] for record in records)
    named = "、".join(f"{word} {counts[code]} 筆" for code, word in VERDICTS)
    outside = counts[None]
    leave = [person["compensatory_leave"] for person in people if "compensatory_leave" in person]
    granted = sum(each["hours"] for each in leave)
    possible = sum(each["possible_hours"] for each in leave)
    return [
        f"同仁 {len(people)} 人，學習紀錄 {len(records)} 筆：{named}"
        + (f"、不在計畫內 {outside} 筆。" if outside else "。"),
        f"可核給補休 {granted:g} 小時，待審的都通過時 {possible:g} 小時。",
        f"沒有收下的檔案或紀錄 {len(verdicts['refused'])} 件，原因都列在結果裡。",
    ]


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Whether a window can be opened: always on a Windows PC, on Linux when a display is named."""
    if not platform.startswith("linux"):
        return True
    return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Runs the demonstration.

    Returns:
        The exit code: 0 when the sample was checked (and the window closed without a fault).
    """
    speak_utf8()
    parser = argparse.ArgumentParser(description="以範例機關執行一次查核，再開啟視窗。")
    parser.add_argument("--no-window", action="store_true", help="只查核，不開視窗")
    options = parser.parse_args()
    try:
        python = ensure_environment()
    except SetupError as fault:
        say(str(fault))
        return 2
    say(f"查核範例機關的學習紀錄（計畫 {PLAN}）……")
    desktop = [str(python), "-m", "desktop"]
    arguments = check_arguments(SAMPLE, OUTPUT)
    outcome = OUTPUT / "verdicts.json"
    outcome.unlink(missing_ok=True)  # an earlier run's verdicts must not pass for this one's
    checked = subprocess.run(
        [*desktop, *arguments], cwd=ROOT, env=child_environment(), check=False
    ).returncode
    if checked not in (DONE, DONE_WITH_REFUSALS) or not outcome.is_file():
        say("範例沒有查核完成，原因在上面。")
        return checked or 2
    say("")
    for sentence in summary(json.loads(outcome.read_text(encoding="utf-8"))):
        say(sentence)
    say(f"結果都在「{OUTPUT}」。")
    if options.no_window:
        return 0
    if not has_display(sys.platform, os.environ):
        say("這裡沒有螢幕，所以不開視窗；在有螢幕的電腦上，同一個指令會接著開啟視窗。")
        return 0
    say("開啟視窗（範例資料，關閉視窗後就清掉）……")
    return subprocess.run(
        [*desktop, "demo"], cwd=ROOT, env=child_environment(), check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
