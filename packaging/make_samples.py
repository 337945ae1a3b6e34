"""Write the sample PDFs that a newcomer can ask about, always the same bytes.

    source text ── blocks_of ──> blocks ── Press ──> pages ── bound ──> PDF

A source is paragraphs between empty lines. Their first characters say what they are:

    = title    == subtitle    # heading    ## heading under it    > aside    - list
    | a | b |  rows of a table, the first being its header
    --- page   --- turned   --- cropped   a new page, of that form
    --- columns                           two columns from here to the end of the page form

Run it as `python packaging/make_samples.py [folder]`. Every word below was written for this
project, and every person and place in it is invented. The fonts are those that every reader of
PDFs brings along, so sources keep to Latin-1.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import pymupdf  # noqa: TID253  (a script that draws PDFs, and no part of the program)

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "samples"

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
    "= ": Style("hebo", 21, 26, after=4, color=BLUE),
    "== ": Style("tiit", 13, 17, after=16, color=GREY),
    "# ": Style("hebo", 15.5, 20, before=12, after=5, color=BLUE, level=1),
    "## ": Style("hebo", 12.5, 16.5, before=7, after=3, color=BLUE, level=2),
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
    """One PDF to write: its source and what is printed around it."""

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


def blocks_of(source: str) -> Iterator[Block]:
    """Yield what the source holds, in order."""
    for part in source.strip().split("\n\n"):
        if part.startswith("|"):
            rows = (line.strip("| ").split("|") for line in part.splitlines())
            yield Table(tuple(tuple(cell.strip() for cell in row) for row in rows))
        elif part.startswith("--- "):
            yield Break(Form(part.removeprefix("--- ").strip()))
        elif part.startswith("- "):
            for item in ("\n" + part).split("\n- ")[1:]:
                yield Paragraph(" ".join(item.split()), STYLES["- "], bullet=True)
        else:
            yield _paragraph(part)


def _paragraph(part: str) -> Paragraph:
    mark = next((mark for mark in STYLES if part.startswith(mark)), "")
    return Paragraph(" ".join(part.removeprefix(mark).split()), STYLES.get(mark, BODY))


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
    paths = [folder / sample.name for sample in SAMPLES]
    for path, sample in zip(paths, SAMPLES, strict=True):
        path.write_bytes(sample_pdf(sample))
    return paths


# What the samples say

OBSERVATORY = """
= Cold Ridge Observatory

== Handbook for guests, volunteers and night assistants

Cold Ridge stands at 1,284 metres on a bald hill above the village of Harrow Fell. It was built in
1971 by the science teachers of three schools, and it has been open to anyone with warm socks ever
since. This handbook tells you how to spend a night here without harming the telescope, the sheep
or yourself.

# Before you come

## What to bring

Even in July the dome falls below 6 degrees before dawn, because it is never heated: warm air
rising through the slit would make the stars boil in the eyepiece.

- A coat, a hat and gloves with which you can still turn a small knob.

- A red torch. White lights, telephones included, stay in the tin box by the door.

- Something to share for the midnight table. By custom nobody brings shop biscuits.

## How to book a night

Nights are booked on the blackboard in the village post office, or by a call to the warden between
17:00 and 18:30. A group holds at most twelve people, since that is what the gallery carries. A
night costs 9 pounds, 4 for those under sixteen, and nothing for anyone who stays to sweep the
floor. When clouds win, your ticket is good for any other night within a year.

# Using your eyes

Give your eyes twenty minutes in the dark before you look through the telescope; a single glance
at a white light starts the count again. Look beside a faint object and not straight at it: the
edge of the eye sees what its middle cannot.

Do not press your eye to the glass. Hold it a thumb's breadth away, breathe to the side, and wait.
Most people see the bands of Jupiter only after half a minute of patience.

--- page

# The instruments

## The great reflector

The main telescope, called Agatha, is a reflector with a mirror of 61 centimetres, ground by hand
in the cellar of the Harrow Fell dairy over two winters. She weighs 840 kilograms and is balanced
so well that a child can move her with one finger. Her mirror is washed every spring with distilled
water and never wiped.

## The finder and the small telescopes

Visitors may take out the small instruments without supervision, except the solar telescope, which
is used only with the warden present. The table says what each is good for.

| Instrument | Aperture | Magnification | Best for | Kept in |
| Agatha | 610 mm | 120 to 480 | Galaxies, planets | Main dome |
| Old Brass | 102 mm | 40 to 150 | The Moon, double stars | Cabinet 1 |
| Button | 76 mm | 25 to 60 | Children's first look | Cabinet 1 |
| Twin Owls | 70 mm | 16 | Comets, the Milky Way | Hook by the stairs |
| Ember | 60 mm | 35 | The Sun, warden present | Locked drawer |
| All-sky camera | 8 mm | none | Meteors, clouds | Roof mast |

## The clock room

