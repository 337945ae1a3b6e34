"""How the numbers of one embedder are to be read beside those of another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """What an embedder's cosines between a question and a sentence usually are.

    `strange` is that of sentences about something else, and `answering` that of those which
    answer it. Between two languages that the embedder was made for, both are lower by `apart`:
    a text is nearer to others in its own language, whatever they say.
    """

    strange: float
    answering: float
    apart: float = 0.0

    def nearness(self, cosine: float, *, across: bool = False) -> float:
        """Return 0 for what is usual of strangers and 1 for what is of answers.

        `across` two languages that the embedder was made for.

        >>> round(Calibration(0.7, 0.9, apart=0.05).nearness(0.75, across=True), 3)
        0.5
        """
        above = cosine + (self.apart if across else 0.0) - self.strange
        return above / (self.answering - self.strange)
