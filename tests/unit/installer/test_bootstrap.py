"""The pure parts of the bootstrap: what is missing, what is current, which commands are given."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import bootstrap

DPKG_LISTING = (
    "ii \tlibegl1\t\n"
    "ii \tlibcups2t64\tlibcups2 (= 2.4.10-1), libcups2-compat\n"
    "rc \tlibgl1\t\n"
    "un \tlibxcb-cursor0\t\n"
    "\n"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a blank and Chinese in its name, holding the two lock files."""
    root = tmp_path / "我的 公餘"
    (root / "installer").mkdir(parents=True)
    (root / "installer" / "requirements.lock").write_text("a==1\n")
    (root / "installer" / "requirements-dev.lock").write_text("a==1\nb==2\n")
    return root


def built(root: Path, *, with_tools: bool) -> Path:
    """An environment folder as a finished build leaves it, without its packages."""
    environment = root / ".venv"
    python = bootstrap.environment_python(environment)
    python.parent.mkdir(parents=True)
    python.touch()
    stamp = bootstrap.wanted_stamp(root, with_tools=with_tools)
    (environment / bootstrap.STAMP_NAME).write_text(stamp.to_text(), encoding="utf-8")
    return environment


class Recorder:
    """Stands for the machine: keeps each command, fails those that name a word."""

    def __init__(self, *failing: str) -> None:
        self.commands: list[list[str]] = []
        self.failing = set(failing)

    def __call__(self, command: Sequence[str]) -> bool:
        self.commands.append(list(command))
        return not self.failing & set(command)


@pytest.mark.parametrize(
    ("version", "is_supported"),
    [((3, 10), False), ((3, 11), True), ((3, 12), True), ((3, 13), True), ((3, 14), False)],
)
def test_python_version_is_accepted_or_named(version: tuple[int, int], is_supported: bool) -> None:
    complaint = bootstrap.python_complaint(version)

    assert (complaint is None) is is_supported
    if complaint is not None:
        assert f"{version[0]}.{version[1]}" in complaint


def test_dpkg_listing_counts_installed_and_provided_names_only() -> None:
    assert bootstrap.installed_packages(DPKG_LISTING) == {
        "libegl1",
        "libcups2t64",
        "libcups2",
        "libcups2-compat",
    }


def test_missing_packages_keep_the_order_they_are_wanted_in() -> None:
    missing = bootstrap.missing_packages(["zlib", "libcups2", "apt"], {"libcups2"})

    assert missing == ["zlib", "apt"]


def test_running_wants_no_test_tools_and_testing_wants_everything() -> None:
    running = bootstrap.wanted_packages(with_tools=False)
    testing = bootstrap.wanted_packages(with_tools=True)

    assert "libxcb-cursor0" in running
    assert "fonts-cns11643-kai" in running
    assert "xvfb" not in running
    assert testing[: len(running)] == running
    assert {"xvfb", "poppler-utils"} <= set(testing)
    assert len(set(testing)) == len(testing)


def test_apt_is_called_without_questions_behind_the_given_prefix() -> None:
    update, install = bootstrap.apt_commands(["sudo", "-n"], ["xvfb", "xauth"])

    assert update[:4] == ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    assert update[-1] == "update"
    assert install[:5] == ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    assert "-y" in install
    assert install[-4:] == ["install", "--no-install-recommends", "xvfb", "xauth"]


def test_nothing_missing_runs_no_command() -> None:
    machine = Recorder()

    assert bootstrap.install_on_debian([], prefix=[], run=machine) == []
    assert machine.commands == []


def test_without_root_nothing_is_run_and_all_stay_missing() -> None:
    machine = Recorder()

    assert bootstrap.install_on_debian(["xvfb"], prefix=None, run=machine) == ["xvfb"]
    assert machine.commands == []


