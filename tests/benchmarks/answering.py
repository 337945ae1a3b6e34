"""How long a person waits for the first word, and for Stop.

    python -m tests.benchmarks.answering --model /tmp/models/1b-q4_k_m.gguf

First question, another over the same passages, the same once more, and Stop while the prompt
is read; each with an empty memory before the first.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import threading
import time
from pathlib import Path

from desktop_rag.answer.prompting import messages_for
from desktop_rag.answer.routes.writing import rules
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.generation import (
    Asked,
    Exchange,
    GenerationDone,
    Message,
    ModelChoice,
    SamplingParameters,
)
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.llm import llama
from tests.benchmarks.decode import Never

WORDS = "the lamp in the tower was lit with oil from whales before anybody knew of petroleum "


class Stop:
    """The cancel token of somebody who presses a button."""

    def __init__(self) -> None:
        self.pressed = threading.Event()

    def check(self) -> None:
        if self.pressed.is_set():
            raise Cancelled


def passages(model: llama.Model, tokens: int) -> tuple[Passage, ...]:
    """Return six passages of about `tokens` tokens together."""
    text = ""
    while model.count(text) < tokens // 6:
        text += WORDS
    return tuple(
        Passage(n, Hit(DocumentId("d"), n, 0, "1", "Title", f"{n} {text}", (), 1.0))
        for n in range(1, 7)
    )


def answered(
    model: llama.Model, messages: list[Message], tokens: int
) -> tuple[str, GenerationDone]:
    """Return an answer, and how it went."""
    *pieces, done = model.generate(messages, SamplingParameters(max_tokens=tokens, seed=1), Never())
    assert isinstance(done, GenerationDone)
    return "".join(piece for piece in pieces if isinstance(piece, str)), done


def stop_seconds(model: llama.Model, messages: list[Message], after: float) -> float | None:
    """Return how long the engine goes on after Stop; `None` if it was done before."""
    stop = Stop()
    pressed = 0.0

    def press() -> None:
        nonlocal pressed
        pressed = time.perf_counter()
        stop.pressed.set()

    model.memory.clear()
    timer = threading.Timer(after, press)
    timer.start()
    try:
        for _ in model.generate(messages, SamplingParameters(max_tokens=1), stop):
            pass
    except Cancelled:
        return time.perf_counter() - pressed
    finally:
        timer.cancel()
        timer.join()
    return None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--prompt", type=int, default=2000)
    parser.add_argument("--answer", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    model = llama.load(ModelChoice(LocalModel(given.model), threads=given.threads), Never())
    found = passages(model, given.prompt - 400)
    told = rules("en")
    first = messages_for(Asked("What lit the tower?", found, rules=told))
    rounds = []
    for _ in range(given.rounds):
        model.memory.clear()
        said, one = answered(model, first, given.answer)
        again, same = answered(model, first, given.answer)
        exchange = Exchange("What lit the tower?", said, found)
        second = messages_for(Asked("And what came after that?", (), (exchange,), rules=told))
        warm, two = answered(model, second, 16)
        model.memory.clear()
        cold, _ = answered(model, second, 16)
        rounds.append(
            {
                "prompt": one.usage.prompt,
                "first": one.timings.first_token_ms,
                "regenerated": same.timings.first_token_ms / one.timings.first_token_ms,
                "second": two.timings.first_token_ms / one.timings.first_token_ms,
                "the_same_again": said == again and warm == cold,
            }
        )
        sys.stderr.write(f"{rounds[-1]}\n")
    whole = rounds[-1]["first"] / 1000
    stops = [stop_seconds(model, first, whole * part / 8) for part in range(1, 8)]
    found_stops = [round(one, 3) for one in stops if one is not None]
    result = {
        "model": given.model.name,
        "prompt": rounds[0]["prompt"],
        "first_token_seconds": round(statistics.median(r["first"] for r in rounds) / 1000, 2),
        "regenerated": round(statistics.median(r["regenerated"] for r in rounds), 3),
        "second_question": round(statistics.median(r["second"] for r in rounds), 3),
        "the_same_again": all(r["the_same_again"] for r in rounds),
        "stop_seconds": found_stops,
        "longest_stop": max(found_stops, default=0.0),
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
