"""What tests of processes with llama.cpp have in common."""

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _llama_cpp_closes_what_it_opened() -> Iterator[None]:
    yield
    files = sys.modules.get("llama_cpp._utils")
    for file in (files.outnull_file, files.errnull_file) if files else ():
        file.close()  # else the interpreter complains at exit
