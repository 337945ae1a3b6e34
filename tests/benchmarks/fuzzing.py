"""Tries what strangers might send, for as long as one likes.

    python -m tests.benchmarks.fuzzing headers --minutes 30

Of models: `headers`, `templates`. Of documents: `tables` (CSV), `emails` (EML), both as they are
read, into a PDF. Of libraries: `bundles`, brought in whole. Of models again: `marks` of
citations, and `answers` as they are shown and `checks` of them. Of
people: `questions`, searched for in a store.

Prints how many were tried, what came of them, how long the slowest took and what memory the most
greedy one. What is no expected outcome ends it with the input that did it: another error, two
seconds of a processor without a sign of life, or a GiB of memory more than at the start.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import random
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_rag.answer.asking import wish_of
from desktop_rag.answer.citations import Marks
from desktop_rag.answer.standalone import standalone
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import BundleUnusable, ModelUnusable, RagError
from desktop_rag.domain.formats import FORMATS, Conversion
from desktop_rag.domain.generation import Exchange, Message
from desktop_rag.domain.indexes import Searched
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.domain.unicode_text import storable
from desktop_rag.engines.formats import conversion
from desktop_rag.engines.gguf.model_facts import facts_from
from desktop_rag.engines.gguf.template_process import (
    ChatTemplate,
    TemplateEndless,
    TemplateFails,
    TemplateProcess,
)
from desktop_rag.gui.chat import markdown
from desktop_rag.library import libraries
from desktop_rag.library.bundles import exchange
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.workers.commands.bundles import ImportLibrary, LookInto, Unloaded
from desktop_rag.workers.commands.searching import Pick, Search, VerifyAnswer
from desktop_rag.workers.processes.indexing import IndexingProcess
from desktop_rag.workers.processes.searching import SearchingProcess
from tests import direct_templates, hostile_models, hostile_texts, tampering
from tests.fakes import NeverCancelled

ROUND = settings(
    max_examples=500,
    deadline=None,
    database=None,
    derandomize=False,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
TALK = [Message("system", "Be brief."), Message("user", "Why?")]
SIZES = (None, 60 << 30)  #: of a file: what is there, or what it says
MOST_SECONDS = 2.0  #: of a processor, without a sign of life
MOST_MIB = 1024.0  #: more than at the start
PASSAGES = {
    number: Passage(number, Hit(DocumentId("d"), number, 0, "1", "", "", (), 1.0))
    for number in (1, 2, 3, 4, 12)
}

Attempt = Iterator[str]  #: each of its steps is a sign of life, and the last the outcome


class Failed(Exception):
    """Something came that must not."""


def peak_mib() -> float:
    """Return the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Found:
    """What has come of all that was tried."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.slowest = self.busiest = self.longest = 0.0
        self.first = peak_mib()

    def note(self, attempt: Attempt) -> None:
        """Try once. Raises `Failed`."""
        begun = time.perf_counter()
        outcome = ""
        while (sign := self._sign(attempt)) is not None:
            outcome = sign
        self.longest = max(self.longest, time.perf_counter() - begun)
        self.outcomes[outcome] += 1
        if peak_mib() - self.first > MOST_MIB:
            raise Failed(f"it took {peak_mib():.0f} MiB")

    def _sign(self, attempt: Attempt) -> str | None:
        """Return the next sign of life; how long none came is noted."""
        started, used = time.perf_counter(), time.process_time()
        sign = next(attempt, None)
        used = time.process_time() - used
        self.busiest = max(self.busiest, used)
        self.slowest = max(self.slowest, time.perf_counter() - started)
        if used > MOST_SECONDS:
            raise Failed(f"{used:.1f} s of a processor without a sign of life")
        return sign

    def said(self) -> str:
        """Return how often what came."""
        return ", ".join(f"{name} {count}" for name, count in self.outcomes.most_common())


def header(data: bytes, size: int | None) -> Attempt:
    """Read a header."""

    def read(offset: int, length: int) -> bytes:
        return data[offset : offset + length]

    try:
        facts_from(read, size or len(data), name="it", write=direct_templates.write)
    except ModelUnusable as error:
        yield error.reason
    else:
        yield "facts"


def template(process: TemplateProcess, source: str) -> Attempt:
    """Have a template written."""
    try:
        process.write(ChatTemplate(source, "<s>", "</s>"), TALK, {"thinking": True})
    except TemplateEndless:
        yield "endless"
    except TemplateFails:
        yield "fails"
    else:
        yield "text"


def read_as(ending: str, folder: Path, data: bytes) -> Attempt:
    """Have a document made a PDF."""
    path, target = folder / f"a{ending}", folder / "a.pdf"
    path.write_bytes(data)
    try:
        for _ in conversion.converted(_conversion_of(ending), path, target):
            yield ""
    except RagError as error:
        yield type(error).__name__
    else:
        yield "read"


def _conversion_of(ending: str) -> Conversion:
    (found,) = (one for one in FORMATS if ending in {type_.ending for type_ in one.types})
    assert found.conversion
    return found.conversion


def bundle(file: Path) -> Attempt:
    """Look into a library's file, and bring it in where nothing is."""
    paths = open_home(file.parent / "home")
    process = IndexingProcess(paths)
    try:
        open_database(paths.database).close()
        list(process.handle(LookInto(file), NeverCancelled()))
        yield ""
        command = ImportLibrary(file, tampering.INDEX, frozenset(), frozenset(), None)
        parts = []
        for step in process.handle(command, NeverCancelled()):
            yield ""
            parts += [step] if isinstance(step, Unloaded) else []
        joined = exchange.joined((one.contents, one.brought) for one in parts)
        with closing(open_database(paths.database)) as db:
            came = exchange.bring_in(db, None, *joined, file.parent)
    except BundleUnusable as error:
        yield error.reason
    else:
        yield f"{came.ready} ready, {len(came.damaged)} damaged"
    finally:
        shutil.rmtree(paths.home)


