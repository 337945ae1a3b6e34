"""Takes an e-mail, or what is stored like one, apart: its head, its bodies, what is attached.

The standard library parses it under its older policy: the newer one parses addresses and other
heads by rules whose time grows with the square of their length, and raises on broken ones.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesFeedParser
from pathlib import Path

from desktop_rag.engines.formats import encoding

DAMAGE = (MessageError, binascii.Error)  #: raised for damaged files, among others

_PIECE = 1 << 20  # bytes
_MOST_PARTS = 5_000
_LONGEST_HEAD = 20_000  # characters

Part = Message


def parsed(path: Path) -> Iterator[Part | None]:
    """Read a message; yields None as a sign of life, and at last the message. Raises `OSError`."""
    parser = BytesFeedParser(policy=policy.compat32)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            parser.feed(piece)
            yield None
    yield parser.close()


def head(part: Part, name: str) -> str:
    """Return what a head says, in whatever encoding it is; nothing if there is none."""
    found = next((v for key, v in part.raw_items() if key.lower() == name.lower()), "")
    return " ".join(decoded_head(str(found)[:_LONGEST_HEAD]).split())


def decoded_head(raw: str) -> str:
    """Return what a head says, of RFC 2047 or of bytes that are in no encoding by right.

    >>> decoded_head("=?utf-8?q?Gr=C3=BC=C3=9Fe?= an alle")
    'Grüße an alle'
    """
    if not raw.isascii():
        return encoding.decoded(raw.encode("utf-8", "surrogateescape"))
    try:
        pairs = decode_header(raw)
    except (MessageError, ValueError):
        return raw
    return "".join(
        words if isinstance(words, str) else encoding.decoded_as(words, charset or "us-ascii")
        for words, charset in pairs
    )


def inner(part: Part) -> list[Part]:
    """Return the parts that one of several parts consists of."""
    within = part.get_payload()
    several = isinstance(within, list) and part.get_content_maintype() == "multipart"
    return [one for one in within if isinstance(one, Message)] if several else []


def leaves(message: Part) -> Iterator[Part]:
    """Yield the parts that have none in them, but for messages that are attached; at most 5,000."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        within = inner(part)
        waiting += reversed(within)
        if not within:
            yield part


def file_name(part: Part) -> str:
    """Return what a part is called as a file, nothing if it is none."""
    name = part.get_filename()
    return " ".join(decoded_head(str(name)).split()) if name else ""


def is_attached(part: Part) -> bool:
    """Whether a part stands beside the message: it has a name, or is no text."""
    return bool(file_name(part)) or part.get_content_maintype() != "text"


def data_of(part: Part) -> bytes:
    """Return what a part holds, decoded; of an attached message, the message."""
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"".join(one.as_bytes() for one in inner[:1] if isinstance(one, Message))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def text_of(part: Part) -> str:
    """Return what a part of text says."""
    return encoding.decoded_as(data_of(part), _charset(part) or "utf-8")


def html_of(part: Part) -> str:
    """Return a part of HTML, whose encoding it may also say itself."""
    charset = _charset(part)
    data = data_of(part)
    return encoding.decoded_as(data, charset) if charset else encoding.decoded_html(data)


def _charset(part: Part) -> str:
    return str(part.get_content_charset() or "")
