"""A file takes the place of another once it is whole, and else nothing has happened."""

import errno
import os
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DiskFull, PaperUnwritable
from desktop_rag.domain.papers import PaperFormat
from desktop_rag.engines.papers import writing
from tests import papers

EVERY = [*PaperFormat]


@pytest.mark.parametrize("kind", EVERY)
def test_each_kind_is_written_over_what_was_there(tmp_path: Path, kind) -> None:
    target = tmp_path / f"paper{kind}"
    target.write_text("old")
    list(writing.written(papers.every_kind(), target, kind))
    beginning = {PaperFormat.MARKDOWN: b"# ", PaperFormat.WORD: b"PK", PaperFormat.PDF: b"%PDF"}
    assert target.read_bytes().startswith(beginning[kind])
    assert [one.name for one in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("kind", EVERY)
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, kind, monkeypatch) -> None:
    target = tmp_path / f"paper{kind}"
    target.write_text("old")
    opened = Path.open

    def opening(path: Path, mode: str = "r", *given, **named):
        file = opened(path, mode, *given, **named)

        def write(_data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return Full(file, write) if path.suffix == ".part" else file

    monkeypatch.setattr(Path, "open", opening)
    with pytest.raises(DiskFull):
        list(writing.written(papers.every_kind(), target, kind))
    monkeypatch.undo()
    assert target.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == [target.name]


class Full:
    """A file that takes nothing."""

    def __init__(self, file, write) -> None:
        self._file = file
        self.write = write

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self._file.close()

    def __getattr__(self, name: str):
        return getattr(self._file, name)


@pytest.mark.parametrize("kind", [PaperFormat.WORD, PaperFormat.PDF])
def test_what_is_broken_off_leaves_nothing(tmp_path: Path, kind) -> None:
    target = tmp_path / f"paper{kind}"
    steps = writing.written(papers.every_kind(), target, kind)
    next(steps)
    steps.close()
    assert [*tmp_path.iterdir()] == []


def test_a_place_that_is_none_is_told_with_the_reason_of_the_system(tmp_path: Path) -> None:
    for target in (tmp_path / "nowhere" / "a.md", tmp_path):
        with pytest.raises(PaperUnwritable) as raised:
            list(writing.written(papers.every_kind(), target, PaperFormat.MARKDOWN))
        assert raised.value.path == str(target)
        assert raised.value.reason
    assert [*tmp_path.iterdir()] == []


def test_the_longest_name_of_a_file_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / f"{'x' * 252}.md"
    list(writing.written(papers.every_kind(), target, PaperFormat.MARKDOWN))
    assert target.exists()
