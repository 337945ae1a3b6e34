"""What a run of words written large names, as far as itself and its sentence tell."""

from __future__ import annotations

from desktop_rag.answer.naming.lexicon import (
    ACRONYMS,
    BIOGRAPHIC,
    GIVEN,
    KNOWN_ORGANISATIONS,
    LEADING,
    LED_BY,
    LOCATIVE,
    NO_ORGANISATIONS,
    ORGANISATIONS,
    PARTICLES,
    PLACE_NAMES,
    PLACES,
    PLACES_FIRST,
    SUFFIXES,
    UNNAMED,
)
from desktop_rag.answer.naming.runs import NameRun
from desktop_rag.domain.entities import EntityKind

_LONGEST_PERSON = 5  # words written large
_RELATIVE = frozenset({"who", "whose", "quien", "quienes"})
_ROMAN = frozenset("ivx")


def told_by_itself(run: NameRun) -> EntityKind | None:
    """Return what a name is by its own words, whatever stands around it."""
    words, name = run.words, run.name
    known = _known(run)
    if known or run.shouted:
        return known
    if len(words) > 1 and words[-1] in SUFFIXES:
        return EntityKind.ORGANISATION
    if run.titled and not LED_BY.intersection(words) and words[0] not in UNNAMED:
        return EntityKind.PERSON
    if len(words) == 1 or name in NO_ORGANISATIONS:
        return None
    return _by_head(run) or (EntityKind.PERSON if _is_person(run) else None)


def _known(run: NameRun) -> EntityKind | None:
    """Return what a name is that everybody knows."""
    name = run.name.removeprefix("the ")
    if name in PLACE_NAMES:
        return EntityKind.PLACE
    large = run.tokens[0].text.isupper()
    if name in KNOWN_ORGANISATIONS or (large and name in ACRONYMS):
        return EntityKind.ORGANISATION
    return None


def _by_head(run: NameRun) -> EntityKind | None:
    """Return what a name of several words is by the one that says what it is."""
    words = run.words
    joined = any(one.text[0].islower() for one in run.tokens)
    if words[0] in LED_BY and words[1] not in UNNAMED:
        return EntityKind.ORGANISATION
    for at, one in enumerate(run.tokens[1:], 1):
        if one.text == "of" and run.tokens[at - 1].flat in LEADING:
            return EntityKind.ORGANISATION
    if words[-1] in ORGANISATIONS and words[0] not in UNNAMED:
        return EntityKind.ORGANISATION
    if any(one.text == "&" for one in run.tokens):
        return EntityKind.ORGANISATION
    if words[0] in PLACES_FIRST or (words[-1] in PLACES and not joined):
        return EntityKind.PLACE
    return None


def _is_person(run: NameRun) -> bool:
    """Tell a first name, or initials, and another name."""
    words = run.words
    if len(words) > _LONGEST_PERSON or any(one in UNNAMED for one in words[1:]):
        return False
    if words[0] in GIVEN or any(one.text in PARTICLES for one in run.tokens):
        return True
    initials = len(words[0]) == 1 and run.tokens[1].text == "."
    numbered = words[0] in _ROMAN
    return initials and len(words[-1]) > 1 and not numbered


def told_by_company(run: NameRun) -> EntityKind | None:
    """Return what a name may be by what stands beside it."""
    if run.shouted or any(one in UNNAMED for one in run.words):
        return None
    after = run.after[0] if run.after else ""
    follows = run.after[1] if len(run.after) > 1 and after == "," else after
    if after[:1].isdigit():
        return None
    if run.role or follows in _RELATIVE or (after in BIOGRAPHIC and len(run.words) > 1):
        return EntityKind.PERSON
    if run.before in LOCATIVE:
        return EntityKind.PLACE
    return None
