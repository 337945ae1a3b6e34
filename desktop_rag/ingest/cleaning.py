"""Taking out of the text what the page adds to it.

Running headers and footers repeat, with other numbers, at one height of many
pages; leader dots and control characters say nothing; a word cut at the end of
a line is one word.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop_rag.domain.documents import Line, Page, Word

_MARGIN = 0.12  # of the page's height: where running headers and footers stand
_REPEATS = 3  # a line must come back this often, and on a fifth of the pages
_SHARE = 0.2
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_FIGURE = re.compile(r"[.,$€£¥%()]")
_CUT = re.compile("[\u00ad\u2010]$")  # soft hyphens stand at the end of a word if it is cut
_LEADER = re.compile(r"^[.·•…_\-–—=*]{3,}$")
_TRAILING_LEADER = re.compile(r"(?:\s*[.·…_]){4,}$")
_INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd]"
)

_Mark = tuple[str, int]
"""What two copies of a running header have in common: words and height."""


def cleaned(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without running headers, footers, leaders and invisible characters."""
    repeated = _running(pages)
    heights = frozenset(height for _, height in repeated)
    return [_without(page, repeated, heights) for page in pages]


@functools.lru_cache(maxsize=100_000)
def clean_word(text: str) -> str:
    """Return `text` composed (NFC), without invisible characters and leader dots."""
    hyphened = _CUT.sub("-", unicodedata.normalize("NFC", text))
    plain = _INVISIBLE.sub("", hyphened).strip()
    return "" if _LEADER.match(plain) else _TRAILING_LEADER.sub("", plain)


def _without(page: Page, repeated: frozenset[_Mark], heights: frozenset[int]) -> Page:
    def runs(line: Line) -> bool:
        return _height(line) in heights and _mark(line, page.number) in repeated

    body = [line for line in page.lines if not (runs(line) or _lone_number(line, page))]
    kept = []
    for line in body or page.lines:  # what runs through all pages may be all there is
        written = [word.text for word in line.words]
        texts = list(map(clean_word, written))
        if texts != written:
            pairs = zip(texts, line.words, strict=True)
            words = tuple(Word(text, word.box) for text, word in pairs if text)
            kept += [line._replace(words=words)] if words else []
        else:
            kept.append(line)
    return replace(page, lines=tuple(kept))


def _running(pages: Sequence[Page]) -> frozenset[_Mark]:
    seen = Counter(mark for page in pages for mark in set(_marginal(page)))
    enough = max(_REPEATS, _SHARE * len(pages))
    return frozenset(mark for mark, times in seen.items() if times >= enough)


def _marginal(page: Page) -> Iterator[_Mark]:
    for line in page.lines:
        if line.words[0].box.y1 < _MARGIN or line.words[0].box.y0 > 1 - _MARGIN:
            yield _mark(line, page.number)


def _height(line: Line) -> int:
    return round(line.words[0].box.y0 * 50)


def _mark(line: Line, page: int) -> _Mark:
    """Return the mark of a line, in which numbers do not count.

    Only a number on its own does, which goes up with the pages: the figures of
    tables that reach into the margin do not.
    """
    text, height = line.text, _height(line)
    if not any(map(str.isalpha, text)):
        number = text.strip("-–— ")
        if number.isdecimal():
            return str(int(number) - page), height
        if _FIGURE.search(text):
            return text, height
    return _DIGITS.sub("#", text), height


def _lone_number(line: Line, page: Page) -> bool:
    """Tell a page number in the margin, also where it does not repeat."""
    box = line.words[0].box
    if len(line.words) > 1 or _MARGIN / 2 < box.y0 < 1 - _MARGIN:
        return False
    text = line.words[0].text.strip("-–— ")
    return text == page.label or text == str(page.number + 1)
