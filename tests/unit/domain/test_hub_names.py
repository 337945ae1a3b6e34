"""What names on the hub say."""

import pytest

from desktop_rag.domain.hub_names import quantization


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Qwen2.5-1.5B-Instruct-Q4_K_M.gguf", "Q4_K_M"),
        ("qwen2.5-1.5b-instruct-q4_k_m-00001-of-00002.gguf", "Q4_K_M"),
        ("model-q5_0.gguf", "Q5_0"),
        ("gemma-3-4b-it-BF16.gguf", "BF16"),
        ("gemma-3-4b-it-fp16.gguf", "F16"),
        ("Llama-3.2-3B-Instruct-IQ3_XXS.gguf", "IQ3_XXS"),
        ("model.Q3_K.gguf", "Q3_K_M"),
        ("gpt-oss-20b-MXFP4_MOE.gguf", "MXFP4"),
        ("Q4_K_M/model-Q6_K.gguf", "Q6_K"),
        ("Phi-3-mini-4k-instruct.gguf", ""),
        ("F160.gguf", ""),
        ("m-UD-Q4_K_XL.gguf", "UD-Q4_K_XL"),
    ],
)
def test_names_of_files_tell_the_quantization(name: str, told: str) -> None:
    assert quantization(name) == told
