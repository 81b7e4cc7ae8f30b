"""The start scripts: the command lines they give, the counts they say, the stages they run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import desktop
from installer.bootstrap import ROOT

Load = Callable[[str], ModuleType]


def person(hours: float, possible: float, *verdicts: str | None) -> dict[str, Any]:
    return {
        "records": [{"verdict": verdict} for verdict in verdicts],
        "compensatory_leave": {"hours": hours, "possible_hours": possible},
    }


def test_sample_sheets_become_the_options_of_the_same_name(script: Load, tmp_path: Path) -> None:
    sample = tmp_path / "範例 機關"
    for name in ("roster.xlsx", "punches.csv", "agency.toml", "README.md", "records/a.pdf"):
        (sample / name).parent.mkdir(parents=True, exist_ok=True)
        (sample / name).touch()

    arguments = script("demo").check_arguments(sample, tmp_path / "out")

    assert arguments == [
        *("check", "--plan", "kaohsiung-114"),
        *("--roster", str(sample / "roster.xlsx")),
        *("--agency", str(sample / "agency.toml")),
        *("--punches", str(sample / "punches.csv")),
        *("--records", str(sample / "records")),
        *("--out", str(tmp_path / "out"), "--forms"),
    ]


def test_sample_calendars_are_given_together_in_order(script: Load, tmp_path: Path) -> None:
    (tmp_path / "calendar").mkdir()
    for name in ("114.csv", "113.csv", "notes.txt"):
        (tmp_path / "calendar" / name).touch()

    arguments = script("demo").check_arguments(tmp_path, tmp_path / "out")

    start = arguments.index("--calendar")
    assert arguments[start + 1 : start + 4] == [
        str(tmp_path / "calendar" / "113.csv"),
        str(tmp_path / "calendar" / "114.csv"),
        "--records",
    ]


def test_summary_counts_people_records_hours_and_refusals(script: Load) -> None:
    verdicts = {
        "people": [person(4, 8, "pass", "pass", "fail", None), person(2, 2.5, "review")],
        "refused": [{}, {}, {}],
    }

    said = script("demo").summary(verdicts)

    assert said == [
        "同仁 2 人，學習紀錄 5 筆：通過 2 筆、待審 1 筆、不符 1 筆、不在計畫內 1 筆。",
        "可核給補休 6 小時，待審的都通過時 10.5 小時。",
        "沒有收下的檔案或紀錄 3 件，原因都列在結果裡。",
    ]


def test_summary_of_an_empty_office_counts_nothing(script: Load) -> None:
    said = script("demo").summary({"people": [], "refused": []})

    assert said[0] == "同仁 0 人，學習紀錄 0 筆：通過 0 筆、待審 0 筆、不符 0 筆。"


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_window_opens_where_a_display_is(
    script: Load, platform: str, variables: dict[str, str], expected: bool
) -> None:
    assert script("demo").has_display(platform, variables) is expected


def test_stages_end_with_pytest_and_hand_it_the_extra_arguments(script: Load) -> None:
    stages = script("test").stages(["-k", "one name"])

    assert [stage.arguments[1] for stage in stages if stage.arguments[0] == "-m"] == [
        "ruff",
        "ruff",
        "mypy",
        "pytest",
    ]
    assert any("lint_imports" in " ".join(stage.arguments) for stage in stages)
    assert stages[-1].arguments[:2] == ("-m", "pytest")
    assert stages[-1].arguments[-2:] == ("-k", "one name")


@pytest.mark.parametrize(
    ("codes", "expected"),
    [((0, 0, 0, 0, 0), 0), ((1, 0, 0, 0, 0), 1), ((0, 0, 0, 0, 5), 1), ((2, 1, 1, 1, 1), 1)],
)
def test_every_stage_runs_and_one_failure_fails_the_whole(
    script: Load,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    codes: tuple[int, ...],
    expected: int,
) -> None:
    module = script("test")
    answers = iter(codes)
    monkeypatch.setattr(module, "ensure_environment", lambda **_: Path("python"))
    monkeypatch.setattr(module, "run_stage", lambda *_: next(answers))
    monkeypatch.setattr(module.sys, "argv", ["test.py"])

    code = module.main()

    assert code == expected
    assert list(answers) == []
    said = capsys.readouterr().out
    assert said.count("失敗  ") == sum(answer != 0 for answer in codes)


@pytest.mark.parametrize("name", ["demo", "run", "test"])
def test_machine_that_cannot_be_made_ready_is_told_why_and_nothing_starts(
    script: Load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    module = script(name)

    def refuse(**_: object) -> Path:
        raise module.SetupError("缺少模組")

    monkeypatch.setattr(module, "ensure_environment", refuse)
    monkeypatch.setattr(module.sys, "argv", [f"{name}.py"])
    monkeypatch.setattr(module.subprocess, "run", None)  # calling it would raise

    assert module.main() == 2
    assert capsys.readouterr().out == "缺少模組\n"


def test_run_passes_its_arguments_and_the_exit_code_on(
    script: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = script("run")
    commands: list[list[str]] = []

    def keep(command: list[str], **_: object) -> SimpleNamespace:
        commands.append(command)
        return SimpleNamespace(returncode=7)

    monkeypatch.setattr(module, "ensure_environment", lambda: Path("python"))
    monkeypatch.setattr(module.sys, "argv", ["run.py", "plans", "show", "甲 乙"])
    monkeypatch.setattr(module.subprocess, "run", keep)

    assert module.main() == 7
    assert commands == [["python", "-m", "desktop", "plans", "show", "甲 乙"]]


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "installer" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", text, flags=re.MULTILINE))


def project() -> dict[str, Any]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[><=,]", line)[0].lower().replace("_", "-") for line in requirements}


def test_every_dependency_is_locked() -> None:
    facts = project()

    assert names(facts["dependencies"]) <= set(locked("requirements.lock"))
    assert names(facts["optional-dependencies"]["dev"]) <= set(locked("requirements-dev.lock"))


def test_tests_run_on_the_versions_that_ship() -> None:
    shipped, tested = locked("requirements.lock"), locked("requirements-dev.lock")

    assert {name: tested.get(name) for name in shipped} == shipped


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_place_to_download_from(name: str) -> None:
    text = (ROOT / "installer" / name).read_text(encoding="utf-8")

    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links", text)
    entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_version_is_the_same_in_the_project_file_and_in_the_program() -> None:
    assert project()["version"] == desktop.__version__