def test_lists_are_refreshed_before_the_packages_are_installed_together() -> None:
    machine = Recorder()

    still_missing = bootstrap.install_on_debian(["xvfb", "xauth"], prefix=[], run=machine)

    assert still_missing == []
    assert [command[-1] for command in machine.commands] == ["update", "xauth"]


def test_one_package_that_cannot_be_had_does_not_keep_the_others_out() -> None:
    machine = Recorder("fonts-gone")

    still_missing = bootstrap.install_on_debian(
        ["xvfb", "fonts-gone", "xauth"], prefix=[], run=machine
    )

    assert still_missing == ["fonts-gone"]
    assert [command[-1] for command in machine.commands[2:]] == ["xvfb", "fonts-gone", "xauth"]


def test_pip_installs_only_files_whose_hash_is_locked() -> None:
    command = bootstrap.install_command(Path("env/bin/python"), Path("installer/a b.lock"))

    assert command[:4] == [str(Path("env/bin/python")), "-m", "pip", "install"]
    assert "--require-hashes" in command
    assert command[command.index("--only-binary") + 1] == ":all:"
    assert command[-2:] == ["-r", str(Path("installer/a b.lock"))]


def test_stamp_survives_being_written_and_read() -> None:
    stamp = bootstrap.Stamp(python="3.11.7", lock="ab" * 32, has_tools=True)

    assert bootstrap.Stamp.from_text(stamp.to_text()) == stamp


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"python": "3.11.7"}'])
def test_damaged_stamp_is_no_stamp(text: str) -> None:
    assert bootstrap.Stamp.from_text(text) is None


@pytest.mark.parametrize(
    ("built_with_tools", "asked_with_tools", "expected"),
    [(False, False, True), (True, True, True), (True, False, True), (False, True, False)],
)
def test_environment_with_tools_serves_both_and_one_without_serves_running(
    checkout: Path, built_with_tools: bool, asked_with_tools: bool, expected: bool
) -> None:
    environment = built(checkout, with_tools=built_with_tools)

    current = bootstrap.is_current(environment, checkout, with_tools=asked_with_tools)

    assert current is expected


def test_no_environment_is_not_current(checkout: Path) -> None:
    assert not bootstrap.is_current(checkout / ".venv", checkout, with_tools=False)


def test_interrupted_build_without_stamp_is_not_current(checkout: Path) -> None:
    environment = built(checkout, with_tools=True)
    (environment / bootstrap.STAMP_NAME).unlink()

    assert not bootstrap.is_current(environment, checkout, with_tools=False)


def test_environment_without_interpreter_is_not_current(checkout: Path) -> None:
    environment = built(checkout, with_tools=True)
    bootstrap.environment_python(environment).unlink()

    assert not bootstrap.is_current(environment, checkout, with_tools=False)


def test_changed_lock_asks_for_a_new_environment(checkout: Path) -> None:
    environment = built(checkout, with_tools=True)
    (checkout / "installer" / "requirements-dev.lock").write_text("a==1\nb==3\n")

    assert not bootstrap.is_current(environment, checkout, with_tools=True)


def test_another_python_asks_for_a_new_environment(checkout: Path) -> None:
    environment = built(checkout, with_tools=False)
    stamp = environment / bootstrap.STAMP_NAME
    running = ".".join(str(part) for part in sys.version_info[:3])
    stamp.write_text(stamp.read_text().replace(running, "3.11.0"), encoding="utf-8")

    assert not bootstrap.is_current(environment, checkout, with_tools=False)


def test_path_file_is_ascii_and_leads_from_the_packages_to_the_checkout(checkout: Path) -> None:
    packages = bootstrap.site_packages(checkout / ".venv")

    line = bootstrap.path_file_line(checkout, packages)

    assert line.isascii()
    assert (packages / line.strip()).resolve() == checkout.resolve()


