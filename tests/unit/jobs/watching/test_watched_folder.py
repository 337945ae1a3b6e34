"""Which files of a watched folder are looked after."""

from pathlib import Path

from desktop_rag.jobs.watching.watched_folder import wanted_in


def test_what_a_folder_would_give_is_wanted_and_nothing_else(tmp_path: Path) -> None:
    wanted = wanted_in(tmp_path, ("draft.*",))
    given = ("a.pdf", "sub/b.ODT")
    kept = ("photo.raw", "draft.pdf", ".git/c.pdf", "~$d.docx", "../e.pdf")
    assert all(wanted(tmp_path / name) for name in given)
    assert not any(wanted((tmp_path / name).resolve()) for name in kept)


def test_a_file_without_an_ending_is_wanted_if_it_is_a_pdf_or_may_have_been_one(tmp_path) -> None:
    wanted = wanted_in(tmp_path, ())
    (tmp_path / "scan").write_bytes(b"%PDF-1.7")
    (tmp_path / "Makefile").write_bytes(b"all:")
    assert wanted(tmp_path / "scan")
    assert not wanted(tmp_path / "Makefile")
    assert wanted(tmp_path / "gone")