def cited(text: str, seed: int) -> Attempt:
    """Find the marks in a text that comes in pieces."""
    hand = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    marks, at, events = Marks(PASSAGES), 0, 0
    while at < len(text):
        end = at + hand.choice([1, 3, 9, 40, 1_000])
        events += len(marks.feed(text[at:end]))
        at = end
        yield ""
    events += len(marks.finish())
    yield "read" if events else "nothing"


def shown(text: str) -> Attempt:
    """Have an answer shown, block by block, and read out."""
    for block in markdown.blocks_of(text):
        markdown.rendered(block, frozenset(PASSAGES))
        yield ""
    markdown.read_out(text)
    yield ""
    markdown.end_of_sentences(text)
    yield "shown"


def checked(process: SearchingProcess, question: str, written: str, language: str) -> Attempt:
    """Have an answer checked, and before that what it is to be held against picked."""
    written = storable(written)  # as all is that comes of documents and models
    texts = (*tampering.TEXTS, "In 2019 it had 12 keepers, for $1,200 (see [2]).", written)
    passages = tuple(
        Passage(number, Hit(DocumentId("d"), number, 0, "1", "", text[:2_000], (), 1.0))
        for number, text in enumerate(texts, 1)
    )
    (evidence,) = process.handle(Pick(question, language, passages), NeverCancelled())
    yield ""
    verify = VerifyAnswer(question, written, language, passages, evidence)
    (verified,) = process.handle(verify, NeverCancelled())
    yield f"{min(len(verified.checks), 9)} checks"


def asked(process: SearchingProcess, text: str, before: str) -> Attempt:
    """Read a question, alone and after another one, and look for it."""
    wish = wish_of(text, talking=True)
    yield ""
    alone = standalone(text, [Exchange(before, text)]).text
    yield ""
    for query in {text, alone, wish.text} if text.strip() else ():
        list(process.handle(Search(query, "Thesis", keywords_only=True), NeverCancelled()))
        yield ""
    yield wish.kind.value


Trial = tuple[st.SearchStrategy[Any], Callable[[Any], Attempt]]


