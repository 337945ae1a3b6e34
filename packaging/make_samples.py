"""Write the sample PDFs that a newcomer can ask about, always the same bytes.

    samples/*.md ── read_sample ──> Sample ── blocks_of ──> blocks ── Press ──> pages ──> PDF

A source is Markdown with front matter: paragraphs between empty lines, two levels of headings
under the title, lists, asides as quotations, tables, and after the title a subtitle in asterisks.
Comments are for the press:

    <!-- page -->   <!-- turned -->   <!-- cropped -->   a new page, of that form
    <!-- columns -->                                     two columns from here on

Run it as `python packaging/make_samples.py [folder]`. Every word was written for this project,
and every person and place is invented. The fonts are those that every reader of PDFs brings
along, so sources keep to Latin-1. It draws by itself, since what the samples are there to show
(columns, turned and cropped pages, labels, words divided at line ends) is nothing that the
program's own writer of PDFs can do, and the three plain ones would look unlike their siblings.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import pymupdf  # noqa: TID253  (a script that draws PDFs, and no part of the program)

SOURCES = Path(__file__).resolve().parent / "samples"
FOLDER = SOURCES.parent.parent / "resources" / "samples"

Color = tuple[float, float, float]

WIDTH, HEIGHT = 595.0, 842.0
MARGIN = 68.0
HEAD_ROOM = 84.0
BLEED = 30.0
GUTTER = 22.0
CELL = 5.0
GREY = (0.42, 0.42, 0.42)
TINT = (0.90, 0.93, 0.96)
INK = (0.13, 0.13, 0.16)
BLUE = (0.09, 0.25, 0.42)


VOWEL, CONSONANT, SECOND = "[aeiouyáéíóúü]", "[b-df-hj-np-tv-xzñ]", "[bcdfgjmnpqstvwxz]"
DIVISIONS = {  # mil-ler, fer-ment and revolu-tion; ren-ta and also ma-sa
    "en": re.compile(
        f"(?<={VOWEL}{CONSONANT})(?=(?:{SECOND}|(?<=l)l|(?<=r)r){VOWEL})"
        "|(?=[ts]ion|ment|ness|gram|phenol|ture|ly)"
    ),
    "es": re.compile(f"(?<={VOWEL})(?={CONSONANT}{VOWEL})|(?<={VOWEL}[lnrs])(?={SECOND}{VOWEL})"),
}


class Form(StrEnum):
    """What a new page looks like."""

    PAGE = "page"
    TURNED = "turned"
    CROPPED = "cropped"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Style:
    """How the lines of a paragraph look, and the room around them."""

    font: str
    size: float
    leading: float
    before: float = 0.0
    after: float = 7.0
    indent: float = 0.0
    color: Color = INK
    level: int = 0


BODY = Style("tiro", 12, 16.6)
CELLS = Style("helv", 9.6, 12.6)
HEADER_CELLS = Style("hebo", 9.6, 12.6)
STYLES = {
    "# ": Style("hebo", 21, 26, after=4, color=BLUE),
    "*": Style("tiit", 13, 17, after=16, color=GREY),
    "## ": Style("hebo", 15.5, 20, before=12, after=5, color=BLUE, level=1),
    "### ": Style("hebo", 12.5, 16.5, before=7, after=3, color=BLUE, level=2),
    "> ": Style("tiit", 11.4, 15.6, before=2, after=9, indent=18),
    "- ": Style("tiro", 12, 16.6, after=3, indent=14),
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in one style; headings too."""

    text: str
    style: Style = BODY
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first row being the header."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A new page, or for columns a new form of this one."""

    form: Form


Block = Paragraph | Table | Break


@dataclass(frozen=True, slots=True)
class Sample:
    """One PDF to write: its source and what is printed around it.

    The first `front` pages carry Roman numbers.
    """

    name: str
    title: str
    author: str
    language: str
    header: str
    footer: str
    source: str
    front: int = 0
    hyphenate: bool = False


# Source text


def read_sample(path: Path) -> Sample:
    """Return what a source asks for; its front matter has a line for each fact."""
    _, facts, source = path.read_text("utf-8").split("---\n", 2)
    lines = (line.split(": ", 1) for line in facts.splitlines())
    told = {name: value.strip('"') for name, value in lines}
    return Sample(
        name=path.with_suffix(".pdf").name,
        title=told["title"],
        author=told["author"],
        language=told["language"],
        header=told["header"],
        footer=told["footer"],
        source=source,
        front=int(told.get("front pages", 0)),
        hyphenate=told.get("hyphenate") == "yes",
    )


def read_samples(folder: Path = SOURCES) -> list[Sample]:
    """Return what all sources in a folder ask for."""
    return [read_sample(path) for path in sorted(folder.glob("*.md"))]


