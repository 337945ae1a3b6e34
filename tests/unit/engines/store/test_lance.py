"""What is left out of LanceDB when it is imported, for as long as leaving it out is worth it."""

import subprocess
import sys

import pytest

CLIENT = "lance_namespace_urllib3_client"
LISTED = f"""
import sys
import {{}}
print(*(name for name in sys.modules if name.startswith("{CLIENT}")))
"""


def modules_of_client(imported: str) -> set[str]:
    """Import something in a new process; return what of the client has come with it."""
    command = [sys.executable, "-c", LISTED.format(imported)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.slow
def test_lancedb_by_itself_still_imports_the_calls_of_its_client() -> None:
    assert f"{CLIENT}.api" in modules_of_client("lancedb"), (
        "LanceDB leaves its client's calls out by itself: desktop_rag/engines/store/lance.py"
        " need not do so any more"
    )


@pytest.mark.slow
def test_our_way_to_lancedb_brings_the_models_of_its_client_and_no_calls() -> None:
    found = modules_of_client("desktop_rag.engines.store.lance")
    assert f"{CLIENT}.models" in found
    assert not [name for name in found if name.startswith(f"{CLIENT}.api")]
