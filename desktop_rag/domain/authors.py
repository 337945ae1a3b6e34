"""Names of authors: people by family and given name, organizations whole; as text, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_PARTICLE = re.compile(
    r"af|al|bin|das?|de|del|della|de[nrs]|di|dos?|du|el|las?|los|le|san|te[nr]|van|von|y|zum?",
    re.IGNORECASE,
)
_ORGANIZED = re.compile(
    r"\b(?:academ[iy]a?|administra(?:tion|ci[óo]n)|agenc(?:y|ia)|asociaci[óo]n|association|"
    r"asamblea|assembly|authority|autoridad|ayuntamiento|banco?|bank|board|bureau|cámara|cent(?:er|"
    r"re|ro)|college|colegio|comisi[óo]n|comit[ée]e?|committee|commission|company|compañía|"
    r"congre(?:so|ss)|consej(?:o|ería)|consor(?:cio|tium)|corp(?:oration|oración|\.)?|corte|council|"
    r"court|cortes|department|departamento|diputación|direcci[óo]n|división|editor(?:ial|es)|"
    r"empresa|escuela|facultad|federa(?:tion|ci[óo]n)|foundation|fundaci[óo]n|gobierno|government|"
    r"group|grupo|hospital|inc(?:orporated|\.)?|institut(?:e|o|ion)|instituci[óo]n|international|jefatura|junta|"
    r"laborator(?:y|ies|io)|limited|llc|ltd\.?|minist(?:ry|erio)|municipality|municipalidad|"
    r"museum?o?|nations|naciones|network|observator(?:y|io)|office|oficina|organi[sz]a(?:tion|"
    r"ci[óo]n)|parliament|parlamento|plc|presidencia|press|program(?:me|a)?|project|proyecto|red|"
    r"s\.?\s?a\.?|s\.?\s?l\.?|school|secretar[íi]at?|services?|servicio|society|sociedad|systems|"
    r"team|technologies|trust|tribunal|uni[óo]n|universi(?:ty|dad|tat)|university|wikipedia)(?!\w)",
    re.IGNORECASE,
)
_SURNAME = re.compile(
    r"^(?:.{2,}[eéií]z|garc[íi]a|silva|castro|torres|flores|rivera|morales|ortega|rojas|medina|"
    r"vargas|romero|moreno|molina|serrano|navarro|blanco|ramos|reyes|castillo|ortiz|cruz|vega|"
    r"vidal|soto|delgado|marín|rubio|iglesias|cano|prieto|calvo|gallego|lozano|santos|herrera|"
    r"mendoza|guerrero|aguilar|campos|bravo|fuentes|cabrera|acosta|salazar|guzmán|mejía|pardo)$",
    re.IGNORECASE,
)
_SPANISH = 4  # words from which on a name is taken to end in two family names


class Author(NamedTuple):
    """Who made a document; an organization has a `family` name alone."""

    family: str
    given: str = ""

    @property
    def natural(self) -> str:
        """The name as it is spoken."""
        return f"{self.given} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """The name as it is sorted: "García Márquez, Gabriel"."""
        return f"{self.family}, {self.given}" if self.given else self.family


def written(authors: Iterable[Author]) -> str:
    """Return authors as one text, which `read` takes back exactly.

    As in BibTeX, braces keep a name whole, where it would be taken for a person's otherwise.

    >>> written([Author("García Márquez", "Gabriel"), Author("World Bank"), Author("Green Day")])
    'García Márquez, Gabriel; World Bank; {Green Day}'
    """
    return "; ".join(_written(author) for author in authors)


def read(text: str) -> tuple[Author, ...]:
    """Return the authors that a text names, divided by semicolons.

    >>> read("Ana Pérez; Gil, Luis; {Green Day}")[2]
    Author(family='Green Day', given='')
    """
    return tuple(author for part in text.split(";") if (author := author_of(part)).family)


def author_of(name: str) -> Author:
    """Return one author by a name that is sorted, spoken, or kept whole by braces.

    A family name is the last word, or begins with a particle; it is two words where the first of
    them is a frequent one in Spanish, or where four or more words stand together.

    >>> author_of("Ludwig van Beethoven"), author_of("Ana María García López").given
    (Author(family='van Beethoven', given='Ludwig'), 'Ana María')
    """
    name = " ".join(name.split())
    if name.startswith("{") and name.endswith("}"):
        return Author(name.strip("{} "))
    if is_organization(name):
        return Author(name.strip(", "))
    if "," in name:
        family, _, given = name.partition(",")
        return Author(family.strip(), given.strip(" ,"))
    words = name.split()
    place = _family(words)
    return Author(" ".join(words[place:]), " ".join(words[:place]))


def is_organization(name: str) -> bool:
    """Tell the name of an organization by the words in it: ministry, bank, university."""
    return bool(_ORGANIZED.search(name))


def _family(words: list[str]) -> int:
    """Return which word of a spoken name the family name begins with."""
    for place in range(1, len(words) - 1):
        if _PARTICLE.fullmatch(words[place]):
            before = place > 1 and _SURNAME.match(words[place - 1])
            return place - 1 if before else place
    if len(words) < 2:  # noqa: PLR2004  # a name alone
        return 0
    before_last = words[-2]
    initial = len(before_last.rstrip(".")) < 2 or before_last.endswith(".")  # noqa: PLR2004
    two = not initial and (_SURNAME.match(before_last) or len(words) >= _SPANISH)
    return len(words) - (2 if two and len(words) > 2 else 1)  # noqa: PLR2004


def _written(author: Author) -> str:
    text = author.inverted.replace(";", ",")
    return text if author_of(text) == author else f"{{{text}}}"
