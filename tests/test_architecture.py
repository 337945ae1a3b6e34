"""Rules about the source itself."""

import ast
import collections
import functools
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.places import ROOT

PACKAGE = ROOT / "desktop_rag"
SOURCES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {
    "PySide6",
    "huggingface_hub",
    "lancedb",
    "llama_cpp",
    "onnxruntime",
    "pymupdf",
    "sentence_transformers",
    "torch",
}
FORBIDDEN_WORDS = {"utils", "helpers", "common", "misc", "base", "manager", "core", "service"}
LIBRARY = "desktop_rag.library"
NEAR_DATA = ("sqlite3", LIBRARY)
CONNECTING = {"composition", "index_switch", "model_preloader", "session"}  # and all presenters
LOADING = {"load", "loads", "Unpickler"}

WIDGETS = [
    path
    for path in sorted((PACKAGE / "gui").rglob("*.py"))
    if not path.stem.endswith("_presenter") and path.stem not in CONNECTING
]
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
CLOCKS = {"perf_counter", "monotonic", "process_time", "thread_time"}


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def offenders(rule: Callable[[ast.AST], list[int]], paths: Sequence[Path] = SOURCES) -> list[str]:
    """Where a rule is broken, as `file:line`."""
    return [
        f"{path.relative_to(ROOT).as_posix()}:{line}"
        for path in paths
        for line in rule(tree_of(path))
    ]


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def untranslatable(tree: ast.AST) -> list[int]:
    """Lines that hand a translator something other than a literal."""
    return [
        call.lineno
        for call in calls_in(tree)
        if name_of(call.func) == "tr" or (name_of(call.func) == "translate" and len(call.args) > 1)
        if any(not isinstance(argument, ast.Constant) for argument in call.args[:2])
    ]


def unpicklings(tree: ast.AST) -> list[int]:
    """Lines that read a pickle, which may run whatever its author liked."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in {"pickle", "_pickle"}:
            found += [node.lineno for alias in node.names if alias.name in LOADING]
        if (
            isinstance(node, ast.Attribute)
            and node.attr in LOADING
            and name_of(node.value) in {"pickle", "_pickle"}
        ):
            found.append(node.lineno)
    return found


def remote_trusts(tree: ast.AST) -> list[int]:
    """Lines that let a model bring code of its own."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.keyword) and node.arg == "trust_remote_code")
        or (isinstance(node, ast.Constant) and node.value == "trust_remote_code")
    ]


def data_reached(tree: ast.AST) -> list[int]:
    """Lines that reach for the database: what is asked of the library, and any connection.

    The library's types (`Turn`) are values, and how it names files is no data.
    """
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(LIBRARY):
            functions = [alias for alias in node.names if not alias.name[0].isupper()]
            if functions and node.module != f"{LIBRARY}.disk.file_names":
                found.append(node.lineno)
        if isinstance(node, ast.Import):
            found += [node.lineno for alias in node.names if alias.name.startswith(NEAR_DATA)]
        if isinstance(node, ast.Attribute) and node.attr in {"db", "_db"}:
            found.append(node.lineno)
    return found


