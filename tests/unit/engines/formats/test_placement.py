"""Words of a source, found where its picture has them."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.domain.documents import Layer, Role, RoleKind
from desktop_rag.engines.formats import placement
from desktop_rag.engines.formats.placement import DrawnText, DrawnWord, PlacedLine
from desktop_rag.engines.formats.source_text import SourceLine
from tests import operations


def source(*lines: str, told: bool = True) -> list[SourceLine]:
    role = Role(RoleKind.PARAGRAPH)
    return [
        SourceLine(block, role, Layer.BODY, 11.0, False, tuple(line.split()), told)
        for block, line in enumerate(lines)
    ]


def drawn(*lines: str, page: int = 0) -> list[DrawnWord]:
    """Words in lines ten points high, five to a letter."""
    found = []
    for at, line in enumerate(lines):
        x = 0.0
        for word in line.split():
            found.append(DrawnWord(word, page, (x, at * 10.0, x + 5 * len(word), at * 10.0 + 10)))
            x += 5 * len(word) + 5
    return found


def texts(lines: Sequence[PlacedLine]) -> list[str]:
    return [("+" if line.glued else "") + " ".join(line.words) for line in lines]


def placed(said: Sequence[SourceLine], shown: Sequence[DrawnWord]) -> list[PlacedLine]:
    text = DrawnText()
    for word, page, edges, _ in shown:
        text.add(page, [word], [edges])
    return list(placement.placed(said, text, 0))


def joined(lines: Sequence[PlacedLine]) -> list[str]:
    """The words that lines say, put together again."""
    words: list[str] = []
    for line in lines:
        first, *others = line.words
        if line.glued:
            words[-1] += first
        else:
            words.append(first)
        words += others
    return words


def test_lines_are_those_of_the_picture() -> None:
    found = placed(source("a bb c", "d"), drawn("a bb", "c", "d"))
    assert texts(found) == ["a bb", "c", "d"]
    assert [line.line.block for line in found] == [0, 0, 1]
    assert found[0].edges[1] == (10.0, 0.0, 20.0, 10.0)


def test_a_word_that_is_broken_goes_on_glued() -> None:
    found = placed(source("x abcdefgh y"), drawn("x abc", "defgh y"))
    assert texts(found) == ["x abc", "+defgh y"]


def test_a_word_in_pieces_of_one_line_is_one_with_all_their_room() -> None:
    (found,) = placed(source("abcd e"), drawn("ab cd e"))
    assert found.words == ("abcd", "e")
    assert found.edges[0] == (0.0, 0.0, 25.0, 10.0)


def test_words_in_pieces_are_found_one_by_one() -> None:
    (found,) = placed(source("ab cd"), drawn("a b c d zzzzzzzz"))
    assert tuple(found.edges) == ((0.0, 0.0, 15.0, 10.0), (20.0, 0.0, 35.0, 10.0))


def test_a_word_whose_pieces_climb_is_not_two_words() -> None:
    heights = ("ab", 0.0), ("cd", 8.0), ("ef", 4.0)
    shown = [DrawnWord(text, 0, (0.0, top, 10.0, top + 10)) for text, top in heights]
    assert texts(placed(source("abcdef"), shown)) == ["ab", "+cdef"]


def test_words_that_the_picture_puts_together_share_its_room() -> None:
    (found,) = placed(source("ab cd"), drawn("abcd"))
    assert tuple(found.edges) == ((0.0, 0.0, 10.0, 10.0), (10.0, 0.0, 20.0, 10.0))
    (found,) = placed(source("אב גד"), drawn("אבגד"))
    assert found.edges == ((10.0, 0.0, 20.0, 10.0), (0.0, 0.0, 10.0, 10.0))


def test_signs_that_are_written_otherwise_are_the_same() -> None:
    found = placed(source("e\u0301té x\u200dy z"), drawn("été xy z"))
    assert texts(found) == ["e\u0301té x\u200dy z"]
    assert found[0].edges[2] == drawn("été xy z")[2].edges


def test_what_the_picture_adds_or_leaves_out_moves_nothing_else() -> None:
    added = placed(source("a b c d"), drawn("a b • c d"))
    assert [edges[0] for edges in added[0].edges] == [0.0, 10.0, 30.0, 40.0]
    lacking = placed(source("a b lost c d"), drawn("a b c d"))
    assert texts(lacking) == ["a b lost c d"]
    assert [lacking[0].edges[at][0] for at in (0, 1, 3, 4)] == [0.0, 10.0, 20.0, 30.0]


def test_what_is_not_told_takes_its_room_in_the_picture() -> None:
    found = placed([*source("Head", told=False), *source("a b")], drawn("Head", "a b"))
    assert texts(found) == ["a b"]
    assert found[0].edges[0][1] == 10.0


def test_a_paragraph_goes_on_over_the_page() -> None:
    shown = [*drawn("a b"), *drawn("c d", page=1)]
    found = placed(source("a b c d"), shown)
    assert [(line.page, line.words) for line in found] == [(0, ("a", "b")), (1, ("c", "d"))]


def test_nothing_drawn_loses_no_word() -> None:
    found = list(placement.placed(source("a b"), DrawnText(), 7))
    assert (found[0].page, found[0].words) == (7, ("a", "b"))


WORDS = st.lists(st.text("ab\u0301\u200d語א🦉", min_size=1, max_size=5), max_size=30)


@given(WORDS.filter(bool), WORDS)
def test_every_word_is_there_once_whatever_is_drawn(said: list[str], shown: list[str]) -> None:
    half = len(shown) // 2
    picture = [*drawn(*shown[:half]), *drawn(*shown[half:], page=1)]
    assert joined(placed(source(" ".join(said)), picture)) == said


def test_the_work_grows_with_the_words_and_not_faster() -> None:
    def work(count: int) -> int:
        said = source(" ".join(f"w{n}" for n in range(count)))
        shown = drawn(" ".join(f"w{n}" if n % 3 else f"other{n}" for n in range(count)))
        return operations.calls_of(lambda: placed(said, shown))

    assert work(4_000) < 5 * work(1_000)


def test_a_single_word_of_many_lines_is_followed_to_its_end() -> None:
    shown = drawn(*(["x" * 80] * 500))
    found = placed(source("x" * 40_000), shown)
    assert len(found) == 500
    assert tuple(found[-1].edges) == (shown[-1].edges,)
