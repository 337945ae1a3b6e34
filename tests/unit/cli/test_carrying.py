"""What the terminal says of libraries that went out or came in."""

import pytest

from desktop_rag.cli import carrying

EXPORTED = {"documents": 2, "bytes": 1_500_000, "file": "a.ragx", "left_out": [], "damaged": []}
BROUGHT = {
    "library": "Tesis",
    "documents": 3,
    "ready": 2,
    "waiting": 1,
    "failed": 0,
    "known": 0,
    "embedded": 0,
    "absent": 0,
    "damaged": [],
}


def test_what_is_whole_needs_one_line(capsys) -> None:
    carrying.print_exported(EXPORTED)
    carrying.print_brought(BROUGHT)
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize("name", ["a\x1b[2J.pdf", "[red]a.pdf", "a\udcf1o.pdf", "a\u202ea.pdf"])
def test_what_is_damaged_is_named_whatever_it_is_called(capsys, name) -> None:
    carrying.print_exported(EXPORTED | {"damaged": [name], "left_out": [name]})
    carrying.print_brought(BROUGHT | {"damaged": [name, ""]})
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 6
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert out.count(".pdf") == 3
    assert "damaged: a record without a name" in out


def test_files_that_are_not_here_are_counted(capsys) -> None:
    carrying.print_brought(BROUGHT | {"absent": 2})
    assert "2 are found by their text, but their files are not here" in capsys.readouterr().out
