"""Where the words of pages stand, as far as that is known, and which of them are marked."""

from __future__ import annotations

from desktop_rag.domain.documents import Box
from desktop_rag.gui.reader.page_selection import Selection, Spot, text_of

_KEPT = 40  # pages

Words = tuple[tuple[str, Box], ...]


class MarkedWords:
    """The words of the pages that were looked at lately, and what was marked of them."""

    def __init__(self) -> None:
        self._words: dict[int, Words] = {}
        self._asked: set[int] = set()
        self._whole_page: int | None = None  # to be marked once its words are known
        self.selection: Selection | None = None

    def clear(self) -> None:
        """Know nothing, as of another document."""
        self._words.clear()
        self._asked.clear()
        self.mark(None)

    def of(self, page: int) -> Words:
        """Return the words of a page, none where they are not known."""
        return self._words.get(page, ())

    def lacks(self, page: int) -> bool:
        """Whether the words of a page are to be asked for; says so once."""
        if page in self._words or page in self._asked:
            return False
        self._asked.add(page)
        return True

    def put(self, page: int, words: Words) -> bool:
        """Learn the words of a page; return whether it is to be marked as a whole."""
        self._asked.discard(page)
        self._words[page] = words
        marked = self.selection.pages if self.selection else range(0)
        for old in [each for each in self._words if each not in marked][:-_KEPT]:
            del self._words[old]
        return page == self._whole_page

    def mark(self, selection: Selection | None) -> None:
        """Mark what lies between two spots."""
        self.selection = selection
        self._whole_page = None

    def whole(self, page: int) -> Selection | None:
        """Return what marks all of a page, or remember that it is to be marked when it can be."""
        page = page if self._whole_page is None else self._whole_page
        words = self.of(page)
        self._whole_page = None if words else page
        if not words:
            return None
        return Selection(_middle(page, words[0][1]), _middle(page, words[-1][1]))

    def boxes(self, page: int) -> tuple[Box, ...]:
        """Return where on a page something is marked."""
        return tuple(box for _, box in self._marked(page))

    @property
    def text(self) -> str:
        """What is marked, as text."""
        pages = self.selection.pages if self.selection else ()
        texts = (text_of(self._marked(page)) for page in pages)
        return "\n".join(text for text in texts if text)

    def _marked(self, page: int) -> Words:
        if self.selection is None:
            return ()
        words = self.of(page)
        marked = self.selection.words(page, words)
        return words[marked.start : marked.stop]


def _middle(page: int, box: Box) -> Spot:
    return Spot(page, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
