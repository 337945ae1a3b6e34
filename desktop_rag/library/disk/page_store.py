"""What was read from each document: one ZIP file of JSON, a member for each page.

    pages/ab/abcdef….zip
      outline.json      title, contents, number of pages
      0.json, 1.json …  label, size, lines of words with their boxes, layers and roles
      left.json         which pages wait for recognition, and which could not be read
    pages/ab/abcdef….ocr/
      7.json            a page that was recognized, until it is bound into the ZIP file

A file appears whole or not at all, also where several processes recognize pages of one
document. A page that was recognized counts for the one that was read, bound or not.
Boxes are kept in 65,535ths of the page, and text without
what is no character, all of it within `domain.bounds`: whoever takes a page from here may
store or export it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NamedTuple

from desktop_rag.domain.bounds import bounded_outline, bounded_page
from desktop_rag.domain.documents import (
    Box,
    DocumentId,
    Heading,
    Layer,
    Line,
    Outline,
    Page,
    Role,
    RoleKind,
    Word,
)
from desktop_rag.domain.limits import Cut, CutUnit
from desktop_rag.domain.references import ReferenceField
from desktop_rag.domain.unicode_text import storable
from desktop_rag.settings.paths import reported

UNITS = 65_535  #: a box's fractions are kept as whole numbers of this many parts

FORMAT = 2  #: of the members, and of how they are read; older ones are read again
_READABLE = range(1, FORMAT + 1)  # older ones still serve where the file is gone
_DAMAGE = (  # what zipfile and json raise for a damaged file
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)


class UnreadPages(NamedTuple):
    """Pages, counted from 0, that wait for recognition, and those that could not be read."""

    unread: tuple[int, ...] = ()
    damaged: tuple[int, ...] = ()


def place(folder: Path, document: DocumentId) -> Path:
    """Return where the pages of `document` are kept."""
    return folder / document[:2] / f"{document}.zip"


def unfinished(target: Path) -> Path:
    """Return where this process may write what will become `target`; see `tidy`."""
    return target.with_suffix(f".{os.getpid()}.part")


def stamp(folder: Path, document: DocumentId) -> tuple[int, ...]:
    """Return what is another one once pages were kept, recognized or bound since."""
    places = (place(folder, document), _kept_folder(folder, document))
    return tuple(path.stat().st_mtime_ns for path in places if path.exists())


def tidy(folder: Path) -> None:
    """Remove what processes that are no more left unfinished in the folders below."""
    with contextlib.suppress(OSError):
        for left in (*folder.glob("*/*.part"), *folder.glob("*/*.ocr/*.part")):
            import psutil  # only here: nearly always nothing is left, and a reader starts sooner

            number = left.name.split(".")[-2].partition("-")[0]
            if not (number.isdecimal() and psutil.pid_exists(int(number))):
                left.unlink(missing_ok=True)


def save(
    folder: Path,
    document: DocumentId,
    outline: Outline,
    pages: Iterable[Page],
    form: int = FORMAT,
) -> Iterator[Page]:
    """Keep the pages of a document, yielding each once it is written.

    It was cut where there are fewer than its outline says. What was kept before stays until the
    last page. Raises `DiskFull`.
    """
    with replacing(folder, document) as put:
        yield from _written(put, outline, pages, form)


def write(
    file: IO[bytes], outline: Outline, pages: Iterable[Page], form: int = FORMAT
) -> Iterator[Page]:
    """Write the pages of a document as `save` does, into a file that is open."""
    with packed(file) as put:
        yield from _written(put, outline, pages, form)


def _written(
    put: Callable[[str, bytes], None], outline: Outline, pages: Iterable[Page], form: int
) -> Iterator[Page]:
    left: dict[str, list[int]] = {"unread": [], "damaged": []}
    count = 0
    for page in pages:
        put(f"{page.number}.json", _json(_page_values(page)))
        for kind, numbers in left.items():
            if getattr(page, kind):
                numbers.append(page.number)
        count += 1
        yield page
    if count < outline.pages:
        outline = _shortened(outline, count)
    put("outline.json", _json(_outline_values(outline) | {"format": form}))
    put("left.json", _json(left))


def _json(values: object) -> bytes:
    return json.dumps(values).encode("ascii")


def load(
    folder: Path, document: DocumentId, most: int | None = None
) -> tuple[Outline, list[Page]] | None:
    """Return what was read from a document, or nothing if it has to be read again.

    Of its pages, at most the first few where these are enough. It may have been an older version
    that read them, which `form` tells.
    """
    try:
        with zipfile.ZipFile(place(folder, document)) as file:
            values = json.loads(file.read("outline.json"))
            if values["format"] not in _READABLE:
                return None
            outline = _outline(values)
            count = outline.pages if most is None else min(most, outline.pages)
            pages = [_page(n, json.loads(file.read(f"{n}.json"))) for n in range(count)]
    except _DAMAGE:
        return None
    for number in _kept_numbers(folder, document):
        page = kept(folder, document, number)
        if page and number < len(pages):
            pages[number] = page
    return outline, pages


def sound(folder: Path, document: DocumentId, since: float = 0.0) -> bool:
    """Whether the pages of a document can be read, as far as that is seen at a glance.

    What was written `since`, in seconds since 1970, is looked through whole: all checksums.
    """
    path = place(folder, document)
    try:
        with zipfile.ZipFile(path) as file:
            values = json.loads(file.read("outline.json"))
            members = {f"{number}.json" for number in range(values["pages"])}
            whole = members <= set(file.namelist())
            return whole and not (written_since(path, since) and file.testzip())
    except _DAMAGE:
        return False


def written_since(path: Path, since: float) -> bool:
    """Whether a file was written, or came to its place, after some time. Raises `OSError`."""
    written = path.stat()
    return max(written.st_mtime, written.st_ctime) >= since


def form(folder: Path, document: DocumentId) -> int:
    """Return the `FORMAT` of the version that read a document, 0 if it has to be read again."""
    try:
        with zipfile.ZipFile(place(folder, document)) as file:
            found = json.loads(file.read("outline.json"))["format"]
    except _DAMAGE:
        return 0
    return found if found in _READABLE else 0


def left(folder: Path, document: DocumentId) -> UnreadPages:
    """Return what there is left to do of a document that was read; nothing if it was not."""
    try:
        with zipfile.ZipFile(place(folder, document)) as file:
            values = json.loads(file.read("left.json"))
        unread, damaged = (frozenset(map(int, values[kind])) for kind in UnreadPages._fields)
    except KeyError:  # an older version wrote it
        _, pages = load(folder, document) or (None, [])
        unread = frozenset(page.number for page in pages if page.unread)
        damaged = frozenset(page.number for page in pages if page.damaged)
    except _DAMAGE:
        return UnreadPages()
    found = {n: kept(folder, document, n) for n in _kept_numbers(folder, document)}
    damaged |= {number for number, page in found.items() if page and page.damaged}
    unread -= {number for number, page in found.items() if page}
    return UnreadPages(tuple(sorted(unread)), tuple(sorted(damaged)))


def keep(folder: Path, document: DocumentId, page: Page) -> None:
    """Keep a page that was recognized by itself. Raises `DiskFull`."""
    target = _kept_folder(folder, document) / f"{page.number}.json"
    part = unfinished(target)
    with reported(folder):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            part.write_text(json.dumps(_page_values(page)), "ascii")
            os.replace(part, target)  # noqa: PTH105 - the only atomic one, by name
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def kept(folder: Path, document: DocumentId, number: int) -> Page | None:
    """Return a recognized page that waits to be bound, if it is there."""
    try:
        text = (_kept_folder(folder, document) / f"{number}.json").read_text("ascii")
        return _page(number, json.loads(text))
    except _DAMAGE:
        return None


def unbound(folder: Path, document: DocumentId) -> frozenset[int]:
    """Return the pages that were recognized and wait to be bound, counted from 0."""
    return frozenset(_kept_numbers(folder, document))


def bind(folder: Path, document: DocumentId) -> None:
    """Put recognized pages among those that were read, unless that has to be done again first.

    It may break off at any point: what is bound already is bound again. Raises `DiskFull`.
    """
    numbers = _kept_numbers(folder, document)
    loaded = load(folder, document) if numbers else None
    if not loaded:
        return
    for _ in save(folder, document, *loaded, form(folder, document)):
        pass
    with reported(folder):
        for number in numbers:
            (_kept_folder(folder, document) / f"{number}.json").unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # one was kept meanwhile
        _kept_folder(folder, document).rmdir()


def quality(pages: Iterable[Page]) -> float | None:
    """Return the share of known words in all that was recognized, if anything was."""
    known = total = 0.0
    for page in pages:
        if page.quality is not None:
            words = sum(len(line.words) for line in page.lines)
            known += page.quality * words
            total += words
    return known / total if total else None


def page_count(folder: Path, document: DocumentId) -> int:
    """Return how many pages were read from a document, 0 if it has to be read again."""
    try:
        with zipfile.ZipFile(place(folder, document)) as file:
            return int(json.loads(file.read("outline.json"))["pages"])
    except _DAMAGE:
        return 0


def remove(folder: Path, documents: Iterable[DocumentId]) -> None:
    """Forget the pages of these documents."""
    for document in documents:
        with reported(folder):
            place(folder, document).unlink(missing_ok=True)
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(_kept_folder(folder, document))


@contextlib.contextmanager
def replacing(folder: Path, document: DocumentId) -> Iterator[Callable[[str, bytes], None]]:
    """Give what puts members into a ZIP file that takes a document's place if all goes well."""
    target = place(folder, document)
    part = unfinished(target)
    with reported(folder):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with part.open("wb") as file, packed(file) as put:
                yield put
            os.replace(part, target)  # noqa: PTH105 - the only atomic one, by name
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


