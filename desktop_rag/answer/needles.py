"""Finding one needle in texts: what the store looks for, and where it stands in what that gives.

Words are runs of letters and digits. A number is none where it goes on: "2019" is in "31.12.2019"
and not in "12,019". A name or a number that has a hyphen may be written with a space, or without;
what is literal has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop_rag.answer.word_forms import any_accent, are_forms, beginning, even
from desktop_rag.domain.occurrences import Needle, Net
from desktop_rag.domain.passages import Span
from desktop_rag.domain.ports import Analyzer

_PART = re.compile(r"[^\W_]+|\s+|[\W_]")
_RUN = re.compile(r"[^\W_]+")
_WITHOUT_SPACES = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # scripts
_LETTER = re.compile(rf"[^\W_{_WITHOUT_SPACES}]")
_BETWEEN = (  # two words that stand together; a full stop is that of one letter
    r"(?:(?<=(?<![^\W_])[^\W\d_])\.)?(?:[^\w.,;:!?()]|_){0,3}"
)
_OTHER = r"[^\p{L}\p{N}]"
_BEFORE_WORD, _AFTER_WORD = r"(?<![^\W_])", r"(?![^\W_])"
_BEFORE_NUMBER = (
    r"(?<![^\W_])(?:(?<!\d[.,])|(?<=\d\.\d\d\.)|(?<=[^\d.]\d\.\d\.)|(?<=\d\d\.\d\.)|(?<=^\d\.\d\.))"
)
_AFTER_NUMBER = r"(?![.,]?\d)(?![^\W_])"
_NEEDED = 4  # words of a phrase that the store is asked for: the longest
_AT_EDGE = 2  # words of a phrase that a passage begins or ends with
_SHORT = 8  # letters of each
_REST = r"\S*"  # of a word
_APART = r"[\s\S]{1,3}"  # of two words
_PARTED = 40  # places, at most, where a phrase may go on in the next passage
_LONGEST = 40  # letters of a word that the store is asked for
_ALWAYS = ("en", "es")  # whatever a few words are taken for
_AROUND_NAME = 2  # letters of a name, at least

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Finder:
    """What finds a needle: a `net` for the store, and a pattern for what it gives.

    The groups of the pattern are words, each a form of the one of `forms` in its place.
    """

    net: Net
    pattern: re.Pattern[str]
    forms: tuple[str, ...]
    languages: tuple[str, ...]
    analyzer: Analyzer
    _known: dict[tuple[str, str, str], bool] = field(default_factory=dict)

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Yield where an even text has the needle; its language is in ISO 639-1."""
        for match in self.pattern.finditer(text):
            pairs = zip(self.forms, match.groups(), strict=True)
            if all(self._fits(word, other, language) for word, other in pairs):
                yield match.span()

    def _fits(self, word: str, other: str, language: str) -> bool:
        key = (word, other, language)
        if key not in self._known:
            spoken = {*_ALWAYS, *({language} & set(self.languages))}
            self._known[key] = any(are_forms(word, other, one, self.analyzer) for one in spoken)
        return self._known[key]


def finder_of(needle: Needle, languages: Sequence[str], analyzer: Analyzer) -> Finder | None:
    """Return what finds a needle in documents of some languages; None where it has no words."""
    written = needle.text.split()
    spoken = tuple(languages) or ("en", "es")
    shouted = all(word == word.upper() for word in written)
    pieces: list[str] = []
    forms: list[str] = []
    runs: list[tuple[str, bool]] = []  # and whether they are whole words
    for word in written:
        if needle.literal or _is_name(word, shouted=shouted):
            pieces.append(_literal(even(word), loose=not needle.literal))
            runs += [(one, True) for one in _RUN.findall(even(word))]
        else:
            own = _RUN.findall(even(word))
            pieces.append(r"[\W_]{0,3}".join(rf"{_BEFORE_WORD}({start}[^\W_]*)" for start in (
                re.escape(beginning(one, analyzer)) for one in own)))  # fmt: skip
            forms += own
            runs += [(beginning(one, analyzer), False) for one in own]
    if not runs:
        return None
    between = r"\s+" if needle.literal else _BETWEEN
    pattern = re.compile(between.join(filter(None, pieces)))
    return Finder(_net(runs), pattern, tuple(forms), spoken, analyzer)


