"""Small PDFs for tests, one function for each trouble a PDF can be.

Each writes its file, and returns its path so that it can be called where a path is wanted.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pymupdf  # noqa: TID253  (tests that draw PDFs need it anyway)

WIDTH, HEIGHT, MARGIN = 595, 842, 72
SENTENCE = "The lighthouse of Vorrin burned whale oil until 1871."
HYPHENATED = ("The keeper kept a care-", "ful record of every ves-", "sel that passed the light.")
PAGES_A_CHAPTER = 20


def plain(path: Path, pages: Sequence[str]) -> Path:
    """One page of text for each string."""
    document = pymupdf.open()
    for text in pages:
        _write(document, text)
    return _saved(document, path)


def rotated(path: Path, text: str, degrees: int) -> Path:
    """A page turned by 0, 90, 180 or 270 degrees whose text reads upright when displayed."""
    document = pymupdf.open()
    page = document.new_page(width=WIDTH, height=HEIGHT)
    page.set_rotation(degrees)
    start = pymupdf.Point(MARGIN, MARGIN) * page.derotation_matrix
    page.insert_text(start, text, fontname="helv", rotate=degrees)
    return _saved(document, path)


def cropped(path: Path, text: str, outside: str = "") -> Path:
    """A page whose crop box cuts 100 points off every side, with text inside and outside of it."""
    document = pymupdf.open()
    page = document.new_page(width=WIDTH, height=HEIGHT)
    page.insert_text((150, 200), text, fontname="helv")
    page.insert_text((150, 50), outside, fontname="helv")
    page.set_cropbox(pymupdf.Rect(100, 100, WIDTH - 100, HEIGHT - 100))
    return _saved(document, path)


def two_columns(path: Path, left: str, right: str) -> Path:
    """A page with a column of text on either side."""
    document = pymupdf.open()
    page = document.new_page(width=WIDTH, height=HEIGHT)
    middle = WIDTH / 2
    for text, x0, x1 in ((left, 50, middle - 12), (right, middle + 12, WIDTH - 50)):
        room = page.insert_textbox((x0, MARGIN, x1, HEIGHT - MARGIN), text, fontname="tiro")
        assert room >= 0, "too long for a column"
    return _saved(document, path)


def table(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """A page with a ruled table, its header in bold."""
    document = pymupdf.open()
    page = document.new_page(width=WIDTH, height=HEIGHT)
    width = (WIDTH - 2 * MARGIN) / len(header)
    for number, row in enumerate((header, *rows)):
        assert len(row) == len(header)
        top = MARGIN + 20 * number
        for at, cell in enumerate(row):
            left = MARGIN + width * at
            page.draw_rect((left, top, left + width, top + 20), width=0.6)
            font = "helv" if number else "hebo"
            page.insert_text((left + 4, top + 14), cell, fontname=font, fontsize=9)
    return _saved(document, path)


def with_labels(path: Path, front: Sequence[str], body: Sequence[str]) -> Path:
    """Front pages that are labelled i, ii, iii, and body pages that are labelled 1, 2, 3."""
    document = pymupdf.open()
    for text in (*front, *body):
        _write(document, text)
    roman = {"startpage": 0, "style": "r", "prefix": "", "firstpagenum": 1}
    document.set_page_labels([roman, roman | {"startpage": len(front), "style": "D"}])
    return _saved(document, path)


def told(path: Path, text: str, about: Mapping[str, str], prefix: str) -> Path:
    """A page of text in a document that is told about, its page label with a prefix."""
    document = pymupdf.open()
    _write(document, text)
    document.set_metadata(dict(about))
    document.set_page_labels([{"startpage": 0, "prefix": prefix, "style": "D", "firstpagenum": 1}])
    return _saved(document, path)


def scanned(path: Path, text: str = SENTENCE) -> Path:
    """A page that is a picture of text at 150 dots an inch, and holds no text."""
    return mixed(path, [], [text])


def mixed(path: Path, typed: Sequence[str], drawn: Sequence[str]) -> Path:
    """Pages of text, and after them pages that are pictures of text at 150 dots an inch."""
    document = pymupdf.open()
    for text in typed:
        _write(document, text)
    for text in drawn:
        source = pymupdf.open()
        _write(source, text)
        picture = source[0].get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
        page = document.new_page(width=WIDTH, height=HEIGHT)
        page.insert_image(page.rect, pixmap=picture)
    return _saved(document, path)


def locked(path: Path, password: str, text: str = SENTENCE) -> Path:
    """A page encrypted with AES-256 that opens with its user password only."""
    return _encrypted(path, text, owner="the owner of " + password, user=password)


def owner_locked(path: Path, text: str = SENTENCE) -> Path:
    """A page encrypted with an owner password, which opens without any and may not be printed."""
    return _encrypted(path, text, owner="owner", user="")


def blank(path: Path) -> Path:
    """A page with nothing on it."""
    document = pymupdf.open()
    document.new_page(width=WIDTH, height=HEIGHT)
    return _saved(document, path)


def hyphenated(path: Path, lines: Sequence[str] = HYPHENATED) -> Path:
    """A page whose lines divide words with hyphens at their ends."""
    document = pymupdf.open()
    page = document.new_page(width=WIDTH, height=HEIGHT)
    page.insert_text((MARGIN, MARGIN), list(lines), fontname="tiro", fontsize=12)
    return _saved(document, path)


def book(path: Path, pages: int) -> Path:
    """A book in chapters of 20 pages, with outline, running header and page numbers.

    Page n (from 1) says "The keeper of page n owns 3n lanterns.", and no other page does.
    """
    outline: list[list[object]] = []
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{4 + 2 * n} 0 R' for n in range(pages))}]/Count {pages}"
        f"/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F 3 0 R>>>>>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number in range(1, pages + 1):
        heading = _heading_of_book(number)
        if heading:
            outline.append([1 if heading.startswith("Chapter") else 2, heading, number])
        drawing = _drawing_of_book(number, heading)
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {len(objects) + 2} 0 R>>")
        objects.append(f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream")
    document = pymupdf.open(stream=_raw(objects), filetype="pdf")
    document.set_toc(outline)
    return _saved(document, path)


def drawn(path: Path, content: str, resources: str = "", objects: Sequence[str] = ()) -> Path:
    """A page of these drawing commands, with Helvetica as /F; `objects` count from 6."""
    every = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents 4 0 R"
        f"/Resources<</Font<</F 5 0 R>>{resources}>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *objects,
    ]
    path.write_bytes(_raw(every))
    return path


def text_at(x: float, y: float, text: str, size: float = 11) -> str:
    """Drawing commands for text that begins so many points right of the corner and above it."""
    return f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def dynamic_form(path: Path, parts: dict[str, str], message: str = "Please wait...") -> Path:
    """A form of Adobe's XML whose page is but a message; `parts` are its packets by name."""
    document = pymupdf.open()
    _write(document, message)
    packets = []
    for name, part in parts.items():
        xref = document.get_new_xref()
        document.update_object(xref, "<<>>")
        document.update_stream(xref, part.encode())
        packets.append(f"({name}){xref} 0 R")
    form = f"<</Fields[]/XFA[{' '.join(packets)}]>>"
    document.xref_set_key(document.pdf_catalog(), "AcroForm", form)
    return _saved(document, path)


