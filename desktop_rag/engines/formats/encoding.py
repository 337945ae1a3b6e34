"""Decodes text whose encoding is not known, as what the bytes are most likely to mean."""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from functools import lru_cache

_MARKS = (  # the longer ones first
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096  # bytes
_SAMPLE = 256 << 10  # bytes to guess from
_BEFORE = 60  # bytes before the first that tells something
_JUDGED = 32 << 10  # characters
_FOREIGN = re.compile(rb"[\x80-\xff]")
_SEQUENCE = re.compile(  # of UTF-8, of more than one byte
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_PRINTABLE = re.compile(rb"[\t\n\r -~]")
_PLAIN = 0.8  # of the bytes, of what is ASCII for the most part
_NEARLY = 0.9  # of the letters have the same two zeros, in UTF-32
_BROKEN_TO_WHOLE = 0.1  # of sequences; of what is none of UTF-8, more are broken
_LEAST_ZEROS = 0.02  # of the bytes, from a text in UTF-16: its blanks alone have more
_EVIDENCE = 8  # letters; of fewer, what is most common counts for more
_OTHERWISE = 0.7  # of the confidence in the likeliest, where Windows-1252 is not thought of
_NATURAL = frozenset("²³¹½¼¾ª°€$£¥™®©±×µ§’‘·‑–—״׳")  # beside letters or between them
_FRAMES = frozenset(map(chr, range(0x2500, 0x25A0)))  # lines and blocks of DOS
_WORDS = frozenset("àéèòóáíâêôåöøæüªº")  # that are one letter long, in some language

_MOST_BLANKS = 1_000  # that follow each other and mean something
_ENDLESS = re.compile(rf"(?<!\s)\s{{{_MOST_BLANKS + 1},}}")  # looked for where a run begins

_MEANT = {  # what people mean who say the first, by the Encoding Standard of the WHATWG
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "iso8859-11": "cp874",
}  # fmt: skip
_COMMON = {  # encodings that people wrote text in, and how likely they are beside Windows-1252
    "cp1252": 1.0, "iso8859-1": 1.0, "cp1250": 0.9, "cp1251": 0.99, "cp1253": 0.97, "cp1254": 0.9,
    "cp1255": 0.97, "cp1256": 0.97, "cp1257": 0.85, "cp1258": 0.85, "iso8859-2": 0.92,
    "iso8859-5": 0.95, "iso8859-6": 0.95, "iso8859-7": 0.98, "iso8859-8": 0.98, "iso8859-9": 0.9,
    "iso8859-13": 0.85, "iso8859-15": 0.97, "koi8-r": 0.98, "koi8-u": 0.98, "mac-roman": 0.93,
    "mac-cyrillic": 0.97, "mac-greek": 0.85, "mac-latin2": 0.85, "mac-turkish": 0.85,
    "cp437": 0.92, "cp850": 0.93, "cp852": 0.93, "cp855": 0.85, "cp857": 0.92, "cp858": 0.92,
    "cp860": 0.85, "cp862": 0.85, "cp866": 0.97, "cp874": 0.97, "tis-620": 0.97, "cp932": 0.97,
    "shift_jis_2004": 0.97, "euc_jis_2004": 0.97, "gb18030": 0.97, "big5hkscs": 0.97,
    "cp949": 0.97, "euc_kr": 0.97,
}  # fmt: skip
_NAMED = frozenset(
    codecs.lookup(name).name
    for name in (*_COMMON, *_MEANT, "big5", "cp950", "euc_jp", "iso2022_jp", "iso2022_kr",
                 "hz", "utf-7", "iso8859-3",
                 "iso8859-4", "iso8859-10", "iso8859-14", "iso8859-16", "utf-8", "utf-16",
                 "utf-16-le", "utf-16-be")
)  # fmt: skip


def without_endless_blanks(text: str) -> str:
    """Return a text in which no more than 1,000 blanks and ends of lines follow each other.

    >>> len(without_endless_blanks("a" + " " * 5_000 + "b"))
    1002
    """
    return _ENDLESS.sub(lambda found: found[0][:_MOST_BLANKS], text)


def decoded(data: bytes) -> str:
    """Return running text in whatever encoding it is, without endless blanks; see `as_it_stands`.

    Where blanks stand between cells and end rows, they are not to be left out.
    """
    return without_endless_blanks(as_it_stands(data))


def as_it_stands(data: bytes) -> str:
    """Return text in whatever encoding it is: that of its mark, UTF-8, or what is likeliest.

    UTF-8 stays UTF-8 where some bytes of it are broken. What means nothing in the encoding
    becomes U+FFFD. Raises nothing.

    >>> as_it_stands("año".encode("latin-1")), as_it_stands("año".encode("utf-16"))
    ('año', 'año')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    wide = _wide(data[:_SAMPLE])
    if wide:
        return data.decode(wide, "replace")
    if b"\x1b$" in data[:_SAMPLE]:  # it shifts to two bytes a letter
        korean = b"\x1b$)C" in data[:_SAMPLE]
        return data.decode("iso2022_kr" if korean else "iso2022_jp_2", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8" if _mostly_utf8(data) else _guessed(data), "replace")


def _wide(sample: bytes) -> str:
    """Return in which encoding of two or four bytes a letter a text is, if it is in one.

    The blanks between words have zeros then, on one side only.
    """
    zeros = [sample[at::4].count(0) for at in range(4)]
    if sum(zeros) < max(1, _LEAST_ZEROS * len(sample)):
        return ""
    printable = len(_PRINTABLE.findall(sample))
    if sum(zeros) < len(sample) / 4 and printable > _PLAIN * (len(sample) - sum(zeros)):
        return ""  # a zero that went astray, in letters of one byte
    whole = _NEARLY * len(sample) / 4
    if min(zeros[2:]) >= whole or min(zeros[:2]) >= whole:
        return "utf-32-le" if zeros[3] > zeros[0] else "utf-32-be"
    high, low = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(high, low) > 4 * min(high, low):
        return "utf-16-le" if low > high else "utf-16-be"
    return ""


def _mostly_utf8(data: bytes) -> bool:
    """Whether nearly all that is not ASCII is as UTF-8 has it."""
    others, whole = _SEQUENCE.subn(b"", data)
    broken = len(_FOREIGN.findall(others))
    return broken < _BROKEN_TO_WHOLE * whole


def _guessed(data: bytes) -> str:
    """Return the likeliest encoding of what people wrote before UTF-8.

    Candidates and confidence are those of chardet; how odd a text would be, and how common the
    encoding is, decide between those that come close, the less there is to go by the more.
    """
    import chardet

    first = _FOREIGN.search(data)
    start = max(0, first.start() - _BEFORE) if first else 0
    sample = data[start : start + _SAMPLE]
    likely: dict[str, float] = {
        found["encoding"]: found["confidence"]
        for found in chardet.detect_all(
            sample, ignore_threshold=True, include_encodings=_COMMON, compat_names=False
        )[:25]
        if found["encoding"] in _COMMON
    }
    if not {"cp1252", "iso8859-1"} & likely.keys():
        likely["cp1252"] = _OTHERWISE * max(likely.values(), default=1.0)
    weight = max(1.0, _EVIDENCE / max(1, len(_FOREIGN.findall(sample))))

    def plausible(encoding: str) -> float:
        shown = sample[:_JUDGED].decode(_MEANT.get(encoding, encoding), "replace")
        lost = shown.count("\ufffd") / max(1, len(shown))
        return (
            likely[encoding] * (1 - _oddity(shown)) * math.pow(_COMMON[encoding], weight) - lost / 2
        )

    best = max(likely, key=plausible)
    return _MEANT.get(best, best)


def _oddity(shown: str) -> float:
    """Return the share of letters that are not in ASCII, and odd where they stand, 0 to 1."""
    plain = sum(c.isascii() and c.isalnum() for c in shown)
    foreign = [at for at, c in enumerate(shown) if not c.isascii()]
    around = f" {shown} "
    odd = sum(_odd(*around[at : at + 3], alone=plain >= len(foreign)) for at in foreign)
    return odd / max(1, len(foreign))


def _odd(before: str, sign: str, after: str, *, alone: bool) -> bool:
    """Whether a sign does not belong between two others.

    Capitals stand at the beginning of words or in words of nothing else, Latin letters among
    Latin ones, lines of frames beside each other. If `alone`, a word of a single letter is odd
    too unless there is such a word.
    """
    if sign in _FRAMES:
        return before not in _FRAMES and after not in _FRAMES
    if not sign.isalpha():
        kind = unicodedata.category(sign)[0]
        inside = before.isalpha() + after.isalpha()
        return sign not in _NATURAL and inside > (0 if kind in "CSN" else 1)
    if sign.isupper() and before.isalpha() and (before.islower() or after.islower()):
        return True
    if sign.islower() and after.isupper():
        return True
    latin = _is_latin(sign)
    beside = [letter for letter in (before, after) if letter.isalpha()]
    if not beside:
        return alone and sign.lower() not in _WORDS
    return any(_is_latin(letter) != latin for letter in beside)


@lru_cache(maxsize=4_096)
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "MASCULINE", "FEMININE"))


def decoded_as(data: bytes, name: str) -> str:
    """Return text in the encoding of that name, or else as `decoded` has it.

    Names mean what the Encoding Standard of the WHATWG says, so that Latin-1 is Windows-1252.
    ASCII says nothing of text that is more than that.
    """
    try:
        known = codecs.lookup(name).name
        if known in _NAMED and known != "ascii":
            return without_endless_blanks(data.decode(_MEANT.get(known, known)))
    except (LookupError, ValueError):
        pass
    return decoded(data)


def decoded_html(data: bytes) -> str:
    """Return a web page in the encoding that it names, or else as `decoded` has it."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    if not declared or data.startswith(tuple(mark for mark, _ in _MARKS)):
        return decoded(data)
    return decoded_as(data, declared[1].decode("ascii", "replace"))
