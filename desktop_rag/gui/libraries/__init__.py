"""The documents of a library: the table, its dialogs, export and import.

library_presenter, documents_presenter    libraries; the documents of the open one
queue_presenter, removal_presenter        the queue; taking out, and bringing back
export_import_presenter                   a library into one file and out of one
password_presenter ─► password_dialog     documents that want a password
document_table ─► table_view ─► document_model, table_entries, cell_delegate
               └► document_actions        what can be done with those selected
passed_over_presenter ─► passed_over_dialog    files of folders that are no documents
empty_library                             what stands there before the first document
values                                    what the table is shown
"""
