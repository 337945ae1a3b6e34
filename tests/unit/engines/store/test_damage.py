import logging

import pytest

from desktop_rag.domain.errors import DataUnreadable, DiskFull, StoreDamaged
from desktop_rag.engines.store import damage
from desktop_rag.settings import logs


class PanicException(BaseException):
    """What Rust raises where it cannot go on."""


class RustPanic(BaseException):
    """The same, as LanceDB calls it."""


@pytest.mark.parametrize(
    ("met", "told"),
    [
        (OSError("LanceError(IO): No space left on device (os error 28)"), DiskFull),
        (OSError("LanceError(IO): Operation not permitted (os error 1)"), DataUnreadable),
        (RuntimeError("LanceError(IO): Too many open files (os error 24)"), DataUnreadable),
        (RuntimeError("LanceError(IO): No such file or directory (os error 2)"), StoreDamaged),
        (RuntimeError("lance error: LanceError(IO): file size is too small"), StoreDamaged),
        (ValueError("file does not appear to be a Lance file"), StoreDamaged),
        (PanicException("called unwrap on a None value"), StoreDamaged),
        (RustPanic("called unwrap on a None value"), StoreDamaged),
    ],
)
def test_what_lance_meets_is_named_with_its_folder(met, told, tmp_path) -> None:
    with pytest.raises(told) as caught, damage.named(tmp_path):
        raise met
    assert type(caught.value) is told
    assert caught.value.path == str(tmp_path)


@pytest.mark.parametrize(
    "met",
    [
        RuntimeError("Retryable commit conflict"),
        ValueError("Invalid input, query dim(3) doesn't match the column vector vector dim(2)"),
        UnicodeEncodeError("utf-8", "\udc80", 0, 1, "surrogates not allowed"),
        KeyError("bug"),
        KeyboardInterrupt(),
    ],
)
def test_what_is_no_damage_stays_what_it_is(met, tmp_path) -> None:
    with pytest.raises(type(met)) as caught, damage.named(tmp_path):
        raise met
    assert caught.value is met


def test_what_is_taken_for_damage_leaves_where_it_was_met_in_the_log(tmp_path, caplog) -> None:
    def fail() -> None:
        raise ValueError("a sentence of somebody's document")

    with pytest.raises(StoreDamaged), damage.named(tmp_path):
        fail()
    (record,) = caplog.records
    assert record.levelno == logging.WARNING  # less is kept nowhere
    assert "sentence" not in record.getMessage()
    told = logs.without_text(record.exc_text)
    assert "in fail" in told
    assert told.endswith("ValueError")