The brass clock in the basement shows sidereal time and gains no more than two seconds a month.
It is wound on Mondays with 31 turns of the key. Please do not set it to the time on your
telephone: somebody did so in 1998, and an entire winter of observations had to be corrected.

--- page

# Safety

## When to close the dome

Close the dome as soon as the humidity passes 85 per cent or the wind passes 50 kilometres an hour,
whichever comes first. Dew on the mirror can strip its aluminium in one night, and a new coating
costs 2,600 pounds. Three short rings of the brass bell mean that the dome is about to turn, and
that everybody steps away from the rail.

## If someone feels unwell

The first-aid box hangs under the star map. The nearest hospital is in Kirkby Moor, 34 minutes by
car when the gate is open. The key to the gate lies under the third flowerpot, not the second;
under the second lives a toad.

# Keeping a log

Write every observation in the green book, even when you saw nothing, because nothing is also a
result. Each entry has the time by the brass clock, the instrument, the sky on a scale from one to
five, and your initials. Entry number 20,000 was made in February 2019 by an eleven-year-old, who
wrote: Saturn is real.

## Reporting something new

If a point of light moves or was not there yesterday, draw it first and shout afterwards. The
warden compares it with the charts and, if it holds, sends a report to the national circular. Cold
Ridge has three discoveries to its name: two asteroids and one very well documented weather balloon.
"""

MILLS = """
= Slow Stones: Heat and Flavour in Olive Mills

== A comparison of granite and steel in the valley of Almorada

> Abstract. Seventeen small mills were followed through two harvests to learn whether oil pressed
under granite rollers differs from oil made with steel hammers. Stone mills kept the paste 4.1
degrees cooler and retained 23 per cent more polyphenols, but lost a tenth of the yield. Tasters
preferred stone oil in the first three months and could not tell the two apart after a year.

--- columns

# Introduction

Olive mills in the valley of Almorada were driven by mules until 1926 and by electricity
afterwards, yet the granite rollers stayed. During the nineteen-eighties most cooperatives replaced
them with stainless steel hammers, which are easier to clean and process five times as many olives
in an hour. A handful of families kept their stones, for reasons that they themselves describe
as stubbornness.

Advertising says that slow stones make better oil. We found remarkably few measurements that support
or contradict the claim, and none that separated the temperature of the paste from the age of the
fruit. This study was designed to do so.

# Materials and methods

## The mills

Nine stone mills and eight hammer mills took part. Each received olives of the same variety, a
local one called Cornezuelo, gathered from the same terraces on the same morning and delivered
within six hours. Stone mills turned at 14 revolutions a minute, hammer mills at 2,850.

## Measurements

The temperature of the paste was recorded every thirty seconds with a thermometer sealed in the
kneading trough. Polyphenols were determined twice, at bottling and after twelve months in
dark glass at 16 degrees. A panel of eleven tasters, trained for two months, judged bitterness,
pungency and fruitiness without knowing the origin of a sample.

## Statistics

Differences between mills were tested with a permutation test, shuffling the labels of mills ten
thousand times, because seventeen mills are too few for anything that assumes a normal distribution.

# Results

## Temperature

Paste under stone reached 24.6 degrees on average and paste under hammers 28.7. The difference was
largest in November, when olives arrive warm from the field, and almost vanished in January.

## Polyphenols and yield

Stone oil held 412 milligrams of polyphenols per kilogram at bottling and hammer oil 335. The
advantage has a price: from a hundred kilograms of olives the stones gave 17.2 litres and the
hammers 19.1. Millers blame larger fragments of the pit, which hold on to the oil like
a sponge.

| Measure | Stone | Steel |
| Paste (degrees) | 24.6 | 28.7 |
| Polyphenols (mg/kg) | 412 | 335 |
| After a year (mg/kg) | 266 | 251 |
| Litres per 100 kg | 17.2 | 19.1 |
| Olives per hour (kg) | 310 | 1,650 |
| Cleaning (minutes) | 95 | 20 |

## Taste

In the first three months nine of the eleven tasters preferred stone oil, calling it greener and
more peppery. After a year the panel was right about the origin in 48 per cent of the trials, which
is what one would expect from tossing a coin.

# Discussion

Temperature explains most of what we saw. When two hammer mills cooled their kneading troughs with
well water, their oil gained 51 milligrams of polyphenols and came close to that of the stones. The
stone itself, then, has little magic in it; its virtue is that it cannot hurry.

There is a second explanation that we cannot exclude. Families who keep stones also tend to harvest
earlier in the day and to clean their presses more carefully, and some of the difference may belong
to the people and not to the granite.

## Limitations

Two harvests are few, one of them was unusually dry, and a single variety was studied. Mills
volunteered, so that careless ones are probably missing from both groups.

# Conclusion

Cooperatives that want the flavour of stone without its slowness should first buy a cooling jacket,
which costs about 1,900 euros for a trough of 300 litres, and keep the paste below 25 degrees.
Those who own granite rollers have every reason to keep them, for visitors like to watch them turn
and no oil was ever worse for patience.

