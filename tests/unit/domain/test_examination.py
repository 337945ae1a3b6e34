"""What marks add up to."""

from dataclasses import replace

import pytest

from desktop_rag.domain.examination import Grade, Mark, graded

RIGHT = Mark(answerable=True, right=True, cited=True, refused=False, seconds=2.0)
WRONG = Mark(answerable=True, right=False, cited=True, refused=False, seconds=4.0)
GOOD = Grade(answerable=16, right=12, cited=10, unanswerable=4, refused=2, seconds=1.0)


def test_a_grade_counts_what_was_right_cited_and_refused() -> None:
    bare = RIGHT._replace(cited=False)
    refused = Mark(answerable=False, right=False, cited=False, refused=True, seconds=0.0)
    invented = refused._replace(refused=False, cited=True)
    gave_up = WRONG._replace(refused=True)  # although there is an answer
    found = graded([RIGHT, bare, WRONG, gave_up, refused, invented])
    assert found == Grade(4, 2, 1, 2, 1, 2.0)
    assert (found.questions, found.passed) == (6, 3)


def test_an_exam_without_questions_has_a_grade() -> None:
    assert graded([]) == Grade(0, 0, 0, 0, 0, 0.0)


@pytest.mark.parametrize(
    ("change", "trusted"),
    [({}, True), ({"right": 11}, False), ({"refused": 1}, False), ({"cited": 0}, True)],
)
def test_trusted_is_what_finds_answers_and_does_not_invent_them(change, trusted: bool) -> None:
    assert replace(GOOD, **change).trusted is trusted
