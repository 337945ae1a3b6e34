"""What a paper is made of, as the library has it: stored turns, and the documents behind them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from desktop_rag.answer.extraction import standing_on
from desktop_rag.answer.papers.building import source_of
from desktop_rag.answer.papers.signs import legible
from desktop_rag.answer.papers.talk import (
    AnsweredTurn,
    CitedWords,
    PaperWords,
    Talk,
    documents_in,
    doubted,
)
from desktop_rag.domain.answers import (
    AnswerMode,
    First,
    Ground,
    Reason,
    SentenceCheck,
    SentenceVerdict,
)
from desktop_rag.domain.citations.writing import CitationStyle, runs
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, Box, DocumentId
from desktop_rag.domain.errors import PaperKindUnknown
from desktop_rag.domain.papers import PaperFormat, PaperRun, PaperSource, Style
from desktop_rag.domain.references import Reference
from desktop_rag.jobs import bibliography
from desktop_rag.library import documents
from desktop_rag.library.conversations import Turn
from desktop_rag.settings.paths import Paths

Word = TypeVar("Word", bound=StrEnum)


class PaperTelling(NamedTuple):
    """What a paper says, in the `language` of whoever wants it; `doubt` is said of a sentence."""

    language: str
    words: PaperWords
    doubt: Callable[[SentenceCheck], str]


def kind_of(target: Path) -> PaperFormat:
    """Return what kind of paper a file is to hold, by its ending. Raises `PaperKindUnknown`."""
    ending = target.suffix.lower()
    if ending not in set(PaperFormat):
        raise PaperKindUnknown(str(target))
    return PaperFormat(ending)


def talk_of(
    db: sqlite3.Connection,
    home: Paths,
    title: str,
    turns: Sequence[AnsweredTurn],
    told: PaperTelling,
) -> Talk:
    """Return turns of a conversation with what the library knows of their documents."""
    reasons = tuple(tuple(told.doubt(check) for check in doubted(turn)) for turn in turns)
    sources = sources_of(db, home, documents_in(turns), told.language)
    return Talk(title, tuple(turns), told.words, sources, reasons)


def sources_of(
    db: sqlite3.Connection, home: Paths, titles: Mapping[DocumentId, str], language: str
) -> dict[DocumentId, PaperSource]:
    """Return what the bibliography says of documents, as APA does in a language.

    Those that have gone keep their `titles`, and nothing else is said of them.
    """
    wanted = list(titles)
    paths = documents.paths_of(db, wanted)
    known = documents.titles(db, wanted)
    records = bibliography.known(db, home, wanted)
    named = {one: _title(known.get(one), title) for one, title in titles.items()}
    return {
        one: _source(source_of(one, title), paths.get(one), _entry(records.get(one), language))
        for one, title in named.items()
    }


def stored(turn: Turn) -> AnsweredTurn:
    """Return a turn that was stored by the window; what cannot be read of it is left out."""
    bare = AnsweredTurn(turn.question, turn.answer, mode=_mode(turn.mode), stopped=turn.stopped)
    try:
        return _restored(turn, json.loads(turn.payload))
    except (ValueError, KeyError, TypeError, AttributeError):
        return bare


def check_of(values: Mapping[str, Any]) -> SentenceCheck | None:
    """Return what became of a sentence; None where it is said in a way that is not known here."""
    reason = values["reason"]
    if values["verdict"] not in set(SentenceVerdict) or reason["ground"] not in set(Ground):
        return None
    return SentenceCheck(
        start=int(values["start"]),
        end=int(values["end"]),
        sentence=str(values["sentence"]),
        verdict=SentenceVerdict(values["verdict"]),
        reason=Reason(Ground(reason["ground"]), tuple(map(str, reason["words"]))),
        citations=tuple(map(int, values["citations"])),
    )


def _restored(turn: Turn, values: Mapping[str, Any]) -> AnsweredTurn:
    return AnsweredTurn(
        question=turn.question,
        answer=turn.answer,
        passages=_cited(values.get("sources", ())),
        cited=_cited(values.get("cited", ())),
        quotes=_cited(values.get("quotes", ())),
        checks=tuple(filter(None, map(check_of, values.get("checks", ())))),
        mode=_mode(turn.mode),
        first=_word(First, values.get("first"), First.ANSWER),
        refused=bool(values.get("refused", False)),
        searched=str(values.get("searched", "")),
        language=str(values.get("language", UNKNOWN_LANGUAGE)),
        stopped=turn.stopped,
        error=str(values.get("error", "")),
    )


def _cited(stored_sources: Iterable[Mapping[str, Any]]) -> tuple[CitedWords, ...]:
    return tuple(map(_words, stored_sources))


def _words(values: Mapping[str, Any]) -> CitedWords:
    later = tuple((int(page), Box._make(box)) for page, box in values.get("continued", ()))
    place = standing_on(
        int(values["page"]), str(values["page_label"]), bool(values["boxes"]), later
    )
    return CitedWords(
        number=int(values["number"]),
        document=DocumentId(str(values["document"])),
        title=str(values["title"]),
        page=place[0],
        page_label=place[1],
        snippet=str(values["snippet"]),
    )


def _mode(name: str) -> AnswerMode | None:
    return AnswerMode(name) if name in set(AnswerMode) else None


def _word(kind: type[Word], value: object, otherwise: Word) -> Word:
    """Return the one of `kind` that is stored as `value`; a later version may know others."""
    return next((word for word in kind if word == value), otherwise)


def _title(known: tuple[str, str] | None, stored_title: str) -> str:
    title, stem = known or ("", "")
    return title or stem or stored_title


def _entry(record: Reference | None, language: str) -> tuple[PaperRun, ...]:
    """Return a line of the bibliography; nothing where the record has not even a title."""
    if record is None or not record.title.strip():
        return ()
    said = runs(record, CitationStyle.APA, language)
    styles = {True: Style.EMPHASIS, False: Style.PLAIN}
    return tuple(PaperRun(legible(run.text), styles[run.italic]) for run in said)


def _source(bare: PaperSource, path: Path | None, entry: tuple[PaperRun, ...]) -> PaperSource:
    paged = path is not None and path.suffix.lower() == ".pdf"
    return replace(bare, entry=entry or bare.entry, path=path, paged=paged)
