"""Knows the words of a language from Tesseract's own data, to tell how well a page was read.

A file of Tesseract's data is a sequence of parts. One is the list of words that it expects in
the language, as a graph of letters; another is the list of those letters. Both have been the
same since version 4: see `tessdatamanager.h`, `dawg.h` and `unicharset.h` there.
"""

from __future__ import annotations

import array
import functools
import re
import struct
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

_WORDS, _LETTERS = 19, 21  # parts of a file, by their place in it
_MAGIC = 42
_END_OF_NODE, _END_OF_WORD = 1, 4
_FLAG_BITS = 3
_SHORT = 3  # signs
_FIGURES = re.compile(r"\d[\d.,:/'’-]*")
_JOINTS = re.compile(r"[-‐‑–—/'’]")
_EDGES = re.compile(r"^\W+|\W+$|[’']s$")  # what surrounds a word


LANGUAGES = {  #: Tesseract's names of languages that cut words at the end of a line, by ISO 639-1
    "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "eu": "eus", "fi": "fin", "fr": "fra", "gl": "glg", "hr": "hrv", "hu": "hun", "it": "ita",
    "la": "lat", "nb": "nor", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron",
    "ru": "rus", "sk": "slk", "sl": "slv", "sv": "swe", "tr": "tur", "uk": "ukr",
}  # fmt: skip


class KnownWords:
    """The words of some languages; none for a language whose data has no list of them.

    A file that is damaged or cannot be opened counts as one without. Raises nothing.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._graphs = [graph for graph in map(_graph, files) if graph]

    def share(self, words: Iterable[str]) -> float:
        """Return the share of known words, 0 to 1.

        Figures are as good as words, and a word with hyphens is known if its parts are. Noise
        is full of words of up to three signs that look known, so that no more of these count
        than there are longer ones. Without any list, words of letters count as known.
        """
        total = 0
        known = {False: 0, True: 0}  # the short ones and the longer ones
        for word in words:
            total += 1
            bare = _EDGES.sub("", word)
            if bare and self._knows(bare):
                known[len(bare) > _SHORT] += 1
        return (known[True] + min(known.values())) / total if total else 0.0

    def has(self, word: str) -> bool:
        """Whether a word of letters alone is in one of the lists; without any, none is."""
        return bool(self._graphs) and self._has(word)

    def _knows(self, word: str) -> bool:
        if _FIGURES.fullmatch(word):
            return True
        return all(map(self._has, filter(None, _JOINTS.split(word))))

    def _has(self, word: str) -> bool:
        if not self._graphs:
            return word.isalpha()
        forms = {word, word.lower(), word.capitalize() if word.isupper() else word}
        return any(graph.has(form) for graph in self._graphs for form in forms)


class _Graph:
    """Edges, each with a letter, in the order of the nodes that they leave.

    An edge is 64 bits: from the lowest, `bits` of its letter, 3 flags, and the place of the
    node that it leads to among `edges` (`dawg.h`).
    """

    def __init__(self, letters: dict[str, int], edges: Sequence[int], bits: int) -> None:
        self._letters = letters
        self._edges = edges
        self._bits = bits
        self._mask = (1 << bits) - 1

    def has(self, word: str) -> bool:
        """Whether the graph leads through all letters of `word` to an end."""
        node, flags = 0, 0
        for at, sign in enumerate(word):
            edge = self._edge(node, self._letters.get(sign, -1)) if node or not at else None
            if edge is None:
                return False
            flags = edge >> self._bits
            node = flags >> _FLAG_BITS
        return bool(flags & _END_OF_WORD)

    def _edge(self, node: int, letter: int) -> int | None:
        for at in range(node, len(self._edges)):
            edge = self._edges[at]
            flags = edge >> self._bits
            if edge & self._mask == letter:
                return edge
            if flags & _END_OF_NODE:
                break
        return None


@functools.lru_cache(maxsize=8)
def _graph(file: Path) -> _Graph | None:
    try:
        parts = _parts(file.read_bytes())
        letters = parts[_LETTERS].decode().split("\n")
        magic, count, size = struct.unpack_from("<hii", parts[_WORDS])
        if magic != _MAGIC:
            return None
        edges = array.array("Q", parts[_WORDS][10 : 10 + 8 * size])
    except (OSError, KeyError, ValueError, struct.error):
        return None
    if sys.byteorder == "big":
        edges.byteswap()
    names = (line.split(" ", 1)[0] for line in letters[1:] if line)
    ids: dict[str, int] = {}
    for number, name in enumerate(names):
        ids.setdefault(name, number)
    return _Graph(ids, edges, count.bit_length())


def _parts(data: bytes) -> dict[int, bytes]:
    (count,) = struct.unpack_from("<i", data)
    starts = struct.unpack_from(f"<{count}q", data, 4)
    there = sorted(start for start in starts if start >= 0)
    ends = dict(zip(there, [*there[1:], len(data)], strict=True))
    return {at: data[start : ends[start]] for at, start in enumerate(starts) if start >= 0}
