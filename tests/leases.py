"""Leases in English and Spanish, made up, with what is asked of each and what it says."""

import random
from dataclasses import dataclass
from pathlib import Path

from tests import pdfs

QUESTIONS = (
    "How much is the monthly rent?",
    "When was the contract signed?",
    "How much is the deposit?",
)
_TENANTS = ("Maud Ashby", "Íñigo Peña", "Olga Lindqvist", "Bruno Carrasco", "Ada Whitcombe")
_TOWNS = ("Ludlow", "Betanzos", "Whitby", "Morella", "Kelso", "Trujillo")
_MONTHS = ("enero", "abril", "julio", "octubre"), ("January", "April", "July", "October")
_WITHOUT = 4  # each such lease has no deposit


@dataclass(frozen=True, slots=True)
class Lease:
    """A document, and the value of each question; '' where it does not say it."""

    name: str
    pages: tuple[str, ...]
    answers: tuple[str, ...]


def lease(at: int) -> Lease:
    """Return the lease of this number, the same each time."""
    chance = random.Random(at)  # noqa: S311 - nothing is kept secret by it
    tenant, town = chance.choice(_TENANTS), chance.choice(_TOWNS)
    rent, day, month = chance.randrange(400, 990), chance.randrange(2, 28), chance.randrange(4)
    year, deposit = chance.randrange(2011, 2024), chance.randrange(1000, 1990)
    made = _spanish if at % 2 else _english
    when = (
        f"{day} de {_MONTHS[0][month]} de {year}" if at % 2 else f"{day} {_MONTHS[1][month]} {year}"
    )
    held = "" if at % _WITHOUT == 0 else f"{deposit} euros"
    pages = made(at, (tenant, town), f"{rent} euros", when, held)
    return Lease(f"lease-{at:04}.pdf", pages, (f"{rent} euros", when, held))


def _english(at: int, who: tuple[str, str], rent: str, when: str, held: str) -> tuple[str, ...]:
    tenant, town = who
    deposit = f"The deposit is {held} and is given back at the end." if held else ""
    return (
        f"Lease number {at} of a cottage in {town}. The contract was signed on {when}. "
        f"The tenant is {tenant}, who knows the house and takes it as it stands.",
        f"The monthly rent is {rent}, to be paid in the first week. {deposit} "
        "The garden gate is to be kept shut at night. Bees may be kept behind the orchard.",
    )


def _spanish(at: int, who: tuple[str, str], rent: str, when: str, held: str) -> tuple[str, ...]:
    tenant, town = who
    deposit = f"La fianza es de {held} y se devuelve al final." if held else ""
    return (
        f"Arrendamiento número {at} de una casa en {town}. El contrato se firmó el {when}. "
        f"La parte arrendataria es {tenant}, que conoce la casa y la toma como está.",
        f"La renta mensual es de {rent}, que se pagan en la primera semana. {deposit} "
        "La puerta del jardín se cierra de noche. Puede haber colmenas detrás del huerto.",
    )


def write(folder: Path, count: int) -> list[Lease]:
    """Write so many leases into a folder, and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [lease(at) for at in range(count)]
    for one in made:
        pdfs.plain(folder / one.name, list(one.pages))
    return made
