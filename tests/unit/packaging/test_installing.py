"""What the system lacks: who may install it, what that runs, and what a failure stops."""

import contextlib
import dataclasses
import io
import os
from pathlib import Path

import pytest

from tests.unit.packaging.scripts import dev, installing, needs

COMPILER, DATA = needs.NEEDS["compiler"], needs.NEEDS["tesseract"]
VENV, VULKAN = needs.NEEDS["venv"], needs.NEEDS["vulkan"]
WINDOWED = needs.NEEDS["libxcb-cursor.so.0"]

NOBODY = installing.Circumstances(installer=True)
ROOT = dataclasses.replace(NOBODY, root=True)
TRUSTED = dataclasses.replace(NOBODY, sudo=True, password=False)
READER = dataclasses.replace(NOBODY, sudo=True, terminal=True)
GIVEN, ASK, NONE = installing.Permission
LISTED = {"apt": "deb.example_main_Packages.lz4", "pacman": "core.db"}
APT = "env DEBIAN_FRONTEND=noninteractive apt-get"


@pytest.mark.parametrize(
    ("tool", "here", "required", "may"),
    [
        ("apt", ROOT, True, GIVEN),
        ("apt", ROOT, False, GIVEN),
        ("zypper", TRUSTED, True, GIVEN),
        ("pacman", TRUSTED, False, GIVEN),
        ("dnf", READER, True, ASK),
        ("dnf", READER, False, NONE),
        ("apt", dataclasses.replace(READER, terminal=False), True, NONE),
        ("apt", dataclasses.replace(READER, sudo=False), True, NONE),
        ("apt", NOBODY, True, NONE),
        ("apt", dataclasses.replace(ROOT, installer=False), True, NONE),
        ("brew", NOBODY, True, NONE),
        ("brew", dataclasses.replace(NOBODY, terminal=True), True, ASK),
        ("brew", READER, False, NONE),
        ("brew", dataclasses.replace(TRUSTED, terminal=True), True, ASK),
        ("brew", TRUSTED, True, NONE),
        ("brew", dataclasses.replace(ROOT, terminal=True), True, NONE),
    ],
)
def test_who_may_install(tool, here, required, may) -> None:
    assert installing.permission(tool, here, required=required) is may


class Rehearsal:
    """A system that lacks things until a command brings them; the commands are written down.

    A command that names a package which the system does not know brings nothing at all.
    """

    def __init__(self, *lacking: needs.Need, fails: int = 0, unknown: str = "") -> None:
        self.lacking = list(lacking)
        self.fails = fails  #: how many installations fail before one works
        self.unknown = unknown
        self.tool = ""
        self.ran: list[str] = []

    def call(self, command) -> int:
        self.ran.append(" ".join(command))
        if not {"install", "-S"} & set(command):
            return 0
        self.fails -= 1
        if self.fails >= 0 or self.unknown in command:
            return 100
        self.lacking = [
            need for need in self.lacking if not set(need.packages_for(self.tool)) <= set(command)
        ]
        return 0

    def missing(self, gpu: str, *, display: bool) -> list[needs.Need]:
        return [need for need in self.lacking if display or not need.display]


@pytest.fixture
def lists(tmp_path: Path, monkeypatch) -> Path:
    """The lists of packages that apt and pacman have got, one each."""
    here = {
        tool: dataclasses.replace(known, folder=tmp_path)
        for tool, known in installing.LISTS.items()
    }
    monkeypatch.setattr(installing, "LISTS", here)
    for name in LISTED.values():
        (tmp_path / name).write_text("")
    return tmp_path


@pytest.fixture
def rehearse(monkeypatch, lists):
    """Set up a system, with a package tool and somebody in front of it."""

    def set_up(rehearsal: Rehearsal, tool: str, here, display: bool = False) -> Rehearsal:
        rehearsal.tool = tool
        monkeypatch.setattr(installing, "call", rehearsal.call)
        monkeypatch.setattr(installing, "circumstances", lambda tool, *, root: here)
        monkeypatch.setattr(needs, "here", lambda: (tool, here.root))
        monkeypatch.setattr(needs, "missing", rehearsal.missing)
        monkeypatch.setattr(needs, "has_display", lambda: display)
        return rehearsal

    return set_up


@pytest.mark.parametrize(
    ("tool", "here", "command"),
    [
        ("apt", ROOT, f"{APT} install --yes build-essential"),
        ("apt", TRUSTED, f"sudo {APT} install --yes build-essential"),
        ("dnf", TRUSTED, "sudo dnf install --assumeyes gcc-c++"),
        ("pacman", ROOT, "pacman -S --needed --noconfirm base-devel"),
        ("zypper", ROOT, "zypper --non-interactive install gcc-c++"),
    ],
)
def test_who_needs_no_password_is_told_what_is_installed(
    rehearse, capsys, tool, here, command
) -> None:
    system = rehearse(Rehearsal(COMPILER), tool, here)
    dev.check_system("none")
    assert system.ran == [command]
    out = capsys.readouterr().out
    assert command in out
    assert COMPILER.name in out


