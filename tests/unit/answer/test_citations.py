import itertools
import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.answer.citations import Marks
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Cited, Hit, Passage, TextDelta


def passage(number: int) -> Passage:
    return Passage(number, Hit(DocumentId("d"), number, 0, "1", "", "", (), 1.0))


PASSAGES = {number: passage(number) for number in (1, 2, 3, 4, 12)}


def marked(pieces: Iterable[str]) -> Iterator[TextDelta | Cited]:
    marks = Marks(PASSAGES)
    for piece in pieces:
        yield from marks.feed(piece)
    yield from marks.finish()


def events(pieces: Iterable[str]) -> list[str | int]:
    """Return text as whole as it can be, and between it the numbers cited."""
    joined: list[str | int] = []
    for event in marked(pieces):
        if isinstance(event, Cited):
            joined.append(event.passage.number)
        elif joined and isinstance(joined[-1], str):
            joined[-1] = f"{joined[-1]}{event.text}"
        else:
            joined.append(event.text)
    return joined


def read(pieces: Iterable[str]) -> tuple[str, list[int]]:
    events = list(marked(pieces))
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    return text, [event.passage.number for event in events if isinstance(event, Cited)]


PLAIN_FORMS = [
    ("Yes [2].", "Yes [2].", [2]),
    ("Yes[2].", "Yes[2].", [2]),
    ("100 m[2].", "100 m[2].", [2]),
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
    ("[sic] [2024] [1a] [] [^a]", "[sic] [2024] [1a] [] [^a]", []),
    ("[0] [-1] [1-] [,]", "[0] [-1] [1-] [,]", []),
    ("[12", "[12", []),
    ("[1" + " " * 50 + "]", "[1" + " " * 50 + "]", []),
    ("ends in spaces   ", "ends in spaces   ", []),
]
OTHER_FORMS = [
    ("Yes【1】.", "Yes[1].", [1]),
    ("Yes【1†source】.", "Yes[1].", [1]),
    ("Yes 【1:0†a.pdf】【2†L1-L9】", "Yes [1][2]", [1, 2]),
    ("Yes［2］ 〔3〕", "Yes[2] [3]", [2, 3]),
    ("Yes [^1].", "Yes [1].", [1]),
    ("Yes [#2].", "Yes [2].", [2]),
    ("Yes [1 and 2].", "Yes [1][2].", [1, 2]),
    ("Sí [1 y 2].", "Sí [1][2].", [1, 2]),
    ("Sí [1, 2 e 3].", "Sí [1][2][3].", [1, 2, 3]),
    ("Yes [1 & 3].", "Yes [1][3].", [1, 3]),
    ("Yes [1; 3].", "Yes [1][3].", [1, 3]),
    ("Yes [1 to 3].", "Yes [1][2][3].", [1, 2, 3]),
    ("Yes [1, p. 4].", "Yes [1].", [1]),
    ("Yes [1, pp. 3-4; 2, page vii].", "Yes [1][2].", [1, 2]),
    ("Sí [1, página 3].", "Sí [1].", [1]),
    ("Sí [1 (pág. 2)].", "Sí [1].", [1]),
    ("Yes [Passage 2].", "Yes [2].", [2]),
    ("Yes [passages 1, 3].", "Yes [1][3].", [1, 3]),
    ("Sí [Pasaje 2, p. 4; pasaje 3].", "Sí [2][3].", [2, 3]),
    ("Yes [see passage 2].", "Yes [2].", [2]),
    ("Sí [Fuente: 1].", "Sí [1].", [1]),
    ("Yes (Passage 2).", "Yes [2].", [2]),
    ("Sí (pasaje 2).", "Sí [2].", [2]),
    ("Sí (véanse los pasajes 1 y 2).", "Sí (véanse los pasajes 1 y 2).", [1, 2]),
    ("Sí (véase el pasaje 2).", "Sí [2].", [2]),
    ("Yes (see passages 1 and 3, p. 4).", "Yes [1][3].", [1, 3]),
    ("water¹ boils.² So ³", "water[1] boils.[2] So ³", [1, 2]),
    ("water¹² and again¹³", "water[12] and again[1][3]", [12, 1, 3]),
    (f"water{'⁹' * 5_000}", f"water{'⁹' * 5_000}", []),
    ("water <sup>2</sup>, boils<sup>[3]</sup>", "water [2], boils[3]", [2, 3]),
    ("As passage 2 says", "As passage 2 says", [2]),
    ("según el pasaje 12.", "según el pasaje 12.", [12]),
    ("Passages 1, 2 and 4 agree", "Passages 1, 2 and 4 agree", [1, 2, 4]),
    ("los pasajes 2-4", "los pasajes 2-4", [2, 3, 4]),
    ("[Passage 9] (passage 9) [Source 9]", " (passage 9) [Source 9]", []),
    ("[1]: so says it\n[^2]: and it", "[1]: so says it\n[2]: and it", [1, 2]),
]
NO_MARKS = [
    *("data[3] is", "my_list[1]", "df.iloc[2]", "rows[1] = 2", "seen[2] += 1", "a[1]"),
    *("[1](http://a.example)", "![2](x.png)", "[2024]", "[1:2]", "(1)", "(1, 2)", "(2) it is"),
    *(
        "5 m²",
        "10³",
        "20 metros²",
        "calcium²⁺",
        "a calcium³⁺ ion",
        "mc²",
        "x¹",
        "n³",
        "m<sup>2</sup>",
    ),
    *("`x = [1]`", "``a ` [1]``", "```\nprint([1])\n```", "~~~\n[2]\n```\n[3]\n~~~", "`[1]"),
    *("passages 2024", "pasaje 0", "passageway 2", "bypassage 2", "source 2", "passage two"),
    *("(the passage)", "(see below)", "[the 2 of us]", "[1 of 2]", "[1, sic]", "[p. 4]", "< 2"),
]
WRITTEN = [*(answer for answer, _, _ in PLAIN_FORMS + OTHER_FORMS), *NO_MARKS]


