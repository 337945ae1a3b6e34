"""Reads PDFs with PyMuPDF: text with a box for every word, labels, contents."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from desktop_rag.domain.bounds import ENTRIES, PAGES
from desktop_rag.domain.documents import Box, Heading, Layer, Line, Outline, Page
from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentEmpty,
    DocumentLocked,
    DocumentMissing,
    DocumentTooLarge,
    DocumentUnreadable,
    DocumentWithoutPages,
    FormNotShown,
    PasswordWrong,
)
from desktop_rag.engines.pdf import comments, forms, layers, legibility, ruled, xfa
from desktop_rag.engines.pdf.labels import Labels, labels_of
from desktop_rag.engines.pdf.lines import Frame, as_seen, placed
from desktop_rag.engines.pdf.markup import clean
from desktop_rag.engines.pdf.metadata import metadata, stated
from desktop_rag.engines.pdf.mupdf import pymupdf
from desktop_rag.engines.pdf.openable import openable
from desktop_rag.engines.pdf.sheets import Sheet, drawn_words, sheet

_CODES = pymupdf.TEXT_USE_CID_FOR_UNKNOWN_UNICODE
_FLAGS = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_LIGATURES & ~_CODES
DAMAGE = (  #: what MuPDF and its bindings raise for damaged files
    pymupdf.mupdf.FzErrorBase,
    RuntimeError,
    ValueError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    UnicodeError,
    RecursionError,
)
_OWN_ENCODING = dict(  # where PDF's own encoding is not Latin-1
    zip(range(0x80, 0xA1), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\x9f€", strict=True)
)
_LEAST_READABLE = 0.5  # of the signs of a page; less is no text but what is between it
WORDS_OF_A_STAMP = 30  #: and of other text on what is a picture
_LEAST_PICTURE = 0.5  # of the page
_LARGE_PICTURE = 0.25  # of the page
_WORDS_ON_A_PICTURE = 5  # more, and it was recognized before

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


@contextlib.contextmanager
def opened(path: Path, password: str = "") -> Iterator[Any]:
    """Open the PDF at `path` with at least one page.

    Raises `DocumentMissing`, `DocumentUnreadable`, `DocumentEmpty`,
    `DocumentBroken`, `DocumentLocked`, `PasswordWrong` or `DocumentWithoutPages`.
    """
    with contextlib.ExitStack() as stack:
        document = stack.enter_context(_file(path, stack))
        try:
            locked = document.needs_pass and not _unlocks(document, password)
            pages = 1 if locked else document.page_count
        except DAMAGE:
            raise DocumentBroken(path.name) from None
        if locked:
            raise (PasswordWrong if password else DocumentLocked)(path.name)
        if pages < 1:
            raise DocumentWithoutPages(path.name)
        if pages > PAGES:
            raise DocumentBroken(path.name)
        try:
            yield document
        except (DocumentBroken, FormNotShown) as error:
            raise type(error)(path.name) from None  # MuPDF may know it by another name


def _file(path: Path, stack: contextlib.ExitStack) -> Any:
    try:
        path.open("rb").close()  # MuPDF does not tell a closed file from a broken one
        return pymupdf.open(stack.enter_context(openable(path)), filetype="pdf")
    except pymupdf.EmptyFileError:
        raise DocumentEmpty(path.name) from None
    except FileNotFoundError:
        raise DocumentMissing(path.name) from None
    except OSError:
        raise DocumentUnreadable(path.name) from None
    except DAMAGE:
        raise DocumentBroken(path.name) from None


def _unlocks(document: Any, password: str) -> bool:
    """Try a password, and what other programs may have made of it when they locked the file."""
    tries = [unicodedata.normalize(form, password) for form in ("NFC", "NFD", "NFKC")]
    with contextlib.suppress(UnicodeError):  # lone surrogates
        as_bytes = password.encode().decode("latin-1")  # UTF-8 where PDF has its own encoding
        tries += [password, as_bytes.translate(_OWN_ENCODING)]
        return any(document.authenticate(one) for one in dict.fromkeys(tries))
    return False


def outline(document: Any) -> Outline:
    """Return the table of contents and what else the file states of itself.

    Of a table that is damaged or endless, at most the first 5,000 entries. Raises what is in
    `DAMAGE` if not even the number of pages can be had.
    """
    said = metadata(document, DAMAGE)
    contents: list[Heading] = []
    with contextlib.suppress(*DAMAGE):
        for level, entry in itertools.islice(_entries(document.outline), ENTRIES):
            title = " ".join(clean(entry.title or " ").split())
            contents.append(Heading(level, title, max(0, _page_of(document, entry))))
    return Outline(
        said.title,
        document.page_count,
        tuple(contents),
        author=said.author,
        date=said.date,
        subject=said.subject,
        stated=stated(document, DAMAGE),
    )


def _entries(first: Any) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a table of contents, however many and deep, each with its level.

    PyMuPDF's own way through them ends when all are known, and in an error where they are deep.
    """
    waiting = [(1, first)]
    while waiting:
        level, entry = waiting.pop()
        if entry is not None and entry.this.m_internal:
            yield level, entry
            waiting += [(level, entry.next), (level + 1, entry.down)]


