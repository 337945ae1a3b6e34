"""Spanish and English are equals: every text for people is there in both."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from tests.places import ROOT

FOLDER = ROOT / "resources" / "i18n"
COMMAND = (  # as CONTRIBUTING.md has it
    "pyside6-lupdate -locations none -no-obsolete -extensions py"
    " desktop_rag/gui desktop_rag/notices desktop_rag/app.py"
    " -ts resources/i18n/desktop_rag_es.ts"
)
PLACEHOLDER = re.compile(r"\{[^}]*\}|%n")
LANGUAGES = ("en", "es")

Texts = dict[tuple[str, str], list[str]]


def texts(file: Path) -> Texts:
    """Every source text with what stands for it, by its context."""
    found: Texts = {}
    for context in ET.parse(file).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [form.text or "" for form in translation.iter("numerusform")]
            finished = translation.get("type") is None
            given = forms or [translation.text or ""]
            found[name, message.findtext("source", "")] = given if finished else []
    return found


def tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    assert found, f"{name} comes with PySide6"
    return found


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Texts:
    """The texts that are in the source now."""
    file = tmp_path_factory.mktemp("i18n") / "fresh.ts"
    name, *words, _place = COMMAND.split()
    command = [tool(name), *words, str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=ROOT)
    return texts(file)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("qm")
    for code in LANGUAGES:
        source, made = FOLDER / f"desktop_rag_{code}.ts", folder / f"desktop_rag_{code}.qm"
        command = [tool("pyside6-lrelease"), str(source), "-qm", str(made)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


def test_the_command_that_is_tried_here_is_the_one_that_is_told() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8").replace("\\\n", " ")
    assert COMMAND in " ".join(told.split())


def test_every_text_is_there_in_spanish(fresh) -> None:
    spanish = texts(FOLDER / "desktop_rag_es.ts")
    assert len(fresh) > 200
    assert fresh.keys() - spanish.keys() == set()
    assert spanish.keys() - fresh.keys() == set()
    assert [key for key, forms in spanish.items() if not all(forms) or not forms] == []


def test_every_plural_is_there_in_english(fresh) -> None:
    english = texts(FOLDER / "desktop_rag_en.ts")
    plurals = {key for key in fresh if "%n" in key[1]}
    assert plurals == english.keys()
    assert [key for key, forms in english.items() if len(forms) != 2 or not all(forms)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_keep_every_placeholder(code) -> None:
    wrong = [
        (source, form)
        for (_, source), forms in texts(FOLDER / f"desktop_rag_{code}.ts").items()
        for form in forms
        if _placeholders(source) != _placeholders(form)
    ]
    assert wrong == []


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_the_window_speaks_spanish(qapp, compiled) -> None:
    translator = QTranslator()
    assert translator.load("desktop_rag_es", str(compiled))
    qapp.installTranslator(translator)
    try:
        assert QCoreApplication.translate("Actions", "Quit") == "Salir"
        assert QCoreApplication.translate("MainWindow", "%n document(s)", "", 1) == "1 documento"
        assert QCoreApplication.translate("MainWindow", "%n document(s)", "", 2) == "2 documentos"
    finally:
        qapp.removeTranslator(translator)