# Acknowledgements

We thank the millers of Almorada, who answered the same questions every week for two winters, and a
mule named General, who demonstrated how the work was done before 1926.
"""

FERRY = """
= Three Isles Ferry

== Timetable and tariff, valid from 1 April to 31 October

The ships Petrel and Lady Maud link the mainland at Skerrow with the isles of Hesta, Little Hesta
and Vorrin. This leaflet holds the whole summer: how to travel, when the ships leave and what the
crossing costs.

# Before you board

## Arriving in time

Foot passengers should be on the quay 15 minutes before departure, cars 40 minutes before. The gate
closes when the bell is rung and is not opened again, not even for brides; in 2016 this was tested.

## Dogs, bicycles and livestock

Dogs travel free on a lead and have their own bench on the upper deck. Bicycles are hung on the
starboard rail. Sheep are carried on Tuesdays only and must be announced by noon of the day
before.

# When the sea decides

Sailings are cancelled when the wind at Vorrin light exceeds 38 knots for ten minutes. If your
sailing is cancelled, you may travel on any later one with the same ticket, or have the full
fare back within 28 days. A yellow flag on the harbour office means that cancellations are likely,
a black one that nobody is going anywhere.

## Lost property

Things left on board are kept for six weeks in the office at Skerrow. The office still holds a
cello from last summer and would be glad to know whose it is.

--- turned

# Departures

| Sailing | Ship | Days | Skerrow | Little Hesta | Hesta | Vorrin | Back at Skerrow | Remarks |
| F1 | Petrel | Daily | 06:10 | 06:45 | 07:05 | none | 08:00 | Carries the mail |
| F2 | Lady Maud | Mon to Sat | 07:30 | none | 08:15 | 09:20 | 11:10 | Breakfast on board |
| F3 | Petrel | Daily | 08:40 | 09:15 | 09:35 | none | 10:30 | Bicycles limited to 20 |
| F4 | Petrel | Tue | 11:00 | 11:50 | 12:20 | 13:45 | 16:00 | Livestock, no dogs |
| F5 | Lady Maud | Daily | 12:05 | none | 12:50 | 13:55 | 15:45 | Quiet cabin open |
| F6 | Petrel | Sat, Sun | 13:15 | 13:50 | 14:10 | none | 15:05 | School holidays only |
| F7 | Lady Maud | Daily | 16:20 | 16:55 | 17:15 | 18:25 | 20:15 | Dinner on board |
| F8 | Petrel | Mon to Fri | 17:40 | 18:15 | 18:35 | none | 19:30 | Commuters, no cars |
| F9 | Petrel | Fri | 20:45 | none | 21:30 | 22:30 | 00:20 | Music on deck |
| F10 | Lady Maud | 21 June | 22:00 | none | none | 23:40 | 05:30 | Midsummer cruise, to be booked |

Times in the columns of the isles are departures. Sailing F9 does not run in April. The crossing
from Skerrow to Hesta takes 45 minutes without a stop and 55 minutes with one, except on F4, which
waits for the sheep.

--- page

# Tariff

Fares are in pounds and include the harbour tax of 60 pence. Children under five travel free.

| Ticket | Hesta | Little Hesta | Vorrin |
| Adult, single | 7.40 | 6.20 | 12.80 |
| Adult, return | 12.60 | 10.50 | 21.00 |
| Child from 5 to 15, return | 6.30 | 5.25 | 10.50 |
| Islander's card, single | 2.00 | 2.00 | 3.50 |
| Bicycle, single | 1.50 | 1.50 | 2.50 |
| Car up to 5 metres, single | 24.00 | not carried | 41.00 |
| Sheep, each | 3.10 | 3.10 | 4.40 |
| Piano, accompanied | 30.00 | 30.00 | 55.00 |

## Passes

The Wanderer pass allows unlimited travel on seven days in a row and costs 48 pounds. The Lantern
pass is for evening sailings after 16:00, costs 19 pounds and is valid for a month.

## How to pay

Tickets are sold at the quay, on board and at the bakery in Hesta. Cards are accepted everywhere
except aboard Petrel, whose purser trusts coins alone.
"""

GAME = """
= The Salt Road

== Rules of a game for two to five merchants

The year is unimportant, salt is dear, and the mountain pass closes in twelve weeks. Each player
leads a caravan of mules from the marshes to the market of Orvane. Whoever owns the most silver
when the snow falls wins the game. A game takes about 75 minutes.

# What is in the box

- One board with 34 stages, 5 wooden caravans and 40 mules in five colours.

- 60 sacks of salt: 45 white ones and 15 grey ones, which are wet.

- 52 cards of the road, 12 cards of the weather and a bag of silver.

- One goat. There are no instructions for assembling the goat.

# Preparing the game