def blocks_of(source: str) -> Iterator[Block]:
    """Yield what the source holds, in order."""
    for part in source.strip().split("\n\n"):
        if part.startswith("|"):
            header, _, *rows = (line.strip("| ").split("|") for line in part.splitlines())
            yield Table(tuple(tuple(cell.strip() for cell in row) for row in (header, *rows)))
        elif part.startswith("<!--"):
            yield Break(Form(part.removeprefix("<!--").removesuffix("-->").strip()))
        elif part.startswith("- "):
            for item in ("\n" + part).split("\n- ")[1:]:
                yield Paragraph(" ".join(item.split()), STYLES["- "], bullet=True)
        else:
            yield _paragraph(part)


def _paragraph(part: str) -> Paragraph:
    mark = next((mark for mark in STYLES if part.startswith(mark)), "")
    text = part.removeprefix(mark).removesuffix("*")
    return Paragraph(" ".join(text.split()), STYLES.get(mark, BODY))


# Lines


@cache
def _font(name: str) -> pymupdf.Font:
    return pymupdf.Font(name)


@cache
def _advance(font: str, character: str) -> float:
    return float(_font(font).text_length(character, fontsize=1))


def _length(text: str, style: Style) -> float:
    return style.size * sum(_advance(style.font, character) for character in text)


