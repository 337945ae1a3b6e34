"""Tries hostile headers of models, or hostile chat templates, for as long as one likes.

    python -m tests.benchmarks.fuzzing headers --minutes 10
    python -m tests.benchmarks.fuzzing templates --minutes 10

Prints how many were tried, what came of them, how long the slowest took and what memory the most
greedy one. Anything but facts, a text or an expected error ends it with the input that did it.
"""

from __future__ import annotations

import argparse
import functools
import resource
import time
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings

from desktop_rag.domain.errors import ModelUnusable
from desktop_rag.domain.generation import Message
from desktop_rag.engines.gguf.model_facts import facts_from
from desktop_rag.engines.gguf.template_process import (
    ChatTemplate,
    TemplateEndless,
    TemplateFails,
    TemplateProcess,
)
from tests import direct_templates, hostile_models

ROUND = settings(
    max_examples=500,
    deadline=None,
    database=None,
    derandomize=False,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
TALK = [Message("system", "Be brief."), Message("user", "Why?")]
SIZES = (None, 60 << 30)  #: of a file: what is there, or what it says


class Found:
    """What has come of all that was tried."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.slowest = self.busiest = 0.0  # by the clock, and of a processor here

    def note(self, attempt: Callable[[], str]) -> None:
        """Try once."""
        started, used = time.perf_counter(), time.process_time()
        self.outcomes[attempt()] += 1
        self.slowest = max(self.slowest, time.perf_counter() - started)
        self.busiest = max(self.busiest, time.process_time() - used)

    def said(self) -> str:
        """Return how often what came."""
        return ", ".join(f"{name} {count}" for name, count in self.outcomes.most_common())


def header(data: bytes, size: int | None) -> str:
    """Read a header, and return what came of it."""

    def read(offset: int, length: int) -> bytes:
        return data[offset : offset + length]

    try:
        facts_from(read, size or len(data), name="it", write=direct_templates.write)
    except ModelUnusable as error:
        return error.reason
    return "facts"


def template(process: TemplateProcess, source: str) -> str:
    """Have a template written, and return what came of it."""
    try:
        process.write(ChatTemplate(source, "<s>", "</s>"), TALK, {"thinking": True})
    except TemplateEndless:
        return "endless"
    except TemplateFails:
        return "fails"
    return "text"


def headers(found: Found) -> None:
    """Try a round of headers."""

    @ROUND
    @given(hostile_models.headers())
    def tried(data: bytes) -> None:
        for size in SIZES:
            found.note(functools.partial(header, data, size))

    tried()


def templates(found: Found) -> None:
    """Try a round of templates."""
    with TemplateProcess() as process:

        @ROUND
        @given(hostile_models.templates())
        def tried(source: str) -> None:
            found.note(functools.partial(template, process, source))

        tried()


def main() -> None:
    """Try rounds until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("headers", "templates"))
    parser.add_argument("--minutes", type=float, default=10.0)
    arguments = parser.parse_args()
    attempt = {"headers": headers, "templates": templates}[arguments.kind]
    found = Found()
    end = time.monotonic() + 60 * arguments.minutes
    while time.monotonic() < end:
        attempt(found)
    own, children = (
        resource.getrusage(whose).ru_maxrss / 1024
        for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"{found.outcomes.total()} {arguments.kind}: {found.said()}")
    print(f"slowest {found.slowest:.2f} s, {found.busiest:.2f} s of a processor here")
    print(f"most {own:.0f} MiB here, {children:.0f} MiB in a child")


if __name__ == "__main__":
    main()
