"""Answering a question with the searching and the generating process, whoever waits for them.

    AskSearching, then Hear ─┐
    AskGenerating, then Hear, Hear, … ─┴─► events of the turn
    AskBeside, between two Hear

A generator that only asks: `events` runs it for callers that block, the window with its queues
of jobs. What a turn may wish and which process serves it stands here and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from desktop_rag.answer.routes import ROUTES
from desktop_rag.answer.turn import (
    Await,
    CheckBeside,
    Checked,
    CheckSentences,
    CompareDocuments,
    DocumentsCompared,
    Done,
    Event,
    FindCards,
    FindEverywhere,
    FindPoints,
    Generate,
    Keep,
    Lookup,
    PassagesFound,
    PickSentences,
    Question,
    Reading,
    Recall,
    Retrieve,
    Retrieved,
    Sent,
    Summarize,
    Summarized,
    turn,
)
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.generation import Exchange
from desktop_rag.library.kept_texts import KeptKey
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.generating import GeneratingCommand, WriteAnswer
from desktop_rag.workers.commands.searching import (
    AnswerVerified,
    CountEverywhere,
    FindCarrying,
    FindCompared,
    Gather,
    Pick,
    ReadCards,
    ReadPoints,
    Search,
    SearchingCommand,
    VerifyAnswer,
)

R = TypeVar("R")
C_contra = TypeVar("C_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class LibraryScope:
    """Where to search: a library, one document in it by its path, or `among` some of them."""

    library: str
    document: Path | None = None
    among: tuple[DocumentId, ...] = ()

    def search(self, query: str, limit: int, *, answering: bool = False) -> Search:
        """Return the command that finds the best passages here."""
        return Search(
            query, self.library, self.document, limit, among=self.among, answering=answering
        )

    def carrying(self, wish: Summarize) -> FindCarrying:
        """Return the command that finds what carries the documents here."""
        where = (self.library, wish.limit, self.document, self.among)
        return FindCarrying(wish.query, *where, wish.preferred, wish.chosen, wish.sections)

    def counting(self, wish: FindEverywhere) -> CountEverywhere:
        """Return the command that finds everything that a census asks for here."""
        return CountEverywhere(wish.census, wish.query, self.library, self.document, self.among)

    def compared(self, wish: CompareDocuments) -> FindCompared:
        """Return the command that lays the documents here side by side."""
        where = (self.library, wish.extent, self.document, self.among)
        return FindCompared(wish.query, *where, wish.preferred, wish.chosen)

    def points(self, wish: FindPoints) -> ReadPoints:
        """Return the command that reads the documents here for their key points."""
        where = (self.library, wish.limit, self.document, self.among, wish.preferred)
        return ReadPoints(wish.query, *where, wish.kinds, wish.chosen)

    def cards(self, wish: FindCards) -> ReadCards:
        """Return the command that makes questions with answers of the documents here."""
        where = (self.library, wish.limit, self.document, self.among, wish.preferred)
        return ReadCards(wish.query, *where)


@dataclass(frozen=True, slots=True)
class AskSearching:
    """Have the searching process do this; send `None`."""

    command: CommandOf[SearchingCommand, object]


@dataclass(frozen=True, slots=True)
class AskGenerating:
    """Have the generating process do this; send `None`."""

    command: CommandOf[GeneratingCommand, object]


@dataclass(frozen=True, slots=True)
class AskBeside:
    """Have the searching process do this while the other one goes on, or nothing; send `None`."""

    command: CommandOf[SearchingCommand, AnswerVerified]


@dataclass(frozen=True, slots=True)
class Hear:
    """Send what the process that was asked last says next, or what came of `AskBeside`."""


@dataclass(frozen=True, slots=True)
class CheckedLess:
    """The answer is checked without the entailment model that was chosen, and why."""

    lacking: RagError


Heard = Event | CheckedLess
"""What there is to be shown: of the answer, and of how it came about."""

_Searching = Generator[AskSearching | CheckedLess | Hear, object, R]

Answering = Generator[Heard | AskSearching | AskGenerating | AskBeside | Hear, object, None]
"""Yields what a process is to be asked, and what is to be shown, for which it is sent `None`."""


class Calling(Protocol[C_contra]):
    """A process that is waited for; it handles the commands `C_contra`."""

    def steps(self, command: CommandOf[C_contra, object], /) -> Iterator[object]:
        """Yield what comes of a command, until the job has ended."""


def answering(
    question: Question,
    scope: LibraryScope,
    conversation: int | None = None,
    kept: MutableMapping[KeptKey, str] | None = None,
) -> Answering:
    """Answer `question` from what is in `scope`; what is read is kept with the `conversation`.

    What a part of a document came to is `kept` for the next time.
    """
    kept = {} if kept is None else kept
    steps = turn(question, ROUTES)
    sent: Sent = None
    writing: WriteAnswer | None = None
    while True:
        try:
            step = steps.send(sent)
        except StopIteration:
            return
        match step:
            case (
                Retrieve()
                | Summarize()
                | FindEverywhere()
                | CompareDocuments()
                | FindPoints()
                | FindCards()
                | PickSentences()
                | CheckSentences()
                | Recall()
                | Keep()
            ):
                sent = yield from _looked_up(step, scope, kept)
            case Generate(model=model, asked=asked, sampling=sampling):
                writing = WriteAnswer(model, asked, sampling, conversation)
                yield AskGenerating(writing)
                sent = None
            case Await():
                assert writing is not None  # noqa: S101 - `Generate` comes before, for mypy
                came = yield Hear()
                if isinstance(came, AnswerVerified):
                    sent = Checked(came.checks)
                else:
                    sent = writing.heard(came)
            case CheckBeside(beginning=beginning):
                yield AskBeside(_verifying(beginning))
                sent = None
            case event:
                yield event
                sent = None


def events(
    steps: Answering, searching: Calling[SearchingCommand], generating: Calling[GeneratingCommand]
) -> Iterator[Heard]:
    """Run an answer with processes that are waited for; yield what is to be shown."""
    job: Iterator[object] = iter(())
    sent: object = None
    while True:
        try:
            step = steps.send(sent)
        except StopIteration:
            break
        sent = None
        match step:
            case AskSearching(command=command):
                _finish(job)
                job = searching.steps(command)
            case AskGenerating(command=command):
                _finish(job)
                job = generating.steps(command)
            case Hear():
                sent = next(job)
            case AskBeside():
                pass  # who waits for one process cannot hear another
            case event:
                yield event
    _finish(job)


def exchange_of(question: Question, found: PassagesFound, done: Done) -> Exchange:
    """Return a turn as the next one's history has it: with what the model was told of it."""
    told = found.passages
    if done.prepared is not None:
        told = tuple(one for one in told if one.number in done.prepared.kept)
    return Exchange(question.text, done.text, told, found.language)


