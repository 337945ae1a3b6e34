"""Tells the printed numbers of pages, which a file gives in ranges (ISO 32000-1, 12.4.2)."""

from __future__ import annotations

import bisect
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop_rag.engines.pdf.markup import clean
from desktop_rag.engines.pdf.mupdf import pymupdf

_MOST_SIGNS = 100  # of one label: a hostile range begins at MMMMM…


@dataclass(frozen=True, slots=True)
class Labels:
    """The ranges of a document, each from its first page on: read once, as they may be many."""

    ranges: Sequence[tuple[int, str]] = ()

    def of(self, number: int) -> str:
        """Return the label of a page, its place from 1 where it has none; raises nothing."""
        at = bisect.bisect_right(self.ranges, number, key=lambda one: one[0])
        label = ""
        with contextlib.suppress(ValueError, IndexError, OverflowError):
            given = pymupdf.utils.get_label_pno(number, self.ranges[max(0, at - 1) : at])
            label = " ".join(clean(given[:_MOST_SIGNS]).split())
        return label or str(number + 1)


def labels_of(document: Any, damage: tuple[type[BaseException], ...]) -> Labels:
    """Return the labels of a document's pages, none where they are damaged in a way of `damage`."""
    with contextlib.suppress(*damage):
        return Labels(sorted(document._get_page_labels()))  # noqa: SLF001 - each label asks it anew
    return Labels()
