"""Reads JSON and JSON lines: records that are alike as tables, all else as indented text."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer, tables, text_blocks
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise

_LEAST_RECORDS = 2
_MOST_NAMES = 60  # of a record that is told as a row
_LEAST_ALIKE = 0.5  # of all names, that each record has
_LONGEST_VALUE = 300  # characters, of most values in rows
_INDENT = "  "
_LEVELS_OF_TABLES = 2


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write data in JSON to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_json(path.read_bytes()), target)


def of_json(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return what data in JSON says, which has no title. Raises nothing.

    Numbers stand as they are written. What is no JSON, or is too deep for Python, is shown as it
    stands.
    """
    source = encoding.decoded(data).lstrip("\ufeff")
    try:
        value = _loaded(source)
    except (ValueError, RecursionError):
        try:
            value = [_loaded(line) for line in source.split("\n") if line.strip()]
        except (ValueError, RecursionError):
            stands = text_blocks.unified(source)
            return "", html_blocks.flows(text_blocks.preformatted(stands, code=True))
    return "", _fragments(value, 1)


def _loaded(source: str) -> Any:
    return json.loads(source, parse_float=str, parse_int=str, parse_constant=str)


def _fragments(value: Any, level: int) -> Iterator[HtmlFragment]:
    names = _names(value)
    if names:
        rows = (tuple(_scalar(record.get(name)) for name in names) for record in value)
        yield from tables.set_as_tables(names, rows)
    elif isinstance(value, dict) and level < _LEVELS_OF_TABLES:
        for name, inner in value.items():
            if _names(inner):
                heading = html_blocks.heading(level, html_blocks.text(name))
                yield HtmlFragment(heading)
                yield from _fragments(inner, level + 1)
            else:
                yield from html_blocks.flows(_lines({name: inner}))
    elif isinstance(value, list):
        yield from html_blocks.flows(itertools.chain.from_iterable(map(_lines, value)))
    else:
        yield from html_blocks.flows(_lines(value))


def _lines(value: Any) -> Iterator[str]:
    source = text_blocks.unified("\n".join(_told(value)))
    return text_blocks.preformatted(source)


def _names(value: Any) -> tuple[str, ...]:
    """Return the names that records have which are alike, in order; nothing if they are not."""
    if not isinstance(value, list) or len(value) < _LEAST_RECORDS:
        return ()
    names: dict[str, None] = {}
    for record in value:
        if not isinstance(record, dict) or not all(map(_is_scalar, record.values())):
            return ()
        names |= dict.fromkeys(record)
        if len(names) > _MOST_NAMES:
            return ()
    alike = all(len(record) >= _LEAST_ALIKE * len(names) for record in value)
    long = sum(len(_scalar(one)) > _LONGEST_VALUE for record in value for one in record.values())
    return tuple(names) if alike and 2 * long < len(value) else ()


def _is_scalar(value: Any) -> bool:
    """Whether a value is one, or a short list of them."""
    if isinstance(value, list):
        return all(one is None or isinstance(one, (str, bool)) for one in value)
    return not isinstance(value, dict)


def _scalar(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return ", ".join(map(_scalar, value))
        case _:
            return str(value)


def _told(value: Any) -> Iterator[str]:
    """Yield a value as lines, one for each name, with what is in it below and to the right."""
    waiting: list[tuple[int, str, Any]] = [(0, "", value)]
    while waiting:
        depth, said, inner = waiting.pop()
        match inner:
            case dict() | list() if inner:
                deeper = depth + bool(said)
                if said:
                    yield _INDENT * depth + said.rstrip()
                pairs = inner.items() if isinstance(inner, dict) else (("-", one) for one in inner)
                mark = ": " if isinstance(inner, dict) else " "
                waiting += [(deeper, f"{name}{mark}", one) for name, one in reversed([*pairs])]
            case dict() | list():
                yield _INDENT * depth + said.rstrip(": ")
            case _:
                lines = _scalar(inner).split("\n")
                yield _INDENT * depth + said + lines[0]
                yield from (_INDENT * (depth + 1) + line for line in lines[1:])
