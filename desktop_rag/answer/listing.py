"""What is said of everything that was found: how many, in which documents, on which pages.

It is an answer, and so in the language of the question: Spanish (`es`), or else English.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_rag.answer.citations import without_own_marks
from desktop_rag.domain.occurrences import (
    Census,
    Counted,
    DocumentCount,
    Manner,
    Needle,
    Occurrences,
)
from desktop_rag.domain.passages import Passage
from desktop_rag.domain.unicode_text import one_line

_MOST_NAMED = 200  # documents that are named in the text
_MOST_TOLD = 100  # places that are told of in the text
_MOST_PAGES = 12  # of one document


def head(census: Census, found: Occurrences, language: str) -> str:
    """Return the sentences that an answer begins with: the numbers, and what they leave out."""
    spanish = language == "es"
    said = [_first(census, found, spanish=spanish)]
    if census.lacking and found.without:
        said[0] = said[0].removesuffix(".") + ":"
        said.append(_names(found.without, spanish=spanish))
    elif len(found.forms) > 1:
        said.append(_of_forms(found, spanish=spanish))
    if found.near:
        said.append(_nearest(found.near, spanish=spanish))
    if census.thing:
        said.append(_looked(found, spanish=spanish))
    if len(found.shown) < found.total and not census.lacking:
        said.append(_cut(found, spanish=spanish))
    return " ".join(said)


def body(found: Occurrences, passages: Sequence[Passage], language: str) -> str:
    """Return the documents, most first, each with its first places, which `passages` number.

    What is more than can be read is left out, and said so.
    """
    own: dict[str, list[Passage]] = {}
    for passage in passages[:_MOST_TOLD]:
        own.setdefault(passage.hit.document, []).append(passage)
    spanish = language == "es"
    lines: list[str] = []
    for count in found.documents[:_MOST_NAMED]:
        lines.append(f"- {_document(count, spanish=spanish)}")
        lines += [f"  - {_place(one, spanish=spanish)}" for one in own.get(count.document, ())]
    more = len(found.documents) - _MOST_NAMED
    if more > 0:
        lines.append(f"- … {_documents(more, spanish=spanish)}")
    return "\n".join(lines)


def told(passages: Sequence[Passage]) -> Sequence[Passage]:
    """Return the passages that the text names, in its order."""
    return passages[:_MOST_TOLD]


def _first(census: Census, found: Occurrences, *, spanish: bool) -> str:
    what = _needles(census, found.needles, spanish=spanish)
    if census.lacking:
        return _lacking(found, what, spanish=spanish)
    if not found.total:
        return _none(found.looked_documents, what, spanish=spanish)
    match found.manner:
        case Manner.APART:
            return _apart(found, what, spanish=spanish)
        case Manner.ABOUT:
            return _about(found, what, spanish=spanish)
        case _:
            return _said(census, found, what, spanish=spanish)


def _said(census: Census, found: Occurrences, what: str, *, spanish: bool) -> str:
    times, of = _times(found.total, spanish=spanish), len(found.documents)
    pages = _on_pages(found, spanish=spanish)
    if found.looked_documents == 1 or census.counted is not Counted.DOCUMENTS:
        where = "" if found.looked_documents == 1 else _in(of, found.looked_documents, spanish)
        if spanish:
            return f"{what} se menciona {times}{where}, {pages}."
        verb = "are" if len(found.needles) > 1 else "is"
        return f"{what} {verb} mentioned {times}{where}, {pages}."
    share = _share(of, found.looked_documents, spanish=spanish)
    if spanish:
        verb = "menciona" if of == 1 else "mencionan"
        return f"{share} {verb} {what}, {times} en total, {pages}."
    verb = "mentions" if of == 1 else "mention"
    return f"{share} {verb} {what}, {times} in all, {pages}."


def _none(looked: int, what: str, *, spanish: bool) -> str:
    if spanish:
        if looked == 1:
            return f"El documento no menciona {what}."
        return f"Ninguno de los {_number(looked, spanish)} documentos menciona {what}."
    if looked == 1:
        return f"The document does not mention {what}."
    return f"None of the {_number(looked, spanish)} documents mentions {what}."


def _lacking(found: Occurrences, what: str, *, spanish: bool) -> str:
    without, looked = len(found.without), found.looked_documents
    if not without:
        if spanish:
            return f"Todos los documentos ({_number(looked, spanish)}) mencionan {what}."
        return f"All documents ({_number(looked, spanish)}) mention {what}."
    share = _share(without, looked, spanish=spanish)
    if spanish:
        return f"{share} no {'menciona' if without == 1 else 'mencionan'} {what}."
    return f"{share} {'does' if without == 1 else 'do'} not mention {what}."


def _apart(found: Occurrences, what: str, *, spanish: bool) -> str:
    total, of = found.total, len(found.documents)
    if spanish:
        passages = "1 pasaje tiene" if total == 1 else f"{_number(total, spanish)} pasajes tienen"
        where = "" if found.looked_documents == 1 else _in(of, found.looked_documents, spanish)
        return f"{what} no aparece tal cual; {passages} todas sus palabras{where}."
    passages = "1 passage has" if total == 1 else f"{_number(total, spanish)} passages have"
    where = "" if found.looked_documents == 1 else _in(of, found.looked_documents, spanish)
    return f"{what} does not stand together anywhere; {passages} all of its words{where}."


def _about(found: Occurrences, what: str, *, spanish: bool) -> str:
    of, looked = len(found.documents), found.looked_documents
    where = "" if looked == 1 else _in(of, looked, spanish)
    count = _number(found.total, spanish)
    if spanish:
        places = "1 frase o punto" if found.total == 1 else f"{count} frases o puntos"
        return f"{places} sobre {what}{where}."
    places = "1 sentence or item" if found.total == 1 else f"{count} sentences and items"
    return f"{places} about {what}{where}."


def _of_forms(found: Occurrences, *, spanish: bool) -> str:
    quoted = [f"{_quoted(form, spanish=spanish)} {count}" for form, count in found.forms]
    told = sum(count for _, count in found.forms) == found.total
    forms = ", ".join(quoted) + ("" if told else " …")
    return f"Cuentan sus formas: {forms}." if spanish else f"Its forms count: {forms}."


def _nearest(near: str, *, spanish: bool) -> str:
    quoted = _quoted(near, spanish=spanish)
    if spanish:
        return f"Lo más parecido que dicen es {quoted}."
    return f"The nearest that they say is {quoted}."


def _looked(found: Occurrences, *, spanish: bool) -> str:
    passages = _number(found.looked_passages, spanish)
    documents = _documents(found.looked_documents, spanish=spanish)
    if spanish:
        return f"Se revisaron los {passages} pasajes de {documents}."
    return f"All {passages} passages of {documents} were looked at."


def _cut(found: Occurrences, *, spanish: bool) -> str:
    shown, total = _number(len(found.shown), spanish), _number(found.total, spanish)
    if spanish:
        return f"Aquí están los primeros {shown} de {total} lugares."
    return f"The first {shown} of {total} places are shown."


def _names(counts: Sequence[DocumentCount], *, spanish: bool) -> str:
    names = "; ".join(_title(one) for one in counts[:_MOST_NAMED])
    more = len(counts) - _MOST_NAMED
    return f"{names}; … {_documents(more, spanish=spanish)}." if more > 0 else f"{names}."


def _document(count: DocumentCount, *, spanish: bool) -> str:
    pages = ", ".join(map(one_line, count.pages[:_MOST_PAGES]))
    pages += " …" if len(count.pages) > _MOST_PAGES else ""
    return (
        f"{_title(count)}: {_number(count.hits, spanish)} ({'pág.' if spanish else 'p.'} {pages})"
    )


def _place(passage: Passage, *, spanish: bool) -> str:
    hit = passage.hit
    words = without_own_marks(" ".join(hit.text.split()))
    page = f"{'pág.' if spanish else 'p.'} {one_line(hit.page_label) or hit.page + 1}"
    return f"{page}: {_quoted(words, spanish=spanish)} [{passage.number}]"


def _title(count: DocumentCount) -> str:
    return without_own_marks(one_line(count.title)) or "?"


def _needles(census: Census, needles: Iterable[Needle], *, spanish: bool) -> str:
    quoted = [_quoted(one_line(one.text), spanish=spanish) for one in needles]
    every = census.every or len(census.parts) > 1
    last = ("y" if spanish else "and") if every else ("o" if spanish else "or")
    if len(quoted) < 2:  # noqa: PLR2004 - a list has two
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def _quoted(words: str, *, spanish: bool) -> str:
    return f"«{words}»" if spanish else f"“{words}”"


def _share(of: int, looked: int, *, spanish: bool) -> str:
    if looked == 1:
        return "El documento" if spanish else "The document"
    if of == looked:
        return f"{'Los' if spanish else 'All'} {_documents(of, spanish=spanish)}"
    middle = "de" if spanish else "of"
    return f"{_number(of, spanish)} {middle} {_documents(looked, spanish=spanish)}"


def _in(of: int, looked: int, spanish: bool) -> str:
    """Return in how many of the documents, after what is said before."""
    count = _number(of, spanish)
    middle, there = ("de", "en") if spanish else ("of", "in")
    return f" {there} {count} {middle} {_documents(looked, spanish=spanish)}"


def _on_pages(found: Occurrences, *, spanish: bool) -> str:
    count = sum(len(one.pages) for one in found.documents)
    if spanish:
        return "en 1 página" if count == 1 else f"en {_number(count, spanish)} páginas"
    return "on 1 page" if count == 1 else f"on {_number(count, spanish)} pages"


def _times(count: int, *, spanish: bool) -> str:
    if spanish:
        return "1 vez" if count == 1 else f"{_number(count, spanish)} veces"
    return "once" if count == 1 else f"{_number(count, spanish)} times"


def _documents(count: int, *, spanish: bool) -> str:
    word = "documento" if spanish else "document"
    return f"{_number(count, spanish)} {word}{'' if count == 1 else 's'}"


def _number(count: int, spanish: bool) -> str:
    """Return a number with its thousands divided: by a space that does not break in Spanish.

    Spanish numbers of four digits are not divided.
    """
    if spanish:
        return str(count) if count < 10_000 else f"{count:,}".replace(",", "\u00a0")  # noqa: PLR2004
    return f"{count:,}"
