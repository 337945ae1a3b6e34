"""Words that are a letter off."""

import pytest

from desktop_rag.answer.spelling import doubtful, meant, one_off
from tests.fakes import FakeAnalyzer


@pytest.mark.parametrize("other", ["heros", "hern", "heronn", "hreon", "haron", "xheron", "eron"])
def test_a_word_one_edit_away_is_one_letter_off(other) -> None:
    assert other in one_off("heron")
    assert "heron" in one_off(other)


@pytest.mark.parametrize("other", ["heron", "herring", "her", "ehrno", "nehor"])
def test_others_are_not(other) -> None:
    assert other not in one_off("heron")


def test_each_is_there_once_and_they_are_not_many() -> None:
    found = one_off("lighthouses")
    assert len(found) == len(set(found)) < 60 * len("lighthouses")
    assert len(one_off("маяки")) == len(set(one_off("маяки"))) > 300


def test_short_words_numbers_and_mixed_ones_are_not_doubted() -> None:
    assert doubtful(["oil", "heron", "ab12cd", "маяки", "heрon", "heron", "日本語日本語"]) == [
        "heron",
        "маяки",
    ]
    assert doubtful(["a" * 30]) == []


def test_what_most_texts_have_is_meant() -> None:
    texts = ["The Heron and the heroe.", "A heron.", "Heroes of old."]
    assert meant("herom", one_off("herom"), texts, FakeAnalyzer()) == "heron"
    assert meant("whale", one_off("whale"), texts, FakeAnalyzer()) == ""
    assert meant("heron", one_off("heron"), [], FakeAnalyzer()) == ""


def test_a_word_is_given_back_as_it_is_written() -> None:
    assert meant("inndice", one_off("inndice"), ["El Índice."], FakeAnalyzer()) == "índice"
