import os
from pathlib import Path

import pytest

from desktop_rag.settings import tessdata
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.tessdata import available, folder_of


@pytest.fixture
def paths(tmp_path) -> Paths:
    return Paths(tmp_path / "home")


@pytest.fixture
def system(tmp_path, monkeypatch) -> Path:
    """The folder of the system, with nothing of this machine's own beside it."""
    folder = tmp_path / "system" / "5" / "tessdata"
    folder.mkdir(parents=True)
    monkeypatch.setattr(tessdata, "_PLACES", (str(tmp_path / "system" / "*" / "tessdata"),))
    monkeypatch.setattr(tessdata, "_WINDOWS", ())
    monkeypatch.setattr(tessdata.sys, "prefix", str(tmp_path / "prefix"))
    monkeypatch.setattr(tessdata, "resources", lambda: tmp_path / "resources")
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    return folder


def written(folder: Path, *languages: str, text: str = "data") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for language in languages:
        (folder / f"{language}.traineddata").write_text(text, "utf-8")
    return folder


def test_without_any_data_there_is_no_language(paths, system) -> None:
    assert available(paths) == {}


def test_what_is_no_language_or_empty_is_left_out(paths, system) -> None:
    written(system, "spa", "osd", "equ")
    written(system, "deu", text="")
    assert available(paths) == {"spa": system / "spa.traineddata"}


def test_what_was_fetched_comes_before_all_else(paths, system, tmp_path, monkeypatch) -> None:
    chosen = tmp_path / "chosen"
    monkeypatch.setenv("TESSDATA_PREFIX", str(chosen))
    places = (paths.tessdata_folder, tmp_path / "resources" / "tessdata", chosen, system)
    names = ("a", "ab", "abc", "abcd")
    for number, folder in enumerate(places):
        written(folder, *names[number:])
    assert [file.parent for file in available(paths).values()] == [places[0]] * 4
    for file in [*paths.tessdata_folder.iterdir()]:
        file.unlink()
    found = available(paths)
    assert [found[name].parent for name in names[1:]] == [places[1]] * 3


def test_the_folder_above_may_be_named_as_well(paths, system, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "chosen"))
    below = written(tmp_path / "chosen" / "tessdata", "spa")
    assert available(paths) == {"spa": below / "spa.traineddata"}


def test_languages_of_one_folder_stay_where_they_are(paths, system) -> None:
    written(system, "spa", "eng")
    assert folder_of(paths, list(available(paths).values())) == system
    assert not paths.tessdata_folder.exists()


@pytest.mark.parametrize("links", [True, False])
def test_languages_of_several_folders_come_together(paths, system, links, monkeypatch) -> None:
    if not links:
        monkeypatch.setattr(Path, "symlink_to", _refused)
    written(system, "eng", text="English")
    written(paths.tessdata_folder, "spa", text="Spanish")
    files = available(paths)
    for _ in range(2):
        together = folder_of(paths, [files["spa"], files["eng"]])
        texts = {file.name: file.read_text("utf-8") for file in together.iterdir()}
        assert texts == {"spa.traineddata": "Spanish", "eng.traineddata": "English"}
    written(system, "eng", text="English, renewed")
    together = folder_of(paths, [files["spa"], files["eng"]])
    assert (together / "eng.traineddata").read_text("utf-8") == "English, renewed"
    assert available(paths) == files  # what was brought together is not found by itself


def test_a_link_that_leads_nowhere_any_more_is_made_anew(paths, system, tmp_path) -> None:
    if os.name == "nt":
        pytest.skip("links need rights there")
    old = written(tmp_path / "old", "eng")
    spa = written(paths.tessdata_folder, "spa") / "spa.traineddata"
    folder_of(paths, [spa, old / "eng.traineddata"])
    (old / "eng.traineddata").unlink()
    together = folder_of(paths, [spa, written(system, "eng") / "eng.traineddata"])
    assert (together / "eng.traineddata").is_file()


def _refused(*_given: object, **_named: object) -> None:
    raise OSError(1, "Operation not permitted")
