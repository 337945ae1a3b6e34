"""Data of languages on the command line: listed, and got from a server on 127.0.0.1."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import hub_server, language_data, pdfs
from tests.end_to_end.test_cli import SECONDS, Program
from tests.hub_server import Hub
from tests.tesseract import DATA, needs_tesseract

FRENCH = language_data.made()
LIBRARY = "Papeles"

pytestmark = pytest.mark.slow


@pytest.fixture
def hub() -> Iterator[Hub]:
    with hub_server.served() as hub:
        language_data.mirrored(hub, fra=FRENCH, cat=language_data.made(5000))
        yield hub


@pytest.fixture
def program(home, hub) -> Program:
    settings = {
        "network": {"language_data": f"{hub.endpoint}/fast"},
        "indexing": {"languages": ["enm"]},
    }
    home.mkdir()
    (home / "settings.json").write_text(json.dumps({"version": 1, **settings}))
    return Program(home)


def listed(program: Program) -> dict[str, dict[str, str]]:
    return {one["language"]: one for one in program.json("languages").values["languages"]}


def test_languages_are_got_and_listed_with_where_they_are_from(program) -> None:
    assert "fra" not in listed(program)
    got = program.run("languages", "get", "fra", "cat")
    assert (got.code, got.out) == (0, "Text in fra, cat can be recognized now.\n")
    found = listed(program)
    place = program.home / "tessdata" / "fra.traineddata"
    assert found["fra"] == {"language": "fra", "from": "fetched", "path": str(place)}
    assert place.read_bytes() == FRENCH
    assert {one["from"] for name, one in found.items() if name not in {"fra", "cat"}} <= {
        "system",
        "program",
    }
    words = program.run("languages").out
    assert "fetched" in words
    assert "fra" in words
    again = program.json("languages", "get", "fra")
    assert [one["language"] for one in again.values["languages"]] == ["fra"]
    (log,) = [
        one
        for one in program.json("models", "connections").values["connections"]
        if one["bytes"] == len(FRENCH)
    ]
    assert (log["purpose"], log["subject"]) == ("language", "fra")


def test_what_was_broken_off_is_gone_on_with_by_the_same_command(program, hub) -> None:
    hub.spoil(slow=True)
    with program.start("languages", "get", "fra") as process:
        assert hub.sending.wait(SECONDS)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=SECONDS)
        hub.released.set()
    assert (process.returncode, err.split(".")[0].strip()) == (130, "Stopped")
    folder = program.home / "tessdata"
    assert "fra.traineddata.part" in [path.name for path in folder.iterdir()]
    hub.spoil()
    assert program.run("languages", "get", "fra").code == 0
    assert [path.name for path in folder.iterdir()] == ["fra.traineddata"]


@pytest.mark.parametrize("names", [["../fra"], ["fra", "Spanish"], ["xyz"]])
def test_a_language_that_is_none_is_a_plain_sentence(program, hub, names) -> None:
    refused = program.run("languages", "get", *names)
    assert refused.code == 1
    assert f"There is no data for a language called “{names[-1]}”." in refused.err
    assert "Traceback" not in refused.err
    assert "error" in program.json("languages", "get", *names).values
    assert not list((program.home / "tessdata").glob("*"))


def test_offline_is_a_plain_sentence(program, hub) -> None:
    file = program.home / "settings.json"
    settings = json.loads(file.read_text())
    settings["network"]["offline"] = True
    file.write_text(json.dumps(settings))
    refused = program.json("languages", "get", "fra")
    assert refused.code == 1
    assert "The network is switched off" in refused.values["error"]
    assert not hub.asked


@needs_tesseract
def test_a_scan_that_waited_is_recognized_once_there_is_data(program, hub, tmp_path: Path) -> None:
    scan = pdfs.scanned(tmp_path / "scan.pdf", "The lighthouse burned whale oil.")
    waiting = program.run("index", scan, "-l", LIBRARY)
    assert "`desktop-rag languages get enm`" in " ".join((waiting.out + waiting.err).split())
    language_data.mirrored(hub, enm=(DATA / "eng.traineddata").read_bytes())
    assert program.run("languages", "get", "enm").code == 0
    assert program.json("index", scan, "-l", LIBRARY).values["indexed"] == [str(scan)]
    (hit,) = program.json("search", "whale oil", "-l", LIBRARY).values["hits"]
    assert "lighthouse" in hit["text"]
    (passage,) = program.json("passages", "-l", LIBRARY).values["passages"]
    assert (passage["text"], passage["source"]) == (hit["text"], "ocr")
    plain = pdfs.plain(tmp_path / "plain.pdf", ["The keeper slept."])
    program.json("index", plain, "-l", "Other")
    (passage,) = program.json("passages", "-l", "Other").values["passages"]
    assert passage["source"] == "text"
    assert program.json("index", scan, "-l", LIBRARY).values["unchanged"] == [str(scan)]
    again = program.json("index", scan, "-l", LIBRARY, "--again")
    assert again.values["indexed"] == [str(scan)]