def lines_of(text: str, style: Style, width: float, language: str = "") -> list[str]:
    """Break text into lines that fit; with a language, divide long words as it does."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if _length(longer, style) <= width:
            line = longer
            continue
        room = width - _length(f"{line} -", style)
        at = next((at for at in _places(word, language) if _length(word[:at], style) <= room), 0)
        lines.append(f"{line} {word[:at]}-" if at else line)
        line = word[at:]
    return [*lines, line]


def _places(word: str, language: str) -> list[int]:
    """Return where a word may be divided, the last place first."""
    if language not in DIVISIONS or not word[:-1].isalpha():
        return []
    places = (match.start() for match in DIVISIONS[language].finditer(word))
    return [at for at in places if 1 < at < len(word) - 3][::-1]


def _roman(number: int) -> str:
    return ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")[number - 1]


# Pages


class Press:
    """Sets one sample, block by block, on as many pages as it takes."""

    def __init__(self, sample: Sample) -> None:
        self.document = pymupdf.open()
        self.contents: list[list[object]] = []
        self._sample = sample
        self._forms: list[Form] = []
        self._turn_page(Form.PAGE)

    def set_block(self, block: Block) -> None:
        """Put one block where the last one ended."""
        match block:
            case Paragraph():
                self._set_paragraph(block)
            case Table():
                self._set_table(block)
            case Break(form=Form.COLUMNS):
                self._split(self._y + BODY.after)
            case Break(form=form):
                self._shape.commit()
                self._turn_page(form)

    def bound(self) -> bytes:
        """Finish the pages and return the PDF."""
        self._shape.commit()
        for number, form in enumerate(self._forms):
            _give_form(self.document[number], form)
        self._describe()
        return bytes(self.document.tobytes(garbage=3, deflate=True, no_new_id=True))

    def _describe(self) -> None:
        sample = self._sample
        self.document.set_toc(self.contents)
        self.document.set_metadata({"title": sample.title, "author": sample.author})
        self.document.set_language(sample.language)
        if sample.front:
            front = {"startpage": 0, "style": "r", "prefix": "", "firstpagenum": 1}
            body = front | {"startpage": sample.front, "style": "D"}
            self.document.set_page_labels([front, body])

    def _turn_page(self, form: Form) -> None:
        size = (HEIGHT, WIDTH) if form is Form.TURNED else (WIDTH, HEIGHT)
        self._page = self.document.new_page(width=size[0], height=size[1])
        self._shape = self._page.new_shape()
        self._forms.append(form)
        self._left, self._right = MARGIN, size[0] - MARGIN
        self._y = self._top = HEAD_ROOM
        self._bottom = size[1] - HEAD_ROOM
        self._columns: list[tuple[float, float]] = []
        self._draw_running_lines(*size)

    def _split(self, top: float) -> None:
        """Go on in two columns that start at `top`."""
        middle = (self._left + self._right) / 2
        self._columns = [(middle + GUTTER / 2, self._right)]
        self._right = middle - GUTTER / 2
        self._y = self._top = top

    def _next_frame(self) -> None:
        """Go on in the next column, or on the next page of the same form."""
        if self._columns:
            self._left, self._right = self._columns.pop()
            self._y = self._top
            return
        in_columns = self._left > MARGIN
        self._shape.commit()
        self._turn_page(self._forms[-1])
        if in_columns:
            self._split(self._y)

    def _draw_running_lines(self, width: float, height: float) -> None:
        number = len(self._forms)
        front = self._sample.front
        label = _roman(number) if number <= front else str(number - front)
        self._draw(MARGIN, 50, self._sample.header, Style("helv", 8, 10, color=GREY))
        self._shape.draw_line((MARGIN, 57), (width - MARGIN, 57))
        self._shape.finish(color=GREY, width=0.4)
        footer = Style("helv", 8, 10, color=GREY)
        text = self._sample.footer.format(page=label)
        self._draw((width - _length(text, footer)) / 2, height - 44, text, footer)

    def _draw(self, x: float, y: float, text: str, style: Style) -> None:
        self._shape.insert_text(
            (x, y), text, fontname=style.font, fontsize=style.size, color=style.color
        )

    def _set_paragraph(self, block: Paragraph) -> None:
        style = block.style
        width = self._right - self._left - style.indent
        hyphenate = self._sample.hyphenate and not style.level
        lines = lines_of(block.text, style, width, self._sample.language if hyphenate else "")
        company = 3 * BODY.leading if style.level else 0  # a heading stays with what follows it
        if self._y > self._top:
            self._y += style.before
        if self._y + len(lines[:2]) * style.leading + company > self._bottom:
            self._next_frame()
        if style.level:
            top = _target(self._forms[-1], self._y)
            self.contents.append([style.level, block.text, len(self._forms), top])
        if block.bullet:
            self._draw(self._left + 3, self._y + style.size, "·", style)
        for line in lines:
            if self._y + style.leading > self._bottom:
                self._next_frame()
            self._draw(self._left + style.indent, self._y + style.size, line, style)
            self._y += style.leading
        self._y += style.after

    def _set_table(self, table: Table) -> None:
        widths = self._widths(table)
        self._y += 3
        self._set_row(table.rows[0], widths, HEADER_CELLS)
        for row in table.rows[1:]:
            if self._y + 3 * CELLS.leading + 2 * CELL > self._bottom:
                self._next_frame()
                self._set_row(table.rows[0], widths, HEADER_CELLS)
            self._set_row(row, widths, CELLS)
        self._y += 14

    def _widths(self, table: Table) -> list[float]:
        """Share the width out by what the columns hold, so that wordy ones do not take all."""
        natural = [
            min(150.0, max(_length(cell, HEADER_CELLS) for cell in column)) + 2 * CELL
            for column in zip(*table.rows, strict=True)
        ]
        scale = (self._right - self._left) / sum(natural)
        return [width * scale for width in natural]

    def _set_row(self, row: Sequence[str], widths: Sequence[float], style: Style) -> None:
        cells = [
            lines_of(cell, style, width - 2 * CELL) for cell, width in zip(row, widths, strict=True)
        ]
        height = max(map(len, cells)) * style.leading + 0.8 * CELL
        if style is HEADER_CELLS:
            self._shape.draw_rect((self._left, self._y, self._right, self._y + height))
            self._shape.finish(color=None, fill=TINT)
        x = self._left
        for lines, width in zip(cells, widths, strict=True):
            for at, line in enumerate(lines, start=1):
                self._draw(x + CELL, self._y + at * style.leading, line, style)
            x += width
        self._y += height
        self._shape.draw_line((self._left, self._y), (self._right, self._y))
        self._shape.finish(color=GREY, width=0.4)


def _give_form(page: pymupdf.Page, form: Form) -> None:
    """Turn or crop a finished page, so that it still reads the same when displayed."""
    if form is Form.TURNED:
        _transform(page, f"0 1 -1 0 {WIDTH:g} 0 cm")
        page.set_mediabox(pymupdf.Rect(0, 0, WIDTH, HEIGHT))
        page.set_rotation(90)
    if form is Form.CROPPED:
        _transform(page, f"1 0 0 1 {BLEED:g} {BLEED:g} cm")
        page.set_mediabox(pymupdf.Rect(0, 0, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED))
        page.set_cropbox(pymupdf.Rect(BLEED, BLEED, WIDTH + BLEED, HEIGHT + BLEED))


def _target(form: Form, y: float) -> float:
    """Return what leads to `y` where PyMuPDF's outline knows nothing of turned or cropped pages."""
    if form is Form.TURNED:
        return HEIGHT - MARGIN
    return y - BLEED if form is Form.CROPPED else y


def _transform(page: pymupdf.Page, matrix: str) -> None:
    contents = page.get_contents()[0]
    drawing = page.parent.xref_stream(contents)
    page.parent.update_stream(contents, b"q " + matrix.encode() + b"\n" + drawing + b"\nQ")


# The folder


def sample_pdf(sample: Sample) -> bytes:
    """Return one sample as a PDF."""
    press = Press(sample)
    for block in blocks_of(sample.source):
        press.set_block(block)
    return press.bound()


def write_samples(folder: Path) -> list[Path]:
    """Write every sample into a folder and return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for sample in read_samples():
        paths.append(folder / sample.name)
        paths[-1].write_bytes(sample_pdf(sample))
    return paths


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
