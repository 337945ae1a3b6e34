"""Reads whether one text says another, or the opposite: natural language inference."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_rag.domain.errors import EncoderUnusable
from desktop_rag.domain.models import Encoder
from desktop_rag.domain.ports import CancelToken, Judgement
from desktop_rag.engines.encoders import folders
from desktop_rag.engines.encoders.encoders import cross_encoder

_BATCH = 4  # pairs, after each of which one may cancel; a sentence has two


class TorchEntailment:
    """A CrossEncoder in memory that sorts pairs of texts into three classes.

    The task is that of Bowman et al., "A large annotated corpus for learning natural language
    inference" (2015); which class is which is taken from the model's own labels.

    Raises `EncoderUnusable` where it is not what was installed, or has no such labels.
    """

    def __init__(self, encoder: Encoder) -> None:
        try:
            self._order = folders.entailment_order(encoder.folder)
            _, tokens = folders.sizes_of(encoder.folder)
        except folders.NO_SIZES as error:
            raise EncoderUnusable(encoder.name, str(encoder.folder)) from error
        self._model = cross_encoder(encoder, labels=len(Judgement._fields), tokens=tokens)

    def judged(self, pairs: Sequence[tuple[str, str]], cancel: CancelToken) -> list[Judgement]:
        """See `domain.ports.Entailment`."""
        found = []
        for start in range(0, len(pairs), _BATCH):
            cancel.check()
            rows = self._model.predict(
                list(pairs[start : start + _BATCH]), apply_softmax=True, show_progress_bar=False
            )
            found += [Judgement(*(float(row[at]) for at in self._order)) for row in rows]
        return found
