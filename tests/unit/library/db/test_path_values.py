import os
from pathlib import Path

import pytest

from desktop_rag.library.db.path_values import (
    inode_of,
    path_of,
    stored_inode,
    stored_path,
    stored_text,
)


@pytest.mark.parametrize("name", [b"informe.pdf", "año.pdf".encode(), "año.pdf".encode("latin-1")])
def test_every_path_comes_back(name) -> None:
    path = Path("/datos") / os.fsdecode(name)
    assert path_of(stored_path(path)) == path


@pytest.mark.parametrize("inode", [0, 1, 2**63 - 1, 2**63, 2**64 - 1])
def test_every_inode_fits_and_comes_back(inode) -> None:
    assert -(2**63) <= stored_inode(inode) < 2**63
    assert inode_of(stored_inode(inode)) == inode


def test_broken_text_can_be_written() -> None:
    assert stored_text("Informe \ud83d 2021") == "Informe \ufffd 2021"
    assert stored_text("Informe 2021 📄") == "Informe 2021 📄"
