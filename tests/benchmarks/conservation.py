"""Whether all that a document says is in its passages: nothing lost, nothing twice.

Run by hand, over all PDFs below some folders or over single files:

    python -m tests.benchmarks.conservation ../shared/data/qa

Reads and splits in this process, as the program does, and compares the passages of all layers
with `page.get_text("words")` of PyMuPDF, page by page, by letters and digits alone: text is put
into NFKC without capitals, and of each page the letters and digits that have no counterpart on it
are counted, each as often as it occurs (a difference of multisets, so that hyphens, joined words,
ligatures and the order do not count). What is left out on purpose is taken off and told: `numbers`
and `heads` (page numbers, and running heads that came before), `leaders` and signs, and `copies`
that lie on a word with the same letters. `again` is what is in two passages, as names of columns
are. A word is printed as missing if its letters are not on the page of the passages either.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_rag.domain.amounts import without_amounts
from desktop_rag.domain.documents import Box, DocumentId, Layer, Page
from desktop_rag.engines.encoders import encoders
from desktop_rag.engines.pdf import reading
from desktop_rag.engines.pdf.mupdf import pymupdf
from desktop_rag.engines.store import analyzer
from desktop_rag.ingest.chunking import SplitContext, chunks_of
from desktop_rag.ingest.cleaning import cleaned
from tests.benchmarks import program

TARGET = 0.999  # of the letters and digits of every file
_LIMIT = 110  # tokens, as the settings have it
_NEAR = 3.0  # points between a word and a copy that lies on it
_SHOWN = 12  # missing words of a file
_FLAGS = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_USE_CID_FOR_UNKNOWN_UNICODE


@dataclass(slots=True)
class Tally:
    """Letters and digits of a file: there, missing, left out by what they are, and twice."""

    there: int = 0
    missing: int = 0
    again: int = 0
    left: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that is in the passages, or was left out on purpose."""
        return 1 - self.missing / self.there if self.there else 1.0


def letters(text: str) -> str:
    """Return the letters and digits of `text`, without capitals and forms of presentation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def conserved(path: Path, count: Any) -> Tally:
    """Compare the words of a PDF with its passages."""
    tally = Tally()
    with reading.opened(path) as document:
        outline = reading.outline(document)
        read = list(reading.pages(document))
        clean = cleaned(read)
        how = SplitContext(DocumentId("d"), path.stem, outline, _LIMIT, count, analyzer.language)
        placed = _placed(chunks_of(clean, how))
        for before, after in zip(read, clean, strict=True):
            if before.damaged:
                continue
            words = _words(document[before.number])
            got = _got(after, placed.get(before.number, {}), tally)
            for kind, text in _left_out(before, after, clean):
                tally.left[kind] += len(text)
                got.update(text)
            _compare(words, got, tally)
    return tally


def _placed(chunks: Iterable[Any]) -> dict[int, dict[Box, list[str]]]:
    """Return what each place of a page says in passages, as often as it is said."""
    placed: dict[int, dict[Box, list[str]]] = {}
    for chunk in chunks:
        for word in chunk.words:
            on_page = placed.setdefault(chunk.page + word.page, {})
            on_page.setdefault(word.box, []).append(letters(chunk.text[word.start : word.end]))
    return placed


def _got(page: Page, placed: dict[Box, list[str]], tally: Tally) -> Counter[str]:
    """Return the letters of a page that are in passages, each word of the page once."""
    got: Counter[str] = Counter()
    written: dict[Box, Counter[str]] = {}
    for line in page.lines:
        for word in line.words:
            written.setdefault(word.box, Counter()).update(letters(word.text))
    for box, parts in placed.items():
        said = Counter("".join(parts))
        once = said & written.get(box, Counter())
        tally.again += said.total() - once.total()
        got += once
    return got


def _left_out(before: Page, after: Page, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield what cleaning left out of a page: why, and its letters."""
    kept = {word.box for line in after.lines for word in line.words}
    heads = {
        letters(word.text)
        for page in pages
        for line in page.lines
        if line.layer is Layer.FURNITURE
        for word in line.words
    }
    for line in before.lines:
        for word in line.words:
            if word.box not in kept and letters(word.text):
                known = letters(word.text) in heads
                yield "heads" if known else "numbers", letters(word.text)


def _words(page: Any) -> list[tuple[tuple[float, ...], str]]:
    """Return the words of a page, with their places in points."""
    return [
        (tuple(place), letters(text))
        for *place, text, _, _, _ in page.get_text("words", flags=_FLAGS)
        if letters(text)
    ]


def _compare(
    words: Sequence[tuple[tuple[float, ...], str]], got: Counter[str], tally: Tally
) -> None:
    single = []
    seen: dict[str, list[tuple[float, ...]]] = {}
    for place, text in words:
        twin = any(_on(place, other) for other in seen.get(text, ()))
        seen.setdefault(text, []).append(place)
        tally.there += len(text)
        if twin:
            tally.left["copies"] += len(text)
        else:
            single.append(text)
    lost = Counter("".join(single)) - got
    tally.missing += lost.total()
    if lost:
        tally.words += [text for text in single if Counter(text) & lost == Counter(text)]


def _on(place: Sequence[float], other: Sequence[float]) -> bool:
    return max(abs(place[at] - other[at]) for at in range(2)) < _NEAR


def main() -> None:
    """Measure and print; ends with 1 if a file lost too much."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", type=Path, nargs="+", help="PDFs, or folders of them")
    given = parser.parse_args()
    tokenizer = encoders.FolderTokenizer(encoders.default_embedder())

    def count(texts: Sequence[str]) -> list[int]:
        return tokenizer.counts([without_amounts(text) for text in texts])

    files: dict[str, Any] = {}
    for path in sorted({file for root in given.paths for file in _pdfs(root)}):
        tally = conserved(path, count)
        files[str(path)] = _told(tally)
        if tally.missing or not tally.there:
            shown = " ".join(tally.words[:_SHOWN])
            program.note(f"{tally.share:.5f} {path.name}: {tally.missing} missing: {shown}")
    shares = [told["share"] for told in files.values() if told["there"]]
    program.note(f"{sum(share >= TARGET for share in shares)} of {len(shares)} files: {TARGET}")
    program.emit({"benchmark": "conservation", "least": min(shares, default=1.0), "files": files})
    if any(share < TARGET for share in shares):
        raise SystemExit(1)


def _pdfs(path: Path) -> list[Path]:
    return sorted(path.rglob("*.pdf")) if path.is_dir() else [path]


def _told(tally: Tally) -> dict[str, Any]:
    return {
        "share": round(tally.share, 5),
        "there": tally.there,
        "missing": tally.missing,
        "again": tally.again,
        "left": dict(tally.left),
        "words": tally.words[:_SHOWN],
    }


if __name__ == "__main__":
    main()
