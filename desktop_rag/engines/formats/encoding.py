"""Decodes text whose encoding is not known, as what the bytes are most likely to mean."""

from __future__ import annotations

import codecs
import re

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
_ACCENTED = 0xC0  # where letters that ASCII has not begin in the encodings of before UTF-8
_FEW = 20  # bytes, too few to guess from


def decoded(data: bytes) -> str:
    """Return text in whatever encoding it is: that of its mark, UTF-8, or what is likeliest.

    What means nothing in the encoding becomes U+FFFD. Raises nothing.

    >>> decoded("año".encode("latin-1")), decoded("año".encode("utf-16"))
    ('año', 'año')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _guessed(data: bytes) -> str:
    """Return what people wrote before UTF-8: in Western Europe, unless it looks otherwise."""
    from charset_normalizer import from_bytes

    western = data.decode("cp1252", "replace")
    sample = data[:_DECLARED_WITHIN]
    foreign = sum(byte >= _ACCENTED for byte in sample)
    if foreign < _FEW or foreign * 3 < len(sample):  # of Cyrillic and Greek it is nearly all
        return western
    best = from_bytes(sample).best()
    return data.decode(best.encoding, "replace") if best else western


def decoded_html(data: bytes) -> str:
    """Return a web page in the encoding that it names, or else as `decoded` has it.

    Latin-1 means Windows-1252, as the Encoding Standard of the WHATWG has it.
    """
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    if not declared or data.startswith(tuple(mark for mark, _ in _MARKS)):
        return decoded(data)
    name = declared[1].decode("ascii", "replace")
    name = "cp1252" if name.lower() in {"iso-8859-1", "latin1", "us-ascii"} else name  # as browsers
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return decoded(data)
