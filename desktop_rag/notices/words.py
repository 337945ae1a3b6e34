"""What finding words needs: somebody who translates, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str, str], str]
Words = tuple[str, str] | None  #: what happened, and what to do
