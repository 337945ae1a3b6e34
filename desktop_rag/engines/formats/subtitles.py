"""Reads subtitles in SubRip and WebVTT: what is said, in paragraphs that begin with their time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer, text_blocks
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}.*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>\n]{1,100})>")
_MARKS = re.compile(r"</?[a-zA-Z][^<>\n]{0,100}>|<[\d:.]{1,20}>|\{\\[^{}\n]{0,100}\}")
_ENDS = (".", "!", "?", "…", "。", "？", "！", "؟", ".”", '."', "!”", "?”")
_LONG = 400  # characters, after which the next end of a sentence ends a paragraph
_LONGEST = 1_200
_PAUSE = 8  # seconds in which nobody says anything


class _Cue(NamedTuple):
    """Words, and when they are shown, in seconds."""

    begins: int
    ends: int
    words: str


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write subtitles to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_subtitles(path.read_bytes()), target)


def of_subtitles(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return what is said in subtitles, which have no title. Raises nothing."""
    source = text_blocks.unified(encoding.decoded(data)).lstrip("\ufeff")
    return "", html_blocks.flows(_paragraphs(_cues(source.split("\n"))))


def _paragraphs(cues: Iterator[_Cue]) -> Iterator[str]:
    begins, ends = 0, 0
    gathered: list[str] = []
    for cue in cues:
        size = sum(map(len, gathered))
        whole = gathered and gathered[-1].endswith(_ENDS) and size > _LONG
        if gathered and (whole or size > _LONGEST or cue.begins - ends > _PAUSE):
            yield _paragraph(begins, gathered)
            gathered = []
        begins = begins if gathered else cue.begins
        ends = cue.ends
        gathered.append(cue.words)
    if gathered:
        yield _paragraph(begins, gathered)


def _paragraph(begins: int, words: list[str]) -> str:
    minutes, seconds = divmod(begins, 60)
    time = f"[{minutes // 60:02}:{minutes % 60:02}:{seconds:02}]"
    return f"<p>{time} {html_blocks.text(' '.join(words))}</p>"


def _cues(lines: list[str]) -> Iterator[_Cue]:
    """Yield what is shown; what rolls up a line and stays is told once."""
    times: tuple[int, int] | None = None
    shown: list[str] = []
    before: list[str] = []
    for line in [*lines, ""]:
        found = _TIMES.fullmatch(line)
        if found:
            times = _seconds(found.groups()[:3]), _seconds(found.groups()[3:])
        elif times and line.strip():
            shown.append(_plain(line))
        elif times:
            new = [one for one in shown if one and one not in before]
            if new:
                yield _Cue(*times, " ".join(new))
            times, before, shown = None, shown or before, []


def _seconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts)
    return 3600 * hours + 60 * minutes + seconds


def _plain(line: str) -> str:
    spoken = _VOICE.sub(r"\1: ", line)
    return " ".join(html.unescape(_MARKS.sub("", spoken)).split())
