"""Chunks and vectors, in LanceDB.

chunk_table   one table for each embedder and size of chunks
rows          a chunk ─► a row, and back
stream        rows ─► Arrow, and back
analyzer      text ─► terms of the keyword index
lance         LanceDB without its REST client
"""
