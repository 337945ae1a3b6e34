"""What the styles of OpenDocument say: how text looks, what is hidden, how lists are counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop_rag.engines.formats import numerals
from desktop_rag.engines.formats.odf_package import OdfPackage, q

_DEEPEST = 20  # styles that stand on each other


class Look(NamedTuple):
    """How text looks; what is None is said elsewhere."""

    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    raised: str | None = None  #: “sup”, “sub” or nothing
    hidden: bool | None = None

    def over(self, below: Look) -> Look:
        """Return this look where it says something, and elsewhere what is `below` it."""
        said = {name: value for name, value in self._asdict().items() if value is not None}
        return below._replace(**said)


class ListLevel(NamedTuple):
    """How the items of one level of a list are labelled."""

    bullet: bool
    form: str  #: of its number, as `numerals` has them
    before: str
    after: str
    start: int
    shown: int  #: how many levels' numbers stand in the label

    def label(self, counts: dict[int, int], levels: dict[int, ListLevel], at: int) -> str:
        """Return what stands before an item, such as “2.1.”, given the counts of all levels."""
        if self.bullet:
            return "•"
        if not self.form:
            return ""
        first = max(1, at - self.shown + 1)
        forms = (levels.get(level, self).form for level in range(first, at + 1))
        numbers = (
            numerals.counted(form, counts.get(level, 1))
            for level, form in zip(range(first, at + 1), forms, strict=True)
        )
        return self.before + ".".join(filter(None, numbers)) + self.after


class OdfStyles:
    """The styles of a document, those that it was given by name and those of single places."""

    def __init__(self, package: OdfPackage) -> None:
        self._known: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self.outline: dict[int, ListLevel] = {}
        roots = [root for root in (package.styles, package.content) if root is not None]
        for root in roots:
            for style in root.iter(q("style:style")):
                family = style.get(q("style:family"), "")
                self._known[family, style.get(q("style:name"), "")] = style
            for style in root.iter(q("text:list-style")):
                self._lists[style.get(q("style:name"), "")] = dict(_levels(style))
            for style in root.iter(q("text:outline-style")):
                self.outline = dict(_levels(style))

    def look(self, family: str, name: str) -> Look:
        """Return how a style of text or of paragraphs says that text looks."""
        if (family, name) not in self._looks:
            look = Look()
            for style in self._chain(family, name):
                look = look.over(_look(style.find(q("style:text-properties"))))
            self._looks[family, name] = look
        return self._looks[family, name]

    def is_title(self, name: str) -> bool:
        """Whether a paragraph is the title of the document."""
        chain = self._chain("paragraph", name)
        return any(style.get(q("style:name")) == "Title" for style in chain)

    def levels(self, name: str) -> dict[int, ListLevel]:
        """Return the levels of a list, from 1."""
        return self._lists.get(name, {})

    def says(self, family: str, name: str, properties: str, attribute: str) -> str:
        """Return what a style says in one attribute of its properties."""
        for style in self._chain(family, name):
            found = style.find(q(properties))
            if found is not None and found.get(q(attribute)) is not None:
                return str(found.get(q(attribute)))
        return ""

    def _chain(self, family: str, name: str) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            style = self._known.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(q("style:parent-style-name"), "")


def _look(properties: Any) -> Look:
    if properties is None:
        return Look()
    weight = properties.get(q("fo:font-weight"))
    slant = properties.get(q("fo:font-style"))
    line = properties.get(q("style:text-line-through-style"))
    display = properties.get(q("text:display"))
    return Look(
        None if weight is None else weight in {"bold", "600", "700", "800", "900"},
        None if slant is None else slant in {"italic", "oblique"},
        None if line is None else line != "none",
        _raised(properties.get(q("style:text-position"))),
        None if display is None else display == "none",
    )


def _raised(position: str | None) -> str | None:
    """Return the tag of text that is raised or lowered, such as by “super 58%” or “-10% 80%”."""
    if position is None:
        return None
    place = (position.split() or [""])[0]
    if place in {"super", "sub"}:
        return place.replace("super", "sup")
    digits = place.removesuffix("%").lstrip("-").replace(".", "")
    if not digits.isdecimal() or not digits.strip("0"):
        return ""
    return "sub" if place.startswith("-") else "sup"


def _levels(style: Any) -> Iterator[tuple[int, ListLevel]]:
    for level in style:
        bullet = level.tag in {q("text:list-level-style-bullet"), q("text:list-level-style-image")}
        yield (
            number(level.get(q("text:level")), 1),
            ListLevel(
                bullet,
                level.get(q("style:num-format"), ""),
                level.get(q("style:num-prefix"), ""),
                level.get(q("style:num-suffix"), ""),
                number(level.get(q("text:start-value")), 1),
                number(level.get(q("text:display-levels")), 1),
            ),
        )


def number(digits: str | None, otherwise: int, most: int = 1_000_000) -> int:
    """Return what an attribute counts, at most `most`."""
    return min(int(digits), most) if digits and digits.isascii() and digits.isdigit() else otherwise
