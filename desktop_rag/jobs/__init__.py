"""What the parent decides, without Qt; window and command line share it.

    job_queue        jobs for one worker, one after the other
    indexing         files into libraries: what is done next, by which process
    watching         folders whose files are taken in as they come, change and go
    example_turns    examples of what is to be written freely, of a person's own
    answering        a question: which process does what a turn wishes
    tables           many documents asked the same, cell by cell; with cell_records
    translating      a quotation at a time, after answers; what was translated is kept
    papers           stored turns and what is known of their documents, to be made papers of
    zotero           a library kept in step with one of Zotero's
    importing        lists of references to documents: which is which
    bibliography     what documents are to who cites them, also of those read long ago
    decks            study questions, and what documents name, as files
    downloads        models from the hub to the list of those that are installed

What processes reply, and what time it is, is told by whoever uses it.
"""
