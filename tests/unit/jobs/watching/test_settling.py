"""Files that come to rest, with real files and a clock of our own."""

from pathlib import Path

import pytest

from desktop_rag.jobs.watching.settling import Settled, Settling


def test_of_two_things_that_happened_to_a_file_the_later_one_counts() -> None:
    a, b, c = Path("a.pdf"), Path("b.pdf"), Path("c.pdf")
    first, second = Settled((a, b), ((c, a),), (c,)), Settled((b, c), (), (a,))
    assert first + second == Settled((b, c), ((c, a),), (a,))
    assert first + Settled() == first == Settled() + first


class Clock:
    """Settling, with the time that the test says it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = 0.0
        self.settling = Settling(lambda path: path.suffix == ".pdf")

    def write(self, name: str, text: str = "text") -> Path:
        path = self.folder / name
        path.write_text(text)
        self.settling.touch(path, self.now)
        return path

    def delete(self, name: str) -> Path:
        path = self.folder / name
        path.unlink()
        self.settling.touch(path, self.now)
        return path

    def move(self, old: str, new: str) -> tuple[Path, Path]:
        pair = self.folder / old, self.folder / new
        pair[0].replace(pair[1])
        self.settling.move(*pair, self.now)
        return pair

    def after(self, seconds: float) -> Settled:
        self.now += seconds
        return self.settling.settle(self.now)

    def rest(self) -> Settled:
        """Return all that comes to rest, when nothing more happens."""
        told = [self.after(0.25) for _ in range(20)]
        assert not self.settling.busy
        return Settled(
            tuple(path for one in told for path in one.appeared),
            tuple(pair for one in told for pair in one.moved),
            tuple(path for one in told for path in one.went),
        )


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


def test_a_file_is_told_once_it_has_stayed_the_same_for_a_second(clock) -> None:
    path = clock.write("a.pdf")
    assert not clock.after(0.25)
    assert not clock.after(0.25)  # seen for the first time
    assert not clock.after(0.75)
    assert clock.after(0.25).appeared == (path,)
    assert not clock.settling.busy


def test_a_file_that_grows_unheard_is_waited_for(clock) -> None:
    path = clock.write("a.pdf")
    clock.after(0.5)
    for size in range(5, 10):
        path.write_text("x" * size)
        assert not clock.after(1.0)
    assert clock.after(1.0).appeared == (path,)


def test_a_file_that_is_written_to_again_and_again_is_waited_for(clock) -> None:
    for _ in range(40):
        path = clock.write("a.pdf")
        assert not clock.after(0.25)
    assert clock.rest().appeared == (path,)


def test_what_is_no_document_is_not_told(clock) -> None:
    clock.write("a.pdf.part")
    clock.write("a.tmp")
    assert not clock.settling.busy


def test_a_download_is_told_under_its_last_name_alone(clock) -> None:
    clock.write("a.pdf.crdownload")
    _, new = clock.move("a.pdf.crdownload", "a.pdf")
    assert clock.rest() == Settled(appeared=(new,))


def test_saving_by_renaming_is_a_change_and_no_loss(clock) -> None:
    path = clock.write("a.pdf")
    clock.rest()
    clock.write("~WRD1.tmp")
    clock.move("a.pdf", "~WRL2.tmp")
    clock.move("~WRD1.tmp", "a.pdf")
    clock.delete("~WRL2.tmp")
    assert clock.rest() == Settled(appeared=(path,))


def test_saving_by_deleting_and_writing_anew_is_a_change(clock) -> None:
    clock.write("a.pdf")
    clock.rest()
    clock.delete("a.pdf")
    path = clock.write("a.pdf", "other")
    assert clock.rest() == Settled(appeared=(path,))


def test_a_file_that_goes_is_told(clock) -> None:
    clock.write("a.pdf")
    clock.rest()
    path = clock.delete("a.pdf")
    assert clock.rest() == Settled(went=(path,))


def test_a_file_that_came_and_went_at_once_is_told_as_gone_which_harms_nobody(clock) -> None:
    clock.write("a.pdf")
    path = clock.delete("a.pdf")
    assert clock.rest() == Settled(went=(path,))


def test_a_move_is_told_as_one_however_many_there_were(clock) -> None:
    clock.write("a.pdf")
    clock.rest()
    old, _ = clock.move("a.pdf", "b.pdf")
    _, new = clock.move("b.pdf", "c.pdf")
    assert clock.rest() == Settled(moved=((old, new),))


def test_a_file_that_is_moved_back_is_looked_at(clock) -> None:
    path = clock.write("a.pdf")
    clock.rest()
    clock.move("a.pdf", "b.pdf")
    clock.move("b.pdf", "a.pdf")
    told = clock.rest()
    assert set(told.appeared) | {new for _, new in told.moved} == {path}
    assert not told.went


def test_files_that_change_places_are_both_changed(clock) -> None:
    first, second = clock.write("a.pdf"), clock.write("b.pdf")
    clock.rest()
    clock.move("a.pdf", "c.tmp")
    clock.move("b.pdf", "a.pdf")
    clock.move("c.tmp", "b.pdf")
    told = clock.rest()
    assert set(told.appeared) == {first, second}
    assert not told.moved
    assert not told.went


def test_a_file_that_is_moved_before_it_was_told_is_told_where_it_is(clock) -> None:
    clock.write("a.pdf")
    old, new = clock.move("a.pdf", "b.pdf")
    assert clock.rest() == Settled(appeared=(new,), moved=((old, new),))


def test_a_file_that_is_moved_and_then_changed_is_both(clock) -> None:
    clock.write("a.pdf")
    clock.rest()
    old, new = clock.move("a.pdf", "b.pdf")
    clock.write("b.pdf", "other")
    assert clock.rest() == Settled(appeared=(new,), moved=((old, new),))


def test_a_file_that_becomes_no_document_is_gone(clock) -> None:
    clock.write("a.pdf")
    clock.rest()
    old, _ = clock.move("a.pdf", "a.pdf.bak")
    assert clock.rest() == Settled(went=(old,))


def test_another_file_under_the_old_name_of_one_that_moved_leaves_both_to_be_looked_at(
    clock,
) -> None:
    clock.write("a.pdf")
    clock.rest()
    clock.move("a.pdf", "b.pdf")
    clock.write("a.pdf", "another")
    assert {path.name for path in clock.rest().appeared} == {"a.pdf", "b.pdf"}


def test_a_new_case_is_a_new_name_where_case_does_not_count(clock) -> None:
    path = clock.write("a.pdf")
    clock.rest()
    other = clock.folder / "b.pdf"
    other.hardlink_to(path)  # two names for one file, as "a.pdf" and "A.pdf" are elsewhere
    clock.settling.move(path, other, clock.now)
    assert clock.rest() == Settled(moved=((path, other),))


def test_a_folder_that_goes_is_told_unless_it_is_back(clock) -> None:
    folder = clock.folder / "old"
    clock.settling.drop_folder(folder, clock.now)
    assert clock.rest() == Settled(went=(folder,))
    clock.settling.drop_folder(folder, clock.now)
    folder.mkdir()
    assert clock.rest() == Settled()
