"""What the languages of Tesseract are called by those who speak them."""

from __future__ import annotations

import functools

from PySide6.QtCore import QLocale

_WRITTEN = {  # where Qt names a country, or knows nothing
    "chi_sim": "简体中文",
    "chi_sim_vert": "简体中文 (vert)",
    "chi_tra": "繁體中文",
    "chi_tra_vert": "繁體中文 (vert)",
    "eng": "English",
    "enm": "English (1100–1500)",
    "frk": "Deutsch (Fraktur)",
    "frm": "Français (1400–1600)",
    "grc": "Ἑλληνική",
    "kat": "ქართული",  # which has no capitals, whatever Unicode says
    "kmr": "Kurdî",
    "lat": "Latina",
    "nor": "Norsk",
    "por": "Português",
    "spa": "Español",
    "srp_latn": "Srpski",
}


@functools.cache
def language_name(code: str) -> str:
    """Return what a language is called by those who speak it, by Tesseract's name of it."""
    if code in _WRITTEN:
        return _WRITTEN[code]
    plain, _, kind = code.partition("_")
    codes = QLocale.LanguageCodeType
    language = QLocale.codeToLanguage(plain, codes.ISO639Part2 | codes.ISO639Part3)
    if language in {QLocale.Language.AnyLanguage, QLocale.Language.C}:
        return code
    own = QLocale(language).nativeLanguageName() or QLocale.languageToString(language)
    name = _WRITTEN.get(plain) or own[:1].upper() + own[1:]
    return f"{name} ({kind})" if kind else name
