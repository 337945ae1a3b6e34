"""Embedders and rerankers, through sentence-transformers.

encoders ─► precision ─► quantized    texts to vectors; in which numbers; cut to them
         ─► calibrating                 how near what answers is, and what does not
"""