Each player takes a caravan, three mules and 10 pieces of silver. Shuffle the weather and lay it
face down beside the pass. The player who last ate something salty begins, and play goes on to the
left.

# A turn

## Moving

Roll two dice and move that many stages, less one for every full pair of sacks on your heaviest
mule. A mule carries at most four sacks. If you roll a double, the mules are stubborn: you stay
where you are and draw a card of the road as consolation.

## Trading

In a village you may buy or sell as much as you like, but only one kind of thing in a turn. Wet
salt sells for half the price of white salt until it has spent two full turns in a village with a
sun on its sign; then it counts as white.

--- cropped

# Meetings on the road

Two caravans on one stage must bargain. Each hides some silver in a fist, both open their hands,
and the higher bidder passes first while paying the other what was bid. A tie wakes the goat.

## The goat

The goat belongs to whoever was last in a tie. Its owner loses one sack at the beginning of every
turn, because goats eat sacks, but cannot be robbed while it keeps watch. You get rid of the goat by
giving it, with a compliment, to a player who has just doubled their silver.

## Bandits

When a bandit card appears, every caravan outside a village loses a third of its silver, rounded
down. A bell, bought for 4 silver, halves the loss.

# Weather and the pass

At the end of each round turn up one card of the weather. Rain turns one white sack of every
caravan grey. Three cards of snow close the pass at once, even when weeks remain.

| Card | How many | What happens |
| Sun | 4 | Nothing, enjoy it |
| Rain | 3 | One white sack becomes grey |
| Fog | 2 | Roll only one die next turn |
| Snow | 3 | The third one closes the pass |

# The end of the game

When the pass closes, caravans that have not reached Orvane sell their salt for 1 silver a sack.
Those in Orvane sell white salt for 6 and grey salt for 3. Each mule is worth 2 silver, and the
goat is worth 7 to its owner, which surprises everyone the first time. A tie is won by whoever has
more mules; if that is equal too, the game ends in friendship and nobody washes the dishes.

## A shorter game

For a game of 40 minutes remove the fog, begin with 16 silver and take out four of the weather cards
at random without looking at them.
"""

APIARY = """
= Cooperativa Apícola La Encina Florida

== Memoria anual: campaña de miel, socios y cuentas

Queridas socias y queridos socios: esta memoria resume un año de lluvias tardías y colmenas
generosas. La cooperativa reúne a 63 familias de la sierra de Valdeáñez y cuida 2.140 colmenas
repartidas en siete colmenares. ¿Ha sido un buen año? Sí, aunque mayo nos hizo sufrir.

# La campaña

## Cosecha y floraciones

Se cosecharon 41.300 kilos de miel, un 12 % más que en la campaña anterior. El romero floreció con
tres semanas de retraso por el frío de abril, mientras que la encina y el brezo dieron la mejor
mielada desde 2011. La miel más apreciada, la de brezo, obtuvo la medalla de plata en la feria de
Montesclaros.

## Sanidad de las colmenas

La varroa sigue siendo el principal enemigo. Tratamos dos veces al año, en febrero y en agosto, con
ácido oxálico y timol, y las pérdidas de invierno bajaron del 19 % al 11 %. La avispa asiática se
vio por primera vez en el colmenar de El Tejo el 14 de septiembre; desde entonces hay trampas junto
a todas las piqueras orientadas al sur.

# Los colmenares

| Colmenar | Colmenas | Floración principal | Miel (kg) | Altitud (m) |
| El Tejo | 420 | Brezo | 9.860 | 1.120 |
| Fuente Niña | 380 | Romero | 6.150 | 740 |
| La Solana | 350 | Tomillo | 5.900 | 810 |
| Peña Bermeja | 310 | Encina | 7.240 | 960 |
| Los Castaños | 290 | Castaño | 6.480 | 1.010 |
| Arroyo Hondo | 240 | Zarzamora | 3.970 | 690 |
| El Molino | 150 | Mil flores | 1.700 | 650 |

--- page

# Socios y trabajo

## Asamblea general

La asamblea se celebró el 9 de marzo en la antigua escuela, con 51 familias presentes. Se aprobó
por mayoría comprar una segunda sala de extracción y se rechazó, por 30 votos contra 21, la
propuesta de vender miel a granel a intermediarios de fuera de la provincia.

## Cursos y escuela de abejas

Doce jóvenes terminaron el curso de iniciación, que dura cuatro fines de semana y cuesta 60 euros.
Al acabar, cada alumno recibe un enjambre en préstamo durante dos años, y devuelve otro cuando su
colmena se divide. Así se han formado ya 87 apicultores desde que empezó la escuela.

# Cuentas claras

## Ingresos y gastos

Los ingresos sumaron 318.400 euros y los gastos 286.900, de modo que el excedente fue de 31.500
euros. La asamblea decidió repartirlo así: la mitad para el fondo de reserva, un tercio para la
nueva sala de extracción y el resto para plantar romero y lavanda en la finca de El Molino.

