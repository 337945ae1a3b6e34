"""The same work in a terminal, in English.

commands                    options, and what is printed
model_commands              the same for models
embedder_commands           the same for embedders
output                      one JSON object or words, progress, errors and exit codes
session                     the data directory and its workers for the time of one command
indexing                    index, remove
asking, questions           search, ask; many questions from one file
listing                     passages
tables                      table
evaluating                  evaluate
judging, gold_answers       evaluate --answers
decks                       ask --to FILE.apkg|.csv
carrying                    export, import
papers                      ask --to, export --to
reference_commands          the same for bibliographic records
following                   Zotero libraries that a library follows
citing                      records of documents, and their citations
mending, restoring          what is damaged is made again
languages                   data for text recognition: what there is, getting more
models                      installed models, and those of the hub
embedders                   which there are, and choosing one
"""

from __future__ import annotations

from desktop_rag.cli.commands import app


def run() -> None:
    """Run the command that the program was started with, and exit with its code."""
    app()
