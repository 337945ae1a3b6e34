"""Answering with everything that is said of something: how often, in which documents, and where.

`WHOLE_LIST` answers a wish for a list that one passage has: with all of its items.
"""

from __future__ import annotations

from desktop_rag.answer import listing
from desktop_rag.answer.citations import without_own_marks
from desktop_rag.answer.extraction import Quoted, quote_of, spoken
from desktop_rag.answer.turn import Done, Found, Route, Turn
from desktop_rag.answer.units import Unit, UnitRole, units
from desktop_rag.domain.answers import AnswerMode, First, QuestionKind
from desktop_rag.domain.passages import Cited, Extract, Passage, Quote, TextDelta

_BEST = 3  # sentences, one of which is an item of the list that is wanted
_FEWEST = 2  # items of a list
_LISTED = frozenset({UnitRole.ITEM, UnitRole.ROW})


def _serves(found: Found) -> bool:
    return found.counted is not None


def _answered(found: Found) -> Turn:
    assert found.counted is not None  # noqa: S101 - else it does not serve
    census, came = found.counted
    head = listing.head(census, came, found.language)
    yield TextDelta(head)
    body = "" if census.lacking else listing.body(came, found.passages, found.language)
    text = f"{head}\n\n{body}" if body else head
    if body:
        yield TextDelta(f"\n\n{body}")
    quotes = tuple(map(_quote_of, found.passages))
    told = quotes[: len(listing.told(found.passages))]
    for quote in told:
        yield Cited(quote.passage)
    yield Done(text, told, quotes=quotes, first=First.ANSWER, occurrences=came)


def _quote_of(passage: Passage) -> Quote:
    """Return the words around a place, with the boxes of what was looked for."""
    whole = quote_of(Quoted(passage, ((0, len(passage.hit.text)),)))
    return Quote(passage, without_own_marks(whole.text), whole.boxes, whole.continued)


def _has_list(found: Found) -> bool:
    asked = found.kind is QuestionKind.LIST and found.question.model is None
    return asked and found.evidence.enough and bool(_whole_list(found))


def _list_answered(found: Found) -> Turn:
    quoted = _whole_list(found)
    text = ""
    for event in spoken(quoted):
        if isinstance(event, TextDelta):
            text += event.text
        yield event
    quotes = tuple(map(quote_of, quoted))
    sure = found.evidence.sufficiency
    yield Done(text, quotes, quotes=quotes, first=First.QUOTES, sufficiency=sure)


def _whole_list(found: Found) -> list[Quoted]:
    """Return the list that one of the best sentences is an item of, all of it with its heads."""
    for one in found.evidence.sentences[:_BEST]:
        hit = one.passage.hit
        parts = units(hit.text, hit.language)
        items = [part for part in parts if part.role in _LISTED and _beside(part, one)]
        if len(items) >= _FEWEST and any((part.start, part.end) == _span(one) for part in items):
            heads = {head for part in items for head in part.heads}
            spans = {(part.start, part.end) for part in items} | heads
            return [Quoted(one.passage, tuple(sorted(spans)))]
    return []


def _span(one: Extract) -> tuple[int, int]:
    return one.start, one.end


def _beside(part: Unit, one: Extract) -> bool:
    """Tell whether a part stands under what a sentence stands under first."""
    return part.heads[:1] == one.heads[:1]


ROUTE = Route(AnswerMode.EXTRACT, _serves, _answered)
WHOLE_LIST = Route(AnswerMode.EXTRACT, _has_list, _list_answered)
