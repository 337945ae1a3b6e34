"""What each process can be told to do, and what it replies: a module for each process.

reading, indexing, searching, generating, drawing, tuning, downloading, printing
command    the type of a command, which says what comes of it
bundles    for the indexing process, which alone writes to the store
"""
