"""Files that are whole, or as they were."""

from pathlib import Path

import pytest

from desktop_rag.domain.errors import PaperUnwritable
from desktop_rag.settings.whole_files import written_whole


def test_what_is_broken_off_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "paper.md"
    target.write_text("old")

    def broken_off() -> None:
        with written_whole(target) as part:
            part.write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        broken_off()
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("paper.md", "old")]
    with written_whole(target) as part:
        part.write_text("new")
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("paper.md", "new")]


def test_a_folder_is_no_file_and_is_told_with_its_path(tmp_path: Path) -> None:
    def into_a_folder() -> None:
        with written_whole(tmp_path) as part:
            part.write_text("new")

    with pytest.raises(PaperUnwritable) as raised:
        into_a_folder()
    assert raised.value.path == str(tmp_path)
    assert raised.value.reason
