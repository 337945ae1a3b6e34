"""What there is to choose from, and what it costs, as the database and the settings know it."""

from pathlib import Path

import pytest

from desktop_rag.domain.errors import EmbedderUnknown, EncoderUnusable
from desktop_rag.domain.models import Encoder, EncoderFacts, ModelKind
from desktop_rag.library import embedder_options, indexes, models, remembered
from desktop_rag.library.db.database import transaction
from desktop_rag.library.embedder_options import EmbedderOption
from desktop_rag.settings import embedders
from desktop_rag.settings.embedders import ENGLISH, MULTILINGUAL
from desktop_rag.settings.schema import Retrieval
from tests.bundled import with_multilingual, without_multilingual


def installed(db, folder: Path, name: str = "Ana E5", width: int = 768) -> models.Installed:
    facts = EncoderFacts(
        kind=ModelKind.EMBEDDER,
        weights="ab",
        size=9,
        tokens=512,
        dimension=width,
        languages=("es",),
    )
    return models.add(db, models.taken(facts, folder, name))


def listed(db, how: Retrieval | None = None) -> dict[str, EmbedderOption]:
    return {one.name: one for one in embedder_options.options(db, how or Retrieval())}


def test_those_that_come_along_are_listed_first_and_what_can_be_got_last(
    db, monkeypatch, tmp_path
) -> None:
    with_multilingual(monkeypatch, tmp_path)
    installed(db, tmp_path)
    assert listed(db)[MULTILINGUAL].serves  # whatever is indexed first
    with transaction(db):
        db.execute("INSERT INTO documents (id, state, chunks) VALUES ('d', 'ready', 3)")
    found = listed(db, Retrieval(embedder="ana e5"))
    assert list(found)[:3] == [MULTILINGUAL, ENGLISH, "Ana E5"]
    assert [one.ours for one in found.values()][:3] == [True, True, False]
    assert found["Ana E5"].languages == ("es",)
    assert [name for name, one in found.items() if one.chosen] == ["Ana E5"]
    assert [name for name, one in found.items() if one.serves] == [ENGLISH]
    assert not found["granite-embedding-97m"].there
    assert found["granite-embedding-97m"].size > 0


def test_what_was_not_set_up_is_listed_once_and_can_be_got(db, monkeypatch, tmp_path) -> None:
    without_multilingual(monkeypatch, tmp_path)
    names = [one.name for one in embedder_options.options(db, Retrieval())]
    assert names.count(MULTILINGUAL) == 1
    assert not listed(db)[MULTILINGUAL].there


def test_an_index_whose_embedder_was_forgotten_still_says_what_serves(db) -> None:
    indexes.want(db, Encoder("Gone", Path("gone"), "ab", frozenset()), 110)
    with transaction(db):
        db.execute("INSERT INTO documents (id, state, chunks) VALUES ('d', 'ready', 3)")
    gone = listed(db)["Gone"]
    assert gone.serves
    assert not gone.there


def test_what_was_measured_counts_and_what_was_not_is_guessed_from_it(
    db, monkeypatch, tmp_path
) -> None:
    with_multilingual(monkeypatch, tmp_path)
    installed(db, tmp_path)
    with transaction(db):
        db.execute("INSERT INTO documents (id, state, chunks) VALUES ('d', 'ready', 6000)")
    guessed = listed(db)
    effort = embedders.multilingual().effort
    assert guessed[MULTILINGUAL].chunks_per_second * effort == guessed[ENGLISH].chunks_per_second
    remembered.keep_embedding_rate(db, 10.0, MULTILINGUAL)
    found = listed(db)
    assert (found[MULTILINGUAL].chunks_per_second, found[MULTILINGUAL].minutes) == (10.0, 10)
    assert found[ENGLISH].chunks_per_second == 10.0 * effort
    assert found["Ana E5"].chunks_per_second == 10.0 * effort / 8  # vectors twice as wide
    encoder = models.encoders(db, Retrieval(embedder="Ana E5")).embedder
    assert embedder_options.effort_of(db, encoder) == 8.0


def test_a_name_is_found_in_any_case_and_else_the_nearest_is_suggested(
    db, monkeypatch, tmp_path
) -> None:
    without_multilingual(monkeypatch, tmp_path)
    made = installed(db, tmp_path)
    assert embedder_options.named(db, "ANA E5") == "Ana E5"
    assert embedder_options.named(db, ENGLISH.upper()) == ENGLISH
    for name, near, key in (
        ("Ana E6", "Ana E5", ""),
        ("all-MiniLM-L6", ENGLISH, ""),
        (MULTILINGUAL, "", MULTILINGUAL),
        ("multilingual-e5-smal", "", MULTILINGUAL),
        ("Multilingual E5 small", "", MULTILINGUAL),
        ("qwen3-0.6b", "", ""),
    ):
        with pytest.raises(EmbedderUnknown) as caught:
            embedder_options.named(db, name)
        assert (caught.value.near, caught.value.key) == (near, key), name
        assert caught.value.known == (ENGLISH, "Ana E5")
    with transaction(db):
        db.execute("UPDATE models SET path = '/nowhere/e5'")
    with pytest.raises(EncoderUnusable) as lost:
        embedder_options.named(db, made.name)
    assert lost.value.path == str(Path("/nowhere/e5"))