@contextlib.contextmanager
def headers() -> Iterator[Trial]:
    """Headers of models."""
    yield (
        st.tuples(hostile_models.headers(), st.sampled_from(SIZES)),
        lambda drawn: header(*drawn),
    )


@contextlib.contextmanager
def templates() -> Iterator[Trial]:
    """Chat templates."""
    with TemplateProcess() as process:
        yield hostile_models.templates(), functools.partial(template, process)


@contextlib.contextmanager
def tables() -> Iterator[Trial]:
    """Tables in text."""
    with folder() as place:
        yield hostile_texts.tables(), functools.partial(read_as, ".csv", place)


@contextlib.contextmanager
def emails() -> Iterator[Trial]:
    """E-mails."""
    with folder() as place:
        yield hostile_texts.emails(), functools.partial(read_as, ".eml", place)


@contextlib.contextmanager
def bundles() -> Iterator[Trial]:
    """Files with a library, whose parts or whose bytes were changed."""
    with folder() as place:
        good = tampering.exported(place)
        members = tampering.members_of(good)
        whole = good.read_bytes()

        def attempt(drawn: tampering.Members | bytes) -> Attempt:
            with folder() as inside:
                file = inside / "a.ragx"
                if isinstance(drawn, bytes):
                    file.write_bytes(drawn)
                else:
                    tampering.written(file, drawn)
                yield from bundle(file)

        yield hostile_texts.tampered(members) | hostile_texts.spoilt(whole), attempt


@contextlib.contextmanager
def marks() -> Iterator[Trial]:
    """Answers, of which only the marks are looked for."""
    drawn = st.tuples(hostile_texts.answers(), st.integers(0, 99))
    yield drawn, lambda drawn: cited(*drawn)


@contextlib.contextmanager
def answers() -> Iterator[Trial]:
    """Answers as they are shown."""
    yield hostile_texts.answers(), shown


@contextlib.contextmanager
def checks() -> Iterator[Trial]:
    """Answers as they are checked against what two passages say."""
    with library() as process:
        drawn = st.tuples(
            hostile_texts.questions(),
            hostile_texts.answers() | hostile_texts.questions(),
            st.sampled_from(["en", "es", "und"]),
        )
        yield drawn, lambda drawn: checked(process, *drawn)


@contextlib.contextmanager
def questions() -> Iterator[Trial]:
    """Questions, to a library of two passages."""
    with library() as process:
        drawn = st.tuples(hostile_texts.questions(), hostile_texts.questions())
        yield drawn, lambda drawn: asked(process, *drawn)


@contextlib.contextmanager
def library() -> Iterator[SearchingProcess]:
    """Make a library of two passages, and what searches it by words."""
    with folder() as place:
        tampering.exported(place)
        paths = open_home(place / "home")
        with closing(open_database(paths.database, anew=True)) as db:
            libraries.ensure(db, "Thesis")
        process = SearchingProcess(paths, 100, Searched(tampering.INDEX))
        process._if_usable = lambda _cancel: (None, None)  # its embedder takes its own time
        yield process


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """Make a folder for a while."""
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)


KINDS = (headers, templates, tables, emails, bundles, marks, answers, checks, questions)


def main() -> None:
    """Try rounds until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    kinds = {kind.__name__: kind for kind in KINDS}
    parser.add_argument("kind", choices=kinds)
    parser.add_argument("--minutes", type=float, default=30.0)
    arguments = parser.parse_args()
    with kinds[arguments.kind]() as (strategy, attempt):
        found = Found()

        @ROUND
        @given(strategy)
        def tried(drawn: object) -> None:
            found.note(attempt(drawn))

        end = time.monotonic() + 60 * arguments.minutes
        while time.monotonic() < end:
            tried()
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{found.outcomes.total()} {arguments.kind}: {found.said()}")
    print(f"without a sign of life: {found.slowest:.2f} s, {found.busiest:.2f} s of a processor")
    print(f"longest {found.longest:.2f} s")
    print(f"most {peak_mib():.0f} MiB here, {found.first:.0f} at first, {children:.0f} in a child")


if __name__ == "__main__":
    main()
