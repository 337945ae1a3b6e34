"""Shows the layers of a PDF that are switched off, so that what they hold can be told."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from desktop_rag.domain.documents import Layer, Line, Word
from desktop_rag.engines.pdf.mupdf import mupdf, pymupdf

_MOST = 10_000
_PLACES = 3  # decimals of a fraction of the page


def switched_off(document: Any) -> list[int]:
    """Return the numbers of the layers that are not shown. Raises what MuPDF does of damage."""
    source = _source(document)
    count = min(_MOST, mupdf.pdf_count_layers(source))
    return [at for at in range(count) if not mupdf.pdf_layer_is_enabled(source, at)]


@contextlib.contextmanager
def shown(document: Any, numbers: Sequence[int]) -> Iterator[None]:
    """Show these layers for as long as it lasts; nothing of the file is changed."""
    source = _source(document)
    for at in numbers:
        mupdf.pdf_enable_layer(source, at, 1)
    try:
        yield
    finally:
        for at in numbers:
            mupdf.pdf_enable_layer(source, at, 0)


def added(lines: Sequence[Line], more: Sequence[Line]) -> tuple[Line, ...]:
    """Return what `more` has that `lines` has not, as hidden lines."""
    known = Counter(map(_place, (word for line in lines for word in line.words)))
    found = []
    for line in more:
        words = []
        for word in line.words:
            known[_place(word)] -= 1
            if known[_place(word)] < 0:
                words.append(word)
        if words:
            found.append(line._replace(words=tuple(words), layer=Layer.HIDDEN, glued=False))
    return tuple(found)


def _place(word: Word) -> tuple[str, float, float]:
    return word.text, round(word.box.x0, _PLACES), round(word.box.y0, _PLACES)


def _source(document: Any) -> Any:
    return pymupdf._as_pdf_document(document)  # noqa: SLF001 - there is no other way to it
