"""Cutting pages into chunks that lie on one page and follow its structure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from desktop_rag.domain.documents import Chunk, DocumentId, Outline, Page, PlacedWord
from desktop_rag.ingest.pieces import Count, Piece, pieces_of, shifted
from desktop_rag.ingest.structure import BlockKind, body_size, parts_of

SEPARATOR = " › "
_HEADER_WORDS = 24
_OPENING_SHARE = 3  # a heading opens a new chunk once a third of the old one is full


@dataclass(frozen=True, slots=True)
class SplitContext:
    """What cutting needs to know of its surroundings.

    `limit` counts the embedder's tokens; `language` gives the ISO 639-1 code of
    a text, or of the document where the text is too short to tell.
    """

    document: DocumentId
    title: str
    outline: Outline
    limit: int
    count: Count
    language: Callable[[str], str]


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
    """Yield the chunks of cleaned `pages` in reading order, each on one page.

    A chunk holds whole sentences and table rows, at most `how.limit` tokens of
    them; a table that goes on repeats the rows that name its columns.
    """
    sections = _Sections(how.outline)
    body = body_size(pages)
    ordinal = 0
    for page in pages:
        language = how.language(" ".join(line.text for line in page.lines))
        pieces = pieces_of(parts_of(page, body), language, how.count, how.limit)
        for header, group in _groups(pieces, sections, page.number, how):
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
            )
            ordinal += 1


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
