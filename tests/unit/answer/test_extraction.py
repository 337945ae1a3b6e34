import itertools
import re
from dataclasses import replace

import pytest

from desktop_rag.answer.extraction import (
    answer_of,
    continued,
    joined,
    lines_of,
    quote_of,
    scored,
    sentences,
    spoken,
    whole,
)
from desktop_rag.domain.documents import Box, DocumentId, PlacedWord
from desktop_rag.domain.passages import Cited, Extract, Hit, Passage, TextDelta

TEXT = (
    "The lighthouse burned whale oil until 1871.\n"
    "Its keeper, Dr. Salas, kept a record of ships. Nobody read it!\n"
    "Ship\tLeaves at noon\n"
    "Petrel\t06:10"
)


def hit(text: str = TEXT, ordinal: int = 0, page: int = 0, top: float = 0.1) -> Hit:
    """Each line of the text is a line of the page, each letter a hundredth wide."""
    words, start = [], 0
    for row, line in enumerate(text.splitlines(keepends=True)):
        y = top + row / 50
        for word in re.finditer(r"\S+", line):
            box = Box(word.start() / 100, y, word.end() / 100, y + 0.012)
            words.append(PlacedWord(start + word.start(), start + word.end(), box))
        start += len(line)
    return Hit(DocumentId("d"), ordinal, page, "1", "T", text, tuple(words), 1.0)


def passage(number: int = 1, text: str = TEXT) -> Passage:
    return Passage(number, hit(text, number))


@pytest.mark.parametrize("language", ["en", "es", "ja", "und", "zh"])
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "",
        " ",
        "\n\n",
        "  padded.  \n\t",
        "One",
        "日本語です。次の文です。",
        "😀 ¡Sí! é. 𝔘 n. z",
    ],
)
def test_sentences_cover_the_text_without_touching(text: str, language: str) -> None:
    end = 0
    for start, stop in sentences(text, language):
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        lines = text[start:stop].splitlines()
        assert len(lines) == 1 or all("\t" in line for line in lines)
        assert start >= end
        end = stop
    assert not text[end:].strip()


def test_a_sentence_is_a_sentence_a_line_of_its_own_or_a_table() -> None:
    assert [TEXT[start:end] for start, end in sentences(TEXT, "en")] == [
        "The lighthouse burned whale oil until 1871.",
        "Its keeper, Dr. Salas, kept a record of ships.",
        "Nobody read it!",
        "Ship\tLeaves at noon\nPetrel\t06:10",
    ]


def extracts(similarity, overlap=None, text: str = TEXT) -> list[Extract]:
    passages = [passage(number, text) for number in range(1, len(similarity) + 1)]
    spans = [sentences(text, "en")[: len(row)] for row in similarity]
    overlap = overlap or [[0.0] * len(row) for row in similarity]
    return scored(passages, spans, similarity, overlap)


def test_every_sentence_is_scored_and_the_best_comes_first() -> None:
    found = extracts([[0.3, 0.9, 0.1], [0.5, 0.2, 0.4]])
    assert len(found) == 6
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found[0].passage.number == 1
    assert TEXT[found[0].start : found[0].end].startswith("Its keeper")


def test_more_of_either_never_scores_less() -> None:
    base = {(e.passage.number, e.start): e.score for e in extracts([[0.3, 0.3], [0.3, 0.3]])}
    for more in (extracts([[0.4, 0.3], [0.3, 0.3]]), extracts([[0.3] * 2] * 2, [[0.1, 0], [0, 0]])):
        after = {(e.passage.number, e.start): e.score for e in more}
        assert after[1, 0] > base[1, 0]
        assert [key for key in base if after[key] != base[key]] == [(1, 0)]


def test_of_two_equal_sentences_the_one_in_the_better_passage_wins() -> None:
    numbers = [extract.passage.number for extract in extracts([[0.5]] * 4)]
    assert numbers == [1, 2, 3, 4]


def test_a_better_passage_makes_up_for_a_slightly_worse_sentence_and_no_more() -> None:
    assert [one.passage.number for one in extracts([[0.5], [0.54]])] == [1, 2]
    assert [one.passage.number for one in extracts([[0.5], [0.7]])] == [2, 1]


