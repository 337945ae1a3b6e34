"""Goes through the text of OpenDocument: paragraphs, lists, tables, notes and what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from desktop_rag.engines.formats import html_blocks
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.images import DocumentImages
from desktop_rag.engines.formats.odf_package import OdfPackage, q
from desktop_rag.engines.formats.odf_repeats import Repeats
from desktop_rag.engines.formats.odf_styles import Look, OdfStyles, number
from desktop_rag.engines.safe_xml import local

_DEEPEST = 60  # elements within each other
_MOST_BLANKS = 100
_MOST_COLUMNS = 200
_MOST_REPEATED = 100  # of a row or a cell that stands there more than once
_MOST_OBJECTS = 300  # charts and formulas: few bytes can ask for one again and again
_MOST_ROWS = 1_000  # that a cell takes
_TEXT_WIDTH = 487.0  # points
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_PASSED_BY = {
    q(name)
    for name in (
        "text:tracked-changes", "text:sequence-decls", "text:variable-decls",
        "text:user-field-decls", "text:dde-connection-decls", "text:script", "office:forms",
        "text:alphabetical-index-auto-mark-file", "office:annotation-end", "office:event-listeners",
        "text:table-of-content-source", "text:alphabetical-index-source",
        "text:bibliography-source", "text:illustration-index-source", "text:table-index-source",
        "text:object-index-source", "text:user-index-source", "text:note-citation",
        "svg:title", "svg:desc",
    )
}  # fmt: skip
_BLANKS = {"tab": " ", "line-break": "<br/>"}
_TAGS = {"bold": "b", "italic": "i", "struck": "s"}


class OpenTextReader:
    """Makes HTML of parts of a document, and counts the items of its lists and its headings."""

    def __init__(self, package: OdfPackage, styles: OdfStyles) -> None:
        self.package = package
        self.styles = styles
        self.images = DocumentImages()
        self.width = _TEXT_WIDTH
        self._counts: dict[str, dict[int, int]] = {}
        self._repeats = Repeats()
        self._after: list[str] = []  # what goes below the paragraph that is being read
        self._unseen: list[str] = []  # and what of it nobody sees
        self._hidden = False
        self._objects = 0

    def flows(self, body: Any) -> Iterator[HtmlFragment]:
        """Yield what is below `body`, with the pictures in it."""
        for piece in html_blocks.flows(self.blocks(body)):
            yield HtmlFragment(piece.html, pictures=self.images.taken())

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[str]:
        """Yield what is below an element, in order."""
        for element in parent if depth < _DEEPEST else ():
            yield from self._block(element, depth + 1)

    def _block(self, element: Any, depth: int) -> Iterator[str]:
        name = local(element)
        if element.tag in _PASSED_BY or not name:
            return
        match name:
            case "p" | "h":
                yield from self.paragraph(element, depth)
            case "list":
                yield from self._list(element, "", 1, depth)
            case "table":
                yield from self._table(element, depth)
            case "annotation":
                yield annotation(element)
            case "frame":
                yield from self._frame(element, depth)
            case "section":
                yield from self._section(element, depth)
            case _:
                yield from self.blocks(element, depth)

    def _section(self, section: Any, depth: int) -> Iterator[str]:
        before = self._hidden
        self._hidden = before or section.get(q("text:display")) == "none"
        yield from self.blocks(section, depth)
        self._hidden = before

    # Paragraphs

    def paragraph(self, element: Any, depth: int, label: str = "") -> Iterator[str]:
        """Yield a paragraph or heading, and then what hangs on it."""
        outer = self._after, self._unseen
        self._after, self._unseen = [], []
        style = element.get(q("text:style-name"), "")
        hidden = self._hidden or self._hides_itself(element, style)
        inner = self._words(element, depth)
        after, unseen = self._after, self._unseen
        self._after, self._unseen = outer
        if hidden:
            inner, unseen = "", [*filter(None, (label, inner)), *unseen]
        if _has_words(inner):
            yield self._shown(element, style, inner, label)
        if any(map(_has_words, unseen)):
            yield html_blocks.block("hidden", " ".join(unseen))
        yield from after

    def _hides_itself(self, element: Any, style: str) -> bool:
        marks = element.iter(q("text:hidden-paragraph"))
        marked = any(mark.get(q("text:is-hidden")) == "true" for mark in marks)
        return marked or bool(self.styles.look("paragraph", style).hidden)

    def _shown(self, element: Any, style: str, inner: str, label: str) -> str:
        if local(element) == "h":
            level = number(element.get(q("text:outline-level")), 1)
            return html_blocks.heading(
                level, (label or self._heading_label(element, level)) + inner
            )
        if label:
            return f"<p>{label}{inner}</p>"
        return f'<p class="title">{inner}</p>' if self.styles.is_title(style) else f"<p>{inner}</p>"

    def _words(self, parent: Any, depth: int) -> str:
        found = [html_blocks.text(_spaced(parent.text))]
        for child in parent if depth < _DEEPEST else ():
            found += [self._inline(child, depth + 1), html_blocks.text(_spaced(child.tail))]
        return "".join(found)

    def _inline(self, element: Any, depth: int) -> str:
        if element.tag in _PASSED_BY:
            return ""
        match local(element):
            case "s":
                return " " * number(element.get(q("text:c")), 1, _MOST_BLANKS)
            case "tab" | "line-break" as name:
                return _BLANKS[name]
            case "annotation":
                self._after.append(annotation(element))
                return ""
            case name:
                special = {"span": self._span, "note": self._note, "ruby-text": self._reading}
                return special.get(name, self._words_or_drawing)(element, depth)

    def _reading(self, ruby: Any, depth: int) -> str:
        return f" ({self._words(ruby, depth)})"

    def _words_or_drawing(self, element: Any, depth: int) -> str:
        if element.tag == q("text:hidden-text"):
            return self._hidden_text(element)
        if not str(element.tag).startswith(q("draw:")):
            return self._words(element, depth) if local(element) else ""
        if element.tag == q("draw:a"):
            return self._words(element, depth)
        image = element.find(q("draw:image"))
        if image is not None and element.find(q("draw:object")) is None:
            return self._picture(element, image)
        self._after += self._block(element, depth)
        return ""

    def _span(self, element: Any, depth: int) -> str:
        look = self.styles.look("text", element.get(q("text:style-name"), ""))
        inner = self._words(element, depth)
        if look.hidden:
            self._unseen.append(inner)
            return ""
        return _dressed(inner, look)

    def _hidden_text(self, element: Any) -> str:
        words = html_blocks.text(element.get(q("text:string-value")) or element.text or "")
        if element.get(q("text:is-hidden")) == "false":
            return words
        self._unseen.append(words)
        return ""

    def _note(self, note: Any, depth: int) -> str:
        """Put a footnote below its paragraph, and return the number that leads to it."""
        citation = note.find(q("text:note-citation"))
        label = (
            html_blocks.text("".join(citation.itertext()).strip()) if citation is not None else ""
        )
        body = note.find(q("text:note-body"))
        made = list(self.blocks(body, depth)) if body is not None else []
        inner = "<br/>".join(one.removeprefix("<p>").removesuffix("</p>") for one in made)
        if inner:
            self._after.append(f'<p class="aside">[{label}] {inner}</p>')
        return f"<sup>[{label}]</sup>" if label else ""

    # Lists and the numbers of headings

    def _list(self, element: Any, style: str, level: int, depth: int) -> Iterator[str]:
        style = element.get(q("text:style-name"), style)
        counts = self._counts.setdefault(style, {})
        goes_on = element.get(q("text:continue-numbering")) == "true" or element.get(
            q("text:continue-list")
        )
        if level == 1 and not goes_on:
            counts.clear()
        for item in element if depth < _DEEPEST else ():
            labelled = item.tag == q("text:list-item")
            first = labelled
            for child in item:
                if child.tag == q("text:list"):
                    yield from self._list(child, style, level + 1, depth + 2)
                elif local(child) in {"p", "h"}:
                    label = self._label(style, level, item) if first else ""
                    yield from self.paragraph(child, depth + 2, label)
                    first = False
                else:
                    yield from self._block(child, depth + 2)

    def _label(self, style: str, level: int, item: Any) -> str:
        levels = self.styles.levels(style)
        known = levels.get(level)
        if known is None:
            return "• "
        counts = self._counts[style]
        given = item.get(q("text:start-value"))
        label = _next_label(levels, level, counts, number(given, -1) if given else -1)
        return f"{html_blocks.text(label)} " if label else ""

    def _heading_label(self, heading: Any, level: int) -> str:
        levels = self.styles.outline
        if level not in levels or heading.get(q("text:is-list-header")) == "true":
            return ""
        counts = self._counts.setdefault("", {})
        label = _next_label(levels, level, counts, number(heading.get(q("text:start-value")), -1))
        return f"{html_blocks.text(label)} " if label else ""

    # Tables

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        found = [(self._cells(row, depth), _is_head(row)) for row in self._rows_of(table)]
        rows = [row for row, _ in found if row]
        if sum(map(len, rows)) == 1:  # no table but a frame
            yield from self.blocks(rows[0][0][0], depth + 2)
            return
        heads = sum(is_head for row, is_head in found if row) or int(len(rows) > 1)
        made = [
            html_blocks.row(
                html_blocks.cell("".join(self.blocks(cell, depth + 2)), *spans, head=at < heads)
                for cell, *spans in row
            )
            for at, row in enumerate(rows)
        ]
        yield from html_blocks.table(made[heads:], "".join(made[:heads]))

    def _rows_of(self, table: Any) -> Iterator[Any]:
        """Yield the rows of a table, but not those of tables in it."""
        for row in table.iter(q("table:table-row")):
            if next(row.iterancestors(q("table:table")), None) is table:
                asked = number(row.get(q("table:number-rows-repeated")), 1, _MOST_REPEATED)
                filled = any(len(cell) for cell in row)
                yield from [row] * (self._repeats.times(asked, row) if filled else 1)

    def _cells(self, row: Any, depth: int) -> list[tuple[Any, int, int]]:
        """Return (cell, columns it takes, rows it takes) of a row; nothing for empty ends."""
        found: list[tuple[Any, int, int]] = []
        for cell in row if depth < _DEEPEST else ():
            if cell.tag != q("table:table-cell"):
                continue
            asked = number(cell.get(q("table:number-columns-repeated")), 1, _MOST_REPEATED)
            across = number(cell.get(q("table:number-columns-spanned")), 1, _MOST_COLUMNS)
            down = number(cell.get(q("table:number-rows-spanned")), 1, _MOST_ROWS)
            found += [(cell, max(across, 1), max(down, 1))] * self._repeats.times(asked, cell)
        while found and not len(found[-1][0]):
            found.pop()
        return found[:_MOST_COLUMNS]

    # What is drawn

    def _frame(self, frame: Any, depth: int) -> Iterator[str]:
        inner = frame.find(q("draw:object"))
        if inner is not None:
            yield from self._object(inner.get(q("xlink:href"), ""), depth)
            return
        image = frame.find(q("draw:image"))
        if image is not None:
            picture = self._picture(frame, image)
            yield f"<p>{picture}</p>" if picture else ""
        yield from self.blocks(frame, depth)

    def _picture(self, frame: Any, image: Any) -> str:
        data = self.package.picture(image.get(q("xlink:href"), ""))
        width = points(frame.get(q("svg:width"))) or self.width
        return self.images.tag(data, min(width, self.width))

    def _object(self, href: str, depth: int) -> Iterator[str]:
        """Yield the figures of a chart, or the source of a formula."""
        self._objects += 1
        if not href or self._objects > _MOST_OBJECTS:
            return
        root = self.package.part(f"{href.removesuffix('/')}/content.xml")
        if root is None:
            return
        for table in root.iter(q("table:table")):
            yield from self._table(table, depth + 1)
        notes = root.iter("{*}annotation") if local(root) == "math" else ()
        for note in notes:
            yield f"<p>{html_blocks.text(note.text or '')}</p>"


def annotation(element: Any) -> str:
    """Return a comment, with who wrote it."""
    author = " ".join((element.findtext(q("dc:creator")) or "").split())
    words = (" ".join("".join(part.itertext()).split()) for part in element.iter(q("text:p")))
    said = "<br/>".join(html_blocks.text(one) for one in words if one)
    return html_blocks.block("note", f"{html_blocks.text(author)}: {said}") if said else ""


def marginals(package: OdfPackage) -> Iterator[str]:
    """Yield what stands above or below every page of a text, each once."""
    reader = OpenTextReader(package, OdfStyles(package))
    masters = package.styles.find(q("office:master-styles")) if package.styles is not None else None
    seen = set()
    for part in masters.iter() if masters is not None else ():
        if local(part).startswith(("header", "footer")) and part.tag.startswith(q("style:")):
            for words in part.iter(q("text:p")):
                inner = "".join(reader.paragraph(words, 0))
                plain = re.sub(r"^<p>|</p>$", "", inner)
                if _has_words(plain) and plain not in seen and plain.count("<p") == 0:
                    seen.add(plain)
                    yield html_blocks.block("furniture", plain)


def points(length: str | None) -> float:
    """Return a length such as “2.5cm” in points, 0 if it is none."""
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px)", length or "")
    return float(found[1]) * _POINTS[found[2]] if found else 0.0


def _is_head(row: Any) -> bool:
    return bool(row.getparent().tag == q("table:table-header-rows"))


def _next_label(levels: dict[int, Any], level: int, counts: dict[int, int], given: int) -> str:
    known = levels[level]
    counts[level] = given if given >= 0 else counts.get(level, known.start - 1) + 1
    for below in [one for one in counts if one > level]:
        del counts[below]
    return str(known.label(counts, levels, level))


def _dressed(inner: str, look: Look) -> str:
    if not inner.strip() or "<img" in inner:
        return inner
    for name, tag in _TAGS.items():
        if getattr(look, name):
            inner = f"<{tag}>{inner}</{tag}>"
    return f"<{look.raised}>{inner}</{look.raised}>" if look.raised else inner


def _has_words(inner: str) -> bool:
    return bool(inner.replace("<br/>", "").strip())


def _spaced(characters: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", characters or "")
