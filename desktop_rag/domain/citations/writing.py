"""A record in a style and a language, as text or as runs of one look."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from desktop_rag.domain.citations import apa, bibtex, iso_690
from desktop_rag.domain.citations.phrases import Run, terms_of
from desktop_rag.domain.references import Reference


class CitationStyle(StrEnum):
    """How a citation is written; the values are typed on the command line."""

    APA = "apa"
    ISO_690 = "iso690"
    BIBTEX = "bibtex"


def citation(
    reference: Reference, style: CitationStyle, language: str = "en", page: str = ""
) -> str:
    """Return a record as plain text, as `runs` has it."""
    return "".join(run.text for run in runs(reference, style, language, page))


def runs(
    reference: Reference, style: CitationStyle, language: str = "en", page: str = ""
) -> tuple[Run, ...]:
    """Return a record in a style, in the words of a language: "es" or, of any other, English.

    With a `page`, APA begins with a line to be put into the text, ISO 690 ends with the page,
    and BibTeX has it as a note.
    """
    terms = terms_of(language)
    match style:
        case CitationStyle.APA:
            inside = f"{apa.in_text(reference, terms, page)}\n" if page else ""
            return _merged([Run(inside), *apa.entry(reference, terms)])
        case CitationStyle.ISO_690:
            return _merged(iso_690.entry(reference, terms, page))
        case CitationStyle.BIBTEX:
            return (Run(bibtex.entry(reference, page)),)


def _merged(found: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs without empty ones, those of one look as one; no white space at the end."""
    merged: list[Run] = []
    for run in found:
        if merged and merged[-1].italic == run.italic:
            merged[-1] = Run(merged[-1].text + run.text, run.italic)
        elif run.text:
            merged.append(run)
    if merged:
        merged[-1] = merged[-1]._replace(text=merged[-1].text.rstrip())
    return tuple(merged)
