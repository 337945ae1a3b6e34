"""Says where the words of a source stand in its picture.

A picture draws the signs of its source in their order, but cuts words where they break, does
away with signs that no font shows, and takes some apart. So both are compared letter by letter,
and what does not agree is placed between what does.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice
from typing import NamedTuple

from desktop_rag.engines.formats.source_text import SourceLine

_AHEAD = 200  # words, to look for where both go on alike
_ZONE = 40  # words that may be cut in another way
_OVERLAP = 0.4  # of the height of the lower one, for two words to stand in one line

Edges = tuple[float, float, float, float]


class DrawnText:
    """The words of a picture, the page that each is on, and its edges there in points."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.pages: list[int] = []
        self.edges: list[Edges] = []

    def add(self, page: int, words: Iterable[str], edges: Iterable[Edges]) -> None:
        """Add what is drawn on a page after what was."""
        self.words += words
        self.edges += edges
        self.pages += [page] * (len(self.words) - len(self.pages))


class DrawnWord(NamedTuple):
    """A word of a picture: the page that it is on, and its edges there in points.

    If `inside`, it goes on with the one before: both are parts of one word.
    """

    text: str
    page: int
    edges: Edges
    inside: bool = False


class PlacedLine(NamedTuple):
    """Words of a line of a source that stand in one line of one page of its picture.

    A `glued` one begins in the midst of a word.
    """

    line: SourceLine
    page: int
    glued: bool
    words: tuple[str, ...]
    edges: Sequence[Edges]


class _DrawnPart(NamedTuple):
    """So many letters of a word, as `skeleton` counts them, where they are drawn."""

    letters: int
    page: int
    edges: Edges


def placed(lines: Sequence[SourceLine], drawn: DrawnText, page: int) -> Iterator[PlacedLine]:
    """Yield the lines of a source as the picture breaks them, in their order.

    Every word is in one of them, or in several where it is broken. Where nothing at all is drawn
    they stand at the top of `page`.
    """
    said = [word for line in lines for word in line.words]
    if said == drawn.words:
        yield from _whole(lines, drawn)
        return
    words = list(map(DrawnWord, drawn.words, drawn.pages, drawn.edges))
    parts = _parts_of_words(said, words or [DrawnWord("", page, (0.0, 0.0, 0.0, 0.0))])
    pieces = map(_pieces, said, parts)
    for line in lines:
        own = list(islice(pieces, len(line.words)))
        if line.told:
            yield from _broken(line, list(chain.from_iterable(own)))


def _whole(lines: Sequence[SourceLine], drawn: DrawnText) -> Iterator[PlacedLine]:
    """Yield the lines of a picture that draws all words as they are, as nearly all do."""
    pages, edges = drawn.pages, drawn.edges
    end = 0
    for line in lines:
        first = start = end
        end += len(line.words)
        for at in range(start + 1, end) if line.told else ():
            alike = edges[at][1] == edges[at - 1][1] and pages[at] == pages[at - 1]
            if alike or (pages[at] == pages[at - 1] and _beside(edges[at], edges[at - 1])):
                continue
            words = line.words[start - first : at - first]
            yield PlacedLine(line, pages[start], False, words, edges[start:at])
            start = at
        if line.told:
            yield PlacedLine(
                line, pages[start], False, line.words[start - first :], edges[start:end]
            )


def _pieces(word: str, parts: Sequence[_DrawnPart]) -> list[DrawnWord]:
    """Return a word, cut where it goes on in another line."""
    joined = [parts[0]]
    for part in parts[1:]:
        last = joined[-1]
        if part.page == last.page and _beside(part.edges, last.edges):
            joined[-1] = _DrawnPart(last.letters + part.letters, last.page, _around(last, part))
        else:
            joined.append(part)
    start = 0
    found = []
    for part in joined[:-1]:
        end = _after(word, start, part.letters)
        if end > start:
            found.append(DrawnWord(word[start:end], part.page, part.edges, start > 0))
        start = end
    if start < len(word):
        found.append(DrawnWord(word[start:], joined[-1].page, joined[-1].edges, start > 0))
    return found


def _around(one: _DrawnPart, other: _DrawnPart) -> Edges:
    (left, top, right, bottom), (x0, y0, x1, y1) = one.edges, other.edges
    return min(left, x0), min(top, y0), max(right, x1), max(bottom, y1)


def _after(word: str, start: int, letters: int) -> int:
    """Return where so many letters end, with the marks that follow them."""
    at = start
    while at < len(word):
        counted = len(skeleton(word[at]))
        if letters <= 0 and counted:
            break
        letters -= counted
        at += 1
    return at


def _broken(line: SourceLine, pieces: Sequence[DrawnWord]) -> Iterator[PlacedLine]:
    """Yield the lines that the picture makes of one."""
    start = 0
    _, page, edges, _ = pieces[0]
    for at, (_, its_page, its_edges, inside) in enumerate(pieces):
        if (
            its_page != page
            or inside
            or not (its_edges[1] == edges[1] or _beside(its_edges, edges))
        ):
            if at:
                yield _placed(line, pieces[start:at])
            start = at
        page, edges = its_page, its_edges
    yield _placed(line, pieces[start:])