# Broken ones


def without_pages(path: Path) -> Path:
    """A valid PDF with an empty page tree."""
    path.write_bytes(_raw(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"]))
    return path


def hostile(path: Path) -> Path:
    """A PDF that claims three pages: a blank one, then page trees that hold each other."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 3>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        "<</Type/Pages/Parent 2 0 R/Kids[5 0 R]/Count 2>>",
        "<</Type/Pages/Parent 4 0 R/Kids[4 0 R 5 0 R]/Count 2>>",
    ]
    path.write_bytes(_raw(objects))
    return path


def truncated(path: Path) -> Path:
    """The first half of a PDF of three pages, as a broken download leaves it."""
    plain(path, [SENTENCE * 3] * 3)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def not_a_pdf(path: Path) -> Path:
    """A text with the name of a PDF."""
    path.write_text("Dear reader, this was never a PDF.\n" * 20, encoding="utf-8")
    return path


def empty(path: Path) -> Path:
    """A file of no bytes."""
    path.write_bytes(b"")
    return path


def _write(document: pymupdf.Document, text: str) -> None:
    page = document.new_page(width=WIDTH, height=HEIGHT)
    frame = (MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN)
    room = page.insert_textbox(frame, text, fontname="helv", fontsize=11)
    assert room >= 0, "too long for a page"


def _heading_of_book(number: int) -> str:
    chapter, page = divmod(number - 1, PAGES_A_CHAPTER)
    headings = {
        0: f"Chapter {chapter + 1}. Harbour number {chapter + 1}",
        PAGES_A_CHAPTER // 2: f"Section {chapter + 1}.1 Its lighthouse",
    }
    return headings.get(page, "")


def _drawing_of_book(number: int, heading: str) -> str:
    """Return the drawing commands of one page; by hand, since 640 pages take Shape 6 seconds."""
    lines = [(8, 802, "The Book of Harbours"), (8, 40, str(number)), (16, 752, heading)]
    lines.append((11, 722, f"The keeper of page {number} owns {3 * number} lanterns."))
    lines += [
        (11, 722 - 15 * line, f"Ship {7 * number + line} came in with {line + 2} masts and salt.")
        for line in range(1, 26)
    ]
    return "\n".join(f"BT /F {size} Tf {MARGIN} {y} Td ({text}) Tj ET" for size, y, text in lines)


def _encrypted(path: Path, text: str, *, owner: str, user: str) -> Path:
    document = pymupdf.open()
    _write(document, text)
    document.save(
        path,
        encryption=pymupdf.PDF_ENCRYPT_AES_256,
        owner_pw=owner,
        user_pw=user,
        permissions=pymupdf.PDF_PERM_COPY,
    )
    document.close()
    return path


def _saved(document: pymupdf.Document, path: Path) -> Path:
    document.save(path, deflate=True)
    document.close()
    return path


def _raw(objects: Sequence[str]) -> bytes:
    """Return a PDF of these objects, the first being its catalogue; Latin-1 is bytes as text."""
    body = b"%PDF-1.7\n"
    offsets = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    size = len(objects) + 1
    entries = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    table_of_offsets = f"xref\n0 {size}\n0000000000 65535 f \n{entries}"
    trailer = f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + table_of_offsets.encode() + trailer.encode()


def with_files(path: Path, files: dict[str, bytes], text: str = SENTENCE) -> Path:
    """A page of text, and files that are attached to the document by their names."""
    document = pymupdf.open()
    _write(document, text)
    for name, data in files.items():
        document.embfile_add(name, data, filename=name)
    return _saved(document, path)