def _remembered(step: Recall | Keep, kept: MutableMapping[KeptKey, str]) -> str | None:
    """Return what was kept, or keep it."""
    key = KeptKey(step.document, _digest(step.key))
    match step:
        case Recall():
            return kept.get(key)
        case Keep(text=text):
            kept[key] = text
            return None


def _digest(key: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(key, ensure_ascii=True).encode()).hexdigest()


def _looked_up(
    wish: Lookup | Recall | Keep, scope: LibraryScope, kept: MutableMapping[KeptKey, str]
) -> _Searching[Sent]:
    """Do what a turn wishes but of a model, and return what the turn is sent."""
    match wish:
        case Recall() | Keep():
            return _remembered(wish, kept)
        case Retrieve():
            return (yield from _retrieved(wish, scope))
        case Summarize() | FindEverywhere() | CompareDocuments() | FindPoints() | FindCards():
            return (yield from _read_whole(wish, scope))
        case PickSentences(question=text, language=language, passages=passages):
            return (yield from _searched(Pick(text, language, passages)))
        case CheckSentences():
            verified = yield from _searched(_verifying(wish))
            if verified.lacking:
                yield CheckedLess(verified.lacking)
            return verified.checks


def _read_whole(wish: Reading, scope: LibraryScope) -> _Searching[Sent]:
    """Have all that documents say looked through, and return what the turn is sent."""
    match wish:
        case Summarize():
            found = yield from _searched(scope.carrying(wish))
            told = (found.language, found.seconds, found.coverage, found.sections)
            return Summarized(found.hits, found.spans, *told)
        case FindEverywhere():
            return (yield from _searched(scope.counting(wish)))
        case CompareDocuments():
            laid = yield from _searched(scope.compared(wish))
            seen = (laid.language, laid.seconds, laid.coverage)
            return DocumentsCompared(laid.comparison, laid.hits, *seen)
        case FindPoints():
            return (yield from _searched(scope.points(wish)))
        case FindCards():
            return (yield from _searched(scope.cards(wish)))


def _verifying(wish: CheckSentences) -> VerifyAnswer:
    return VerifyAnswer(
        wish.question, wish.answer, wish.language, wish.passages, wish.evidence, wish.ended
    )


def _retrieved(wish: Retrieve, scope: LibraryScope) -> _Searching[Retrieved]:
    done = yield from _searched(
        replace(scope.search(wish.query, wish.limit, answering=True), preferred=wish.preferred)
    )
    hits = done.hits
    if hits:
        hits = (yield from _searched(Gather(hits, around=wish.widen))).hits
    return Retrieved(hits, done.language, done.seconds, done.wording, done.lacking)


def _searched(command: CommandOf[SearchingCommand, R]) -> _Searching[R]:
    """Have a command done that comes in one step, and return that."""
    yield AskSearching(command)
    return command.heard((yield Hear()))


def _finish(job: Iterable[object]) -> None:
    """Let a job that has said what was wanted come to its end: a process does one at a time."""
    for _ in job:
        pass
