"""The questions of the exam ask what their passages say, and the samples say that."""

import hashlib
import re

import pytest

from desktop_rag.answer.examining import judged
from desktop_rag.answer.turn import Done
from desktop_rag.domain.examination import EDITION, ExamQuestion
from desktop_rag.settings import exam
from desktop_rag.settings.paths import resources

EDITIONS = {1: "b548c4ef8b4b1c2a6fdbf5364629b17264b115e21f8eee13d6ed9f584d5854f7"}
QUESTIONS = exam.questions()


def said(one: ExamQuestion, numbers: set[int]) -> str:
    return " ".join(passage.hit.text for passage in one.passages if passage.number in numbers)


def page_text(document: str, page: int) -> str:
    import pymupdf

    with pymupdf.open(resources() / "samples" / document) as pdf:
        return " ".join(re.sub(r"(\w)-\n(\w)", r"\1\2", pdf[page].get_text()).split())


def test_both_languages_are_asked_alike_and_some_questions_have_no_answer() -> None:
    assert len(QUESTIONS) == 20
    for language in ("en", "es"):
        asked = [one for one in QUESTIONS if one.language == language]
        assert [bool(one.answers) for one in asked].count(False) == 2
        assert len(asked) == 10
    languages = [one.language for one in QUESTIONS]
    assert languages == sorted(languages)  # so that the rules are read twice, and not twenty times


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.question)
def test_passages_stand_in_the_samples(one: ExamQuestion) -> None:
    for passage in one.passages:
        assert passage.hit.text in page_text(passage.hit.document, passage.hit.page)


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.question)
def test_answers_stand_in_the_right_passages_and_in_no_others(one: ExamQuestion) -> None:
    numbers = {passage.number for passage in one.passages}
    assert bool(one.gold) == bool(one.answers)
    assert one.gold < numbers
    assert judged(one, Done(said(one, set(one.gold)), ()), 0).right == bool(one.answers)
    assert not judged(one, Done(said(one, numbers - one.gold), ()), 0).right


def test_whoever_changes_the_exam_raises_its_edition() -> None:
    digest = hashlib.sha256((resources() / "exam.jsonl").read_bytes()).hexdigest()
    assert {**EDITIONS, EDITION: digest} == EDITIONS
