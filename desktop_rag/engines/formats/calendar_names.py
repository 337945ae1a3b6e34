"""The names of months and days that cells show, in the languages that number formats ask for."""

from __future__ import annotations

from typing import NamedTuple

_ENGLISH = 0x09
_WHOLE = 4  # letters in a format that ask for the whole name
_LETTER = 5


class CalendarNames(NamedTuple):
    """Months from January and days from Monday, whole and short."""

    months: list[str]
    days: list[str]
    short_months: list[str]
    short_days: list[str]

    def month(self, number: int, letters: int) -> str:
        """Return the name of a month, 1 to 12, as so many letters of a format ask for it."""
        if letters == _LETTER:
            return self.months[number - 1][0]
        return (self.months if letters >= _WHOLE else self.short_months)[number - 1]

    def day(self, number: int, letters: int) -> str:
        """Return the name of a day, 0 to 6, in the same way."""
        return (self.days if letters >= _WHOLE else self.short_days)[number]


def _names(months: str, days: str, short_months: str = "", short_days: str = "") -> CalendarNames:
    whole, weekdays = months.split(), days.split()
    return CalendarNames(
        whole,
        weekdays,
        short_months.split() or [name[:3] for name in whole],
        short_days.split() or [name[:3] for name in weekdays],
    )


_LANGUAGES = {  # by the lower ten bits of Windows' numbers of them, [MS-LCID]
    0x09: _names(
        "January February March April May June July August September October November December",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    ),
    0x0A: _names(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "lunes martes miércoles jueves viernes sábado domingo",
    ),
    0x0C: _names(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "lun. mar. mer. jeu. ven. sam. dim.",
    ),
    0x07: _names(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
        "Mo Di Mi Do Fr Sa So",
    ),
    0x10: _names(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
        "dicembre",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    ),
    0x16: _names(
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    ),
    0x13: _names(
        "januari februari maart april mei juni juli augustus september oktober november december",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "ma di wo do vr za zo",
    ),
}


def names_of(language: str) -> CalendarNames:
    """Return the names in a language, by what a format says after “[$-”; English if not known.

    >>> names_of("C0A").month(3, 4), names_of("409").day(0, 3)
    ('marzo', 'Mon')
    """
    try:
        number = int(language.partition(",")[0] or "409", 16) & 0x3FF
    except ValueError:
        number = _BY_TAG.get(language[:2].lower(), _ENGLISH)
    return _LANGUAGES.get(number, _LANGUAGES[_ENGLISH])


_BY_TAG = {"es": 0x0A, "fr": 0x0C, "de": 0x07, "it": 0x10, "pt": 0x16, "nl": 0x13, "en": 0x09}
