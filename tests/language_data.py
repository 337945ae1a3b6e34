"""Files that look like Tesseract's data for a language, and a mirror that has them."""

import hashlib
import struct

from tests.hub_server import Hub

_PARTS, _NETWORK = 24, 17


def made(size: int = 1 << 20, *, parts: int = _PARTS, network: int = _NETWORK) -> bytes:
    """Return a list of parts of which only `network` is there, and noise in its place."""
    head = 4 + 8 * parts
    starts = [head if at == network else -1 for at in range(parts)]
    noise = hashlib.shake_256(b"noise").digest(max(0, size - head))
    return struct.pack(f"<i{parts}q", parts, *starts) + noise


def mirrored(hub: Hub, **files: bytes) -> str:
    """Have a hub send these files of languages; return where from."""
    for language, data in files.items():
        hub.plain[f"/fast/{language}.traineddata"] = data
    return f"{hub.endpoint}/fast"
