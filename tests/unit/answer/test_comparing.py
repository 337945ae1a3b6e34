"""Documents laid side by side: what they say alike, otherwise, or alone."""

from collections.abc import Sequence

import pytest

from desktop_rag.answer import comparing
from desktop_rag.domain.answers import Extent
from desktop_rag.domain.comparisons import Comparison, RowState, Uncompared
from desktop_rag.domain.documents import DocumentId, Layer
from desktop_rag.domain.passages import Extract, Hit, Passage
from desktop_rag.engines.store import analyzer

A, B, C = (DocumentId(one) for one in "abc")
LEASE = (
    "The tenant pays a rent of 900 euros in the first week of each month.",
    "The rooms may be used as a workshop for clocks and for nothing else.",
    "Whoever repairs the roof must tell the tenant three days before that.",
    "A deposit of two rents is kept until the keys have been handed back.",
    "Both sides may end the contract at the end of any quarter of a year.",
)


def passages(document: DocumentId, *texts: str, **more: object) -> list[Hit]:
    given = {"header": "Lease › Duties", "language": "en", **more}
    header = given.pop("header")
    return [
        Hit(document, at, at, str(at + 1), header, text, (), 1.0, **given)
        for at, text in enumerate(texts)
    ]


def laid(*documents: Sequence[Hit], extent: Extent = Extent.MEDIUM) -> tuple[Comparison, list[Hit]]:
    every = [one for own in documents for one in own]
    names = list(dict.fromkeys(one.document for one in every))
    return comparing.compared(names, every, extent, analyzer), every


def told(found: tuple[Comparison, list[Hit]]) -> list[tuple[str, list[str | None]]]:
    comparison, every = found
    return [
        (
            row.state.value,
            [
                None
                if cell is None
                else " ".join(every[cell.hit].text[start:end] for start, end in cell.spans)
                for cell in row.cells
            ],
        )
        for row in comparison.rows
    ]


def marks(found: tuple[Comparison, list[Hit]]) -> list[list[str]]:
    comparison, every = found
    return [
        [every[cell.hit].text[start:end] for start, end in cell.marked]
        for row in comparison.rows
        for cell in row.cells
        if cell is not None
    ]


def test_two_versions_of_a_text_are_known_as_such_and_told_in_their_order() -> None:
    new = [LEASE[0].replace("900", "950"), LEASE[4], *LEASE[1:4], "Cats are welcome in any room."]
    found = laid(passages(A, " ".join(LEASE)), passages(B, " ".join(new[:3]), " ".join(new[3:])))
    assert told(found) == [
        ("changed", [LEASE[0], new[0]]),
        ("only", [None, "Cats are welcome in any room."]),
        ("moved", [LEASE[4], LEASE[4]]),
    ]
    assert marks(found)[:2] == [["900"], ["950"]]
    assert found[0].versions
    tally = found[0].tally
    assert (tally.same, tally.changed, tally.moved, tally.only) == (3, 1, 1, (0, 1))


def test_a_heading_that_was_changed_is_told() -> None:
    old = ["Monthly rent and its dates", *LEASE]
    new = ["Weekly rent and its dates", *LEASE]
    found = laid(passages(A, "\n".join(old)), passages(B, "\n".join(new)))
    assert told(found) == [("changed", [old[0], new[0]])]
    assert marks(found) == [["Monthly"], ["Weekly"]]


def test_each_cell_knows_its_own_page() -> None:
    found = laid(passages(A, *LEASE), passages(B, LEASE[1], LEASE[0].replace("900", "950")))
    changed = next(row for row in found[0].rows if row.state is RowState.CHANGED)
    assert [found[1][cell.hit].page for cell in changed.cells] == [0, 1]


def test_a_run_that_stands_in_one_alone_is_one_row_that_says_how_long_it_is() -> None:
    more = [
        f"Rule {at} says that lamp number {at} is lit at dusk by the tenant." for at in range(6)
    ]
    found = laid(passages(A, " ".join(LEASE)), passages(B, " ".join([*LEASE, *more])))
    (row,) = found[0].rows
    assert (row.state, row.cells[0], row.cells[1].more) == (RowState.ONLY, None, 4)
    assert found[0].tally.only == (0, 6)


def test_of_documents_that_are_no_versions_other_numbers_come_first() -> None:
    first = [
        "The Gold plan has a deductible of $1,500 for each person in a year.",
        "Glasses are paid for by the Gold plan every second year.",
        *(f"Gold members of group {at} ring the desk called {at * 7}." for at in range(20)),
    ]
    second = [
        "Under Basic, massage and yoga are never paid for at all by anybody.",
        "The Basic plan has a deductible of $2,000 for each person in a year.",
    ]
    found = laid(passages(A, *first), passages(B, *second), extent=Extent.SHORT)
    assert not found[0].versions
    assert told(found)[0] == ("changed", [first[0], second[1]])
    assert marks(found)[:2] == [["Gold", "1,500"], ["Basic", "2,000"]]
    assert found[0].rows[-1].state is RowState.ONLY


def test_of_three_documents_a_row_has_what_each_says() -> None:
    texts = [LEASE[0].replace("900", number) for number in ("800", "850", "900")]
    found = laid(
        passages(A, texts[0], LEASE[1]), passages(B, texts[1], LEASE[1]), passages(C, texts[2])
    )
    rows = told(found)
    assert ("changed", texts) in rows
    assert ("only", [LEASE[1], LEASE[1], None]) in rows
    assert (found[0].tally.several, found[0].tally.only) == (1, (0, 0, 0))


