"""Names for files that every system takes, and that are nobody else's."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.domain.formats import ENDINGS, PROGRAM_ENDINGS
from desktop_rag.domain.unicode_text import readable

_BYTES = 200  # of a name, with a mark before it; most systems allow 255
_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in "123456789"
}
_UNSAFE = set('<>:"/\\|?*')


def numbered(path: Path) -> Iterator[Path]:
    """Yield a path, and then others like it: "name (2).pdf"."""
    yield path
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def safe_name(name: str) -> str:
    """Return a name that every system takes for a document, and for nothing else.

    >>> safe_name("../a:b?.pdf"), safe_name("CON.pdf"), safe_name("run.exe"), safe_name("run.sh")
    ('_a_b_.pdf', '_CON.pdf', 'run.exe.pdf', 'run.sh.txt')
    """
    kept = "".join(
        "_" if sign in _UNSAFE else sign
        for sign in unicodedata.normalize("NFC", readable(name))
        if unicodedata.category(sign)[0] != "C"
    )
    kept = kept.strip(" .")
    if kept.lower().endswith(PROGRAM_ENDINGS):
        kept = f"{kept}.txt"
    if not kept.lower().endswith(ENDINGS):
        kept = f"{kept}.pdf" if kept and f".{kept.lower()}" not in ENDINGS else "document.pdf"
    stem, _, ending = kept.rpartition(".")
    stem = (
        stem.encode()[: _BYTES - len(f"_.{ending}")].decode(errors="ignore").rstrip(" .")
        or "document"
    )
    if stem.partition(".")[0].strip().lower() in _RESERVED:
        stem = f"_{stem}"
    return f"{stem}.{ending}"
