"""The models that are known to do well, and which one suits a machine."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from desktop_rag.domain.models import ConversationMemory, Gpu, Machine, ModelKind
from desktop_rag.settings import catalogue
from desktop_rag.settings.catalogue import CatalogueModel, SizeClass, Use

GIB = 2**30
WRITER = """
[[model]]
key = "one"
kind = "writer"
name = "One"
repository = "ana/One-GGUF"
pattern = "*Q4_K_M.gguf"
parameters = 1.5
licence = "mit"
languages = ["en", "es"]
spanish = true
group = "small"
good_for = ["find"]
context_tokens = 4096
"""


def machine(memory: float, free: float, *gpus: Gpu, **more: object) -> Machine:
    return Machine(int(memory * GIB), int(free * GIB), 100 * GIB, 8, tuple(gpus), **more)  # type: ignore[arg-type]


def best(here: Machine, language: str = "en") -> CatalogueModel | None:
    return catalogue.recommended(catalogue.load(), here, language)


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "models.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_every_entry_is_whole() -> None:
    entries = catalogue.load()
    kinds = [entry.kind for entry in entries]
    assert 12 <= kinds.count(ModelKind.WRITER) <= 20
    assert kinds.count(ModelKind.EMBEDDER) >= 3
    assert kinds.count(ModelKind.RERANKER) >= 2
    assert ModelKind.ENTAILMENT in kinds
    assert len({entry.repository for entry in entries}) == len(entries)


def test_writers_stand_from_small_to_large_and_in_their_group() -> None:
    writers = [entry for entry in catalogue.load() if entry.kind is ModelKind.WRITER]
    sizes = [entry.parameters for entry in writers]
    assert sizes == sorted(sizes)
    assert sizes[0] < 0.5
    assert sizes[-1] > 13
    for entry in writers:
        size = entry.parameters
        group = SizeClass.SMALL if size < 3 else SizeClass.MEDIUM if size < 12 else SizeClass.LARGE
        assert entry.group is group, entry.key
        assert (Use.REASON in entry.good_for) == (group is SizeClass.LARGE)
        assert (Use.FOLLOW in entry.good_for) == (group is not SizeClass.SMALL)


def test_there_are_models_for_spanish_of_every_kind_and_size() -> None:
    spanish = [entry for entry in catalogue.load() if entry.spanish]
    assert {entry.kind for entry in spanish} == set(ModelKind)
    assert {entry.group for entry in spanish if entry.kind is ModelKind.WRITER} == set(SizeClass)


def test_a_model_is_found_by_any_of_its_names() -> None:
    entry = catalogue.load()[0]
    for name in (entry.key, entry.name.upper(), entry.repository.lower()):
        assert catalogue.find(name) == entry
    assert catalogue.find("nobody/none") is None


def test_a_good_file_is_read(written) -> None:
    (entry,) = catalogue.read(written(WRITER))
    assert (entry.key, entry.kind, entry.about_bytes) == ("one", ModelKind.WRITER, 930_000_000)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('kind = "writer"', 'kind = "poet"'),
        ('kind = "writer"', 'kind = "reranker"'),
        ('pattern = "*Q4_K_M.gguf"', ""),
        ('group = "small"', ""),
        ("context_tokens = 4096", ""),
        ("context_tokens = 4096", "context_tokens = 4096\ntokens = 7"),
        ("context_tokens = 4096", "context_tokens = 4096\ndimension = 7"),
        ("context_tokens = 4096", "context_tokens = 4096\nsha256 = 'no'"),
        ('repository = "ana/One-GGUF"', 'repository = "https://elsewhere/ana"'),
        ("parameters = 1.5", "parameters = 0"),
        ('licence = "mit"', 'licence = ""'),
        ('languages = ["en", "es"]', 'languages = ["English"]'),
        ('languages = ["en", "es"]', 'languages = ["en"]'),
        ("spanish = true", ""),
        ("parameters = 1.5", "parameters = 1.5\nactive_parameters = 1.6"),
        ("parameters = 1.5", "parameters = 1.5\nmemory = 'elastic'"),
    ],
)
def test_a_broken_entry_is_refused(written, right, wrong) -> None:
    assert right in WRITER
    with pytest.raises(ValidationError):
        catalogue.read(written(WRITER.replace(right, wrong)))


EMBEDDER = """
[[model]]
key = "two"
kind = "embedder"
name = "Two"
repository = "ana/two"
parameters = 0.1
licence = "mit"
languages = ["en"]
spanish = false
dimension = 384
tokens = 512
"""


def test_of_an_embedder_nothing_is_said_that_nobody_judges(written) -> None:
    catalogue.read(written(EMBEDDER))
    for more in ("active_parameters = 0.05", 'memory = "hybrid"'):
        with pytest.raises(ValidationError):
            catalogue.read(written(EMBEDDER + more))


def test_what_acts_is_all_unless_less_is_said(written) -> None:
    (entry,) = catalogue.read(written(WRITER))
    assert entry.active_bytes == entry.about_bytes
    assert entry.outline.memory is ConversationMemory.DENSE
    sparse = WRITER.replace("parameters = 1.5", "parameters = 1.5\nactive_parameters = 0.5")
    (entry,) = catalogue.read(written(sparse))
    assert entry.outline.active_bytes * 3 == entry.outline.file_bytes


def test_what_is_not_offered_any_more_is_still_known() -> None:
    former = catalogue.find("intfloat/multilingual-e5-base")
    assert former is not None
    assert (former.query_prefix, former.passage_prefix) == ("query: ", "passage: ")
    assert former not in catalogue.load()
    assert catalogue.find(former.key) == former


def test_two_models_of_one_key_are_refused(written) -> None:
    with pytest.raises(ValidationError):
        catalogue.read(written(WRITER + WRITER))


@pytest.mark.parametrize(
    ("memory", "free", "most"), [(8, 5, 2.0), (16, 11, 4.1), (32, 24, 4.1), (128, 100, 8.5)]
)
def test_without_a_gpu_a_model_is_as_small_as_it_is_readable(memory, free, most) -> None:
    found = best(machine(memory, free))
    assert found is not None
    assert most / 2 < found.parameters <= most


def test_what_is_free_decides_and_not_what_there_is() -> None:
    found = best(machine(16, 2.6))
    assert found is not None
    assert found.about_bytes + 1e9 <= 2.6 * GIB
    assert best(machine(16, 0.5)) is None


def test_with_a_gpu_the_largest_that_fits_on_it_is_best() -> None:
    large = best(machine(16, 8, Gpu("large", 24 * GIB, 22 * GIB)))
    assert large is not None
    assert large.group is SizeClass.LARGE
    small = best(machine(16, 11, Gpu("small", 2 * GIB, 1 * GIB)))
    assert small == best(machine(16, 11))


def test_a_slow_processor_gets_a_smaller_one() -> None:
    usual, slow = machine(16, 11), machine(16, 11, speeds=(("Q4_K", 8e9),))
    assert best(slow).parameters < best(usual).parameters  # type: ignore[union-attr]
    assert best(machine(16, 11, speeds=(("Q4_K", 50e9),))) == best(usual)
    assert best(machine(16, 11, speeds=(("Q4_K", 1e9),))) is None


def test_a_processor_is_fast_enough_for_what_acts(written) -> None:
    large = WRITER.replace("parameters = 1.5", "parameters = 8")
    dense = catalogue.read(written(large))
    sparse = catalogue.read(
        written(large.replace("parameters = 8", "parameters = 8\nactive_parameters = 2"))
    )
    for here in (machine(16, 11), machine(128, 100, speeds=(("Q4_K", 10e9),))):
        assert catalogue.recommended(dense, here) is None
        assert catalogue.recommended(sparse, here) == sparse[0]
    assert catalogue.recommended(sparse, machine(8, 5)) is None, "all of it has to be held"


def test_for_spanish_one_that_is_good_at_it_is_best() -> None:
    for memory, free in ((8, 5), (16, 11), (128, 100)):
        found = best(machine(memory, free), "es")
        assert found is not None
        assert found.spanish
    cramped = best(machine(8, 2.0), "es")  # too little for any of those
    assert cramped is not None
    assert not cramped.spanish
    assert "es" in cramped.languages


def test_a_smaller_model_that_writes_the_language_is_better_than_a_larger_one(written) -> None:
    large = WRITER.replace('"one"', '"large"').replace("1.5", "3.0").replace("true", "false")
    knows = large.replace('"large"', '"knows"').replace("3.0", "2.0").replace('"es"', '"fr"')
    models = catalogue.read(written(WRITER + large + knows))
    roomy = machine(128, 100)
    for language, key in (("en", "large"), ("es", "one"), ("fr", "knows")):
        found = catalogue.recommended(models, roomy, language)
        assert found is not None
        assert found.key == key
