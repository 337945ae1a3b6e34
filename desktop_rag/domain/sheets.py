"""Tables of text to take away, in words already: what goes into a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.unicode_text import one_line

_COMMANDING = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # begin a formula


@dataclass(frozen=True, slots=True)
class SheetText:
    """The text of a cell; `link` is the address of what it is from, '' where there is none."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet by its title, with the names of its columns and its rows, all of one length."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[SheetText, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A table to take away: as `sheets` of one file, or `flat` where a file has but one."""

    sheets: tuple[WorkbookSheet, ...]
    flat: WorkbookSheet


ENDINGS = (".xlsx", ".csv")  #: of the files that it can be written to


def guarded(text: str) -> str:
    """Return text on one line that no spreadsheet takes for a formula: an apostrophe is before it.

    OWASP advises so ("CSV Injection").

    >>> guarded("=1+1"), guarded("1 + 1")
    ("'=1+1", '1 + 1')
    """
    told = one_line(text)
    return f"'{told}" if told.startswith(_COMMANDING) else told
