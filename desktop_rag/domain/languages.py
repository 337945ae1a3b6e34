"""The languages that Tesseract can recognize text in, by its own names of them."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[a-z]{3}(_[a-z]{2,8}){0,2}")

KNOWN = tuple(
    """
    afr amh ara asm aze aze_cyrl bel ben bod bos bre bul cat ceb ces chi_sim chi_sim_vert chi_tra
    chi_tra_vert chr cos cym dan deu div dzo ell eng enm epo est eus fao fas fil fin fra frk frm
    fry gla gle glg grc guj hat heb hin hrv hun hye iku ind isl ita ita_old jav jpn jpn_vert kan
    kat kat_old kaz khm kir kmr kor kor_vert lao lat lav lit ltz mal mar mkd mlt mon mri msa mya
    nep nld nor oci ori pan pol por pus que ron rus san sin slk slv snd spa spa_old sqi srp
    srp_latn sun swa swe syr tam tat tel tgk tha tir ton tur uig ukr urd uzb uzb_cyrl vie yid yor
    """.split()  # noqa: SIM905 - a list of them would be as long as they are many
)
"""Those that version 4.1.0 of its fast data has."""


def plain(name: str) -> bool:
    """Whether this can be Tesseract's name of a language, and so a part of an address.

    >>> [plain(name) for name in ("spa", "chi_sim_vert", "../spa", "Spanish", "es", "")]
    [True, True, False, False, False, False]
    """
    return _PLAIN.fullmatch(name) is not None
