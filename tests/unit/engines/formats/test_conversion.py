"""A format is one value and one reader: what of them is missing is named here."""

import inspect
import pkgutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DocumentBroken, DocumentTooLarge
from desktop_rag.domain.formats import FORMATS, Conversion, Guard
from desktop_rag.engines import formats
from desktop_rag.engines.formats import conversion, guards
from tests import originals

CONVERSIONS = {form.name: form.conversion for form in FORMATS if form.conversion}
every_conversion = pytest.mark.parametrize(
    "known", [pytest.param(known, id=name) for name, known in CONVERSIONS.items()]
)


class DamageOfALibrary(Exception):
    """What a library raises that names its own errors."""


class Torn:
    """A reader whose library finds the file damaged after a page."""

    DAMAGE = (DamageOfALibrary,)

    def convert(self, path: Path, target: Path) -> Iterator[tuple[int, int]]:
        yield 1, 2
        raise DamageOfALibrary


def test_only_pdfs_are_read_as_they_are() -> None:
    assert [form.name for form in FORMATS if form.conversion is None] == ["pdf"]


@every_conversion
def test_every_format_has_a_reader(known: Conversion) -> None:
    reader = conversion.reader_of(known)
    wanted = inspect.signature(conversion.Reader.convert).parameters
    assert list(inspect.signature(reader.convert).parameters) == list(wanted)[1:]
    assert all(issubclass(error, Exception) for error in reader.DAMAGE)


def test_every_reader_is_of_a_format() -> None:
    modules = {module.name for module in pkgutil.iter_modules(formats.__path__)}
    readers = {
        name
        for name in modules
        if hasattr(conversion.reader_of(Conversion(name, Guard.BYTES)), "convert")
    }
    assert readers == {known.reader for known in CONVERSIONS.values()}


def test_a_reader_that_is_not_there_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ModuleNotFoundError):
        list(conversion.converted(Conversion("abacus", Guard.BYTES), tmp_path, tmp_path))


def test_what_a_library_calls_damage_is_a_broken_document(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(conversion, "reader_of", lambda _: Torn())
    path = tmp_path / "a.torn"
    path.touch()
    steps = conversion.converted(Conversion("torn", Guard.BYTES), path, tmp_path / "a.pdf")
    assert [next(steps), next(steps)] == [(0, 0), (1, 2)]
    with pytest.raises(DocumentBroken, match=r"a\.torn"):
        next(steps)


@pytest.mark.parametrize("guard", Guard)
def test_every_guard_looks_at_something(guard: Guard, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        guards.check(guard, tmp_path / "gone")


def test_the_guard_comes_before_the_reader(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(conversion, "reader_of", lambda _: Torn())
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate((32 << 20) + 1)
    with pytest.raises(DocumentTooLarge):
        list(conversion.converted(Conversion("torn", Guard.BYTES), path, tmp_path / "a.pdf"))


def test_text_that_is_too_long_for_its_library_is_too_large_and_not_damaged(tmp_path) -> None:
    path = originals.word(tmp_path / "a.docx", "T", [("One", "a" * 10_500_000)])
    with pytest.raises(DocumentTooLarge):
        list(conversion.converted(Conversion("word", Guard.OFFICE_ZIP), path, tmp_path / "a"))


@pytest.mark.parametrize("name", ["huge", "XML_PARSE_HUGE", "xmlSAX2Characters"])
def test_what_a_stranger_calls_huge_is_broken_and_not_too_large(tmp_path: Path, name: str) -> None:
    path = originals.word(tmp_path / "a.docx", "T", [("One", "a")])
    torn = tmp_path / "torn.docx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(torn, "w") as parts:
        for part in whole.namelist():
            known = part != "word/document.xml"
            parts.writestr(part, whole.read(part) if known else f"<{name}></other>")
    with pytest.raises(DocumentBroken):
        list(conversion.converted(Conversion("word", Guard.OFFICE_ZIP), torn, tmp_path / "a"))
