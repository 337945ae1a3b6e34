import json
import os
import stat
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DataUnreadable, DiskFull
from desktop_rag.settings import storage
from desktop_rag.settings.schema import SCHEMA_VERSION, Generating, Sampling, Settings
from desktop_rag.settings.storage import LoadedSettings, load, migrated, save

CHANGED = Settings(sampling=Sampling(temperature=0.9, seed=7), generating=Generating(threads=3))


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "settings.json"


def test_without_a_file_the_defaults_hold(path) -> None:
    assert load(path) == LoadedSettings(Settings())
    assert not path.exists()


def test_what_is_saved_is_loaded(path) -> None:
    save(path, CHANGED)
    assert load(path) == LoadedSettings(CHANGED)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_unknown_keys_are_ignored(path) -> None:
    path.write_text('{"version": 1, "colour": "red", "sampling": {"top_k": 5, "magic": 1}}')
    assert load(path) == LoadedSettings(Settings(sampling=Sampling(top_k=5)))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"version": "one"}',
        b'{"version": 0}',
        b'{"sampling": {"temperature": 5}}',
        b'{"sampling": 5}',
        b"[" * 100_000,
    ],
    ids=lambda content: content[:20].decode("ascii", "replace"),
)
def test_a_broken_file_is_set_aside_and_reported(content, path) -> None:
    path.write_bytes(content)
    broken = path.with_name("settings.json.broken")
    assert load(path) == LoadedSettings(Settings(), broken)
    assert broken.read_bytes() == content
    assert not path.exists()


def test_a_broken_file_on_a_read_only_disk_stays(path, monkeypatch) -> None:
    def refuse(self, target) -> None:
        raise OSError

    path.write_text("{")
    monkeypatch.setattr(Path, "replace", refuse)
    assert load(path) == LoadedSettings(Settings(), path)


@pytest.mark.parametrize(("code", "expected"), [(28, DiskFull), (5, DataUnreadable)])
def test_an_interrupted_save_leaves_the_old_file(code, expected, path, monkeypatch) -> None:
    def refuse(_handle) -> None:
        raise OSError(code, os.strerror(code))

    save(path, CHANGED)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(expected) as caught:
        save(path, Settings())
    assert caught.value.path == str(path)
    assert load(path) == LoadedSettings(CHANGED)
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_read_is_no_broken_file(path) -> None:
    path.mkdir()
    with pytest.raises(DataUnreadable):
        load(path)
    assert path.is_dir()


def test_the_version_counts_the_migrations() -> None:
    assert len(storage.MIGRATIONS) + 1 == SCHEMA_VERSION


def rename_heat(values):
    return values | {"temperature": values["heat"]}


def double(values):
    return values | {"temperature": values["temperature"] * 2}


@pytest.mark.parametrize(
    ("old", "temperature"),
    [
        ({"heat": 1}, 2),
        ({"version": 1, "heat": 1}, 2),
        ({"version": 2, "temperature": 1}, 2),
        ({"version": 3, "temperature": 1}, 1),
        ({"version": 4, "temperature": 1}, 1),
    ],
)
def test_each_older_version_is_brought_up_to_date(old, temperature) -> None:
    new = migrated(old, (rename_heat, double))
    assert new["version"] == 3
    assert new["temperature"] == temperature


def test_a_file_of_version_1_is_understood(path) -> None:
    path.write_text(json.dumps(VERSION_1))
    loaded = load(path)
    assert loaded.broken is None
    assert loaded.settings.sampling.temperature == 0.7
    assert loaded.settings.version == SCHEMA_VERSION


#: As the first version wrote it; never change it, add the next one below.
VERSION_1 = {
    "version": 1,
    "indexing": {"chunk_tokens": 128, "batch": 8, "page_seconds": 30, "reading_gib": 1.0},
    "retrieval": {"passages": 6, "candidates": 100, "neighbours": True},
    "sampling": {
        "temperature": 0.7,
        "top_k": 40,
        "top_p": 0.95,
        "min_p": 0.05,
        "repeat_penalty": 1.0,
        "max_tokens": 768,
        "seed": None,
        "greedy": False,
    },
    "generating": {"context_tokens": 8192, "threads": 0},
}
