"""Papers as files, each of which takes the place of another only once it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_rag.domain.papers import Paper, PaperFormat
from desktop_rag.settings.whole_files import written_whole


def written(paper: Paper, target: Path, kind: PaperFormat) -> Iterator[tuple[int, int]]:
    """Write a paper to a file, yielding how many of all its blocks are set.

    What lay there stays until all is written, also where that is broken off. Raises `DiskFull`
    or `PaperUnwritable`.
    """
    with written_whole(target) as part:
        yield from _steps(paper, part, kind)


def _steps(paper: Paper, part: Path, kind: PaperFormat) -> Iterator[tuple[int, int]]:
    match kind:
        case PaperFormat.MARKDOWN:
            from desktop_rag.engines.papers import markdown

            with part.open("w", encoding="utf-8", newline="\n") as file:
                file.write(markdown.text_of(paper))
        case PaperFormat.WORD:
            from desktop_rag.engines.papers import word

            yield from word.written(paper, part)
        case PaperFormat.PDF:
            from desktop_rag.engines.papers import portable

            yield from portable.written(paper, part)