| Concepto | Ingresos (euros) | Gastos (euros) |
| Miel envasada | 241.700 | 96.200 |
| Cera y propóleo | 38.900 | 11.300 |
| Polinización de almendros | 27.300 | 14.800 |
| Cursos y visitas | 10.500 | 6.100 |
| Salarios y seguros | 0 | 121.400 |
| Transporte y tarros | 0 | 37.100 |

## Precios para el próximo año

El tarro de medio kilo de mil flores se venderá a 6,50 euros y el de brezo a 9 euros. Las familias
socias tienen un descuento del 20 % hasta un máximo de quince kilos por temporada.

--- page

# Planes

## Una colmena que se escucha

En otoño colgaremos micrófonos en diez colmenas de Peña Bermeja. Cuando una colonia se prepara para
enjambrar, su zumbido sube de tono unos días antes; queremos avisar por teléfono al apicultor con
48 horas de margen. El aparato lo ha construido Nicanor, el herrero, con una pila y media docena de
piezas que costaron 23 euros.

## Agua para las abejas

En agosto se secaron tres bebederos. Instalaremos aljibes de 500 litros con tejas flotantes, para
que las abejas beban sin ahogarse, en La Solana, Fuente Niña y Arroyo Hondo.

# Cómo visitarnos

La tienda abre los viernes y sábados de 10:00 a 14:00 en la calle del Olmo, 3. Las visitas guiadas
a los colmenares salen los domingos de mayo y junio a las nueve de la mañana; hay trajes de todas
las tallas, también para niñas y niños a partir de seis años. ¡No hace falta reservar, pero sí
madrugar!
"""

LEASE = """
= Contrato de arrendamiento de local

== Horno y panadería de la calle de la Cigüeña, 17

En la villa de Peñarrubia del Río, a 2 de enero, se reúnen de una parte doña Eulalia Bermúdez
Ordóñez, propietaria del local (en adelante, la arrendadora), y de otra la sociedad Masa Madre y
Compañía, representada por don Íñigo Cañizares Vela (en adelante, la arrendataria). Ambas partes
acuerdan las cláusulas que siguen.

# Objeto y duración

## Primera. Objeto

Se arrienda el local de 94 metros cuadrados situado en la planta baja, con su horno de leña, la
amasadora, dos mesas de mármol y el derecho a usar el patio para guardar hasta tres toneladas de
leña. El horno, construido en 1908, no puede demolerse ni pintarse.

## Segunda. Duración

El contrato dura seis años y se prorroga de año en año si nadie avisa por escrito con cuatro meses
de antelación. Durante los dos primeros años la arrendataria puede marcharse avisando con 60 días,
sin pagar indemnización alguna.

# Renta y fianza

## Tercera. Renta

La renta es de 780 euros al mes, que se pagan por adelantado dentro de los siete primeros días. Cada
mes de enero se actualiza según el índice de precios, con un tope del 3 %. Además, y por tradición
de la casa, la arrendataria entregará a la arrendadora una hogaza de dos kilos todos los sábados.

## Cuarta. Fianza

A la firma se depositan 1.560 euros, equivalentes a dos mensualidades. La fianza se devuelve en los
30 días siguientes a la entrega de llaves, descontados los daños que no sean desgaste normal.

--- page

# Uso del local

## Quinta. Horario y ruidos

El horno puede encenderse a partir de las tres de la madrugada, pero la amasadora no funcionará
antes de las cinco y media, por respeto al descanso de los vecinos. Los domingos se guarda silencio
hasta las siete.

## Sexta. Obras

La arrendataria podrá hacer obras menores sin permiso si cuestan menos de 1.200 euros. Las mayores
exigen autorización por escrito, que la arrendadora debe conceder o negar en veinte días; si calla,
se entiende concedida.

## Séptima. Conservación de la chimenea

La chimenea se deshollinará dos veces al año, en marzo y en octubre, a cargo de la arrendataria. La
reparación del tejado y de los muros corresponde a la arrendadora.

# Incumplimientos

## Octava. Retrasos en el pago

Cada día de retraso devenga un recargo de 4 euros. Con dos mensualidades impagadas, la arrendadora
puede resolver el contrato tras un aviso de quince días.

## Novena. Traspaso y subarriendo

Queda prohibido subarrendar el local. El traspaso del negocio se permite si el nuevo panadero
acredita al menos tres años de oficio y conserva el nombre del establecimiento, La Espiga Torcida.

## Décima. Gastos

El agua y la electricidad corren por cuenta de la arrendataria; la contribución y el seguro del
edificio, por cuenta de la arrendadora. El seguro contra incendios del horno, de 412 euros al año,
se paga a medias.

--- page

# Anexo: inventario del local

Las partes revisaron juntas los objetos siguientes y firmaron al margen de cada línea.