@pytest.mark.parametrize(("answer", "text", "cited"), PLAIN_FORMS)
def test_marks_are_read_as_people_write_them(answer: str, text: str, cited: list[int]) -> None:
    assert read([answer]) == (text, cited)


@pytest.mark.parametrize(("answer", "text", "cited"), OTHER_FORMS)
def test_every_form_becomes_ours(answer: str, text: str, cited: list[int]) -> None:
    assert read([answer]) == (text, cited)


@pytest.mark.parametrize("answer", NO_MARKS)
def test_what_only_looks_like_a_mark_stays(answer: str) -> None:
    assert read([answer]) == (answer, [])


def test_after_code_marks_are_read_again() -> None:
    assert read(["`[1]` [2]\n```py\n[3]\n```\n[4] `a\n[1]"]) == (
        "`[1]` [2]\n```py\n[3]\n```\n[4] `a\n[1]",
        [2, 4, 1],
    )


PIECES = (
    *(
        "[",
        "]",
        "(",
        ")",
        "【",
        "】",
        "†source",
        "^",
        "#",
        "<sup>",
        "</sup>",
        "`",
        "```",
        "~~~",
        "~",
    ),
    *(
        " ",
        "  ",
        "\n",
        ", ",
        "; ",
        "-",
        "–",
        ".",
        ":",
        " = ",
        " y ",
        " and ",
        "p. ",
        "page ",
        "¹",
        "²",
    ),
    *("1", "2", "3", "12", "2024", "0", "passage", "Passages ", "pasaje ", "pas", "see ", "el "),
    *("[1]", "[1, 2]", "(Passage 2)", "[^3]", "data", "x", "água", "meters", "⁺", "http://a", "p"),
)


@pytest.mark.parametrize(
    "answer", [f"{one}{after}" for one in WRITTEN for after in ("", " 3", "3")]
)
def test_each_form_may_come_in_any_two_pieces_or_letter_by_letter(answer: str) -> None:
    expected = events([answer])
    assert events(answer) == expected
    for at in range(1, len(answer)):
        assert events([answer[:at], answer[at:]]) == expected


@given(st.lists(st.sampled_from(PIECES), max_size=24), st.data())
def test_it_does_not_matter_where_a_text_is_split(words: list[str], data: st.DataObject) -> None:
    text = "".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pieces = [text[a:b] for a, b in itertools.pairwise([0, *cuts, len(text)])]
    assert events(pieces) == events([text])
    assert events(text) == events([text])


@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_nothing_but_marks_is_lost(words: list[str]) -> None:
    text = "".join(words)
    shown, _ = read([text])
    left = iter(text)
    plain = re.sub(r" *\[\d{1,3}\]", "", shown)
    assert all(sign in left for sign in plain)
    lettered = re.sub(r"[\d¹²]", "", text)
    assert read([lettered]) == (lettered, [])


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
