"""Having a language model summarize whole documents: each section by itself, then all of them.

    for each section: what was kept of it, or else Generate ─► CheckSentences ─► keep
    short, medium:  one more Generate, told what the sections came to
    long:           what the sections came to, one after the other

Of what is written of a section, what its passages bear out is kept; where they bear out nothing,
the sentences that carry it stand for it. So nothing is handed on that no page says. What was kept
of a section serves every later summary of the same text by the same model.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import pairwise

from desktop_rag.answer.asking import extent_of, pointwise
from desktop_rag.answer.citations import without_own_marks
from desktop_rag.answer.citing import cited_anew
from desktop_rag.answer.routes.summarizing import quotes_of
from desktop_rag.answer.routes.writing import (
    checked,
    citations_of,
    first_of,
    rules,
    written,
)
from desktop_rag.answer.turn import (
    Await,
    CheckSentences,
    Done,
    Event,
    Found,
    FoundSection,
    Generate,
    Keep,
    Progress,
    QuotesFound,
    Recall,
    Route,
    Sent,
    Turn,
    Wish,
)
from desktop_rag.domain.answers import AnswerMode, Extent, SentenceCheck, SentenceVerdict
from desktop_rag.domain.generation import Asked, GenerationDone, Prepared
from desktop_rag.domain.passages import Evidence, Extract, Passage, TextDelta

_OF_A_SECTION = 160  # tokens: two or three sentences
_OF_ALL = {Extent.SHORT: 160, Extent.MEDIUM: 400}
_CARRYING = 2  # sentences that stand for a section of which nothing is borne out
_MARK = re.compile(r"\[(\d{1,3})\]")
_SPACED_MARK = re.compile(r"\s*\[\d{1,3}\]")
_SPACE = re.compile(r"\s+")
_WISHES = {
    "en": (
        "Summarize these passages in two or three sentences.",
        "These are the parts of one text, in order. Summarize the whole in {count} sentences.",
        "These are the parts of one text, in order. Summarize the whole in {count} points, each"
        " a sentence on a line of its own that begins with a hyphen.",
    ),
    "es": (
        "Resume estos pasajes en dos o tres frases.",
        "Estas son las partes de un texto, en su orden. Resume el conjunto en {count} frases.",
        "Estas son las partes de un texto, en su orden. Resume el conjunto en {count} puntos, cada"
        " uno una frase en una línea propia que empiece con un guion.",
    ),
}
_COUNTS = {Extent.SHORT: 3, Extent.MEDIUM: 6}


def _serves(found: Found) -> bool:
    return found.whole and found.question.model is not None and len(found.sections) > 1


def _answered(found: Found) -> Turn:
    quotes = quotes_of(found)
    if not found.question.trusted:
        yield QuotesFound(quotes)
    extent = found.question.extent or extent_of(found.question.text)
    parts: list[tuple[FoundSection, str]] = []
    for at, section in enumerate(found.sections):
        yield Progress(at, len(found.sections), section.title)
        text = yield from _of_section(found, section)
        parts.append((section, text))
        if extent is Extent.LONG:
            yield TextDelta(_told(section, text))
    yield Progress(len(parts), len(parts))
    text, prepared, generation = "", None, None
    if extent is Extent.LONG:
        text = "".join(_told(section, text) for section, text in parts).strip()
    else:
        text, prepared, generation = yield from _of_all(found, parts, extent)
    text, checks = cited_anew(text, (yield from checked(found, text, {})))
    yield Done(
        text,
        citations_of(text, found),
        generation,
        prepared,
        quotes=quotes,
        checks=checks,
        first=first_of(found, checks),
    )


def _told(section: FoundSection, text: str) -> str:
    """Return what a section came to, under its title."""
    title = _one_line(_SPACED_MARK.sub("", section.title))
    return f"### {title}\n\n{text}\n\n" if title else f"{text}\n\n"


def _of_section(found: Found, section: FoundSection) -> Generator[Wish | Event, Sent, str]:
    """Return what a section comes to, by what was kept of it or by the model."""
    wish = _WISHES.get(found.language, _WISHES["en"])[0]
    kept = yield Recall(section.document, _key(found, section, wish))
    if isinstance(kept, str):
        return _renumbered(kept, section.passages, back=True)
    sentences = tuple(one for one in found.evidence.sentences if one.passage in section.passages)
    sentences = sentences or tuple(map(_beginning, section.passages[:_CARRYING]))
    question = found.question
    assert question.model is not None  # noqa: S101 - as `_serves` has seen, for mypy
    asked = Asked(
        wish,
        section.passages,
        (),
        found.language,
        rules(found.language),
        sentences,
        found.kind,
    )
    tokens = min(question.sampling.max_tokens, _OF_A_SECTION)
    yield Generate(question.model, asked, replace(question.sampling, max_tokens=tokens))
    text, _prepared, _generation = yield from unheard(section.passages)
    text = yield from _borne_out(found, section, text, sentences)
    numbered = _renumbered(text, section.passages, back=False)
    yield Keep(section.document, _key(found, section, wish), numbered)
    return text


def _borne_out(
    found: Found, section: FoundSection, text: str, sentences: Sequence[Extract]
) -> Generator[Wish | Event, Sent, str]:
    """Return of what was written of a section what its passages bear out, else its sentences."""
    if text.strip():
        evidence = Evidence(tuple(sentences))
        sent = yield CheckSentences(
            found.searched, text, found.language, section.passages, evidence
        )
        assert isinstance(sent, Sequence)  # noqa: S101 - the protocol, for mypy
        checks = tuple(check for check in sent if isinstance(check, SentenceCheck))
        text, checks = cited_anew(text, checks)
        sound = [
            _whole(text, check, following)
            for check, following in pairwise([*checks, None])
            if check and check.verdict is SentenceVerdict.SUPPORTED and check.citations
        ]
        if sound:
            return " ".join(dict.fromkeys(sound))
    return " ".join(f"{_words_of(one)} [{one.passage.number}]" for one in sentences[:_CARRYING])


def _whole(text: str, check: SentenceCheck, following: SentenceCheck | None) -> str:
    """Return a sentence with the marks behind it, in one line."""
    end = following.start if following else len(text)
    said = _one_line(text[check.start : check.end])
    marks = "".join(f"[{number}]" for number in _MARK.findall(text[check.end : end]))
    if not marks and not _MARK.search(said):
        marks = f"[{check.citations[0]}]"
    return f"{said} {marks}".strip()


def _of_all(
    found: Found, parts: Sequence[tuple[FoundSection, str]], extent: Extent
) -> Generator[Wish | Event, Sent, tuple[str, Prepared | None, GenerationDone | None]]:
    """Have the model write one summary of what the sections came to; its words are heard."""
    question = found.question
    assert question.model is not None  # noqa: S101 - as `_serves` has seen, for mypy
    condensed = tuple(_condensed(section, text) for section, text in parts)
    sentences = tuple(Extract(one, 0, len(one.hit.text), 0.0) for one in condensed)
    wishes = _WISHES.get(found.language, _WISHES["en"])
    wish = wishes[2 if pointwise(question.text) else 1].format(count=_COUNTS[extent])
    asked = Asked(wish, condensed, (), found.language, rules(found.language), sentences, found.kind)
    tokens = min(question.sampling.max_tokens, _OF_ALL[extent])
    yield Generate(question.model, asked, replace(question.sampling, max_tokens=tokens))
    came = yield from written(found.passages, ())
    return came.text, came.prepared, came.generation


def _condensed(section: FoundSection, text: str) -> Passage:
    """Return what a section came to as a passage, under the number that it cites first."""
    cited = [int(number) for number in _MARK.findall(text)]
    known = {one.number: one for one in section.passages}
    passage = next((known[one] for one in cited if one in known), section.passages[0])
    said = _one_line(_SPACED_MARK.sub("", text))
    hit = replace(passage.hit, text=said, header=section.title or passage.hit.header, words=())
    return Passage(passage.number, hit)


def unheard(
    passages: Sequence[Passage],
) -> Generator[Wish | Event, Sent, tuple[str, Prepared | None, GenerationDone]]:
    """Go through what a model writes, and let nothing of it be shown."""
    steps = written(passages, ())
    sent: Sent = None
    while True:
        try:
            step = steps.send(sent)
        except StopIteration as ended:
            came = ended.value
            return came.text, came.prepared, came.generation
        sent = (yield step) if isinstance(step, Await) else None


def _renumbered(text: str, passages: Sequence[Passage], *, back: bool) -> str:
    """Return a text whose marks are the places of passages in their section, or `back`."""
    pairs = [(one.number, at) for at, one in enumerate(passages, 1)]
    numbers = {at: number for number, at in pairs} if back else dict(pairs)
    return _MARK.sub(
        lambda mark: f"[{numbers[int(mark[1])]}]" if int(mark[1]) in numbers else "", text
    )


def _key(found: Found, section: FoundSection, wish: str) -> tuple[str, ...]:
    """Return all that decides what is written of a section."""
    model = found.question.model
    assert model is not None  # noqa: S101 - as `_serves` has seen, for mypy
    texts = (one.hit.text for one in section.passages)
    adapters = (str(one) for one in model.adapters)
    return (str(model.source.path), *adapters, found.language, wish, *texts)


def _words_of(sentence: Extract) -> str:
    """Return a sentence of a document; what looks like a mark of ours in it is none."""
    words = sentence.passage.hit.text[sentence.start : sentence.end]
    return without_own_marks(_one_line(words))


def _beginning(passage: Passage) -> Extract:
    return Extract(passage, 0, len(passage.hit.text), 0.0)


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


ROUTE = Route(AnswerMode.MODEL, _serves, _answered)
