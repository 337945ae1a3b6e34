"""The child processes, one main each.

reading       lists, hashes and reads files; with file_listing, converting, attaching
indexing      splits and embeds, alone writes to LanceDB; with bundles
searching     finds passages, picks sentences; with whole_documents, comparing, digesting
generating    writes with one model
drawing       draws pages, finds words on them
printing      makes papers of answers and conversations
tuning        measures the machine, makes models smaller; with examining
downloading   alone may connect
"""
