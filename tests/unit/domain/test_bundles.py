"""Which rows of another library can stand among ours."""

from dataclasses import replace

import pytest

from desktop_rag.domain.bundles import Made

OURS = Made("MiniLM", "a" * 64, 384, 110, 1)


def test_rows_of_the_same_making_fit_whatever_the_embedder_is_called() -> None:
    assert OURS.fits(OURS)
    assert OURS.fits(replace(OURS, embedder="all-MiniLM-L6-v2"))


@pytest.mark.parametrize(
    "other",
    [
        replace(OURS, weights="b" * 64),
        replace(OURS, dimension=768),
        replace(OURS, chunk_tokens=200),
        replace(OURS, layout=2),
    ],
)
def test_rows_that_were_made_otherwise_fit_nowhere(other: Made) -> None:
    assert not OURS.fits(other)
    assert not other.fits(OURS)


def test_rows_of_unknown_weights_fit_nowhere() -> None:
    unknown = replace(OURS, weights="")
    assert not unknown.fits(unknown)