| Objeto | Cantidad | Estado | Valor (euros) |
| Horno de leña con puerta de hierro | 1 | Bueno | 9.500 |
| Amasadora de 60 litros | 1 | Usado | 1.850 |
| Mesa de mármol | 2 | Muy bueno | 640 |
| Pala de haya | 5 | Usado | 75 |
| Cesto de mimbre para fermentar | 48 | Regular | 288 |
| Balanza de cruz | 1 | Antigua, funciona | 220 |
| Artesa de castaño | 1 | Con una grieta | 310 |
| Campana de la puerta | 1 | Suena | 35 |

Y en prueba de conformidad firman las partes por duplicado, después de compartir una empanada.
"""

NOUGAT = """
= Turrón de almendra y naranja

== Ficha técnica y receta del obrador Hermanas Peñalver

# Descripción

Turrón duro de almendra marcona con miel de romero y piel de naranja confitada. Se presenta en
tabletas de 300 gramos envueltas en oblea y papel encerado. ¿Por qué cruje? Porque la masa se cuece
hasta 148 grados, punto en el que casi no queda agua.

## Conservación

Se conserva diez meses en lugar fresco y seco, entre 12 y 18 grados. No debe guardarse en el
frigorífico, pues la humedad ablanda la miel y la tableta se vuelve correosa.

## Alérgenos

Contiene almendra y clara de huevo. En el mismo obrador se trabaja con avellana, sésamo y leche. No
contiene gluten: la oblea se hace con almidón de patata.

# Ingredientes para cien tabletas

| Ingrediente | Cantidad | Proporción | Origen |
| Almendra marcona tostada | 17,4 kg | 58 % | Valle de Guadalest Alto |
| Miel de romero | 6,0 kg | 20 % | Cooperativa La Encina Florida |
| Azúcar | 3,6 kg | 12 % | Remolacha del Duero |
| Piel de naranja confitada | 1,8 kg | 6 % | Huerta propia |
| Clara de huevo | 0,9 kg | 3 % | Granja El Cañaveral |
| Oblea | 0,3 kg | 1 % | Obrador propio |

--- cropped

# Elaboración

## Cocción de la miel

Caliente la miel y el azúcar a fuego lento, sin dejar de remover, durante 45 minutos. Cuando una
gota caiga en agua fría y se quiebre como el vidrio, añada las claras montadas. La masa se volverá
blanca y subirá: no se asuste y siga removiendo otros veinte minutos.

## Mezcla y moldeado

Incorpore la almendra caliente, a unos 70 grados, y por último la naranja. Vierta la masa sobre la
oblea, prense con rodillo hasta un grosor de 18 milímetros y corte antes de que baje de 55 grados.
Una maestra turronera corta cien tabletas en once minutos.

# Control de calidad

Cada lote se prueba a las 24 horas. Se rechaza el lote si más de tres tabletas de cien se doblan en
lugar de partirse.

| Parámetro | Unidad | Mínimo | Objetivo | Máximo | Método |
| Temperatura final | °C | 146 | 148 | 150 | Termómetro de inmersión |
| Humedad | % | 0,8 | 1,2 | 2,0 | Estufa a 105 °C |
| Grosor | mm | 16 | 18 | 20 | Calibre, cinco puntos |
| Peso neto | g | 297 | 300 | 306 | Balanza |
| Almendra | % | 56 | 58 | 60 | Disolución y pesada |
| Fuerza de rotura | N | 38 | 45 | 60 | Prensa |
| Tabletas dobladas | por cien | 0 | 0 | 3 | Ensayo de flexión |

# Información nutricional

| Por cada 100 gramos | Valor | Por porción de 25 gramos |
| Energía | 537 kcal | 134 kcal |
| Grasas | 33,1 g | 8,3 g |
| de las cuales saturadas | 2,7 g | 0,7 g |
| Hidratos de carbono | 42,5 g | 10,6 g |
| de los cuales azúcares | 37,9 g | 9,5 g |
| Fibra | 7,4 g | 1,9 g |
| Proteínas | 13,6 g | 3,4 g |
| Sal | 0,05 g | 0,01 g |
"""

CISTERNS = """
= El agua guardada

== Aljibes y memoria oral en la comarca de los Yesares

Trabajo de fin de máster presentado por Amaranta Quiñones Íñiguez en la Escuela de Paisaje y
Territorio de Alcazaba la Vieja, bajo la dirección del profesor Telmo Urrutia Cañas.

> A mi abuela Remigia, que sabía cuánta agua quedaba por el sonido del cubo.

--- page

# Resumen

Los aljibes son depósitos subterráneos que guardan el agua de lluvia. En la comarca de los Yesares
hubo 212 y hoy solo 37 conservan agua. Este trabajo los localiza, describe cómo se construían y
recoge 58 entrevistas con quienes bebieron de ellos.

La conclusión principal es que los aljibes no se abandonaron por falta de lluvia, sino por la
llegada de la red de tuberías en 1968 y por el olvido de las normas que repartían su limpieza.

