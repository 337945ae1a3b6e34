"""What is installed, as it is remembered."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain.errors import EncoderUnusable, ModelUnknown, ModelUnsuited
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.models import (
    Adapter,
    Encoder,
    EncoderFacts,
    Encoders,
    LocalModel,
    ModelFacts,
    ModelKind,
    Stretch,
    Thinking,
)
from desktop_rag.library import models
from desktop_rag.library.db.database import rows, transaction
from desktop_rag.library.models import InstallableModel
from desktop_rag.settings import catalogue, embedders
from desktop_rag.settings.schema import Generating, Retrieval
from tests.bundled import with_multilingual, without_multilingual

FACTS = ModelFacts(
    architecture="llama",
    name="Mini",
    parameters=1_000_000,
    quantization="Q8_0",
    file_bytes=1_100_000,
    layers=2,
    context_tokens=4096,
    width=64,
    vocabulary=300,
    key_widths=(32, 32),
    value_widths=(32, 32),
    weights=(("Q8_0", 1_000_000), ("F32", 1_000)),
    languages=("en", "es"),
    thinking=Thinking.CHOICE,
)


def writer(path: Path, name: str = "Mini", *, ours: bool = False) -> InstallableModel:
    return InstallableModel(
        kind=ModelKind.WRITER, path=path, name=name, size=7, facts=FACTS, ours=ours
    )


def file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"weights")
    return path


def test_a_model_is_remembered_with_all_that_is_known_of_it(db, tmp_path) -> None:
    made = models.add(db, replace(writer(tmp_path / "ñ.gguf"), licence="MIT", repository="ana/m"))
    (kept,) = models.listing(db)
    assert kept == made
    assert kept.facts == FACTS
    assert (kept.licence, kept.repository, kept.used) == ("MIT", "ana/m", None)
    assert not kept.there
    file(kept.path)
    assert kept.there


def test_adding_a_model_again_keeps_its_name_and_its_settings(db, tmp_path) -> None:
    made = models.add(db, writer(tmp_path / "a.gguf"))
    models.set_adapters(db, made.id, [Adapter(tmp_path / "é.gguf", 0.5)])
    models.set_context(db, made.id, 16_384, Stretch.YARN)
    models.set_speed(db, made.id, 100.0, 10.0, 2**33)
    models.note_use(db, made.id)
    again = models.add(db, replace(writer(tmp_path / "a.gguf", "Other"), size=9))
    assert (again.id, again.name, again.size) == (made.id, "Mini", 9)
    assert again.adapters == (Adapter(tmp_path / "é.gguf", 0.5),)
    assert (again.context_tokens, again.stretch) == (16_384, Stretch.YARN)
    assert (again.prompt_tps, again.decode_tps, again.memory) == (100.0, 10.0, 2**33)
    assert again.used is not None


def test_no_two_models_have_one_name(db, tmp_path) -> None:
    names = [models.add(db, writer(tmp_path / f"{n}.gguf", "MINI")).name for n in range(3)]
    assert names == ["MINI", "MINI (2)", "MINI (3)"]
    assert models.add(db, writer(tmp_path / "x.gguf", " ")).name == "model"


def test_a_model_is_found_by_name_and_by_place(db, tmp_path) -> None:
    made = models.add(db, writer(tmp_path / "a.gguf"))
    assert models.find(db, "mini") == models.at(db, LocalModel(tmp_path / "a.gguf")) == made
    assert models.at(db, LocalModel(tmp_path / "b.gguf")) is None
    with pytest.raises(ModelUnknown) as caught:
        models.find(db, "Mono")
    assert caught.value.known == ("Mini",)
    with pytest.raises(ModelUnknown):
        models.find(db, "mini", ModelKind.EMBEDDER)


def test_what_was_used_last_comes_first(db, tmp_path) -> None:
    first, second = (models.add(db, writer(tmp_path / f"{n}.gguf", f"m{n}")) for n in range(2))
    assert [one.id for one in models.listing(db)] == [second.id, first.id]
    models.note_use(db, first.id)
    assert [one.id for one in models.listing(db)] == [first.id, second.id]
    models.add(db, InstallableModel(kind=ModelKind.RERANKER, path=tmp_path, name="r", size=1))
    assert [one.name for one in models.listing(db, ModelKind.RERANKER)] == ["r"]


def test_a_model_is_loaded_as_it_was_set_and_else_as_the_settings_say(db, tmp_path) -> None:
    how = Generating(context_tokens=4096, threads=3, gpu_layers=7, thinking=True)
    path = tmp_path / "a.gguf"
    plain = models.choice(db, LocalModel(path), how)
    assert plain == ModelChoice(LocalModel(path), 4096, 3, 7, thinking=True)
    made = models.add(db, writer(path))
    assert models.choice(db, LocalModel(path), how) == plain
    models.set_adapters(db, made.id, [Adapter(tmp_path / "x.gguf", 0.5)])
    models.set_context(db, made.id, 65_536, Stretch.YARN)
    own = models.choice(db, LocalModel(path), how)
    assert (own.context_tokens, own.stretch) == (65_536, Stretch.YARN)
    assert own.adapters == (Adapter(tmp_path / "x.gguf", 0.5),)
    assert models.choice(db, LocalModel(path), Generating()).gpu_layers is None
    assert models.choice(db, LocalModel(path), Generating()).threads is None


def test_encoders_are_found_by_name_with_what_is_known_of_them(db, monkeypatch, tmp_path) -> None:
    without_multilingual(monkeypatch, tmp_path)
    entry = catalogue.find("multilingual-e5-small")
    e5 = InstallableModel(
        kind=ModelKind.EMBEDDER, path=tmp_path / "e5", name="e5", size=1, sha256="ab"
    )
    models.add(db, replace(e5, repository=entry.repository))
    models.add(db, InstallableModel(kind=ModelKind.RERANKER, path=tmp_path / "r", name="r", size=1))
    assert models.encoders(db, Retrieval()) == Encoders()
    assert models.encoders(db, Retrieval(embedder="e5")) == Encoders(missing="e5")
    for name in ("e5", "r"):
        (tmp_path / name).mkdir()
    gone = models.encoders(db, Retrieval(embedder="gone", reranker="e5"))
    assert gone == Encoders(missing="gone")
    found = models.encoders(db, Retrieval(embedder="e5", reranker="r"))
    assert found.embedder is not None
    assert found.reranker is not None
    assert (found.embedder.folder, found.embedder.weights) == (tmp_path / "e5", "ab")
    assert found.embedder.query_prefix == "query: "
    assert found.embedder.languages == frozenset(entry.languages)
    assert found.reranker.languages == {"en", "es"}


def encoder(db, folder: Path, kind: ModelKind) -> None:
    """Install a folder that is there as one of a kind."""
    folder.mkdir()
    models.add(db, InstallableModel(kind=kind, path=folder, name=folder.name, size=1))


def test_each_encoder_is_chosen_for_what_it_is_made_for(db, tmp_path) -> None:
    encoder(db, tmp_path / "r", ModelKind.RERANKER)
    encoder(db, tmp_path / "nli", ModelKind.ENTAILMENT)
    found = models.encoders(db, Retrieval(reranker="r", entailment="NLI"))
    assert found.reranker is not None
    assert found.entailment is not None
    assert (found.reranker.name, found.entailment.name) == ("r", "nli")
    assert models.encoders(db, Retrieval()).entailment is None
    turned = models.encoders(db, Retrieval(reranker="nli", entailment="r"))
    assert (turned.reranker, turned.entailment) == (None, None)


def test_a_reranker_cannot_be_chosen_to_check_answers_nor_the_other_way_round(db, tmp_path) -> None:
    encoder(db, tmp_path / "r", ModelKind.RERANKER)
    encoder(db, tmp_path / "nli", ModelKind.ENTAILMENT)
    assert models.suited(db, "NLI", ModelKind.ENTAILMENT).name == "nli"
    for how, expected in (
        (Retrieval(reranker="R", entailment="nli"), None),
        (Retrieval(reranker="nli"), ModelUnsuited("nli", "entailment", "reranker")),
        (Retrieval(entailment="R"), ModelUnsuited("r", "reranker", "entailment")),
        (Retrieval(entailment="gone"), ModelUnknown("gone", ("nli",))),
    ):
        error = models.unsuited(db, how)
        assert (type(error), getattr(error, "args", ())) == (
            type(expected),
            getattr(expected, "args", ()),
        )
    (tmp_path / "nli").rmdir()
    error = models.unsuited(db, Retrieval(entailment="nli"))
    assert isinstance(error, EncoderUnusable)
    assert models.encoders(db, Retrieval(entailment="nli")).entailment is None


def indexed(db, embedder: str) -> None:
    """Have an index of that embedder serve, with a document in it."""
    with transaction(db):
        db.execute("UPDATE indexes SET embedder = ?", (embedder,))
        db.execute("INSERT INTO documents (id, state, chunks) VALUES ('d', 'ready', 3)")


def test_a_new_data_directory_begins_with_the_multilingual_embedder(
    db, monkeypatch, tmp_path
) -> None:
    with_multilingual(monkeypatch, tmp_path)
    chosen = models.encoders(db, Retrieval()).embedder
    assert chosen == embedders.multilingual().encoder
    assert models.encoders(db, Retrieval(embedder=embedders.ENGLISH)) == Encoders()


def test_whoever_has_an_index_keeps_its_embedder_until_another_is_named(
    db, monkeypatch, tmp_path
) -> None:
    with_multilingual(monkeypatch, tmp_path)
    multilingual = embedders.multilingual().encoder
    indexed(db, "")
    assert models.encoders(db, Retrieval()) == Encoders()
    assert models.encoders(db, Retrieval(embedder=embedders.MULTILINGUAL)).embedder == multilingual
    with transaction(db):
        db.execute("UPDATE indexes SET embedder = 'mine@ab'")
    kept = models.encoders(db, Retrieval()).embedder
    assert kept == Encoder("mine", Path(), "ab", frozenset())  # there or not


def test_what_was_chosen_and_is_not_there_leaves_what_serves_as_it_is(
    db, monkeypatch, tmp_path
) -> None:
    with_multilingual(monkeypatch, tmp_path)
    indexed(db, "")
    assert models.encoders(db, Retrieval(embedder="multilingual-e5-smal")) == Encoders(
        missing="multilingual-e5-smal"
    )
    without_multilingual(monkeypatch, tmp_path / "nowhere")
    missing = models.encoders(db, Retrieval(embedder=embedders.MULTILINGUAL))
    assert missing == Encoders(missing=embedders.MULTILINGUAL)
    assert models.embedder_names(db) == (embedders.ENGLISH,)


def test_an_index_whose_embedder_is_gone_from_the_program_is_not_given_to_another(
    db, monkeypatch, tmp_path
) -> None:
    without_multilingual(monkeypatch, tmp_path)
    multilingual = embedders.multilingual()
    indexed(db, f"{multilingual.name}{models.MARK}{multilingual.weights}")
    assert models.encoders(db, Retrieval()).embedder == multilingual.encoder
    assert models.encoder_of(db, multilingual.name, multilingual.weights) == multilingual.encoder


def test_an_installed_embedder_is_told_from_one_of_the_program(db, monkeypatch, tmp_path) -> None:
    with_multilingual(monkeypatch, tmp_path)
    found = InstallableModel(
        kind=ModelKind.EMBEDDER, path=tmp_path, name=embedders.MULTILINGUAL, size=1, sha256="ab"
    )
    made = models.add(db, found)
    assert made.name == f"{embedders.MULTILINGUAL} (2)"
    encoder = models.encoders(db, Retrieval(embedder=made.name)).embedder
    assert encoder is not None
    assert encoder.weights == "ab"
    with transaction(db):  # as a version named it that had none of that name
        db.execute("UPDATE models SET name = ?", (embedders.MULTILINGUAL,))
    older = models.encoders(db, Retrieval(embedder=embedders.MULTILINGUAL)).embedder
    assert older is not None
    assert older.weights == "ab"
    assert models.encoder_of(db, embedders.MULTILINGUAL, "ab") == older


def said(**what: object) -> InstallableModel:
    facts = EncoderFacts(kind=ModelKind.EMBEDDER, weights="ab", size=9, tokens=512, **what)
    name = "multilingual-e5-small"
    return replace(models.taken(facts, Path("/m/e5"), name), repository="intfloat/" + name)


def test_what_a_folder_says_counts_and_the_catalogue_fills_the_gaps(db) -> None:
    made = models.add(
        db, said(query_prefix="q: ", passage_prefix="", languages=("qu", "ay"), dimension=384)
    )
    assert models.listing(db) == [made]
    found = models._encoder(made)
    assert (found.query_prefix, found.passage_prefix) == ("q: ", "")
    assert found.languages == {"qu", "ay"}
    models.add(db, said())
    (again,) = models.listing(db)
    found = models._encoder(again)
    assert (found.query_prefix, found.passage_prefix) == ("query: ", "passage: ")
    assert {"en", "es", "zh"} <= found.languages
    with transaction(db):
        db.execute("UPDATE models SET facts = '{}'")
    (older,) = models.listing(db)
    assert older.encoder is None
    assert models._encoder(older).query_prefix == "query: "


def test_a_reranker_is_not_told_what_the_catalogue_says_of_an_embedder(db) -> None:
    facts = EncoderFacts(kind=ModelKind.RERANKER, weights="ab", size=9, tokens=512)
    made = models.add(db, models.taken(facts, Path("/m/r"), "multilingual-e5-small"))
    assert models._encoder(made).query_prefix == ""
    assert models.languages_of(made) == ()


def test_a_folder_that_was_broken_off_is_swept(tmp_path) -> None:
    file(tmp_path / "e5.part" / "model.safetensors")
    models.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert models.free_folder(tmp_path, "../E5 ñ").name == "E5_ñ"
    (tmp_path / "E5_ñ").mkdir()
    assert models.free_folder(tmp_path, "../E5 ñ").name == "E5_ñ-2"


def test_an_encoder_that_is_not_offered_any_more_is_used_as_it_wants(db, tmp_path) -> None:
    entry = catalogue.find("multilingual-e5-base")
    assert entry not in catalogue.load()
    found = InstallableModel(
        kind=ModelKind.EMBEDDER, path=tmp_path, name="old", size=1, repository=entry.repository
    )
    models.add(db, replace(found, sha256="ab"))
    kept = models.encoder_of(db, "old", "ab")
    assert (kept.query_prefix, kept.passage_prefix) == ("query: ", "passage: ")
    assert kept.languages == frozenset(entry.languages)


def test_a_writer_that_nobody_knows_any_more_is_loaded_all_the_same(db, tmp_path) -> None:
    path = file(tmp_path / "gemma.gguf")
    models.add(db, replace(writer(path), repository="ggml-org/gemma-3-4b-it-GGUF"))
    assert catalogue.find("ggml-org/gemma-3-4b-it-GGUF") is None
    assert models.find(db, "mini").there
    assert models.choice(db, LocalModel(path), Generating()).source.path == path


def test_removing_a_model_touches_only_our_own_files(db, tmp_path) -> None:
    theirs = models.add(db, writer(file(tmp_path / "theirs" / "a.gguf")))
    models.remove(db, theirs)
    assert theirs.path.exists()
    parts = [file(tmp_path / "ours" / f"m-0000{n}-of-00002.gguf") for n in (1, 2)]
    models.remove(db, models.add(db, writer(parts[0], ours=True)))
    assert not parts[0].parent.exists()
    kept = file(tmp_path / "ours" / "other.gguf")
    models.remove(db, models.add(db, writer(file(tmp_path / "ours" / "a.gguf"), ours=True)))
    assert list(kept.parent.iterdir()) == [kept]
    encoder = InstallableModel(
        kind=ModelKind.EMBEDDER,
        path=file(tmp_path / "e5" / "x" / "c.json").parents[1],
        name="e",
        size=1,
    )
    models.remove(db, models.add(db, replace(encoder, ours=True)))
    assert not encoder.path.exists()
    assert models.listing(db) == []


def test_a_model_whose_file_has_gone_can_be_removed(db, tmp_path) -> None:
    models.remove(db, models.add(db, writer(tmp_path / "gone" / "a.gguf", ours=True)))
    assert models.listing(db) == []


@pytest.mark.parametrize("name", ["../../x.gguf", "/etc/x.gguf", "a\\..\\x.gguf", "..", ".", ""])
def test_no_name_of_the_hub_leads_out_of_the_folder(name, tmp_path) -> None:
    for place in (models.place_of(tmp_path, name), models.place_of(tmp_path, name, name)):
        assert place.resolve().is_relative_to(tmp_path.resolve())
        assert place != tmp_path


def test_no_file_takes_the_place_of_another(tmp_path) -> None:
    first = file(models.free_place(tmp_path, "model.gguf"))
    second = file(models.free_place(tmp_path, "model.gguf"))
    third = models.free_place(tmp_path, "model.gguf")
    assert len({first, second, third}) == 3
    assert {one.name for one in (first, second, third)} == {"model.gguf"}


def test_facts_of_another_version_are_not_known(db, tmp_path) -> None:
    models.add(db, writer(tmp_path / "a.gguf"))
    for other in ('{"new": 1}', '{"weights": [], "thinking": "often"}'):
        with transaction(db):
            db.execute("UPDATE models SET facts = ?", (other,))
        (kept,) = models.listing(db)
        assert kept.facts is None
    assert rows(db, "SELECT count(*) FROM models") == [(1,)]


def test_only_what_nobody_goes_on_with_is_swept_away(tmp_path) -> None:
    left = file(tmp_path / "made" / "m-Q4_K_M.gguf.part")
    coming = file(tmp_path / "ana--m" / "m.gguf.part")
    note = file(tmp_path / "ana--m" / "m.gguf.part.json")
    whole = file(tmp_path / "ana--m" / "other.gguf")
    models.sweep(tmp_path)
    assert not left.exists()
    assert coming.exists()
    assert note.exists()
    assert whole.exists()
