import struct
from pathlib import Path

import pytest

from desktop_rag.domain.errors import LanguageUnknown
from desktop_rag.engines.hub import tessdata
from desktop_rag.settings.schema import Network

NOWHERE = -1


class Line:
    """Notes to whom it is told to be faithful."""

    def __init__(self) -> None:
        self.kept_to: list[str] = []

    def keep_to(self, endpoint: str) -> None:
        self.kept_to.append(endpoint)


def written(tmp_path: Path, starts: list[int], *, length: int = 1000) -> Path:
    path = tmp_path / "x.traineddata"
    head = struct.pack(f"<i{len(starts)}q", len(starts), *starts)
    path.write_bytes(head.ljust(length, b"x"))
    return path


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("", f"{tessdata.USUAL_PLACE}/spa.traineddata"),
        ("http://mirror.example/fast/", "http://mirror.example/fast/spa.traineddata"),
    ],
)
def test_the_line_is_as_secure_as_the_place_that_was_set(place, address) -> None:
    line = Line()
    source = tessdata.source(line, Network(language_data=place), "spa")
    assert source.address == address
    assert line.kept_to == [address.removesuffix("/spa.traineddata")]
    assert tessdata.USUAL_PLACE.startswith("https://")
    assert "Authorization" not in source.headers


def test_no_address_is_made_of_a_name_that_is_none() -> None:
    with pytest.raises(LanguageUnknown):
        tessdata.source(Line(), Network(), "../spa")


@pytest.mark.parametrize(
    ("starts", "good"),
    [
        ([NOWHERE] * 17 + [200, NOWHERE, 400, 900], True),
        ([NOWHERE] * 17 + [200, NOWHERE, 900, 400], False),  # out of their order
        ([NOWHERE] * 17 + [200, NOWHERE, 400, 1000], False),  # behind the end
        ([NOWHERE] * 17 + [50, NOWHERE, 400, 900], False),  # within the list
        ([NOWHERE] * 18 + [200], False),  # without what recognizes letters
        ([NOWHERE] * 17, False),
        ([], False),
    ],
)
def test_data_is_a_list_of_parts_and_then_the_parts(tmp_path, starts, good) -> None:
    assert tessdata.is_data(written(tmp_path, starts)) is good


def test_a_file_that_cannot_be_read_is_no_data(tmp_path) -> None:
    assert not tessdata.is_data(tmp_path)
    for length in (0, 3, 4, 150):
        path = tmp_path / f"{length}.traineddata"
        path.write_bytes(b"\x18\0\0\0".ljust(length, b"\xff")[:length])
        assert not tessdata.is_data(path)
