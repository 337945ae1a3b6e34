import pytest

from desktop_rag.domain.errors import DataUnreadable, DiskFull, StoreDamaged
from desktop_rag.engines.store import damage


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
    "met", [RuntimeError("Retryable commit conflict"), KeyError("bug"), KeyboardInterrupt()]
)
def test_what_is_no_damage_stays_what_it_is(met, tmp_path) -> None:
    with pytest.raises(type(met)) as caught, damage.named(tmp_path):
        raise met
    assert caught.value is met
