"""The sampling panel: sliders, presets, and what they do to the next token.

sampling_panel ─► sampling_chart ─► distribution    sliders ─► bars ─► likelihoods
               └► presets, own_presets
"""
