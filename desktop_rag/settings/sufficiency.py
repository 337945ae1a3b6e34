"""With which weights it is judged whether the documents answer a question.

They are in `resources/sufficiency.json`, as `tests/benchmarks/fit_sufficiency.py` fitted them: for
each embedder that comes along, for any other by its calibrated cosines, and for words alone.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from desktop_rag.domain.sufficiency import Weighing
from desktop_rag.settings.paths import resources

WORDS = "words"  #: no embedder
ANY = "any"  #: an embedder that was not measured

_Number = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]


class _Fitted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    intercept: _Number
    weights: Annotated[dict[str, _Number], Field(min_length=1)]
    enough: Annotated[float, Field(gt=0, lt=1)]


class _FittedFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Annotated[str, Field(min_length=1)]
    embedders: dict[str, _Fitted]


@functools.cache
def _known() -> dict[str, Weighing]:
    return read(resources() / "sufficiency.json")


def weighing(embedder: str | None) -> Weighing:
    """Return the weights for an embedder, by its name; `None` is words alone."""
    known = _known()
    return known[WORDS] if embedder is None else known.get(embedder, known[ANY])


def read(path: Path) -> dict[str, Weighing]:
    """Return the weights of a file; a broken one raises pydantic's `ValidationError`."""
    fitted = _FittedFile.model_validate_json(path.read_text("utf-8")).embedders
    return {name: Weighing(one.intercept, one.weights, one.enough) for name, one in fitted.items()}
