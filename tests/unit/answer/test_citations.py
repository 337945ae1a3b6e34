import itertools
from collections.abc import Iterator

import pytest

from desktop_rag.answer.citations import Marks
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Cited, Hit, Passage, TextDelta


def passage(number: int) -> Passage:
    return Passage(number, Hit(DocumentId("d"), number, 0, "1", "", "", (), 1.0))


PASSAGES = {number: passage(number) for number in (1, 2, 3, 4, 12)}


def marked(pieces) -> Iterator[TextDelta | Cited]:
    marks = Marks(PASSAGES)
    for piece in pieces:
        yield from marks.feed(piece)
    yield from marks.finish()


def read(pieces) -> tuple[str, list[int]]:
    events = list(marked(pieces))
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    return text, [event.passage.number for event in events if isinstance(event, Cited)]


@pytest.mark.parametrize(
    ("answer", "text", "cited"),
    [
        ("Yes [2].", "Yes [2].", [2]),
        ("Yes[2].", "Yes[2].", [2]),
        ("Yes [2, 3].", "Yes [2][3].", [2, 3]),
        ("Yes [2][3].", "Yes [2][3].", [2, 3]),
        ("Yes [2] [3].", "Yes [2] [3].", [2, 3]),
        ("Yes [2-4].", "Yes [2][3][4].", [2, 3, 4]),
        ("Yes [2–4].", "Yes [2][3][4].", [2, 3, 4]),
        ("Yes [1,3-4; 12].", "Yes [1][3][4][12].", [1, 3, 4, 12]),
        ("Yes [ 2 , 3 ].", "Yes [2][3].", [2, 3]),
        ("Yes [2, 2].", "Yes [2].", [2]),
        ("No [7].", "No.", []),
        ("No [7-9], [4-2].", "No,.", []),
        ("Half [2, 9].", "Half [2].", [2]),
        ("a[0] and x[1] = y", "a[0] and x[1] = y", []),
        ("f(x)[1]", "f(x)[1]", [1]),
        ("[sic] [2024] [1a] [] [^1]", "[sic] [2024] [1a] [] [^1]", []),
        ("[0] [-1] [1-] [,]", "[0] [-1] [1-] [,]", []),
        ("[12", "[12", []),
        ("[1" + " " * 50 + "]", "[1" + " " * 50 + "]", []),
        ("ends in spaces   ", "ends in spaces   ", []),
    ],
)
def test_marks_are_read_as_people_write_them(answer: str, text: str, cited: list[int]) -> None:
    assert read([answer]) == (text, cited)


LAW = "Sí [1][2]; no [7], a[0] y[2]  [2, 4-3,12 ]fé[ 3–4] = [12"


def test_every_split_gives_the_same_answer() -> None:
    expected = read([LAW])
    assert expected == ("Sí [1][2]; no, a[0] y[2]  [2][12]fé[3][4] = [12", [1, 2, 2, 12, 3, 4])
    for a, b in itertools.combinations(range(len(LAW) + 1), 2):
        assert read([LAW[:a], LAW[a:b], LAW[b:]]) == expected, (a, b)
    assert read(LAW) == expected


def test_a_citation_follows_its_own_mark() -> None:
    assert list(marked(["So [1, 2]."])) == [
        TextDelta("So [1]"),
        Cited(PASSAGES[1]),
        TextDelta("[2]"),
        Cited(PASSAGES[2]),
        TextDelta("."),
    ]


def test_text_is_not_held_back_longer_than_a_mark() -> None:
    events = marked(["Yes [", "1" * 60, "!"])
    assert next(events) == TextDelta("Yes")
    assert next(events) == TextDelta(" [" + "1" * 60)


@pytest.mark.parametrize("pieces", [[], [""], ["", ""]])
def test_nothing_in_nothing_out(pieces: list[str]) -> None:
    assert list(marked(pieces)) == []
