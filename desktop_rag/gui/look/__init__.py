"""How the window looks.

tokens ─► theme    colours, spaces, sizes ─► palette, style sheet, icons
"""