> Palabras clave: aljibe, agua de lluvia, cal, memoria oral, secano.

--- page

# Agradecimientos

A los vecinos de Cañada Honda, que me prestaron una escalera de once metros y no preguntaron para
qué. Al Archivo Parroquial, que abrió en agosto. A la beca Fuente Ovejera, de 7.200 euros, sin la
cual habría escrito sobre otra cosa. Y a mi perra Ñora, que encontró dos aljibes cayéndose dentro;
salió ilesa de ambos.

--- page

# Introducción

## Un paisaje sin ríos

En los Yesares llueven 286 litros por metro cuadrado al año, casi todos en doce días de otoño. No
hay ríos permanentes, y el agua de los pozos amarga porque atraviesa el yeso. ¿De dónde se bebía,
entonces? Del cielo: cada tejado, cada era empedrada y cada camino se inclinaba hacia un aljibe.

## Preguntas del trabajo

Tres preguntas guían estas páginas. ¿Cuántos aljibes hubo y dónde están? ¿Con qué técnicas se
construyeron? ¿Por qué dejaron de usarse? Las dos primeras se responden midiendo; la tercera,
escuchando.

# Método

## Trabajo de campo

El trabajo de campo duró catorce meses. Se recorrieron a pie 640 kilómetros de caminos con mapas de
1895, y cada aljibe se midió con una plomada y una cinta de 30 metros. El más profundo, el de la
Loba, alcanza 9,8 metros.

## Entrevistas

Se entrevistó a 58 personas de entre 61 y 97 años. La grabación más larga dura cinco horas y
termina con una receta de gachas. Todas las grabaciones se depositaron en el archivo comarcal, donde
pueden oírse los jueves.

--- page

# Cómo se construía un aljibe

## Excavación y bóveda

Cuatro hombres tardaban unos 40 días en excavar un aljibe de 50.000 litros. Se trabajaba en verano,
cuando el yeso está seco y la pared no se desmorona. La bóveda de ladrillo se cerraba sin cimbra,
apoyando cada hilada en la anterior.

## El enlucido

El secreto de un aljibe estanco era el enlucido: tres capas de cal, arena y sangre de cordero,
bruñidas con un canto de río durante una semana. La sangre retrasa el fraguado y cierra los poros.
Los maestros añadían un puñado de ceniza de sarmiento, que según ellos endulzaba el agua.

## Agua limpia

Antes de la primera lluvia se tapaba la entrada y se dejaba correr el agua, que lavaba el polvo del
verano. Dentro del aljibe vivía siempre una anguila, encargada de comerse los insectos; la del
aljibe del Convento vivió 43 años y se llamaba Dolores.

# Por qué se abandonaron

## La red de tuberías

El 3 de junio de 1968 llegó el agua corriente a la comarca. En cinco años se dejaron de limpiar ocho
de cada diez aljibes. Un vecino lo contó así: «Abrimos el grifo y cerramos la memoria».

## Las normas perdidas

Cada aljibe común tenía un aguador elegido por un año, que guardaba la llave y multaba con un
celemín de trigo a quien lavara ropa en la pila. Cuando nadie quiso el cargo, las raíces de las
higueras abrieron las bóvedas.

--- page

# Catálogo de aljibes con agua

La tabla recoge los mayores de los 37 aljibes que conservan agua. La capacidad se calculó con la
cota del rebosadero; el año es el de la inscripción o, en su defecto, el del documento más antiguo.

