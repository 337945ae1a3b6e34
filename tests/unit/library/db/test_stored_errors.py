import json

import pytest

from desktop_rag.domain import errors
from desktop_rag.library.db.stored_errors import error_of, fact_of
from tests.unit.domain.test_errors import EXAMPLES, name_of


@pytest.mark.parametrize("error", EXAMPLES, ids=name_of)
def test_every_error_comes_back_as_it_was(error: errors.RagError) -> None:
    copy = error_of(fact_of(error))
    assert type(copy) is type(error)
    assert copy.args == error.args
    assert vars(copy) == vars(error)


def test_facts_are_plain_json() -> None:
    fact = json.loads(fact_of(errors.DocumentBroken("a.pdf")))
    assert fact == {"error": "DocumentBroken", "args": ["a.pdf"]}


@pytest.mark.parametrize(
    "fact",
    [
        '{"error": "DocumentCursed", "args": ["a.pdf"]}',
        '{"error": "annotations", "args": ["a.pdf"]}',
        '{"error": "__builtins__", "args": ["a.pdf"]}',
        '{"error": "DocumentTooSlow", "args": ["a.pdf"]}',
    ],
)
def test_what_another_version_wrote_is_still_an_error(fact) -> None:
    error = error_of(fact)
    assert type(error) is errors.RagError
    assert error.args == ("a.pdf",)
