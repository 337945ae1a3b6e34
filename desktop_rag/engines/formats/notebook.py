"""Reads notebooks of Jupyter: their text as Markdown, their code, and what it printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_rag.engines.formats import encoding, html_blocks, markdown, pdf_writer, text_blocks
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = (json.JSONDecodeError, RecursionError)  #: raised for damaged files, among others

_COLOURS = re.compile(r"\x1b\[[\d;]{0,20}[A-Za-z]")


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a notebook to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_notebook(path.read_bytes()), target)


def of_notebook(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the first heading of a notebook, and its cells; raises what is in `DAMAGE`.

    The format is nbformat 4, and 3 as far as its cells are like those of 4.
    """
    cells = list(_cells(json.loads(encoding.decoded(data).lstrip("\ufeff"))))
    texts = (_text(cell.get("source")) for cell in cells if cell.get("cell_type") == "markdown")
    titles = (re.search(r"^# +(.*\S)", text, re.MULTILINE) for text in texts)
    title = next((found[1] for found in titles if found), "")
    return title, (fragment for cell in cells for fragment in _fragments(cell))


def _cells(notebook: Any) -> Iterator[dict[str, Any]]:
    sheets = notebook.get("worksheets") if isinstance(notebook, dict) else None
    for sheet in sheets if isinstance(sheets, list) else [notebook]:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        yield from (cell for cell in _listed(cells) if isinstance(cell, dict))


def _fragments(cell: dict[str, Any]) -> Iterator[HtmlFragment]:
    match cell.get("cell_type"):
        case "markdown":
            yield from markdown.of_markdown(_text(cell.get("source")).encode())[1]
        case "heading":
            level = cell.get("level")
            words = html_blocks.text(_text(cell.get("source")))
            yield HtmlFragment(html_blocks.heading(level if isinstance(level, int) else 1, words))
        case "code":
            source = text_blocks.unified(_text(cell.get("source") or cell.get("input")))
            yield from html_blocks.flows(text_blocks.preformatted(source, code=True))
            printed = text_blocks.unified("\n\n".join(map(_printed, _listed(cell.get("outputs")))))
            yield from html_blocks.flows(text_blocks.preformatted(printed))
        case _:
            source = text_blocks.unified(_text(cell.get("source")))
            yield from html_blocks.flows(text_blocks.preformatted(source))


def _printed(output: Any) -> str:
    """Return what is text of an output; pictures and HTML have a text beside them."""
    if not isinstance(output, dict):
        return ""
    data = output.get("data")
    plain = data.get("text/plain") if isinstance(data, dict) else output.get("text")
    error = f"{output.get('ename')}: {output.get('evalue')}" if output.get("ename") else ""
    return _COLOURS.sub("", _text(plain) or error)


def _text(source: Any) -> str:
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
