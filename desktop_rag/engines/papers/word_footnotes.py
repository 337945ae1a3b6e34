"""The part of a Word document that holds its footnotes: python-docx makes none.

As in ECMA-376, part 1, 17.11: two notes of their own kinds draw the lines between text and notes,
all others are counted from 1.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_EMPTY = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" w:line="240"
 w:lineRule="auto"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"
 w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""
_SEPARATORS = f"""<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/>
</w:footnotePr>"""
_STYLES = f"""<w:styles {nsdecls("w")}>
<w:style w:type="paragraph" w:customStyle="0" w:styleId="FootnoteText"><w:name
 w:val="footnote text"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr><w:spacing
 w:after="40" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs
 w:val="18"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>
<w:uiPriority w:val="99"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority
 w:val="99"/><w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr></w:style>
</w:styles>"""


class FootnotesPart:
    """The footnotes of a document, of which each is added once and referred to at once."""

    def __init__(self, document: Document) -> None:
        self._root = parse_xml(_EMPTY)
        self._part = Part(PackURI("/word/footnotes.xml"), _TYPE, b"", document.part.package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._count = 0
        styles = document.styles.element
        for style in parse_xml(_STYLES):
            styles.append(style)
        settings = document.settings.element
        settings.find(qn("w:compat")).addprevious(parse_xml(_SEPARATORS))

    def add(self, place: str, address: str, words: str) -> Any:
        """Add a note, a link to `address` where there is one; return the run that refers to it."""
        self._count += 1
        note = OxmlElement("w:footnote", {qn("w:id"): str(self._count)})
        paragraph = _child(note, "w:p")
        _child(_child(paragraph, "w:pPr"), "w:pStyle", "FootnoteText")
        _child(_styled(paragraph, "FootnoteReference"), "w:footnoteRef")
        text_run(paragraph, " ")
        link(self._part, paragraph, place, address)
        text_run(paragraph, f": “{words}”")
        self._root.append(note)
        reference = OxmlElement("w:r")
        _child(_child(reference, "w:rPr"), "w:rStyle", "FootnoteReference")
        mark = _child(reference, "w:footnoteReference")
        mark.set(qn("w:id"), str(self._count))
        return reference

    def close(self) -> None:
        """Put the notes into the document, which takes none after that."""
        self._part._blob = etree.tostring(  # noqa: SLF001 - a part has no other way to change it
            self._root, xml_declaration=True, encoding="UTF-8", standalone=True
        )


def link(part: Part, paragraph: Any, text: str, address: str) -> None:
    """Add text that leads to an address, or text alone where there is none."""
    if not address:
        text_run(paragraph, text)
        return
    name = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    leading = _child(paragraph, "w:hyperlink")
    leading.set(qn("r:id"), name)
    leading.set(qn("w:history"), "1")
    run = _styled(leading, "Hyperlink")
    _text(run, text)


def text_run(paragraph: Any, text: str) -> None:
    """Add text as it stands."""
    _text(_child(paragraph, "w:r"), text)


def _text(run: Any, text: str) -> None:
    written = _child(run, "w:t")
    written.set(qn("xml:space"), "preserve")
    written.text = text


def _styled(parent: Any, style: str) -> Any:
    run = _child(parent, "w:r")
    _child(_child(run, "w:rPr"), "w:rStyle", style)
    return run


def _child(parent: Any, tag: str, value: str = "") -> Any:
    made = OxmlElement(tag)
    if value:
        made.set(qn("w:val"), value)
    parent.append(made)
    return made
