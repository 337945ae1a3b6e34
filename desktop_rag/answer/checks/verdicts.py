"""One sentence: verdict, reason, and the passages that bear it out.

    quoted? ─► misquoted? ─► says nothing? ─► opposed? ─► a fact that is not there? ─► said at all?

What a sentence says is found by its terms; where these do not decide, by the embedder; and where
one is chosen, an entailment model reads again what they have left standing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from desktop_rag.answer.checks.facts import Fact, Grounds
from desktop_rag.answer.checks.polarity import opposed, prefixed
from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.answer.checks.swaps import turned
from desktop_rag.domain.answers import Ground, Reason, SentenceVerdict
from desktop_rag.domain.ports import Judgement

SAID = 0.7  #: share of a sentence's terms from which on the passages say it, without any embedder
HALF = 0.4  #: and from which on they say some of it
_NEAR = 1.65  # nearness of a sentence to one that says the same; 95 of 100 translations are nearer
_TOPIC = 1.3  # and to one of the same document that says something else: half of them are farther
_BY_SHARE = 0.8  # of nearness, for the terms that both have, where they are in one language
_ENTAILED, _CONTRADICTED = 0.7, 0.9  # probabilities; not measured, as no such model was at hand
_DOWN = {  # what becomes of a sentence of which a source says the opposite: one step each
    SentenceVerdict.SUPPORTED: SentenceVerdict.PARTLY,
    SentenceVerdict.PARTLY: SentenceVerdict.NOT_FOUND,
}
_FACTS, _BY_FACT = 3, 0.05  # so many facts count, and so much of nearness each
_OPPOSED = 0.3  # share of the terms from which on two sentences are about the same thing
_FEW = 2  # terms of a sentence that claims something without a number or a name
_TALK = re.compile(
    r"^(?:(?:here|these|this|below|the following)\b.{0,60}:$|aqui\b.{0,60}:$"
    r"|(?:hello|hi|hola|buen[oa]s|thanks|thank you|gracias|you're welcome|de nada|sure|of course|"
    r"certainly|claro|por supuesto)\b"
    r"|(?:i hope|i can|i could|i cannot|i can't|i do not|i don't|i am|i'm|let me know|please|"
    r"if you have|if you need|feel free|based on the (?:passages|documents|information|context)"
    r"[\w\s]{0,30}[:,]?$|espero|puedo|no puedo|lo siento|sorry|dime|si necesitas|si tienes|"
    r"no dudes|segun (?:los|las) (?:pasajes|documentos|textos)[\w\s]{0,30}[:,]?$)\b)"
)


class Judged(NamedTuple):
    """A verdict and its reason."""

    verdict: SentenceVerdict
    reason: Reason


def supported(ground: Ground, *words: str) -> Judged:
    """Return that a sentence is borne out."""
    return Judged(SentenceVerdict.SUPPORTED, Reason(ground, words))


def not_found(ground: Ground, *words: str) -> Judged:
    """Return that it is not."""
    return Judged(SentenceVerdict.NOT_FOUND, Reason(ground, words))


def claims_nothing(sentence: ReadText) -> bool:
    """Tell whether a sentence says nothing to be checked: a greeting, or what only leads on.

    A sentence with a number, a date or a name in it always claims something.
    """
    if (
        sentence.figures
        or sentence.moments
        or sentence.codes
        or any(n.sure for n in sentence.names)
    ):
        return False
    written = sentence.low.strip()
    return written.endswith(("?", ":")) or len(sentence.terms) < _FEW or bool(_TALK.search(written))


def by_facts(grounds: Grounds, found: Sequence[Fact]) -> Judged | None:
    """Return a verdict where a sentence is opposed, or has a fact that is not in the passages."""
    words = _opposed(grounds)
    if words:
        return not_found(Ground.POLARITY, *words)
    missing = [fact for fact in found if not fact.found]
    if not missing:
        return None
    ground = missing[0].ground
    words = tuple(fact.words for fact in missing if fact.ground is ground)
    some = len(missing) < len(found) and grounds.alignment.share >= HALF
    verdict = SentenceVerdict.PARTLY if some else SentenceVerdict.NOT_FOUND
    return Judged(verdict, Reason(ground, words))


def _opposed(grounds: Grounds) -> tuple[str, ...]:
    """Return the words by which a sentence says the opposite of what it is aligned with."""
    if grounds.first is None or grounds.across or grounds.alignment.tight < _OPPOSED:
        return ()
    mine, theirs = grounds.sentence, grounds.first.reading
    denying = mine.denials != sum(source.denials for source, _ in grounds.laid)
    return (
        next(filter(None, (turned(found, denying=denying) for _, found in grounds.laid)), ())
        or opposed(mine.polarity, theirs.polarity, [one.polarity for one in grounds.near[1:]])
        or prefixed(
            list(mine.words),
            list(theirs.words),
            mine.denials != theirs.denials,
        )
    )


def by_words(grounds: Grounds, found: Sequence[Fact], share: float) -> Judged | None:
    """Return a verdict where the terms alone decide it, whose `share` the passages have."""
    sums = tuple(fact.sum for fact in found if fact.sum)
    if share < (HALF if sums else SAID) or grounds.across:
        return None
    return supported(Ground.COMPUTED, *sums) if sums else supported(Ground.SAID)


def by_entailment(judgements: Sequence[Judgement], judged: Judged) -> Judged:
    """Return a verdict by what an entailment model reads in the sources, else the one given.

    The best of the sources counts, as in SummaC (Laban et al., 2022): what one says is said,
    whatever the others are about. It was trained on sentences that were made up to be opposites,
    so the opposite takes away one step, and not all.
    """
    if max((one.entailment for one in judgements), default=0.0) >= _ENTAILED:
        return judged if judged.verdict is SentenceVerdict.SUPPORTED else supported(Ground.SAID)
    if max((one.contradiction for one in judgements), default=0.0) >= _CONTRADICTED:
        return Judged(_DOWN.get(judged.verdict, judged.verdict), Reason(Ground.CONTRADICTED))
    return judged


def open_to_doubt(judged: Judged) -> bool:
    """Tell whether an entailment model may change a verdict that was made without it.

    What no passage says anything like is not looked for again, and a sum is not what it was
    trained for.
    """
    return judged.verdict in _DOWN and judged.reason.ground is not Ground.COMPUTED


def by_meaning(share: float, near: float | None, facts: int, *, across: bool) -> Judged:
    """Return a verdict by how `near` the nearest sentence of the passages is, `None` if unknown.

    0 is what strangers are to a question, and 1 what answers are; two sentences are nearer. One
    with `facts`, all found, need not be as near.
    """
    if near is None:
        said, partly = share >= SAID, share >= HALF
    else:
        level = near + share * _BY_SHARE * (not across) + min(facts, _FACTS) * _BY_FACT
        said, partly = level >= _NEAR, level >= _TOPIC
    if said:
        return supported(Ground.SAID)
    if partly:
        return Judged(SentenceVerdict.PARTLY, Reason(Ground.ABOUT))
    return not_found(Ground.UNRELATED)
