"""What stands on layers of a PDF that are switched off is hidden."""

from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.domain.documents import Layer
from desktop_rag.engines.pdf import reading


@pytest.fixture
def layered(tmp_path: Path) -> Path:
    path = tmp_path / "sample.pdf"
    with pymupdf.open() as document:
        on, off = document.add_ocg("notes", on=True), document.add_ocg("old", on=False)
        for number in range(2):
            page = document.new_page()
            page.insert_text((72, 72), f"Plain text of {number}")
            page.insert_text((72, 100), "Shown layer", oc=on)
            page.insert_text((72, 130), f"Unshown layer of {number}", oc=off)
        document.save(path)
    return path


def test_layers_that_are_off_are_hidden_on_every_page(layered) -> None:
    with reading.opened(layered) as document:
        pages = list(reading.pages(document))
        assert reading.page(document, 1) == pages[1]
    for number, page in enumerate(pages):
        found = {line.text: line.layer for line in page.lines}
        assert found == {
            f"Plain text of {number}": Layer.BODY,
            "Shown layer": Layer.BODY,
            f"Unshown layer of {number}": Layer.HIDDEN,
        }
