"""Files of study questions and of what documents name: for Anki, and as tables of CSV.

    .apkg   a deck for Anki, written by genanki
    .csv    questions, or names with their pages; for spreadsheets, so in UTF-8 with its mark

A card is told again by the words that it was made of, and by their document: whoever takes in a
later file of the same document has its cards changed, and none twice.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import html
import io
import itertools
import sqlite3
import time
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.entities import Entity, EntityKind
from desktop_rag.domain.errors import CardsLacking
from desktop_rag.domain.sheets import guarded
from desktop_rag.settings.whole_files import written_whole

_MODEL = 1_736_204_418  # of our notes, in every collection of Anki
_FIELDS = ("Question", "Answer", "Quote", "Document", "Page")
_CSS = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: left; }"
    " blockquote { color: #666; font-size: 16px; margin: 1em 0 0.3em; }"
    " .place { color: #888; font-size: 14px; }"
)
_BACK = (
    "{{FrontSide}}<hr id=answer>{{Answer}}<blockquote>{{Quote}}</blockquote>"
    '<div class="place">{{Document}} · {{Page}}</div>'
)
_LARGEST = 1 << 62


class DeckFormat(StrEnum):
    """A kind of file that study questions go to, by its ending."""

    ANKI = ".apkg"
    CSV = ".csv"


@dataclass(frozen=True, slots=True)
class DeckCard:
    """A question with its answer, and the quoted words of a page that bear it out."""

    question: str
    answer: str
    quote: str
    document: str
    page: str
    origin: DocumentId


def write_cards(cards: Sequence[DeckCard], target: Path, title: str) -> None:
    """Write study questions to a file, by its ending; the deck of Anki has a `title`.

    The file is whole, or not there: it is written beside. Raises `CardsLacking` where there are
    none, `DiskFull` and `PaperUnwritable`.
    """
    if not cards:
        raise CardsLacking
    if target.suffix.lower() == DeckFormat.ANKI:
        with written_whole(target) as part:
            _write_deck(cards, part, title)
    else:
        rows = [(one.question, one.answer, one.quote, one.document, one.page) for one in cards]
        with written_whole(target) as part:
            _write_table([_FIELDS, *rows], part)


def write_names(
    entities: Iterable[Entity],
    target: Path,
    kinds: Mapping[EntityKind, str],
    titles: Mapping[DocumentId, str],
    columns: Sequence[str],
) -> None:
    """Write what documents name as a table: its kind in words, how often, and where.

    `columns` are what the kind, the name, the times, the document and its pages are called; there
    is a row for each document. Raises `DiskFull` and `PaperUnwritable`.
    """
    rows = [tuple(columns)]
    for one in entities:
        pages: dict[DocumentId, list[str]] = {}
        for place in one.places:
            pages.setdefault(place.document, []).append(place.page_label or str(place.page + 1))
        rows += [
            (kinds[one.kind], one.text, str(one.count), titles.get(id_, ""), " ".join(labels))
            for id_, labels in pages.items()
        ]
    with written_whole(target) as part:
        _write_table(rows, part)


def _write_deck(cards: Sequence[DeckCard], target: Path, title: str) -> None:
    import genanki

    template = {"name": "Card", "qfmt": "{{Question}}", "afmt": _BACK}
    fields = [{"name": name} for name in _FIELDS]
    model = genanki.Model(_MODEL, "Desktop RAG", fields=fields, templates=[template], css=_CSS)
    deck = genanki.Deck(_number(title), title)
    for one in cards:
        told = (one.question, one.answer, one.quote, one.document, one.page)
        guid = genanki.guid_for(one.origin, one.quote)
        deck.add_note(genanki.Note(model, [html.escape(text) for text in told], guid=guid))
    now = time.time()
    with contextlib.closing(sqlite3.connect(":memory:")) as db:  # genanki's own file stays behind
        numbers = itertools.count(int(now * 1000))
        genanki.Package(deck).write_to_db(db.cursor(), now, numbers)
        db.commit()
        collection = db.serialize()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", collection)
        archive.writestr("media", "{}")


def _number(title: str) -> int:
    """Return the number of a deck, the same for the same title."""
    digest = hashlib.sha256(title.encode()).digest()
    return int.from_bytes(digest[:8], "big") % _LARGEST // 2**10


def _write_table(rows: Iterable[Sequence[str]], target: Path) -> None:
    made = io.StringIO(newline="")
    csv.writer(made).writerows([guarded(cell) for cell in row] for row in rows)
    target.write_text(made.getvalue(), "utf-8-sig", newline="")
