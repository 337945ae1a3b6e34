"""Grades of language models: what each one is worth was found out once, with its adapters.

A grade belongs to a file, not to its entry in the list of models: who takes a model out and adds it
again need not examine it again, and another file in its place has no grade.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from pathlib import Path

from desktop_rag.domain.examination import EDITION, Grade
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.library.db.database import rows, transaction


def grade(db: sqlite3.Connection, choice: ModelChoice) -> Grade | None:
    """Return the grade of a model; None of one that was not examined as it is now."""
    model = _identity(choice)
    if model is None:
        return None
    found = rows(db, "SELECT grade FROM exams WHERE model = ? AND edition = ?", model, EDITION)
    return _grade(found[0][0]) if found else None


def keep(db: sqlite3.Connection, choice: ModelChoice, found: Grade) -> None:
    """Remember the grade of a model, in place of an earlier one; not if its file has gone."""
    model = _identity(choice)
    if model is None:
        return
    with transaction(db):
        values = (model, EDITION, json.dumps(asdict(found)))
        db.execute("REPLACE INTO exams (model, edition, grade) VALUES (?, ?, ?)", values)


def trusted(db: sqlite3.Connection, choice: ModelChoice | None) -> bool:
    """Whether what a model writes may stand first; not before it was examined."""
    found = grade(db, choice) if choice else None
    return found is not None and found.trusted


def _identity(choice: ModelChoice) -> str | None:
    """Return what another file, or another adapter, would change."""
    try:
        adapters = [[*_stamp(one.path), one.scale] for one in choice.adapters]
        return json.dumps([*_stamp(choice.source.path), adapters])
    except OSError:
        return None


def _stamp(path: Path) -> tuple[str, int, int]:
    fact = path.stat()
    return path.name, fact.st_size, fact.st_mtime_ns


def _grade(stored: str) -> Grade | None:
    """Return a grade as it was stored; none where another version wrote others."""
    try:
        return Grade(**json.loads(stored))
    except (TypeError, ValueError):
        return None
