"""The ways from what was found to an answer, each a generator and its prompts.

    saying    a greeting and the like, answered by a sentence
    listing   everything that is said of something, counted; or the whole of one list
    refusing  what was found is not enough
    comparing  what documents say side by side, or why they cannot be compared
    summarizing  the sentences that carry whole documents, where there is no model
    condensing  a language model summarizes whole documents, section by section
    pointing  key points, and what is named
    studying  questions to learn by, with their answers
    creating  a language model writes something freely: a letter, an e-mail, notes
    writing   a language model writes it
    quoting   the best sentences, quoted, where there is no model or nothing was found

Another way is one more module, and one more line in `ROUTES`.
"""

from __future__ import annotations

from desktop_rag.answer.routes import (
    comparing,
    condensing,
    creating,
    listing,
    pointing,
    quoting,
    refusing,
    saying,
    studying,
    summarizing,
    writing,
)
from desktop_rag.answer.turn import Route

ROUTES: tuple[Route, ...] = (
    saying.ROUTE,
    listing.ROUTE,
    comparing.UNCOMPARED,
    comparing.ROUTE,
    creating.ROUTE,
    refusing.ROUTE,
    listing.WHOLE_LIST,
    summarizing.EMPTY,
    summarizing.ROUTE,
    condensing.ROUTE,
    pointing.EMPTY,
    pointing.ROUTE,
    studying.ROUTE,
    studying.ROUTE_OF_MODELS,
    writing.ROUTE,
    quoting.ROUTE,
)  #: the first that serves is taken
