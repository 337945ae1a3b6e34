"""Files that wait to be taken in, each kind of work in a lane whose order a person may change."""

from __future__ import annotations

from bisect import insort_left, insort_right
from collections import deque
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import PagesLeftOut, RagError
from desktop_rag.domain.indexes import Index
from desktop_rag.domain.unicode_text import readable
from desktop_rag.library.libraries import LibraryId
from desktop_rag.workers.commands.indexing import DocumentToSplit


@dataclass(frozen=True, slots=True)
class Batch:
    """Files and folders to be taken into a library.

    A `watched` one is compared with what the library has of these folders: what is gone is
    taken out, and what failed before is not tried again. `patterns` are those of a .gitignore.
    """

    library: LibraryId
    paths: tuple[Path, ...]
    patterns: tuple[str, ...] = ()
    watched: bool = False


@dataclass(slots=True, eq=False)
class DocumentJob:
    """A document on its way, and what has gone wrong with it.

    `index` is where its chunks go. `left` of its `chunks` lack their vector. Pages in `skip` end
    the reader; `damaged` ones gave nothing; `unread` ones wait for recognition, which was `tried`
    once it has begun. At those in `died` a process ended once, whoever's fault that was. `alone`
    has it split and embedded by itself, as it may be what ended the process. One that is `locked`
    needs its password. `again` has what was recognized recognized anew; till that is done the
    document is found as it was. One that is `kept` could not be read again: what an older version
    read of it has to do. What came in one that is `bare` is left out. One that is `late` comes
    after all that somebody waits for. One that is `found` is read again as only what was read of
    it is lost: it is searched as it was. `note` is what
    stays to be said of it when it is ready.
    """

    document: DocumentId
    fact: FileFact
    index: Index
    pages: int = 0
    chunks: int = 0
    left: int = 0
    at: int = -1
    skip: frozenset[int] = frozenset()
    damaged: set[int] = field(default_factory=set)
    unread: list[int] = field(default_factory=list)
    tried: bool = False
    recognizing: int = 0
    recognized: int = 0
    died: set[int] = field(default_factory=set)
    deaths: int = 0
    alone: bool = False
    locked: bool = False
    again: bool = False
    kept: bool = False
    bare: bool = False
    late: bool = False
    found: bool = False
    note: RagError | None = None

    @property
    def name(self) -> str:
        """What people call the file."""
        return self.fact.path.name

    @property
    def remark(self) -> RagError | None:
        """What stays to be said of the document when it is ready."""
        lost = self.damaged | self.skip
        return PagesLeftOut(self.name, tuple(sorted(lost))) if lost else self.note


def splitting(job: DocumentJob) -> DocumentToSplit:
    """Return what the indexing process has to know of a document that is to be split."""
    again = job.again and not job.tried
    return DocumentToSplit(job.document, job.name, readable(job.fact.path.stem), again, job.kept)


@dataclass(frozen=True, slots=True)
class QueuedFile:
    """Which file, and which document where that is known."""

    path: Path
    document: DocumentId | None = None


Waits = DocumentJob | FileFact
_LATE = 1 << 40  # more than anybody puts last
W = TypeVar("W", DocumentJob, FileFact)


def place_of(waits: Waits) -> QueuedFile:
    """Return what a person knows a job by."""
    if isinstance(waits, DocumentJob):
        return QueuedFile(waits.fact.path, waits.document)
    return QueuedFile(waits.path)


