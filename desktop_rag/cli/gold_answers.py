"""Whether a text holds an answer that is known, however either is written.

As for SQuAD (Rajpurkar et al., 2016), case, punctuation and articles do not count; nor do accents,
and a number is the same as 1,234.50 and as 1.234,5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_ARTICLES = frozenset(
    ("a", "an", "the", "el", "la", "los", "las", "lo", "un", "una", "unos", "unas")
)
_NUMBER = re.compile(r"\d+(?:[.,'\u2019]\d+|[ \u00a0\u202f]\d{3}(?!\d))*")
_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_MARK = re.compile(r"\[\d{1,3}\]")
_GROUP = 3  # digits between separators of thousands


def words_of(text: str) -> tuple[str, ...]:
    """Return what of a text counts, word by word.

    >>> words_of("The cost, in all: $1,234.50 [2]")
    ('cost', 'in', 'all', '1234.5')
    """
    plain = _NUMBER.sub(lambda found: f" {_number(found.group())} ", _MARK.sub(" ", text))
    letters = unicodedata.normalize("NFKD", plain).casefold()
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return tuple(word for word in _WORD.findall(bare) if word not in _ARTICLES)


def holds(text: str, answers: Iterable[str]) -> bool:
    """Whether all words of one of the answers stand in `text`, next to each other."""
    written = f" {' '.join(words_of(text))} "
    return any(f" {' '.join(own)} " in written for own in map(words_of, answers) if own)


def recall(text: str, answers: Iterable[str]) -> float:
    """Return the share of an answer's words that `text` has, of the one of which it has most."""
    written = set(words_of(text))
    shares = [
        len(own & written) / len(own) for own in (set(words_of(one)) for one in answers) if own
    ]
    return max(shares, default=0.0)


def _number(written: str) -> str:
    """Return a number without separators of thousands, and with no 0 at the end of decimals."""
    joined = re.sub(r"[ \u00a0\u202f'\u2019]", "", written)
    separators = [sign for sign in joined if sign in ".,"]
    *whole, last = re.split("[.,]", joined)
    decimal = len(set(separators)) > 1 and separators.count(separators[-1]) == 1
    if len(separators) == 1:
        decimal = len(last) != _GROUP or whole[0].startswith("0")
    if not separators or not decimal:
        return "".join((*whole, last))
    return f"{''.join(whole)}.{last}".rstrip("0").rstrip(".")
