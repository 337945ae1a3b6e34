import itertools
import random
from dataclasses import replace

import pytest

from desktop_rag.answer.fusion import Aim, fused
from desktop_rag.domain.documents import DocumentId, Layer
from desktop_rag.domain.passages import Candidate
from desktop_rag.domain.statements import Statement

KNOWN = frozenset({"en"})
A, B = DocumentId("a"), DocumentId("b")


def candidate(ordinal: int, similarity: float, keyword: float, **more) -> Candidate:
    values = {"document": A, "page": 0, "language": "en"} | more
    return Candidate(row=ordinal, ordinal=ordinal, similarity=similarity, keyword=keyword, **values)


def some(count: int, seed: int, languages: str = "en es") -> list[Candidate]:
    chance = random.Random(seed)  # noqa: S311
    return [
        candidate(
            at,
            chance.random(),
            chance.choice([0.0, chance.random() * 20]),
            document=chance.choice([A, B]),
            language=chance.choice(languages.split()),
        )
        for at in range(count)
    ]


def order(candidates, language="en", shares=None, lifts=None) -> list[tuple[str, int]]:
    found = fused(candidates, language, KNOWN, Aim(shares or {}, lifts=lifts or {}))
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    return [(one.document, one.ordinal) for one, _ in found]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_every_candidate_comes_out_once_whatever_the_order_they_came_in(language) -> None:
    for seed in range(20):
        candidates = some(12, seed)
        first = fused(candidates, language, KNOWN, Aim({A: 0.5}))
        assert sorted(one.ordinal for one, _ in first) == list(range(12)), seed
        random.Random(seed).shuffle(candidates)  # noqa: S311
        assert fused(candidates, language, KNOWN, Aim({A: 0.5})) == first, seed


def test_a_few_words_are_believed_in_the_language_of_what_has_them() -> None:
    """The embedder knows no Hebrew, and would have anything come first."""
    has = candidate(0, 0.1, 5.0, language="he")
    others = [candidate(at, 0.9 - at / 100, 0.0, language="el") for at in range(1, 9)]
    assert order([*others, has], "und")[0] == (A, 0)
    assert order([*others, has], "en")[0] != (A, 0)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_better_on_both_counts_never_comes_later(language: str) -> None:
    for seed in range(20):
        candidates = some(12, seed, languages="en")
        found = enumerate(fused(candidates, language, KNOWN, Aim()))
        place = {one.ordinal: at for at, (one, _) in found}
        for a, b in itertools.permutations(candidates, 2):
            if a.similarity > b.similarity and a.keyword > b.keyword:
                assert place[a.ordinal] < place[b.ordinal], seed


def test_neither_scale_nor_offset_of_a_half_matters() -> None:
    for seed in range(20):
        candidates = some(12, seed)
        other = [
            replace(one, similarity=one.similarity / 8 + 0.5, keyword=one.keyword * 64 + 3)
            for one in candidates
        ]
        assert order(other) == order(candidates), seed


def test_what_has_no_vector_yet_does_not_make_the_others_equal() -> None:
    """As a cosine, 0 would be far below any of an embedder whose cosines are around 0.8."""
    near = [candidate(at, 0.9 - at / 50, 0.0) for at in range(4)]
    waiting = [candidate(at, 0.0, 0.0) for at in range(5, 8)]
    scores = {one.ordinal: score for one, score in fused([*near, *waiting], "en", KNOWN, Aim())}
    assert scores[0] > scores[1] > scores[5] == scores[7] == 0 > scores[2] > scores[3]


def test_a_half_that_says_nothing_leaves_the_order_to_the_other() -> None:
    near = [candidate(at, (at + 1) / 10, 0.0) for at in range(5)]
    words = [candidate(at, 0.3, at * 2.0) for at in range(5)]
    for candidates in (near, words):
        for language in ("en", "es"):
            assert [at for _, at in order(candidates, language)] == [4, 3, 2, 1, 0]


def test_the_embedder_counts_for_more_where_it_was_made_for_the_language() -> None:
    def near_wins(language: str, known: frozenset[str]) -> float:
        near = candidate(0, 0.9, 0.0, language=language)
        word = candidate(1, 0.1, 9.0, language=language)
        scores = {one.ordinal: score for one, score in fused([near, word], language, known, Aim())}
        return scores[0] - scores[1]

    assert near_wins("es", frozenset({"es"})) > near_wins("es", KNOWN)
    assert near_wins("es", KNOWN) == near_wins("fr", KNOWN)
    assert near_wins("en", KNOWN) == near_wins("es", frozenset({"es"}))


def test_words_count_as_much_as_an_embedder_for_many_languages() -> None:
    near, word = candidate(0, 0.9, 0.0), candidate(1, 0.1, 9.0)
    alone, many = (
        dict(fused([near, word], "en", known, Aim())) for known in (KNOWN, frozenset({"en", "es"}))
    )
    assert alone[near] > alone[word]
    assert many[near] == pytest.approx(many[word])


def test_across_languages_the_embedder_decides() -> None:
    near = candidate(0, 0.9, 1.0, language="en")
    word = candidate(1, 0.1, 9.0, language="en")
    assert order([near, word], "es") == [(A, 0), (A, 1)]
    assert order([near, word], "fr") == [(A, 0), (A, 1)]


