"""What names on the hub say, and what they must not."""

import pytest

from desktop_rag.domain import hub_names


@pytest.mark.parametrize(
    "name",
    [
        "model.gguf",
        "folder/model-00001-of-00002.gguf",
        ".gitattributes",
        "modèle ñ.gguf",
        "console.txt",
        "a..b",
    ],
)
def test_a_plain_name_is_plain(name) -> None:
    assert hub_names.plain(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../up",
        "a/../b",
        "a/./b",
        "/root",
        "a//b",
        "a/",
        "a\\b",
        "c:model",
        "a\x00b",
        "a\nb",
        "CON",
        "nul.txt",
        "a/com1.gguf",
        "trailing.",
        "trailing ",
        " leading",
        "what?",
        "x" * 301,
        "x" * 241,
        "\u00f1" * 121,
        "a\ud800b",
        "a\u202egnp.gguf",
        "a\u2028b",
        "m.gguf.part",
        "m.gguf.PART.json",
    ],
)
def test_a_name_that_some_system_reads_otherwise_is_not(name) -> None:
    assert not hub_names.plain(name)


@pytest.mark.parametrize("name", ["gpt2", "ana/Mini-GGUF", "_a/b.c_d", "a/" + "b" * 96])
def test_what_a_hub_calls_a_repository_is_one(name) -> None:
    assert hub_names.repository(name)


@pytest.mark.parametrize(
    "name",
    ["", "a/b/c", "../a", "a/..", "a--b", "a/" + "b" * 97, "a b", "a/\u00f1", "a\n", 7, None],
)
def test_anything_else_is_no_repository(name) -> None:
    assert not hub_names.repository(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Qwen3-4B-Q4_K_M.gguf", "Q4_K_M"),
        ("model.Q8_0.gguf", "Q8_0"),
        ("smollm2-360m-instruct-q8_0.gguf", "Q8_0"),
        ("m-UD-IQ2_XXS.gguf", "UD-IQ2_XXS"),
        ("gpt-oss-mxfp4.gguf", "MXFP4"),
        ("m-bf16-00001-of-00004.gguf", "BF16"),
        ("Q4_0/m-f16.gguf", "F16"),
        ("Q5_K_S.gguf", "Q5_K_S"),
        ("Qwen3-4B.gguf", ""),
        ("model.safetensors", ""),
    ],
)
def test_a_quantization_is_read_from_a_name(name, said) -> None:
    assert hub_names.quantization(name) == said


def test_parts_tell_their_number() -> None:
    assert hub_names.part_of("b/m-00002-of-00011.gguf") == ("b/m", 2, 11)
    assert hub_names.part_of("m-2-of-3.gguf") is None


def test_additions_to_a_model_are_no_writers() -> None:
    assert hub_names.writes("folder/Model.GGUF")
    for name in ("mmproj-F16.gguf", "x/mmproj.gguf", "imatrix.gguf", "model.bin"):
        assert not hub_names.writes(name)