@pytest.mark.parametrize("score", [0.9, 0.1, 0.0, -0.1, -0.9])
def test_a_short_sentence_never_scores_above_a_long_one(score: float) -> None:
    long, short = "A sentence of six words, say.", "Two words."
    (a,) = extracts([[score]], text=long)
    (b,) = extracts([[score]], text=short)
    assert b.score <= a.score


def test_the_best_sentence_is_quoted_and_none_that_is_far_worse() -> None:
    found = extracts([[0.9, 0.85, 0.05]])
    assert answer_of(found) == tuple(found[:2])


def test_an_answer_is_short() -> None:
    many = [Extract(passage(1, f"The number is {n}."), 0, 16, 0.9) for n in range(9)]
    assert 0 < len(answer_of(many)) < 9
    assert answer_of(many) == tuple(many[: len(answer_of(many))])


def test_nothing_is_quoted_twice() -> None:
    copies = [passage(1, "Oil  burned here."), passage(2, "Oil burned\nhere.")]
    found = [Extract(one, 0, len(one.hit.text), 0.9) for one in copies]
    assert answer_of(found) == (found[0],)


def test_no_sentence_is_no_answer() -> None:
    assert answer_of([]) == ()
    assert list(spoken([])) == []


def test_a_spoken_answer_cites_every_sentence() -> None:
    chosen = extracts([[0.9, 0.1], [0.1, 0.8]])[:2]
    events = list(spoken(chosen))
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert text == (
        "The lighthouse burned whale oil until 1871. [1]"
        " Its keeper, Dr. Salas, kept a record of ships. [2]"
    )
    assert [e.passage.number for e in events if isinstance(e, Cited)] == [1, 2]


def test_a_table_is_spoken_as_markdown_and_stands_by_itself() -> None:
    table = "Ticket\tHesta\nAdult\t7.40\nChild\t6.30\tnone"
    first = replace(passage(), hit=replace(passage().hit, text=table, words=()))
    then = passage()
    sentence = Extract(then, 0, 10, 0.5)
    told = [
        e.text for e in spoken([Extract(first, 0, len(table), 1.0), sentence]) if hasattr(e, "text")
    ]
    assert told[0] == (
        "| Ticket | Hesta |  |\n| --- | --- | --- |\n| Adult | 7.40 |  |\n| Child | 6.30 | none |"
        f"\n\n[{first.number}]"
    )
    assert told[1].startswith("\n\n")
    assert told[1].endswith(f" [{then.number}]")


def test_a_passage_of_a_stranger_counts_less() -> None:
    own, other = passage(), passage()
    stranger = replace(other, hit=replace(other.hit, document=DocumentId("stranger")))
    passages = [own, own, stranger]
    spans = [[(0, 20)]] * 3
    even = [[0.5]] * 3
    scores = {one.passage.hit.document: one.score for one in scored(passages, spans, even, even)}
    alone = scored([own, own, own], spans, even, even)
    assert scores["stranger"] < min(one.score for one in alone)


def test_the_cells_of_a_table_are_spoken_apart() -> None:
    at = TEXT.index("Ship\t")
    (delta, _) = spoken([Extract(passage(), at, at + len("Ship\tLeaves at noon"), 1.0)])
    assert delta == TextDelta("Ship | Leaves at noon [1]")


# Quotes


def test_a_quote_lights_exactly_its_own_words() -> None:
    one = passage()
    for start, end in sentences(TEXT, "en"):
        quote = quote_of(one, start, end)
        assert quote.text == " ".join(TEXT[start:end].split())
        own = [word.box for word in one.hit.words if start <= word.start and word.end <= end]
        assert len(quote.boxes) == len(TEXT[start:end].splitlines())
        assert min(box.x0 for box in quote.boxes) == min(word.x0 for word in own)
        assert max(box.x1 for box in quote.boxes) == max(word.x1 for word in own)
        assert quote.boxes[0].y0 == own[0].y0
        assert quote.boxes[-1].y1 == own[-1].y1


