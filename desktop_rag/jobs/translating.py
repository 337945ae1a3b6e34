"""Which quotation is being translated: one at a time, after answers, and none twice.

want ─► known? ─► told at once
     └► an answer is being written? ─► waits until `go_on`
     └► the model is loaded, which nobody stops ─► Translate, which `leave` and `give_way` do
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from desktop_rag.domain.errors import RagError
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.translations import Quotation, Translated
from desktop_rag.jobs.job_queue import Job
from desktop_rag.workers.commands.generating import GeneratingCommand, LoadModel, Translate

_KEPT = 200  # translations, the latest: more than a conversation is looked at for

Told = Callable[[Translated], None]


class GeneratingLine(Protocol):
    """Jobs of the generating process, one after the other; see `JobRunner`."""

    def ask(self, job: Job[GeneratingCommand, Any], /) -> Job[GeneratingCommand, Any]:
        """Do this after what waits already; return it, to be dropped perhaps."""
        ...

    def drop(self, job: Job[Any, Any] | None, /) -> None:
        """Do not do this, or stop doing it."""
        ...


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wanted: by which model, and whom to tell."""

    model: ModelChoice
    quotation: Quotation
    told: Told
    failed: Callable[[RagError | None, str], None]


class Translating:
    """Has quotations translated that somebody looks at, and forgets those that nobody does."""

    def __init__(self, line: GeneratingLine) -> None:
        self._line = line
        self._known: OrderedDict[tuple[ModelChoice, Quotation], Translated] = OrderedDict()
        self._wish: _Wish | None = None
        self._job: Job[GeneratingCommand, Translated] | None = None
        self._held = False

    @property
    def held(self) -> bool:
        """Whether an answer is being written, for which translations wait."""
        return self._held

    def want(
        self,
        model: ModelChoice,
        quotation: Quotation,
        told: Told,
        failed: Callable[[RagError | None, str], None],
    ) -> None:
        """Have this translated, and nothing else any more; `told` hears it as it grows."""
        self.leave()
        known = self._known.get((model, quotation))
        if known is not None:
            told(known)
            return
        self._wish = _Wish(model, quotation, told, failed)
        if not self._held:
            self._begin(self._wish)

    def leave(self) -> None:
        """Stop: nobody looks at it any more."""
        self._wish = None
        self._drop()

    def give_way(self) -> None:
        """Let an answer be written now; what is still wanted after it waits."""
        self._held = True
        self._drop()

    def go_on(self) -> None:
        """The answer is written: translate what is still wanted."""
        self._held = False
        if self._wish is not None and self._job is None:
            self._begin(self._wish)

    def _begin(self, wish: _Wish) -> None:
        self._line.ask(Job(LoadModel(wish.model)))  # dropping it with the wish would lose minutes
        command = Translate(wish.model, wish.quotation)
        heard, failed = partial(self._heard, wish), partial(self._failed, wish)
        self._job = self._line.ask(Job(command, step=heard, failed=failed))

    def _drop(self) -> None:
        job, self._job = self._job, None
        self._line.drop(job)

    def _heard(self, wish: _Wish, found: Translated) -> None:
        if wish is not self._wish:
            return
        if found.done:
            self._wish = self._job = None
            self._keep(wish, found)
        wish.told(found)

    def _keep(self, wish: _Wish, found: Translated) -> None:
        self._known[wish.model, wish.quotation] = found
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def _failed(self, wish: _Wish, error: RagError | None, details: str) -> None:
        if wish is self._wish:
            self._wish = self._job = None
            wish.failed(error, details)
