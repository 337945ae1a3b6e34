"""The conversation: asking, answers as they are written, their sources."""