class Ranks:
    """What a person wants before and after everything else.

    A rank is 0 where nothing was said, less for what comes first, more for
    what comes last. It is found by the document too: of two files with the
    same content one waits.
    """

    def __init__(self) -> None:
        self._numbers: dict[Path | DocumentId, int] = {}

    def of(self, place: QueuedFile) -> int:
        """Return the rank of a file."""
        if not self._numbers:
            return 0
        known = self._numbers.get(place.path)
        if known is None and place.document is not None:
            known = self._numbers.get(place.document)
        return known or 0

    def put_first(self, places: Sequence[QueuedFile]) -> None:
        """Take these before all others, in this order."""
        self._number(places, min([0, *self._numbers.values()]) - len(places))

    def put_last(self, places: Sequence[QueuedFile]) -> None:
        """Take these after all others, in this order."""
        self._number(places, max([0, *self._numbers.values()]) + 1)

    def chosen(self) -> tuple[list[Path], list[Path]]:
        """Return the files that come first and those that come last, each in their order."""
        known = [(rank, path) for path, rank in self._numbers.items() if isinstance(path, Path)]
        known.sort()
        first = [path for rank, path in known if rank < 0]
        return first, [path for rank, path in known if rank > 0]

    def clear(self) -> None:
        """Forget what was said."""
        self._numbers.clear()

    def _number(self, places: Sequence[QueuedFile], start: int) -> None:
        for number, place in enumerate(places, start):
            self._numbers[place.path] = number
            if place.document is not None:
                self._numbers[place.document] = number


class Lane(Generic[W]):
    """What waits for one kind of work, by rank and then by when it came."""

    def __init__(self, ranks: Ranks) -> None:
        self._ranks = ranks
        self._waiting: deque[W] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[W]:
        return iter(self._waiting)

    def append(self, waits: W) -> None:
        """Let it wait behind all of its rank."""
        insort_right(self._waiting, waits, key=self.rank)

    def put_back(self, waits: W) -> None:
        """Let it wait before all of its rank, as one that was begun with."""
        insort_left(self._waiting, waits, key=self.rank)

    def pop(self) -> W:
        """Return what comes next, which waits no longer."""
        return self._waiting.popleft()

    def discard(self, waits: W) -> None:
        """Let this wait no longer, if it does."""
        self._waiting = deque(one for one in self if one is not waits)

    def drop(self, paths: Set[Path]) -> None:
        """Let these files wait no longer."""
        self._waiting = deque(one for one in self if place_of(one).path not in paths)

    def sort(self) -> None:
        """Heed ranks that changed."""
        self._waiting = deque(sorted(self._waiting, key=self.rank))

    def rank(self, waits: Waits) -> int:
        """Return the rank of something."""
        late = isinstance(waits, DocumentJob) and waits.late
        return self._ranks.of(place_of(waits)) + (_LATE if late else 0)

    def precedes(self, other: Waits | None) -> bool:
        """Whether something waits here that comes no later than the other."""
        if not self._waiting:
            return False
        return other is None or self.rank(self._waiting[0]) <= self.rank(other)

    @property
    def head(self) -> W | None:
        """What comes next."""
        return self._waiting[0] if self._waiting else None


class Queue:
    """The lanes of what waits: each kind of work has one."""

    def __init__(self, ranks: Ranks | None = None) -> None:
        self._ranks = ranks or Ranks()
        self.to_hash: Lane[FileFact] = Lane(self._ranks)
        self.to_read: Lane[DocumentJob] = Lane(self._ranks)
        self.to_split: Lane[DocumentJob] = Lane(self._ranks)
        self.to_embed: Lane[DocumentJob] = Lane(self._ranks)
        self.to_recognize: Lane[DocumentJob] = Lane(self._ranks)
        self.to_bind: Lane[DocumentJob] = Lane(self._ranks)

    def __len__(self) -> int:
        return sum(map(len, self._lanes()))

    def places(self) -> list[QueuedFile]:
        """Return what waits, in the order in which it is taken."""
        waiting = [place_of(one) for lane in self._lanes() for one in lane]
        return sorted(waiting, key=self._ranks.of)

    def drop(self, paths: Set[Path]) -> None:
        """Let these files wait no longer."""
        for lane in self._lanes():
            lane.drop(paths)

    def sort(self) -> None:
        """Heed ranks that changed."""
        for lane in self._lanes():
            lane.sort()

    def _lanes(self) -> tuple[Lane[DocumentJob] | Lane[FileFact], ...]:
        """Return the lanes, what is nearest to being ready first."""
        near = (self.to_embed, self.to_split, self.to_bind, self.to_recognize)
        return (*near, self.to_read, self.to_hash)