@pytest.mark.parametrize(
    ("windows", "expected"), [(True, "Scripts/python.exe"), (False, "bin/python")]
)
def test_interpreter_stands_where_the_platform_puts_it(windows: bool, expected: str) -> None:
    assert bootstrap.environment_python(Path("e"), windows=windows) == Path("e") / expected


def test_children_speak_utf8_and_see_no_stray_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")

    variables = bootstrap.child_environment()

    assert variables["PYTHONUTF8"] == "1"
    assert not {"PYTHONPATH", "PYTHONHOME"} & set(variables)


def test_quiet_command_shows_its_output_only_when_it_fails(
    capfd: pytest.CaptureFixture[str],
) -> None:
    said = "print('原因')"

    assert bootstrap.run_quietly([sys.executable, "-X", "utf8", "-c", said])
    assert capfd.readouterr().out == ""
    assert not bootstrap.run_quietly([sys.executable, "-X", "utf8", "-c", said + ";exit(3)"])
    assert "原因" in capfd.readouterr().out


def test_bootstrap_starts_on_the_standard_library_alone() -> None:
    """-S leaves out everything that is installed; a fresh machine has no more than this."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(bootstrap.ROOT / "installer" / "bootstrap.py")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


class Builder:
    """Stands for venv and pip: makes the folders, keeps what pip was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, pip_succeeds: bool = True) -> None:
        self.pip_succeeds = pip_succeeds
        self.environments_made = 0
        self.locks: list[str] = []
        monkeypatch.setattr(bootstrap.venv, "create", self.create)
        monkeypatch.setattr(bootstrap, "run_quietly", self.install)
        monkeypatch.setattr(bootstrap, "ensure_system_packages", lambda *, with_tools: None)
        monkeypatch.setattr(bootstrap, "ensure_venv_module", lambda: None)

    def create(self, environment: Path, *, clear: bool, with_pip: bool, symlinks: bool) -> None:
        assert clear, "what an interrupted build left must not survive"
        self.environments_made += 1
        bootstrap.site_packages(environment).mkdir(parents=True, exist_ok=True)
        python = bootstrap.environment_python(environment)
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def install(self, command: Sequence[str]) -> bool:
        self.locks.append(Path(command[-1]).name)
        return self.pip_succeeds


@pytest.mark.parametrize(
    ("with_tools", "lock"), [(False, "requirements.lock"), (True, "requirements-dev.lock")]
)
def test_first_start_builds_from_the_lock_and_the_second_finds_it_done(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, with_tools: bool, lock: str
) -> None:
    machine = Builder(monkeypatch)

    first = bootstrap.ensure_environment(with_tools=with_tools, root=checkout)
    second = bootstrap.ensure_environment(with_tools=with_tools, root=checkout)

    assert first == second == bootstrap.environment_python(checkout / ".venv")
    assert machine.environments_made == 1
    assert machine.locks == [lock]
    path_file = bootstrap.site_packages(checkout / ".venv") / bootstrap.PATH_FILE_NAME
    assert (path_file.parent / path_file.read_text().strip()).resolve() == checkout.resolve()


def test_failed_installation_says_which_lock_and_is_begun_anew(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Builder(monkeypatch, pip_succeeds=False)

    with pytest.raises(bootstrap.SetupError, match=r"requirements\.lock"):
        bootstrap.ensure_environment(root=checkout)
    assert not bootstrap.is_current(checkout / ".venv", checkout, with_tools=False)

    machine.pip_succeeds = True
    bootstrap.ensure_environment(root=checkout)
    assert machine.environments_made == 2


def test_folder_that_cannot_be_written_is_named(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Builder(monkeypatch)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(bootstrap.venv, "create", refuse)

    with pytest.raises(bootstrap.SetupError, match="我的 公餘"):
        bootstrap.ensure_environment(root=checkout)


def test_python_without_ensurepip_is_told_the_package_when_it_cannot_be_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: None)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"

    with pytest.raises(bootstrap.SetupError, match=package):
        bootstrap.ensure_venv_module()
