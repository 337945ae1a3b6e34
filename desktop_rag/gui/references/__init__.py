"""What a document is to who cites it: shown, corrected, copied as a citation.

references_presenter ─► details_dialog ─► field_words
                        values            what the dialog is shown
lists_presenter      ─► unmatched_dialog   lists of references, and Zotero, brought to documents
"""