@pytest.mark.parametrize(
    "aside",
    [
        {"layer": Layer.FURNITURE},
        {"header": "Lease › References"},
        {"header": "Contrato › Bibliografía"},
    ],
)
def test_what_is_beside_the_text_is_not_compared(aside) -> None:
    beside = passages(B, "Printed by the Vorrin press in the year of 1871.", **aside)
    found = laid(passages(A, *LEASE), [*passages(B, *LEASE), *beside])
    assert found[0].rows == ()
    assert found[0].tally.same == len(LEASE)


def test_what_cannot_be_compared_is_told_with_its_reason() -> None:
    spanish = passages(B, "El inquilino paga la renta cada mes.", language="es")
    assert laid(passages(A, *LEASE), spanish)[0].uncompared is Uncompared.LANGUAGES
    other = passages(B, "Gulls cried over the quay all morning.")
    assert laid(passages(A, *LEASE), other)[0].uncompared is Uncompared.UNLIKE
    nothing = laid(passages(A, *LEASE), passages(B, "1. 2,000"))[0]
    assert (nothing.uncompared, nothing.documents) == (Uncompared.EMPTY, (B,))


def test_a_page_of_a_hundred_thousand_words_is_compared_in_one_go() -> None:
    long = [f"Clause {at} of the lease speaks of lamp {at * 3} and its oil." for at in range(9_000)]
    changed = [*long[:4_000], long[4_000].replace("oil", "wick"), *long[4_001:]]
    first = passages(A, *(" ".join(long[at : at + 10]) for at in range(0, 9_000, 10)))
    second = passages(B, *(" ".join(changed[at : at + 10]) for at in range(0, 9_000, 10)))
    found = laid(first, second)
    assert told(found) == [("changed", [long[4_000], changed[4_000]])]


def test_more_rows_than_there_is_room_for_are_counted() -> None:
    others = [f"{one[:-1]} but for the {at}th of May." for at, one in enumerate(LEASE * 3, 4)]
    numbered = [f"{at}: {one}" for at, one in enumerate(LEASE * 3, 100)]
    found = laid(passages(A, *numbered), passages(B, *others), extent=Extent.SHORT)
    assert len(found[0].rows) == comparing.ROWS[Extent.SHORT]
    assert found[0].left > 0


def test_other_numbers_come_before_other_words_and_leave_room_for_what_stands_alone() -> None:
    words = ("quiet", "tall", "old", "green", "wide", "small", "round", "lame", "deaf", "neat")
    first = [f"The {word} lamp number of the harbour burns oil at night." for word in words]
    second = [one.replace("burns oil at night", "uses gas each dawn") for one in first]
    paid = "A keeper of the light has a wage of 50 euros for each night."
    dearer = "A keeper of that tower has a wage of 60 euros for each night."
    alone = "Gulls may not be fed from any window of this tower by anybody."
    found = laid(
        passages(A, *first, paid),
        passages(B, alone, *second, dearer),
        extent=Extent.SHORT,
    )
    rows = told(found)
    assert rows[0] == ("changed", [paid, dearer])
    assert rows[-1] == ("only", [None, alone])
    assert len(rows) == comparing.ROWS[Extent.SHORT]


# On a topic


def extracts(document: DocumentId, *scored: tuple[str, float]) -> list[Extract]:
    return [
        Extract(Passage(at, hit), 0, len(text), score)
        for at, ((text, score), hit) in enumerate(
            zip(scored, passages(document, *(text for text, _ in scored)), strict=True)
        )
    ]


def test_what_answers_best_in_each_stands_side_by_side_and_numbers_first() -> None:
    gold = extracts(
        A,
        ("A deductible is what a member pays first.", 9.0),
        ("The deductible of this plan is $1,500 a year.", 8.6),
    )
    basic = extracts(
        B,
        ("Here the deductible is $2,000 a year for each.", 8.8),
        ("Whatever a member pays first is a deductible.", 8.5),
        ("Glasses are paid for.", 2.0),
    )
    comparison, hits = comparing.on_topic([A, B], [gold, basic], Extent.SHORT, analyzer)
    texts = [[hits[cell.hit].text for cell in row.cells] for row in comparison.rows]
    assert texts == [
        ["The deductible of this plan is $1,500 a year.", basic[0].passage.hit.text],
        ["A deductible is what a member pays first.", basic[1].passage.hit.text],
    ]
    assert [hits[0].text[start:end] for start, end in comparison.rows[0].cells[0].marked] == [
        "$1,500"
    ]


def test_a_document_that_is_silent_has_no_cell() -> None:
    gold = extracts(A, ("The deductible is $1,500 a year.", 9.0))
    comparison, _ = comparing.on_topic([A, B], [gold, []], Extent.MEDIUM, analyzer)
    (row,) = comparison.rows
    assert (row.state, row.cells[1]) == (RowState.ONLY, None)
    silent, _ = comparing.on_topic([A, B], [[], []], Extent.MEDIUM, analyzer)
    assert silent.uncompared is Uncompared.SILENT


def test_no_sentence_is_told_twice() -> None:
    gold = extracts(A, *((f"The deductible of year {at} is ${at}00.", 9.0) for at in range(5)))
    basic = extracts(B, ("The deductible is $700.", 9.0))
    comparison, _ = comparing.on_topic([A, B], [gold, basic], Extent.LONG, analyzer)
    cells = [cell for row in comparison.rows for cell in row.cells if cell is not None]
    assert len({(cell.hit, cell.spans) for cell in cells}) == len(cells) == 6
