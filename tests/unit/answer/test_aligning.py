"""Which sentences of two texts belong together."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.answer import aligning
from desktop_rag.answer.aligning import ReadSentences, aligned


def text(*sentences: str, section: str = "") -> ReadSentences:
    return ReadSentences(
        list(sentences), [one.split() for one in sentences], [section] * len(sentences)
    )


A, B, C, D = "lamps burn oil", "keepers sleep little", "boats bring flour", "gulls cry early"


def test_what_is_the_same_stays_and_what_went_elsewhere_moved() -> None:
    found = aligned(text(A, B, C, D), text(B, C, D, A))
    assert found.same == ((1, 0), (2, 1), (3, 2))
    assert found.moved == ((0, 3),)
    assert found.near == ()


def test_what_stands_several_times_is_the_same_in_its_order() -> None:
    found = aligned(text("none", A, "none", B, "none"), text("none", A, "none", B))
    assert (1, 1) in found.same
    assert (3, 3) in found.same
    assert len(found.same) == 4
    assert found.moved == ()


def test_what_stands_twice_in_the_other_text_is_no_anchor() -> None:
    found = aligned(text("none", A, B), text("none", A, B, "none"))
    assert (found.same, found.moved) == (((0, 0), (1, 1), (2, 2)), ())


def test_what_is_said_otherwise_is_found_beside_what_stayed() -> None:
    found = aligned(text(A, "the rent is 900 euros a month", C), text(A, "rent is 950 a month", C))
    assert [pair for pair, _ in found.near] == [(1, 1)]


def test_what_has_nothing_in_common_is_left_alone() -> None:
    found = aligned(text(A, "boots are sold here", C), text(A, "nothing of this kind", C))
    assert found.near == ()


def test_of_several_partners_the_one_under_the_same_heading_is_taken() -> None:
    rent = "rent is {} euros for each month of the year"
    first = ReadSentences([rent.format(5)], [rent.format("").split()], ["House"])
    second = ReadSentences(
        [rent.format(6), rent.format(7)], [rent.format("").split()] * 2, ["Boat", "House"]
    )
    assert [pair for pair, _ in aligned(first, second).near] == [(0, 1)]


def test_of_too_many_those_nearest_to_the_rest_are_compared_and_it_is_said(monkeypatch) -> None:
    monkeypatch.setattr(aligning, "MOST_LEFT", 2)
    own = [f"oil lamp {word} burns" for word in ("red", "blue", "green")]
    others = [f"oil lamp {word} burns" for word in ("pink", "grey", "white", "black")]
    assert aligned(text(*own), text(*others)).unread == (1, 2)


def test_an_empty_text_has_nothing_in_common() -> None:
    assert aligned(text(), text(A)).same == ()
    assert aligned(text(A), text()).near == ()


def test_who_no_longer_wants_it_is_asked_between_two_steps() -> None:
    asked = []
    aligned(text(A, B), text(C, D), lambda: asked.append(True))
    assert asked


@given(st.lists(st.sampled_from([A, B, C, D, "none"]), max_size=12), st.randoms())
def test_no_sentence_has_two_partners_and_equal_ones_have_one(sentences, chance) -> None:
    other = list(sentences)
    chance.shuffle(other)
    found = aligned(text(*sentences), text(*other))
    pairs = [*found.same, *found.moved, *(pair for pair, _ in found.near)]
    assert len({one for one, _ in pairs}) == len(pairs) == len({two for _, two in pairs})
    assert len(found.same) + len(found.moved) == len(sentences)


def test_equal_sentences_without_end_are_paired_without_comparing_each_with_each(
    monkeypatch,
) -> None:
    monkeypatch.setattr(aligning, "SequenceMatcher", None)
    many = ["not applicable"] * 3_000 + ["oil"] * 50
    found = aligned(text(*many), text(*many))
    assert len(found.same) == len(many)