| Aljibe | Pueblo | Año | Hondo (m) | Litros | Estado |
| La Loba | Cañada Honda | 1742 | 9,8 | 118.000 | Bueno |
| El Convento | Yesar de Abajo | 1689 | 7,2 | 96.500 | Bueno |
| Los Frailes | Yesar de Abajo | 1701 | 6,9 | 88.000 | Grietas |
| Tío Pío | Peñalosa | 1833 | 6,1 | 54.200 | Restaurado |
| La Era Grande | Cañada Honda | 1790 | 5,8 | 71.300 | Bueno |
| Santa Bárbara | El Hornillo | 1811 | 6,4 | 62.000 | Raíces |
| Las Ánimas | El Hornillo | 1768 | 5,2 | 49.800 | Bueno |
| Corral de Núñez | Peñalosa | 1856 | 4,7 | 33.600 | Bueno |
| El Pastor | Venta Quemada | 1822 | 3,9 | 21.400 | Sin bóveda |
| Doña Urraca | Yesar de Arriba | 1655 | 8,3 | 104.700 | Restaurado |
| La Cigüeña | Yesar de Arriba | 1799 | 5,5 | 47.900 | Bueno |
| Cuatro Caños | Venta Quemada | 1760 | 6,0 | 66.100 | Grietas |
| El Boticario | Peñalosa | 1881 | 4,2 | 28.500 | Bueno |
| La Escuela | Cañada Honda | 1924 | 4,0 | 36.000 | Restaurado |
| Los Gavilanes | Venta Quemada | 1847 | 3,6 | 19.700 | Bueno |
| El Calvario | El Hornillo | 1733 | 6,6 | 70.400 | Raíces |
| Vereda Real | Venta Quemada | 1718 | 5,9 | 81.200 | Bueno |
| La Viña Vieja | Peñalosa | 1869 | 4,4 | 25.300 | Bueno |
| San Antón | Yesar de Abajo | 1777 | 5,0 | 44.600 | Restaurado |
| La Tejera | Yesar de Arriba | 1902 | 3,8 | 23.900 | Bueno |
| Molino de Viento | Cañada Honda | 1805 | 5,3 | 39.100 | Grietas |
| El Cura | El Hornillo | 1745 | 4,9 | 41.800 | Bueno |
| La Posada | Venta Quemada | 1783 | 5,6 | 57.500 | Bueno |
| Pilar Nuevo | Yesar de Arriba | 1931 | 4,5 | 52.000 | Bueno |
| Las Monjas | Yesar de Abajo | 1694 | 7,0 | 90.300 | Sin bóveda |
| El Ciprés | Peñalosa | 1838 | 4,1 | 27.700 | Bueno |
| Dos Hermanas | El Hornillo | 1872 | 4,8 | 35.400 | Restaurado |
| Puerta de Hierro | Cañada Honda | 1913 | 3,7 | 30.200 | Bueno |
| La Calera | Peñalosa | 1861 | 5,1 | 46.300 | Raíces |
| Fuente Seca | Venta Quemada | 1729 | 6,2 | 73.800 | Bueno |
| El Palomar | Yesar de Arriba | 1820 | 4,3 | 29.600 | Bueno |
| Era del Moro | El Hornillo | 1670 | 7,7 | 99.100 | Grietas |
| La Higuera | Cañada Honda | 1890 | 3,5 | 18.900 | Raíces |
| Cruz de Palo | Yesar de Abajo | 1849 | 4,6 | 32.800 | Bueno |
| Última Casa | Venta Quemada | 1938 | 3,3 | 17.200 | Bueno |

# Conclusiones

Restaurar un aljibe cuesta de media 14.500 euros, la cuarta parte que una balsa de plástico de igual
capacidad, y dura diez veces más. Se propone empezar por los seis que tienen grietas o raíces y
están a menos de un kilómetro de una escuela, para que alguien vuelva a tener la llave.
"""

SAMPLES = (
    Sample(
        name="cold-ridge-observatory.pdf",
        title="Cold Ridge Observatory: Handbook",
        author="Friends of Cold Ridge",
        language="en",
        header="Cold Ridge Observatory · Handbook for guests",
        footer="Page {page}",
        source=OBSERVATORY,
    ),
    Sample(
        name="slow-stones-olive-mills.pdf",
        title="Slow Stones: Heat and Flavour in Olive Mills",
        author="Almorada Institute for Rural Crafts",
        language="en",
        header="Almorada Papers in Rural Crafts, number 12",
        footer="Slow Stones · {page}",
        source=MILLS,
        hyphenate=True,
    ),
    Sample(
        name="three-isles-ferry.pdf",
        title="Three Isles Ferry: Timetable and Tariff",
        author="Three Isles Ferry Company",
        language="en",
        header="Three Isles Ferry · Summer timetable",
        footer="Page {page}",
        source=FERRY,
    ),
    Sample(
        name="the-salt-road-rules.pdf",
        title="The Salt Road: Rules of the Game",
        author="Goat and Lantern Games",
        language="en",
        header="The Salt Road · Rules",
        footer="{page}",
        source=GAME,
    ),
    Sample(
        name="memoria-cooperativa-apicola.pdf",
        title="Cooperativa Apícola La Encina Florida: memoria anual",
        author="Cooperativa Apícola La Encina Florida",
        language="es",
        header="La Encina Florida · Memoria anual",
        footer="Página {page}",
        source=APIARY,
    ),
    Sample(
        name="contrato-panaderia.pdf",
        title="Contrato de arrendamiento del horno de la calle de la Cigüeña",
        author="Masa Madre y Compañía",
        language="es",
        header="Contrato de arrendamiento · Calle de la Cigüeña, 17",
        footer="Página {page}",
        source=LEASE,
        hyphenate=True,
    ),
    Sample(
        name="ficha-turron.pdf",
        title="Turrón de almendra y naranja: ficha técnica",
        author="Obrador Hermanas Peñalver",
        language="es",
        header="Hermanas Peñalver · Ficha técnica 07",
        footer="Página {page}",
        source=NOUGAT,
    ),
    Sample(
        name="tesis-aljibes.pdf",
        title="El agua guardada: aljibes y memoria oral en los Yesares",
        author="Amaranta Quiñones Íñiguez",
        language="es",
        header="El agua guardada",
        footer="{page}",
        source=CISTERNS,
        front=3,
    ),
)


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
