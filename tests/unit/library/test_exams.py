"""Grades belong to files, as they are used."""

import os
from dataclasses import replace

import pytest

from desktop_rag.domain.examination import EDITION, Grade
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.models import Adapter, LocalModel
from desktop_rag.library import exams
from desktop_rag.library.db.database import transaction

GOOD = Grade(answerable=16, right=15, cited=14, unanswerable=4, refused=4, seconds=2.5)
POOR = replace(GOOD, right=3)


@pytest.fixture
def model(tmp_path) -> ModelChoice:
    path = tmp_path / "m.gguf"
    path.write_bytes(b"weights")
    return ModelChoice(LocalModel(path))


def test_a_model_that_was_not_examined_has_no_grade_and_is_not_trusted(db, model) -> None:
    assert exams.grade(db, model) is None
    assert not exams.trusted(db, model)
    assert not exams.trusted(db, None)


def test_the_last_grade_decides_whether_a_model_is_trusted(db, model) -> None:
    exams.keep(db, model, POOR)
    assert (exams.grade(db, model), exams.trusted(db, model)) == (POOR, False)
    exams.keep(db, model, GOOD)
    assert (exams.grade(db, model), exams.trusted(db, model)) == (GOOD, True)


def test_how_a_model_is_loaded_does_not_change_its_grade(db, model) -> None:
    exams.keep(db, model, GOOD)
    assert exams.grade(db, replace(model, threads=7, context_tokens=99)) == GOOD


def test_another_file_in_its_place_has_no_grade(db, model) -> None:
    exams.keep(db, model, GOOD)
    model.source.path.write_bytes(b"other weights")
    assert exams.grade(db, model) is None
    model.source.path.write_bytes(b"weightz")  # of the same size
    os.utime(model.source.path, ns=(1, 1))
    assert exams.grade(db, model) is None


def test_an_adapter_makes_another_model_of_it(db, model, tmp_path) -> None:
    exams.keep(db, model, GOOD)
    path = tmp_path / "a.gguf"
    path.write_bytes(b"lora")
    adapted = replace(model, adapters=(Adapter(path, 0.5),))
    assert exams.grade(db, adapted) is None
    exams.keep(db, adapted, POOR)
    assert exams.grade(db, adapted) == POOR
    assert exams.grade(db, replace(model, adapters=(Adapter(path, 1.0),))) is None
    assert exams.grade(db, model) == GOOD


def test_a_model_that_has_gone_has_no_grade(db, model) -> None:
    exams.keep(db, model, GOOD)
    model.source.path.unlink()
    assert exams.grade(db, model) is None
    exams.keep(db, model, POOR)


@pytest.mark.parametrize("change", ["edition = -1", "grade = '{}'", "grade = 'x'"])
def test_a_grade_of_another_exam_or_version_is_void(db, model, change: str) -> None:
    exams.keep(db, model, GOOD)
    assert EDITION > 0
    with transaction(db):
        db.execute(f"UPDATE exams SET {change}")  # noqa: S608
    assert exams.grade(db, model) is None
