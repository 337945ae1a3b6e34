"""Everything that is said of something: what is looked for in all passages, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.passages import Hit, Span


class Counted(StrEnum):
    """What a question wants to know first of what is said of something."""

    DOCUMENTS = "documents"  #: which of them say it, or how many
    TIMES = "times"  #: how often it is said
    PLACES = "places"  #: where: all of them


class Manner(StrEnum):
    """How what was found stands to what was looked for."""

    WRITTEN = "written"  #: the words stand together, as they were looked for
    APART = "apart"  #: all of the words stand in one passage, but not together
    PARTS = "parts"  #: each part is looked for by itself, and a document has all of them
    ABOUT = "about"  #: sentences and items that are about it


@dataclass(frozen=True, slots=True)
class Needle:
    """Words that are looked for together; a `literal` one as it is written, else in any form."""

    text: str
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Census:
    """What is to be found in all passages: these `needles`, one of them or `every` one.

    The words of a `thing` are what sentences and items are about, and need not stand together;
    with `everything` it is wanted whole, whoever answers. Where documents that are `lacking` it are
    asked for, those are told that have none.

    `within` may name documents that alone are meant; where it names none, and `joined` is given,
    it belongs to what is looked for. `parts` are looked for by themselves where the whole is
    nowhere.
    """

    counted: Counted
    needles: tuple[Needle, ...]
    every: bool = False
    lacking: bool = False
    thing: bool = False
    everything: bool = False
    within: str = ""
    joined: tuple[Needle, ...] = ()
    parts: tuple[Needle, ...] = ()


@dataclass(frozen=True, slots=True)
class Net:
    """What a passage has that may have what is looked for, in regular expressions.

    It has all that are `needed`, in its text or, where `headed`, its header; or else one of the
    `edges`, for words that the next passage goes on with. The expressions know letters and
    numbers, alternatives, sets and repetitions, and nothing else: any engine reads them.
    """

    needed: tuple[str, ...]
    edges: tuple[str, ...] = ()
    headed: bool = False


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """How often a document says something, and on which pages: their labels, in order."""

    document: DocumentId
    title: str
    hits: int
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place: a hit cut down to the words around it, and the span of its text that is meant."""

    hit: Hit
    span: Span


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Everything that was found, document by document, those that have most first.

    There are `total` of them, of which the first are given as `shown`; so many documents and
    passages were looked at. `forms` are the words that were found, each with how often, most
    first. Where nothing was found, `near` is how the documents spell it. `without` are the
    documents that lack it, if those were asked for. The question is in `language`, in ISO 639-1,
    or `UNKNOWN_LANGUAGE`; it took so many `seconds`.
    """

    documents: tuple[DocumentCount, ...] = ()
    shown: tuple[Occurrence, ...] = ()
    total: int = 0
    looked_documents: int = 0
    looked_passages: int = 0
    needles: tuple[Needle, ...] = ()
    manner: Manner = Manner.WRITTEN
    forms: tuple[tuple[str, int], ...] = ()
    near: str = ""
    without: tuple[DocumentCount, ...] = ()
    language: str = UNKNOWN_LANGUAGE
    seconds: float = 0.0