def test_a_word_that_happens_to_be_in_both_languages_outweighs_no_nearness() -> None:
    near, word = candidate(0, 0.6, 0.0), candidate(1, 0.4, 10.0)
    others = [candidate(at, 0.9 if at % 2 else 0.1, 0.0) for at in range(2, 6)]

    def places(language: str) -> tuple[int, int]:
        ordinals = [at for _, at in order([near, word, *others], language)]
        return ordinals.index(0), ordinals.index(1)

    across, within = places("es"), places("en")
    assert across[0] < across[1]
    assert within[0] > within[1]


@pytest.mark.parametrize("seed", range(20))
def test_naming_a_document_never_moves_it_back(seed: int) -> None:
    candidates = some(12, seed)
    before = order(candidates)
    for share in (0.2, 0.5, 1.0):
        after = order(candidates, shares={A: share})
        for of_a in (place for place in before if place[0] == A):
            assert after.index(of_a) <= before.index(of_a)
        for name in (A, B):  # within one document nothing changes
            assert [p for p in after if p[0] == name] == [p for p in before if p[0] == name]


def test_among_equals_the_named_document_comes_first() -> None:
    candidates = [candidate(0, 0.5, 1.0, document=name) for name in (A, B)]
    assert order(candidates, shares={B: 1.0})[0] == (B, 0)
    assert order(candidates, shares={A: 1.0, B: 0.3})[0] == (A, 0)


def test_a_document_cited_just_before_comes_before_what_is_a_little_better_and_no_more() -> None:
    even = [candidate(at, 0.5, 10.0 + at / 10, document=B) for at in range(4)]
    a_little_worse = candidate(4, 0.5, 10.2)
    ranked = fused([*even, a_little_worse], "en", KNOWN, Aim(preferred=frozenset({A})))
    assert ranked[0][0] == a_little_worse
    much_worse = candidate(4, 0.1, 1.0)
    ranked = fused([*even, much_worse], "en", KNOWN, Aim(preferred=frozenset({A})))
    assert ranked[-1][0] == much_worse


def test_a_page_that_is_a_statement_asked_for_comes_before_what_is_a_little_better() -> None:
    income = candidate(0, 0.5, 1.0, statements=frozenset({Statement.INCOME}))
    balance = candidate(1, 0.6, 1.2, statements=frozenset({Statement.BALANCE}))
    other = candidate(2, 0.7, 1.4)

    def ordinals(*asked: Statement) -> list[int]:
        aim = Aim(statements=frozenset(asked))
        return [one.ordinal for one, _ in fused([income, balance, other], "en", KNOWN, aim)]

    assert ordinals() == [2, 1, 0]
    assert ordinals(Statement.INCOME)[0] == 2  # which is better by far
    assert ordinals(Statement.BALANCE) == [1, 2, 0]
    assert ordinals(Statement.INCOME, Statement.BALANCE) == [1, 2, 0]
    assert ordinals(Statement.CASH_FLOWS) == [2, 1, 0]


def test_a_document_that_is_surely_named_comes_before_what_is_better_by_more() -> None:
    named, other = candidate(0, 0.5, 1.0), candidate(1, 0.6, 1.3, document=B)
    candidates = [named, other, candidate(2, 0.4, 0.5, document=B)]

    def first(*, sure: bool) -> int:
        found = fused(candidates, "en", KNOWN, Aim({A: 1.0}, sure=sure))
        return found[0][0].ordinal

    assert (first(sure=False), first(sure=True)) == (1, 0)


def test_equals_are_ordered_by_document_and_place() -> None:
    candidates = [candidate(at, 0.5, 1.0, document=name) for name in (B, A) for at in (2, 0, 1)]
    assert order(candidates) == [(A, 0), (A, 1), (A, 2), (B, 0), (B, 1), (B, 2)]


def test_one_and_none_are_no_trouble() -> None:
    assert fused([], "en", KNOWN, Aim()) == []
    ((only, score),) = fused([candidate(3, 0.7, 4.0)], "en", KNOWN, Aim())
    assert (only.ordinal, score) == (3, 0.0)


def test_what_is_lifted_by_much_comes_before_what_is_better() -> None:
    for seed in range(20):
        candidates = some(12, seed)
        best = order(candidates)
        last = best[-1][1]
        lifted = order(candidates, lifts={last: 10.0})
        assert lifted == [best[-1], *best[:-1]], seed


@pytest.mark.parametrize("layer", [Layer.FURNITURE, Layer.HIDDEN])
def test_what_nobody_reads_comes_after_what_is_as_good(layer) -> None:
    unread, read, poor = (
        candidate(0, 0.5, 3.0, layer=layer),
        candidate(1, 0.5, 3.0),
        candidate(2, 0.1, 0.0),
    )
    assert [at for _, at in order([unread, read, poor])] == [1, 0, 2]
    assert [at for _, at in order([unread, read, poor], lifts={0: 10.0})] == [0, 1, 2]
    note = replace(unread, layer=Layer.NOTE)
    assert [at for _, at in order([note, read, poor])] == [0, 1, 2]
    wordless = replace(unread, similarity=0.9, keyword=0.0)
    assert [at for _, at in order([wordless, read, poor])] == [1, 2, 0]
