"""How long the window stands still for each piece of a long answer that is being written.

Run by hand:

    python -m tests.benchmarks.streaming

Some 4,000 tokens of one kind of Markdown come in pieces of two words, as 50 tokens a second do
in the 40 ms between two renderings. `longest_ms` is the longest time that one of them took, with
everything that Qt does about it, and `processor_ms` what it took of the processor: the same where
the machine has other work. Answers of `CITING` are 20,000 characters with 1,000 citations, all
different and of an earlier turn, and come in pieces of 20 characters.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.chat import markdown
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.look.theme import LIGHT_CHOICE, Theme
from desktop_rag.gui.sources import Source
from tests.benchmarks import program

_WORDS_AT_ONCE = 2
_SIGNS_AT_ONCE = 20
_SENTENCE = "The debt **fell** by 4.1 % in 2021 [1], mostly because of taxes and *tourism* [2]. "
_LOOP = "for ship in harbour:\n    print(ship.salt, 'x')  # one of them\n"
_ROW = "| one | two **x** | 3.5 |\n"
_HEAD = "| a | b | c |\n|---|---|---|\n"
ANSWERS = {
    "paragraphs": (_SENTENCE * 4 + "\n\n") * 60,
    "one paragraph": _SENTENCE * 240,
    "a list of 500": "- one item of a list [1]\n" * 500,
    "code of 120 lines": f"```python\n{_LOOP * 60}```\n",
    "code of 440 lines": f"```python\n{_LOOP * 220}```\n",
    "a table of 40 rows": _HEAD + _ROW * 40,
    "a table of 300 rows": _HEAD + _ROW * 300,
}
_CITED = range(1, 1001)
CITING = {
    "cited in paragraphs": "".join(
        f"The debt fell [{number}]{'.' if number % 25 else '.' + chr(10) * 2}" for number in _CITED
    ),
    "cited in one paragraph": "".join(f"The debt fell [{number}]." for number in _CITED),
    "cited in a list": "".join(f"- The debt fell [{number}]\n" for number in _CITED),
    "cited in a table": _HEAD + "".join(f"| a | fell | [{number}] |\n" for number in _CITED),
    "cited at once": "".join(f"[{number}]" for number in _CITED) + "It fell. " * 1700,
}


def words_of(text: str) -> Iterator[str]:
    """Yield a text two words at a time."""
    words = text.split(" ")
    for start in range(0, len(words), _WORDS_AT_ONCE):
        yield " ".join(words[start : start + _WORDS_AT_ONCE]) + " "


def written(application: QApplication, pieces: Iterable[str], cited: range) -> dict[str, Any]:
    """Let an answer grow by `pieces`, and tell how long each took."""
    chat = ChatView()
    chat.resize(900, 800)
    chat.show()
    chat.begin(1, "What before?")
    chat.set_sources(1, [_source(number) for number in cited], 0.1, Wording())
    chat.begin(2, "Why?")
    view = chat._views[2]
    took, worked = [], []
    for piece in pieces:
        chat.add_text(2, piece)
        began, busy = time.perf_counter(), time.thread_time()
        view._flush()
        application.processEvents()
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.thread_time() - busy) * 1000)
    chat.deleteLater()
    application.processEvents()
    return {
        "pieces": len(took),
        "median_ms": round(statistics.median(took), 1),
        "p99_ms": round(sorted(took)[int(len(took) * 0.99)], 1),
        "longest_ms": round(max(took), 1),
        "processor_ms": round(max(worked), 1),
    }


def _source(number: int) -> Source:
    box = Box(0, 0, 1, 0.1)
    return Source(number, DocumentId(f"d{number}"), f"Report {number}", 0, "", "It fell.", (box,))


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    about = program.circumstances()
    application = QApplication([])
    look = Theme(application, LIGHT_CHOICE)
    markdown.warm()
    answers = {kind: (words_of(text), range(0)) for kind, text in ANSWERS.items()}
    answers |= {
        kind: (
            [text[at : at + _SIGNS_AT_ONCE] for at in range(0, len(text), _SIGNS_AT_ONCE)],
            _CITED,
        )
        for kind, text in CITING.items()
    }
    found = {kind: written(application, *given) for kind, given in answers.items()}
    look.deleteLater()
    program.emit({"benchmark": "streaming", **about, "answers": found})


if __name__ == "__main__":
    main()