@pytest.mark.skipif(os.name == "nt", reason="there is no sudo")
@pytest.mark.parametrize("here", [ROOT, TRUSTED])
def test_apt_is_asked_no_questions_by_its_packages_even_behind_sudo(
    monkeypatch, lists, tmp_path, here
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, does in {
        "sudo": f'exec env -i PATH="{programs}:$PATH" "$@"',
        "apt-get": f'echo "$1 $DEBIAN_FRONTEND" >> "{tmp_path}/asked"\n[ "$1" = update ]',
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)
    monkeypatch.delenv("DEBIAN_FRONTEND", raising=False)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    assert installing.install("apt", [COMPILER], here)
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked == [f"{verb} noninteractive" for verb in ("install", "update", "install")]


REFRESHING = [
    ("apt", f"{APT} update", f"{APT} install --yes build-essential"),
    ("pacman", "pacman -Sy --noconfirm", "pacman -S --needed --noconfirm base-devel"),
]


@pytest.mark.parametrize(("tool", "refresh", "install"), REFRESHING)
def test_where_a_tool_has_no_lists_they_are_got_first(
    rehearse, lists, tool, refresh, install
) -> None:
    (lists / LISTED[tool]).unlink()
    system = rehearse(Rehearsal(COMPILER), tool, ROOT)
    dev.check_system("none")
    assert system.ran == [refresh, install]


@pytest.mark.parametrize(("tool", "refresh", "install"), REFRESHING)
def test_where_the_lists_of_a_tool_are_old_it_tries_again_with_new_ones(
    rehearse, tool, refresh, install
) -> None:
    system = rehearse(Rehearsal(COMPILER, fails=1), tool, TRUSTED)
    dev.check_system("none")
    assert system.ran == [f"sudo {install}", f"sudo {refresh}", f"sudo {install}"]


def test_what_can_be_done_without_keeps_nothing_from_being_installed(rehearse, capsys) -> None:
    unknown = DATA.packages_for("dnf")[0]
    system = rehearse(Rehearsal(DATA, COMPILER, unknown=unknown), "dnf", ROOT)
    dev.check_system("none")
    data = f"dnf install --assumeyes {' '.join(DATA.packages_for('dnf'))}"
    assert system.ran == ["dnf install --assumeyes gcc-c++", data]
    assert system.lacking == [DATA]
    out = capsys.readouterr().out
    assert f"This command failed, and its reason stands above: {data}" in out
    assert "Going on without." in out


def test_where_something_needed_fails_the_rest_is_not_tried(rehearse) -> None:
    system = rehearse(Rehearsal(COMPILER, DATA, unknown="gcc-c++"), "dnf", ROOT)
    with pytest.raises(dev.Trouble, match=r"a C\+\+ compiler"):
        dev.check_system("none")
    assert system.ran == ["dnf install --assumeyes gcc-c++"]


@pytest.mark.parametrize("answer", ["y", "Yes ", "YES"])
def test_who_has_a_password_is_asked_and_shown_the_command(
    rehearse, monkeypatch, capsys, answer
) -> None:
    system = rehearse(Rehearsal(COMPILER, DATA), "apt", READER)
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or answer)
    dev.check_system("none")
    assert system.ran == [
        f"sudo {APT} install --yes build-essential",
        f"sudo {APT} install --yes tesseract-ocr-eng tesseract-ocr-spa",
    ]
    (question,) = asked
    assert all(f"  {command}\n" in question for command in system.ran)


@pytest.mark.parametrize("answer", ["n\n", "\n", "what?\n", ""])
def test_nothing_is_installed_without_a_yes(rehearse, monkeypatch, answer) -> None:
    system = rehearse(Rehearsal(COMPILER), "apt", READER)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    with pytest.raises(dev.Trouble, match="sudo apt-get install --yes build-essential"):
        dev.check_system("none")
    assert system.ran == []


@pytest.mark.parametrize("tool", ["apt", "winget", ""])
def test_where_nobody_can_be_asked_the_command_is_only_said(rehearse, tool) -> None:
    here = dataclasses.replace(NOBODY, installer=tool == "apt", sudo=True)
    system = rehearse(Rehearsal(COMPILER), tool, here)
    with pytest.raises(dev.Trouble, match=r"a C\+\+ compiler"):
        dev.check_system("none")
    assert system.ran == []


def test_an_installation_that_fails_stops_only_for_what_is_needed(rehearse, capsys) -> None:
    system = rehearse(Rehearsal(DATA, fails=9), "dnf", ROOT)
    dev.check_system("none")
    (command,) = system.ran
    out = capsys.readouterr().out
    assert f"This command failed, and its reason stands above: {command}" in out
    assert "Going on without." in out
    rehearse(Rehearsal(COMPILER, DATA, fails=9), "dnf", ROOT)
    with pytest.raises(dev.Trouble, match="Tesseract"):
        dev.check_system("none")


