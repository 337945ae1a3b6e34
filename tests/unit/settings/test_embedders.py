"""The embedders that come with the program, as far as files and names go."""

import dataclasses

import pytest

from desktop_rag.settings import embedders
from tests.bundled import with_multilingual, without_multilingual


def test_the_english_one_comes_as_a_package_and_is_known_without_its_code() -> None:
    english = embedders.english()
    assert english.there
    assert english.encoder is None
    assert embedders.of(None) == english
    assert embedders.name_of(None) == english.name


def test_the_multilingual_one_is_everybodys_where_it_was_set_up(monkeypatch, tmp_path) -> None:
    with_multilingual(monkeypatch, tmp_path)
    names = [one.name for one in embedders.bundled()]
    assert names == [embedders.MULTILINGUAL, embedders.ENGLISH]
    assert embedders.default().name == embedders.MULTILINGUAL
    encoder = embedders.default().encoder
    assert encoder is not None
    assert embedders.of(encoder) == embedders.default()
    assert {"en", "es"} <= encoder.languages
    assert (encoder.query_prefix, encoder.passage_prefix) == ("query: ", "passage: ")


def test_the_english_one_is_everybodys_where_it_alone_is_there(monkeypatch, tmp_path) -> None:
    without_multilingual(monkeypatch, tmp_path)
    assert [one.name for one in embedders.bundled()] == [embedders.ENGLISH]
    assert embedders.default() == embedders.english()
    assert [one.there for one in embedders.known()] == [False, True]


def test_where_neither_is_there_the_english_one_is_missed(monkeypatch, tmp_path) -> None:
    without_multilingual(monkeypatch, tmp_path)
    monkeypatch.setattr(embedders.importlib.util, "find_spec", lambda name: None)
    assert embedders.bundled() == ()
    assert embedders.default().name == embedders.ENGLISH
    assert not embedders.default().there


@pytest.mark.parametrize("name", ["multilingual-e5-small", "Multilingual-E5-small"])
def test_they_are_found_by_name_in_any_case(name) -> None:
    found = embedders.find(name)
    assert found is not None
    assert found.name == embedders.MULTILINGUAL
    assert embedders.find(f"{name}-2") is None
    assert embedders.find("") is None


def test_an_installed_one_of_the_same_name_is_another() -> None:
    encoder = embedders.multilingual().encoder
    assert encoder is not None
    assert embedders.of(dataclasses.replace(encoder, weights="ab")) is None