def test_a_quote_over_lines_has_a_box_for_each() -> None:
    quote = quote_of(passage(), 0, len(TEXT))
    assert len(quote.boxes) == len(TEXT.splitlines())
    assert quote.boxes == whole(passage().hit)


def test_a_quote_that_goes_on_over_the_page_is_lit_on_both() -> None:
    one = passage()
    half = len(one.hit.words) // 2
    later = tuple(word._replace(page=1) for word in one.hit.words[half:])
    over = replace(one, hit=replace(one.hit, words=(*one.hit.words[:half], *later)))
    quote = quote_of(over, 0, len(TEXT))
    here, there = ([word.box for word in part] for part in (one.hit.words[:half], later))
    assert quote.text == quote_of(one, 0, len(TEXT)).text
    assert quote.boxes == whole(over.hit) == tuple(lines_of(here))
    assert quote.continued == continued(over.hit)
    assert quote.continued == tuple((one.hit.page + 1, box) for box in lines_of(there))
    assert quote_of(one, 0, len(TEXT)).continued == ()


def test_half_a_word_lights_the_word_and_no_words_light_nothing() -> None:
    one = passage()
    assert quote_of(one, 1, 2).boxes == (one.hit.words[0].box,)
    assert quote_of(one, 3, 4).boxes == ()
    assert quote_of(one, 0, 0).boxes == ()


def test_boxes_are_joined_along_a_line_only() -> None:
    def box(x: float, y: float) -> Box:
        return Box(x, y, x + 0.1, y + 0.01)

    assert list(lines_of([])) == []
    assert list(lines_of([box(0.1, 0.1)])) == [box(0.1, 0.1)]
    (one,) = lines_of([box(0.1, 0.1), box(0.3, 0.102), box(0.5, 0.1)])
    assert one == pytest.approx((0.1, 0.1, 0.6, 0.112))
    apart = [box(0.5, 0.1), box(0.1, 0.1), box(0.3, 0.2)]  # back to the left, and down
    assert list(lines_of(apart)) == apart


def test_joining_boxes_covers_them_and_no_more() -> None:
    boxes = [word.box for word in hit().words]
    for start, end in itertools.combinations(range(len(boxes) + 1), 2):
        found = list(lines_of(boxes[start:end]))
        for inner in boxes[start:end]:
            assert any(
                o.x0 <= inner.x0 and inner.x1 <= o.x1 and o.y0 <= inner.y0 and inner.y1 <= o.y1
                for o in found
            )
        assert min(o.x0 for o in found) == min(b.x0 for b in boxes[start:end])
        assert max(o.y1 for o in found) == max(b.y1 for b in boxes[start:end])


# Neighbours


@pytest.mark.parametrize("before", [None, hit("Before it.", 0, 4), hit("Elsewhere.", 0, 3)])
@pytest.mark.parametrize("after", [None, hit("After it.", 2, 4), hit("Elsewhere.", 2, 5)])
def test_neighbours_are_joined_on_one_page_with_every_word_in_its_place(before, after) -> None:
    own = hit(TEXT, 1, 4)
    found = joined(own, before, after)
    parts = [part for part in (before, own, after) if part and part.page == 4]
    assert found.text == "\n".join(part.text for part in parts)
    assert (found.document, found.ordinal, found.page, found.score) == ("d", 1, 4, 1.0)
    placed = [(found.text[start:end], box) for start, end, box, _ in found.words]
    assert placed == [
        (part.text[start:end], box) for part in parts for start, end, box, _ in part.words
    ]


def test_the_references_of_a_document_are_not_taken_for_ours() -> None:
    text = "Glaze cracks below 900 degrees [3], as was seen before [1, 7]."
    quoted = replace(passage(), hit=replace(passage().hit, text=text, words=()))
    (delta, cited) = spoken([Extract(quoted, 0, len(text), 1.0)])
    said = "Glaze cracks below 900 degrees (3), as was seen before (1, 7)."
    assert (delta, cited) == (TextDelta(f"{said} [{quoted.number}]"), Cited(quoted))
