import math
import struct
from pathlib import Path

import pytest

from desktop_rag.engines.pdf.word_list import KnownWords
from tests.tesseract import DATA, needs_tesseract

LETTERS = "aáñobcdefghijklmnpqrstuvwxyz"


def written(path: Path, words: list[str]) -> Path:
    """A file of Tesseract's data with nothing but words, as its own tools write it."""
    nodes: list[dict[str, list]] = [{}]
    for word in words:
        at = 0
        for number, sign in enumerate(word):
            edge = nodes[at].setdefault(sign, [len(nodes), False])
            if edge[0] == len(nodes):
                nodes.append({})
            edge[1] |= number == len(word) - 1
            at = edge[0]
    starts, size = {}, 0
    for number, node in enumerate(nodes):
        if node:
            starts[number] = size
            size += len(node)
    names = ["NULL", *LETTERS]
    bits = math.ceil(math.log2(len(names) + 1))
    edges = []
    for node in nodes:
        for left, (sign, (child, ends)) in zip(
            range(len(node) - 1, -1, -1), node.items(), strict=True
        ):
            flags = (left == 0) | 4 * ends | starts.get(child, 0) << 3
            edges.append(names.index(sign) | flags << bits)
    graph = struct.pack(f"<hii{len(edges)}Q", 42, len(names), len(edges), *edges)
    letters = "\n".join([str(len(names)), *(f"{name} 0 Latin" for name in names), ""]).encode()
    head = 4 + 8 * 24
    places = [-1] * 24
    places[19], places[21] = head, head + len(graph)
    path.write_bytes(struct.pack("<i24q", 24, *places) + graph + letters)
    return path


@pytest.fixture
def known(tmp_path) -> KnownWords:
    return KnownWords(
        [written(tmp_path / "x.traineddata", ["casa", "casas", "casita", "niño", "el", "ello"])]
    )


@pytest.mark.parametrize(
    ("word", "share"),
    [
        ("casa", 1),
        ("Casa", 1),
        ("CASAS,", 1),
        ("«niño»", 1),
        ("casa-niño", 1),
        ("casi", 0),
        ("casasa", 0),
        ("niñö", 0),
        ("casa-xxxx", 0),
        ("1.204,50", 1),
        ("€", 0),
        ("…", 0),
    ],
)
def test_a_word_is_known_if_it_is_in_the_list(known, word: str, share: float) -> None:
    assert known.share([word]) == share


def test_short_words_count_no_more_than_there_are_longer_ones(known) -> None:
    assert known.share(["el"] * 5) == 0
    assert known.share(["el", "casa"]) == 1
    assert known.share(["el"] * 3 + ["casa"]) == 0.5


def test_no_words_are_not_known(known) -> None:
    assert known.share([]) == 0


def test_any_of_several_languages_may_know_a_word(tmp_path) -> None:
    files = [written(tmp_path / f"{word}.traineddata", [word]) for word in ("faro", "light")]
    assert KnownWords(files).share(["faro", "light", "phare"]) == pytest.approx(2 / 3)


@pytest.mark.parametrize("data", [b"", b"junk" * 100, struct.pack("<i", 10**9)])
def test_without_a_list_words_are_what_consists_of_letters(tmp_path, data: bytes) -> None:
    path = tmp_path / "x.traineddata"
    path.write_bytes(data)
    known = KnownWords([path, tmp_path / "missing.traineddata"])
    assert known.share(["灯塔看守人", "f@r¢", "Leuchtturm"]) == pytest.approx(2 / 3)


def test_a_graph_that_leads_nowhere_ends(tmp_path) -> None:
    path = written(tmp_path / "x.traineddata", ["casa"])
    whole = path.read_bytes()
    for at in range(202, len(whole), 3):
        path.write_bytes(whole[:at] + b"\xff" * 4 + whole[at + 4 :])
        KnownWords([path.rename(tmp_path / f"{at}.traineddata")]).share(["casa", "xyz"])


@needs_tesseract
def test_the_words_of_true_data_are_those_of_the_language() -> None:
    spanish = KnownWords([DATA / "spa.traineddata"])
    assert spanish.share(["según", "volvería", "después", "niño", "casa", "Madrid"]) == 1
    assert spanish.share(["lighthouse", "zxqk", "wrthj", "fhgtr"]) == 0
    english = KnownWords([DATA / "eng.traineddata"])
    assert english.share(["lighthouse", "keeper", "vessel", "London"]) == 1
    assert english.share(["volvería", "zxqk", "wrthj", "fhgtr"]) == 0


@pytest.mark.parametrize(
    ("word", "there"),
    [
        ("casa", True),
        ("Casa", True),
        ("NIÑO", True),
        ("cas", False),
        ("casa-casa", False),
        ("", False),
    ],
)
def test_a_word_is_looked_up_as_it_stands(known: KnownWords, word: str, there: bool) -> None:
    assert known.has(word) is there


def test_without_a_list_no_word_is_known() -> None:
    assert not KnownWords([]).has("casa")
