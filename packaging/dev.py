"""Set up, run and check Desktop RAG with nothing but Python.

    python3 packaging/dev.py run [arguments]    the program; without arguments, a short demo
    python3 packaging/dev.py setup              .venv alone; .venv/bin/desktop-rag then exists
    python3 packaging/dev.py test [arguments]   every check; the arguments go to pytest

`--gpu none|vulkan|cuda|metal` says what llama.cpp is built for. Left out, it stays what it
was; the first time it is `metal` on a Mac and `none` elsewhere.

What is installed is written down only when it is complete (`Stamp`), so whatever interrupts
an installation, the same command goes on with it, and a second start installs nothing. The
multilingual embedder is the one part that may be missing (`embedder.py`).
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import dataclasses
import errno
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import desktop_entry  # this and the next ones stand beside this file
import embedder
import installing
import needs
from programs import OFFLINE, call, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this may have an older one
    sys.exit(
        "Desktop RAG needs Python 3.11 or newer, and this is {}.{}.\n"
        "Install one (Debian, Ubuntu: sudo apt-get install python3.11 python3.11-venv; "
        "Fedora: sudo dnf install python3.12; Mac: brew install python@3.13; "
        "Windows: winget install Python.Python.3.13) "
        "and start this file with it.".format(*sys.version_info[:2])
    )

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = needs.SYSTEM == "win32"
DEFAULT_GPU = "metal" if needs.SYSTEM == "darwin" else "none"
GPUS = {
    "none": "-DGGML_METAL=off" if needs.SYSTEM == "darwin" else "",
    "vulkan": "-DGGML_VULKAN=on",
    "cuda": "-DGGML_CUDA=on",
    "metal": "-DGGML_METAL=on",
}
UNFINISHED = "unfinished"  #: stands where a GPU would, while llama.cpp is being replaced
NEEDED_GIB = 4
SIDE_BY_SIDE = ("--numprocesses=2", "--dist=worksteal")  #: one alone leaves cores idle


class Trouble(Exception):
    """Something the user can do something about; the text says what, and how."""


def check_system(gpu: str) -> None:
    """Install what is missing where that may be done; stop if something needed still is."""
    if gpu == "metal" and needs.SYSTEM != "darwin":
        raise Trouble("Only a Mac has Metal. Use --gpu vulkan, --gpu cuda or --gpu none.")
    provide(lambda: needs.missing(gpu, display=needs.has_display()))


def check_display() -> None:
    """Do the same for what a window needs: the set-up may have been done without a display."""
    provide(lambda: [need for need in needs.missing("none", display=True) if need.display])


def provide(missing: Callable[[], list[needs.Need]]) -> None:
    """Bring what is missing; `Trouble` if something without which nothing works still is."""
    lacking = missing()
    tool, root = needs.here()
    if lacking and installing.install(tool, lacking, installing.circumstances(tool, root=root)):
        lacking = missing()
    if any(need.required for need in lacking):
        raise Trouble(needs.described(lacking, tool, root=root))
    if lacking:
        say(f"{needs.described(lacking, tool, root=root)}\nGoing on without.")


@dataclasses.dataclass(frozen=True)
class Stamp:
    """What a finished installation holds; kept inside it, and removed before a change."""

    root: str
    pins: str
    gpu: str
    extras: tuple[str, ...] = ()

    def serves(self, wanted: Stamp) -> bool:
        """Whether everything wanted is installed, as it is wanted."""
        same = (self.root, self.pins, self.gpu) == (wanted.root, wanted.pins, wanted.gpu)
        return same and set(wanted.extras) <= set(self.extras)


def pins_of(root: Path) -> str:
    """A fingerprint of all that decides which versions are installed."""
    digest = hashlib.sha256(f"{needs.PYTHON} {platform.machine()}".encode())
    for name in ("pyproject.toml", "packaging/constraints.txt"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


class Installation:
    """The virtual environment of a checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self._stamp = self.folder / "desktop-rag.json"
        self._gpu = self.folder / "llama-cpp-gpu"

    def script(self, name: str) -> str:
        """The path of one of its programs."""
        return str(self.folder / (f"Scripts/{name}.exe" if WINDOWS else f"bin/{name}"))

    def stamp(self) -> Stamp | None:
        """What it holds, if it was ever finished."""
        try:
            facts = json.loads(self._stamp.read_text("utf-8"))
            return Stamp(facts["root"], facts["pins"], facts["gpu"], tuple(facts["extras"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def gpu(self) -> str:
        """What llama.cpp is built for here, or would be."""
        built = self._built()
        return built if built in GPUS else DEFAULT_GPU

    def _built(self) -> str:
        with contextlib.suppress(OSError):
            return self._gpu.read_text("utf-8").strip()
        return DEFAULT_GPU  # which comes with everything else

    def works(self) -> bool:
        """Whether its Python starts, is of this version, and has pip."""
        if not Path(self.script("python")).exists():
            return False
        code = (
            "import sys, importlib.util as u;"
            "print(*sys.version_info[:2], sep='.') if u.find_spec('pip') else None"
        )
        try:
            told = subprocess.run(
                [self.script("python"), "-I", "-c", code],
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return told.stdout.strip() == needs.PYTHON

    def update(self, gpu: str | None, extras: tuple[str, ...] = ()) -> bool:
        """Make it hold the pinned packages, the project and `extras`; tell if anything changed."""
        wanted = Stamp(str(self.root), pins_of(self.root), gpu or self.gpu(), extras)
        held = self.stamp()
        works = self.works() and (held is None or held.root == wanted.root)
        if works and held and held.serves(wanted):
            return False
        check_system(wanted.gpu)
        if not works:
            self._make()
        self._stamp.unlink(missing_ok=True)
        self._install_llama(wanted.gpu, held if works else None)
        if works and held:
            wanted = dataclasses.replace(
                wanted, extras=tuple(sorted({*wanted.extras, *held.extras}))
            )
        chosen = f".[{','.join(wanted.extras)}]" if wanted.extras else "."
        self._pip(["--editable", chosen], wanted.gpu)
        _write(self._gpu, wanted.gpu)
        self._save(wanted)
        say("Everything is installed.")
        return True

    def provide_embedder(self, *, again: bool) -> None:
        """Make the multilingual embedder, which comes in no package, with what is installed."""
        folder = self.root / "resources" / "embedders" / embedder.NAME
        python, workshop = self.script("python"), self.folder / "embedder"
        embedder.provide(embedder.Places(python, folder, workshop), again=again)

    def _make(self) -> None:
        free_gib = shutil.disk_usage(self.root).free / 2**30
        if free_gib < NEEDED_GIB:
            raise Trouble(
                f"The installation needs about {NEEDED_GIB} GiB in {self.root}, "
                f"and {free_gib:.1f} GiB are free. Make room and run this again."
            )
        say("Making .venv. The first installation takes some minutes.")
        if self.folder.exists():
            shutil.rmtree(self.folder)
        python = getattr(sys, "_base_executable", sys.executable)  # we may run inside the old one
        errors: collections.deque[str] = collections.deque()
        if call([python, "-m", "venv", str(self.folder)], errors=errors, show=False):
            raise Trouble(f"Python's venv module could not make {self.folder}: {''.join(errors)}")

    def _install_llama(self, gpu: str, held: Stamp | None) -> None:
        """Build llama-cpp-python anew if the one installed is for another GPU."""
        built = self._built()
        if gpu == built:
            return
        say(f"Building llama.cpp for GPU: {gpu}. This takes a while.")
        _write(self._gpu, UNFINISHED)
        fresh = ["--force-reinstall", "--no-deps", "--no-binary", "llama-cpp-python"]
        try:
            self._pip([*fresh, "llama-cpp-python"], gpu)
        except Trouble:  # pip builds first and replaces then: all is as it was
            _write(self._gpu, built)
            if held:
                self._save(held)
            raise
        _write(self._gpu, gpu)

    def _save(self, stamp: Stamp) -> None:
        _write(self._stamp, json.dumps(dataclasses.asdict(stamp)))

    def _pip(self, arguments: Sequence[str], gpu: str) -> None:
        constraints = ["--constraint", str(self.root / "packaging/constraints.txt")]
        options = ["--no-input", "--disable-pip-version-check"]
        if gpu != DEFAULT_GPU:  # else its wheel would be kept, and given to the next who wants none
            options.append("--no-cache-dir")
        command = [self.script("python"), "-m", "pip", "install", *options, *constraints]
        flags = f"{os.environ.get('CMAKE_ARGS', '')} {GPUS[gpu]}".strip()
        env = {**os.environ, "CMAKE_ARGS": flags} if flags else None
        errors: collections.deque[str] = collections.deque(maxlen=2000)
        if call([*command, *arguments], env=env, cwd=self.root, errors=errors):
            raise Trouble(reason("".join(errors), gpu))


def reason(errors: str, gpu: str) -> str:
    """Why pip failed, from what it wrote, and what to do."""
    again = "Then run the same command again; it goes on where it stopped."
    if "No space left on device" in errors or "[Errno 28]" in errors:
        return f"The disk is full. Make room in {ROOT} and in the temporary folder. {again}"
    build = ("Failed building wheel", "Failed to build", "Could not build wheels", "failed-wheel")
    if "llama" in errors and any(sign in errors for sign in build):
        return _build_reason(errors, gpu)
    if OFFLINE.search(errors):
        return f"The packages could not be downloaded. Check the network connection. {again}"
    return "pip could not install the packages; its reason stands above."


def _build_reason(errors: str, gpu: str) -> str:
    signs = {"vulkan": ("glslc", "Vulkan", "SPIRV"), "cuda": ("nvcc", "CUDA")}
    lines = [f"llama.cpp could not be built for GPU: {gpu}; the reason stands above."]
    if any(sign in errors for sign in signs.get(gpu, ())):
        lines.append(f"Part of {needs.NEEDS[gpu].name} is missing or too old, or finds no GPU.")
        lines += [f"  {line}" for line in _commands(gpu)]
    elif "CMAKE_CXX_COMPILER" in errors or "CMAKE_C_COMPILER" in errors:
        lines.append(f"What is missing is {needs.NEEDS['compiler'].name}.")
        lines += [f"  {line}" for line in _commands("compiler")]
    if gpu != "none":
        lines.append("To go on without the GPU, add --gpu none.")
    return "\n".join(lines)


def _commands(need: str) -> list[str]:
    tool, root = needs.here()
    return needs.advice(tool, [needs.NEEDS[need]], root=root)


def _write(path: Path, text: str) -> None:
    """Write a file so that it is whole or not there."""
    part = path.with_suffix(".part")
    part.write_text(text, "utf-8")
    part.replace(path)


def first_question(folder: Path) -> str:
    """The question that the demo asks."""
    try:
        line = (folder / "questions.jsonl").read_text("utf-8").splitlines()[0]
        return str(json.loads(line)["question"])
    except (OSError, IndexError, ValueError, KeyError, TypeError) as error:
        raise Trouble(
            f"The demo needs a question in {folder / 'questions.jsonl'}, and found none. "
            'Restore the file, or say what to run: packaging/dev.py run ask "…"'
        ) from error


def compile_translations(installation: Installation) -> None:
    """Make of each list of translations what the window reads, where that is missing or old."""
    for source in sorted((ROOT / "resources" / "i18n").glob("*.ts")):
        made = source.with_suffix(".qm")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            errors: collections.deque[str] = collections.deque()
            command = [installation.script("pyside6-lrelease"), str(source), "-qm", str(made)]
            if call(command, errors=errors, show=False):
                raise Trouble(f"{source} could not be compiled: {''.join(errors)}")


def run(installation: Installation, arguments: Sequence[str]) -> int:
    """Start the program; where no window could be seen, show what it does in the terminal."""
    program = installation.script("desktop-rag")
    display = needs.has_display()
    if display and arguments[:1] in ([], ["window"]):
        check_display()
    if arguments or display:
        return call([program, *arguments])
    samples = ROOT / "resources" / "samples"
    question = first_question(samples.parent)
    for words in (
        ["index", "resources/samples", "--library", "Samples"],
        ["ask", question, "--library", "Samples"],
    ):
        shown = " ".join(f'"{word}"' if " " in word else word for word in words)
        say(f"\n$ desktop-rag {shown}")
        code = call([program, *words], cwd=ROOT)
        if code:
            return code
    return 0


def test(installation: Installation, arguments: Sequence[str]) -> int:
    """Run every check, stopping at the first that fails."""
    if shutil.which("Xvfb"):
        check_display()  # some show a real window there
    for words in (
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy"],
        ["lint-imports"],
        ["pytest", *SIDE_BY_SIDE, *arguments],
    ):
        say(f"\n== {' '.join(words)}")
        code = call([installation.script(words[0]), *words[1:]], cwd=ROOT)
        if code:
            return code
    return 0


def act(verb: str, gpu: str | None, arguments: Sequence[str]) -> int:
    """Do what was asked and return the exit code."""
    if verb == "unlist":
        gone = desktop_entry.remove()
        say("It is out of the menu of your desktop." if gone else "It was in no menu.")
        return 0
    installation = Installation(ROOT)
    changed = installation.update(gpu, ("test",) if verb == "test" else ())
    installation.provide_embedder(again=changed or verb == "setup")
    compile_translations(installation)
    if verb == "run":
        return run(installation, arguments)
    if verb == "test":
        return test(installation, arguments)
    program = installation.script("desktop-rag")
    say(f"The program is {program}")
    if desktop_entry.install(program):
        say("It is in the menu of your desktop now; packaging/dev.py unlist takes it out again.")
    return 0


def main(argv: Sequence[str]) -> int:
    """Read the command line; turn whatever can be foreseen into one sentence."""
    parser = argparse.ArgumentParser(
        prog="packaging/dev.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,  # else `run ask --help` could not reach the program
    )
    parser.add_argument("verb", choices=("run", "setup", "test", "unlist"))
    parser.add_argument("--gpu", choices=tuple(GPUS))
    if argv[:1] in ([], ["-h"], ["--help"]) or argv[1:] in (["-h"], ["--help"]):
        parser.print_help()
        return 0
    options, arguments = parser.parse_known_args(argv)
    if options.verb == "setup" and arguments:
        parser.error(f"setup takes no {arguments[0]}")
    try:
        return act(options.verb, options.gpu, arguments)
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        said = "The disk is full. Make room" if full else f"The system says: {error}. See to it"
        print(f"\n{said} and run the same command again.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
