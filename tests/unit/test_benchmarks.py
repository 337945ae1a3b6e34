"""The benchmarks, which nobody runs every day, find what they import."""

import json
import subprocess
import sys

import pytest

from tests.places import ROOT

FOLDER = ROOT / "tests" / "benchmarks"
EXTRA = ("langchain_community", "langchain_huggingface", "langchain_text_splitters")
CODE = """if True:
    import ast, importlib, json, sys

    def names(path):
        for node in ast.walk(ast.parse(open(path, encoding="utf-8").read())):
            if isinstance(node, ast.ImportFrom):
                yield from ((node.module, alias.name) for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from ((alias.name, "") for alias in node.names)

    def trouble(module, name):
        try:
            found = importlib.import_module(module)
            if name and not hasattr(found, name):
                importlib.import_module(f"{module}.{name}")
        except ImportError as error:
            package = (error.name or "").split(".")[0]
            return str(error) if package not in sys.argv[1].split() else ""

    wanted = {pair for path in sys.argv[2:] for pair in [*names(path)]}
    wanted |= {(path.removesuffix(".py").replace("/", "."), "") for path in sys.argv[2:]}
    print(json.dumps([found for pair in sorted(wanted) if (found := trouble(*pair))]))
"""


@pytest.mark.slow
def test_every_benchmark_finds_what_it_imports() -> None:
    """Also inside of functions; only packages of the extra `bench` may be missing."""
    places = [path.relative_to(ROOT).as_posix() for path in sorted(FOLDER.glob("*.py"))]
    assert places
    command = [sys.executable, "-c", CODE, " ".join(EXTRA), *places]
    ran = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=120, cwd=ROOT
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []
