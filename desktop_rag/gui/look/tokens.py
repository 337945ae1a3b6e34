"""Colours, spaces and sizes: nothing else in the window names a colour or a pixel."""

from __future__ import annotations

from dataclasses import dataclass

HAIR = 1  # pixels, like all of these
FOCUS = 2  # round what has the keyboard
SPACE_XXS = 2
SPACE_XS = 4
SPACE_S = 8
SPACE_M = 12
SPACE_L = 16
SPACE_XL = 24
SPACE_XXL = 32

BUTTON = 6  # above and below the words of a button
ENTRY = 5  # and of an entry of a menu
CHIP = 10  # beside those of a chip
LESS_XS = SPACE_XS - (FOCUS - HAIR)  # so that nothing moves where the frame grows
LESS_S = SPACE_S - (FOCUS - HAIR)
BOX = 14  # to be ticked
QUOTE_BAR = 3  # beside a quotation

RADIUS = 6  # of controls
CHIP_RADIUS = 9
CARD_RADIUS = 10

TEXT_SMALL = 12
TEXT = 14
TEXT_READING = 16  # of answers
TEXT_TITLE = 20

ICON = 16
ICON_LARGE = 20

READING_LINE = 1.5  # of the height of a letter
READING_SIGNS = 72  # in a line of an answer, at most

MOTION_MS = 120  # and none where the system asks for none


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme. Every text colour has 5.2 : 1 on every background of its theme."""

    background: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    danger: str
    warning: str
    good: str


LIGHT = Colours(
    background="#FAFAF8",
    surface="#FFFFFF",
    raised="#F1F1EC",
    text="#1C1C1A",
    muted="#5F5F58",
    line="#DEDED6",
    accent="#0B6E63",
    on_accent="#FFFFFF",
    danger="#B3261E",
    warning="#8A5A00",
    good="#1E6B34",
)

DARK = Colours(
    background="#161614",
    surface="#1F1F1C",
    raised="#292925",
    text="#ECECE6",
    muted="#A6A69C",
    line="#3A3A34",
    accent="#4FC3B5",
    on_accent="#0A2522",
    danger="#F2877F",
    warning="#E5B454",
    good="#7CCB8E",
)

HIGHLIGHT = "#FFD54A"  # multiplied with the paper, which stays white in both themes
PAPER = "#FFFFFF"
