"""Books, chapter by chapter."""

import re
import zipfile
from pathlib import Path

import pytest

from desktop_rag.engines.formats import book
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from tests import originals


def chapters(path: Path) -> list[HtmlFragment]:
    with zipfile.ZipFile(path) as file:
        return list(book.of_file(file)[1])


def test_chapters_are_read_in_the_order_of_the_spine(tmp_path) -> None:
    path = originals.book(tmp_path / "a.epub", "The &lt;book&gt;", [("One", "ก 🦉"), ("Two", "b")])
    with zipfile.ZipFile(path) as file:
        package = file.read("book.opf").decode()
    spine = re.search("<itemref.*?/>", package)
    assert spine
    moved = package.replace(spine[0], "", 1).replace("</spine>", f"{spine[0]}</spine>")
    originals.repacked(path, {"book.opf": moved.encode()})
    made = chapters(path)
    assert [flow.html for flow in made] == ["<h1>Two</h1><p>b</p>", "<h1>One</h1><p>ก 🦉</p>"]
    assert all(flow.fresh for flow in made)
    with zipfile.ZipFile(path) as file:
        assert book.of_file(file)[0] == "The <book>"


def test_a_chapter_without_a_heading_has_the_title_of_the_contents(tmp_path) -> None:
    path = originals.book(tmp_path / "a.epub", "B", [("One", "a"), ("Two", "b")])
    page = b"<html><body><p>no heading</p></body></html>"
    originals.repacked(path, {"2.xhtml": page})
    assert chapters(path)[1].html == "<h1>Two</h1><p>no heading</p>"


def test_pictures_come_with_their_chapter(tmp_path) -> None:
    path = originals.book(tmp_path / "a.epub", "B", [("One", "a")])
    picture = originals.picture(tmp_path / "p.png").read_bytes()
    page = '<body><h1>x</h1><img src="my%20p.png"/><svg><image xlink:href="my p.png"/></svg>'
    lost = '<img src="../../etc/hostname" alt="Lost"/><img src="http://example.org/x.png"/></body>'
    originals.repacked(path, {"my p.png": picture, "1.xhtml": f"{page}{lost}".encode()})
    (flow,) = chapters(path)
    assert list(flow.pictures.values()) == [picture, picture]
    assert flow.html.count("<img") == 2
    assert "Lost" in flow.html


def test_what_is_no_book_is_told(tmp_path) -> None:
    path = originals.book(tmp_path / "a.epub", "B", [("One", "a")])
    originals.repacked(path, {"META-INF/container.xml": b"<container/>"})
    with pytest.raises(KeyError):
        chapters(path)


def test_a_chapter_that_the_spine_repeats_is_read_once(tmp_path) -> None:
    path = originals.book(tmp_path / "a.epub", "B", [("One", "a"), ("Two", "b")])
    with zipfile.ZipFile(path) as file:
        package = file.read("book.opf").decode()
    again = package.replace("</spine>", '<itemref idref="c1"/>' * 1_000 + "</spine>")
    originals.repacked(path, {"book.opf": again.encode()})
    assert [flow.html for flow in chapters(path)] == [
        "<h1>One</h1><p>a</p>",
        "<h1>Two</h1><p>b</p>",
    ]
