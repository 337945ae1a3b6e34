"""The comments on the slides of a presentation, of PowerPoint before 2021 and since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop_rag.engines import safe_xml
from desktop_rag.engines.formats import html_blocks

_MOST = 5_000  # on a slide


class SlideComments:
    """Who wrote comments, and what they wrote on each slide."""

    def __init__(self, presentation: Any) -> None:
        self._authors: dict[str, str] = {}
        for kind in ("commentAuthors", "authors"):
            for root in _related(presentation.part, kind):
                for author in root.iter("{*}cmAuthor", "{*}author"):
                    self._authors[author.get("id", "")] = author.get("name", "").strip()

    def blocks(self, slide: Any) -> Iterator[str]:
        """Yield the comments on a slide as notes, the answers below each."""
        for root in _related(slide.part, "comments"):
            for comment in list(root.iter("{*}cm", "{*}reply"))[:_MOST]:
                said = html_blocks.text(_said(comment)).replace("\n", "<br/>")
                author = html_blocks.text(self._authors.get(comment.get("authorId", ""), ""))
                if said:
                    yield html_blocks.block("note", f"{author}: {said}" if author else said)


def _said(comment: Any) -> str:
    old = comment.find("{*}text")
    if old is not None:
        return (old.text or "").strip()
    body = comment.find("{*}txBody")
    paragraphs = body.iter("{*}p") if body is not None else ()
    lines = ("".join(text.text or "" for text in p.iter("{*}t")) for p in paragraphs)
    return "\n".join(lines).strip()


def _related(part: Any, kind: str) -> Iterator[Any]:
    """Yield the roots of the parts of a kind that a part of a presentation names."""
    for relation in part.rels.values():
        if relation.reltype.rpartition("/")[2] == kind and not relation.is_external:
            root = safe_xml.parsed(relation.target_part.blob)
            if root is not None:
                yield root
