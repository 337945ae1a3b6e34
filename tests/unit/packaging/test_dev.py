"""Setting up: what is advised where, what a stamp proves, and why pip failed."""

import dataclasses
import json
import os
import shutil
import sys
from collections import deque
from pathlib import Path

import pytest

from desktop_rag.settings import embedders
from tests.unit.packaging.scripts import desktop_entry, dev, needs, programs

MESSAGE = "HTTPSConnectionPool: Max retries exceeded (Caused by NewConnectionError('…'))"


def none_found(program: str) -> None:
    return None


@pytest.mark.parametrize(
    ("system", "os_release", "tool"),
    [
        ("win32", "", "winget"),
        ("darwin", "", "brew"),
        ("linux", "ID=debian\n", "apt"),
        ("linux", 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', "apt"),
        ("linux", 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', "apt"),
        ("linux", "ID=fedora\n", "dnf"),
        ("linux", 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', "dnf"),
        ("linux", "ID=manjaro\nID_LIKE=arch\n", "pacman"),
        ("linux", 'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "zypper"),
        ("linux", "ID=nixos\n", ""),
        ("linux", "", ""),
    ],
)
def test_each_system_has_its_package_tool(system, os_release, tool) -> None:
    assert needs.package_tool(system, os_release, none_found) == tool


def test_an_unknown_system_is_known_by_the_tool_it_has() -> None:
    found = {"pacman": "/usr/bin/pacman"}.get
    assert needs.package_tool("linux", "ID=other\n", found) == "pacman"


@pytest.mark.parametrize(
    ("tool", "root", "commands"),
    [
        ("apt", False, ["sudo apt-get install --yes build-essential libegl1"]),
        ("apt", True, ["apt-get install --yes build-essential libegl1"]),
        ("dnf", False, ["sudo dnf install --assumeyes gcc-c++ libglvnd-egl"]),
        ("pacman", False, ["sudo pacman -S --needed --noconfirm base-devel libglvnd"]),
        ("zypper", False, ["sudo zypper --non-interactive install gcc-c++ libglvnd"]),
        ("brew", False, ["xcode-select --install"]),
        ("winget", False, [needs.VISUAL_STUDIO]),
        ("", False, []),
    ],
)
def test_what_is_missing_comes_with_the_command_that_installs_it(tool, root, commands) -> None:
    lacking = [needs.NEEDS["compiler"], needs.NEEDS["libEGL.so.1"]]
    assert needs.advice(tool, lacking, root=root) == commands


def test_a_package_that_brings_two_things_is_named_once() -> None:
    lacking = [needs.NEEDS["libEGL.so.1"], needs.NEEDS["libGL.so.1"]]
    assert needs.advice("pacman", lacking, root=True) == ["pacman -S --needed --noconfirm libglvnd"]


def test_what_can_be_done_without_is_advised_in_a_command_of_its_own() -> None:
    lacking = [needs.NEEDS["tesseract"], needs.NEEDS["compiler"]]
    assert needs.advice("dnf", lacking, root=False) == [
        "sudo dnf install --assumeyes gcc-c++",
        "sudo dnf install --assumeyes tesseract-langpack-eng tesseract-langpack-spa",
    ]


def test_winget_installs_one_package_at_a_time() -> None:
    lacking = [needs.NEEDS["tesseract"], needs.NEEDS["vulkan"]]
    assert needs.advice("winget", lacking, root=False) == [
        "winget install --id UB-Mannheim.TesseractOCR",
        "winget install --id KhronosGroup.VulkanSDK",
    ]


def test_homebrew_is_never_run_as_root() -> None:
    (command,) = needs.advice("brew", [needs.NEEDS["tesseract"]], root=False)
    assert command == "brew install tesseract tesseract-lang"


@pytest.mark.parametrize("tool", needs.INSTALL)
@pytest.mark.parametrize("name", ["venv", "compiler", "tesseract", "vulkan"])
def test_what_every_system_may_lack_can_be_had_on_every_system(tool, name) -> None:
    assert needs.advice(tool, [needs.NEEDS[name]], root=False)


@pytest.mark.parametrize("tool", ["apt", "dnf", "pacman", "zypper"])
@pytest.mark.parametrize("name", [name for name in needs.NEEDS if name.startswith("lib")])
def test_the_libraries_of_qt_can_be_had_on_every_linux(tool, name) -> None:
    assert needs.advice(tool, [needs.NEEDS[name]], root=False)


def test_only_text_recognition_can_be_done_without() -> None:
    assert [name for name, need in needs.NEEDS.items() if not need.required] == ["tesseract"]


def test_what_is_missing_is_said_in_words() -> None:
    lacking = [needs.NEEDS["compiler"]]
    assert needs.described(lacking, "apt", root=False) == (
        "This system lacks:\n"
        "  - a C++ compiler, to build llama.cpp\n"
        "To install it:\n"
        "  sudo apt-get install --yes build-essential"
    )
    assert "package manager" in needs.described(lacking, "", root=False)


def test_metal_is_refused_elsewhere_than_on_a_mac(monkeypatch) -> None:
    monkeypatch.setattr(needs, "SYSTEM", "linux")
    with pytest.raises(dev.Trouble, match="Only a Mac"):
        dev.check_system("metal")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What a set-up reads of a checkout."""
    (tmp_path / "packaging").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "packaging/constraints.txt").write_text("rich==15.0.0\n")
    return tmp_path


STAMP = dev.Stamp("/here", "abc", "none", ("test",))


@pytest.mark.parametrize(
    ("wanted", "serves"),
    [
        (STAMP, True),
        (dataclasses.replace(STAMP, extras=()), True),
        (dataclasses.replace(STAMP, extras=("bench",)), False),
        (dataclasses.replace(STAMP, gpu="vulkan"), False),
        (dataclasses.replace(STAMP, pins="abd"), False),
        (dataclasses.replace(STAMP, root="/there"), False),
    ],
)
def test_a_stamp_serves_what_it_covers(wanted, serves) -> None:
    assert STAMP.serves(wanted) is serves


@pytest.mark.parametrize("name", ["pyproject.toml", "packaging/constraints.txt"])
def test_whatever_decides_on_versions_changes_the_pins(checkout: Path, name: str) -> None:
    before = dev.pins_of(checkout)
    assert dev.pins_of(checkout) == before
    (checkout / name).write_text("changed")
    assert dev.pins_of(checkout) != before


def test_another_python_changes_the_pins(checkout: Path, monkeypatch) -> None:
    before = dev.pins_of(checkout)
    monkeypatch.setattr(needs, "PYTHON", "3.99")
    assert dev.pins_of(checkout) != before


class Rehearsed(dev.Installation):
    """An installation that writes down what it would have pip do."""

    def __init__(self, root: Path, *, fails: BaseException | None = None) -> None:
        super().__init__(root)
        self.asked: list[str] = []
        self.fails = fails

    def works(self) -> bool:
        return self.folder.exists()

    def _make(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.asked.append("venv")

    def provide_embedder(self, *, again: bool) -> None:
        self.asked.append("the embedder again" if again else "the embedder")

    def _pip(self, arguments, gpu) -> None:
        self.asked.append(f"{arguments[-1]} for {gpu}")
        if self.fails:
            raise self.fails


@pytest.fixture(autouse=True)
def _nothing_missing(monkeypatch) -> None:
    monkeypatch.setattr(needs, "missing", lambda gpu, *, display: [])
    monkeypatch.setattr(dev, "DEFAULT_GPU", "none")


def test_the_second_start_asks_for_nothing(checkout: Path) -> None:
    first, second = Rehearsed(checkout), Rehearsed(checkout)
    first.update(None)
    second.update(None)
    assert first.asked == ["venv", ". for none"]
    assert second.asked == []


def test_an_interrupted_installation_is_gone_on_with(checkout: Path) -> None:
    with pytest.raises(dev.Trouble):
        Rehearsed(checkout, fails=dev.Trouble("no network")).update(None)
    again = Rehearsed(checkout)
    again.update(None)
    assert again.asked == [". for none"]


def test_an_interrupted_change_leaves_no_stamp(checkout: Path) -> None:
    Rehearsed(checkout).update(None)
    failing = Rehearsed(checkout, fails=dev.Trouble("no network"))
    with pytest.raises(dev.Trouble):
        failing.update(None, ("test",))
    assert failing.stamp() is None


def test_what_the_checks_need_is_added_and_stays(checkout: Path) -> None:
    Rehearsed(checkout).update(None)
    testing, running = Rehearsed(checkout), Rehearsed(checkout)
    testing.update(None, ("test",))
    running.update(None)
    assert testing.asked == [".[test] for none"]
    assert running.asked == []


def test_another_gpu_rebuilds_llama_alone(checkout: Path) -> None:
    Rehearsed(checkout).update(None)
    vulkan, same, none = Rehearsed(checkout), Rehearsed(checkout), Rehearsed(checkout)
    vulkan.update("vulkan")
    same.update(None)
    none.update("none")
    assert vulkan.asked == ["llama-cpp-python for vulkan", ". for vulkan"]
    assert same.asked == [], "left out, the GPU stays what it was"
    assert none.asked == ["llama-cpp-python for none", ". for none"]


def test_a_build_that_failed_leaves_everything_as_it_was(checkout: Path) -> None:
    Rehearsed(checkout).update(None)
    with pytest.raises(dev.Trouble):
        Rehearsed(checkout, fails=dev.Trouble("no nvcc")).update("cuda")
    again = Rehearsed(checkout)
    again.update(None)
    assert again.asked == []


def test_a_build_that_was_stopped_is_replaced_by_the_next(checkout: Path) -> None:
    Rehearsed(checkout).update(None)
    with pytest.raises(KeyboardInterrupt):
        Rehearsed(checkout, fails=KeyboardInterrupt()).update("cuda")
    again = Rehearsed(checkout)
    again.update(None)
    assert again.asked == ["llama-cpp-python for none", ". for none"]


def test_an_installation_that_was_moved_is_made_anew(checkout: Path) -> None:
    installation = Rehearsed(checkout)
    installation.update("vulkan", ("test",))
    stamp = checkout / ".venv" / "desktop-rag.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"root": "/elsewhere"}))
    moved = Rehearsed(checkout)
    moved.update(None)
    assert moved.asked == ["venv", "llama-cpp-python for vulkan", ". for vulkan"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"root": "/here"}', '{"extras": 1}'])
def test_a_broken_stamp_is_none(checkout: Path, text: str) -> None:
    installation = dev.Installation(checkout)
    installation.folder.mkdir()
    (installation.folder / "desktop-rag.json").write_text(text)
    assert installation.stamp() is None


def test_an_installation_whose_python_is_gone_does_not_work(checkout: Path) -> None:
    installation = dev.Installation(checkout)
    assert not installation.works()
    python = Path(installation.script("python"))
    python.parent.mkdir(parents=True)
    python.symlink_to(checkout / "removed")
    assert not installation.works()


@pytest.mark.parametrize(
    ("errors", "gpu", "said"),
    [
        ("OSError: [Errno 28] No space left on device", "none", "disk is full"),
        (MESSAGE, "none", "network connection"),
        ("ERROR: Could not find a version", "none", "reason stands above"),
        ("ERROR: Failed to build llama-cpp-python", "none", "reason stands above"),
        ("No CMAKE_CXX_COMPILER could be found\nFailed to build llama", "none", "C++ compiler"),
        ("missing: Vulkan_LIBRARY glslc\nFailed to build llama", "vulkan", "Vulkan SDK"),
        ("CUDA Toolkit not found\nFailed building wheel for llama", "cuda", "nvcc"),
    ],
)
def test_a_failure_of_pip_is_explained(errors, gpu, said) -> None:
    assert said in dev.reason(errors, gpu)


def test_a_failed_build_for_a_gpu_says_how_to_go_on_without() -> None:
    assert "--gpu none" in dev.reason("Failed to build llama-cpp-python", "metal")
    assert "--gpu none" not in dev.reason("Failed to build llama-cpp-python", "none")


def test_errors_of_a_child_are_shown_and_kept(capsys) -> None:
    kept: deque[str] = deque()
    code = "import sys; sys.stderr.write('one\\ntwo\\n'); sys.exit(3)"
    assert programs.call([sys.executable, "-c", code], errors=kept) == 3
    assert list(kept) == ["one\n", "two\n"]
    assert capsys.readouterr().err == "one\ntwo\n"


def test_the_demo_asks_the_first_question(tmp_path: Path) -> None:
    lines = [{"question": "¿Qué es?", "lang": "es"}, {"question": "What?", "lang": "en"}]
    text = "\n".join(json.dumps(line) for line in lines)
    (tmp_path / "questions.jsonl").write_text(text, "utf-8")
    assert dev.first_question(tmp_path) == "¿Qué es?"


@pytest.mark.parametrize("text", [None, "", "[]", "{", '{"lang": "en"}'])
def test_a_demo_without_a_question_says_so(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "questions.jsonl").write_text(text)
    with pytest.raises(dev.Trouble, match="question"):
        dev.first_question(tmp_path)


@pytest.fixture
def acts(monkeypatch) -> list[tuple[object, ...]]:
    """What the command line asks for."""
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(dev, "act", lambda *words: asked.append(words) or 0)
    return asked


@pytest.mark.parametrize(
    ("argv", "act"),
    [
        (["setup"], ("setup", None, [])),
        (
            ["run", "ask", "Why?", "--library", "A"],
            ("run", None, ["ask", "Why?", "--library", "A"]),
        ),
        (["run", "ask", "--help"], ("run", None, ["ask", "--help"])),
        (["test", "--gpu", "cuda", "-k", "word"], ("test", "cuda", ["-k", "word"])),
        (["test", "tests/unit", "-x"], ("test", None, ["tests/unit", "-x"])),
    ],
)
def test_what_is_not_ours_goes_on(acts, argv, act) -> None:
    assert dev.main(argv) == 0
    assert acts == [act]


@pytest.mark.parametrize("argv", [[], ["-h"], ["--help"], ["run", "--help"]])
def test_help_does_nothing(acts, argv, capsys) -> None:
    assert dev.main(argv) == 0
    assert acts == []
    assert "--gpu" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (dev.Trouble("Do this."), 1, "Do this."),
        (KeyboardInterrupt(), 130, "Stopped."),
        (OSError(28, "No space left on device"), 1, "disk is full"),
        (PermissionError(13, "Permission denied", "/x"), 1, "'/x'"),
    ],
)
def test_what_can_be_foreseen_ends_in_a_sentence(monkeypatch, capsys, error, code, said) -> None:
    def fail(*words: object) -> int:
        raise error

    monkeypatch.setattr(dev, "act", fail)
    assert dev.main(["setup"]) == code
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        ("setup", ["venv", ". for none", "the embedder again"]),
        ("run", ["venv", ". for none", "the embedder again"]),
        ("test", ["venv", ".[test] for none", "the embedder again"]),
    ],
)
def test_a_first_installation_asks_for_the_embedder(monkeypatch, checkout, verb, asked) -> None:
    first, second = Rehearsed(checkout), Rehearsed(checkout)
    for installation in (first, second):
        monkeypatch.setattr(dev, "Installation", lambda _root, found=installation: found)
        for name in ("compile_translations", "run", "test"):
            monkeypatch.setattr(dev, name, lambda *_given: 0)
        monkeypatch.setattr(desktop_entry, "install", lambda _program: False)
        assert dev.act(verb, None, []) == 0
    assert first.asked == asked
    assert second.asked == ["the embedder again" if verb == "setup" else "the embedder"]


def test_the_embedder_belongs_to_what_comes_with_the_program(monkeypatch, checkout) -> None:
    given: list[object] = []
    monkeypatch.setattr(
        dev.embedder, "provide", lambda places, *, again: given.extend((places, again))
    )
    installation = dev.Installation(checkout)
    installation.provide_embedder(again=True)
    places, again = given
    assert places.folder == checkout / "resources" / "embedders" / embedders.MULTILINGUAL
    assert installation.folder in places.workshop.parents
    assert again is True


def test_setup_takes_no_arguments(acts, capsys) -> None:
    with pytest.raises(SystemExit):
        dev.main(["setup", "everything"])
    assert acts == []


@pytest.mark.parametrize(
    ("system", "environment", "seen"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": "", "WAYLAND_DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_where_a_window_can_be_seen(monkeypatch, system, environment, seen) -> None:
    monkeypatch.setattr(needs, "SYSTEM", system)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert needs.has_display() is seen


@pytest.fixture
def calls(monkeypatch) -> list[list[str]]:
    """The programs that would have been run, each by its name and what it was told."""
    made: list[list[str]] = []

    def call(command, **how: object) -> int:
        made.append([Path(command[0]).stem, *command[1:]])
        return 0

    monkeypatch.setattr(dev, "call", call)
    return made


@pytest.mark.parametrize(
    ("display", "arguments"), [(True, []), (True, ["ask", "Why?"]), (False, ["window"])]
)
def test_with_a_display_or_with_words_the_program_just_starts(
    monkeypatch, checkout, calls, display, arguments
) -> None:
    monkeypatch.setattr(needs, "has_display", lambda: display)
    assert dev.run(dev.Installation(checkout), arguments) == 0
    assert calls == [["desktop-rag", *arguments]]


def test_only_a_window_stops_for_what_a_display_needs(monkeypatch, checkout, calls) -> None:
    monkeypatch.setattr(needs, "has_display", lambda: True)
    monkeypatch.setattr(
        needs, "missing", lambda gpu, *, display: [needs.NEEDS["libxcb-cursor.so.0"]]
    )
    monkeypatch.setattr(needs, "here", lambda: ("", False))
    for arguments in ([], ["window"]):
        with pytest.raises(dev.Trouble, match="xcb-cursor"):
            dev.run(dev.Installation(checkout), arguments)
    assert dev.run(dev.Installation(checkout), ["ask", "Why?"]) == 0
    assert calls == [["desktop-rag", "ask", "Why?"]]


def test_without_a_display_the_terminal_shows_what_the_program_does(
    monkeypatch, checkout, calls, capsys
) -> None:
    monkeypatch.setattr(needs, "has_display", lambda: False)
    assert dev.run(dev.Installation(checkout), []) == 0
    assert [words[:2] for words in calls] == [
        ["desktop-rag", "index"],
        ["desktop-rag", "ask"],
    ]
    assert "$ desktop-rag index resources/samples" in capsys.readouterr().out


@pytest.fixture
def lists(monkeypatch, checkout: Path) -> Path:
    """Two lists of translations, in a checkout of their own."""
    folder = checkout / "resources" / "i18n"
    folder.mkdir(parents=True)
    for code in ("en", "es"):
        (folder / f"desktop_rag_{code}.ts").write_text("<TS/>")
    monkeypatch.setattr(dev, "ROOT", checkout)
    return folder


def test_translations_are_compiled_where_they_are_missing_or_old(checkout, lists, calls) -> None:
    dev.compile_translations(dev.Installation(checkout))
    assert [Path(words[1]).name for words in calls] == ["desktop_rag_en.ts", "desktop_rag_es.ts"]
    assert all(words[0] == "pyside6-lrelease" and words[2] == "-qm" for words in calls)
    assert [Path(words[3]).name for words in calls] == ["desktop_rag_en.qm", "desktop_rag_es.qm"]
    calls.clear()
    for code, age in (("en", 10), ("es", -10)):
        made = lists / f"desktop_rag_{code}.qm"
        made.write_text("compiled")
        listed = (lists / f"desktop_rag_{code}.ts").stat().st_mtime
        os.utime(made, (listed - age, listed - age))
    dev.compile_translations(dev.Installation(checkout))
    assert [Path(words[1]).name for words in calls] == ["desktop_rag_en.ts"]


def test_translations_that_cannot_be_compiled_are_said(
    monkeypatch, checkout, lists, capsys
) -> None:
    def call(command, *, errors, show) -> int:
        errors.append("lrelease error: no file")
        return 1

    monkeypatch.setattr(dev, "call", call)
    with pytest.raises(dev.Trouble, match=r"desktop_rag_en\.ts .*no file"):
        dev.compile_translations(dev.Installation(checkout))


@pytest.mark.parametrize(("gone", "said"), [(True, "out of the menu"), (False, "in no menu")])
def test_unlisting_needs_no_installation(monkeypatch, capsys, gone, said) -> None:
    monkeypatch.setattr(desktop_entry, "remove", lambda: gone)
    monkeypatch.delattr(dev, "Installation")
    assert dev.main(["unlist"]) == 0
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("listed", [True, False])
def test_setting_up_puts_the_program_into_the_menu(
    monkeypatch, lists, calls, capsys, listed
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(desktop_entry, "install", lambda program: asked.append(program) or listed)
    monkeypatch.setattr(dev, "Installation", Rehearsed)
    assert dev.main(["setup"]) == 0
    assert asked == [Rehearsed(lists.parents[1]).script("desktop-rag")]
    assert ("unlist" in capsys.readouterr().out) is listed
    assert [words[0] for words in calls] == ["pyside6-lrelease"] * 2


@pytest.mark.parametrize(("found", "asked"), [("/usr/bin/Xvfb", ["display"]), (None, [])])
def test_the_checks_want_what_a_window_needs_where_one_can_be_shown(
    checkout, monkeypatch, found, asked
) -> None:
    done: list[str] = []
    monkeypatch.setattr(dev.shutil, "which", lambda _name: found)
    monkeypatch.setattr(dev, "check_display", lambda: done.append("display"))
    monkeypatch.setattr(dev, "call", lambda *_given, **_named: 1)
    assert dev.test(Rehearsed(checkout), []) == 1
    assert done == asked
