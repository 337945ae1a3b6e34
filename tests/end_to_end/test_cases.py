"""The cases beside the project are judged through commands that give what their judge reads."""

import os
import re
import subprocess
import sys

import pytest

from tests.places import ROOT, SHARED

JUDGE = SHARED / "cases" / "run.py"
CASES = ("c01_csv", "k01_brackets")  # which are small, and ask for text, passages and answers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not JUDGE.is_file(), reason="needs ../shared"),
]


def test_the_judge_of_the_cases_comes_to_its_end(home, tmp_path) -> None:
    """Whatever it finds: how many pass is no matter of the commands."""
    program = tmp_path / "desktop-rag"
    program.write_text(
        f"#!{sys.executable}\n"
        "from tests.word_embedder import main\n"
        'if __name__ == "__main__":\n'
        "    main()\n"
    )
    program.chmod(0o755)
    ran = subprocess.run(
        [sys.executable, JUDGE, program, *CASES],
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.stderr == ""
    *judged, last = [line for line in ran.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split() for line in judged] == [
        [line[:4], name] for line, name in zip(judged, CASES, strict=True)
    ]
    assert (passed := re.fullmatch(rf"(\d) of {len(CASES)} passed", last))
    assert ran.returncode == (int(passed[1]) < len(CASES))