def _page_of(document: Any, entry: Any) -> int:
    """Return the page that an entry leads to, counted from 0; less where it leads to none."""
    if entry.is_external or not entry.uri:
        return -1
    if entry.page != -1:
        return int(entry.page)
    return int(document.resolve_link(entry.uri)[0])


def pages(document: Any, skip: Collection[int] = (), *, pictures: bool = False) -> Iterator[Page]:
    """Yield every page in order; one that cannot be read, or is in `skip`, is damaged.

    Sizes are points, boxes fractions of the page as displayed. With `pictures`, pages of text
    wait for recognition if they show a large picture. Raises `DocumentBroken` at the end if
    none could be read, `DocumentTooLarge` if that was for want of memory, and `FormNotShown` of a
    form that nobody here can read.
    """
    about = _about(document)._replace(pictures=pictures)
    damaged, exhausted = 0, False
    for number in range(document.page_count):
        page = None
        if number not in skip:
            try:
                page = _loaded(document, number, about)
            except DAMAGE as error:
                exhausted |= _exhausted(error)
        damaged += page is None
        yield page or Page(number, str(number + 1), 0.0, 0.0)
    if damaged == document.page_count:
        raise (DocumentTooLarge if exhausted else DocumentBroken)(Path(document.name).name)


def _exhausted(error: Exception) -> bool:
    """Tell whether there was no memory left; PyMuPDF passes some errors on as words alone."""
    code = f"code={pymupdf.mupdf.FZ_ERROR_SYSTEM}:"
    return isinstance(error, pymupdf.mupdf.FzErrorSystem) or str(error).startswith(code)


def page(document: Any, number: int) -> Page:
    """Return one page, which is damaged if it cannot be read; `number` counts from 0.

    Raises `FormNotShown`.
    """
    with contextlib.suppress(*DAMAGE):
        return _loaded(document, number, _about(document))
    return Page(number, str(number + 1), 0.0, 0.0)


class _About(NamedTuple):
    """What to know before pages are read: `unseen` layers, and whether `pictures` are wanted."""

    labels: Labels
    unseen: Sequence[int]
    pictures: bool = False


def _about(document: Any) -> _About:
    unseen: Sequence[int] = ()
    with contextlib.suppress(*DAMAGE):
        unseen = layers.switched_off(document)
    return _About(labels_of(document, DAMAGE), unseen)


def _loaded(document: Any, number: int, about: _About) -> Page:
    page = document[number]
    found = _page(page, number, about)
    if about.pictures and not found.unread and large_pictures(page, found.lines):
        found = dataclasses.replace(found, unread=True)
    return _form(document, found) if number == 0 else found


def _unseen(
    page: Any, found: Sheet, lines: Sequence[Line], unseen: Sequence[int]
) -> tuple[Line, ...]:
    """Return what `lines` of a page lack: what is on layers that are not shown."""
    with layers.shown(page.parent, unseen):
        if drawn_words(page, _FLAGS) == found.words:
            return ()
        more, _ = _lines(page, sheet(page, _FLAGS), _frame(page))
    return layers.added(lines, more)