def test_nobody_is_asked_for_recognition_data_alone(rehearse, monkeypatch, capsys) -> None:
    system = rehearse(Rehearsal(DATA), "apt", READER)
    monkeypatch.delattr("builtins.input")
    dev.check_system("none")
    assert system.ran == []
    out = capsys.readouterr().out
    assert "sudo apt-get install --yes tesseract-ocr-eng" in out
    assert "Going on without." in out


def test_homebrew_is_run_only_after_a_yes(rehearse, monkeypatch) -> None:
    here = dataclasses.replace(NOBODY, terminal=True)
    system = rehearse(Rehearsal(VULKAN), "brew", here)
    monkeypatch.setattr("builtins.input", lambda question: "n")
    with pytest.raises(dev.Trouble, match="brew install vulkan-headers"):
        dev.check_system("vulkan")
    assert system.ran == []
    monkeypatch.setattr("builtins.input", lambda question: "y")
    dev.check_system("vulkan")
    assert system.ran == [f"brew install {' '.join(VULKAN.packages_for('brew'))}"]


@pytest.mark.parametrize("lacking", [[DATA], [COMPILER, DATA]])
def test_homebrew_is_not_asked_about_for_recognition_data_alone(
    rehearse, monkeypatch, lacking
) -> None:
    """A compiler comes from Apple, so that there is nothing needed to ask for."""
    system = rehearse(Rehearsal(*lacking), "brew", dataclasses.replace(NOBODY, terminal=True))
    monkeypatch.delattr("builtins.input")
    with contextlib.suppress(dev.Trouble):
        dev.check_system("none")
    assert system.ran == []
    assert system.lacking == lacking


def test_a_python_that_lacks_venv_is_not_mended_by_another_of_homebrew(
    rehearse, monkeypatch
) -> None:
    system = rehearse(Rehearsal(VENV), "brew", dataclasses.replace(NOBODY, terminal=True))
    monkeypatch.delattr("builtins.input")
    with pytest.raises(dev.Trouble, match=r"brew install python@.* start this with python3"):
        dev.check_system("none")
    assert system.ran == []


def test_what_opens_a_window_of_its_own_is_left_to_people(rehearse) -> None:
    system = rehearse(Rehearsal(COMPILER), "brew", NOBODY)
    with pytest.raises(dev.Trouble, match="xcode-select --install"):
        dev.check_system("none")
    assert system.ran == []


@pytest.mark.parametrize(("display", "needed"), [(True, True), (False, False)])
def test_what_a_window_needs_is_needed_where_there_is_a_display(rehearse, display, needed) -> None:
    system = rehearse(Rehearsal(WINDOWED), "apt", ROOT, display)
    dev.check_system("none")
    assert bool(system.ran) is needed


def test_a_display_that_came_later_gets_what_it_needs_and_nothing_else(rehearse) -> None:
    system = rehearse(Rehearsal(DATA, WINDOWED), "apt", ROOT, display=True)
    dev.check_display()
    assert system.ran == [f"{APT} install --yes libxcb-cursor0"]


def test_only_the_x11_libraries_wait_for_a_display() -> None:
    waiting = {name for name, need in needs.NEEDS.items() if need.display}
    assert waiting == {
        "libxcb-cursor.so.0",
        "libxcb-icccm.so.4",
        "libxcb-keysyms.so.1",
        "libxcb-shape.so.0",
        "libxkbcommon-x11.so.0",
    }


def test_libraries_for_a_display_are_missed_only_with_one(monkeypatch) -> None:
    monkeypatch.setattr(needs, "SYSTEM", "linux")
    monkeypatch.setattr(needs, "_loads", lambda name: False)
    without = needs.missing("none", display=False)
    more = [need for need in needs.missing("none", display=True) if need not in without]
    assert {need.display for need in without} == {False}
    assert needs.NEEDS["libEGL.so.1"] in without
    assert len(more) == sum(need.display for need in needs.NEEDS.values())


@pytest.mark.parametrize(
    ("terminal", "ci", "seen"), [(True, "", True), (True, "true", False), (False, "", False)]
)
def test_somebody_can_answer_on_a_terminal_but_not_where_builds_run(
    monkeypatch, terminal, ci, seen
) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: terminal
    monkeypatch.setattr("sys.stdin", stream)
    monkeypatch.setattr("sys.stdout", stream)
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(installing, "_wants_password", lambda: True)
    assert installing.circumstances("apt", root=False).terminal is seen


@pytest.mark.parametrize(
    ("tool", "there", "installer"),
    [("apt", {"apt-get"}, True), ("brew", set(), False), ("winget", {"winget"}, False)],
)
def test_an_installer_is_one_that_is_there_and_asks_nothing(
    monkeypatch, tool, there, installer
) -> None:
    monkeypatch.setattr(installing.shutil, "which", lambda name: name if name in there else None)
    monkeypatch.setattr(installing, "_wants_password", lambda: True)
    assert installing.circumstances(tool, root=False).installer is installer
