"""A conversation, or an answer, as a paper: what is said, what it rests on, and what it does not.

Quotes stand where they stand in the window. Sentences that are not borne out say so, a refusal
says that it is one, and each mark becomes a note with the words that it rests on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from desktop_rag.answer.arrangement import arranged, beside
from desktop_rag.answer.marks import cited
from desktop_rag.answer.papers.blocks import NoteFinder, blocks_of, merged, table_of
from desktop_rag.answer.papers.signs import legible, legible_line
from desktop_rag.answer.papers.talk import (
    AnsweredTurn,
    CitedCell,
    CitedTable,
    CitedWords,
    Talk,
    doubted,
)
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.papers import (
    Block,
    Cell,
    Note,
    Paper,
    PaperHeading,
    PaperList,
    PaperRun,
    PaperSource,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Style,
)

_MOST_WORDS = 600  # characters of a note's words: more are not looked at, and fill the page
_MOST_TITLE = 300  # characters


def paper_of(talk: Talk) -> Paper:
    """Return a conversation as a paper; of a `single` answer, which is the last one, that alone."""
    sources = _Sources(talk)
    blocks: list[Block] = []
    first = len(talk.turns) - 1 if talk.single else 0
    for at, turn in enumerate(talk.turns[first:], first):
        if not talk.single:
            blocks.append(PaperHeading(2, (PaperRun(legible_line(turn.question)),)))
        blocks += _Answer(talk, at, sources).blocks()
    languages = Counter(turn.language for turn in talk.turns[first:])
    languages.pop(UNKNOWN_LANGUAGE, None)
    return Paper(
        title=shortened(talk.title, _MOST_TITLE),
        blocks=tuple(blocks),
        sources=sources.used,
        sources_title=talk.words.sources,
        language=next((name for name, _ in languages.most_common(1)), UNKNOWN_LANGUAGE),
    )


def shortened(text: str, most: int) -> str:
    """Return text on one line, cut off between words where it is longer than `most` characters.

    >>> shortened("The debt fell by a lot", 16)
    'The debt fell …'
    """
    line = legible_line(text)
    if len(line) <= most:
        return line
    kept = line[: most - 2].rsplit(None, 1)[0] if " " in line[: most - 2] else line[: most - 2]
    return f"{kept} …"


def source_of(document: DocumentId, title: str) -> PaperSource:
    """Return what the bibliography says of a document of which nothing but the title is known."""
    shown = shortened(title, _MOST_TITLE) or "?"
    return PaperSource(document, shown, (PaperRun(shown, Style.EMPHASIS),))


class _Sources:
    """The documents that notes lead to, in the order in which they first do."""

    def __init__(self, talk: Talk) -> None:
        self._known = talk.sources
        self._page = talk.words.page
        self._places: dict[DocumentId, int] = {}
        self._used: list[PaperSource] = []

    @property
    def used(self) -> tuple[PaperSource, ...]:
        """All of them so far."""
        return tuple(self._used)

    def note(self, words: CitedWords) -> Note:
        """Return the note that leads to these words."""
        at = self._places.setdefault(words.document, len(self._used))
        if at == len(self._used):
            known = self._known.get(words.document)
            self._used.append(known or source_of(words.document, words.title))
        title = self._used[at].title
        place = self._page.format(title=title, label=legible_line(words.label))
        return Note(at, words.page, place, shortened(words.snippet, _MOST_WORDS))


class _Answer:
    """One turn of a conversation, and how its marks become notes."""

    def __init__(self, talk: Talk, at: int, sources: _Sources) -> None:
        self._turn = talk.turns[at]
        self._words = talk.words
        self._reasons = talk.reasons[at] if at < len(talk.reasons) else ()
        self._below = 1 if talk.single else 2
        self._sources = sources
        self._nth: Counter[int] = Counter()
        self._cited: dict[int, list[CitedWords]] = {}
        for one in self._turn.cited:
            self._cited.setdefault(one.number, []).append(one)
        self._known = _known(talk.turns, at)

    def blocks(self) -> Iterator[Block]:
        """Yield what a paper says of this turn."""
        turn, words = self._turn, self._words
        if turn.searched not in {"", turn.question}:
            yield _remark(words.searched.format(words=legible_line(turn.searched)))
        if turn.error:
            yield _remark(turn.error)
        elif turn.stopped:
            yield _remark(words.stopped)
        elif not (turn.answer.strip() or turn.quotes or turn.tables):
            yield _remark(words.nothing)
        yield from self._arranged()
        yield from map(self._table, turn.tables)
        yield from self._doubts()

    def _arranged(self) -> Iterator[Block]:
        turn, words = self._turn, self._words
        shown = arranged(turn)
        if turn.mode is AnswerMode.EXTRACT and not turn.refused:
            yield from map(self._as_quoted, self._written())
            return
        yield from map(self._quotation, shown.leading)
        if shown.unconfirmed:
            yield _remark(words.unconfirmed)
        yield from self._written()
        if shown.following:
            yield _remark(words.nearest if shown.near else words.documents_say)
            yield from map(self._quotation, shown.following)

    def _table(self, table: CitedTable) -> PaperTable:
        heads = tuple((PaperRun(legible(head)),) for head in table.heads)
        return table_of(heads, (tuple(map(self._cell, row)) for row in table.rows))

    def _cell(self, cell: CitedCell) -> Cell:
        notes = map(self._sources.note, cell.words)
        remark = f" ({legible_line(cell.remark)})" if cell.remark else ""
        return merged((PaperRun(legible(cell.text)), *notes, PaperRun(remark, Style.EMPHASIS)))

    def _written(self) -> tuple[Block, ...]:
        finder = NoteFinder(self._known.keys() | self._cited.keys(), self._note)
        return blocks_of(self._turn.answer, finder, self._below)

    def _as_quoted(self, block: Block) -> Block:
        """Return a paragraph as a quotation where it is one of the documents' own."""
        if not isinstance(block, Paragraph) or block.kind is not ParagraphKind.TEXT:
            return block
        text = "".join(one.text for one in block.inlines if isinstance(one, PaperRun))
        quotes = self._turn.quotes or self._turn.cited
        if beside(text.replace("\n\n", "\n"), quotes).strip():
            return block
        return replace(block, kind=ParagraphKind.QUOTATION)

    def _quotation(self, quote: CitedWords) -> Paragraph:
        words = legible(" ".join(quote.snippet.split()))
        note = self._sources.note(quote)
        return Paragraph((PaperRun(words), note), ParagraphKind.QUOTATION)

    def _note(self, number: int) -> Note:
        """Return the note of the next mark with this number: the quote, or else the passage."""
        quotes = self._cited.get(number, [])
        at = min(self._nth[number], len(quotes) - 1)
        self._nth[number] += 1
        return self._sources.note(quotes[at] if quotes else self._known[number])

    def _doubts(self) -> Iterator[Block]:
        """Yield which sentences are not borne out, and why."""
        items = [
            (Paragraph((PaperRun(f"“{legible_line(check.sentence)}”: {legible_line(reason)}"),)),)
            for check, reason in zip(doubted(self._turn), self._reasons, strict=False)
        ]
        if items:
            yield _remark(self._words.doubted)
            yield PaperList(tuple(items))


def _remark(text: str) -> Paragraph:
    return Paragraph((PaperRun(legible(text)),), ParagraphKind.REMARK)


def _known(turns: Sequence[AnsweredTurn], at: int) -> dict[int, CitedWords]:
    """Return the passages that an answer can cite: its own, and those of turns before that it does.

    Numbers grow from turn to turn; where they do not, the turn that is nearest counts.
    """
    turn = turns[at]
    own = _numbered((*turn.passages, *turn.quotes))
    found = dict(own)
    for number in cited(turn.answer):
        for before in reversed(turns[:at]):
            if number not in found:
                found.update(_only(number, before.passages))
    return found


def _numbered(words: Iterable[CitedWords]) -> dict[int, CitedWords]:
    return {one.number: one for one in reversed([*words])}


def _only(number: int, words: Iterable[CitedWords]) -> dict[int, CitedWords]:
    return {one.number: one for one in words if one.number == number}
