"""Questions that the sample library can answer."""

from __future__ import annotations

import json

from desktop_rag.settings.paths import resources

_SUGGESTED = {"en": ("01", "10", "12"), "es": ("02", "07", "12")}


def suggestions(language: str) -> list[str]:
    """Return some of the sample questions, in the language of the window (ISO 639-1)."""
    file = resources() / "questions.jsonl"
    if not file.is_file():
        return []
    code = language if language in _SUGGESTED else "en"
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    questions = {row["id"]: row["question"] for row in rows}
    wanted = (f"samples-{code}-{number}" for number in _SUGGESTED[code])
    return [questions[id_] for id_ in wanted if id_ in questions]
