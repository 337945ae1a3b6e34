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
    "psutil",
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
SEEN = [*sorted((PACKAGE / "gui").rglob("*.py")), PACKAGE / "app.py"]
DOOR = "desktop_rag.gui.widgets.text"
TELLING = {"setToolTip", "setStatusTip", "setWhatsThis"}
TOLD = {"ToolTipRole", "StatusTipRole", "WhatsThisRole"}
# What takes text for markup where it looks like it, or always, and the modules that may have it.
RICH: dict[str, set[str]] = {
    "QErrorMessage": set(),
    "QGraphicsTextItem": set(),
    "QInputDialog": set(),
    "QLabel": {"plain_label"},
    "QMessageBox": {"plain_box"},
    "QProgressDialog": set(),
    "QSplashScreen": set(),
    "QStaticText": {"cell_delegate"},
    "QSystemTrayIcon": set(),
    "QTextBrowser": {"answer_text"},
    "QTextDocument": {"answer_text"},
    "QTextEdit": {"quote_blocks"},
    "QWhatsThis": set(),
    "QWizard": set(),
}
WRITING = {"Console", "TextColumn", "echo", "print", "render", "secho", "write"}
MARKING = {"appendHtml", "insertHtml", "insertMarkdown", "setHtml", "setMarkdown"}
MARKUP = re.compile(r"</?(?:a|b|br|code|font|h\d|hr|i|img|li|ol|p|pre|span|t[dhr]|table|u|ul)[ />]")
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


@functools.cache
def tips() -> frozenset[str]:
    """What gives a `Tip`, which mypy holds it to."""
    return frozenset(
        node.name
        for path in SEEN
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and name_of(node.returns or node) == "Tip"
    )


def tellable(given: ast.expr) -> bool:
    """Whether a tooltip may be given this: words of ours, or what came through the door."""
    match given:
        case ast.Constant(value=value):
            return not (isinstance(value, str) and MARKUP.search(value))
        case ast.Call(func=function):
            return name_of(function) in tips() | {"tr", "translate"}
        case ast.IfExp(body=body, orelse=otherwise):
            return tellable(body) and tellable(otherwise)
        case ast.BoolOp(values=values):
            return all(map(tellable, values))
    return False


def told_roles(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Attribute) and one.attr in TOLD for one in ast.walk(node))


def given_to_tips(node: ast.AST) -> list[ast.expr]:
    """What a tooltip is given in this node, or what a model returns for it."""
    match node:
        case ast.Call(func=function, args=args) if name_of(function) in TELLING:
            return args
        case ast.Call(func=ast.Attribute(value=owner, attr="showText"), args=[_, text, *_]):
            return [text] if name_of(owner) == "QToolTip" else []
        case ast.Call(func=function, args=[*roles, value]) if name_of(function) == "setData":
            return [value] if any(map(told_roles, roles)) else []
        case ast.IfExp(test=about, body=value) if told_roles(about):
            return [value]
        case ast.match_case(pattern=about, body=body) | ast.If(test=about, body=body):
            return returned(body) if told_roles(about) else []
    return []


def returned(body: Sequence[ast.stmt]) -> list[ast.expr]:
    inside = (node for statement in body for node in ast.walk(statement))
    return [node.value for node in inside if isinstance(node, ast.Return) and node.value]


def rich_tips(tree: ast.AST) -> list[int]:
    """Lines that give a tooltip what Qt may take for markup."""
    return [
        given.lineno
        for node in ast.walk(tree)
        for given in given_to_tips(node)
        if not tellable(given)
    ]


def rich_kinds(tree: ast.AST) -> set[str]:
    """Which widgets and texts of Qt that may show markup are made here, or derived from."""
    made: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            made += [node.func]
            if isinstance(node.func, ast.Attribute) and node.func.attr.islower():
                made += [node.func.value]  # as QMessageBox.critical does
        if isinstance(node, ast.ClassDef):
            made += node.bases
    return {name_of(one) for one in made} & RICH.keys()


