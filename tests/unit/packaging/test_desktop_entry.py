"""The program in the menu of a Linux desktop, as the specification wants it."""

import configparser
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from desktop_rag.domain.formats import MIME_TYPES
from tests.places import ROOT

MAIN = {"Office", "Education", "Utility", "Science"}  # one of these it must have, says freedesktop


def loaded():
    place = ROOT / "packaging" / "desktop_entry.py"
    spec = importlib.util.spec_from_file_location("desktop_entry_alone", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


desktop_entry = loaded()


@pytest.fixture
def data(tmp_path: Path, monkeypatch) -> Path:
    """Where the desktop of this user looks."""
    folder = tmp_path / "share"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def entry() -> configparser.SectionProxy:
    """Read the entry as a desktop does: keys have a case, and a value may hold any sign."""
    parser = configparser.RawConfigParser(
        strict=True, delimiters=("=",), comment_prefixes=("#",), interpolation=None
    )
    parser.optionxform = str
    parser.read_string(desktop_entry.places()[0].read_text("utf-8"))
    assert parser.sections() == ["Desktop Entry"]
    return parser["Desktop Entry"]


def program_of(command: str) -> str:
    """Undo what the specification asks for: the escapes of the file, then of the command."""
    plain = re.sub(r"\\(.)", lambda found: {"s": " "}.get(found[1], found[1]), command)
    quoted = re.match(r'"((?:[^"\\]|\\.)*)" window %F$', plain)
    assert quoted
    return re.sub(r'\\(["`$\\])', r"\1", quoted[1]).replace("%%", "%")


def test_the_entry_has_what_a_desktop_needs(data) -> None:
    assert desktop_entry.install("/opt/desktop-rag")
    found = entry()
    assert found["Type"] == "Application"
    assert found["Name"] == "Desktop RAG"
    assert found["Terminal"] == "false"
    assert found["MimeType"] == "".join(f"{known};" for known in MIME_TYPES)
    assert "image/jpeg" not in found["MimeType"], "it is no program to look at photographs with"
    assert MAIN & set(found["Categories"].split(";"))
    for key in ("Categories", "Keywords", "MimeType"):
        assert found[key].endswith(";")
    assert found["Comment"] != found["Comment[es]"]
    assert found["GenericName"] != found["GenericName[es]"]


def test_formats_are_known_before_anything_is_installed() -> None:
    code = f"import sys; sys.path = [{str(ROOT / 'packaging')!r}, *sys.path]; import desktop_entry"
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"{code}; print(*desktop_entry.mime_types())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == list(MIME_TYPES)


def test_the_entry_finds_its_icon(data) -> None:
    desktop_entry.install("/opt/desktop-rag")
    icon = data / "icons" / "hicolor" / "scalable" / "apps" / f"{entry()['Icon']}.svg"
    assert ET.parse(icon).getroot().tag.endswith("svg")


@pytest.mark.parametrize(
    "program",
    [
        "/opt/desktop-rag",
        "/home/ana maría/.venv/bin/desktop-rag",
        '/home/"x"/desktop-rag',
        "/home/$HOME/`id`/desktop-rag",
        "/home/a\\b/desktop-rag",
        "/home/100%/desktop-rag",
        "/home/%F/\\%u",
    ],
)
def test_a_desktop_starts_the_very_program(data, program) -> None:
    desktop_entry.install(program)
    assert program_of(entry()["Exec"]) == program


def test_installing_again_names_the_newer_program(data) -> None:
    desktop_entry.install("/old")
    desktop_entry.install("/new")
    assert program_of(entry()["Exec"]) == "/new"


def test_nothing_is_left_of_it(data) -> None:
    desktop_entry.install("/opt/desktop-rag")
    assert desktop_entry.remove()
    left = [place for place in data.rglob("*") if place.is_file()]
    assert not any("desktop-rag" in f"{place.name} {place.read_text()}" for place in left)
    assert not desktop_entry.remove()


@pytest.mark.skipif(os.name == "nt", reason="a program for a desktop that Windows is not")
def test_file_managers_hear_what_it_opens_and_that_it_no_longer_does(
    data, tmp_path, monkeypatch
) -> None:
    heard = tmp_path / "heard"
    tool = tmp_path / "bin" / "update-desktop-database"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\necho "$@" $(ls "$2") >> "{heard}"\n', encoding="utf-8")
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", str(tool.parent), prepend=os.pathsep)
    desktop_entry.install("/opt/desktop-rag")
    desktop_entry.remove()
    desktop_entry.remove()
    folder = data / "applications"
    assert heard.read_text("utf-8").splitlines() == [
        f"--quiet {folder} desktop-rag.desktop",
        f"--quiet {folder}",
    ]


def test_a_desktop_without_such_a_list_is_left_alone(data, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert desktop_entry.install("/opt/desktop-rag")
    assert desktop_entry.remove()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_have_no_such_menu(data, monkeypatch, system) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert not desktop_entry.install("/opt/desktop-rag")
    assert not data.exists()


@pytest.mark.parametrize("home", ["", "relative/share", None])
def test_a_folder_that_is_none_is_passed_over(monkeypatch, tmp_path, home) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # what Windows calls it
    if home is None:
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_DATA_HOME", home)
    assert desktop_entry.places()[0].parent == tmp_path / ".local" / "share" / "applications"
