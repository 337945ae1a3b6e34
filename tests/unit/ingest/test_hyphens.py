import pytest

from desktop_rag.ingest.hyphens import Joint, Spelling
from tests.fakes import lines, page

KNOWN = {
    "well", "known", "price", "determining", "thousand", "thous", "information", "in", "formation",
    "careful", "care", "contenido", "con", "tenido", "post", "war",
}  # fmt: skip


def joint(before: str, after: str, *texts: str, known=KNOWN) -> Joint:
    return Spelling((page(lines(texts)),), lambda word: word in known).joint(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [("environ-", "mental"), ("care-", "ful."), ("(in-", "formation)"), ("con-", "tenido"),
     ("Haupt-", "bahnhof"), ("thous-", "and"), ("IN-", "FORMATION")],
)  # fmt: skip
def test_a_word_that_is_cut_is_joined(before, after) -> None:
    assert joint(before, after) is Joint.JOINED


@pytest.mark.parametrize(
    ("before", "after"),
    [("well-", "known"), ("price-", "determining"), ("2019-", "2021"), ("AB-", "4711"),
     ("Jean-", "Luc"), ("n-", "butane"), ("state-of-the-", "art"), ("COVID-", "19,"),
     ("X-", "RAY"), ("post-", "war’s")],
)  # fmt: skip
def test_a_word_that_is_written_with_a_hyphen_keeps_it(before, after) -> None:
    assert joint(before, after) is Joint.HYPHENED


@pytest.mark.parametrize(
    ("before", "after"),
    [("pre-", "and"), ("Ein-", "und"), ("macro-", "y"), ("1939-", "to"), ("-", "dash"),
     ("plain", "word"), ("care-", "—"), ("care-", "")],
)  # fmt: skip
def test_words_that_are_two_stay_apart(before, after) -> None:
    assert joint(before, after) is Joint.APART


def test_a_soft_hyphen_always_joins() -> None:
    assert joint("well\u00ad", "known") is Joint.JOINED
    assert joint("Vor\u00ad", "Rin") is Joint.JOINED


def test_the_spelling_of_the_document_comes_before_any_list() -> None:
    assert joint("care-", "ful", "A care-ful keeper.") is Joint.HYPHENED
    assert joint("well-", "known", "The wellknown keeper.") is Joint.JOINED
    assert joint("lamp-", "oil", "The lamp. The oil.", known=()) is Joint.HYPHENED
    assert joint("lamp-", "oil", "The lamp.", known=()) is Joint.JOINED


def test_halves_of_words_that_are_cut_elsewhere_are_no_words() -> None:
    assert joint("vor-", "rin", "a vor-", "rin and a vor-", "rin", known=()) is Joint.JOINED
