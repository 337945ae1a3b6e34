"""Cutting pages into chunks that follow their structure, each on the page that it begins on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from desktop_rag.domain.documents import Chunk, DocumentId, Layer, Outline, Page, PlacedWord
from desktop_rag.ingest.blocks import Block, BlockKind
from desktop_rag.ingest.continuations import continued
from desktop_rag.ingest.failures import described
from desktop_rag.ingest.hyphens import Spelling, nothing_known
from desktop_rag.ingest.pieces import Count, Measure, Piece, pieces_of, shifted
from desktop_rag.ingest.structure import beside_the_body, body_of, body_size, plain_blocks

logger = logging.getLogger(__name__)

SEPARATOR = " › "
_HEADER_WORDS = 24
_OPENING_SHARE = 3  # a heading opens a new chunk once a third of the old one is full


@dataclass(frozen=True, slots=True)
class SplitContext:
    """What cutting needs to know of its surroundings.

    `limit` counts the embedder's tokens; `language` gives the ISO 639-1 code of
    a text, or of the document where the text is too short to tell. `known` tells the words of
    some languages, for words that are cut at the end of a line.
    """

    document: DocumentId
    title: str
    outline: Outline
    limit: int
    count: Count
    language: Callable[[str], str]
    known: Callable[[str], bool] = nothing_known


@dataclass(slots=True)
class _Sections:
    """The headings under which the text stands."""

    outline: Outline
    stack: dict[int, str] = field(default_factory=dict)

    def enter(self, level: int, title: str) -> None:
        self.stack = {at: text for at, text in self.stack.items() if at < level} | {level: title}

    def path(self, page: int) -> list[str]:
        if self.stack:
            return [self.stack[level] for level in sorted(self.stack)][-2:]
        above = [entry.title for entry in self.outline.contents if entry.page <= page]
        return above[-1:]


def chunks_of(pages: Sequence[Page], how: SplitContext) -> Iterator[Chunk]:
    """Yield the chunks of cleaned `pages` in reading order, each on the page that it begins on.

    A chunk holds whole sentences and table rows, at most `how.limit` tokens of
    them; a table that goes on repeats the rows that name its columns. What is not of the body
    has chunks of its own: after the body of its page, and furniture at the end.
    """
    for ordinal, (page, layer, (header, group)) in enumerate(_grouped(pages, how)):
        text, words = _joined(group)
        yield Chunk(
            how.document,
            ordinal,
            page.number,
            page.label,
            header,
            text,
            how.language(text),
            words,
            page.recognized,
            layer,
        )


def _grouped(
    pages: Sequence[Page], how: SplitContext
) -> Iterator[tuple[Page, Layer, tuple[str, list[Piece]]]]:
    sections = _Sections(how.outline)
    spelling = Spelling(tuple(pages), how.known)
    measure = Measure(how.count, how.limit)
    for page, pieces in _body(pages, how, measure, spelling):
        for found in _groups(pieces, sections, page.number, how):
            yield page, Layer.BODY, found
        for layer in (Layer.NOTE, Layer.HIDDEN):
            for group in _beside(page, layer, how, measure):
                yield page, layer, (_header(how.title, sections.path(page.number)), group)
    for page in pages:
        for group in _beside(page, Layer.FURNITURE, how, measure):
            yield page, Layer.FURNITURE, (_header(how.title, ()), group)


def _body(
    pages: Sequence[Page], how: SplitContext, measure: Measure, spelling: Spelling
) -> Iterator[tuple[Page, list[Piece]]]:
    """Yield each page with the pieces of its body that begin on it."""
    size = body_size(pages)
    laid = [_laid(page, size, how.document) for page in pages]
    flow = _continued([blocks for blocks, _ in laid], how.document)
    begun: dict[int, list[Piece]] = {}  # by page: what begins on pages to come
    for page, blocks, (_, notes) in zip(pages, flow, laid, strict=True):
        language = how.language(_text(page))
        for piece in pieces_of((*blocks, *notes), language, measure, spelling):
            begun.setdefault(piece.page, []).append(piece)
        yield page, begun.pop(page.number, [])


def _laid(page: Page, size: float, document: DocumentId) -> tuple[list[Block], list[Block]]:
    """Return the blocks of a page and of its footnotes, its plain lines if all else fails."""
    try:
        return body_of(page, size)
    except Exception as error:  # noqa: BLE001  # one page, whatever it is like, is not all of them
        what = described(error)
        logger.warning("page %d of %s is taken line by line: %s", page.number, document, what)
        return plain_blocks(page), []


def _continued(pages: Sequence[list[Block]], document: DocumentId) -> Sequence[list[Block]]:
    try:
        return continued(pages)
    except Exception as error:  # noqa: BLE001  # sentences end with their pages, but none is lost
        logger.warning("the pages of %s stand alone: %s", document, described(error))
        return pages


def _text(page: Page) -> str:
    lines = (line for line in page.lines if line.layer is Layer.BODY)
    return " ".join([word.text for line in lines for word in line.words])


def _beside(page: Page, layer: Layer, how: SplitContext, measure: Measure) -> Iterator[list[Piece]]:
    """Yield groups of what stands beside the body of a page, each as long as a chunk may be."""
    blocks = beside_the_body(page, layer)
    if not blocks:
        return
    language = how.language(" ".join(block.text for block in blocks))
    tokens = 0
    group: list[Piece] = []
    for piece in pieces_of(blocks, language, measure, Spelling()):
        if group and tokens + piece.tokens > how.limit:
            yield group
            group, tokens = [], 0
        group.append(piece)
        tokens += piece.tokens
    yield group


def _groups(
    pieces: Sequence[Piece], sections: _Sections, page: int, how: SplitContext
) -> Iterator[tuple[str, list[Piece]]]:
    group: list[Piece] = []
    tokens = 0
    header = _header(how.title, sections.path(page))
    for piece in pieces:
        heading = piece.kind is BlockKind.HEADING
        full = tokens + piece.tokens > how.limit
        if group and (full or (heading and tokens * _OPENING_SHARE > how.limit)):
            yield header, group
            group, tokens = [], 0
        if heading:
            sections.enter(piece.level, piece.text)
        if not group:
            header = _header(how.title, sections.path(page))
            if piece.head and piece.head.tokens + piece.tokens <= how.limit:
                group, tokens = [piece.head], piece.head.tokens
        group.append(piece)
        tokens += piece.tokens
    if group:
        yield header, group


def _header(title: str, path: Sequence[str]) -> str:
    parts = [title, *path]
    words = SEPARATOR.join(dict.fromkeys(part for part in parts if part)).split()
    return " ".join(words[:_HEADER_WORDS])


def _joined(group: Sequence[Piece]) -> tuple[str, tuple[PlacedWord, ...]]:
    """Join pieces: sentences by a space, everything else by a new line."""
    text, words = group[0].text, list(group[0].words)
    for piece in group[1:]:
        text += " " if piece.kind is BlockKind.PARAGRAPH and not piece.opens else "\n"
        words += shifted(piece.words, len(text))
        text += piece.text
    return text, tuple(words)
