"""What was found in a document so far, and which match is the present one."""

from __future__ import annotations

import bisect

from desktop_rag.domain.documents import Box
from desktop_rag.domain.pages import FoundOnPage

Matches = tuple[tuple[Box, ...], ...]


class FindMatches:
    """Matches in the order of the document, whatever the order in which they come."""

    def __init__(self) -> None:
        self.by_page: dict[int, Matches] = {}
        self._order: list[tuple[int, int]] = []
        self.present: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self._order)

    @property
    def place(self) -> int:
        """Which match is the present one, from 1; 0 if none is."""
        return bisect.bisect_left(self._order, self.present) + 1 if self.present else 0

    def add(self, found: FoundOnPage, reading: int) -> None:
        """Add a page; its first match becomes present if none is and it is no earlier page."""
        matches = tuple(match for match in found.matches if match)
        if not matches or found.page in self.by_page:
            return
        self.by_page[found.page] = matches
        at = bisect.bisect_left(self._order, (found.page, 0))
        self._order[at:at] = [(found.page, number) for number in range(len(matches))]
        if self.present is None and found.page >= reading:
            self.present = (found.page, 0)

    def end(self) -> None:
        """Make the first match present if all of them lie before the page being read."""
        if self.present is None and self._order:
            self.present = self._order[0]

    def step(self, by: int) -> None:
        """Go so many matches on, from the last to the first."""
        if self._order:
            at = self.place - 1 if self.present or by > 0 else 0
            self.present = self._order[(at + by) % len(self._order)]
