import errno
import os
import stat
import tempfile
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DataUnreadable, DiskFull
from desktop_rag.settings import paths
from desktop_rag.settings.paths import (
    Paths,
    home,
    is_full,
    open_home,
    reported,
    resources,
    tells_full,
)


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


def test_a_home_that_was_open_is_closed_with_all_that_is_in_it(tmp_path) -> None:
    opened = open_home(tmp_path)
    (opened.vectors_folder / "table" / "deep").mkdir(parents=True)
    files = [opened.database, tmp_path / "library.sqlite3-wal", tmp_path / "settings.json.broken"]
    files += [opened.vectors_folder / "table" / "deep" / "rows", opened.owner_lock]
    for file in files:
        file.write_text("")
        file.chmod(0o644)
    for folder in (tmp_path, opened.vectors_folder, opened.logs_folder):
        folder.chmod(0o755)
    assert open_home(tmp_path) == opened
    assert {path for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077} == set()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_what_is_not_ours_in_a_home_is_left_as_it_is(tmp_path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("")
    linked = tmp_path.parent / f"{tmp_path.name}-model.gguf"
    linked.write_text("")
    for file in (other, linked):
        file.chmod(0o644)
    open_home(tmp_path).models_folder.chmod(0o755)
    (tmp_path / "models" / "linked.gguf").symlink_to(linked)
    open_home(tmp_path)
    assert [stat.S_IMODE(file.stat().st_mode) for file in (other, linked)] == [0o644, 0o644]


def test_a_folder_for_everybody_stays_one(tmp_path) -> None:
    tmp_path.chmod(0o1777)
    opened = open_home(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
    assert stat.S_IMODE(opened.pages_folder.stat().st_mode) == 0o700


def test_a_file_system_without_rights_is_no_reason_to_fail(tmp_path, monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refused)
    assert open_home(tmp_path) == Paths(tmp_path)


def test_every_place_is_inside_home_and_none_twice(tmp_path) -> None:
    places = [
        getattr(Paths(tmp_path), name)
        for name, value in vars(Paths).items()
        if isinstance(value, property)
    ]
    assert len(places) == len(set(places)) == 15
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


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("kind", [OSError, RuntimeError, ValueError])
def test_a_full_disk_is_heard_of_libraries_that_tell_it_in_words(kind, code) -> None:
    assert tells_full(kind(f"LanceError(IO): {os.strerror(code)} (os error {code})"))
    assert not tells_full(kind("LanceError(IO): Permission denied (os error 13)"))
    wrapped = RuntimeError("it could not be written")
    wrapped.__cause__ = OSError(code, "")
    assert tells_full(wrapped)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EACCES])
def test_a_disk_is_full_where_nothing_can_be_written_for_want_of_room(
    code, tmp_path, monkeypatch
) -> None:
    assert not is_full(tmp_path)

    def refused(**_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    assert is_full(tmp_path) == (code != errno.EACCES)


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