def _form(document: Any, found: Page) -> Page:
    """Return the first page, or the form that it only stands for."""
    if not found.lines or not xfa.waits(document, words_of(found.lines)):
        return found
    lines = xfa.lines(document)
    if not lines:
        raise FormNotShown(Path(document.name).name)
    return dataclasses.replace(found, lines=lines, picture=False, unread=False)


def _page(page: Any, number: int, about: _About) -> Page:
    rect = page.rect
    label = about.labels.of(number)
    if rect.is_empty or rect.is_infinite:
        return Page(number, label, 0.0, 0.0)
    frame = _frame(page)
    found = sheet(page, _FLAGS)
    lines, garbage = _lines(page, found, frame)
    seen = [line for line in lines if line.layer is Layer.BODY]
    picture = not seen and not garbage and _shows_something(page)
    unread = picture or garbage or _below_a_picture(page, seen)
    if found.crossed:
        lines = ruled.with_cells(page, frame, lines)
    if page.first_widget:
        lines = forms.filled(page, frame, lines)
    if page.first_annot:
        lines += comments.notes(page, frame, lines)
    if about.unseen:
        lines += _unseen(page, found, lines, about.unseen)
    return Page(number, label, rect.width, rect.height, lines, picture, unread)


def _frame(page: Any) -> Frame:
    rect = page.rect
    return Frame(rect.width, rect.height, page.rotation_matrix if page.rotation else None)


def _lines(page: Any, found: Sheet, frame: Frame) -> tuple[tuple[Line, ...], bool]:
    """Return the lines of a page, and whether there is garbage among them.

    Signs whose meaning the file does not say are first asked for as such. Their bare codes
    are taken for letters only if what comes of it looks like words.
    """
    lines = said = as_seen(page, found, frame)
    words = words_of(said)
    text = " ".join(words)
    meaningless = legibility.meaningless(text)
    if legibility.REPLACEMENT in text:
        lines = as_seen(page, sheet(page, _FLAGS | _CODES), frame)
        unsaid = Counter(words_of(lines)) - Counter(words)
        meaningless = meaningless and not legibility.trusted(unsaid.elements())
    if meaningless:
        return _readable(said), True
    return lines, legibility.unspeakable(words if lines is said else words_of(lines))


def _readable(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines without the words that mean nothing; none if those are the greater part."""
    found = []
    for line in lines:
        words = tuple(word for word in line.words if legibility.readable(word.text))
        if words:
            found.append(line._replace(words=words))
    left, all_ = (sum(map(len, words_of(some))) for some in (found, lines))
    return tuple(found) if left > _LEAST_READABLE * all_ else ()


def words_of(lines: Iterable[Line]) -> list[str]:
    """Return the words of lines, in order."""
    return [word.text for line in lines for word in line.words]


def _below_a_picture(page: Any, lines: Sequence[Line]) -> bool:
    """Whether a page with a few words, such as a stamp, is a picture for the most part."""
    if not lines or sum(len(line.words) for line in lines) > WORDS_OF_A_STAMP:
        return False
    least = _LEAST_PICTURE * abs(page.rect)
    return any("image" in kind and abs(box & page.rect) >= least for kind, box in _drawn(page))


def large_pictures(page: Any, lines: Sequence[Line]) -> list[Box]:
    """Return where a page shows pictures of a quarter of it or more, without words on them.

    Boxes are fractions of the page. Raises what is in `DAMAGE`.
    """
    if not page.get_images():
        return []
    frame = _frame(page)
    boxes = [placed(tuple(box), frame)[0] for kind, box in _drawn(page) if "image" in kind]
    words = [word.box for line in lines for word in line.words]
    return [
        box
        for box in boxes
        if (box.x1 - box.x0) * (box.y1 - box.y0) >= _LARGE_PICTURE
        and sum(holds(box, word) for word in words) < _WORDS_ON_A_PICTURE
    ]


def holds(box: Box, word: Box) -> bool:
    """Whether the middle of a word lies in a box."""
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _shows_something(page: Any) -> bool:
    drawn = any("text" not in kind for kind, _ in _drawn(page))
    return drawn or bool(page.get_images())


def _drawn(page: Any) -> Iterator[tuple[str, Any]]:
    for kind, box, *_ in page.get_bboxlog():
        yield kind, pymupdf.Rect(box)