def timings(tree: ast.AST) -> list[int]:
    """Lines that measure how long something takes."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute)
        if name_of(node).removesuffix("_ns") in CLOCKS
    ]


def loaded_by(code: str) -> set[str]:
    """Which of the heavy packages a fresh interpreter holds after running `code`."""
    report = f"import sys; print('loaded', *({HEAVY!r} & sys.modules.keys()))"
    wrapped = f"try:\n    {code}\nfinally:\n    {report}"
    out = subprocess.run(
        [sys.executable, "-c", wrapped], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert out.returncode == 0, out.stderr
    return set(out.stdout.splitlines()[-1].split()[1:])


def test_translated_text_is_literal() -> None:
    assert offenders(untranslatable) == [], "lupdate reads the source: format after translate()"


def test_names_say_what_a_module_is_for() -> None:
    names = [path.relative_to(PACKAGE).with_suffix("").as_posix() for path in SOURCES]
    assert [name for name in names if FORBIDDEN_WORDS & set(re.split("[_/]", name))] == []


def test_every_package_draws_a_map_of_what_is_in_it() -> None:
    unmapped = []
    for package in sorted(PACKAGE.rglob("__init__.py")):
        drawn = set(re.findall(r"\w+", ast.get_docstring(tree_of(package)) or ""))
        inside = {one.stem for one in package.parent.glob("*.py")} | {
            one.parent.name for one in package.parent.glob("*/__init__.py")
        }
        lacking = inside - {"__init__", "__main__"} - drawn
        unmapped += [f"{package.parent.relative_to(PACKAGE)}: {name}" for name in sorted(lacking)]
    assert not unmapped


def test_no_name_of_a_class_stands_in_two_modules() -> None:
    places = collections.defaultdict(set)
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                places[node.name].add(path.relative_to(PACKAGE).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_pickle_is_read() -> None:
    assert offenders(unpicklings) == []


def test_no_model_brings_code_of_its_own() -> None:
    assert offenders(remote_trusts) == []


def test_no_test_looks_at_a_clock() -> None:
    assert offenders(timings, TESTS) == [], "others work as well: count (tests/operations.py)"


def test_widgets_are_shown_values_and_ask_no_database() -> None:
    assert offenders(data_reached, WIDGETS) == [], "that is for the presenter"


def test_importing_the_command_line_loads_no_engine() -> None:
    assert loaded_by("import desktop_rag.cli") == set()


def test_help_loads_no_engine() -> None:
    code = (
        "import sys; sys.argv = ['desktop-rag', '--help']; "
        "import contextlib, desktop_rag.__main__ as program\n"
        "    with contextlib.suppress(SystemExit): program.main()"
    )
    assert loaded_by(code) == set()


def test_reading_pdfs_does_not_wait_for_the_layout_model() -> None:
    assert loaded_by("import desktop_rag.engines.pdf.reading") == {"pymupdf"}


def test_the_layout_model_can_be_loaded_later() -> None:
    code = "from desktop_rag.engines.pdf.mupdf import pymupdf; import pymupdf.layout"
    assert loaded_by(code) == {"onnxruntime", "pymupdf"}


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (untranslatable, "self.tr(f'{name} is missing')", "self.tr('{name} is missing')"),
        (untranslatable, "translate('Notices', title)", "translate('Notices', 'Title')"),
        (untranslatable, "translate('Notices', f'{title}')", "text.translate(LIGATURES)"),
        (unpicklings, "import pickle; pickle.loads(data)", "import pickle; pickle.dumps(data)"),
        (unpicklings, "from pickle import load", "from json import load"),
        (remote_trusts, "Model(path, trust_remote_code=True)", "Model(path)"),
        (data_reached, "import sqlite3", "import json"),
        (data_reached, "documents.listing(self._session.db, 1)", "self._rows"),
        (
            data_reached,
            "from desktop_rag.library import documents",
            "from desktop_rag.library.documents import DocumentState",
        ),
        (
            data_reached,
            "from desktop_rag.library.db.database import open_database",
            "from desktop_rag.library.disk.file_names import safe_name",
        ),
        (timings, "start = time.perf_counter()", "now = time.time()"),
        (timings, "from time import monotonic_ns; monotonic_ns()", "os.utime(path, (1, 1))"),
        (remote_trusts, "Model(path, **{'trust_remote_code': True})", "Model(path, **{})"),
    ],
)
def test_each_rule_tells_good_from_bad(rule, bad, good) -> None:
    assert rule(ast.parse(bad))
    assert not rule(ast.parse(good))


def test_a_heavy_import_is_noticed() -> None:
    assert loaded_by("import pymupdf") >= {"pymupdf"}
