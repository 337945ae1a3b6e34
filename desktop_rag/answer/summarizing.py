"""Which documents a summary reads whole, and the sentences that say most of what they say.

A sentence counts by how much of its documents is like it, and like what is like it: LexRank
(Erkan and Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text Summarization",
2004), in its continuous form, over TF-IDF cosines of the keyword index's terms. Of those that
count alike, the ones that say what was not said yet are taken: maximal marginal relevance
(Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking", 1998). Whoever writes says
first what it is about (Edmundson, "New Methods in Automatic Extracting", 1969): sentences at the
beginning count more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any

import numpy as np

from desktop_rag.answer.asking import CALLED, topic_of, words_of
from desktop_rag.answer.names import named, small_words
from desktop_rag.answer.retrieval import SearchScope
from desktop_rag.answer.units import UnitRole, units
from desktop_rag.domain.documents import DocumentId, Layer
from desktop_rag.domain.passages import Hit, Span
from desktop_rag.domain.ports import Analyzer

MOST_DOCUMENTS = 20  #: are read whole; of more, the beginnings
MOST_BEGINNINGS = 200  #: are read
BEGINNING = 12  #: passages
MOST_SENTENCES = 2_000  #: are compared with each other; of more, those nearest to all of them
MOST_SECTIONS = 16  #: of what is read, however many documents it is
_SECTION_WORDS = 500  # that a model reads at once
_SECTION_SENTENCES = 12  # that carry a section of which not all is read
_TITLES = 2  # headings that a section is called by
_STATING = frozenset({UnitRole.STATEMENT, UnitRole.ITEM})
_WORDS = range(6, 61)  # of a sentence that may stand by itself
_JUMP = 0.15  # of a walk over sentences: where it begins anew
_STEPS = 40  # after which it changes nothing that matters
_NEW = 0.6  # the weight of what counts; the rest is that of what was not said yet
_SAME = 0.7  # of a cosine: from there on two sentences say the same
_FIRST = 2.0  # how much more the first sentence counts
_FADING = 12  # sentences, after which that has halved
_LISTED = re.compile(
    r"(?:references?|bibliograph\w*|bibliograf\w*|referencias|works cited|acknowledge?ments?"
    r"|agradecimientos|index|índice|contents|contenidos?|appendix|apéndice|anexos?)\b",
    re.IGNORECASE,
)
_OWN_SUMMARY = re.compile(
    r"(?:[\dIVX]+[.)]?\s*)?(?:abstract|(?:executive )?summary|resumen(?: ejecutivo)?|sumario"
    r"|síntesis|conclusions?|conclusión|conclusiones|overview|highlights|key points)\b",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"^[ \t]*(?:[\dIVX]+[.)]? +)?(?:abstract|summary|executive summary|resumen(?: ejecutivo)?"
    r"|sumario|síntesis)[ \t]*(?:[.:—–-]+|$)",
    re.IGNORECASE | re.MULTILINE,
)
_AFTER_ABSTRACT = re.compile(
    r"^[ \t]*(?:(?i:key ?words|palabras clave|index terms|términos clave|introduc\w+|contents"
    r"|contenidos?|índice|resumen|abstract)\b|(?:\d{1,2}|[IVX]{1,4})\.? +[^\W\d_])",
    re.MULTILINE,
)
_EARLY = 15  # passages of a document among which its abstract begins
_LONGEST_ABSTRACT = 20  # sentences
_OWN = 2.0  # how much more it counts what whoever wrote it says in short
_LEANING = re.compile(
    r"(?:however|therefore|moreover|furthermore|in addition|also|thus|hence|then|but|and"
    r"|sin embargo|no obstante|adem[áa]s|asimismo|por (?:lo )?tanto|as[íi]|pero|tambi[ée]n"
    r"|luego)\b",
    re.IGNORECASE,
)
_LEANT = 0.5  # how much less it counts what needs the sentence before
_LABELLED = re.compile(
    r"(?:key ?words?|palabras clave|fig(?:ure|ura)?|table|tabla|cuadro|source|fuente)\b\.?\s*"
    r"[\d.]*\s*[.:—–-]",
    re.IGNORECASE,
)
_BESIDE = 0.05  # what it counts that has no word of what is asked about, where others have
_STEP = " › "  # from a heading to the one below it
_PAGES = re.compile(
    r"\b(?:pages?|pp?|paginas?|pags?)(?: de la| the)? (\d{1,5})"
    r"(?: (?:to|a|al|hasta|through|and|y))?(?: (?:the |la )?(\d{1,5}))?\b"
)
_OF_PART = re.compile(
    r"(?:chapters?|sections?|parts?|capitulos?|secci(?:on|ones)|partes?|apartados?|titulos?|units?"
    r"|unidad(?:es)?|tema|pages?|paginas?|pags?)"
)
_COUNTED = re.compile(  # no chapter of that number is meant, but of "chapter 3: Documents" one is
    r"(?<!chapter )(?<!section )(?<!part )(?<!cap[ií]tulo )(?<!secci[oó]n )(?<!parte )"
    r"\b\d{1,5} (?=(?:documents?|files?|pdfs?|texts?|documentos?|archivos?|textos?)\b)",
    re.IGNORECASE,
)
_SO_MUCH = re.compile(  # is how long the summary is to be, and nothing that it is about
    r"\b(?:in|en) (?:\d{1,5}|an?|one|two|three|four|five|six|ten|una?|dos|tres|cuatro|cinco|seis"
    r"|diez) (?:short |brief |bullet )?(?:sentences?|words|lines?|paragraphs?|points?|bullets?"
    r"|frases?|oraci[oó]n(?:es)?|palabras|l[ií]neas?|p[aá]rrafos?|puntos?|vi[nñ]etas?|ideas)\b",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"all rights reserved|todos los derechos reservados"
    r"|for (?:demonstration|information\w*) purposes"
    r"|(?:fines|efectos) (?:informativos|ilustrativos|de demostraci[óo]n)"
    r"|without (?:any )?warranty|representations or warranties|sin garant[íi]a"
    r"|does not (?:constitute|reflect)|no constituye"
    r"|©|\(c\) \d{4}|copyright|prohibida (?:la|su) reproducci[óo]n|may not be reproduced"
    r"|disclaimer|aviso legal|incorporated (?:herein )?by reference|terms and conditions of use",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S{1,60}")
_PARTS = re.compile(r"[^\W_]+")  # of a name such as 1506.06975
_LETTERED = 0.6  # of its signs are letters, at least
_CAPITALS = 0.3  # of its letters are capitals, at most: else it is a form or a heading
_POINTING = re.compile(
    r"(?:\(?[a-z0-9]{1,3}\) )?(?:see |refer to |v[ée]ase |ver |cons[úu]ltese |please (?:see|refer))"
    r"|.*(?:should be read in conjunction|se deben? leer (?:junto|conjuntamente)|[☐☒☑])",
    re.IGNORECASE,
)  # says where something stands, and not what
_ITEM = re.compile(r"(?:item|part|note|parte|nota|apartado|punto) [\dIVX]", re.IGNORECASE)
_REPORTED = re.compile(
    r"management.s discussion|results of operations|informe de gesti[óo]n"
    r"|(?:an[áa]lisis|resultados) de (?:las operaciones|la explotaci[óo]n)",
    re.IGNORECASE,
)  # headings below which accounts say in words what became of the year
_CALLED = CALLED - frozenset(
    """annex annexes anexo anexos article articles articulo articulos budget budgets bill bills
    presupuesto presupuestos factura facturas acta actas""".split()  # noqa: SIM905 - words, not a list
)  # and may not be a part of one


@dataclass(frozen=True, slots=True)
class KeySentence:
    """A sentence that carries its document: where it stands, by the places of its passage.

    It may be of the `summary` that the document has itself, or of the `abstract` that it begins
    with.
    """

    document: DocumentId
    ordinal: int
    span: Span
    text: str
    summary: bool = False
    abstract: bool = False


@dataclass(frozen=True, slots=True)
class SummaryScope:
    """Which `documents` a summary is wanted of, and what in them: the words that name none.

    They may be so many that only their `beginnings` are read.
    """

    documents: tuple[DocumentId, ...]
    topic: tuple[str, ...] = ()
    beginnings: bool = False


def read_whole(
    question: str,
    scope: SearchScope,
    preferred: Sequence[DocumentId],
    analyzer: Analyzer,
    beside: Collection[str] = (),
) -> SummaryScope:
    """Return which documents are to be read whole for a summary that is asked for.

    Those it names, or else those `preferred`, or else all. Words `beside` say what is wanted of
    them.
    """

    def stem(text: str) -> list[str]:
        return analyzer.terms(text, scope.languages)

    question = _SO_MUCH.sub("", _COUNTED.sub("", question))
    words = [part for word in analyzer.words_of(question) for part in _PARTS.findall(word)]
    about = named(words, scope.names, stem, small_words(question, analyzer.words_of))
    naming = {form for id_ in about.best for form in scope.names[id_]}
    topic = [part for word in topic_of(question) for part in _PARTS.findall(word)]
    topic = [word for word in topic if word not in beside]
    left = [word for word in topic if naming.isdisjoint({word, *stem(word)})]
    wanted: Sequence[DocumentId] = scope.documents
    if len(left) < len(topic):
        wanted = about.best
    elif preferred:
        wanted = [id_ for id_ in preferred if id_ in scope.documents]
    if (len(left) < len(topic) or len(wanted) == 1) and _CALLED.issuperset(left):
        left = []  # "the Standard plan"
    many = len(wanted) > MOST_DOCUMENTS
    return SummaryScope(tuple(wanted[:MOST_BEGINNINGS]), tuple(left), many)


def part_of(question: str, passages: Sequence[Hit], topic: Sequence[str]) -> tuple[str, list[Hit]]:
    """Return the part of documents that a question is about, and its passages; none if it is none.

    That is a range of pages, or what stands under a heading: the one that has all words of the
    `topic`, or the number that a chapter is called by. The highest of several is meant.
    """
    folded = " ".join(words_of(question))
    if pages := _PAGES.search(folded):
        first = int(pages[1])
        wanted = range(first, int(pages[2] or first) + 1)
        labels = {str(number) for number in wanted}
        found = [one for one in passages if one.page_label in labels]
        found = found or [one for one in passages if one.page + 1 in wanted]
        return "–".join(dict.fromkeys((pages[1], pages[2] or pages[1]))), found
    named = {word for word in topic if not _OF_PART.fullmatch(word)}
    if not named:
        return "", []
    under: dict[str, list[Hit]] = {}
    for passage in passages:
        heads = passage.header.split(_STEP)
        for depth in range(1, len(heads)):
            if _is_named(heads[depth], named):
                under.setdefault(_STEP.join(heads[: depth + 1]), []).append(passage)
                break
    if not under:
        return "", []
    best = min(under, key=lambda path: (path.count(_STEP), len(path)))
    return best.rpartition(_STEP)[2], under[best]


def _is_named(heading: str, named: Collection[str]) -> bool:
    """Tell whether a heading has all these words; a number is the one that it begins with."""
    words = words_of(heading)
    numbers = [word for word in words[:2] if word.isdigit()]
    return all(word in (numbers if word.isdigit() else words) for word in named)


def carrying(
    passages: Sequence[Hit], limit: int, analyzer: Analyzer, topic: Sequence[str] = ()
) -> Iterator[KeySentence]:
    """Yield some `limit` sentences that carry documents, in the order they stand.

    `passages` are all of them, document by document. Each document has its share, one at least.
    What is about the `topic` counts more.
    """
    own = [list(group) for _, group in groupby(passages, key=lambda one: one.document)]
    share = max(1, round(limit / max(1, len(own))))
    for group in own:
        yield from _of_one(group, share, analyzer, topic)


def carrying_many(
    passages: Sequence[Hit], limit: int, analyzer: Analyzer, topic: Sequence[str] = ()
) -> Iterator[KeySentence]:
    """Yield at most `limit` sentences of the beginnings of many documents, one of a document.

    They are those that carry what the documents have in common, and differ from each other.
    """
    own = groupby(passages, key=lambda one: one.document)
    first = [one for _, group in own for one in _of_one(list(group), 1, analyzer, topic)[:1]]
    languages = {one.document: one.language for one in passages}
    terms = [analyzer.terms(one.text, (languages[one.document],)) for one in first]
    if len(first) <= limit or not any(terms):
        yield from first[:limit]
        return
    similar, kept = _similarities(terms)
    near = _nearness(terms, analyzer.terms(" ".join(topic), tuple(set(languages.values()))))
    for at in sorted(_diverse(similar, _ranks(similar) * near[kept], limit)):
        yield first[kept[at]]


@dataclass(frozen=True, slots=True)
class PassageSection:
    """Passages of a document that are summarized together; of a long one those that carry it."""

    title: str
    passages: tuple[Hit, ...]


def sections(passages: Sequence[Hit], analyzer: Analyzer) -> list[PassageSection]:
    """Return the sections that documents are summarized by, some `MOST_SECTIONS` at most.

    A section begins with a heading, but is neither very short nor very long: short ones are
    joined, and of long ones, where there would be too many, the passages are taken that carry
    them, about as many words as are read at once.
    """
    readable = [one for one in passages if one.layer is Layer.BODY and not _is_listed(one)]
    lengths = [len(one.text.split()) for one in readable]
    target = max(_SECTION_WORDS, sum(lengths) / MOST_SECTIONS)
    found: list[list[Hit]] = []
    words = 0
    for passage, length in zip(readable, lengths, strict=True):
        if not found or _begins(found[-1][-1], words, passage, target):
            found.append([])
            words = 0
        found[-1].append(passage)
        words += length
    return [PassageSection(_title(group), tuple(_core(group, analyzer))) for group in found]


def _begins(before: Hit, words: int, passage: Hit, target: float) -> bool:
    """Tell whether a section begins here: at a heading, if so many words before are enough."""
    if before.document != passage.document:
        return True
    another = _under(before) != _under(passage)
    return words >= (target / 2 if another else 1.5 * target)


def _under(passage: Hit) -> str:
    """Return the heading below the title of the document that a passage stands under."""
    return "".join(passage.header.split(_STEP)[1:2])


def _title(group: Sequence[Hit]) -> str:
    """Return what a section is called: its headings, or else the title of its document."""
    heads = list(dict.fromkeys(filter(None, map(_under, group))))
    return ", ".join(heads[:_TITLES]) or group[0].header.split(_STEP)[0]


def _core(group: Sequence[Hit], analyzer: Analyzer) -> list[Hit]:
    """Return all passages of a section, or of a long one those that carry it."""
    if sum(len(one.text.split()) for one in group) <= 2 * _SECTION_WORDS:
        return list(group)
    key = [one.ordinal for one in _of_one(group, _SECTION_SENTENCES, analyzer, ())]
    wanted: set[int] = set()
    words = 0
    for one in group:
        if one.ordinal in key and words < _SECTION_WORDS:
            wanted.add(one.ordinal)
            words += len(one.text.split())
    return [one for one in group if one.ordinal in wanted] or list(group[:1])


def _is_listed(passage: Hit) -> bool:
    """Whether a passage is of a list of sources and the like."""
    return bool(_LISTED.match(passage.header.rpartition(_STEP)[2]))


def _of_one(
    passages: Sequence[Hit], limit: int, analyzer: Analyzer, topic: Sequence[str]
) -> list[KeySentence]:
    """Return some `limit` sentences that carry a document; none is said twice.

    Where it begins with an abstract of about that length, that is what whoever wrote it holds for
    its summary.
    """
    found = list(_marked(passages)) or [_opening(one) for one in passages[:limit]]
    languages = {(one.document, one.ordinal): one.language for one in passages}
    found = list({one.text: one for one in reversed(found)}.values())[::-1]
    terms = [analyzer.terms(one.text, (languages[one.document, one.ordinal],)) for one in found]
    if len(found) <= limit or not any(terms):
        return found[:limit]
    abstract = [one for one in found if one.abstract]
    if limit / 2 <= len(abstract) <= 2 * limit and not topic:
        return abstract
    similar, kept = _similarities(terms)
    own = np.asarray([_OWN if one.summary else 1.0 for one in found])
    own *= [_LEANT if _LEANING.match(one.text) else 1.0 for one in found]
    own *= _nearness(terms, analyzer.terms(" ".join(topic), tuple(set(languages.values()))))
    weights = _ranks(similar) * (_places(len(found)) * own)[kept]
    chosen = _diverse(similar, weights, limit)
    return [found[kept[at]] for at in sorted(chosen)]


def _opening(passage: Hit) -> KeySentence:
    """Return the first words of a passage, for a document without sentences: tables, lists."""
    words = islice(_WORD.finditer(passage.text), _WORDS.stop // 2)
    end = max((word.end() for word in words), default=0)
    text = " ".join(passage.text[:end].split())
    return KeySentence(passage.document, passage.ordinal, (0, end), text)


def _marked(passages: Sequence[Hit]) -> Iterator[KeySentence]:
    """Yield what may stand by itself of a document's passages, that of its abstract marked."""
    inside, count, reported = False, 0, False
    for at, passage in enumerate(passages):
        starts = len(passage.text)
        begun = None if inside or count or at >= _EARLY else _ABSTRACT.search(passage.text)
        if begun:
            starts, inside = begun.end(), True
        elif inside:
            starts = 0
        ended = _AFTER_ABSTRACT.search(passage.text, starts) if inside else None
        ends = ended.start() if ended else len(passage.text)
        heading = passage.header.rpartition(_STEP)[2]
        reported = bool(_REPORTED.search(heading)) or (reported and not _ITEM.match(heading))
        for one in standing(passage):
            own = inside and starts <= one.span[0] < ends and count < _LONGEST_ABSTRACT
            count += own
            yield replace(one, summary=one.summary or reported, abstract=own)
        inside = inside and ended is None