def _placed(line: SourceLine, pieces: Sequence[DrawnWord]) -> PlacedLine:
    words, pages, edges, inside = zip(*pieces, strict=True)
    return PlacedLine(line, pages[0], inside[0], words, edges)


def _beside(one: Edges, other: Edges) -> bool:
    """Whether two words share enough of their heights to stand in one line."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared >= _OVERLAP * min(one[3] - one[1], other[3] - other[1])


# Which words of the picture are those of the source


def _parts_of_words(said: list[str], drawn: Sequence[DrawnWord]) -> list[list[_DrawnPart]]:
    shown = [word.text for word in drawn]
    if said == shown:
        return [[_DrawnPart(1, word.page, word.edges)] for word in drawn]
    found: list[list[_DrawnPart]] = []
    at = other = 0
    while at < len(said) and other < len(drawn):
        if said[at] == shown[other]:
            found.append([_DrawnPart(1, drawn[other].page, drawn[other].edges)])
            at, other = at + 1, other + 1
            continue
        end, until = _alike(said, shown, at, other)
        found += _shared_out(said[at:end], drawn[other:until] or drawn[max(other, 1) - 1 :][:1])
        at, other = end, until
    if at < len(said):
        found += _shared_out(said[at:], drawn[-1:])
    return found


def _alike(said: list[str], shown: list[str], at: int, other: int) -> tuple[int, int]:
    """Return up to where words of both have the same letters, or where they agree again."""
    end, until = at, other
    here: list[str] = []
    there: list[str] = []
    more = fewer = 0  # letters
    while end - at <= _ZONE:
        if more <= fewer and end < len(said):
            here.append(skeleton(said[end]))
            more += len(here[-1])
            end += 1
        elif more > fewer and until < len(shown):
            there.append(skeleton(shown[until]))
            fewer += len(there[-1])
            until += 1
        else:
            break
        if more == fewer and until > other and "".join(here) == "".join(there):
            return end, until
    return _agreeing(said, shown, at, other)


def _agreeing(said: list[str], shown: list[str], at: int, other: int) -> tuple[int, int]:
    """Return where two words follow each other in both, the nearest such place."""
    window = shown[other : other + _AHEAD]
    places: dict[tuple[str, str], int] = {}
    for number in range(len(window) - 2, -1, -1):
        places[window[number], window[number + 1]] = number
    best = (len(said), len(shown))
    nearest = 2 * _AHEAD
    for number in range(min(_AHEAD, len(said) - at - 1)):
        if number >= nearest:
            break
        there = places.get((said[at + number], said[at + number + 1]))
        if there is not None and number + there < nearest:
            best, nearest = (at + number, other + there), number + there
    return best if best != (at, other) else (at + 1, other + 1)


def _shared_out(said: Sequence[str], drawn: Sequence[DrawnWord]) -> list[list[_DrawnPart]]:
    """Place words at those drawn, which have about their letters, in proportion to these."""
    if not said:
        return []
    lengths = [len(skeleton(word)) or 1 for word in said]
    widths = [len(skeleton(word.text)) for word in drawn]
    if not any(widths):
        widths = [1] * len(drawn)
    ends = list(accumulate(widths))
    scale = ends[-1] / sum(lengths)
    found = []
    start = 0
    for length in lengths:
        first, last = start * scale, (start + length) * scale
        found.append(_cut_out(drawn, widths, ends, (first, last)))
        start += length
    return found


def _cut_out(
    drawn: Sequence[DrawnWord], widths: list[int], ends: list[int], reach: tuple[float, float]
) -> list[_DrawnPart]:
    """Return the parts of the drawn words that have the letters from one to another."""
    first, last = reach
    at = min(bisect_right(ends, first + 1e-6), len(drawn) - 1)
    parts = []
    while True:
        begins = ends[at] - widths[at]
        start, end = max(first, begins), min(last, ends[at])
        word = drawn[at]
        width = widths[at] or 1
        share = (start - begins) / width, (end - begins) / width
        parts.append(_DrawnPart(round(end - start) or 1, word.page, _slice(word, share)))
        at += 1
        if at >= len(drawn) or ends[at - 1] >= last - 1e-6:
            return parts
        while not widths[at] and at < len(drawn) - 1:
            at += 1
        if not widths[at]:
            return parts


def _slice(word: DrawnWord, share: tuple[float, float]) -> Edges:
    """Return the part of a word's box that some of its letters take, in their direction."""
    x0, y0, x1, y1 = word.edges
    start, end = max(0.0, share[0]), min(1.0, share[1])
    if any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in word.text):
        start, end = 1 - end, 1 - start
    return x0 + (x1 - x0) * start, y0, x0 + (x1 - x0) * end, y1


def skeleton(word: str) -> str:
    r"""Return the letters and signs that are drawn by themselves, however they are written.

    >>> skeleton("e\u0301\u200d") == skeleton("é"), skeleton("ﬁ")
    (True, 'fi')
    """
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word)
    return "".join([sign for sign in plain if unicodedata.category(sign)[0] not in "MCZ"])
