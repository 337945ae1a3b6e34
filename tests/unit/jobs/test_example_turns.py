"""Examples that a person keeps in a file."""

import pytest

from desktop_rag.domain.errors import QuestionsUnusable
from desktop_rag.domain.generation import Exchange
from desktop_rag.jobs.example_turns import own_examples


def test_examples_of_ones_own_are_read_from_a_file(tmp_path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text('{"question": "To Ada", "answer": "Hi!"}\n\n', "utf-8-sig")
    assert own_examples(file) == (Exchange("To Ada", "Hi!"),)


@pytest.mark.parametrize("line", ["no JSON", "[]", '{"question": 1, "answer": "a"}', "{}"])
def test_a_file_that_holds_no_examples_is_refused_by_its_line(tmp_path, line) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text('{"question": "To Ada", "answer": "Hi!"}\n' + line)
    with pytest.raises(QuestionsUnusable) as told:
        own_examples(file)
    assert told.value.line == 2
    with pytest.raises(QuestionsUnusable):
        own_examples(tmp_path / "nowhere")


def test_a_file_that_is_far_too_large_is_refused(tmp_path) -> None:
    file = tmp_path / "large.jsonl"
    file.write_bytes(b" " * 1_000_001)
    with pytest.raises(QuestionsUnusable):
        own_examples(file)
