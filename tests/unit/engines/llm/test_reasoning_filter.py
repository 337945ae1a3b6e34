"""Thoughts and answers, told apart wherever the text is split."""

import itertools

import pytest

from desktop_rag.domain.generation import Thought
from desktop_rag.engines.gguf.chat_template import THOUGHTS, Tags
from desktop_rag.engines.llm.reasoning_filter import ReasoningFilter

STOPS = ("<|im_end|>", "<|im_start|>")


def heard(parts: list[bytes], within: Tags | None = None) -> tuple[str, str, bool]:
    """What is thought and what is answered, and whether a stop came."""
    answer = ReasoningFilter(STOPS, within)
    came: list[Thought | str] = []
    for part in parts:
        if not answer.stopped:
            came += answer.after(part)
    came += answer.rest()
    thoughts = "".join(one.text for one in came if isinstance(one, Thought))
    return thoughts, "".join(one for one in came if isinstance(one, str)), answer.stopped


def everywhere(text: str, within: Tags | None = None) -> set[tuple[str, str, bool]]:
    """What is heard of a text, for every way of cutting it in three."""
    whole = text.encode()
    cuts = itertools.combinations_with_replacement(range(len(whole) + 1), 2)
    return {heard([whole[:a], whole[a:b], whole[b:]], within) for a, b in cuts}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Sí <|im <|im_end|> more", ("", "Sí <|im ", True)),
        ("<think>\nWhy é?\n</think>\n\n Sí <|im_end|>", ("Why é?", "Sí ", True)),
        ("\n<think></think>Yes", ("", "Yes", False)),
        ("<think>So </thin", ("So </thin", "", False)),
        ("<thin ice>", ("", "<thin ice>", False)),
        ("<thi", ("", "<thi", False)),
        ("Yes <think>not one</think>", ("", "Yes <think>not one</think>", False)),
        ("<|channel|>analysis<|message|>Hm<|start|>assistant<|channel|>final<|message|>Yes",
         ("Hm", "Yes", False)),
        ("<|channel|>final<|message|>Yes", ("", "Yes", False)),
        ("<|im_end|>", ("", "", True)),
    ],
)  # fmt: skip
def test_every_way_of_cutting_gives_the_same(text: str, expected: tuple[str, str, bool]) -> None:
    assert everywhere(text) == {expected}


@pytest.mark.parametrize("tags", THOUGHTS, ids=lambda tags: tags.opening.strip())
def test_every_spelling_of_thoughts_is_known(tags: Tags) -> None:
    assert heard([f"{tags.opening}Hm{tags.closing} Yes".encode()]) == ("Hm", "Yes", False)


def test_thoughts_that_the_prompt_began_are_thoughts() -> None:
    assert everywhere("Hm\n</think>\nYes", THOUGHTS[0]) == {("Hm", "Yes", False)}
    assert heard([b"Hm"], THOUGHTS[0]) == ("Hm", "", False)


def test_thoughts_can_be_ended_from_outside() -> None:
    answer = ReasoningFilter(STOPS, THOUGHTS[0])
    assert list(answer.after(b"Hm </th")) == [Thought("Hm")]
    assert answer.thinking
    assert list(answer.answered()) == [Thought(" </th")]
    assert not answer.thinking
    assert list(answer.after(b"\nYes")) == ["Yes"]


def test_a_stop_counts_only_in_the_answer() -> None:
    assert heard([b"<think>a <|im_end|> b</think>c"]) == ("a <|im_end|> b", "c", False)
