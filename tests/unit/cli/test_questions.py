"""A file of questions, line by line, and the replies to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_rag.cli.questions import AskedLine, BadLine, lines_of, replies
from desktop_rag.domain.errors import DocumentUnknown, QuestionsUnusable, WorkerDied
from desktop_rag.workers.pipe.calls import Bug


def read(folder: Path, text: str) -> list[AskedLine | BadLine]:
    path = folder / "questions.jsonl"
    path.write_bytes(text.encode())
    return lines_of(path)


def test_a_line_is_a_question_and_what_it_is_about(tmp_path) -> None:
    text = (
        '\ufeff{"id": "a", "question": "¿Qué?\u2028", '
        '"document": "/x/y.pdf", "history": ["A?", "B?"]}'
        '\r\n \r\n{"id": 2, "question": "Why?", "document": null, "history": []}'
    )
    assert read(tmp_path, text) == [
        AskedLine("a", "¿Qué?\u2028", Path("/x/y.pdf"), ("A?", "B?")),
        AskedLine(2, "Why?"),
    ]


@pytest.mark.parametrize(
    ("line", "id_", "error"),
    [
        ("{", None, "is not JSON"),
        ('{"id": NaN, "question": "?"}', None, "is not JSON"),
        ('{"id": 1e999, "question": "?"}', None, "is not JSON"),
        ("[" * 100_000, None, "is not JSON"),
        ('"why"', None, "is not a JSON object"),
        ('{"question": "?"}', None, "has no id"),
        ('{"id": true, "question": "?"}', None, "has no id"),
        ('{"id": "a"}', "a", "has no question"),
        ('{"id": 1.5, "question": " "}', 1.5, "has no question"),
        ('{"id": "a", "question": "?", "document": 7}', "a", "has a document"),
        ('{"id": "a", "question": "?", "history": "A?"}', "a", "has a history"),
        ('{"id": "a", "question": "?", "history": [""]}', "a", "has a history"),
    ],
)
def test_a_bad_line_says_which_it_is_and_why(tmp_path, line, id_, error) -> None:
    good, bad = read(tmp_path, f'{{"id": 0, "question": "?"}}\n{line}')
    assert good == AskedLine(0, "?")
    assert isinstance(bad, BadLine)
    assert bad.id == id_
    assert bad.error.startswith(f"Line 2 {error}")


def test_a_file_that_cannot_be_read_is_named(tmp_path) -> None:
    with pytest.raises(QuestionsUnusable):
        lines_of(tmp_path / "none.jsonl")
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(QuestionsUnusable):
        lines_of(tmp_path / "folder.jsonl")


def test_a_line_that_is_not_utf_8_costs_itself_alone(tmp_path) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes(b'{"id": "\xe9", "question": "?"}\n{"id": 1, "question": "Why?"}\n')
    assert lines_of(path) == [BadLine(None, "Line 1 is not JSON."), AskedLine(1, "Why?")]


class Machine:
    """Answers anything, is opened and closed, and fails at words that name how."""

    def __init__(self) -> None:
        self.log: list[str] = []

    @contextmanager
    def opened(self) -> Iterator[list[str]]:
        self.log.append("open")
        yield self.log
        self.log.append("close")

    def replies(self, *questions: str) -> list[dict[str, object]]:
        lines = [AskedLine(at, text) for at, text in enumerate(questions)]
        return list(replies([*lines, BadLine(None, "Line 9.")], self.opened, _reply))


def _reply(log: list[str], line: AskedLine) -> dict[str, object]:
    log.append(line.question)
    match line.question:
        case "unknown":
            raise DocumentUnknown("a.pdf", "Papers")
        case "bug":
            raise Bug("Traceback")
        case "death":
            raise WorkerDied("searching", -9)
    return {"answer": line.question}


def test_what_fails_costs_its_own_reply_and_no_other(capfd) -> None:
    machine = Machine()
    first, unknown, bug, last, bad = machine.replies("a", "unknown", "bug", "b")
    assert (first, last) == ({"id": 0, "answer": "a"}, {"id": 3, "answer": "b"})
    assert "a.pdf" in str(unknown["error"])
    assert bug.keys() == {"id", "error"}
    assert bad == {"id": None, "error": "Line 9."}
    assert machine.log == ["open", "a", "unknown", "bug", "b", "close"]
    assert "Traceback" in capfd.readouterr().err


def test_nothing_is_opened_that_nobody_asks() -> None:
    machine = Machine()
    assert machine.replies() == [{"id": None, "error": "Line 9."}]
    assert machine.log == []
    machine.replies("death")
    assert machine.log == ["open", "death", "close"]


def test_a_process_that_has_died_is_opened_anew_and_no_question_is_asked_twice() -> None:
    machine = Machine()
    died, after, _ = machine.replies("death", "b")
    assert died.keys() == {"id", "error"}
    assert after == {"id": 1, "answer": "b"}
    assert machine.log == ["open", "death", "close", "open", "b", "close"]
