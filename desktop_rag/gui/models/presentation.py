"""Models as the dialog shows them, made of what is installed, known, or found on the hub."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop_rag.domain.errors import ModelMissing, RagError
from desktop_rag.domain.examination import Grade
from desktop_rag.domain.fitting import fit, outlined
from desktop_rag.domain.models import Fit, HubListing, Machine, ModelFacts, ModelKind
from desktop_rag.domain.quantizations import quantization, targets_of
from desktop_rag.gui.models.values import (
    BenchmarkValue,
    FilesValue,
    FileValue,
    ModelValue,
    OfferValue,
    SizeGroup,
    Smaller,
)
from desktop_rag.library.models import Installed
from desktop_rag.settings import catalogue


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What models are judged by: the machine, once it is known, and the context that is wanted."""

    machine: Machine | None
    context_tokens: int

    def fit(
        self,
        facts: ModelFacts | None,
        context_tokens: int | None = None,
        *,
        installed: bool = False,
    ) -> Fit | None:
        """Return whether a model and the machine go together, once both are known."""
        if facts is None or self.machine is None or not facts.layers:
            return None
        tokens = context_tokens or self.context_tokens
        return fit(facts, self.machine, tokens, installed=installed)


def installed(
    model: Installed,
    by: Yardstick,
    grade: Grade | None = None,
    *,
    in_use: bool,
    words: Callable[[RagError], str],
) -> ModelValue:
    """Return an installed model."""
    facts = model.facts
    measured = None
    if model.decode_tps is not None:
        measured = BenchmarkValue(model.prompt_tps or 0.0, model.decode_tps, model.memory or 0)
    return ModelValue(
        id=model.id,
        name=model.name,
        kind=model.kind,
        path=model.path,
        size=model.size,
        parameters=facts.parameters if facts else 0,
        quantization=facts.quantization if facts else "",
        licence=model.licence,
        used=model.used,
        measured=measured,
        fit=by.fit(facts, model.context_tokens, installed=True),
        context_tokens=facts.context_tokens if facts else 0,
        adapters=model.adapters,
        stretch=model.stretch,
        stretched_tokens=model.context_tokens or 0,
        smaller=_smaller(facts) if model.there else (),
        in_use=in_use,
        ours=model.ours,
        problem="" if model.there else words(ModelMissing(str(model.path))),
        grade=grade,
    )


def _smaller(facts: ModelFacts | None) -> tuple[Smaller, ...]:
    """Return what a model can be made into, and about how large that is."""
    if facts is None:
        return ()
    sizes = [(name, quantization(name)) for name in targets_of(facts)]
    return tuple(
        Smaller(name, round(facts.parameters * one.bits / 8)) for name, one in sizes if one
    )


def offers(
    by: Yardstick, language: str, models: Sequence[Installed], coming: Mapping[str, float]
) -> list[OfferValue]:
    """Return the catalogue; `coming` says of repositories how much of them is there."""
    entries = catalogue.load()
    best = catalogue.recommended(entries, by.machine, language) if by.machine else None
    here = {model.repository.casefold() for model in models}
    return [
        OfferValue(
            key=entry.key,
            name=entry.name,
            kind=entry.kind,
            group=SizeGroup(entry.group or SizeGroup.SMALL),
            repository=entry.repository,
            languages=entry.languages,
            spanish=entry.spanish,
            licence=entry.licence,
            about=entry.about_bytes,
            fit=by.fit(outlined(entry.outline) if entry.kind is ModelKind.WRITER else None),
            recommended=entry is best,
            installed=entry.repository.casefold() in here,
            fraction=coming.get(entry.repository),
        )
        for entry in entries
    ]


def files(
    listing: HubListing,
    facts: Mapping[str, ModelFacts],
    by: Yardstick,
    here: Collection[str],
    coming: Mapping[str, float],
) -> FilesValue:
    """Return the files of a repository; `facts` are of those whose header was read.

    `here` names those that are installed.
    """
    return FilesValue(
        repository=listing.repository,
        licence=listing.licence,
        gated=listing.gated,
        files=tuple(
            FileValue(
                name=file.name,
                size=file.size,
                quantization=file.quantization,
                read=file.name in facts,
                fit=by.fit(facts.get(file.name)),
                installed=file.name in here,
                fraction=coming.get(f"{listing.repository}/{file.name}"),
            )
            for file in listing.files
        ),
    )
