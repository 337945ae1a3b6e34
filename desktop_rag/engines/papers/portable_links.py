"""Where marks, notes and addresses stand on the pages of a PDF, and what leads where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from desktop_rag.engines.pdf.mupdf import pymupdf

_SAME_LINE = 2.0  # points, by which what stands on a line may differ in height
_GAP = 8.0  # points between words of a link


class LinkArea(NamedTuple):
    """A rectangle on a page, in points from its top."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Link:
    """What is pressed, and where it leads: an address, or #name in the paper itself."""

    page: int
    area: LinkArea
    target: str


@dataclass(slots=True)
class Places:
    """The links of a paper, and its named places, each with its page and its height on it."""

    links: list[Link] = field(default_factory=list)
    named: dict[str, tuple[int, float]] = field(default_factory=dict)

    def note(self, story: Any, page: int) -> None:
        """Take note of what was placed last of a story, which is on this page."""

        def note(place: Any) -> None:
            if place.id and place.id not in self.named:
                self.named[place.id] = page, place.rect[1]
            if place.href:
                self._link(page, LinkArea(*place.rect), place.href)

        story.element_positions(note)

    def put_in(self, document: Any) -> None:
        """Make the links of a document what they are to be."""
        pages: dict[int, list[Link]] = {}
        for link in self.links:
            pages.setdefault(link.page, []).append(link)
        for number, links in pages.items():
            page = document[number]
            for link in links:
                if made := self._made(link):
                    page.insert_link(made)

    def _link(self, page: int, area: LinkArea, target: str) -> None:
        """Note a link; what comes word by word is one of each line."""
        last = self.links[-1] if self.links else None
        beside = (
            last is not None
            and (last.page, last.target) == (page, target)
            and abs(last.area.y0 - area.y0) < _SAME_LINE
            and area.x0 - last.area.x1 < _GAP
        )
        if last and beside:
            last.area = LinkArea(
                min(last.area.x0, area.x0),
                min(last.area.y0, area.y0),
                max(last.area.x1, area.x1),
                max(last.area.y1, area.y1),
            )
        elif area.x1 > area.x0:
            self.links.append(Link(page, area, target))

    def _made(self, link: Link) -> dict[str, Any] | None:
        where = {"from": pymupdf.Rect(*link.area)}
        if not link.target.startswith("#"):
            return where | {"kind": pymupdf.LINK_URI, "uri": link.target}
        place = self.named.get(link.target[1:])
        if place is None:
            return None
        to = pymupdf.Point(0, place[1])
        return where | {"kind": pymupdf.LINK_GOTO, "page": place[0], "to": to}
