"""Chat with your PDFs, offline.

Imports point down this list and never up; import-linter checks it.

    app        builds the window             (cli stands beside it)
    cli        the work in a terminal
    gui        the window, the only part that knows Qt
    notices    errors in the words of people
    jobs       what the parent decides, without Qt: indexing, watching, getting models
    workers    child processes: what crosses the pipe, and both ends of it
    ingest     pages to chunks to vectors        (pure)
    answer     question to cited answer          (pure)
    engines    one third-party library per module, behind a port
    library    libraries, documents and pages on disk
    settings   every option, its type, range and default
    domain     the nouns, the errors and the ports

    indexing   file ─ reading ─► pages/ ─ indexing ─► chunks, vectors ─► "ready"
    answering  question ─ searching ─► passages ─┬─ searching ──► best sentences
                                                 └─ generating ─► cited text
    viewing    page ─ drawing ─► pixels, words
"""

__version__ = "0.1.0"
