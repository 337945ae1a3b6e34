"""Search without asking: passages as one types, by keyword at once and then by meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop_rag.answer.extraction import continued, whole
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.passages import Hit
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.search.search_box import Findings, Result, SearchBox
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.sources import Source, Titles
from desktop_rag.gui.widgets.text import folded
from desktop_rag.gui.widgets.wording import words_alone
from desktop_rag.jobs.job_queue import Job
from desktop_rag.workers.commands.searching import Search, SearchDone, SearchingCommand

_PASSAGES = 20
_WORD = re.compile(r"\w+")


class SearchPresenter(QObject):
    """Connects the search box with the searching process.

    Signals:
        chosen: a `Source` to be shown.
    """

    chosen = Signal(object)

    def __init__(
        self, session: Session, searching: JobQueue[SearchingCommand], box: SearchBox
    ) -> None:
        super().__init__(session)
        self._session = session
        self._searching = searching
        self._box = box
        self._job: Job[SearchingCommand, SearchDone] | None = None
        box.search_requested.connect(self._on_search_requested)
        box.result_chosen.connect(self._on_result_chosen)

    def _on_search_requested(self, query: str) -> None:
        self._searching.drop(self._job)
        if self._session.library is None:
            self._box.set_error(self.tr("Add a document first: drop it anywhere in this window."))
            return
        name = self._session.name

        def show(found: SearchDone, *, complete: bool) -> None:
            titles = self._session.titles(hit.document for hit in found.hits)
            mended = dict(found.wording.mended)
            meant = " ".join(mended.get(word, word) for word in query.lower().split())
            hits = in_order(found.hits, meant, found.exact)
            self._box.show_found(
                Findings(
                    query,
                    tuple(_result(hit, titles) for hit in hits),
                    complete,
                    found.wording,
                    words_alone(words_for(found.lacking)) if found.lacking else "",
                )
            )

        def then() -> None:
            self._job = self._searching.ask(
                Job(
                    Search(query, name, limit=_PASSAGES),
                    step=lambda found: show(found, complete=True),
                    failed=self._on_failed,
                )
            )

        self._job = self._searching.ask(
            Job(
                Search(query, name, limit=_PASSAGES, keywords_only=True),
                step=lambda found: show(found, complete=False),
                end=then,
                failed=self._on_failed,
            )
        )

    def _on_failed(self, error: RagError | None, _details: str) -> None:
        self._box.set_error(words_for(error))

    def _on_result_chosen(self, result: Result) -> None:
        self.chosen.emit(
            Source(
                0,
                result.document,
                result.title,
                result.page,
                result.page_label,
                result.snippet,
                result.boxes,
                recognized=result.recognized,
                continued=result.continued,
            )
        )


def in_order(hits: Sequence[Hit], query: str, exact: int = 0) -> list[Hit]:
    """Return the hits that hold every word of the query before those that mean the same.

    The first `exact` of them hold what is meant exactly, and stay the first.
    """
    words = _WORD.findall(folded(query))

    def lacking(hit: Hit) -> bool:
        text = folded(hit.text)
        return any(word not in text for word in words)

    return [*hits[:exact], *sorted(hits[exact:], key=lacking)]


def _result(hit: Hit, titles: Titles) -> Result:
    return Result(
        document=hit.document,
        title=titles.get(hit.document, ""),
        page=hit.page,
        page_label=hit.page_label,
        snippet=hit.text,
        boxes=whole(hit),
        recognized=hit.recognized,
        layer=hit.layer,
        continued=continued(hit),
    )