def each_word(needle: Needle, languages: Sequence[str], analyzer: Analyzer) -> list[Needle]:
    """Return the words of a needle that say something, each by itself."""
    spoken = tuple(languages) or ("en", "es")
    words = [Needle(word, needle.literal) for word in needle.text.split()]
    return [
        one
        for one in words
        if analyzer.terms(f"{one.text} 0", (*spoken, "en", "es")) != ["0"] and _RUN.search(one.text)
    ]


def near_to(word: str) -> Net:
    """Return what has a word that is one letter off an even one, for `spelling.meant`."""
    letter = r"\p{L}"
    cuts = [(any_accent(word[:at]), word[at:]) for at in range(len(word) + 1)]
    ways = [f"{left}{letter}?{any_accent(right[1:])}" for left, right in cuts if right]
    ways += [f"{left}{letter}{any_accent(right)}" for left, right in cuts]
    ways += [
        f"{left}{any_accent(right[1] + right[0] + right[2:])}"
        for left, right in cuts
        if len(right) > 1
    ]
    return Net((f"(?:^|{_OTHER})(?:{'|'.join(ways)})(?:{_OTHER}|$)",))


def _is_name(word: str, *, shouted: bool) -> bool:
    """Tell what is meant as it is written: what has a figure, and a name."""
    if any(map(str.isdigit, word)):
        return True
    return (word[:1].isupper() and len(word) >= _AROUND_NAME and not shouted) or word.isupper()


def _literal(phrase: str, *, loose: bool) -> str:
    """Return a pattern for an even word as it is written, with what may stand at its sides.

    A line may break at its hyphens; in a `loose` one they may be spaces, or nothing.
    """
    hyphen = r"[\s-]{0,3}" if loose else r"\s*-\s*"
    parts = _PART.findall(phrase)
    pattern = ""
    for part in parts:
        if part == "-":
            pattern += hyphen
        else:
            pattern += r"\s+" if part.isspace() else re.escape(part)
    return _before(phrase) + pattern + _after(phrase)


def _before(word: str) -> str:
    if word[:1].isdigit():
        return _BEFORE_NUMBER
    return _BEFORE_WORD if _LETTER.match(word[:1]) else ""


def _after(word: str) -> str:
    if word[-1:].isdigit():
        return _AFTER_NUMBER
    return _AFTER_WORD if _LETTER.match(word[-1:]) else ""


def _net(runs: Sequence[tuple[str, bool]]) -> Net:
    """Return what the store looks for: passages with all of these words, or some at an edge.

    Of very many or very long ones it has a part: an expression that grows too large is refused.
    """
    longest = sorted({word: None for word, _ in runs}, key=len, reverse=True)[:_NEEDED]
    needed = tuple(any_accent(word[:_LONGEST]) for word in longest)
    if len(runs) == 1:
        return Net(needed)
    short = [
        any_accent(word[:_SHORT]) + ("" if whole and len(word) <= _SHORT else _REST)
        for word, whole in runs
    ]
    parted = range(1, min(len(runs), _PARTED))
    ends = [_APART.join(short[max(0, at - _AT_EDGE) : at]) for at in parted]
    starts = [_APART.join(short[at : at + _AT_EDGE]) for at in parted]
    last = f"(?:^|{_OTHER})(?:{'|'.join(ends)}){_OTHER}*$"
    first = f"^{_OTHER}*(?:{'|'.join(starts)})(?:{_OTHER}|$)"
    return Net(needed, (last, first))
