"""What is removed of documents that nobody knows."""

import os
import time

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.disk import leftovers

KNOWN = DocumentId("ab1")
YEAR = 365 * 24 * 3600


@pytest.mark.parametrize("written", [-YEAR, -1, YEAR])
def test_what_nobody_knows_is_removed_whenever_the_clock_says_it_was_written(
    tmp_path, written
) -> None:
    (tmp_path / "ab").mkdir()
    for name in ("ab1.zip", "ab2.zip"):
        path = tmp_path / "ab" / name
        path.touch()
        os.utime(path, (time.time() + written,) * 2)
    assert leftovers.retain(tmp_path, {KNOWN}, time.time()) == {KNOWN}
    assert [path.name for path in tmp_path.glob("*/*")] == ["ab1.zip"]


def test_what_was_written_just_now_is_left_alone(tmp_path) -> None:
    before = time.time() - 1
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "ab2.zip").touch()
    leftovers.retain(tmp_path, frozenset(), before)
    assert (tmp_path / "ab" / "ab2.zip").exists()


def test_what_a_system_stamps_by_its_ticks_is_left_alone(tmp_path) -> None:
    new = tmp_path / "ab" / "abc.zip"
    new.parent.mkdir()
    new.write_bytes(b"")
    before = time.time()
    os.utime(new, (before - 0.01, before - 0.01))
    leftovers.retain(tmp_path, frozenset(), before)
    assert new.exists()


def test_what_goes_meanwhile_is_no_trouble(tmp_path) -> None:
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "ab2.part").symlink_to(tmp_path / "nowhere")
    assert leftovers.retain(tmp_path, frozenset(), time.time()) == frozenset()
