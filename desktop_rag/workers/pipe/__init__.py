"""Both ends of a pipe to a child process, and what crosses it.

calls ─► client ═ protocol ═ host    a caller that waits ─► parent ═ values ═ child
memory                               what a child may hold, and what it does
"""
