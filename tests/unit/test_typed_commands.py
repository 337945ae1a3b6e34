"""What is told to the wrong process, or taken for what it is not, is an error of mypy."""

import subprocess
import sys
from pathlib import Path

from tests.places import ROOT

WRONG = """
from desktop_rag.jobs.job_queue import Job, JobRunner
from desktop_rag.workers.commands.command import Answer, Command
from desktop_rag.workers.pipe.calls import Calls

class Count(Command[int]): ...
class Name(Command[str]): ...

def noted(name: str) -> None: ...

def answered(command: Count) -> Answer:
    return command.answer(["one"])  # wrong
def answered_past_the_command(command: Count) -> Answer:
    return [1]  # wrong
def asked(calls: Calls[Count]) -> str:
    calls.value(Name())  # wrong
    return calls.value(Count())  # wrong
def queued(runner: JobRunner[Count]) -> None:
    runner.ask(Job(Count(), noted))  # wrong
    runner.ask(Job(Name(), noted))  # wrong
"""
RIGHT = WRONG.replace('["one"]', "[1]").replace("return [1]  #", "return command.answer([1])  #")


def lines_with_errors(source: str, folder: Path) -> list[int]:
    """Return the lines in which mypy finds something, each once."""
    file = folder / "snippet.py"
    file.write_text(source, "utf-8")
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(folder / "cache"), str(file)]
    ran = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode in {0, 1}, ran
    found = (line.split(":")[1] for line in ran.stdout.splitlines() if ": error: " in line)
    return sorted({int(number) for number in found})


def test_what_does_not_fit_a_command_is_found_and_nothing_else_is(tmp_path) -> None:
    lines = WRONG.splitlines()
    wrong = [number for number, line in enumerate(lines, 1) if line.endswith("# wrong")]
    assert lines_with_errors(WRONG, tmp_path) == wrong
    assert lines_with_errors(RIGHT, tmp_path) == wrong[2:]
