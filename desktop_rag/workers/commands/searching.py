"""What the searching process can be told to do, and what it replies."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Never

from desktop_rag.domain.answers import Coverage, Extent, SentenceCheck
from desktop_rag.domain.comparisons import Comparison
from desktop_rag.domain.digests import CardsRead, PointsRead
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.entities import EntityKind
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.occurrences import Census, Occurrences
from desktop_rag.domain.passages import Evidence, Hit, Passage, SectionPlaces, Span, Wording
from desktop_rag.workers.commands.command import Command


@dataclass(frozen=True, slots=True)
class SearchDone:
    """What was found, best first, and how long it took.

    `language` is the question's, in ISO 639-1, or `UNKNOWN_LANGUAGE`. The first `exact` hits have
    what it names exactly. `lacking` says why only words were looked for where meaning was wanted,
    too: the embedder of the index cannot be used.
    """

    hits: tuple[Hit, ...]
    language: str
    seconds: float
    exact: int = 0
    wording: Wording = field(default_factory=Wording)
    lacking: RagError | None = None


@dataclass(frozen=True, slots=True)
class Search(Command[SearchDone]):
    """Find the best passages of a library, or of some documents in it; yields `SearchDone`.

    That is the one at the path `document`, or those `among`, where not empty.
    `keywords_only` is quick also while the embedder is not yet loaded.
    With `by_page`, each page counts once and `limit` counts pages. What is for `answering` leaves
    out what is never quoted. Documents that are `preferred` come before what is as good.
    """

    query: str
    library: str
    document: Path | None = None
    limit: int = 10
    by_page: bool = False
    among: tuple[DocumentId, ...] = ()
    keywords_only: bool = False
    answering: bool = False
    preferred: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class CarryingFound:
    """The sentences that carry documents, in the order they stand, and the passages they are of.

    Each of `spans` is the place of its passage among `hits`, and its own in the passage's text.
    The question is in `language`, in ISO 639-1; it took so many `seconds`. `coverage` says what was
    read.
    """

    hits: tuple[Hit, ...]
    spans: tuple[tuple[int, Span], ...]
    language: str
    seconds: float
    coverage: Coverage
    sections: tuple[SectionPlaces, ...] = ()


@dataclass(frozen=True, slots=True)
class FindCarrying(Command[CarryingFound]):
    """Find at most `limit` sentences that carry documents; yields `CarryingFound`.

    Those that the `query` names are read, or else those `preferred`, or else all of the scope,
    which is as in `Search`; of very many documents, none is. Where it is about a chapter or
    pages, that is read. What it is about besides is told of where that was `chosen`, else
    nothing is found. With `sections`, the passages of all sections are among the hits.
    """

    query: str
    library: str
    limit: int
    document: Path | None = None
    among: tuple[DocumentId, ...] = ()
    preferred: tuple[DocumentId, ...] = ()
    chosen: bool = False
    sections: bool = False


@dataclass(frozen=True, slots=True)
class CountEverywhere(Command[Occurrences]):
    """Find everything that a `census` asks for, in all passages of the scope; yields `Occurrences`.

    The scope is as in `Search`. The `query` tells the language that it is asked in.
    """

    census: Census
    query: str
    library: str
    document: Path | None = None
    among: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedFound:
    """What documents say side by side, and the passages of it, in the order of its hits.

    None where nothing is asked of documents. The question is in `language`, in ISO 639-1; it took
    so many `seconds`. `coverage` says what was read.
    """

    comparison: Comparison | None
    hits: tuple[Hit, ...]
    language: str
    seconds: float
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class FindCompared(Command[ComparedFound]):
    """Lay documents side by side, to tell as much as `extent` says; yields `ComparedFound`.

    Those that the `query` names are meant, or else those of the scope, where it is not a whole
    library, or those `preferred`, or else all. It may be about something in them. Whoever has
    not `chosen` that may be asking about things that documents tell of.
    """

    query: str
    library: str
    extent: Extent
    document: Path | None = None
    among: tuple[DocumentId, ...] = ()
    preferred: tuple[DocumentId, ...] = ()
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ReadPoints(Command[PointsRead]):
    """Find at most `limit` key sentences of documents, and what they name; yields `PointsRead`.

    Which documents are read is as for `FindCarrying`, and none where the `query` is about something
    in them, but for who has `chosen` that. Of what is named, these `kinds`.
    """

    query: str
    library: str
    limit: int
    document: Path | None = None
    among: tuple[DocumentId, ...] = ()
    preferred: tuple[DocumentId, ...] = ()
    kinds: tuple[EntityKind, ...] = tuple(EntityKind)
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ReadCards(Command[CardsRead]):
    """Make at most `limit` questions with answers of documents; yields `CardsRead`.

    Which documents are read, and about what, is as for `ReadPoints`.
    """

    query: str
    library: str
    limit: int
    document: Path | None = None
    among: tuple[DocumentId, ...] = ()
    preferred: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """The next passages in the order of `ListPassages`, each document's as it is read.

    Where their words stand on the page is left out.
    """

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class ListPassages(Command[Listed]):
    """Give all passages of these documents, one document after the other; yields `Listed`.

    All are in memory there at once: ask for some thousands.
    """

    documents: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class Warm(Command[Never]):
    """Load what a first question needs, so that it need not wait; yields nothing."""


@dataclass(frozen=True, slots=True)
class Pick(Command[Evidence]):
    """Pick the sentences of `passages` that answer best; yields `Evidence`."""

    question: str
    language: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class AnswerVerified:
    """A check of each sentence of an answer, in their order.

    `lacking` says, once, why the entailment model that was chosen is not asked.
    """

    checks: tuple[SentenceCheck, ...]
    lacking: RagError | None = None


@dataclass(frozen=True, slots=True)
class VerifyAnswer(Command[AnswerVerified]):
    """Hold each sentence that was `written` against the passages; yields `AnswerVerified`.

    `evidence` is what `Pick` found in them for the question. The answer is in `language`, in ISO
    639-1. Of one that has not `ended` the last sentence is left out, and so is what only the
    embedder could decide: that takes long, and a model is writing.
    """

    question: str
    written: str
    language: str
    passages: tuple[Passage, ...]
    evidence: Evidence
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Gathered:
    """The hits of `Gather`, in the same order, those that met joined."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Gather(Command[Gathered]):
    """Join hits that meet on their page, and give each what belongs to it; yields `Gathered`.

    With `around` that is what stands before and after it, else only what a question, a heading or
    an introduction at its end brings.
    """

    hits: tuple[Hit, ...]
    around: bool = False


SearchingCommand = (
    Search
    | FindCarrying
    | CountEverywhere
    | FindCompared
    | ReadPoints
    | ReadCards
    | Warm
    | Pick
    | VerifyAnswer
    | Gather
    | ListPassages
)
