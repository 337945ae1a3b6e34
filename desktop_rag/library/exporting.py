"""A conversation as Markdown that reads well in any editor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from desktop_rag.library.conversations import Conversation, Turn

SPECIAL = re.compile(r"([\\`*_\[\]<>#])")


def exported(conversation: Conversation, turns: Sequence[Turn], page: str = "p. {label}") -> str:
    """Return a conversation as Markdown: its questions, answers, and what they rest on.

    Sources are read from each turn's payload, which holds a list `sources` of
    `{"number": 1, "title": "…", "page_label": "xiv"}`; `page` says in the
    reader's language where on paper one is.
    """
    parts = [f"# {_plain(conversation.title)}"]
    for turn in turns:
        parts += [f"## {_plain(turn.question)}", turn.answer.strip()]
        parts.append("\n".join(_lines(_sources(turn.payload), page)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(sources: Iterable[dict[str, Any]], page: str) -> Iterable[str]:
    for place, source in enumerate(sources, start=1):
        number, title = source.get("number", place), _plain(str(source.get("title", "")))
        label = _plain(str(source.get("page_label", "")))
        where = ", ".join(part for part in (title, label and page.format(label=label)) if part)
        yield f"{number}. {where}"


def _sources(payload: str) -> list[dict[str, Any]]:
    try:
        content = json.loads(payload)
    except ValueError:
        return []  # an answer without its sources is still worth keeping
    sources = content.get("sources") if isinstance(content, dict) else None
    if not isinstance(sources, list):
        return []
    return [source for source in sources if isinstance(source, dict)]


def _plain(text: str) -> str:
    """Text of others on one line, in which no character means anything to Markdown."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
