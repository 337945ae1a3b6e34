"""Reads PDFs with PyMuPDF: text with a box for every word, labels, contents."""

from __future__ import annotations

import contextlib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop_rag.domain.documents import Heading, Line, Outline, Page
from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentEmpty,
    DocumentLocked,
    DocumentMissing,
    DocumentUnreadable,
    DocumentWithoutPages,
    PasswordWrong,
)
from desktop_rag.engines.pdf import legibility
from desktop_rag.engines.pdf.lines import Frame, as_seen
from desktop_rag.engines.pdf.mupdf import pymupdf

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
_MAX_CONTENTS = 5_000  # a hostile table of contents can be endless
_LEAST_READABLE = 0.5  # of the signs of a page; less is no text but what is between it
_WORDS_OF_A_STAMP = 30
_LEAST_PICTURE = 0.5  # of the page

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


@contextlib.contextmanager
def opened(path: Path, password: str = "") -> Iterator[Any]:
    """Open the PDF at `path` with at least one page.

    Raises `DocumentMissing`, `DocumentUnreadable`, `DocumentEmpty`,
    `DocumentBroken`, `DocumentLocked`, `PasswordWrong` or `DocumentWithoutPages`.
    """
    try:
        path.open("rb").close()  # MuPDF does not tell a closed file from a broken one
        document = pymupdf.open(path, filetype="pdf")
    except pymupdf.EmptyFileError:
        raise DocumentEmpty(path.name) from None
    except FileNotFoundError:
        raise DocumentMissing(path.name) from None
    except OSError:
        raise DocumentUnreadable(path.name) from None
    except DAMAGE:
        raise DocumentBroken(path.name) from None
    with document:
        try:
            locked = document.needs_pass and not _unlocks(document, password)
            pages = 1 if locked else document.page_count
        except DAMAGE:
            raise DocumentBroken(path.name) from None
        if locked:
            raise (PasswordWrong if password else DocumentLocked)(path.name)
        if pages < 1:
            raise DocumentWithoutPages(path.name)
        yield document


def _unlocks(document: Any, password: str) -> bool:
    """Try a password, and what other programs may have made of it when they locked the file."""
    tries = [unicodedata.normalize(form, password) for form in ("NFC", "NFD", "NFKC")]
    with contextlib.suppress(UnicodeError):  # lone surrogates
        as_bytes = password.encode().decode("latin-1")  # UTF-8 where PDF has its own encoding
        tries += [password, as_bytes.translate(_OWN_ENCODING)]
        return any(document.authenticate(one) for one in dict.fromkeys(tries))
    return False


def outline(document: Any) -> Outline:
    """Return the title and table of contents that the file states, cleaned of neither.

    Of a table that is damaged or endless, at most the first 5,000 entries. Raises what is in
    `DAMAGE` if not even the number of pages can be had.
    """
    title = str((document.metadata or {}).get("title") or "").strip()
    contents: list[Heading] = []
    with contextlib.suppress(*DAMAGE):
        for level, text, page, *_ in document.get_toc()[:_MAX_CONTENTS]:
            contents.append(Heading(level, " ".join(text.split()), max(0, page - 1)))
    return Outline(title, document.page_count, tuple(contents))


def pages(document: Any, skip: Collection[int] = ()) -> Iterator[Page]:
    """Yield every page in order; one that cannot be read, or is in `skip`, is damaged.

    Sizes are points, boxes fractions of the page as displayed. Raises `DocumentBroken` at the
    end if none could be read.
    """
    labelled = _labelled(document)
    damaged = 0
    for number in range(document.page_count):
        page = None if number in skip else _loaded(document, number, labelled=labelled)
        damaged += page is None
        yield page or Page(number, str(number + 1), 0.0, 0.0)
    if damaged == document.page_count:
        raise DocumentBroken(Path(document.name).name)


def page(document: Any, number: int) -> Page:
    """Return one page, which is damaged if it cannot be read; `number` counts from 0."""
    found = _loaded(document, number, labelled=_labelled(document))
    return found or Page(number, str(number + 1), 0.0, 0.0)


def _loaded(document: Any, number: int, *, labelled: bool) -> Page | None:
    try:
        page = document[number]
        return _page(page, number, (labelled and page.get_label()) or str(number + 1))
    except DAMAGE:
        return None


def _labelled(document: Any) -> bool:
    with contextlib.suppress(*DAMAGE):
        return bool(document.get_page_labels())
    return False


def _page(page: Any, number: int, label: str) -> Page:
    rect = page.rect
    if rect.is_empty or rect.is_infinite:
        return Page(number, label, 0.0, 0.0)
    frame = Frame(rect.width, rect.height, page.rotation_matrix if page.rotation else None)
    lines, garbage = _lines(page, frame)
    picture = not lines and not garbage and _shows_something(page)
    unread = picture or garbage or _below_a_picture(page, lines)
    return Page(number, label, rect.width, rect.height, lines, picture, unread)


def _lines(page: Any, frame: Frame) -> tuple[tuple[Line, ...], bool]:
    """Return the lines of a page, and whether there is garbage among them.

    Signs whose meaning the file does not say are first asked for as such. Their bare codes
    are taken for letters only if what comes of it looks like words.
    """
    lines = said = as_seen(page, _FLAGS, frame)
    words = words_of(said)
    meaningless = legibility.meaningless(" ".join(words))
    if any(legibility.REPLACEMENT in word for word in words):
        lines = as_seen(page, _FLAGS | _CODES, frame)
        unsaid = Counter(words_of(lines)) - Counter(words)
        meaningless = meaningless and not legibility.trusted(unsaid.elements())
    if meaningless:
        return _readable(said), True
    return lines, legibility.unspeakable(words_of(lines))


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


def _below_a_picture(page: Any, lines: tuple[Line, ...]) -> bool:
    """Whether a page with a few words, such as a stamp, is a picture for the most part."""
    if not lines or sum(len(line.words) for line in lines) > _WORDS_OF_A_STAMP:
        return False
    least = _LEAST_PICTURE * abs(page.rect)
    return any("image" in kind and abs(box & page.rect) >= least for kind, box in _drawn(page))


def _shows_something(page: Any) -> bool:
    drawn = any("text" not in kind for kind, _ in _drawn(page))
    return drawn or bool(page.get_images())


def _drawn(page: Any) -> Iterator[tuple[str, Any]]:
    for kind, box, *_ in page.get_bboxlog():
        yield kind, pymupdf.Rect(box)
