"""Both ends of a pipe to a child process, and what crosses it.

calls ─► client ═ protocol ═ host    a caller that waits ─► parent ═ values ═ child
targets                              what runs in a child
watch ─► memory, standstill          what a child holds, and whether it does anything
"""
