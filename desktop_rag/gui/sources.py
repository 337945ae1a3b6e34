"""A passage as the window shows it, under the number it is cited by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_rag.answer.extraction import continued, whole
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, Box, DocumentId, Layer, PageBox
from desktop_rag.domain.passages import Passage, Quote
from desktop_rag.gui.widgets.text import plain


@dataclass(frozen=True, slots=True)
class Source:
    """A passage under the number it is cited by; `page` counts from 0, people see the label.

    `boxes` are on its page, `continued` on those after it.
    `header` is what a model is told of where it stands. `recognized` text was read off a picture,
    and what is not of the body says so by its `layer`. Its `language` is in ISO 639-1,
    `UNKNOWN_LANGUAGE` where it cannot be told. The `score` orders the passages of one search, and
    no others; a quotation has none.
    """

    number: int
    document: DocumentId
    title: str
    page: int
    page_label: str
    snippet: str
    boxes: tuple[Box, ...]
    header: str = ""
    recognized: bool = False
    continued: tuple[PageBox, ...] = ()
    layer: Layer = Layer.BODY
    language: str = UNKNOWN_LANGUAGE
    score: float | None = None

    @property
    def label(self) -> str:
        """What people call the page: the printed label, else its number."""
        return plain(self.page_label) or str(self.page + 1)

    def foreign(self, language: str) -> bool:
        """Whether its language is known and not this one."""
        return self.language not in {language, UNKNOWN_LANGUAGE}


Titles = Mapping[DocumentId, str]


def source_of(passage: Passage, titles: Titles) -> Source:
    """Return a passage as a card shows it, with the boxes of all its words."""
    hit = passage.hit
    return Source(
        number=passage.number,
        document=hit.document,
        title=plain(titles.get(hit.document, "")),
        page=hit.page,
        page_label=hit.page_label,
        snippet=hit.text,
        boxes=tuple(whole(hit)),
        header=hit.header,
        recognized=hit.recognized,
        continued=continued(hit),
        layer=hit.layer,
        language=hit.language,
        score=hit.score,
    )


def cited_of(quote: Quote, titles: Titles) -> Source:
    """Return a citation, with the boxes of the words that it rests on."""
    hit = quote.passage.hit
    return Source(
        number=quote.passage.number,
        document=hit.document,
        title=plain(titles.get(hit.document, "")),
        page=hit.page,
        page_label=hit.page_label,
        snippet=quote.text,
        boxes=quote.boxes,
        recognized=hit.recognized,
        continued=quote.continued,
        layer=hit.layer,
        language=hit.language,
    )
