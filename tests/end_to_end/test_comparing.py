"""Two documents are laid side by side by the real program: from its window, and as rows."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import pdfs, running_window, word_embedder
from tests.places import ROOT
from tests.running_window import lit_pixels

pytestmark = pytest.mark.slow

OLD = [
    "The tenant pays a rent of 900 euros in the first week of each month.",
    "The rooms may be used as a workshop for clocks and for nothing else.",
    "Whoever repairs the roof must tell the tenant three days before that.",
    "A deposit of two rents is kept until the keys have been handed back.",
]
NEW = [OLD[0].replace("900", "950"), OLD[1], OLD[2], "Cats may live in any room of the house."]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shelf") / "homes"
    folder.mkdir()
    pdfs.plain(folder / "lease-2023.pdf", [" ".join(OLD[:2]), " ".join(OLD[2:])])
    pdfs.plain(folder / "lease-2024.pdf", [" ".join(NEW[:2]), " ".join(NEW[2:])])
    pdfs.plain(
        folder / "menu.pdf", ["Soup of turnips, bread of rye and a cake of apples on Sunday."]
    )
    return running_window.shelf(folder.parent / "data", folder)


def test_two_documents_that_are_selected_are_compared_in_the_chat(ready) -> None:
    composition = ready.composition
    table = composition.table
    rows = [row for row in table.documents.rows if row.path.name.startswith("lease")]
    table.row_actions.show_rows(rows)
    table.row_actions.button("compare").click()
    turn = ready.answered()
    assert (turn.question, turn.kind, turn.error) == ("Compare these documents", "compare", "")
    assert len(turn.coverage.documents) == 2
    assert "| changed | The tenant pays a rent of **900** euros" in turn.answer
    assert "| in one only | *not found* | Cats may live in any room of the house. [" in turn.answer
    assert set(composition._talk.scope.present().documents) == set(turn.coverage.documents)
    composition.chat.source_opened.emit(turn.cited[1])
    view = composition.pane.view
    ready.until(lambda: lit_pixels(view) > 200)
    composition.chat.way_requested.emit(turn.id, composition._talk.turns[-1].chose)
    assert ready.answered().answer == turn.answer


def run(home: Path, *words: str) -> str:
    """Return what the program says, by words alone."""
    command = [sys.executable, *word_embedder.PROGRAM, "ask", "--library", "homes", *words]
    environment = os.environ | {"DESKTOP_RAG_HOME": str(home)}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=True, text=True
    ).stdout


def test_the_command_line_gives_rows_with_pages_and_boxes(shelf) -> None:
    found = json.loads(run(shelf, "compare lease 2023 with lease 2024", "--json"))
    assert (found["route"], found["compared"]["versions"]) == ("compare", True)
    changed = found["rows"][0]
    assert (changed["state"], [cell["text"] for cell in changed["cells"]]) == (
        "changed",
        [OLD[0], NEW[0]],
    )
    assert [cell["marked"] for cell in changed["cells"]] == [["900"], ["950"]]
    assert [Path(cell["document"]).name for cell in changed["cells"]] == [
        "lease-2023.pdf",
        "lease-2024.pdf",
    ]
    assert all(cell["boxes"] and cell["page"] == 0 for cell in changed["cells"])
    only = next(row for row in found["rows"] if row["cells"][0] is None)
    assert (only["state"], only["cells"][1]["page"]) == ("only", 1)
    leases = [Path(path) for path in found["compared"]["documents"]]
    told = run(shelf, "--route", "compare", "-d", str(leases[0]), "-d", str(leases[1]))
    assert "  lease-2023: The tenant pays a rent of **900** euros" in told
