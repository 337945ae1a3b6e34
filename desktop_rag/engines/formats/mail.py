"""Reads e-mail: who wrote what to whom and when, and the better one of its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.engines.formats import (
    html_blocks,
    message_parts,
    pdf_writer,
    text_blocks,
    web_page,
)
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.message_parts import Part

DAMAGE = message_parts.DAMAGE  #: raised for damaged files, among others

_HEADS = ("From", "To", "Cc", "Date")
_POOR = 0.6  # of the words of the plain text, less than which no HTML is the better one
_TAGS = re.compile(
    r"<(?:style|script|head)\b.*?</(?:style|script|head)>|<[^>]{0,2000}>", re.I | re.S
)


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write an e-mail to a PDF; see `engines.formats`."""
    for message in message_parts.parsed(path):
        if message is None:
            yield 0, 0
        else:
            yield from pdf_writer.converted(*of_message(message), target)


def of_message(message: Part) -> tuple[str, Iterator[HtmlFragment]]:
    """Return what a message is about, and its head, its text, and the names of what is attached.

    Raises what is in `DAMAGE` while the second is gone through.
    """
    return message_parts.head(message, "Subject"), _fragments(message)


def _fragments(message: Part) -> Iterator[HtmlFragment]:
    yield from html_blocks.flows(_head(message))
    for part in _bodies(message):
        if _is_rich(part):
            yield from web_page.of_source(message_parts.html_of(part))[1]
        else:
            source = text_blocks.unified(_unwrapped(part))
            yield from html_blocks.flows(text_blocks.preformatted(source))
    names = filter(None, map(message_parts.file_name, message_parts.leaves(message)))
    items = "".join(f"<li>{html_blocks.text(name)}</li>" for name in names)
    if items:
        yield HtmlFragment(f"<ul>{items}</ul>")


def _head(message: Part) -> Iterator[str]:
    subject = message_parts.head(message, "Subject")
    if subject:
        yield html_blocks.heading(1, html_blocks.text(subject))
    for name in _HEADS:
        said = message_parts.head(message, name)
        if said:
            yield f"<p><b>{name}:</b> {html_blocks.text(said)}</p>"


def _bodies(part: Part) -> list[Part]:
    """Return the texts of a message; of those that say the same, the better one."""
    if part.get_content_maintype() != "multipart":
        return [] if message_parts.is_attached(part) else [part]
    within = list(map(_bodies, message_parts.inner(part)))
    if part.get_content_subtype() != "alternative":
        return [text for texts in within for text in texts]
    plain = next((texts for texts in within if texts and not any(map(_is_rich, texts))), [])
    rich = next((texts for texts in reversed(within) if any(map(_is_rich, texts))), [])
    poor = sum(map(_words, rich)) < _POOR * sum(map(_words, plain))
    return plain if poor or not rich else rich


def _is_rich(part: Part) -> bool:
    return part.get_content_type() == "text/html"


def _words(part: Part) -> int:
    text = message_parts.text_of(part)
    return len((_TAGS.sub(" ", text) if _is_rich(part) else text).split())


def _unwrapped(part: Part) -> str:
    """Return a plain text, whose lines are joined where it says that they flow (RFC 3676)."""
    text = message_parts.text_of(part).replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    kept = re.sub(r"(?m)^ (?=[ >]|From )", "", text)
    between = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    return re.sub(r"(?<!^--)(?<!\n--) \n(?![>\n])", between, kept)
