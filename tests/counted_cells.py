"""The program, which says on the error output which cell it asks: `asked ["document", "question"]`.

    python -c "from tests.counted_cells import main; main()" table …

With `REAL_EMBEDDER` set it loads the real one; else one that knows words and no meaning.
"""

import json
import os
import sys

from desktop_rag.answer.turn import Question
from desktop_rag.cli import tables
from desktop_rag.jobs.answering import Answering, LibraryScope, answering
from tests import word_embedder

MARK = "asked "
PROGRAM = ("-c", "from tests.counted_cells import main; main()")


def _noted(question: Question, scope: LibraryScope) -> Answering:
    sys.stderr.write(f"{MARK}{json.dumps([scope.among[0], question.text])}\n")
    sys.stderr.flush()
    return answering(question, scope)


def main() -> None:
    """Be the program."""
    tables.answering = _noted
    if os.environ.get("REAL_EMBEDDER"):
        from desktop_rag.__main__ import main as program

        sys.argv[0] = "desktop-rag"
        program()
    else:
        word_embedder.main()
