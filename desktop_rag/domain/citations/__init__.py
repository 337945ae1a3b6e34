"""Bibliographic records as citations, each style a module.

writing       a record in a style and a language → text, and what of it is italic
├─ apa          the seventh edition, with what goes into the text
├─ iso_690      of 2021, by name and date, as UNE-ISO 690 has it in Spanish
└─ bibtex       an entry of a BibTeX file
phrases       what styles say in English and Spanish, and what they have in common
"""
