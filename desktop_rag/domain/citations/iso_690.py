"""Citations as ISO 690 has them since 2021, by name and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from desktop_rag.domain.authors import Author
from desktop_rag.domain.citations.phrases import (
    BOOK_PARTS,
    WITHIN,
    Run,
    Terms,
    address_of,
    edition_of,
    ranged,
    stopped,
)
from desktop_rag.domain.references import Reference, ReferenceKind

_MOST = 10  # authors that are named


def entry(reference: Reference, terms: Terms, page: str) -> Iterator[Run]:
    """Yield who, when, what, in what and where."""
    who = _names(reference.authors, terms)
    if reference.kind is ReferenceKind.LEGISLATION:
        who = ""
    when = reference.year or f"[{terms.missing}]"
    title, whole = reference.title.rstrip("."), reference.kind not in WITHIN
    if who:
        yield Run(f"{who}, {when}. ")
    yield Run(title, whole)
    if not who:
        yield Run(f", {when}")
    if whole and address_of(reference):
        yield Run(f" [{terms.online}]")
    yield Run(". ")
    ends = list(_ends(reference, terms, page))
    parts = [*_container(reference, terms), *([Run(part), Run(" ")] for part in ends)]
    yield from chain.from_iterable(parts)


def _container(reference: Reference, terms: Terms) -> Iterator[list[Run]]:
    container = reference.container.rstrip(".")
    if not container:
        return
    within = f"{terms.within}: " if reference.kind in BOOK_PARTS else ""
    where = [
        f"vol. {reference.volume}" if reference.volume else "",
        f"{terms.number} {reference.issue}" if reference.issue else "",
        _pages(reference.pages),
    ]
    told = ", ".join(filter(None, where))
    yield [Run(within), Run(container, italic=True), Run(f", {told}. " if told else ". ")]


def _pages(pages: str) -> str:
    found = ranged(pages)
    return f"{'pp.' if '–' in found else 'p.'} {found}" if found else ""


def _ends(reference: Reference, terms: Terms, page: str) -> Iterator[str]:
    """Yield the sentences behind the titles."""
    if reference.edition:
        yield stopped(edition_of(reference.edition, terms))
    if reference.kind is ReferenceKind.THESIS:
        yield f"{terms.thesis}."
    published = ": ".join(filter(None, (reference.place, reference.publisher.rstrip("."))))
    if published and published != reference.container:
        yield f"{published}."
    if page:
        yield f"p. {page}."
    yield from _numbers(reference, terms)


def _numbers(reference: Reference, terms: Terms) -> Iterator[str]:
    if reference.isbn:
        yield f"ISBN {reference.isbn}."
    elif reference.issn:
        yield f"ISSN {reference.issn}."
    if reference.doi:
        yield f"DOI: {reference.doi}."
    elif reference.url:
        yield f"{terms.available} {reference.url}"


def _names(authors: Sequence[Author], terms: Terms) -> str:
    names = [
        f"{author.family.upper()}, {author.given}" if author.given else author.family.upper()
        for author in authors
    ]
    if len(names) > _MOST:
        return f"{names[0]} et al."
    if len(names) > 1:
        return f"{', '.join(names[:-1])} {terms.and_} {names[-1]}"
    return "".join(names)
