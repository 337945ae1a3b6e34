import itertools
import re
from dataclasses import replace

import pytest

from desktop_rag.answer.extraction import (
    Quoted,
    continued,
    joined,
    lines_of,
    quote_of,
    quoted,
    spoken,
    whole,
    whole_passage,
)
from desktop_rag.answer.units import units
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


def spans(text: str = TEXT) -> list[tuple[int, int]]:
    return [(unit.start, unit.end) for unit in units(text, "en")]


def extracts(*scores: float, text: str = TEXT) -> list[Extract]:
    found = [
        Extract(passage(1, text), *span, score)
        for span, score in zip(spans(text), scores, strict=False)
    ]
    return sorted(found, key=lambda one: -one.score)


def test_where_the_best_sentence_is_surely_right_it_is_quoted_alone() -> None:
    (one,) = quoted(extracts(0.0, 5.0, 1.0))
    assert one.spans == (spans()[1],)


def test_where_none_is_surely_right_more_are_quoted_and_few() -> None:
    assert [one.spans for one in quoted(extracts(1.0, 0.0, -9.0))] == [(spans()[0],)]
    assert len(quoted(extracts(1.0, 0.9, 0.8))) == 2
    many = [Extract(passage(1, f"The number is {n}."), 0, 16, 0.9) for n in range(9)]
    assert len(quoted(many)) == 3


def test_nothing_is_quoted_twice() -> None:
    copies = [passage(1, "Oil  burned here."), passage(2, "Oil burned\nhere.")]
    found = [Extract(one, 0, len(one.hit.text), 0.9) for one in copies]
    assert quoted([*found, *found]) == (Quoted(copies[0], ((0, len(copies[0].hit.text)),)),)


def test_what_stands_under_the_same_heads_is_quoted_together_and_in_order() -> None:
    text = "To fire:\n• Load it.\n• Close it.\n• Wait."
    at = spans(text)
    one = passage(1, text)
    found = [Extract(one, *at[place], 0.0, heads=(at[0],)) for place in (2, 1)]
    found.append(Extract(one, *at[3], -9.0, heads=(at[0],)))
    (whole_list,) = quoted(found)
    assert whole_list.spans == tuple(at[:3])
    (delta, _cited) = spoken([whole_list])
    assert delta.text == "To fire:  \n- Load it.  \n- Close it.\n\n[1]"
    assert quote_of(whole_list).text == "To fire: • Load it. • Close it."


def test_no_sentence_is_no_answer() -> None:
    assert quoted([]) == ()
    assert list(spoken([])) == []


def test_a_spoken_answer_cites_every_sentence() -> None:
    chosen = [Quoted(passage(number), (spans()[number - 1],)) for number in (1, 2)]
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
    rows = [Quoted(first, tuple(spans(table))), Quoted(then, ((0, 10),))]
    told = [event.text for event in spoken(rows) if isinstance(event, TextDelta)]
    assert told[0] == (
        "| Ticket | Hesta |  |\n| --- | --- | --- |\n| Adult | 7.40 |  |\n| Child | 6.30 | none |"
        f"\n\n[{first.number}]"
    )
    assert told[1].startswith("\n\n")
    assert told[1].endswith(f" [{then.number}]")


def test_the_cells_of_a_table_are_spoken_apart() -> None:
    at = TEXT.index("Ship\t")
    (delta, _) = spoken([Quoted(passage(), ((at, at + len("Ship\tLeaves at noon")),))])
    assert delta == TextDelta("Ship | Leaves at noon [1]")


# Quotes


def test_a_quote_lights_exactly_its_own_words() -> None:
    one = passage()
    for start, end in spans():
        quote = quote_of(Quoted(one, ((start, end),)))
        assert quote.text == " ".join(TEXT[start:end].split())
        own = [word.box for word in one.hit.words if start <= word.start and word.end <= end]
        assert len(quote.boxes) == len(TEXT[start:end].splitlines())
        assert min(box.x0 for box in quote.boxes) == min(word.x0 for word in own)
        assert max(box.x1 for box in quote.boxes) == max(word.x1 for word in own)
        assert quote.boxes[0].y0 == own[0].y0
        assert quote.boxes[-1].y1 == own[-1].y1


def test_a_quote_over_lines_has_a_box_for_each() -> None:
    quote = quote_of(Quoted(passage(), ((0, len(TEXT)),)))
    assert len(quote.boxes) == len(TEXT.splitlines())
    assert quote.boxes == whole(passage().hit)


def test_a_quote_that_goes_on_over_the_page_is_lit_on_both() -> None:
    one = passage()
    half = len(one.hit.words) // 2
    later = tuple(word._replace(page=1) for word in one.hit.words[half:])
    over = replace(one, hit=replace(one.hit, words=(*one.hit.words[:half], *later)))
    quote = quote_of(Quoted(over, ((0, len(TEXT)),)))
    here, there = ([word.box for word in part] for part in (one.hit.words[:half], later))
    assert quote.text == quote_of(Quoted(one, ((0, len(TEXT)),))).text
    assert quote.boxes == whole(over.hit) == tuple(lines_of(here))
    assert quote.continued == continued(over.hit)
    assert quote.continued == tuple((one.hit.page + 1, box) for box in lines_of(there))
    assert quote_of(Quoted(one, ((0, len(TEXT)),))).continued == ()


def test_half_a_word_lights_the_word_and_no_words_light_nothing() -> None:
    one = passage()
    assert quote_of(Quoted(one, ((1, 2),))).boxes == (one.hit.words[0].box,)
    assert quote_of(Quoted(one, ((3, 4),))).boxes == ()
    assert quote_of(Quoted(one, ((0, 0),))).boxes == ()


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


def test_parts_of_a_page_are_joined_with_every_word_in_its_place() -> None:
    own = hit(TEXT, 1, 4)
    parts = [hit("Before it.", 0, 4), own, hit("After it.", 2, 4)]
    found = joined(own, parts)
    assert found.text == "\n".join(part.text for part in parts)
    assert (found.document, found.ordinal, found.page, found.score) == ("d", 1, 4, 1.0)
    placed = [(found.text[start:end], box) for start, end, box, _ in found.words]
    assert placed == [
        (part.text[start:end], box) for part in parts for start, end, box, _ in part.words
    ]


def test_the_references_of_a_document_are_not_taken_for_ours() -> None:
    text = "Glaze cracks below 900 degrees [3], as was seen before [1, 7]."
    cites = replace(passage(), hit=replace(passage().hit, text=text, words=()))
    (delta, cited) = spoken([whole_passage(cites)])
    said = "Glaze cracks below 900 degrees (3), as was seen before (1, 7)."
    assert (delta, cited) == (TextDelta(f"{said} [{cites.number}]"), Cited(cites))
