"""The sampling panel: sliders, presets, and what they do to the next token."""
