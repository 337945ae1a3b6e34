"""Ways of picking words that come with the program, and how a user's own are kept in order."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from desktop_rag.settings.schema import (
    LONGEST_PRESET_NAME,
    MOST_OWN_PRESETS,
    OwnPreset,
    Sampling,
)


class Preset(StrEnum):
    """Those that come with the program."""

    PRECISE = "precise"
    BALANCED = "balanced"
    CREATIVE = "creative"


_CHANGES: dict[Preset, dict[str, object]] = {
    Preset.PRECISE: {"temperature": 0.2, "top_k": 40, "top_p": 0.95, "min_p": 0.05},
    Preset.BALANCED: {"temperature": 0.7, "top_k": 40, "top_p": 0.95, "min_p": 0.05},
    Preset.CREATIVE: {"temperature": 1.2, "top_k": 100, "top_p": 0.98, "min_p": 0.02},
}


def applied(preset: Preset, sampling: Sampling) -> Sampling:
    """Return the sampling with the preset's choice; length, seed and penalty stay."""
    return sampling.replaced(greedy=False, **_CHANGES[preset])


def matching(sampling: Sampling) -> Preset | None:
    """Return the preset that these values are those of."""
    return next((preset for preset in Preset if applied(preset, sampling) == sampling), None)


def matching_own(sampling: Sampling, presets: Sequence[OwnPreset]) -> OwnPreset | None:
    """Return the own preset that has exactly these values."""
    return next((preset for preset in presets if preset.sampling == sampling), None)


def tidy_name(name: str) -> str:
    """Return a name on one line, without outer spaces, and not too long."""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(shown.split())[:LONGEST_PRESET_NAME].rstrip()


def with_preset(
    presets: Sequence[OwnPreset], name: str, sampling: Sampling
) -> tuple[OwnPreset, ...]:
    """Add a preset, or replace the one of that name; without a name or room, change nothing."""
    name = tidy_name(name)
    made = [OwnPreset(name=name, sampling=sampling)] if name else []
    known = [preset.name.casefold() for preset in presets]
    if name.casefold() in known:
        at = known.index(name.casefold())
        return (*presets[:at], *made, *presets[at + 1 :])
    return tuple(presets) if len(presets) >= MOST_OWN_PRESETS else (*presets, *made)


def without_preset(presets: Sequence[OwnPreset], name: str) -> tuple[OwnPreset, ...]:
    """Return all but the one of that name."""
    return tuple(preset for preset in presets if preset.name != name)
