"""What is said where the documents do not say what is asked; the nearest passages follow it.

It is an answer, and so in the language of the question.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_rag.domain.passages import Contradiction


def refusal(
    language: str, unmentioned: Sequence[str] = (), contradicted: Contradiction | None = None
) -> str:
    """Return that the documents do not say it, in Spanish (`es`) or else in English.

    Names and numbers that they have not are named, and so is what they say in place of what was
    taken for granted.

    >>> refusal("en", ["P5"])
    'Your documents do not say this. They do not mention “P5”.'
    """
    told = _spanish if language == "es" else _english
    return " ".join(told(unmentioned, contradicted))


def _english(unmentioned: Sequence[str], contradicted: Contradiction | None) -> list[str]:
    if contradicted:
        return [f"No: your documents say “{contradicted.found}”, not “{contradicted.stated}”."]
    named = _listed([f"“{one}”" for one in unmentioned], "or")
    return [
        "Your documents do not say this.",
        *([f"They do not mention {named}."] if named else []),
    ]


def _spanish(unmentioned: Sequence[str], contradicted: Contradiction | None) -> list[str]:
    if contradicted:
        return [f"No: tus documentos dicen «{contradicted.found}», no «{contradicted.stated}»."]
    named = _listed([f"«{one}»" for one in unmentioned], "ni")
    return ["Tus documentos no dicen esto.", *([f"No mencionan {named}."] if named else [])]


def _listed(names: Sequence[str], last: str) -> str:
    """Return names as a list in words, such as "A, B or C"."""
    if len(names) < 2:  # noqa: PLR2004 - a list has two
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