@contextlib.contextmanager
def packed(file: IO[bytes]) -> Iterator[Callable[[str, bytes], None]]:
    """Give what puts members into a ZIP file, none of which says when that was."""
    with zipfile.ZipFile(file, "w") as made:

        def put(name: str, content: bytes) -> None:
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 1)

        yield put


def _kept_folder(folder: Path, document: DocumentId) -> Path:
    return place(folder, document).with_suffix(".ocr")


def _kept_numbers(folder: Path, document: DocumentId) -> list[int]:
    files = _kept_folder(folder, document).glob("*.json")  # none if there is no such folder
    return sorted(int(file.stem) for file in files if file.stem.isdecimal())


def _shortened(outline: Outline, pages: int) -> Outline:
    contents = tuple(entry for entry in outline.contents if entry.page < pages)
    return replace(outline, pages=pages, contents=contents, cut=Cut(CutUnit.PAGES, pages))


def _outline_values(given: Outline) -> dict[str, Any]:
    outline = bounded_outline(given)
    return {
        "title": storable(outline.title),
        "pages": outline.pages,
        "contents": [[one.level, storable(one.title), one.page] for one in outline.contents],
        "said": [storable(said) for said in (outline.author, outline.date, outline.subject)],
        "stated": [[which, storable(text)] for which, text in outline.stated],
    } | ({"cut": [*outline.cut]} if outline.cut else {})


