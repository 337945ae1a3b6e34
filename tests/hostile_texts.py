"""What strangers might write, as hypothesis draws it: answers, questions, tables and e-mails.

Each is made of pieces that mean something to its reader, now and then repeated very often.
"""

import functools
import json
import random
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.tampering import ID, Members, members_of_bytes, packed

TIMES = [*[1] * 12, 2, 3, 40, 700, 5_000]
LONGEST = 60_000  #: characters, or bytes
STRANGE = ["\0", "\ud800", "\u202e", "\u2066", "\u200d", "\ufeff", "a\u0301" * 40, "😀", "ﬁ", "İ"]
MARKDOWN = """
# ## - * + 1. 9999999999. > >> | |-|-:| ``` ~~~ `` ` ** __ * _ ~~ [ ] ( ) ![ ]( [x]: < > </p>
<script> <a href="file:///x"> <!-- &amp; &#8238; &#0; &#x110000; \\ \\* --- === http://e/ $$ [1]
[2,3] [1][2] [1-4] [4–1] [0-999999999] [x[1]] 【3】 【1†source】 (1) (source 2) [^1] [^1]: ¹ ²³
[Source: 1] [1 1] {1} passage 3 word Año 12 a[0] [[[[ ]]]] f(x) www.e.org mailto:a@b.c
"""
QUESTION = """
why? ¿por qué? and ¿y what cuánto cuesta who founded it? ella they Acme ISO 9001 art. 15 2019
31/12/2019 12-31-2019 1e309 9999999999999999999999999999 $5.000,50 50% " “ ” « » ' ’ ‘ ( ) [ ] {
} * ? ! ~ ^ : \\ / - -- ; = <> AND OR NOT NEAR + && || %s {0} ../.. ' OR 1=1 '%' _ list all
lista compara resume gracias hola AB-1234 AB--1234-- x@y.z https://e.org/?q=1 中文 العربية русский
การ and in ¿Y en XR-2000/7 1.2.3.4.5.6 A.B.C. I.V. MCMXCIX ½ ² ٣ 十 el the de of
"""
CELLS = """
, ; | ' "" = - + 1 1,5 1.234,56 2019-12-31 31/12/19 =cmd|'/c calc'!A0 name nombre Año <b> &amp;
%00 1e999 -0 TRUE NaN \\ sep=; sep=, x
"""
ENDS = ["\n", "\r\n", "\r", "\n\n", "\t", '"', ",", ";", "|", " ", "\v", "\f", "\u2028"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1", "cp1252", "utf-16-be"]
HEADS = ["From", "To", "Cc", "Date", "Subject", "Content-Type", "Content-Transfer-Encoding"]
HEADS += ["Content-Disposition", "MIME-Version", "X-Y", "Message-ID", "content-type", "Received"]
CHARSETS = ["utf-8", "utf-7", "latin-1", "x", "idna", "punycode", "rot13", "zlib", "hex", "mbcs"]
CHARSETS += ["unicode_escape", "raw_unicode_escape", "utf-16", "utf-32", "undefined", "base64", ""]
KINDS = ["text/plain", "text/html", "multipart/mixed", "multipart/alternative", "message/rfc822"]
KINDS += ["multipart/related", "message/partial", "application/pdf", "image/png", "text/", "/", ""]
KINDS += ["text/calendar", "multipart/digest", "message/delivery-status", "application/ms-tnef"]
WAYS = ["base64", "quoted-printable", "x-uuencode", "uuencode", "7bit", "8bit", "binary", "x", ""]
BODIES = ["Hola.", "=C3=B1=", "=ZZ", "begin 644 a\n#86)C\n`\nend\n", "YWJj", "YQ", "====", "\0"]
BODIES += ["<p>Año</p>", "<div>" * 300, "<table><tr><td colspan=9999999>", "<style>", "<!--"]
BODIES += ["<img src='file:///etc/passwd'>", "<meta charset=utf-7>", "<pre>", "<td rowspan=65535>"]
DATES = ["Thu, 99 Foo 99999 25:61:61 +9999", "Fri, 1 Jan 2021 10:00:00 +0100", "(((("]
IN_HEADS = ["a@b.c, ", "<", '"', "(", "\n ", "=?", "ñ", "; x=", "=?utf-8?q?=41?= "]
NAMES = ["../x", "/x", "pages/x.zip", f"pages/{ID}.zip", "original/a", "chunks.arrow", "a\0b"]
VALUES = [None, True, -1, 0, 1, 2**31, 2**63, 1e308, float("nan"), "", "x", "../x", "\0", [], {}]
VALUES += ["\ud800", "x" * 70_000, [[]] * 200, {"": {}}, -0.0, 10**400, "ready", "queued"]


def _often(piece: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda text, times: text * min(times, 1 + LONGEST // (1 + len(text))),
        piece,
        st.sampled_from(TIMES),
    )


def _mixed(pieces: Sequence[str], between: Sequence[str], most: int) -> st.SearchStrategy[str]:
    """Return texts of pieces, each with something between it and the next."""
    piece = st.sampled_from(pieces) | st.sampled_from(STRANGE) | st.text(max_size=6)
    part = st.builds(str.__add__, piece, st.sampled_from(between))
    group = st.lists(part, max_size=6).map("".join)
    joined = st.lists(_often(part) | _often(group), max_size=most).map("".join)
    return joined.map(lambda text: text[:LONGEST])


def answers() -> st.SearchStrategy[str]:
    """Return texts with signs of Markdown and marks of citations anywhere."""
    return _mixed(MARKDOWN.split(), ["", "", " ", "\n", "\n\n", "\n    ", "\t"], 24)


def questions() -> st.SearchStrategy[str]:
    """Return questions in two languages and in none."""
    return _mixed(QUESTION.split(), ["", " ", " ", " ", "\n", "? ", ", "], 12)


def tables() -> st.SearchStrategy[bytes]:
    """Return what may be a table in text, in some encoding."""
    text = _mixed(CELLS.split(), ENDS, 24)
    coded = st.builds(
        lambda text, code: text.encode(code, "replace"), text, st.sampled_from(ENCODINGS)
    )
    return coded | st.builds(bytes.__add__, coded, st.binary(max_size=60))


def emails() -> st.SearchStrategy[bytes]:
    """Return what may be an e-mail, of parts within parts."""
    body = _often(st.sampled_from(BODIES) | st.sampled_from(STRANGE) | st.text(max_size=30))
    leaf = st.builds(_part, st.lists(_heads(), max_size=5), st.lists(body, max_size=3))
    several = functools.partial(
        st.builds, _several, times=st.sampled_from(TIMES), kind=st.sampled_from(KINDS[2:])
    )
    tree = st.recursive(
        leaf, lambda inner: several(parts=st.lists(inner, max_size=4)), max_leaves=8
    )
    made = st.builds(
        lambda text, code: text.encode(code, "replace"), tree, st.sampled_from(["utf-8", "latin-1"])
    )
    return made.map(lambda data: data[:LONGEST]) | st.binary(max_size=200)


def _heads() -> st.SearchStrategy[str]:
    charset = st.sampled_from(CHARSETS)
    kind = '{}; charset={}; boundary=b; name="a.pdf"'.format
    named = "attachment; filename*0*={}''%41; filename*1=b; filename=\"../{}\"".format
    coded = "=?{}?{}?{}?=".format
    values = st.one_of(
        st.builds(kind, st.sampled_from(KINDS), charset),
        st.builds(named, charset, charset),
        st.builds(coded, charset, st.sampled_from("bqBQx"), st.sampled_from(BODIES)),
        st.sampled_from([*WAYS, *DATES]),
        _often(st.sampled_from(IN_HEADS)),
    )
    return st.builds("{}: {}".format, st.sampled_from(HEADS), values)


def _part(heads: Sequence[str], bodies: Sequence[str]) -> str:
    return "\n".join([*heads, "", *bodies])


def _several(parts: Sequence[str], times: int, kind: str) -> str:
    inner = "".join(f"\n--b\n{part}" for part in parts)
    times = min(times, 1 + LONGEST // (1 + len(inner)))
    return f"Content-Type: {kind}; boundary=b\n{inner * times}\n--b--\n"


def tampered(members: Members) -> st.SearchStrategy[Members]:
    """Return the parts of a library's file after some of them were changed."""
    hands = st.integers(0, 2**64 - 1).map(random.Random)
    return st.lists(hands, min_size=1, max_size=3).map(lambda hands: _changed(members, hands))


def _changed(members: Members, hands: Sequence[random.Random]) -> Members:
    made = dict(members)
    for hand in hands:
        change = hand.choice([*[_bytes_changed, _values_changed] * 2, _moved])
        change(made, hand.choice(sorted(made) or ["x"]), hand)
    return made


def _bytes_changed(members: Members, name: str, hand: random.Random) -> None:
    data = bytearray(members.get(name, b""))
    at = hand.randrange(len(data) + 1)
    how = hand.randrange(5)
    if how == 0:
        del data[at:]
    elif how == 1:
        data[at:at] = hand.randbytes(hand.choice([1, 4, 100]))
    elif how == 2:
        data[at : at + 8] = hand.choice([b"\0", b"\xff"]) * 8
    elif how == 3 and data:
        data[at % len(data)] ^= 1 << hand.randrange(8)
    else:
        data[at:at] = data[: hand.choice([10, 1_000, 100_000])]
    members[name] = bytes(data)


def _values_changed(members: Members, name: str, hand: random.Random) -> None:
    """Change a value, wherever it stands in what is written as JSON."""
    try:
        if name.endswith(".zip"):
            inner = members_of_bytes(members[name])
            _values_changed(inner, hand.choice(sorted(inner)), hand)
            members[name] = packed(inner)
        else:
            lines = [json.loads(line) for line in members[name].splitlines()]
            _put(lines, hand)
            members[name] = b"\n".join(json.dumps(line).encode() for line in lines)
    except (
        LookupError,
        ValueError,
        RuntimeError,
        zipfile.BadZipFile,
        zlib.error,
    ):  # it is none any more
        _bytes_changed(members, name, hand)


def _put(value: Any, hand: random.Random) -> None:
    key = hand.choice(list(value) if isinstance(value, dict) else range(len(value)))
    inner = value[key]
    if isinstance(inner, dict | list) and inner and hand.random() < 0.8:
        _put(inner, hand)
    elif hand.random() < 0.1 and isinstance(value, dict):
        del value[key]
    elif hand.random() < 0.1 and isinstance(value, list):
        value.extend([inner] * hand.choice([1, 300]))
    else:
        value[key] = hand.choice([*VALUES, inner, str(inner), [inner]])


def _moved(members: Members, name: str, hand: random.Random) -> None:
    """Give a part another name, twice or never again."""
    members[hand.choice(NAMES)] = members.get(name, b"")
    if hand.random() < 0.5:
        members.pop(name, None)


def spoilt(data: bytes) -> st.SearchStrategy[bytes]:
    """Return a file some of whose bytes were changed."""
    hands = st.integers(0, 2**64 - 1).map(random.Random)
    return st.lists(hands, min_size=1, max_size=4).map(lambda hands: _spoilt(data, hands))


def _spoilt(data: bytes, hands: Sequence[random.Random]) -> bytes:
    made = {"": data}
    for hand in hands:
        _bytes_changed(made, "", hand)
    return made[""]
