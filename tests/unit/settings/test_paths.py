import errno
import os
import stat
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DataUnreadable, DiskFull
from desktop_rag.settings import paths
from desktop_rag.settings.paths import Paths, home, open_home, reported, resources


def test_the_environment_overrides_the_system(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DESKTOP_RAG_HOME", str(tmp_path / "datos"))
    assert home() == tmp_path / "datos"
    assert not (tmp_path / "datos").exists()


def test_a_relative_home_is_anchored(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DESKTOP_RAG_HOME", "datos")
    assert home() == tmp_path / "datos"


@pytest.mark.parametrize("chosen", [None, ""])
def test_without_a_choice_the_system_decides(chosen, monkeypatch) -> None:
    monkeypatch.delenv("DESKTOP_RAG_HOME", raising=False)
    if chosen is not None:
        monkeypatch.setenv("DESKTOP_RAG_HOME", chosen)
    assert home().is_absolute()
    assert home().name == "desktop-rag"


def test_a_new_home_is_closed_to_others(tmp_path) -> None:
    opened = open_home(tmp_path / "new" / "home")
    for folder in (opened.home, opened.pages_folder, opened.vectors_folder, opened.logs_folder):
        assert folder.is_dir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_opening_again_changes_nothing(tmp_path) -> None:
    tmp_path.chmod(0o750)
    assert open_home(tmp_path) == open_home(tmp_path) == Paths(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750


def test_every_place_is_inside_home_and_none_twice(tmp_path) -> None:
    places = [
        getattr(Paths(tmp_path), name)
        for name, value in vars(Paths).items()
        if isinstance(value, property)
    ]
    assert len(places) == len(set(places)) == 14
    assert all(place.parent == tmp_path for place in places)


@pytest.mark.parametrize("inside", [".", "below"])
def test_a_home_that_is_a_file_is_told(inside, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataUnreadable) as caught:
        open_home(tmp_path / "file" / inside)
    assert caught.value.path == str(tmp_path / "file" / inside)
    assert caught.value.reason


def test_a_home_that_cannot_be_written_is_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(DataUnreadable) as caught:
        open_home(tmp_path)
    assert caught.value.reason == os.strerror(errno.EACCES)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_apart(code) -> None:
    with pytest.raises(DiskFull), reported(Path("/data")):
        raise OSError(code, os.strerror(code))


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES, errno.EROFS])
def test_a_disk_that_fails_otherwise_is_not_called_full(code) -> None:
    with pytest.raises(DataUnreadable), reported(Path("/data")):
        raise OSError(code, os.strerror(code))


def test_resources_are_found_in_a_checkout_and_in_a_wheel(tmp_path, monkeypatch) -> None:
    module = tmp_path / "desktop_rag" / "settings" / "paths.py"
    monkeypatch.setattr(paths, "__file__", str(module))
    assert resources() == tmp_path / "resources"
    (tmp_path / "desktop_rag" / "_resources").mkdir(parents=True)
    assert resources() == tmp_path / "desktop_rag" / "_resources"
