"""What is said where nothing comes from a hub, in none of the words of who is at its other end."""

from __future__ import annotations

from desktop_rag.domain.models import HubFault
from desktop_rag.notices.words import Translate


def of_fault(reason: str, translate: Translate) -> tuple[str, str]:
    """Say why nothing came and what to do; `reason` is a `HubFault`, or of an older version."""
    misleads = _misleading(translate).get(reason)
    if misleads is not None:
        title = translate(
            "Notices", "What the server answers for “{name}” is not taken ({reason})."
        )
        advice = translate(
            "Notices",
            "Check its address in the settings, under Network, and whether this network wants you "
            "to sign in on a page first; then try again: what has come is kept.",
        )
        return title.replace("{reason}", misleads), advice
    title = translate("Notices", "There is no connection to get “{name}” ({reason}).")
    broken = translate("Notices", "the connection broke off")
    advice = translate(
        "Notices",
        "Check the network, and the proxy in the settings; then go on: what has come is kept.",
    )
    return title.replace("{reason}", _unreachable(translate).get(reason, broken)), advice


def _unreachable(translate: Translate) -> dict[str, str]:
    return {
        HubFault.TIMED_OUT: translate("Notices", "it took too long"),
        HubFault.NO_SUCH_HOST: translate("Notices", "its name was not found"),
        HubFault.REFUSED: translate("Notices", "it refused the connection"),
        HubFault.NO_WAY: translate("Notices", "there is no way there"),
        HubFault.CERTIFICATE: translate("Notices", "its certificate is not trusted"),
        HubFault.TLS: translate("Notices", "no encrypted connection came about"),
        HubFault.PROXY: translate("Notices", "the proxy cannot be used"),
    }


def _misleading(translate: Translate) -> dict[str, str]:
    """Say what a server does that no hub does, or that none may do."""
    return {
        HubFault.ADDRESS: translate("Notices", "its address, or one it leads to, is none"),
        HubFault.ELSEWHERE: translate("Notices", "it leads to a place where it may not lead"),
        HubFault.LOOP: translate("Notices", "it leads in a circle"),
        HubFault.NO_HUB: translate("Notices", "what it sends is not what a hub sends"),
        HubFault.TOO_MUCH: translate("Notices", "it sends too much"),
        HubFault.PACKED: translate("Notices", "it sends compressed data that nobody asked for"),
        HubFault.OTHER_PART: translate("Notices", "it sends another part than was asked for"),
        HubFault.NO_LENGTH: translate("Notices", "it does not say how large the file is"),
    }
