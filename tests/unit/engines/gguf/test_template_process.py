"""Templates that were made to harm, and the process that is ended because of them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import given

from desktop_rag.domain.errors import WorkerDied
from desktop_rag.domain.generation import Message
from desktop_rag.engines.gguf import template_process
from desktop_rag.engines.gguf.template_process import (
    ChatTemplate,
    TemplateEndless,
    TemplateFails,
    TemplateLimits,
    TemplateProcess,
)
from tests import hostile_models

TALK = [Message("user", "Why?")]
SHORT = TemplateLimits(cpu_seconds=0.3, bytes=200 << 20)
NESTED = "{% for a in range(99999) %}{% for b in range(99999) %}"
ENDS = "{% endfor %}{% endfor %}"
DOUBLED = "{% set own = namespace(text='x') %}{% for i in range(60) %}{% set own.text = "


def template(source: str) -> ChatTemplate:
    return ChatTemplate(source, "", "")


def written(process: TemplateProcess, source: str) -> str:
    return process.write(template(source), TALK, {}).text


@pytest.fixture
def process() -> Iterator[TemplateProcess]:
    with TemplateProcess(SHORT) as process:
        yield process


ENDLESS = {
    "a loop that says nothing": f"{NESTED}{ENDS}",
    "a loop that says something": f"{NESTED}x{ENDS}",
    "a macro that calls itself twice": (
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(90) }}"
    ),
    "doubled by ~": DOUBLED + "own.text ~ own.text %}{% endfor %}",
    "doubled by +": DOUBLED + "own.text + own.text %}{% endfor %}",
    "doubled by join": DOUBLED + "[own.text, own.text] | join %}{% endfor %}",
    "center": "{{ 'x' | center(9999999999) }}",
    "ljust, all of it thrown away": "{{ 'x'.ljust(9999999999) | length }}",
    "lipsum": "{{ lipsum(n=10000000, html=false) }}",
    "a width": "{{ '%09999999999d' % 1 }}",
    "batch": "{{ [1] | batch(9999999999, 'x') | list }}",
    "indent": "{{ 'x' | indent(9999999999) }}",
}


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_template_without_an_end_is_ended_and_the_next_one_is_written(
    process: TemplateProcess, source: str
) -> None:
    assert written(process, "{{ messages[0].content }}") == "Why?"
    with pytest.raises(TemplateEndless):
        written(process, source)
    assert written(process, "{{ messages[0].content }}") == "Why?"


@pytest.mark.parametrize(
    "source",
    [
        "{% if %}",
        "{{ raise_exception('no') }}",
        "{% if messages %}" * 300 + "{% endif %}" * 300,
        "{{ " + "(" * 30_000 + "1" + ")" * 30_000 + " }}",
        "{{ 2 ** 99 }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "x" * 100_000,
    ],
)
def test_a_template_that_fails_ends_no_process(process: TemplateProcess, source: str) -> None:
    written(process, "x")
    before = process._running
    with pytest.raises(TemplateFails):
        written(process, source)
    assert written(process, "{{ messages[0].content }}") == "Why?"
    assert process._running is before


def test_what_a_template_writes_may_grow_with_what_it_is_given(process: TemplateProcess) -> None:
    long = [Message("user", "é" * 2_000_000)]
    twice = "{{ messages[0].content }}{{ messages[0].content }}"
    assert len(process.write(template(twice), long, {}).text) == 4_000_000


def test_the_switches_that_a_template_reads_are_named(process: TemplateProcess) -> None:
    source = "{% set own = 1 %}{{ own }}{{ thinking }}"
    assert process.write(template(source), TALK, {"thinking": True}) == ("1True", {"thinking"})


def test_closing_leaves_no_process(process: TemplateProcess) -> None:
    written(process, "x")
    assert process._running is not None
    pid = process._running._process.pid
    process.close()
    assert not psutil.pid_exists(pid)


def test_a_process_that_has_been_ended_by_others_is_begun_anew(process: TemplateProcess) -> None:
    written(process, "x")
    assert process._running is not None
    process._running._process.kill()
    process._running._process.wait()
    assert written(process, "y") == "y"


def test_no_template_is_blamed_where_no_process_can_be_started(
    process: TemplateProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_process, "_PROGRAM", tmp_path / "gone.py")
    with pytest.raises(WorkerDied):
        written(process, "x")


@pytest.mark.skipif(sys.platform != "linux", reason="no other system has the limit")
def test_what_nobody_watches_is_limited_all_the_same() -> None:
    limits = TemplateLimits(cpu_seconds=60.0, seconds=6.0, bytes=200 << 20)
    with TemplateProcess(limits) as process:
        written(process, "x")
        assert process._running is not None
        process._running._taken = lambda: TemplateLimits(0.0, 0.0, 0)
        with pytest.raises(TemplateEndless):
            written(process, "{{ 'x'.ljust(9999999999) | length }}")
        assert process._running is not None  # it has said so itself, and was not ended


def test_a_process_whose_owner_has_gone_ends_by_itself() -> None:
    with TemplateProcess(TemplateLimits(seconds=0.5)) as process:
        written(process, "x")
        running = process._running
        assert running is not None
        running.send(template_process.request(template(NESTED + ENDS), TALK, {}))
        assert running._process.wait(20) == 1  # `faulthandler` ends it after twice the time


def test_whatever_a_template_is_it_is_written_or_refused(process: TemplateProcess) -> None:
    @given(hostile_models.templates())
    def holds(source: str) -> None:
        try:
            text = written(process, source)
        except (TemplateFails, TemplateEndless):
            return
        assert len(text) <= 2 << 20

    holds()
