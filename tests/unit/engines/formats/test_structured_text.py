"""Headings of reStructuredText and Org, and what is no heading."""

from desktop_rag.engines.formats import structured_text

RESTRUCTURED = """\
========
The Mill
========

Waters
======

It stands by the river,
since 1911.

Wheels
------

======  ====
Name    Size
======  ====
East    3
======  ====

Gates
=====

- one
- two

text
--
"""


def test_underlined_lines_are_headings_of_the_level_that_came_first() -> None:
    title, pieces = structured_text.of_restructured(RESTRUCTURED.encode())
    said = "".join(piece.html for piece in pieces)
    assert title == "The Mill"
    assert [part for part in said.split("<pre")[0].split("</h1>") if part] == [
        "<h1>The Mill",
        "<h2>Waters</h2>",
    ]
    assert "<h3>Wheels</h3>" in said
    assert "<h2>Gates</h2>" in said
    assert "It stands by the river,\nsince 1911.</pre>" in said
    assert "======  ====\nName    Size" in said
    assert "text\n--</pre>" in said


def test_stars_are_headings_of_org_and_its_marks_are_gone() -> None:
    source = (
        "#+TITLE: Diary\n#+OPTIONS: toc:nil\n* TODO Repair the weir  :work:\n:PROPERTIES:\n:ID: 4\n"
        ":END:\nfirst line\n# a comment\n** Stones\n*bold* words\n"
    )
    title, pieces = structured_text.of_org(source.encode())
    assert title == "Diary"
    assert "".join(piece.html for piece in pieces) == (
        '<h1>Diary</h1><h1>TODO Repair the weir</h1><pre class="plain">first line</pre>'
        '<h2>Stones</h2><pre class="plain">*bold* words</pre>'
    )


def test_many_lines_are_no_trouble() -> None:
    for read in (structured_text.of_restructured, structured_text.of_org):
        for source in (b"=" * 200_000, b"---\n" * 100_000, b"* a\n" * 50_000, b" " * 500_000):
            list(read(source)[1])
