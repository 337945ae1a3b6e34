"""The pictures of pages that the window keeps, never more than a screen or two needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtGui import QImage

from desktop_rag.domain.pages import Drawn

MOST_PAGES = 24
MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture, null if the page cannot be drawn, and the width that was asked for."""

    image: QImage
    asked: int


class PageImages:
    """Remembers the pictures that were used last."""

    def __init__(self, most_pages: int = MOST_PAGES, most_bytes: int = MOST_BYTES) -> None:
        self._most_pages = most_pages
        self._most_bytes = most_bytes
        self._images: dict[int, PageImage] = {}

    def __len__(self) -> int:
        return len(self._images)

    def get(self, page: int) -> PageImage | None:
        """Return the picture of a page, of whatever width it is."""
        found = self._images.pop(page, None)
        if found:
            self._images[page] = found
        return found

    def put(self, page: int, image: PageImage, keep: Collection[int]) -> None:
        """Remember a picture; pages in `keep` are never forgotten for it."""
        self._images.pop(page, None)
        self._images[page] = image
        for other in [each for each in self._images if each != page and each not in keep]:
            if len(self._images) <= self._most_pages and self.size <= self._most_bytes:
                return
            del self._images[other]

    @property
    def size(self) -> int:
        """Bytes of all pictures."""
        return sum(each.image.sizeInBytes() for each in self._images.values())

    def clear(self) -> None:
        """Forget everything."""
        self._images.clear()


def image_of(drawn: Drawn) -> QImage:
    """Return drawn pixels as a picture of its own memory, in the format the screen has."""
    if not drawn.possible:
        return QImage()
    borrowed = QImage(
        drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB888
    )
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)
