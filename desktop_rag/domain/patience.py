"""How long others may take before we give up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a hub may take, in seconds, and how often it is asked again."""

    connect: float = 15.0
    read: float = 30.0
    tries: int = 6
    first_pause: float = 1.0
    longest_pause: float = 30.0
    longest_wait: float = 60.0  #: that a hub may ask for
    crawl: float = 60.0  #: in which the next 64 KiB of an answer have to come
