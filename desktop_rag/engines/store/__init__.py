"""Chunks and vectors, in LanceDB.

chunk_table    one table for each embedder and size of chunks, written
chunk_reader   the same, read: by word, meaning, exact string, phrase and place
damage         what LanceDB raises ─► our own errors
salvage        a damaged table, made anew of what can be read of it
borrowing      a table that takes vectors from another one
rows           a chunk ─► a row, and back
stream         rows ─► Arrow, and back
analyzer       text ─► terms of the keyword index
exact_strings  text ─► keys of what means nothing but itself
keys           what they are made of
sections       numbered parts of documents
codes          what people write in groups of digits
figures        numbers ─► one canonical form
dates          dates and times ─► one canonical form
phrases        whether a text has a phrase
lance          LanceDB without its REST client
"""
