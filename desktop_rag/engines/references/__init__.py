"""Lists of references that other programs keep, read as records; nothing in them is trusted.

files       tells what a file is, and has it read
├─ bibtex     BibTeX, with bibtexparser and pylatexenc
├─ ris        RIS, with rispy
└─ csl_json   CSL-JSON
zotero      the SQLite file and the storage folder of a Zotero library
kinds       what others call kinds of documents, as CSL has them
"""
