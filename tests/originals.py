"""Documents of other kinds than PDF, made by the libraries that others are made with."""

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pptx
from PIL import Image, ImageDraw, ImageFont

_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_BOOK = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>
<dc:identifier id="id">x</dc:identifier></metadata><manifest>{items}
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="ncx">{spine}</spine></package>"""
_CONTENTS = """<?xml version="1.0"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>
"""
_POINT = (
    '<navPoint id="n{n}" playOrder="{n}"><navLabel><text>{title}</text></navLabel>'
    '<content src="{n}.xhtml"/></navPoint>'
)
_CHAPTER = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
    "<body><h1>{title}</h1><p>{text}</p></body></html>"
)


def word(path: Path, title: str, sections: Sequence[tuple[str, str]]) -> Path:
    """A Word document of (heading, paragraph)."""
    document = docx.Document()
    document.core_properties.title = title
    for heading, text in sections:
        document.add_heading(heading, 1)
        document.add_paragraph(text)
    document.save(str(path))
    return path


def slides(path: Path, pages: Sequence[tuple[str, str]]) -> Path:
    """A presentation of (title, text)."""
    presentation = pptx.Presentation()
    for title, text in pages:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text_frame.text = text
    presentation.save(str(path))
    return path


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook of named tables."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def book(path: Path, title: str, chapters: Sequence[tuple[str, str]]) -> Path:
    """An EPUB of (title, text)."""
    numbers = range(1, len(chapters) + 1)
    kind = "application/xhtml+xml"
    items = "".join(f'<item id="c{n}" href="{n}.xhtml" media-type="{kind}"/>' for n in numbers)
    spine = "".join(f'<itemref idref="c{n}"/>' for n in numbers)
    titled = zip(numbers, chapters, strict=True)
    points = "".join(_POINT.format(n=n, title=chapter) for n, (chapter, _) in titled)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/epub+zip")
        file.writestr("META-INF/container.xml", _CONTAINER)
        file.writestr("book.opf", _BOOK.format(title=title, items=items, spine=spine))
        file.writestr("toc.ncx", _CONTENTS.format(points=points))
        for n, (chapter, text) in zip(numbers, chapters, strict=True):
            file.writestr(f"{n}.xhtml", _CHAPTER.format(title=chapter, text=text))
    return path


def picture(path: Path, texts: Sequence[str] = ("Lighthouse",), dpi: int = 100) -> Path:
    """A picture of text, with one frame for each."""
    frames = []
    for text in texts:
        frame = Image.new("RGB", (6 * dpi, 2 * dpi), "white")
        font = ImageFont.load_default(size=dpi // 2)
        ImageDraw.Draw(frame).text((dpi // 2, dpi // 2), text, fill="black", font=font)
        frames.append(frame)
    more = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
    frames[0].save(path, dpi=(dpi, dpi), **more)
    return path


def claiming(path: Path, side: int) -> bytes:
    """The PNG at `path` with a head that says that it is so many pixels wide and high."""
    data = bytearray(path.read_bytes())
    data[16:24] = side.to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def repacked(path: Path, changes: dict[str, bytes]) -> Path:
    """The ZIP file at `path`, some members of which are replaced or added."""
    with zipfile.ZipFile(path) as before:
        kept = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, data in (kept | changes).items():
            after.writestr(name, data)
    return path