def markup(tree: ast.AST) -> list[int]:
    """Lines that write markup, show some, or ask for a format that does."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and MARKUP.search(str(node.value)):
            found.append(node.lineno)
        if isinstance(node, ast.Call) and name_of(node.func) in MARKING:
            found.append(node.lineno)
        if isinstance(node, ast.Call) and name_of(node.func) == "setTextFormat":
            found += [node.lineno for given in node.args if name_of(given) != "PlainText"]
    return found


def ways_round_the_terminal(tree: ast.AST) -> list[int]:
    """Lines of commands that write without `cli.output`, or take text for markup."""
    return [
        call.lineno
        for call in calls_in(tree)
        if name_of(call.func) in WRITING
        if not (
            isinstance(call.func, ast.Attribute) and name_of(call.func.value) in {"screen", "aside"}
        )
    ] + [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in {"markup", "emoji", "highlight"}
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


def test_tooltips_are_given_words_of_ours_or_what_came_through_the_door() -> None:
    assert offenders(rich_tips, SEEN) == [], f"put it through {DOOR}"


def test_what_may_show_markup_is_made_in_one_place() -> None:
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}: {kind}"
        for path in SEEN
        for kind in sorted(rich_kinds(tree_of(path)))
        if path.stem not in RICH[kind]
    ]
    assert found == [], "labels are of plain_label, dialogs of plain_box"


def test_markup_is_written_where_text_of_others_is_escaped() -> None:
    elsewhere = [path for path in SEEN if path.stem not in {"answer_text", "markdown", "text"}]
    assert offenders(markup, elsewhere) == []


def test_nothing_but_the_door_says_that_a_text_is_a_tip() -> None:
    made = {path.stem: {name_of(call.func) for call in calls_in(tree_of(path))} for path in SEEN}
    assert [stem for stem, names in made.items() if "Tip" in names] == ["text"]


def test_commands_write_to_the_terminal_in_one_place() -> None:
    paths = [path for path in (PACKAGE / "cli").glob("*.py") if path.stem != "output"]
    assert offenders(ways_round_the_terminal, paths) == []


def test_importing_the_command_line_loads_no_engine() -> None:
    assert loaded_by("import desktop_rag.cli") == set()


def test_help_loads_no_engine() -> None:
    code = (
        "import sys; sys.argv = ['desktop-rag', '--help']; "
        "import contextlib, desktop_rag.__main__ as program\n"
        "    with contextlib.suppress(SystemExit): program.main()"
    )
    assert loaded_by(code) == set()


def test_the_window_shows_before_anything_is_asked_of_the_system() -> None:
    assert loaded_by("import desktop_rag.app") == {"PySide6"}


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
        (rich_tips, "item.setToolTip(0, name)", "item.setToolTip(0, tip(name))"),
        (rich_tips, "w.setToolTip(f'<p>{name}</p>')", "w.setToolTip(w.tr('Go'))"),
        (rich_tips, "w.setToolTip(a or w.tr('Go'))", "w.setToolTip(tip(a) if a else '')"),
        (rich_tips, "w.setToolTip(w.tr('{a}').format(a=a))", "w.setToolTip(short_tip(a))"),
        (rich_tips, "QToolTip.showText(at, name, w)", "QToolTip.showText(at, tip(name), w)"),
        (rich_tips, "item.setData(Qt.ToolTipRole, name)", "item.setData(Qt.UserRole, name)"),
        (rich_tips, "x = name if role == Role.ToolTipRole else 1", "x = name if role == 1 else 1"),
        (
            rich_tips,
            "def data(role):\n if role in {Role.ToolTipRole}:\n  return name",
            "def data(role):\n if role in {Role.ToolTipRole}:\n  return tip(name)",
        ),
        (
            rich_tips,
            "def data(role):\n match role:\n  case Role.ToolTipRole:\n   return name",
            "def data(role):\n match role:\n  case Role.ToolTipRole:\n   return tip(name)",
        ),
        (rich_kinds, "QLabel(name)", "PlainLabel(name)"),
        (rich_kinds, "class Own(QLabel): pass", "class Own(PlainLabel): pass"),
        (rich_kinds, "QMessageBox.critical(None, '', name)", "plain_box(None, '', name)"),
        (rich_kinds, "QtWidgets.QTextEdit()", "QPlainTextEdit()"),
        (markup, "x = f'<b>{name}'", "x = 'a < b and b > c'"),
        (markup, "view.setHtml(text)", "view.setPlainText(text)"),
        (
            markup,
            "label.setTextFormat(Qt.TextFormat.AutoText)",
            "label.setTextFormat(Qt.TextFormat.PlainText)",
        ),
        (ways_round_the_terminal, "print(name)", "screen.print(name)"),
        (ways_round_the_terminal, "screen.print(name, markup=True)", "screen.print(name, end='')"),
        (ways_round_the_terminal, "TextColumn('{task.description}')", "words_of('description')"),
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
