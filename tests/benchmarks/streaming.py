"""How long the window stands still for each piece of a long answer that is being written.

Run by hand:

    python -m tests.benchmarks.streaming

Some 4,000 tokens of one kind of Markdown come in pieces of two words, as 50 tokens a second do
in the 40 ms between two renderings. `longest_ms` is the longest time that one of them took, with
everything that Qt does about it.
"""

from __future__ import annotations

import os
import statistics
import time
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop_rag.gui.chat import markdown
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.look.theme import LIGHT_CHOICE, Theme
from tests.benchmarks import program

_WORDS_AT_ONCE = 2
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


def written(application: QApplication, text: str) -> dict[str, Any]:
    """Let an answer grow to `text`, and tell how long each piece took."""
    chat = ChatView()
    chat.resize(900, 800)
    chat.show()
    chat.begin(1, "Why?")
    view = chat._views[1]
    words = text.split(" ")
    took = []
    for start in range(0, len(words), _WORDS_AT_ONCE):
        chat.add_text(1, " ".join(words[start : start + _WORDS_AT_ONCE]) + " ")
        began = time.perf_counter()
        view._flush()
        application.processEvents()
        took.append((time.perf_counter() - began) * 1000)
    chat.deleteLater()
    application.processEvents()
    return {
        "pieces": len(took),
        "median_ms": round(statistics.median(took), 1),
        "p99_ms": round(sorted(took)[int(len(took) * 0.99)], 1),
        "longest_ms": round(max(took), 1),
    }


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    about = program.circumstances()
    application = QApplication([])
    look = Theme(application, LIGHT_CHOICE)
    markdown.warm()
    found = {kind: written(application, text) for kind, text in ANSWERS.items()}
    look.deleteLater()
    program.emit({"benchmark": "streaming", **about, "answers": found})


if __name__ == "__main__":
    main()
