"""Taking out of the text what the page adds to it.

Running heads are furniture, told once; page numbers, leader dots and control characters say
nothing; a word cut at the end of a line is one word.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from desktop_rag.domain.documents import RULED, Layer, Line, Page, Word
from desktop_rag.ingest.running_heads import Said, furniture, numberless

SOFT_HYPHEN = "\u00ad"  #: at the end of a line's last word: it is cut there
_HYPHEN = re.compile("[\u2010\u2011]|\u00ad$")  # soft ones show at the end of a word that is cut
_LEADER = re.compile(r"^[.·•…_\-–—=*]{3,}$")
_TRAILING_LEADER = re.compile(r"(?<![\s.·…_])(?:\s*[.·…_]){4,}$")
_INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd]"
)


def cleaned(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without leaders, invisible characters, page numbers and running heads.

    Each distinct running head stays once, as furniture of the page that it is first on. The
    last word of a line ends with `SOFT_HYPHEN` where the file says that it is cut there.
    """
    seen: set[str] = set()
    return [_without(page, said, seen) for page, said in zip(pages, furniture(pages), strict=True)]


@functools.lru_cache(maxsize=100_000)
def clean_word(text: str) -> str:
    """Return `text` composed (NFC), with plain hyphens, without invisible signs and leaders."""
    hyphened = _HYPHEN.sub("-", unicodedata.normalize("NFC", text))
    plain = _INVISIBLE.sub("", hyphened).strip()
    return "" if _LEADER.match(plain) else _TRAILING_LEADER.sub("", plain)


def _without(page: Page, said: Said, seen: set[str]) -> Page:
    body = [at for at, line in enumerate(page.lines) if line.layer is Layer.BODY]
    if body and all(at in said for at in body):
        said = {}  # what runs through all pages may be all there is
    kept: list[Line] = []
    for at, line in enumerate(page.lines):
        words = said.get(at)
        given = line.layer is Layer.FURNITURE
        if words is None and given:
            words = numberless(line.text, page)
        if words is not None:
            if not words or words in seen:
                continue
            seen.add(words)
        source = line.role and line.block < RULED  # its words are its own
        clean = line if source else _clean(line)
        if clean:
            kept.append(clean if words is None else clean._replace(layer=Layer.FURNITURE))
    return replace(page, lines=tuple(kept))


def _clean(line: Line) -> Line | None:
    """Return a line as it is shown, if anything of it is."""
    written = [word.text for word in line.words]
    texts = list(map(clean_word, written))
    if texts and written[-1].endswith(SOFT_HYPHEN) and texts[-1].endswith("-"):
        texts[-1] = texts[-1][:-1] + SOFT_HYPHEN
    if texts == written and all(texts):
        return line if texts else None
    pairs = zip(texts, line.words, strict=True)
    words = tuple(Word(text, word.box) for text, word in pairs if text)
    return line._replace(words=words) if words else None
