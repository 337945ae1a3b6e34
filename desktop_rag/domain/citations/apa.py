"""Citations as the seventh edition of the APA's manual has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop_rag.domain.authors import Author
from desktop_rag.domain.citations.phrases import (
    BOOK_PARTS,
    ENGLISH,
    SPANISH,
    WITHIN,
    Run,
    Terms,
    address_of,
    day_of,
    edition_of,
    ranged,
    stopped,
)
from desktop_rag.domain.references import Reference, ReferenceKind

_DAILY = frozenset(  # of which the day counts
    {
        ReferenceKind.MAGAZINE_ARTICLE,
        ReferenceKind.NEWSPAPER_ARTICLE,
        ReferenceKind.WEBPAGE,
        ReferenceKind.SPEECH,
        ReferenceKind.LETTER,
    }
)
_MOST = 20  # authors that are named


def in_text(reference: Reference, terms: Terms, page: str = "") -> str:
    """Return what APA puts into a text: "(Pérez & Gil, 2021, p. 12)".

    >>> in_text(Reference(authors=(Author("Pérez", "Ana"),), issued="2021-05"), SPANISH, "12")
    '(Pérez, 2021, p. 12)'
    """
    names = [author.family for author in reference.authors]
    if len(names) > 2:  # noqa: PLR2004  # as APA has it
        who = f"{names[0]} et al."
    elif names:
        who = f" {_ampersand(terms)} ".join(names)
    else:
        who = f"«{reference.title}»" if terms is SPANISH else f"“{reference.title}”"
    parts = [who, reference.year or terms.no_date, f"p. {page}" if page else ""]
    return f"({', '.join(filter(None, parts))})"


def entry(reference: Reference, terms: Terms) -> Iterator[Run]:
    """Yield who, when, what and where, each with its full stop."""
    who = _names(reference.authors, terms)
    if reference.kind is ReferenceKind.LEGISLATION:
        who = ""  # a law is known by its name
    when = f"({_date(reference, terms)}). "
    title = list(_title(reference, terms))
    if who:
        yield Run(f"{stopped(who)} {when}")
        yield from title
    else:
        yield from title
        yield Run(f" {when}".rstrip())
    yield from _spaced(_places(reference, terms, who))


def _spaced(parts: Iterable[Sequence[Run]]) -> Iterator[Run]:
    for part in parts:
        yield Run(" ")
        yield from part


def _title(reference: Reference, terms: Terms) -> Iterator[Run]:
    title = reference.title.rstrip(".")
    beside = ""
    if reference.edition and reference.kind not in BOOK_PARTS:
        beside = f" ({edition_of(reference.edition, terms)})"
    if reference.kind is ReferenceKind.THESIS:
        beside = f" [{', '.join(filter(None, (terms.thesis, reference.publisher)))}]"
    yield Run(title, reference.kind not in WITHIN)
    yield Run(beside)
    yield Run("" if not beside and title.endswith(("?", "!", "…")) else ".")


def _places(reference: Reference, terms: Terms, who: str) -> Iterator[Sequence[Run]]:
    container, pages = reference.container.rstrip("."), ranged(reference.pages)
    if reference.kind in BOOK_PARTS and container:
        beside = ", ".join(
            filter(
                None,
                [
                    edition_of(reference.edition, terms) if reference.edition else "",
                    f"{'pp.' if '–' in pages else 'p.'} {pages}" if pages else "",
                ],
            )
        )
        yield [
            Run(f"{terms.within} "),
            Run(container, italic=True),
            Run(f" ({beside})." if beside else "."),
        ]
    elif container:
        yield list(_journal(reference, container, pages))
    publisher = reference.publisher.rstrip(".")
    told = reference.kind is ReferenceKind.THESIS or publisher in {container, who.rstrip(".")}
    journal = reference.kind in WITHIN - BOOK_PARTS
    if publisher and not told and not journal:
        yield [Run(f"{publisher}.")]
    if address := address_of(reference):
        yield [Run(address)]


def _journal(reference: Reference, container: str, pages: str) -> Iterator[Run]:
    yield Run(container, italic=True)
    if reference.volume:
        yield Run(", ")
        yield Run(reference.volume, italic=True)
    if reference.issue:
        yield Run(f"({reference.issue})" if reference.volume else f", ({reference.issue})")
    yield Run(f", {pages}." if pages else ".")


def _names(authors: Sequence[Author], terms: Terms) -> str:
    names = [_name(author) for author in authors]
    if len(names) > _MOST:
        return f"{', '.join(names[: _MOST - 1])}, … {names[-1]}"
    if len(names) > 1:
        return f"{', '.join(names[:-1])}, {_ampersand(terms)} {names[-1]}"
    return "".join(names)


def _name(author: Author) -> str:
    initials = " ".join(
        "-".join(f"{part[0].upper()}." for part in name.split("-") if part)
        for name in author.given.replace(".", ". ").split()
        if name[0].isalpha()
    )
    return f"{author.family}, {initials}" if initials else author.family


def _date(reference: Reference, terms: Terms) -> str:
    if not reference.issued:
        return terms.no_date
    day = day_of(reference.issued, terms) if reference.kind in _DAILY else ""
    return f"{reference.year}, {day}" if day else reference.year


def _ampersand(terms: Terms) -> str:
    return "&" if terms is ENGLISH else terms.and_
