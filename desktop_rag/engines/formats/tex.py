"""Reads TeX: its headings and its words, without comments and without most commands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer, text_blocks
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise

_LEVELS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\){0,20})%[^\n]*(?:\n[ \t]*(?=\S))?")
_BODY = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)
_VERBATIM = re.compile(
    r"\\begin\{(verbatim|lstlisting|minted|comment)\*?\}(.*?)\\end\{\1\*?\}", re.DOTALL
)
_ARGUMENT = r"\s{0,9}(?:\[[^\]\n]{0,200}\])?\s{0,9}\{((?:[^{}]|\{[^{}]{0,500}\}){0,2000})\}"
_HEADING = re.compile(rf"\\({'|'.join(_LEVELS)})\*?{_ARGUMENT}")
_TITLE = re.compile(rf"\\title{_ARGUMENT}")
_ACCENT = re.compile(r"\\([`'^\"~=.]|[uvHckr](?![a-zA-Z]))\s?(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))")
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327",
    "k": "\u0328",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å",
    "AA": "Å", "l": "ł", "L": "Ł", "ldots": "…", "dots": "…", "textendash": "–",
    "textemdash": "—", "S": "§", "P": "¶", "pounds": "£", "euro": "€", "texteuro": "€",
    "copyright": "©", "LaTeX": "LaTeX", "TeX": "TeX", "quad": " ", "qquad": " ", "item": "•",
}  # fmt: skip
_LETTER = re.compile(rf"\\({'|'.join(_LETTERS)})(?![a-zA-Z])(?:\{{\}}|[ \t]+(?=\S))?")
_DRESSED = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|sf|rm|sl|up|md|normal)|emph|underline|mbox|uline|enquote|footnote"
    r"|caption|author|date|thanks|url|texorpdfstring)\*?(?:\[[^\]\n]{0,200}\])?\{"
)
_SILENT = re.compile(
    r"\\(?:begin|end|label|vspace|hspace|usepackage|documentclass|bibliographystyle|pagestyle"
    r"|thispagestyle|includegraphics|setlength|newcommand|renewcommand|input|include)(?![a-zA-Z])\*?"
    r"(?:\s?\[[^\]\n]{0,200}\]|\{[^{}\n]{0,200}\}){0,4}"
    r"|\\(?:maketitle|tableofcontents|centering|noindent|newpage|clearpage|bigskip|medskip"
    r"|smallskip|par|hline|toprule|midrule|bottomrule|large|Large|small|bfseries|itshape|em|bf|it)"
    r"(?![a-zA-Z])[ ]?"
)
_SIGNS = (("~", "\u00a0"), ("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("\\\\", "\n"))
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_BRACES = {"{": ("{", "}"), "\\footnote{": (" (", ")")}  # of which more than nothing stays


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a document in TeX to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_tex(path.read_bytes()), target)


def of_tex(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title of a document in TeX, and what a reader would see of it. Raises nothing.

    Formulas and what is not known stay as they stand.
    """
    source = text_blocks.unified(encoding.decoded(data))
    said = _TITLE.search(source)
    title = " ".join(_words(said[1]).split()) if said else ""
    body = _BODY.search(source)
    return title, html_blocks.flows(_blocks(title, body[1] if body else source))


def _blocks(title: str, source: str) -> Iterator[str]:
    if title:
        yield f'<p class="title">{html_blocks.text(title)}</p>'
    at = 0
    for listing in _VERBATIM.finditer(source):
        yield from _prose(source[at : listing.start()])
        if listing[1] != "comment":
            yield from text_blocks.preformatted(listing[2], code=True)
        at = listing.end()
    yield from _prose(source[at:])


def _prose(source: str) -> Iterator[str]:
    source = _COMMENT.sub(r"\1", source)
    top = min((_LEVELS.index(found[1]) for found in _HEADING.finditer(source)), default=0)
    at = 0
    for heading in _HEADING.finditer(source):
        yield from text_blocks.preformatted(_words(source[at : heading.start()]))
        words = " ".join(_words(heading[2]).split())
        yield html_blocks.heading(_LEVELS.index(heading[1]) - top + 1, html_blocks.text(words))
        at = heading.end()
    yield from text_blocks.preformatted(_words(source[at:]))


def _words(source: str) -> str:
    """Return what a reader sees, as far as that is cheap to tell."""
    source = _ACCENT.sub(_accented, source)
    source = _LETTER.sub(lambda found: _LETTERS[found[1]] + " " * (found[1] == "item"), source)
    source = _SILENT.sub("", source)
    source = _undressed(source)
    for sign, meant in _SIGNS:
        source = source.replace(sign, meant)
    source = _ESCAPED.sub(r"\1", source)
    return "\n".join(line.strip() for line in source.split("\n"))


def _undressed(source: str) -> str:
    """Return text without the commands that only dress it, and without their braces."""
    parts: list[str] = []
    closing: list[str] = []  # what is put for the ends of the braces that are open
    at = 0
    for brace in re.finditer(rf"{_DRESSED.pattern}|(?<!\\)[{{}}]", source):
        parts.append(source[at : brace.start()])
        at = brace.end()
        if brace[0] == "}":
            parts.append(closing.pop() if closing else "}")
            continue
        begin, end = _BRACES.get(brace[0], ("", ""))
        parts.append(begin)
        closing.append(end)
    return "".join([*parts, source[at:]])


def _accented(found: re.Match[str]) -> str:
    letter = found[2] or found[3]
    return unicodedata.normalize("NFC", letter + _ACCENTS[found[1]])