def _outline(values: dict[str, Any]) -> Outline:
    contents = tuple(Heading(*entry) for entry in values["contents"])
    author, date, subject = values.get("said", ("", "", ""))  # of which older versions knew none
    unit, taken = values.get("cut") or (None, 0)
    cut = Cut(CutUnit(unit), int(taken)) if unit else None
    stated = tuple(
        (ReferenceField(which), text)
        for which, text in values.get("stated", ())
        if which in set(ReferenceField)  # others are a newer version's
    )
    return Outline(values["title"], values["pages"], contents, author, date, subject, cut, stated)


def _page_values(given: Page) -> dict[str, Any]:
    page = bounded_page(given)
    return {
        "label": storable(page.label),
        "width": page.width,
        "height": page.height,
        "picture": page.picture,
        "unread": page.unread,
        "quality": page.quality,
        "lines": [
            [
                line.block,
                line.size,
                int(line.bold),
                [storable(word.text) for word in line.words],
                [int(edge * UNITS + 0.5) for _, box in line.words for edge in box],
                *_line_extras(line),
            ]
            for line in page.lines
        ],
    }


def _page(number: int, values: dict[str, Any]) -> Page:
    lines = tuple(_line(*line) for line in values["lines"])
    size = values["width"], values["height"]
    picture = values["picture"]
    unread = values.get("unread", picture and not lines)  # as versions before recognition had it
    return Page(number, values["label"], *size, lines, picture, unread, values.get("quality"))


def _line_extras(line: Line) -> list[Any]:
    """Return what few lines have: the layer, whether it is glued, the role as numbers."""
    role = [int(value) for value in line.role] if line.role else []
    extras = [str(line.layer), int(line.glued), *role]
    return extras if extras != [str(Layer.BODY), 0] else []


def _line(
    block: int, size: float, bold: int, texts: list[str], edges: list[int], *extras: Any
) -> Line:
    if len(edges) != 4 * len(texts):
        raise ValueError(len(edges))
    fractions = iter([edge / UNITS for edge in edges])
    boxes = map(Box, fractions, fractions, fractions, fractions)
    words = tuple(map(Word, texts, boxes))
    if not extras:
        return Line(block, size, bool(bold), words)
    layer, glued, *role = extras
    return Line(block, size, bool(bold), words, Layer(layer), bool(glued), _role(*role))


def _role(*values: int) -> Role | None:
    if not values:
        return None
    kind, level, row, column, across, head = values
    return Role(RoleKind(kind), level, row, column, across, bool(head))