def standing(passage: Hit) -> list[KeySentence]:
    """Return what may stand by itself of a passage; nothing of lists of sources and the like."""
    section = passage.header.rpartition(_STEP)[2]
    if passage.layer is not Layer.BODY or _is_listed(passage):
        return []
    found = []
    summary = bool(_OWN_SUMMARY.match(section) or _OWN_SUMMARY.match(passage.text))
    for unit in units(passage.text, passage.language):
        text = " ".join(passage.text[unit.start : unit.end].split())
        lettered = sum(map(str.isalpha, text)) >= _LETTERED * len(text)
        said = not any(one.match(text) for one in (_LABELLED, _POINTING))
        said = said and not _BOILERPLATE.search(text)
        said = said and sum(map(str.isupper, text)) <= _CAPITALS * sum(map(str.isalpha, text))
        stands = len(text.split()) in _WORDS and lettered and said
        if unit.role in _STATING and stands:
            span = (unit.start, unit.end)
            found.append(KeySentence(passage.document, passage.ordinal, span, text, summary))
    return found


def _similarities(terms: Sequence[Sequence[str]]) -> tuple[np.ndarray, list[int]]:
    """Return cosines of sentences by their terms, float64 (kept, kept), and which were kept."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors: Any = TfidfVectorizer(analyzer=lambda one: one).fit_transform(terms)
    kept = np.arange(len(terms))
    if len(terms) > MOST_SENTENCES:
        near = np.asarray(vectors @ np.asarray(vectors.mean(axis=0)).T).ravel()
        kept = np.sort(np.argsort(-near)[:MOST_SENTENCES])
    similar = (vectors[kept] @ vectors[kept].T).toarray()
    return similar, kept.tolist()


def _ranks(similar: np.ndarray) -> np.ndarray:
    """Return how central each sentence is, float64 (n,), by cosines (n, n); the mean is 1."""
    count = len(similar)
    similar = similar - np.diag(np.diag(similar))  # else what is like nothing stays where it is
    steps = similar / np.maximum(similar.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    ranks = np.ones(count)
    for _ in range(_STEPS):
        ranks = _JUMP + (1 - _JUMP) * (ranks @ steps)
    return ranks


def _nearness(terms: Sequence[Sequence[str]], topic: Sequence[str]) -> np.ndarray:
    """Return what each sentence counts for its share of the terms of a topic, float64 (n,)."""
    wanted = set(topic)
    shares = np.asarray([len(wanted.intersection(one)) / max(1, len(wanted)) for one in terms])
    return _BESIDE + shares if shares.any() else np.ones(len(terms))


def _places(count: int) -> np.ndarray:
    """Return what each of so many sentences counts for its place, float64 (n,)."""
    return 1 + (_FIRST - 1) * 0.5 ** (np.arange(count) / _FADING)


def _diverse(similar: np.ndarray, weights: np.ndarray, limit: int) -> list[int]:
    """Return which sentences to take: those that count most and say what the others do not."""
    worth = weights / weights.max()
    said = np.zeros(len(weights))
    chosen: list[int] = []
    for _ in range(limit):
        scores = _NEW * worth - (1 - _NEW) * said
        scores[said > _SAME] -= 1  # only where there is nothing else
        scores[chosen] = -np.inf
        chosen.append(int(scores.argmax()))
        said = np.maximum(said, similar[chosen[-1]])
    return chosen
