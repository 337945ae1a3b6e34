from pathlib import Path

from desktop_rag.domain.folders import (
    Passed,
    PassedFile,
    PassedOver,
    altogether,
    doubtful,
    entered,
    listed,
    passed,
)
from tests.operations import calls_of


def test_names_tell_what_is_the_users() -> None:
    assert listed("Informe.DOCX")
    assert not any(map(listed, ("~$Informe.docx", ".a.pdf", "._a.pdf", "pdf", "a.pdf.part")))
    assert all(map(doubtful, ("pdf", "Acta 3. Junta", "scan 2.4")))
    assert not any(map(doubtful, (".profile", "~$Informe", "a.pdf", "a.pdf.part")))
    assert entered("Tesis")
    assert not any(map(entered, (".git", "Node_Modules", "__MACOSX", "Página_archivos")))


def test_whatever_is_not_taken_has_a_reason_unless_nobody_sees_it() -> None:
    assert [passed(name) for name in ("a.MP3", "a", "a.pdf.part")] == [Passed.KIND] * 3
    assert not any(
        map(
            passed,
            ("a.pdf", "a.TIF", "a.JPG", "a.py", "a.JSON", ".profile", "~$a.docx", "Thumbs.DB"),
        )
    )


def test_a_folder_in_another_one_is_counted_once() -> None:
    song = PassedFile(Path("/a/b/song.mp3"), Passed.KIND)
    inner = PassedOver((song,), ((".mp3", 1),))
    outer = PassedOver((PassedFile(Path("/a/x"), Passed.KIND), song), (("", 1), (".mp3", 1)))
    found = altogether({Path("/a/b"): inner, Path("/a"): outer, Path("/c"): inner})
    assert found.count == 3
    assert found.kinds == ((".mp3", 2), ("", 1))
    assert altogether({}) == PassedOver()


def test_a_folder_of_a_longer_name_lies_in_none() -> None:
    one = PassedOver((), ((".mp3", 1),))
    places = ("/a", "/a b", "/a/b/c", "/a.b", "/ab/c", "/a/b", "/ab")
    assert altogether({Path(place): one for place in places}).count == 4  # /a, /a b, /a.b, /ab


def test_what_thousands_of_folders_have_is_put_together_once_through() -> None:
    def work(count: int) -> int:
        one = PassedOver((PassedFile(Path("x.png"), Passed.SMALL),), ((".png", 1),))
        found = {Path(f"/home/ana/mails/{number}"): one for number in range(count)}
        return calls_of(lambda: altogether(found))

    assert work(2_000) < 24 * 2_000
