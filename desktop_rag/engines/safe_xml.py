"""Parses XML of strangers: no entity is expanded, nothing is fetched, and damage is mended."""

from __future__ import annotations

from typing import Any

from lxml import etree


def parsed(data: bytes) -> Any:
    """Return the root of a tree of lxml, None of what is no XML at all. Raises nothing.

    Comments and processing instructions are left out, what is an entity stays one, and the limits
    of libxml2 on depth (256) and on the length of a text (10 MB) stand.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def local(element: Any) -> str:
    """Return the name of an element without its namespace; nothing of an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
