"""Where an address in an answer really leads."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QUrl

_WEB = {"http", "https"}
_PLAIN = QUrl.ComponentFormattingOption.FullyEncoded


class LinkTarget(NamedTuple):
    """What is opened, in ASCII, and whom it belongs to: a host with its port, or a mail address."""

    address: str
    owner: str


def target_of(address: str) -> LinkTarget | None:
    """Return where `address` leads, `None` where that is neither the web nor mail.

    A host in other letters is written as it is asked for (xn--…), and what comes before an @, which
    may look like a host, is left out.
    """
    url = QUrl(address.strip(), QUrl.ParsingMode.StrictMode)
    if not url.isValid():
        return None
    if url.scheme() == "mailto":
        recipients = bytes(QUrl(url.path()).toEncoded().data()).decode()
        return LinkTarget(_encoded(url), recipients) if "@" in recipients else None
    host = url.host(_PLAIN)
    if url.scheme() not in _WEB or not host:
        return None
    url.setUserInfo("")  # which leaves the @
    port = f":{url.port()}" if url.port() > 0 else ""
    return LinkTarget(_encoded(url).replace("://@", "://", 1), host + port)


def _encoded(url: QUrl) -> str:
    return bytes(url.toEncoded().data()).decode()
